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
from tracker.rules.wording import counted, date_or, listed, show_date

SOON = timedelta(90)


def assurance(data: SummaryData) -> Section:
    """Return the gates, their open conditions, and the compliance items that are not settled."""
    paragraph = source(data, "the registers of gates, gate criteria, conditions and compliance items")
    blocks = [paragraph, *_gates(data), *_conditions(data), *_compliance(data)]
    return Section("assurance", "Assurance", tuple(blocks))


def _gate_day(gate: Gate) -> str:
    day = gate.held_on or gate.planned_on
    return date_or(day, "Not dated")


def _gates(data: SummaryData) -> list[Block]:
    gates = sorted(data.now.all(Gate), key=lambda gate: (gate.held_on or gate.planned_on or date.max, gate.ref))
    if not gates:
        return [Heading("Gates"), none_recorded("no gate")]
    rows = tuple(
        (
            f"{gate.ref} {gate.name}",
            data.now.ref(Pilot, gate.pilot) or "–",
            _gate_day(gate),
            gate_text(gate.outcome),
            _open_criteria(data, gate),
        )
        for gate in gates
    )
    titles = columns("Gate", "Pilot", "Held or planned", "Outcome", "Criteria not settled>")
    return [Heading("Gates"), Table("gates", "Gates, the earliest first", titles, rows)]


def _open_criteria(data: SummaryData, gate: Gate) -> str:
    criteria = data.now.of(GateCriterion, "gate", gate.uid)
    return (
        f"{len(unsettled(criteria))} of {sum(criterion.mandatory for criterion in criteria)}"
        if criteria
        else "none asked"
    )


def _conditions(data: SummaryData) -> list[Block]:
    heading = Heading("Open conditions")
    conditions = [condition for condition in data.now.all(Condition) if condition.closed_on is None]
    if not conditions:
        return [heading, none_recorded("no condition is open")]
    conditions.sort(key=lambda condition: (condition.due or date.max, condition.ref))
    rows = tuple(
        (
            f"{condition.ref} {condition.text}",
            data.now.ref(Gate, condition.gate) or "–",
            data.now.person(condition.owner) or "No owner",
            (show_date(condition.due) + (" (overdue)" if condition.due < data.now.date else ""))
            if condition.due
            else "Not given",
        )
        for condition in conditions
    )
    titles = columns("Condition", "Gate", "Owner", "Due")
    return [heading, Table("conditions", "Conditions that are open, the earliest first", titles, rows)]


def _compliance(data: SummaryData) -> list[Block]:
    heading = Heading("Compliance")
    compliance_items = data.now.all(ComplianceItem)
    if not compliance_items:
        return [heading, none_recorded("no compliance item")]
    unsettled_items = [
        compliance for compliance in compliance_items if compliance.is_open or _review_near(data, compliance)
    ]
    settled = len(compliance_items) - sum(compliance.is_open for compliance in compliance_items)
    paragraph = Paragraph(f"{settled} of {counted(len(compliance_items), 'item')} signed off or not needed.")
    if not unsettled_items:
        return [heading, paragraph]
    rows = tuple(
        (
            f"{compliance.ref} {humanise(compliance.item_kind)}",
            data.now.ref(Pilot, compliance.pilot) or "–",
            STATUS_MARKS[compliance.status],
            _due(data, compliance),
            date_or(compliance.review_on, "–"),
        )
        for compliance in unsettled_items
    )
    titles = columns("Item", "Pilot", "Status", "Due", "Review")
    return [heading, paragraph, Table("compliance", "Not settled, or due for review in 90 days", titles, rows)]


def _due(data: SummaryData, compliance: ComplianceItem) -> str:
    """Return when an item is due; what is settled is never overdue."""
    if compliance.due is None:
        return "Not given"
    return show_date(compliance.due) + (" (overdue)" if compliance.is_late(data.now.date) else "")


def _review_near(data: SummaryData, compliance: ComplianceItem) -> bool:
    return (
        compliance.review_on is not None
        and compliance.review_on <= data.now.date + SOON
        and compliance.status != "not_needed"
    )


def journeys(data: SummaryData) -> Section:
    """Return each journey that is known before and after, and the names of those known once."""
    paragraph = source(data, "the registers of journeys and journey steps")
    journeys_in_order = data.now.all(Journey)
    title = "Journeys before and after"
    if not journeys_in_order:
        return Section("journeys", title, (paragraph, none_recorded("no journey")))
    blocks: list[Block] = []
    alone = []
    for journey in journeys_in_order:
        if journey.journey_kind != "as_is":
            continue
        pair = _pair(data, journey, journeys_in_order)
        blocks += pair
        if not pair:
            alone.append(f"{journey.ref} {journey.name}")
    if alone:
        blocks.append(Paragraph(f"Known only once, with nothing to compare: {listed(alone, 10)}."))
    return Section("journeys", title, (paragraph, *(blocks or [none_recorded("no journey as it is")])))


def _pair(data: SummaryData, journey: Any, journeys: list[Any]) -> list[Block]:
    def steps(uid: str) -> list[Any]:
        return in_order(data.now.of(JourneyStep, "journey", uid))

    target = counterpart(journey, journeys, steps)
    if target is None:
        return []
    comparison = compare(journey, steps(journey.uid), target, steps(target.uid))
    name = f"journey-{journey.ref.lower()}"
    blocks: list[Block] = [
        Heading(f"{journey.ref} {journey.name}, and {target.ref} ({humanise(target.journey_kind).lower()})")
    ]
    if comparison.comparable:
        rows = tuple((row.label, row.before, row.after, row.difference or "–") for row in comparison.rows)
        titles = columns("Measure", "Before>", "After>", "Difference>")
        blocks.append(Table(name, f"{journey.name}: before and after", titles, rows))
    chart = journey_chart(
        f"{name}-minutes", comparison, measures(steps(comparison.before.uid)), measures(steps(comparison.after.uid))
    )
    if chart is not None:
        blocks.append(chart)
    return [*blocks, *([Bullets(comparison.warnings)] if comparison.warnings else [])]
