"""Two people on one record, down to the moment between reading and writing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, at

from tracker.errors import Conflict, TrackerError
from tracker.services.records import writing as recording
from tracker.services.records.people import acting
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change, remove
from tracker.storage.journal.verify import verify
from tracker.storage.queries import Query, rows
from tracker.storage.store import Acting, Store

Meanwhile = Callable[[Callable[[Store, Acting], object]], None]


@pytest.fixture
def meanwhile(path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Let Ben do something in the last moment before Ana's change is read, checked and written as one."""

    def arrange(deed: Callable[[Store, Acting], object]) -> None:
        editing = recording.editing

        def after_ben(*given: Any, **options: Any) -> Any:
            monkeypatch.setattr(recording, "editing", editing)
            with Store.open(path) as other:
                deed(other, acting(other, "ben", "screens", NOW, NOW.date()))
            return editing(*given, **options)

        monkeypatch.setattr(recording, "editing", after_ben)

    return arrange


@pytest.fixture
def win(store: Store, ana: Acting) -> str:
    return add(store, "win", {"title": "Old", "credit": "Team"}, ana).uid


def test_the_same_field_is_not_overwritten_in_the_last_moment(
    store: Store, ana: Acting, win: str, meanwhile: Meanwhile
) -> None:
    meanwhile(lambda other, ben: change(other, "win", win, {"title": "Ben’s"}, ben))
    with pytest.raises(Conflict) as caught:
        change(store, "win", win, {"title": "Ana’s"}, ana, base={"title": "Old"})
    (clash,) = caught.value.clashes
    assert tuple(clash) == ("title", "Title", "Old", "Ana’s", "Ben’s", "ben", NOW)
    assert clash.when == "2026-10-01 09:00 UTC"
    assert rows(store, Query("win"), ["title"])[0][2] == "Ben’s"


def test_another_field_is_merged_in_the_last_moment(store: Store, ana: Acting, win: str, meanwhile: Meanwhile) -> None:
    meanwhile(lambda other, ben: change(other, "win", win, {"credit": "Ben’s"}, ben))
    change(store, "win", win, {"title": "Ana’s"}, ana, base={"title": "Old", "credit": "Team"})
    assert rows(store, Query("win"), ["title", "credit"])[0][2:] == ("Ana’s", "Ben’s")
    assert verify(store) == []


def test_two_people_judge_one_risk(store: Store, ana: Acting, meanwhile: Meanwhile) -> None:
    risk = add(store, "risk", {"title": "Late", "likelihood": 2, "impact": 2}, ana).uid
    meanwhile(lambda other, ben: change(other, "risk", risk, {"impact": 5}, ben))
    change(store, "risk", risk, {"likelihood": 4}, ana)
    assert rows(store, Query("risk"), ["likelihood", "impact"])[0][2:] == (4, 5)
    with pytest.raises(Conflict) as caught:
        change(store, "risk", risk, {"impact": 1}, ana, base={"impact": 2})
    (clash,) = caught.value.clashes
    assert (clash.base, clash.yours, clash.theirs) == ("2", "1", "5")
    assert clash.who == "ana"  # hers was the newest assessment, and it carries Ben's impact on
    assert clash.when == "2026-10-01 09:00 UTC"


def test_what_was_undone_in_the_last_moment_is_gone(store: Store, ana: Acting, win: str, meanwhile: Meanwhile) -> None:
    meanwhile(lambda other, _: undo(other, ana))
    commands = store.read("SELECT count(*) FROM tx")[0][0]
    with pytest.raises(TrackerError, match="does not exist any more: adding it was undone"):
        change(store, "win", win, {"title": "Ana’s"}, ana)
    assert store.read("SELECT count(*) FROM tx")[0][0] == commands + 2  # Ben joined and undid; nothing of Ana's


def test_both_gave_the_same_value(store: Store, ana: Acting, win: str) -> None:
    change(store, "win", win, {"title": "New"}, ana)
    saved = change(store, "win", win, {"title": "New"}, ana, base={"title": "Old"})
    assert (saved.tx, saved.notes) == (0, ("Nothing to change: it is so already.",))


def test_a_reference_that_clashes_is_named(store: Store, ana: Acting) -> None:
    first, second = (add(store, "person", {"display_name": name}, ana).uid for name in ("Kim Lee", "Data lead"))
    service = add(store, "service", {"name": "Parking"}, ana).uid
    change(store, "service", service, {"owner": first}, at(ana, date(2026, 10, 2)))
    with pytest.raises(Conflict, match=r"Owner is now “Kim Lee” .*you wrote “Data lead”. Nothing was saved"):
        change(store, "service", service, {"owner": second}, ana, base={"owner": None})


def test_removed_twice_or_undone_meanwhile(store: Store, ana: Acting, win: str) -> None:
    remove(store, "win", win, ana, reason="recorded twice")
    commands = store.read("SELECT count(*) FROM tx")
    with pytest.raises(TrackerError, match="W-001 was removed already"):
        remove(store, "win", win, ana, reason="recorded twice")
    undo(store, ana)
    undo(store, ana)
    with pytest.raises(TrackerError, match="does not exist any more"):
        remove(store, "win", win, ana, reason="recorded twice")
    assert store.read("SELECT count(*) - 2 FROM tx") == commands
    assert store.connection.in_transaction is False


def test_shares_that_clash_are_in_per_cent(store: Store, ana: Acting) -> None:
    values = {"name": "Completion", "metric_kind": "proportion", "definition": "Of those begun", "target": 0.8}
    uid = add(store, "metric", values, ana).uid
    change(store, "metric", uid, {"target": 0.9}, ana, reason="Agreed")
    with pytest.raises(Conflict) as caught:
        change(store, "metric", uid, {"target": 0.7}, ana, base={"target": 0.8}, reason="Agreed")
    assert caught.value.clashes[0][2:5] == ("80%", "70%", "90%")
