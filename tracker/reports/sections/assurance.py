"""Assurance of a pack: gates, conditions and compliance over all pilots; and journeys before and after."""

from datetime import date, timedelta
from typing import Any

from tracker.entities.compliance import ComplianceItem
from tracker.entities.condition import Condition
from tracker.entities.criterion import GateCriterion
from tracker.entities.gate import Gate
from tracker.entities.journey import Journey
from tracker.entities.pilot import Pilot
from tracker.entities.step import JourneyStep
from tracker.fields import humanise
from tracker.reports.charting import journey_chart
from tracker.reports.model import Block, Bullets, Heading, Paragraph, Section, Table
from tracker.reports.papers.data import SummaryData, columns, none_recorded, source
from tracker.reports.sections.pilot_parts import STATUS_MARKS
from tracker.rules.changes.evidence import gate_text
from tracker.rules.gates import unsettled
from tracker.rules.journeys.journey import compare, counterpart, in_order, measures
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed

SOON = timedelta(90)
OPEN_STATUS = ("not_started", "screened", "in_progress", "submitted", "expired", "failed")


def assurance(data: SummaryData) -> Section:
    """Return the gates, their open conditions, and the compliance items that are not settled."""
    told = source(data, "the registers of gates, gate criteria, conditions and compliance items")
    blocks = [told, *_gates(data), *_conditions(data), *_compliance(data)]
    return Section("assurance", "Assurance", tuple(blocks))


def _gate_day(gate: Gate) -> str:
    day = gate.held_on or gate.planned_on
    return show_date(day) if day is not None else "Not dated"


def _gates(data: SummaryData) -> list[Block]:
    some = sorted(data.now.all(Gate), key=lambda one: (one.held_on or one.planned_on or date.max, one.ref))
    if not some:
        return [Heading("Gates"), none_recorded("no gate")]
    rows = tuple(
        (
            f"{one.ref} {one.name}",
            data.now.ref(Pilot, one.pilot) or "–",
            _gate_day(one),
            gate_text(one.outcome),
            _open_criteria(data, one),
        )
        for one in some
    )
    titles = columns("Gate", "Pilot", "Held or planned", "Outcome", "Criteria not settled>")
    return [Heading("Gates"), Table("gates", "Gates, the earliest first", titles, rows)]


def _open_criteria(data: SummaryData, gate: Gate) -> str:
    criteria = data.now.of(GateCriterion, "gate", gate.uid)
    return f"{len(unsettled(criteria))} of {sum(one.mandatory for one in criteria)}" if criteria else "none asked"


def _conditions(data: SummaryData) -> list[Block]:
    heading = Heading("Open conditions")
    some = [one for one in data.now.all(Condition) if one.closed_on is None]
    if not some:
        return [heading, none_recorded("no condition is open")]
    some.sort(key=lambda one: (one.due or date.max, one.ref))
    rows = tuple(
        (
            f"{one.ref} {one.text}",
            data.now.ref(Gate, one.gate) or "–",
            data.now.person(one.owner) or "No owner",
            (show_date(one.due) + (" (overdue)" if one.due < data.now.date else "")) if one.due else "Not given",
        )
        for one in some
    )
    titles = columns("Condition", "Gate", "Owner", "Due")
    return [heading, Table("conditions", "Conditions that are open, the earliest first", titles, rows)]


def _compliance(data: SummaryData) -> list[Block]:
    heading = Heading("Compliance")
    every = data.now.all(ComplianceItem)
    if not every:
        return [heading, none_recorded("no compliance item")]
    some = [one for one in every if one.status in OPEN_STATUS or _review_near(data, one)]
    settled = len(every) - sum(one.status in OPEN_STATUS for one in every)
    said = Paragraph(f"{settled} of {counted(len(every), 'item')} signed off or not needed.")
    if not some:
        return [heading, said]
    rows = tuple(
        (
            f"{one.ref} {humanise(one.item_kind)}",
            data.now.ref(Pilot, one.pilot) or "–",
            STATUS_MARKS[one.status],
            _due(data, one),
            show_date(one.review_on) if one.review_on else "–",
        )
        for one in some
    )
    titles = columns("Item", "Pilot", "Status", "Due", "Review")
    return [heading, said, Table("compliance", "Not settled, or due for review in 90 days", titles, rows)]


def _due(data: SummaryData, one: Any) -> str:
    """Return when an item is due; what is settled is never overdue."""
    if one.due is None:
        return "Not given"
    return show_date(one.due) + (" (overdue)" if one.status in OPEN_STATUS and one.due < data.now.date else "")


def _review_near(data: SummaryData, one: Any) -> bool:
    return one.review_on is not None and one.review_on <= data.now.date + SOON and one.status != "not_needed"


def journeys(data: SummaryData) -> Section:
    """Return each journey that is known before and after, and the names of those known once."""
    told = source(data, "the registers of journeys and journey steps")
    every = data.now.all(Journey)
    title = "Journeys before and after"
    if not every:
        return Section("journeys", title, (told, none_recorded("no journey")))
    blocks: list[Block] = []
    alone = []
    for one in every:
        if one.journey_kind != "as_is":
            continue
        pair = _pair(data, one, every)
        blocks += pair
        if not pair:
            alone.append(f"{one.ref} {one.name}")
    if alone:
        blocks.append(Paragraph(f"Known only once, with nothing to compare: {listed(alone, 10)}."))
    return Section("journeys", title, (told, *(blocks or [none_recorded("no journey as it is")])))


def _pair(data: SummaryData, one: Any, every: list[Any]) -> list[Block]:
    def steps(uid: str) -> list[Any]:
        return in_order(data.now.of(JourneyStep, "journey", uid))

    other = counterpart(one, every, steps)
    if other is None:
        return []
    found = compare(one, steps(one.uid), other, steps(other.uid))
    name = f"journey-{one.ref.lower()}"
    blocks: list[Block] = [Heading(f"{one.ref} {one.name}, and {other.ref} ({humanise(other.journey_kind).lower()})")]
    if found.comparable:
        rows = tuple((row.label, row.before, row.after, row.difference or "–") for row in found.rows)
        titles = columns("Measure", "Before>", "After>", "Difference>")
        blocks.append(Table(name, f"{one.name}: before and after", titles, rows))
    chart = journey_chart(f"{name}-minutes", found, measures(steps(found.before.uid)), measures(steps(found.after.uid)))
    if chart is not None:
        blocks.append(chart)
    return [*blocks, *([Bullets(found.warnings)] if found.warnings else [])]
