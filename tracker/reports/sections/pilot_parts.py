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
from tracker.rules.signals.pilot.rhythm import GAPS, usual_beat
from tracker.rules.training import coverage
from tracker.rules.when import show_date
from tracker.rules.wording import counted, short

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
    some = data.now.of(Gate, "pilot", pilot.uid)
    if not some:
        return []
    some = sorted(some, key=lambda gate: (gate.held_on or gate.planned_on or date.max, gate.ref))
    rows = tuple(_gate(data, gate) for gate in some)
    titles = columns("Gate", "Opens", "Held or planned", "Outcome", "Criteria>", "Conditions>")
    caption = "Gates, the earliest first, with criteria settled and conditions open"
    table = Table(f"{pilot.ref.lower()}-gates", caption, titles, rows)
    coming = next((gate for gate in some if gate.outcome == "pending"), None)
    return [table, *(_criteria(data, coming) if coming is not None else [])]


def _gate(data: SummaryData, gate: Gate) -> tuple[str, ...]:
    criteria = [one for one in data.now.of(GateCriterion, "gate", gate.uid) if one.mandatory]
    conditions = [one for one in data.now.of(Condition, "gate", gate.uid) if one.closed_on is None]
    day = gate.held_on or gate.planned_on
    return (
        f"{gate.ref} {gate.name}",
        humanise(gate.opens_phase) if gate.opens_phase else "–",
        show_date(day) if day else "Not dated",
        gate_text(gate.outcome),
        f"{sum(map(settled, criteria))} of {len(criteria)}" if criteria else "none asked",
        f"{len(conditions)}",
    )


def _criteria(data: SummaryData, gate: Gate) -> list[Block]:
    """Return the mandatory criteria that are not settled yet."""
    open_ones = unsettled(data.now.of(GateCriterion, "gate", gate.uid))
    if not open_ones:
        return []
    rows = tuple((one.text, result_text(one.result), one.evidence or "None yet") for one in open_ones[:CRITERIA])
    note = f"{len(open_ones) - CRITERIA} more are not settled." if len(open_ones) > CRITERIA else ""
    caption = f"{gate.ref}: mandatory criteria that are not settled"
    titles = columns("Criterion", "Result", "Evidence")
    return [Table(f"{gate.ref.lower()}-criteria", caption, titles, rows, note=note)]


