"""The parts of a pilot's page that come from one register each; a part is empty when nothing is recorded."""

from datetime import date
from typing import Any

from tracker.entities.attendance import Attendance
from tracker.entities.compliance import ComplianceItem
from tracker.entities.condition import Condition
from tracker.entities.criterion import GateCriterion
from tracker.entities.feedback import Feedback
from tracker.entities.gate import Gate
from tracker.entities.iteration import Iteration
from tracker.entities.need import TrainingNeed
from tracker.entities.pilot import Pilot
from tracker.entities.session import TrainingSession
from tracker.entities.win import Win
from tracker.fields import humanise
from tracker.reports.charting import rhythm_chart
from tracker.reports.model import Block, Paragraph, Table
from tracker.reports.papers.data import SummaryData, columns
from tracker.reports.sections.outcomes import METRIC_TITLES, metric_row
from tracker.reports.sections.people_report import GROUP_TITLES, group_cells
from tracker.reports.sections.risk_report import risk_rows
from tracker.rules.changes.evidence import gate_text
from tracker.rules.gates import result_text, settled, unsettled
from tracker.rules.signals.pilot.rhythm import GAPS, usual_cadence
from tracker.rules.training import coverage
from tracker.rules.wording import counted, date_or, optional, short, show_date

ITERATIONS, WINS, FEEDBACK, CRITERIA = 4, 5, 6, 10
GOAL_LENGTH = 90
LEAST_ENDS = 2
STATUS_MARKS = {
    "not_needed": "– Not needed",
    "not_started": "○ Not started",
    "screened": "▲ Screened",
    "in_progress": "▲ In progress",
    "submitted": "▲ Submitted",
    "signed_off": "● Signed off",
    "expired": "■ Expired",
    "failed": "■ Failed",
}
RESULT_MARKS = {"open": "○ Open", "met": "● Met", "partly": "▲ Partly", "missed": "■ Missed"}


