"""The parts of a pilot's page that come from one register each; a part is empty when nothing is recorded."""

from collections.abc import Iterable, Sequence, Sized
from datetime import date

from tracker.entities import (
    ComplianceItem,
    Condition,
    Feedback,
    Gate,
    GateCriterion,
    Iteration,
    Pilot,
    Win,
)
from tracker.fields import humanise
from tracker.reports.charting import rhythm_chart
from tracker.reports.model import Block, Paragraph
from tracker.reports.papers.data import SummaryData, table, verified_cell, with_overdue
from tracker.reports.sections.outcomes import METRIC_TITLES, metric_row
from tracker.reports.sections.people import GROUP_TITLES, coverage_of, group_cells
from tracker.reports.sections.risks import risk_rows, standing_titles
from tracker.rules.changes.evidence import gate_text
from tracker.rules.gates import result_text, settled, unsettled
from tracker.rules.late import is_late
from tracker.rules.signals.pilot.rhythm import GAPS, usual_cadence
from tracker.rules.wording import counted, date_or, optional, show_date
from tracker.text import natural_order

ITERATIONS = 4
WINS = 5
FEEDBACK = 6
CRITERIA = 10
GRAVITY = ("blocker", "major", "minor", "praise")
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
    pilot_gates = in_order_of_days(data.now.of_pilot(Gate, pilot))
    rows = [_gate(data, gate) for gate in pilot_gates]
    titles = ("Gate", "Opens", "Held or planned", "Outcome", "Criteria>", "Conditions>")
    caption = "Gates, the earliest first, with criteria settled and conditions open"
    blocks = _table(pilot, "gates", caption, titles, rows)
    for gate in pilot_gates:
        if gate.outcome == "pending":
            return [*blocks, *_criteria(data, gate)]
    return blocks


def in_order_of_days(gates: list[Gate]) -> list[Gate]:
    """Return gates by the day on which they were held or are planned, those without one last."""

    def place(gate: Gate) -> tuple[date, object]:
        return gate.held_on or gate.planned_on or date.max, natural_order(gate.ref)

    return sorted(gates, key=place)


def _table(
    pilot: Pilot,
    name: str,
    caption: str,
    titles: Iterable[str],
    rows: Sequence[tuple[str, ...]],
    note: str = "",
) -> list[Block]:
    """Return a table of a pilot's page; nothing without a row."""
    return [table(f"{pilot.ref.lower()}-{name}", caption, titles, rows, note=note)] if rows else []


def _gate(data: SummaryData, gate: Gate) -> tuple[str, ...]:
    criteria = [criterion for criterion in data.now.of(GateCriterion, "gate", gate.uid) if criterion.mandatory]
    conditions = sum(condition.is_open for condition in data.now.of(Condition, "gate", gate.uid))
    settled_criteria = "none asked"
    if criteria:
        settled_criteria = f"{sum(map(settled, criteria))} of {len(criteria)}"
    return (
        f"{gate.ref} {gate.name}",
        humanise(gate.opens_phase or "–"),
        date_or(gate.held_on) or data.day_cell(gate, "planned_on", "Not dated"),
        gate_text(gate.outcome),
        settled_criteria,
        f"{conditions}",
    )


def _criteria(data: SummaryData, gate: Gate) -> list[Block]:
    """Return the mandatory criteria that are not settled yet."""
    criteria = unsettled(data.now.of(GateCriterion, "gate", gate.uid))
    if not criteria:
        return []
    rows = (
        (criterion.text, result_text(criterion.result), criterion.evidence or "None yet")
        for criterion in criteria[:CRITERIA]
    )
    note = optional("", _beyond(criteria, CRITERIA), " more are not settled.")
    caption = f"{gate.ref}: mandatory criteria that are not settled"
    return [table(f"{gate.ref.lower()}-criteria", caption, ("Criterion", "Result", "Evidence"), rows, note=note)]


def _beyond(records: Sized, limit: int) -> int:
    """Return how many records are not listed."""
    return max(len(records) - limit, 0)


