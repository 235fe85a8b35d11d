"""Assurance of a pack: gates, conditions and compliance over all pilots; and journeys before and after."""

from datetime import date, timedelta

from tracker.entities import ComplianceItem, Condition, Gate, GateCriterion, Journey, JourneyStep
from tracker.fields import humanise
from tracker.reports.charting import journey_chart
from tracker.reports.model import Block, Bullets, Heading, Paragraph, Section
from tracker.reports.papers.data import SummaryData, apart_block, due_cell, none_recorded, sourced, table, table_or_none
from tracker.reports.sections.pilot_confidence import ratings
from tracker.reports.sections.pilot_parts import STATUS_MARKS, in_order_of_days
from tracker.rules.apart import standing
from tracker.rules.changes.evidence import gate_text
from tracker.rules.gates import unsettled
from tracker.rules.journeys.journey import compare, counterpart, in_order, measures
from tracker.rules.wording import counted, date_or, listed
from tracker.text import natural_order

SOON = timedelta(90)


def assurance(data: SummaryData) -> Section:
    """Return how the programme is rated, the gates, their open conditions, and the compliance items not settled."""
    origin = "the registers of confidence reports, gates, gate criteria, conditions and compliance items"
    blocks = [*_programme(data), *_gates(data), *_conditions(data), *_compliance(data)]
    return sourced(data, "assurance", "Assurance", origin, blocks)


def _programme(data: SummaryData) -> list[Block]:
    heading = Heading("The programme as a whole")
    return [heading, *(ratings(data, None) or [none_recorded("no rating of the programme")])]


def _gates(data: SummaryData) -> list[Block]:
    rows = (
        (
            f"{gate.ref} {gate.name}",
            data.pilot_ref(gate.pilot),
            date_or(gate.held_on) or data.day_cell(gate, "planned_on", "Not dated"),
            gate_text(gate.outcome),
            _open_criteria(data, gate),
        )
        for gate in in_order_of_days(data.now.all(Gate))
    )
    titles = ("Gate", "Pilot", "Held or planned", "Outcome", "Criteria not settled>")
    return [Heading("Gates"), table_or_none("gates", "Gates, the earliest first", titles, rows, "no gate")]


def _open_criteria(data: SummaryData, gate: Gate) -> str:
    criteria = data.now.of(GateCriterion, "gate", gate.uid)
    if not criteria:
        return "none asked"
    return f"{len(unsettled(criteria))} of {sum(criterion.mandatory for criterion in criteria)}"


def _conditions(data: SummaryData) -> list[Block]:
    conditions = [condition for condition in standing(data.now, data.now.all(Condition)) if condition.closed_on is None]
    conditions.sort(key=lambda condition: (condition.due or date.max, natural_order(condition.ref)))
    rows = (
        (
            f"{condition.ref} {condition.text}",
            data.now.ref(Gate, condition.gate) or "–",
            data.owner(condition),
            due_cell(data, condition),
        )
        for condition in conditions
    )
    caption = "Conditions that are open, the earliest first"
    titles = ("Condition", "Gate", "Owner", "Due")
    conditions_table = table_or_none("conditions", caption, titles, rows, "no condition is open")
    return [Heading("Open conditions"), conditions_table, *apart_block(data, Condition)]


def _compliance(data: SummaryData) -> list[Block]:
    heading = Heading("Compliance")
    compliance_items = standing(data.now, data.now.all(ComplianceItem))
    apart = apart_block(data, ComplianceItem)
    if not compliance_items:
        return [heading, *(apart or (none_recorded("no compliance item"),))]
    unsettled_items = [
        compliance for compliance in compliance_items if compliance.is_open or _review_near(data, compliance)
    ]
    settled = len(compliance_items) - sum(compliance.is_open for compliance in compliance_items)
    paragraph = Paragraph(f"{settled} of {counted(len(compliance_items), 'item')} signed off or not needed.")
    if not unsettled_items:
        return [heading, paragraph, *apart]
    rows = (
        (
            f"{compliance.ref} {humanise(compliance.item_kind)}",
            data.pilot_ref(compliance.pilot),
            STATUS_MARKS[compliance.status],
            due_cell(data, compliance),
            data.day_cell(compliance, "review_on", "–"),
        )
        for compliance in unsettled_items
    )
    titles = ("Item", "Pilot", "Status", "Due", "Review")
    unsettled_table = table("compliance", "Not settled, or due for review in 90 days", titles, rows)
    return [heading, paragraph, unsettled_table, *apart]


def _review_near(data: SummaryData, compliance: ComplianceItem) -> bool:
    return (
        compliance.review_on is not None
        and compliance.review_on <= data.now.date + SOON
        and compliance.status != "not_needed"
    )


def journeys(data: SummaryData) -> Section:
    """Return each journey that is known before and after, and the names of those known once."""
    blocks: list[Block] = []
    alone = []
    for journey in data.now.all(Journey):
        if journey.journey_kind != "as_is":
            continue
        pair = _pair(data, journey)
        blocks += pair
        if not pair:
            alone.append(f"{journey.ref} {journey.name}")
    if alone:
        blocks.append(Paragraph(f"Known only once, with nothing to compare: {listed(alone, 10)}."))
    if not data.now.all(Journey):
        blocks.append(none_recorded("no journey"))
    elif not blocks:
        blocks.append(none_recorded("no journey as it is"))
    origin = "the registers of journeys and journey steps"
    return sourced(data, "journeys", "Journeys before and after", origin, blocks)


def _pair(data: SummaryData, journey: Journey) -> list[Block]:
    """Return a journey as it is beside the one that it is compared with; nothing without such a one."""

    def steps(uid: str) -> list[JourneyStep]:
        return in_order(data.now.of(JourneyStep, "journey", uid))

    target = counterpart(journey, data.now.all(Journey), steps)
    if target is None:
        return []
    comparison = compare(journey, steps(journey.uid), target, steps(target.uid))
    name = f"journey-{journey.ref.lower()}"
    blocks: list[Block] = [
        Heading(f"{journey.ref} {journey.name}, and {target.ref} ({humanise(target.journey_kind).lower()})")
    ]
    if comparison.comparable:
        rows = ((row.label, row.before, row.after, row.difference or "–") for row in comparison.rows)
        titles = ("Measure", "Before>", "After>", "Difference>")
        blocks.append(table(name, f"{journey.name}: before and after", titles, rows))
    chart = journey_chart(
        f"{name}-minutes", comparison, measures(steps(comparison.before.uid)), measures(steps(comparison.after.uid))
    )
    if chart is not None:
        blocks.append(chart)
    if comparison.warnings:
        blocks.append(Bullets(comparison.warnings))
    return blocks
