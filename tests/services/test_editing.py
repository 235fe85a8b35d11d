"""One edit is one command: each record is held against what the edit wrote before it, and all is written or nothing."""

from datetime import date

import pytest

from tracker.entities.action import Action
from tracker.entities.decision import Decision
from tracker.entities.pilot import Pilot
from tracker.entities.risk import Risk
from tracker.errors import Invalid, Problem, TrackerError
from tracker.services.records.checking import problems_of
from tracker.services.records.undo import undo
from tracker.services.records.writing import Unchanged, add, editing, remove
from tracker.storage.journal.history import last_tx
from tracker.storage.journal.verify import verify
from tracker.storage.queries import record, records
from tracker.storage.store import Acting, Store

DUE = date(2026, 12, 1)
NOBODY = "0" * 36


def test_what_belongs_together_is_written_and_taken_back_together(store: Store, ana: Acting) -> None:
    before = last_tx(store)
    with editing(store, ana, "test.together", reason="for a test") as edit:
        pilot = edit.add(Pilot, {"name": "Parking"})
        action = edit.add(Action, {"text": "Begin", "due": DUE, "pilot": pilot.uid, "owner": ana.person})
        edit.change(Pilot, pilot.uid, {"phase": "alpha"})
    assert pilot.tx == action.tx == last_tx(store) == before + 1
    changed = record(store, Pilot, pilot.uid)
    assert changed is not None and (changed.ref, changed.phase) == ("P-01", "alpha")
    undo(store, ana)
    assert records(store, Pilot) == []
    assert records(store, Action) == []
    assert verify(store) == []


def test_nothing_is_written_when_the_last_of_an_edit_is_wrong(store: Store, ana: Acting) -> None:
    before = last_tx(store)
    with pytest.raises(Invalid) as caught, editing(store, ana, "test.half") as edit:
        edit.add(Pilot, {"name": "Parking"})
        edit.add(Risk, {"title": "x" * 201, "likelihood": 3})
    assert [problem.field for problem in caught.value.problems] == ["impact", "title"]
    assert (records(store, Pilot), last_tx(store)) == ([], before)


def test_a_reference_to_nothing_is_named_and_one_to_the_same_edit_is_not(store: Store, ana: Acting) -> None:
    with pytest.raises(Invalid) as caught, editing(store, ana, "test.links") as edit:
        pilot = edit.add(Pilot, {"name": "Parking"})
        edit.add(Action, {"text": "Begin", "due": DUE, "pilot": pilot.uid, "owner": NOBODY})
    (problem,) = caught.value.problems
    assert problem == Problem("owner", "no_such_record", "Owner refers to a record that does not exist.")
    assert records(store, Pilot) == []


def test_a_change_that_changes_nothing_is_no_command(store: Store, ana: Acting) -> None:
    pilot = add(store, "pilot", {"name": "Parking"}, ana)
    with pytest.raises(Unchanged) as caught, editing(store, ana, "test.same") as edit:
        edit.change(Pilot, pilot.uid, {"name": "Parking"})
    assert (caught.value.saved.ref, caught.value.saved.tx) == ("P-01", 0)
    assert last_tx(store) == pilot.tx


def test_the_problems_of_a_draft_are_told_without_writing(store: Store, ana: Acting) -> None:
    unread = [Problem("needed_by", "not_read", "Needed by is no day.")]
    values = {"title": "x" * 201, "status": "sought", "options": "Scale"}
    before = last_tx(store)
    problems = problems_of(store, "decision", None, values, ana, unread=unread)
    assert problems[0] == unread[0]
    assert [problem.field for problem in problems].count("needed_by") == 1
    assert {"options", "title"} <= {problem.field for problem in problems}
    assert (records(store, Decision), last_tx(store)) == ([], before)


def test_the_problems_of_a_change_are_those_of_the_whole_record(store: Store, ana: Acting) -> None:
    risk = add(store, "risk", {"title": "Late", "likelihood": 2, "impact": 2}, ana).uid
    assert problems_of(store, "risk", risk, {"title": "Later"}, ana) == []
    (problem,) = problems_of(store, "risk", risk, {"status": "open"}, ana)[:1]
    assert (problem.field, problem.code) == ("cause", "needed")
    remove(store, "risk", risk, ana, reason="recorded twice")
    with pytest.raises(TrackerError, match="R-001 was removed"):
        problems_of(store, "risk", risk, {"title": "Later"}, ana)
