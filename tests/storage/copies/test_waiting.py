"""New rows that wait for somebody to ask: the same rows, numbers, journal and documents as without waiting."""

import itertools
import sqlite3
from datetime import date
from typing import Any

import pytest

from tracker.entities import Entity, Person, Risk, all_entities
from tracker.errors import TrackerError
from tracker.services.records.edit import Edit
from tracker.services.records.writing import editing
from tracker.storage.bulk import in_bulk
from tracker.storage.bulk.waiting import Waiting, holding_back, part_of_command
from tracker.storage.journal.verify import verify
from tracker.storage.queries import records
from tracker.storage.schema import column
from tracker.storage.store import Acting, Store

RISK = {"cause": "It’s old", "event": "it fails", "likelihood": 3, "impact": 4, "tags": ("a", "b")}
CONTENT = (
    "SELECT * FROM risk ORDER BY id",
    "SELECT * FROM assessment ORDER BY id",
    "SELECT * FROM person ORDER BY id",
    "SELECT id, tx, kind, row, field, old, new, base, digest FROM change ORDER BY id",
    "SELECT * FROM search_doc ORDER BY id",
    "SELECT * FROM sequence ORDER BY kind",
    "SELECT type, name, sql FROM sqlite_master ORDER BY name",
)


def write(edit: Edit, number: int) -> None:
    """Write risks; every third is taken back with a part of its own inside, and every fifth asks for the others."""
    try:
        with part_of_command(edit.store):
            edit.add(Risk, {**RISK, "title": f"Risk {number}", "raised_on": date(2026, 9, number % 28 + 1)})
            with part_of_command(edit.store):
                edit.add(Person, {"display_name": f"Person {number}"})
                if number % 5 == 0:
                    assert records(edit.store, Risk)
            if number % 3 == 0:
                raise InterruptedError
    except InterruptedError:
        pass


def content(store: Store, by: Acting, monkeypatch: pytest.MonkeyPatch, *, waits: bool) -> list[list[Any]]:
    """Return what the file holds after the same command, with or without waiting, and take the file back."""
    uids = (f"{number:036}" for number in itertools.count())
    monkeypatch.setattr("tracker.services.records.edit.uuid7", lambda _: next(uids))
    rows: list[list[Any]] = []

    class Over(Exception):
        pass

    with pytest.raises(Over), editing(store, by, "import") as edit:
        if waits:
            with holding_back(store):
                for number in range(40):
                    write(edit, number)
        else:
            for number in range(40):
                write(edit, number)
        rows = [store.read(sql) for sql in CONTENT]
        raise Over
    return rows


@pytest.mark.parametrize("fewest", [1, 10_000])
def test_what_waited_is_written_as_if_it_had_not(
    store: Store, ana: Acting, monkeypatch: pytest.MonkeyPatch, fewest: int
) -> None:
    monkeypatch.setattr(in_bulk, "FEWEST", fewest)
    slowly = content(store, ana, monkeypatch, waits=False)
    assert len(slowly[0]) == 26
    assert content(store, ana, monkeypatch, waits=True) == slowly


def test_a_file_that_was_written_in_bulk_holds(store: Store, ana: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_bulk, "FEWEST", 1)
    with editing(store, ana, "import") as edit, holding_back(store, at_once=7):
        for number in range(40):
            write(edit, number)
    assert len(list(records(store, Risk))) == 26
    assert verify(store) == []


def test_what_could_not_be_written_fails_the_command_whoever_caught_it(store: Store, ana: Acting) -> None:
    with pytest.raises(TrackerError, match="UNIQUE"), editing(store, ana, "import"), holding_back(store):
        waiting = store.waiting
        assert waiting is not None
        for _ in range(2):
            assert waiting.take("person", {"uid": "0" * 36, "ref": f"{Person.prefix}-900", "display_name": "Twice"})
        with pytest.raises(sqlite3.IntegrityError):
            waiting.write()
    assert not store.connection.in_transaction
    assert store.read("SELECT count(*) FROM person WHERE display_name = 'Twice'") == [(0,)]


BOUNDARIES = (
    "",
    "x" * 36,
    "x" * 4_000,
    "2026-02-28",
    "2026-02-30",
    "a,b",
    ",",
    "09:30",
    "99:99",
    0,
    1,
    5,
    6,
    -1,
    2**53,
)
COLUMNS = [(kind, field.name) for kind in all_entities() for field in kind.stored()]


def test_no_row_waits_that_its_table_would_refuse(store: Store) -> None:
    waiting = Waiting(store, at_once=10**9)
    table = sqlite3.connect(":memory:")
    for register, name in COLUMNS:
        table.execute("DROP TABLE IF EXISTS column_of")
        table.execute(f"CREATE TABLE column_of ({column(field_of(register, name)).partition(' REFERENCES')[0]}) STRICT")
        for value in (*BOUNDARIES, 2.5, *field_of(register, name).choices):
            if waiting.take(register.kind, {name: value}):
                table.execute("INSERT INTO column_of VALUES (?)", (value,))


def field_of(register: type[Entity], name: str) -> Any:
    return register.fields()[name]
