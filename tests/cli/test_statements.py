"""How many statements a command gives the database: a few, however many records there are.

The settings of the opening (PRAGMA) and the frame of a transaction (BEGIN, COMMIT) are not counted.
"""

import sqlite3
from typing import Any

import pytest
from shell import Shell, prepared

MOST = 19  # two ask whether the owner has left or the pilot has ended, one what is called nearly the same
MOST_OF_UNDO = 25  # it reads each record that it turns back, before and after, and its journal
FRAME = ("PRAGMA", "BEGIN", "COMMIT")


@prepared
def filled(shell: Shell) -> None:
    """A programme with a pilot, people, wins and risks in it."""
    shell.done("pilot", "add", "Parking permits self-service")
    shell.done("person", "add", "Data lead")
    for number in range(3):
        shell.done("win", "add", f"Win {number}", "--pilot", "P-01")
        shell.done("risk", "add", f"Risk {number}", "--likelihood", "4", "--impact", "3", "--owner", "Data lead")


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list that each statement goes into which the program gives a new connection.

    SQLite's own trace also shows what triggers and the full-text table do with it, once for each step.
    """
    given: list[str] = []
    connect = sqlite3.connect

    class Watched(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if not sql.startswith(FRAME):
                given.append(sql)
            return super().execute(sql, *values)

        def executemany(self, sql: str, rows: Any) -> sqlite3.Cursor:
            every = list(rows)
            given.extend([sql] * len(every))
            return super().executemany(sql, every)

    monkeypatch.setattr(sqlite3, "connect", lambda *given, **more: connect(*given, **more, factory=Watched))
    return given


@pytest.mark.parametrize(
    "typed",
    [
        'win add "One re-keyed field less" --pilot P-01 --date yesterday',
        'risk add "Lookups fail" --pilot P-01 --owner "Data lead" --likelihood 4 --impact 3',
        'win add "As JSON" --json',
        'risk set R-002 --likelihood 5 --reason "Two more estates"',
        "win set W-002 --size weekly",
        "risk list --where status=draft --sort -score",
        "risk list --where 'owner=Data lead' --json",
        "risk show R-002",
        "win show W-002",
        'risk remove R-002 --reason "Recorded twice"',
        "history R-002",
        "history",
        "search risk",
        "undo",
        "undo 6",
    ],
)
def test_a_command_takes_few_statements(filled: Shell, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    given = counted(monkeypatch)
    filled.done(*filled.split(typed))
    most = MOST_OF_UNDO if typed.startswith("undo") else MOST
    assert 0 < len(given) <= most, "\n".join(given)


def test_the_number_does_not_grow_with_the_records(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    given = counted(monkeypatch)
    filled.done("risk", "list", "--limit", "1")
    few = len(given)
    for number in range(20):
        filled.done("risk", "add", f"More {number}")
    given.clear()
    filled.done("risk", "list")
    assert len(given) == few