def iterations(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return the last iterations with what was learned."""
    all_iterations = _iterations(data, pilot)
    rows = [
        (
            f"{iteration.ref} {iteration.goal}",
            _span(iteration.start, iteration.end),
            RESULT_MARKS[iteration.goal_result],
            _number(iteration.users_researched),
            iteration.learned or "Nothing is recorded yet.",
        )
        for iteration in reversed(all_iterations[-ITERATIONS:])
    ]
    titles = ("Iteration and its goal", "When", "Goal", "Users>", "Learned+")
    caption = f"The last {counted(len(rows), 'iteration')} of {len(all_iterations)}, the newest first"
    return _table(pilot, "iterations", caption, titles, rows)


def _number(number: int | None) -> str:
    return "–" if number is None else f"{number}"


def _span(start: date, end: date) -> str:
    """Return a first and a last day, the year said once where it is the same."""
    first = show_date(start)
    if start.year == end.year:
        first = first.rpartition(" ")[0]
    return f"{first} to {show_date(end)}"


def rhythm(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return how many days lie between the ends of iterations: as a chart, or in words when there is one gap."""
    ended = list(
        {
            iteration.end: iteration
            for iteration in _iterations(data, pilot)
            if iteration.end and iteration.end <= data.now.date
        }.values()
    )
    if not ended:
        return []
    if len(ended) == 1:
        return [Paragraph(f"One iteration has ended: {ended[0].ref}, {show_date(ended[0].end)}.")]
    rhythm = usual_cadence([iteration.end for iteration in ended], data.now.date)
    cadence = float(rhythm.cadence) if rhythm is not None else None
    chart = rhythm_chart(pilot.ref, ended[-GAPS - 1 :], cadence)
    if chart is not None:
        return [chart]
    days = counted((ended[1].end - ended[0].end).days, "day")
    return [Paragraph(f"Between the ends of the two iterations that have ended, {ended[1].ref} the later, lay {days}.")]


def _iterations(data: SummaryData, pilot: Pilot) -> list[Iteration]:
    return sorted(
        data.now.of_pilot(Iteration, pilot), key=lambda iteration: (iteration.end or date.max, iteration.number or 0)
    )


def metrics(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return the metrics of a pilot, before and after; their charts and definitions stand with the outcomes."""
    rows = [
        metric_row(data, comparison, named=False)
        for comparison in data.comparisons
        if comparison.metric.pilot == pilot.uid
    ]
    return _table(pilot, "metrics", "Metrics", (title.rstrip("+") for title in METRIC_TITLES), rows)


def risks(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return the open risks of a pilot."""
    titles = ("Open risk", *standing_titles(data))
    return _table(pilot, "risks", "Open risks, the highest score first", titles, risk_rows(data, pilot))


def training(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return how many of each role group are trained."""
    cover = coverage_of(data, pilot)
    rows = [(group.name, *group_cells(data, group)) for group in cover.groups]
    return _table(pilot, "training", "Trained by role group", ("Role group", *GROUP_TITLES), rows)


def compliance_strip(data: SummaryData, pilot: Pilot) -> str:
    """Return what must be assessed or approved, and how far each is, in one line."""
    parts = (
        f"{humanise(compliance.item_kind)} {_status(data, compliance)}"
        for compliance in data.now.of_pilot(ComplianceItem, pilot)
    )
    return "; ".join(parts) or "No compliance item is recorded."


def _status(data: SummaryData, compliance: ComplianceItem) -> str:
    mark, _, word = STATUS_MARKS[compliance.status].partition(" ")
    text = f"{mark} {word.lower()}"
    if compliance.status == "signed_off":
        text += optional(" ", date_or(compliance.signed_off_on))
        return text + optional(", review ", date_or(compliance.review_on))
    if compliance.status == "not_needed":
        return text + optional(": ", compliance.not_needed_reason)
    if compliance.due is None:
        return text
    return with_overdue(f"{text}, due {show_date(compliance.due)}", late=is_late(data.now, compliance))


def wins(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return the newest small wins of a pilot."""
    pilot_wins = sorted(data.now.of_pilot(Win, pilot), key=lambda win: win.event_date, reverse=True)
    rows = [(f"{win.ref} {win.title}", show_date(win.event_date), verified_cell(win)) for win in pilot_wins[:WINS]]
    note = optional("", _beyond(pilot_wins, WINS), " earlier ones are not shown.")
    return _table(pilot, "wins", "Small wins, the newest first", ("Small win", "Date", "Standing"), rows, note)


def feedback(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return what people said and what came of it: those that were told first, then the gravest."""
    feedbacks = sorted(
        data.now.of_pilot(Feedback, pilot),
        key=lambda item: (item.response == "none", GRAVITY.index(item.severity), -item.count, natural_order(item.ref)),
    )
    rows = [
        (
            item.summary,
            f"{humanise(item.source)}: {counted(item.count, 'time')}; {humanise(item.severity).lower()}",
            _answer(item),
        )
        for item in feedbacks[:FEEDBACK]
    ]
    unanswered = sum(item.response == "none" and item.severity != "praise" for item in feedbacks)
    after = f" more are recorded; {unanswered} of all have no answer yet."
    note = optional("", _beyond(feedbacks, FEEDBACK), after)
    return _table(pilot, "feedback", "You said, we did", ("You said", "Who said it", "We did"), rows, note)


def _answer(item: Feedback) -> str:
    if item.response == "none":
        return "No answer yet"
    response = {"planned": "Planned", "done": "Done"}.get(item.response, "Won't do")
    closing = optional("told ", date_or(item.loop_closed_on)) or "not told yet"
    sentence = f"{response}, {closing}"
    if item.response == "wont_do":
        sentence += f": {item.response_reason or 'no reason is recorded'}"
    return sentence
