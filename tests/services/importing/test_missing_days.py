"""Days that a source does not say stay missing: no record from elsewhere was done on the day on which it came in."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from conftest import at
from taken_tables import counts, table

from tracker.entities import Action, Entity, Issue, Risk, all_entities
from tracker.errors import Invalid
from tracker.fields import FIRM, KNOWN
from tracker.rules.risk import next_review
from tracker.rules.settings import BANDS
from tracker.services.importing.identities import WAIVED
from tracker.services.importing.running import take_in, try_out
from tracker.services.records.writing import add, change, editing
from tracker.services.settings import read_settings
from tracker.storage.queries import Query, records, rows
from tracker.storage.rows import current
from tracker.storage.store import Acting, Store


def ending(register: type[Entity]) -> Iterator[tuple[str, str]]:
    """Yield each choice of a register, by field and value."""
    yield "", ""
    for field in register.settable():
        if field.kind == "choice" and field.stored:
            yield from ((field.name, value) for value in field.choices)


@pytest.mark.parametrize("as_at", [None, date(2026, 3, 31)])
@pytest.mark.parametrize("register", [r for r in all_entities() if not r.hidden], ids=lambda register: register.kind)
def test_no_register_dates_what_comes_from_elsewhere(
    store: Store, ana: Acting, register: type[Entity], as_at: date | None
) -> None:
    days = [field.name for field in register.stored() if field.kind == "date" and not field.flags & {FIRM, KNOWN}]
    pilot = add(store, "pilot", {"name": "Notify"}, ana).uid
    owner = {"pilot": pilot} if "pilot" in register.fields() else {}
    made_up = []
    with editing(store, ana, "import", as_at=as_at) as edit:
        for name, value in ending(register):
            try:
                saved = edit.add(register, {register.lead_field: "Something", **owner, name: value}, waived=WAIVED)
            except Invalid:
                continue
            row = current(store, register, saved.uid)
            assert row is not None
            made_up += [(name, value, day) for day in days if type(row[0][day]) is date]
    assert made_up == []


ENDED = (
    ("action", "Action,Status\nWrite it,Done\n", "Done on is needed when status is done."),
    ("risk", "Risk,Status\nLate,Closed\n", "Closed on is needed when status is closed."),
    (
        "decision",
        "Decision,Status,Options\nBuy it,Taken,Buy; Do nothing\n",
        "Decided on is needed when status is taken.",
    ),
    ("assumption", "Assumption,Status\nIt holds,Confirmed\n", "Validated on is not known."),
    ("dependency", "Dependency,Status\nThe API,Agreed\n", "Agreed on is needed when status is agreed."),
    ("issue", "Issue,Status\nIt is down,Resolved\n", "Resolved on is not known."),
)


@pytest.mark.parametrize(("register", "text", "sentence"), ENDED, ids=[register for register, *_ in ENDED])
def test_an_end_without_its_day_is_listed_at_the_trial(
    store: Store, ana: Acting, register: str, text: str, sentence: str
) -> None:
    taken = try_out(store, table(text, register=register), lambda _: ana)
    assert [sentence in outcome.lacks for outcome in taken.outcomes] == [True], taken.outcomes
    assert take_in(store, table(text, register=register), ana).outcomes == taken.outcomes


def test_a_later_import_dates_nothing_that_had_ended_before(store: Store, ana: Acting) -> None:
    take_in(store, table("ID,Risk,Status\n1,Late,Closed\n"), ana)
    later = take_in(store, table("ID,Risk,Status\n1,Too late,Closed\n"), at(ana, date(2026, 11, 1)))
    assert counts(later) == {"risk": {"changed": 1}}
    assert [change.label for change in later.outcomes[0].changes] == ["Title"]
    (risk,) = records(store, Risk)
    assert risk.closed_on is None


def test_an_end_that_a_later_import_brings_is_not_dated_either(store: Store, ana: Acting) -> None:
    take_in(store, table("ID,Action,Status\n1,Write,Open\n"), ana)
    later = take_in(store, table("ID,Action,Status\n1,Write,Done\n"), at(ana, date(2026, 11, 1)))
    assert "Done on is needed when status is done." in later.outcomes[0].lacks
    (action,) = records(store, Action)
    assert (action.status, action.done_on) == ("done", None)


def test_a_change_by_hand_dates_nothing_that_had_ended_before(store: Store, ana: Acting) -> None:
    take_in(store, table("ID,Issue,Status\n1,Down,Resolved\n", register="issue"), ana)
    take_in(store, table("ID,Action,Status\n1,Write,Done\n"), ana)
    (action,) = records(store, Action)
    change(store, "action", action.uid, {"text": "Write it up"}, at(ana, date(2026, 11, 1)))
    assert next(iter(records(store, Action))).done_on is None
    new = add(store, "action", {"text": "Call", "owner": ana.person, "due": date(2026, 12, 1)}, ana)
    change(store, "action", new.uid, {"status": "done"}, at(ana, date(2026, 11, 1)))
    assert {action.done_on for action in records(store, Action)} == {None, date(2026, 11, 1)}


def test_days_of_a_row_that_contradict_each_other_come_in_and_are_listed(store: Store, ana: Acting) -> None:
    text = "Issue,Status,Raised,Resolved\nDown,Resolved,2026-03-02,2026-03-01\n"
    taken = take_in(store, table(text, register="issue"), ana)
    words = "Resolved on (1 Mar 2026) is before it was raised (2 Mar 2026). Change one of the two."
    assert words in taken.outcomes[0].lacks
    (issue,) = records(store, Issue)
    assert (issue.raised_on, issue.resolved_on) == (date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("as_at", "words"),
    [
        (None, "the day of this import counts, 1 Oct 2026."),
        (date(2026, 3, 31), "the day of which the file is true counts, 31 Mar 2026."),
    ],
)
def test_a_day_that_a_record_cannot_do_without_is_said_once(
    store: Store, ana: Acting, as_at: date | None, words: str
) -> None:
    text = "Incident,Detected on\nDown,\nSlow,2026-03-01\nOff,\n"
    taken = try_out(store, table(text, register="incident"), lambda _: ana, as_at)
    assert taken.remarks == (f"2 new incidents without “Detected on” in the source: {words}",)


def test_a_risk_of_which_nobody_knows_when_it_was_raised_is_reviewed_from_when_it_came_in(
    store: Store, ana: Acting
) -> None:
    take_in(store, table("ID,Risk,Status\n1,Late,Open\n"), ana)
    (risk,) = records(store, Risk)
    settings = read_settings(store)
    due = date.fromisoformat(risk.created_at[:10]) + timedelta(settings.review_days(BANDS[-1]))
    assert not risk.raised_on
    assert next_review(risk, settings) == due
    (listed,) = rows(store, Query("risk"), ["next_review_on"])
    assert listed[2] == due
