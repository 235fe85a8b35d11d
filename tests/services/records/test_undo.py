"""Undo and redo: whose turn it is, what a chain of them comes to, what cannot be turned back."""

import pytest
from conftest import NOW

from tracker.entities import Pilot
from tracker.errors import TrackerError
from tracker.services.evidence import moves_of_fields
from tracker.services.records.people import acting
from tracker.services.records.undo import redo, undo
from tracker.services.records.writing import add, change, remove
from tracker.storage.journal.history import commands, effective_changes, of_record
from tracker.storage.journal.verify import verify
from tracker.storage.queries import Query, rows
from tracker.storage.store import Acting, Store


@pytest.fixture
def win(store: Store, ana: Acting) -> str:
    return add(store, "win", {"title": "one"}, ana).uid


def titles(store: Store) -> list[str]:
    return [row[2] for row in rows(store, Query("win"), ["title"])]


def test_undo_goes_back_step_by_step_and_redo_forth(store: Store, ana: Acting, win: str) -> None:
    for title in ("two", "three"):
        change(store, "win", win, {"title": title}, ana)
    seen = []
    for step in (undo, undo, undo, redo, redo, redo):
        step(store, ana)
        seen.append(titles(store))
    assert seen == [["two"], ["one"], [], ["one"], ["two"], ["three"]]
    with pytest.raises(TrackerError, match="nothing of yours to redo"):
        redo(store, ana)
    assert verify(store) == []


def test_undoing_a_redo_by_its_number_is_undoing_the_change(store: Store, ana: Acting, win: str) -> None:
    changed = change(store, "win", win, {"title": "two"}, ana).tx
    undo(store, ana)
    redone = redo(store, ana).tx
    assert undo(store, ana, redone).of == changed
    assert titles(store) == ["one"]
    undo(store, ana)  # the next undo goes on with what came before
    assert titles(store) == []
    redo(store, ana)
    redo(store, ana)
    assert titles(store) == ["two"]
    assert verify(store) == []


def test_undoing_an_undo_by_its_number_is_a_redo(store: Store, ana: Acting, win: str) -> None:
    change(store, "win", win, {"title": "two"}, ana)
    undone = undo(store, ana).tx
    assert store.read("SELECT command FROM tx WHERE id = ?", (undo(store, ana, undone).tx,)) == [("redo",)]
    assert titles(store) == ["two"]
    with pytest.raises(TrackerError, match=f"Change {undone} was undone already"):
        undo(store, ana, undone)


def test_a_change_shows_as_undone_only_while_it_is(store: Store, ana: Acting, win: str) -> None:
    def undone_by(tx: int) -> int | None:
        return next(one.undone_by for one in commands(store) if one.tx == tx)

    changed = change(store, "win", win, {"title": "two"}, ana).tx
    assert undone_by(changed) is None
    undone = undo(store, ana).tx
    assert undone_by(changed) == undone
    redo(store, ana)
    assert undone_by(changed) is None


def phases(store: Store) -> list[str]:
    """Return the pilots whose phase was changed."""
    return [uid for uid, _ in moves_of_fields(store, Pilot, "phase")]


def test_undone_moves_do_not_count(store: Store, ana: Acting) -> None:
    pilot = add(store, "pilot", {"name": "Parking", "phase": "alpha"}, ana).uid
    change(store, "pilot", pilot, {"phase": "live"}, ana, reason="went very well")
    assert phases(store) == [pilot]
    undo(store, ana)
    assert phases(store) == []
    redo(store, ana)
    assert phases(store) == [pilot]
    assert {change.field for change in effective_changes(of_record(store, pilot))} == {"*", "phase", "phase_started"}


def test_somebody_elses_change_is_undone_by_number_only(store: Store, ana: Acting, win: str) -> None:
    ben = acting(store, "ben", "cli", NOW, NOW.date())
    with pytest.raises(TrackerError, match="nothing of yours to undo"):
        undo(store, ben)
    undo(store, ben, 2)
    assert titles(store) == []


@pytest.mark.parametrize(("tx", "words"), [(1, r"\(init\) cannot be undone"), (99, "There is no change 99")])
def test_what_cannot_be_undone(store: Store, ana: Acting, tx: int, words: str) -> None:
    with pytest.raises(TrackerError, match=words):
        undo(store, ana, tx)


def test_an_undo_that_is_refused_leaves_nothing_behind(store: Store, ana: Acting, win: str) -> None:
    changed = change(store, "win", win, {"title": "two", "credit": "Team"}, ana).tx
    change(store, "win", win, {"title": "three"}, ana)
    before = store.read("SELECT count(*), (SELECT count(*) FROM change) FROM tx")
    with pytest.raises(TrackerError, match="W-001: Title was changed since"):
        undo(store, ana, changed)
    assert store.read("SELECT count(*), (SELECT count(*) FROM change) FROM tx") == before
    assert rows(store, Query("win"), ["credit"])[0][2] == "Team"


def test_a_removal_is_undone_with_its_reason(store: Store, ana: Acting, win: str) -> None:
    remove(store, "win", win, ana, reason="recorded twice")
    undo(store, ana)
    assert rows(store, Query("win"), ["deleted_reason", "deleted_by"])[0][2:] == (None, None)
    redo(store, ana)
    assert rows(store, Query("win", deleted=True), ["deleted_reason"])[0][2] == "recorded twice"


def test_a_risk_and_its_assessment_are_undone_together(store: Store, ana: Acting) -> None:
    risk = add(store, "risk", {"title": "Late", "likelihood": 2, "impact": 2}, ana).uid
    undo(store, ana)
    assert rows(store, Query("risk"), []) == rows(store, Query("assessment"), []) == []
    redo(store, ana)
    assert rows(store, Query("risk"), ["score"])[0][0::2] == (risk, 4)
    assert add(store, "risk", {"title": "Next"}, ana).ref == "R-002"  # a ref is never given twice
    assert verify(store) == []
