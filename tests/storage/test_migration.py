"""A newer program meets older files: columns that came later, and four processes that migrate at once."""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated as A
from typing import Literal

import pytest
from conftest import NOW

from tracker.entities import Entity, entity
from tracker.fields import Field, Show
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.undo import redo, undo
from tracker.services.records.writing import add, change, remove
from tracker.storage import migrations
from tracker.storage.connection import SCHEMA_VERSION
from tracker.storage.journal.asof import as_of_tx
from tracker.storage.journal.history import last_tx, of_record
from tracker.storage.journal.verify import verify
from tracker.storage.queries import Query, rows
from tracker.storage.schema import column
from tracker.storage.store import Acting, Store

MOOD = Field("mood", A[Literal["calm", "glad"], Show("Mood")], "calm")


@pytest.fixture
def old(path: Path) -> dict[str, int]:
    """A file made before the column was: the number of the command that added, changed and removed a win."""
    with create_programme(path, {"name": "Old"}, "ana", NOW, NOW.date()) as store:
        by = acting(store, "ana", "cli", NOW, NOW.date())
        win = add(store, "win", {"title": "one", "credit": "it’s ‘quoted’"}, by)
        changed = change(store, "win", win.uid, {"title": "two"}, by).tx
        other = add(store, "win", {"title": "other"}, by)
        removed = remove(store, "win", other.uid, by, reason="recorded twice").tx
        undo(store, by)
        undo(store, by)  # the other win is gone from the table, and only the journal knows it
    return {"added": win.tx, "changed": changed, "other": other.tx, "removed": removed}


@pytest.fixture
def newer(old: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The next version of the program: wins have a mood."""
    from sqlite_utils import Database, Migrations

    steps = Migrations("tracker")
    for name in migrations.STEPS:
        steps(name=name)(migrations._step(name))

    @steps(name=f"{SCHEMA_VERSION + 1:03}_mood")
    def mood(db: Database) -> None:
        db.execute(f'ALTER TABLE "win" ADD COLUMN {column(MOOD)}')

    monkeypatch.setattr(migrations, "migrations", steps)
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    for module in ("connection", "store"):
        monkeypatch.setattr(f"tracker.storage.{module}.SCHEMA_VERSION", SCHEMA_VERSION + 1)
    monkeypatch.setitem(entity("win").fields(), "mood", MOOD)
    _gather_anew()
    yield
    _gather_anew()


def _gather_anew() -> None:
    """Let registers gather their fields once more: in the program they never change."""
    for name in ("stored", "settable", "labels"):
        vars(Entity)[name].__func__.cache_clear()


@pytest.fixture
def store(path: Path, newer: None) -> "Store":
    return Store.open(path)


@pytest.fixture
def by(store: Store) -> Acting:
    return acting(store, "ana", "cli", NOW, NOW.date())


def test_a_column_that_came_later_has_its_default_everywhere(store: Store, by: Acting, old: dict[str, int]) -> None:
    with store:
        assert verify(store) == []
        assert rows(store, Query("win"), ["title", "mood"])[0][2:] == ("two", "calm")
        for tx, titles in ((old["added"], ["one"]), (old["removed"], ["two"]), (old["other"], ["two", "other"])):
            with as_of_tx(store, tx, NOW.date()) as then:
                found = rows(then, Query("win"), ["title", "mood"])
                assert [row[2:] for row in found] == [(title, "calm") for title in titles]


def test_both_old_and_new_columns_are_journalled(store: Store, by: Acting) -> None:
    with store:
        (win, *_) = rows(store, Query("win"), [])[0]
        change(store, "win", win, {"title": "three", "mood": "glad"}, by)
        told = {(one.field, one.old, one.new) for one in of_record(store, win) if one.tx == last_tx(store)}
        assert told == {("title", "two", "three"), ("mood", "calm", "glad")}
        assert verify(store) == []


def test_what_was_done_before_can_still_be_undone(store: Store, by: Acting, old: dict[str, int]) -> None:
    with store:
        redo(store, by)  # the win that only the journal knew
        assert [row[2] for row in rows(store, Query("win"), ["mood"])] == ["calm", "calm"]
        undo(store, by)
        undo(store, by, old["changed"])
        undo(store, by, old["added"])
        assert rows(store, Query("win"), []) == []
        assert verify(store) == []


def _open(path: Path, told: "multiprocessing.Queue[str]") -> None:
    try:
        with Store.open(path) as store:
            by = acting(store, "ana", "cli", NOW, NOW.date())
            told.put(add(store, "win", {"title": "raced", "mood": "glad"}, by).ref)
    except BaseException as error:
        told.put(f"{type(error).__name__}: {error}")


@pytest.mark.thorough
def test_four_processes_migrate_one_file(path: Path, newer: None) -> None:
    fork = multiprocessing.get_context("fork")
    told: multiprocessing.Queue[str] = fork.Queue()
    racers = [fork.Process(target=_open, args=(path, told)) for _ in range(4)]
    for racer in racers:
        racer.start()
    said = sorted(told.get(timeout=60) for _ in racers)
    for racer in racers:
        racer.join()
    told.close()
    assert said == ["W-003", "W-004", "W-005", "W-006"]
    with Store.open(path) as store:
        assert verify(store) == []
        assert store.read(
            "SELECT count(*) FROM win WHERE mood = 'glad' AND event_date = ?", (NOW.date().isoformat(),)
        ) == [(4,)]
    kept = sorted((path.parent / "programme.db.backups").glob("*-before-migration.db"))
    assert kept


def test_a_reader_migrates_too_and_then_only_reads(path: Path, newer: None) -> None:
    with Store.open(path, read_only=True) as store:
        assert rows(store, Query("win"), ["mood"])[0][2] == "calm"
        assert store.read("PRAGMA query_only") == [(1,)]
