"""The parts of a pilot's page that come from one register each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tracker.fields import humanise
from tracker.reports.charting import coverage_chart, rhythm_chart
from tracker.reports.data import SummaryData, columns, none_recorded
from tracker.reports.model import Block, Bullets, Facts, Heading, Paragraph, Table
from tracker.reports.sections.outcomes import metric_blocks
from tracker.reports.sections.risk_report import risk_rows
from tracker.rules.differences_evidence import gate_text
from tracker.rules.gates import result_text, settled, unsettled
from tracker.rules.signals.rhythm import GAPS, usual_beat
from tracker.rules.training import coverage
from tracker.rules.when import show_date
from tracker.rules.wording import counted, short

ITERATIONS, WINS, FEEDBACK, CRITERIA = 4, 5, 6, 10
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


def gates(data: SummaryData, pilot: Any) -> list[Block]:
    """Return the gates of a pilot with how many criteria are settled, and what is open at the next one."""
    some = data.of("gate", "pilot", pilot.uid)
    if not some:
        return [Heading("Gates"), none_recorded("no gate")]
    some = sorted(some, key=lambda gate: (gate.held_on or gate.planned_on or date.max, gate.ref))
    rows = tuple(_gate(data, gate) for gate in some)
    titles = columns("Gate", "Opens", "Planned or held", "Outcome", "Criteria settled>", "Conditions open>")
    blocks: list[Block] = [
        Heading("Gates"),
        Table(f"{pilot.ref.lower()}-gates", f"Gates of {pilot.ref}, the earliest first", titles, rows),
    ]
    coming = next((gate for gate in some if gate.outcome == "pending"), None)
    return [*blocks, *(_criteria(data, coming) if coming is not None else [])]


def _gate(data: SummaryData, gate: Any) -> tuple[str, ...]:
    criteria = [one for one in data.of("criterion", "gate", gate.uid) if one.mandatory]
    conditions = [one for one in data.of("condition", "gate", gate.uid) if one.closed_on is None]
    when = f"held {show_date(gate.held_on)}" if gate.held_on else show_date(gate.planned_on) if gate.planned_on else ""
    return (
        f"{gate.ref} {gate.name}",
        humanise(gate.opens_phase) if gate.opens_phase else "–",
        when or "Not dated",
        gate_text(gate.outcome),
        f"{sum(map(settled, criteria))} of {len(criteria)}" if criteria else "none asked",
        f"{len(conditions)}",
    )


def _criteria(data: SummaryData, gate: Any) -> list[Block]:
    """Return the mandatory criteria that are not settled yet."""
    open_ones = unsettled(data.of("criterion", "gate", gate.uid))
    if not open_ones:
        return []
    rows = tuple((one.text, result_text(one.result), one.evidence or "None yet") for one in open_ones[:CRITERIA])
    note = f"{len(open_ones) - CRITERIA} more are not settled." if len(open_ones) > CRITERIA else ""
    caption = f"{gate.ref}: mandatory criteria that are not settled"
    titles = columns("Criterion", "Result", "Evidence+")
    return [Table(f"{gate.ref.lower()}-criteria", caption, titles, rows, note=note)]


def iterations(data: SummaryData, pilot: Any) -> list[Block]:
    """Return the last iterations with what was learned, and their rhythm."""
    every = sorted(data.of("iteration", "pilot", pilot.uid), key=lambda one: (one.end, one.number or 0))
    if not every:
        return [Heading("Iterations"), none_recorded("no iteration")]
    rows = tuple(
        (
            f"{one.ref} {short(one.goal, 90)}",
            f"{show_date(one.start)} to {show_date(one.end)}",
            RESULT_MARKS[one.goal_result],
            f"{one.users_researched}" if one.users_researched is not None else "–",
            one.learned or "Nothing is recorded yet.",
        )
        for one in reversed(every[-ITERATIONS:])
    )
    titles = columns("Iteration and its goal", "When", "Goal", "Users>", "Learned+")
    caption = f"The last {counted(len(rows), 'iteration')} of {len(every)}, the newest first"
    blocks: list[Block] = [
        Heading("Iterations"),
        Table(f"{pilot.ref.lower()}-iterations", caption, titles, rows),
    ]
    ended = _ends([one for one in every if one.end <= data.now.day])
    beat = usual_beat([one.end for one in ended], data.now.day)
    cadence = float(beat.cadence) if beat is not None else None
    chart = rhythm_chart(f"{pilot.ref.lower()}-rhythm", ended[-GAPS - 1 :], cadence)
    return [*blocks, chart] if chart is not None else blocks


def _ends(ended: Sequence[Any]) -> list[Any]:
    """Return one iteration for each day on which some ended, as the rhythm counts them."""
    return list({one.end: one for one in ended}.values())


def metrics(data: SummaryData, pilot: Any) -> list[Block]:
    """Return each metric of a pilot as sentences, a chart and its definition."""
    some = [one for one in data.comparisons if one.metric.pilot == pilot.uid]
    if not some:
        return [Heading("Metrics"), none_recorded("no metric")]
    blocks = [block for one in some for block in metric_blocks(one, f"metric-{one.metric.ref.lower()}")]
    return [Heading("Metrics"), *blocks]


def risks(data: SummaryData, pilot: Any) -> list[Block]:
    """Return the open risks of a pilot."""
    rows = risk_rows(data, pilot.uid)
    if not rows:
        return [Heading("Risks"), none_recorded("no open risk")]
    change = ["Change"] if data.before is not None else []
    titles = columns("Risk", "Band", *change, "Owner", "Next review")
    return [
        Heading("Risks"),
        Table(f"{pilot.ref.lower()}-risks", f"Open risks of {pilot.ref}, the highest score first", titles, rows),
    ]


def training(data: SummaryData, pilot: Any) -> list[Block]:
    """Return how many of each role group are trained, as a chart."""
    now = data.now
    needs = data.of("need", "pilot", pilot.uid)
    found = coverage([pilot], needs, now.of("session"), now.of("attendance"), now.settings, now.day)
    chart = coverage_chart(f"{pilot.ref.lower()}-training", "Trained by role group", found.groups, now.settings)
    if chart is None:
        return [Heading("Training"), none_recorded("no training need")]
    return [Heading("Training"), chart]


def compliance_strip(data: SummaryData, pilot: Any) -> list[Block]:
    """Return what must be assessed or approved, and how far each is."""
    some = data.of("compliance", "pilot", pilot.uid)
    if not some:
        return [Heading("Compliance"), none_recorded("no compliance item")]
    return [Heading("Compliance"), Facts(tuple((humanise(one.item_kind), _status(data, one)) for one in some))]


def _status(data: SummaryData, one: Any) -> str:
    parts = [STATUS_MARKS[one.status]]
    if one.status == "signed_off" and one.signed_off_on:
        parts.append(show_date(one.signed_off_on))
    elif one.status == "not_needed":
        parts.append(one.not_needed_reason or "")
    elif one.due:
        parts.append(f"due {show_date(one.due)}" + (" (overdue)" if one.due < data.now.day else ""))
    if one.review_on and one.status == "signed_off":
        parts.append(f"review {show_date(one.review_on)}")
    return ", ".join(part for part in parts if part)


def wins(data: SummaryData, pilot: Any) -> list[Block]:
    """Return the newest small wins of a pilot."""
    some = sorted(data.of("win", "pilot", pilot.uid), key=lambda one: one.event_date, reverse=True)
    if not some:
        return [Heading("Small wins"), none_recorded("no win")]
    items = tuple(
        f"{one.ref} {one.title} ({show_date(one.event_date)}, {'verified' if one.verified_by else 'not verified'})"
        for one in some[:WINS]
    )
    more = [Paragraph(f"{len(some) - WINS} earlier ones are not shown.")] if len(some) > WINS else []
    return [Heading("Small wins"), Bullets(items), *more]


def feedback(data: SummaryData, pilot: Any) -> list[Block]:
    """Return what people said and what came of it: those that were told first, then the gravest."""
    some = data.of("feedback", "pilot", pilot.uid)
    heading = Heading("You said, we did")
    if not some:
        return [heading, none_recorded("no feedback")]
    grave = ("blocker", "major", "minor", "praise")
    some = sorted(some, key=lambda one: (one.response == "none", grave.index(one.severity), -one.count, one.ref))
    rows = tuple(
        (
            one.summary,
            f"{humanise(one.source)}, {one.count:,}",
            humanise(one.severity),
            _answer(one),
            show_date(one.loop_closed_on) if one.loop_closed_on else "Not yet",
        )
        for one in some[:FEEDBACK]
    )
    unanswered = sum(one.response == "none" and one.severity != "praise" for one in some)
    note = f"{counted(unanswered, 'item has', 'items have')} no answer yet." if unanswered else ""
    titles = columns("You said", "Who, how many", "Severity", "We did", "Told them")
    return [
        heading,
        Table(
            f"{pilot.ref.lower()}-feedback",
            f"What people said of {pilot.ref}, and what came of it",
            titles,
            rows,
            note=note,
        ),
    ]


def _answer(one: Any) -> str:
    if one.response == "wont_do":
        return f"Won't do: {one.response_reason or 'no reason is recorded'}"
    return {"none": "No answer yet", "planned": "Planned", "done": "Done"}[one.response]
