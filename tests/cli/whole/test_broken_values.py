"""A stored value that breaks a rule is named by field and record, with exit code 3, and its content stays unsaid."""

import sqlite3
from pathlib import Path

import pytest
from shell import Shell, prepared

from tracker.cli import main
from tracker.services.damage import behind

SECRET = "Adelheid Smithersby"
# What is put where: register, column, value, which record (by ref), and how the sentence goes on.
BROKEN = [
    ("win", "event_date", SECRET, "W-001", "is no date"),
    ("risk", "closed_on", SECRET, "R-001", "is no date"),
    ("risk", "status", SECRET, "R-001", "is none of its choices"),
    ("pilot", "phase", SECRET, "P-01", "is none of its choices"),
    ("risk", "owner", SECRET, "R-001", "names no record"),
]
COMMANDS = (["list"], ["list", "--json"], ["list", "--csv"], ["show", "{ref}"], ["show", "{ref}", "--json"])


def spoil(path: Path, table: str, column: str, value: object, ref: str) -> None:
    """Put a value into a file as another tool might: no rule and no trigger asked."""
    file = sqlite3.connect(path)
    file.execute("PRAGMA ignore_check_constraints=ON")
    for (trigger,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f'DROP TRIGGER "{trigger}"')
    file.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE ref = ?', (value, ref))
    assert file.total_changes
    file.commit()
    file.close()


@prepared
def demo(shell: Shell) -> None:
    """A programme with one record of each register that is broken here."""
    shell.done("pilot", "add", "Parking permits")
    shell.done("person", "add", "Delivery lead")
    shell.done("risk", "add", "Lookups fail", "--pilot", "P-01", "--owner", "Delivery lead")
    shell.done("win", "add", "A field less")
    shell.done("win", "set", "W-001", "--date", "2026-09-30")


@pytest.mark.parametrize(("kind", "column", "value", "ref", "reason"), BROKEN)
def test_a_broken_value_is_named_and_not_said(
    demo: Shell, kind: str, column: str, value: str, ref: str, reason: str
) -> None:
    spoil(demo.file, kind, column, value, ref)
    for words in (*([kind, *command] for command in COMMANDS), ["report", "summary"], ["signals"], ["history", ref]):
        code = demo.type(*(word.format(ref=ref) for word in words))
        assert code in (0, 3), words
        if code == 3:
            assert f"{demo.file} is damaged: " in demo.words
            assert f" of {ref} holds a value that {reason}." in demo.words
            assert SECRET not in demo.words + demo.out
    assert str(behind(str(demo.file))).endswith(f"{ref} holds a value that {reason}.")


def test_a_wrong_date_stops_every_command_that_needs_it(demo: Shell) -> None:
    spoil(demo.file, "win", "event_date", SECRET, "W-001")
    for words in (["win", "list"], ["win", "list", "--json"], ["win", "show", "W-001"], ["report", "summary"]):
        assert "Date of W-001 holds a value that is no date." in demo.refused(3, *words), words
    demo.done("risk", "list")


def test_a_broken_value_of_the_journal_is_named_by_its_change(demo: Shell) -> None:
    file = sqlite3.connect(demo.file)
    for (trigger,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f'DROP TRIGGER "{trigger}"')
    file.execute("UPDATE change SET new = ? WHERE field = 'event_date'", (SECRET,))
    file.commit()
    file.close()
    said = demo.refused(3, "history", "W-001")
    assert "of change " in said
    assert "holds a value that cannot be read" in said
    assert SECRET not in said


def test_a_whole_file_has_no_broken_value(demo: Shell) -> None:
    assert behind(str(demo.file)) is None
    assert behind("/nowhere") is None


def test_what_is_not_foreseen_is_said_by_its_place_and_not_by_its_content(
    demo: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise KeyError(SECRET)

    ended: list[int] = []
    monkeypatch.setattr("tracker.cli.registers.actions.list_records", fails)
    monkeypatch.setattr("os._exit", ended.append)
    monkeypatch.setattr("sys.exit", ended.append)
    main(["--file", str(demo.file), "win", "list"])
    said = capsys.readouterr().err
    assert ended[0] == 1
    assert "not foreseen (KeyError). What was recorded before is safe. A report" in said
    assert SECRET not in said