def iterations(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return the last iterations with what was learned."""
    every = _iterations(data, pilot)
    if not every:
        return []
    rows = tuple(
        (
            f"{one.ref} {short(one.goal, GOAL_LENGTH)}",
            _span(one.start, one.end),
            RESULT_MARKS[one.goal_result],
            f"{one.users_researched}" if one.users_researched is not None else "–",
            one.learned or "Nothing is recorded yet.",
        )
        for one in reversed(every[-ITERATIONS:])
    )
    titles = columns("Iteration and its goal", "When", "Goal", "Users>", "Learned+")
    caption = f"The last {counted(len(rows), 'iteration')} of {len(every)}, the newest first"
    return [Table(f"{pilot.ref.lower()}-iterations", caption, titles, rows)]


def _span(start: date, end: date) -> str:
    """Return a first and a last day, the year said once where it is the same."""
    first = show_date(start)
    return f"{first.rpartition(' ')[0] if start.year == end.year else first} to {show_date(end)}"


def rhythm(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return how many days lie between the ends of iterations: as a chart, or in words when there is one gap."""
    ended = list({one.end: one for one in _iterations(data, pilot) if one.end <= data.now.date}.values())
    if len(ended) < LEAST_ENDS:
        return [] if not ended else [Paragraph(f"One iteration has ended: {ended[0].ref}, {show_date(ended[0].end)}.")]
    beat = usual_beat([one.end for one in ended], data.now.date)
    chart = rhythm_chart(pilot.ref, ended[-GAPS - 1 :], float(beat.cadence) if beat is not None else None)
    if chart is not None:
        return [chart]
    days = counted((ended[1].end - ended[0].end).days, "day")
    return [Paragraph(f"Between the ends of the two iterations that have ended, {ended[1].ref} the later, lay {days}.")]


def _iterations(data: SummaryData, pilot: Pilot) -> list[Any]:
    return sorted(data.now.of(Iteration, "pilot", pilot.uid), key=lambda one: (one.end, one.number or 0))


def metrics(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return the metrics of a pilot, before and after; their charts and definitions stand with the outcomes."""
    some = [one for one in data.comparisons if one.metric.pilot == pilot.uid]
    if not some:
        return []
    rows = tuple(metric_row(data, one, named=False) for one in some)
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
    found = coverage([pilot], needs, now.all(TrainingSession), now.all(Attendance), now.settings, now.date)
    if not found.groups:
        return []
    rows = tuple((group.name, *group_cells(data, group)) for group in found.groups)
    titles = columns("Role group", *GROUP_TITLES)
    return [Table(f"{pilot.ref.lower()}-training", "Trained by role group", titles, rows)]


def compliance_strip(data: SummaryData, pilot: Pilot) -> str:
    """Return what must be assessed or approved, and how far each is, in one line."""
    some = data.now.of(ComplianceItem, "pilot", pilot.uid)
    return "; ".join(f"{humanise(one.item_kind)} {_status(data, one)}" for one in some) or "None recorded – checked."


def _status(data: SummaryData, one: Any) -> str:
    mark, _, word = STATUS_MARKS[one.status].partition(" ")
    told = f"{mark} {word.lower()}"
    if one.status == "signed_off":
        told += f" {show_date(one.signed_off_on)}" if one.signed_off_on else ""
        return told + (f", review {show_date(one.review_on)}" if one.review_on else "")
    if one.status == "not_needed":
        return told + (f": {one.not_needed_reason}" if one.not_needed_reason else "")
    late = " (overdue)" if one.due and one.due < data.now.date else ""
    return told + (f", due {show_date(one.due)}{late}" if one.due else "")


def wins(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return the newest small wins of a pilot."""
    some = sorted(data.now.of(Win, "pilot", pilot.uid), key=lambda one: one.event_date, reverse=True)
    if not some:
        return []
    rows = tuple(
        (f"{one.ref} {one.title}", show_date(one.event_date), "● Verified" if one.verified_by else "○ Not verified")
        for one in some[:WINS]
    )
    note = f"{len(some) - WINS} earlier ones are not shown." if len(some) > WINS else ""
    titles = columns("Small win", "Date", "Standing")
    return [Table(f"{pilot.ref.lower()}-wins", "Small wins, the newest first", titles, rows, note=note)]


def feedback(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return what people said and what came of it: those that were told first, then the gravest."""
    some = data.now.of(Feedback, "pilot", pilot.uid)
    if not some:
        return []
    grave = ("blocker", "major", "minor", "praise")
    some = sorted(some, key=lambda one: (one.response == "none", grave.index(one.severity), -one.count, one.ref))
    rows = tuple(
        (
            one.summary,
            f"{humanise(one.source)}, {one.count:,}, {humanise(one.severity).lower()}",
            _answer(one),
        )
        for one in some[:FEEDBACK]
    )
    unanswered = sum(one.response == "none" and one.severity != "praise" for one in some)
    note = f"{len(some) - FEEDBACK} more are recorded; {unanswered} of all have no answer yet."
    titles = columns("You said", "Who said it", "We did")
    return [
        Table(
            f"{pilot.ref.lower()}-feedback", "You said, we did", titles, rows, note=note if len(some) > FEEDBACK else ""
        )
    ]


def _answer(one: Any) -> str:
    if one.response == "none":
        return "No answer yet"
    done = {"planned": "Planned", "done": "Done"}.get(one.response, "Won't do")
    told = f"told {show_date(one.loop_closed_on)}" if one.loop_closed_on else "not told yet"
    why = f": {one.response_reason or 'no reason is recorded'}" if one.response == "wont_do" else ""
    return f"{done}, {told}{why}"