def gates(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return the gates of a pilot with how many criteria are settled, and what is open at the next one."""
    pilot_gates = data.now.of(Gate, "pilot", pilot.uid)
    if not pilot_gates:
        return []
    pilot_gates = sorted(pilot_gates, key=lambda gate: (gate.held_on or gate.planned_on or date.max, gate.ref))
    rows = tuple(_gate(data, gate) for gate in pilot_gates)
    titles = columns("Gate", "Opens", "Held or planned", "Outcome", "Criteria>", "Conditions>")
    caption = "Gates, the earliest first, with criteria settled and conditions open"
    table = Table(f"{pilot.ref.lower()}-gates", caption, titles, rows)
    coming = next((gate for gate in pilot_gates if gate.outcome == "pending"), None)
    return [table, *(_criteria(data, coming) if coming is not None else [])]


def _gate(data: SummaryData, gate: Gate) -> tuple[str, ...]:
    criteria = [criterion for criterion in data.now.of(GateCriterion, "gate", gate.uid) if criterion.mandatory]
    conditions = [condition for condition in data.now.of(Condition, "gate", gate.uid) if condition.closed_on is None]
    day = gate.held_on or gate.planned_on
    return (
        f"{gate.ref} {gate.name}",
        humanise(gate.opens_phase) if gate.opens_phase else "–",
        date_or(day, "Not dated"),
        gate_text(gate.outcome),
        f"{sum(map(settled, criteria))} of {len(criteria)}" if criteria else "none asked",
        f"{len(conditions)}",
    )


def _criteria(data: SummaryData, gate: Gate) -> list[Block]:
    """Return the mandatory criteria that are not settled yet."""
    open_ones = unsettled(data.now.of(GateCriterion, "gate", gate.uid))
    if not open_ones:
        return []
    rows = tuple(
        (open_one.text, result_text(open_one.result), open_one.evidence or "None yet")
        for open_one in open_ones[:CRITERIA]
    )
    note = f"{len(open_ones) - CRITERIA} more are not settled." if len(open_ones) > CRITERIA else ""
    caption = f"{gate.ref}: mandatory criteria that are not settled"
    titles = columns("Criterion", "Result", "Evidence")
    return [Table(f"{gate.ref.lower()}-criteria", caption, titles, rows, note=note)]


def iterations(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return the last iterations with what was learned."""
    all_iterations = _iterations(data, pilot)
    if not all_iterations:
        return []
    rows = tuple(
        (
            f"{iteration.ref} {short(iteration.goal, GOAL_LENGTH)}",
            _span(iteration.start, iteration.end),
            RESULT_MARKS[iteration.goal_result],
            f"{iteration.users_researched}" if iteration.users_researched is not None else "–",
            iteration.learned or "Nothing is recorded yet.",
        )
        for iteration in reversed(all_iterations[-ITERATIONS:])
    )
    titles = columns("Iteration and its goal", "When", "Goal", "Users>", "Learned+")
    caption = f"The last {counted(len(rows), 'iteration')} of {len(all_iterations)}, the newest first"
    return [Table(f"{pilot.ref.lower()}-iterations", caption, titles, rows)]


def _span(start: date, end: date) -> str:
    """Return a first and a last day, the year said once where it is the same."""
    first = show_date(start)
    return f"{first.rpartition(' ')[0] if start.year == end.year else first} to {show_date(end)}"


def rhythm(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return how many days lie between the ends of iterations: as a chart, or in words when there is one gap."""
    ended = list(
        {iteration.end: iteration for iteration in _iterations(data, pilot) if iteration.end <= data.now.date}.values()
    )
    if len(ended) < LEAST_ENDS:
        return [] if not ended else [Paragraph(f"One iteration has ended: {ended[0].ref}, {show_date(ended[0].end)}.")]
    cadence = usual_cadence([iteration.end for iteration in ended], data.now.date)
    chart = rhythm_chart(pilot.ref, ended[-GAPS - 1 :], float(cadence.cadence) if cadence is not None else None)
    if chart is not None:
        return [chart]
    days = counted((ended[1].end - ended[0].end).days, "day")
    return [Paragraph(f"Between the ends of the two iterations that have ended, {ended[1].ref} the later, lay {days}.")]


def _iterations(data: SummaryData, pilot: Pilot) -> list[Any]:
    return sorted(
        data.now.of(Iteration, "pilot", pilot.uid), key=lambda iteration: (iteration.end, iteration.number or 0)
    )


def metrics(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return the metrics of a pilot, before and after; their charts and definitions stand with the outcomes."""
    comparisons = [comparison for comparison in data.comparisons if comparison.metric.pilot == pilot.uid]
    if not comparisons:
        return []
    rows = tuple(metric_row(data, comparison, named=False) for comparison in comparisons)
    titles = columns(*(title.rstrip("+") for title in METRIC_TITLES))
    return [Table(f"{pilot.ref.lower()}-metrics", "Metrics", titles, rows)]


def risks(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return the open risks of a pilot."""
    rows = risk_rows(data, pilot.uid)
    if not rows:
        return []
    change = ["Change"] if data.before is not None else []
    titles = columns("Open risk", "Band", *change, "Owner", "Next review")
    return [Table(f"{pilot.ref.lower()}-risks", "Open risks, the highest score first", titles, rows)]


def training(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return how many of each role group are trained."""
    now = data.now
    needs = data.now.of(TrainingNeed, "pilot", pilot.uid)
    cover = coverage([pilot], needs, now.all(TrainingSession), now.all(Attendance), now.settings, now.date)
    if not cover.groups:
        return []
    rows = tuple((group.name, *group_cells(data, group)) for group in cover.groups)
    titles = columns("Role group", *GROUP_TITLES)
    return [Table(f"{pilot.ref.lower()}-training", "Trained by role group", titles, rows)]


def compliance_strip(data: SummaryData, pilot: Pilot) -> str:
    """Return what must be assessed or approved, and how far each is, in one line."""
    compliance_items = data.now.of(ComplianceItem, "pilot", pilot.uid)
    return (
        "; ".join(f"{humanise(compliance.item_kind)} {_status(data, compliance)}" for compliance in compliance_items)
        or "None recorded – checked."
    )


def _status(data: SummaryData, compliance: Any) -> str:
    mark, _, word = STATUS_MARKS[compliance.status].partition(" ")
    text = f"{mark} {word.lower()}"
    if compliance.status == "signed_off":
        text += optional(" ", date_or(compliance.signed_off_on))
        return text + (optional(", review ", date_or(compliance.review_on)))
    if compliance.status == "not_needed":
        return text + (optional(": ", compliance.not_needed_reason))
    late = " (overdue)" if compliance.due and compliance.due < data.now.date else ""
    return text + (f", due {show_date(compliance.due)}{late}" if compliance.due else "")


def wins(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return the newest small wins of a pilot."""
    pilot_wins = sorted(data.now.of(Win, "pilot", pilot.uid), key=lambda win: win.event_date, reverse=True)
    if not pilot_wins:
        return []
    rows = tuple(
        (f"{win.ref} {win.title}", show_date(win.event_date), "● Verified" if win.verified_by else "○ Not verified")
        for win in pilot_wins[:WINS]
    )
    note = f"{len(pilot_wins) - WINS} earlier ones are not shown." if len(pilot_wins) > WINS else ""
    titles = columns("Small win", "Date", "Standing")
    return [Table(f"{pilot.ref.lower()}-wins", "Small wins, the newest first", titles, rows, note=note)]


def feedback(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return what people said and what came of it: those that were told first, then the gravest."""
    feedbacks = data.now.of(Feedback, "pilot", pilot.uid)
    if not feedbacks:
        return []
    grave = ("blocker", "major", "minor", "praise")
    feedbacks = sorted(
        feedbacks, key=lambda item: (item.response == "none", grave.index(item.severity), -item.count, item.ref)
    )
    rows = tuple(
        (
            item.summary,
            f"{humanise(item.source)}, {item.count:,}, {humanise(item.severity).lower()}",
            _answer(item),
        )
        for item in feedbacks[:FEEDBACK]
    )
    unanswered = sum(item.response == "none" and item.severity != "praise" for item in feedbacks)
    note = f"{len(feedbacks) - FEEDBACK} more are recorded; {unanswered} of all have no answer yet."
    titles = columns("You said", "Who said it", "We did")
    return [
        Table(
            f"{pilot.ref.lower()}-feedback",
            "You said, we did",
            titles,
            rows,
            note=note if len(feedbacks) > FEEDBACK else "",
        )
    ]


def _answer(feedback_item: Any) -> str:
    if feedback_item.response == "none":
        return "No answer yet"
    response = {"planned": "Planned", "done": "Done"}.get(feedback_item.response, "Won't do")
    closing = f"told {show_date(feedback_item.loop_closed_on)}" if feedback_item.loop_closed_on else "not told yet"
    reason = (
        f": {feedback_item.response_reason or 'no reason is recorded'}" if feedback_item.response == "wont_do" else ""
    )
    return f"{response}, {closing}{reason}"
