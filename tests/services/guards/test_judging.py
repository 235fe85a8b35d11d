"""A rating and the evidence: kept beside each other, and a better rating needs a reason."""

from datetime import date, timedelta

import pytest
from conftest import at
from factories import made

from tracker.errors import Invalid
from tracker.rules.late import deadlines
from tracker.services.evidence import gather
from tracker.services.late import late_and_due
from tracker.services.records.settings import set_setting
from tracker.services.records.writing import add
from tracker.services.signals import levels, signals_of
from tracker.storage.queries import record
from tracker.storage.store import Acting, Store

D = date
REASON = "Training is agreed for next week, and the date holds."


@pytest.fixture
def late(store: Store, ana: Acting) -> str:
    """A pilot in alpha whose forecast is far behind, above its budget, and without any risk: amber and red."""
    return made(
        *(store, "pilot", ana),
        name="Parking permits",
        phase="alpha",
        start=D(2026, 6, 1),
        baseline_end=D(2026, 9, 30),
        forecast_end=D(2027, 3, 31),
        budget=1_000_000,
        forecast_cost=1_300_000,
    )


def report(store: Store, by: Acting, pilot: str | None, rating: str, **more: object) -> str:
    values = {"pilot": pilot, "rating": rating, "narrative": "Twenty characters at the least.", **more}
    return add(store, "confidence", values, by).uid


def test_a_better_rating_is_refused_without_a_reason_and_nothing_is_saved(store: Store, ana: Acting, late: str) -> None:
    with pytest.raises(Invalid) as caught:
        report(store, ana, late, "green")
    (problem,) = caught.value.problems
    assert problem.field == "divergence_reason"
    assert problem.message.startswith("You rate P-01 green; the evidence says ■ Red.")
    assert store.read("SELECT count(*) FROM confidence")[0][0] == 0


def test_both_are_kept_and_the_reason_is_to_be_reviewed_by_the_next_board(store: Store, ana: Acting, late: str) -> None:
    kept = record(store, "confidence", report(store, ana, late, "green", divergence_reason=REASON))
    assert kept is not None
    assert (kept.rating, kept.evidence_signal) == ("green", "red")  # type: ignore[attr-defined]
    assert kept.review_by == ana.today + timedelta(35)  # type: ignore[attr-defined]
    told = levels(store, ana.today)[late]
    assert (told.reported, told.level, told.divergence, told.override.state) == ("green", "red", 2, "active")
    assert told.sort_rating == "red"


def test_a_worse_or_an_equal_rating_needs_no_reason(store: Store, ana: Acting, late: str) -> None:
    kept = record(store, "confidence", report(store, ana, late, "red"))
    assert kept is not None and kept.evidence_signal == "red"  # type: ignore[attr-defined]
    assert levels(store, ana.today)[late].override.state == "none"


@pytest.mark.parametrize("more", [{"rating_kind": "assurance"}, {"dimension": "time"}])
def test_assurance_and_single_dimensions_judge_for_themselves(
    store: Store, ana: Acting, late: str, more: dict[str, str]
) -> None:
    kept = record(store, "confidence", report(store, ana, late, "green", **more))
    assert kept is not None and kept.evidence_signal is None  # type: ignore[attr-defined]


def test_the_programme_as_a_whole_has_no_evidence_signal(store: Store, ana: Acting, late: str) -> None:
    kept = record(store, "confidence", report(store, ana, None, "green"))
    assert kept is not None and kept.evidence_signal is None  # type: ignore[attr-defined]


def test_a_reason_lapses_on_its_day_and_when_the_evidence_gets_worse(store: Store, ana: Acting) -> None:
    pilot = made(
        *(store, "pilot", ana),
        phase="alpha",
        start=D(2026, 6, 1),
        baseline_end=D(2026, 11, 30),
        forecast_end=D(2027, 1, 5),
        budget=100,
        forecast_cost=107,
    )
    report(store, ana, pilot, "green", divergence_reason=REASON)
    assert signals_of(store, pilot, ana.today).evidence.override.state == "active"
    after = at(ana, ana.today + timedelta(36))
    assert signals_of(store, pilot, after.today).evidence.override.state == "lapsed"
    by = at(ana, ana.today + timedelta(1))
    set_setting(store, "cost_red_percent", "6", by, "The board is stricter now")
    set_setting(store, "slip_red_days", "30", by, "The board is stricter now")
    set_setting(store, "slip_red_percent", "12", by, "The board is stricter now")
    told = signals_of(store, pilot, by.today).evidence
    assert (told.level, told.override.state) == ("red", "lapsed")


def test_a_threshold_changes_the_signal_from_its_day_on(store: Store, ana: Acting) -> None:
    pilot = made(store, "pilot", ana, phase="alpha", start=D(2026, 6, 1), budget=100, forecast_cost=107)
    by = at(ana, ana.today + timedelta(10))
    assert signals_of(store, pilot, by.today).evidence.dimensions["cost"].level == "amber"
    set_setting(store, "cost_amber_percent", "8", by, "Agreed by the board")
    assert signals_of(store, pilot, by.today).evidence.dimensions["cost"].level == "green"
    before = signals_of(store, pilot, ana.today).evidence.dimensions["cost"]
    assert (before.level, before.findings[0].threshold) == ("amber", "5.0%")


def test_a_rating_looks_at_no_whole_journal(store: Store, ana: Acting, late: str) -> None:
    statements: list[str] = []
    store.connection.set_trace_callback(statements.append)
    report(store, ana, late, "red")
    store.connection.set_trace_callback(None)
    # The newest command is found from the end of its table, which is no scan of it.
    reading = [sql for sql in statements if sql.lstrip().startswith("SELECT") and "DESC LIMIT 1" not in sql]
    plans = [str(step[3]) for sql in reading for step in store.read(f"EXPLAIN QUERY PLAN {sql}")]
    assert any("change" in plan for plan in plans)
    journal = ("SCAN change", "SCAN c ", "SCAN tx", "SCAN x")
    assert [plan for plan in plans if plan.startswith(journal)] == []


def test_a_reason_that_a_later_report_relies_on_is_due_on_its_own_review_day(
    store: Store, ana: Acting, late: str
) -> None:
    reason = report(store, ana, late, "green", divergence_reason=REASON, review_by=ana.today + timedelta(20))
    later = at(ana, ana.today + timedelta(5))
    report(store, later, late, "green")
    day = ana.today + timedelta(21)
    overdue = [deadline for deadline in late_and_due(store, day, 0).late if deadline.kind == "confidence"]
    assert [(deadline.uid, deadline.day) for deadline in overdue] == [(reason, ana.today + timedelta(20))]
    assert [d.uid for d in deadlines(gather(store, day)) if d.kind == "confidence" and d.day < day] == [reason]
    report(store, at(ana, ana.today + timedelta(6)), late, "red")  # it needs no reason
    assert not [deadline for deadline in late_and_due(store, day, 0).late if deadline.kind == "confidence"]
