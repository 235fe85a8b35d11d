"""The checklist of a gate as a page: the same rows in the shell and on the screens."""

from collections.abc import Iterator

from tracker.entities.pilot import NO_PHASE
from tracker.fields import humanise, rating_text
from tracker.reports.model import Block, Column, Facts, Heading, Paragraph, Table
from tracker.rules.gates import result_text
from tracker.rules.wording import show_date
from tracker.services.gates import Asked, Checklist, Demand

CheckRow = tuple[str, str, str, str]  # the result or state, the ref, what is asked, and remarks, a line each
STATES = {"open": "○ Open", "overdue": "■ Overdue", "closed": "● Closed"}
CRITERIA = (Column("Result"), Column("Ref"), Column("Criterion"), Column("", long=True))
CONDITIONS = (Column("State"), Column("Ref"), Column("Condition"), Column("", long=True))


def checklist_page(checklist: Checklist) -> Iterator[Block]:
    """Yield a checklist: its gate and pilot, the criteria, the conditions, and what stands in the way of outcomes."""
    settled, mandatory = checklist.mandatory
    yield Heading(str(checklist.gate))
    yield Facts(
        (
            ("Pilot", pilot_line(checklist)),
            ("Outcome", rating_text(checklist.outcome)),
            ("Criteria", f"{len(checklist.criteria)}; mandatory ones settled: {settled} of {mandatory}"),
        )
    )
    if checklist.criteria:
        yield criteria_table(checklist)
    if checklist.conditions:
        yield conditions_table(checklist)
    for sentence in checklist.in_the_way.values():
        yield Paragraph(sentence)
    if not checklist.in_the_way:
        yield Paragraph("Nothing stands in the way of any outcome.")


def pilot_line(checklist: Checklist) -> str:
    """Return the pilot of a gate, its phase, what the gate opens, and when it was held or is planned."""
    place = f"in {humanise(checklist.phase).lower()}" if checklist.phase else NO_PHASE.lower()
    parts = [f"{checklist.pilot}, {place}"]
    if checklist.opens_phase:
        parts.append(f"opens {humanise(checklist.opens_phase).lower()}")
    if checklist.held_on:
        parts.append(f"held on {show_date(checklist.held_on)}")
    elif checklist.planned_on:
        parts.append(f"planned on {show_date(checklist.planned_on)}")
    return ", ".join(parts)


def criteria_table(checklist: Checklist) -> Table:
    """Return the criteria, a row each: the result, the ref, what is asked, and remarks on lines of their own."""
    return Table("criteria", "", CRITERIA, tuple(map(criterion_row, checklist.criteria)))


def criterion_row(criterion: Asked) -> CheckRow:
    """Return a criterion as a row of the checklist."""
    about = [criterion.standard_ref]
    if not criterion.mandatory:
        about.append("not mandatory")
    remarks = [" · ".join(filter(None, about))]
    if criterion.result == "not_applicable" and criterion.not_applicable_reason:
        remarks.append(f"Why: {criterion.not_applicable_reason}")
    if criterion.evidence:
        remarks.append(f"Evidence: {' '.join(criterion.evidence.split())}")
        if criterion.evidence_added_on:
            remarks[-1] += f" ({show_date(criterion.evidence_added_on)})"
    return result_text(criterion.result), criterion.ref, criterion.text, "\n".join(filter(None, remarks))


def conditions_table(checklist: Checklist) -> Table:
    """Return the conditions, a row each: the state, the ref, what has to be done, and by whom and when."""
    return Table("conditions", "", CONDITIONS, tuple(map(condition_row, checklist.conditions)))


def condition_row(condition: Demand) -> CheckRow:
    """Return a condition as a row of the checklist."""
    parts = [condition.owner.name if condition.owner else "no owner"]
    parts.append(f"due {show_date(condition.due)}" if condition.due else "no date")
    if condition.closed_on:
        parts.append(f"closed {show_date(condition.closed_on)}")
    return STATES[condition.state], condition.ref, condition.text, " · ".join(parts)
