"""The dates of a pilot: what was first agreed, what is expected now, what happened, and by how much it slipped."""

from datetime import date
from typing import NamedTuple

from tracker.entities import Gate, Pilot
from tracker.fields import precision_of
from tracker.reports.model import Table
from tracker.reports.papers.data import SummaryData, table
from tracker.rules.wording import counted, date_or


class Milestone(NamedTuple):
    """A milestone of a pilot: what it is called, the field of its day, and the day that was first agreed (or None)."""

    label: str
    field: str
    agreed: date | None = None


def dates_table(data: SummaryData, pilot: Pilot) -> Table:
    """Return a line for each milestone that has a day, or of which a kind of nothing is said; the end always."""
    end = "actual_end" if pilot.ended_by(data.now.date) and pilot.actual_end else "forecast_end"
    milestones = (
        Milestone("Start", "start"),
        Milestone("Go-live, the first real users", "first_real_user_on", _first(data, pilot, "first_real_user_on")),
        Milestone("End" if end == "forecast_end" else "Ended", end, pilot.baseline_end),
        Milestone("Decision due", "decision_due", _first(data, pilot, "decision_due")),
    )
    rows = [
        _row(data, pilot, milestone)
        for milestone in milestones
        if milestone.field == end or _is_told(data, pilot, milestone)
    ]
    rows += [(f"Gate {gate.ref}", "–", date_or(gate.planned_on), "–") for gate in _gates(data, pilot)]
    caption = "Dates: as first agreed, as they stand now, and the slip between"
    return table(f"{pilot.ref.lower()}-dates", caption, ("Milestone", "First agreed", "Now", "Slip"), rows)


def _first(data: SummaryData, pilot: Pilot, field: str) -> date | None:
    """Return the day from which a milestone was first moved; None where it never moved."""
    moves = data.now.date_moves(pilot, field)
    return moves[0].old if moves else None


def _is_told(data: SummaryData, pilot: Pilot, milestone: Milestone) -> bool:
    return getattr(pilot, milestone.field) is not None or (pilot.uid, milestone.field) in data.now.nothings


def _row(data: SummaryData, pilot: Pilot, milestone: Milestone) -> tuple[str, ...]:
    day = getattr(pilot, milestone.field)
    return (
        milestone.label,
        date_or(milestone.agreed, "–"),
        data.day_cell(pilot, milestone.field),
        _slip(milestone, day),
    )


def _slip(milestone: Milestone, day: date | None) -> str:
    """Return how many days later or earlier a day is than was first agreed; nothing is said of what is not exact."""
    agreed = milestone.agreed
    if agreed is None or day is None or precision_of(agreed) or precision_of(day):
        return "–"
    days = (day - agreed).days
    if not days:
        return "None"
    return f"{counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def _gates(data: SummaryData, pilot: Pilot) -> list[Gate]:
    """Return the gates that are still to be held and have a day, the earliest first."""
    gates = [gate for gate in data.now.of_pilot(Gate, pilot) if gate.outcome == "pending" and gate.planned_on]
    return sorted(gates, key=lambda gate: gate.planned_on or date.max)
