"""How the records of decisions and evidence differ between two days: a rule for each kind, and for verdicts."""

from collections.abc import Iterator

from tracker.entities import ComplianceItem, Condition, Decision, Gate, Issue, Measurement, Metric, Programme
from tracker.fields import humanise
from tracker.ratings import RATING_MARKS
from tracker.rules.changes.transitions import (
    TABLES,
    Difference,
    Reason,
    Transition,
    by_rank,
    differs,
    opened_and_ended,
    state_words,
    transition,
)
from tracker.rules.day import Day
from tracker.rules.impact.cautions import period
from tracker.rules.impact.figures import figures
from tracker.rules.impact.words import digits_of, with_unit
from tracker.rules.wording import date_or, number, optional, show_date

SEVERITIES = ("minor", "major", "critical")  # the best first
VERDICT_RANKS = ("improved", "no_change", "worsened")  # the best first; other verdicts say that nothing is known
VERDICTS = {
    "improved": "● improved",
    "no_change": "▲ no detectable change",
    "worsened": "■ worsened",
    "too_little": "○ too little data",
    "not_comparable": "○ not comparable",
    "not_tested": "○ no verdict",
    "no_baseline": "○ no baseline",
    "not_measured": "○ not measured",
}
LEVELS = ("green", "amber", "red")  # the best first

DECISION_STATES = (
    Transition("decided", "{detail}", after=("taken",), explained=False),
    Transition("decided", "deferred", after=("deferred",)),
    Transition("closed", "withdrawn", after=("withdrawn",)),
    Transition("new", "now sought of the board", before=("draft",), explained=False),
    Transition("worsened", "{now} again, was {was}"),
)
GATE_STATES = (
    Transition("worsened", "outcome taken back, was {detail}", after=("pending",)),
    Transition("decided", "{detail}", explained=False),
)
TABLES[ComplianceItem] = (
    Transition("worsened", "{was} → {now}", after=("expired", "failed")),
    Transition("worsened", "{was} → {now}", ComplianceItem.ended_states, ComplianceItem.open_states),
    Transition("closed", "{was} → {now}", after=ComplianceItem.ended_states),
    Transition("improved", "{was} → {now}"),
)


@differs(Decision)
def _decision(before: Decision, now: Decision, day: Day, reason: Reason) -> Iterator[Difference]:
    because = reason("status")
    if now.status == "deferred":
        because = because or now.rationale or ""
    return transition(DECISION_STATES, before, now, because, decided_words(now))


def decided_words(decision: Decision) -> str:
    """Return what was decided and when: ``approved with conditions on 8 Oct 2026``."""
    return state_words(decision.outcome or "taken") + optional(" on ", date_or(decision.decided_on))


@differs(Issue, "severity")
def _issue(before: Issue, now: Issue, day: Day, reason: Reason) -> Iterator[Difference]:
    if before.severity != now.severity:
        group = by_rank(SEVERITIES, before.severity, now.severity)
        yield Difference(group, f"{before.severity} → {now.severity}", reason("severity"))
    because = reason("status")
    if now.has_ended:
        because = now.resolution or ""
    yield from transition(opened_and_ended(Issue), before, now, because)


def gate_text(outcome: str) -> str:
    """Return the outcome of a gate as mark and word."""
    mark = {"stopped": "■"}.get(outcome) or RATING_MARKS.get(outcome, "○")
    return f"{mark} {humanise(outcome)}"


@differs(Gate)
def _gate(before: Gate, now: Gate, day: Day, reason: Reason) -> Iterator[Difference]:
    outcome = gate_held(now)
    if now.outcome == "pending":
        outcome = gate_text(before.outcome)
    return transition(GATE_STATES, before, now, reason("outcome"), outcome)


def gate_held(gate: Gate) -> str:
    """Return when a gate was held, and its outcome."""
    return optional("held on ", date_or(gate.held_on), ", ") + f"outcome {gate_text(gate.outcome)}"


@differs(Condition)
def _condition(before: Condition, now: Condition, day: Day, reason: Reason) -> Iterator[Difference]:
    if now.closed_on and not before.closed_on:
        yield Difference("closed", f"condition met on {show_date(now.closed_on)}")
    if before.closed_on and not now.closed_on:
        yield Difference("worsened", "condition opened again", reason("closed_on"))
    if before.closed_on and now.closed_on and before.closed_on != now.closed_on:
        words = f"closed on {show_date(now.closed_on)}, not on {show_date(before.closed_on)}"
        yield Difference("changed", words, reason("closed_on"))


@differs(Metric, "definition", "definition_variant")
def _metric(before: Metric, now: Metric, day: Day, reason: Reason) -> Iterator[Difference]:
    """A figure by another definition is another figure: the two days cannot be compared."""
    if before.definition_variant != now.definition_variant:
        old, new = (metric.definition_variant or "none named" for metric in (before, now))
        words = f"not comparable with last time: definition variant {old} → {new}"
        yield Difference("not_comparable", words, reason("definition_variant"))
    elif before.definition != now.definition:
        words = "not comparable with last time unless only its words changed: another definition"
        yield Difference("not_comparable", words, reason("definition"))


@differs(Programme, "rating_scale")
def _programme(before: Programme, now: Programme, day: Day, reason: Reason) -> Iterator[Difference]:
    if before.rating_scale != now.rating_scale:
        scales = f"{humanise(before.rating_scale)} → {humanise(now.rating_scale)}"
        words = f"ratings not comparable with last time: {scales}"
        yield Difference("not_comparable", words, reason("rating_scale"))


def revised(metric: Metric, old: Measurement, new: Measurement) -> Difference:
    """Return that a figure was corrected: the old one, the new one, and why."""
    words = f"figure for {period(new)} corrected from {_figure(metric, old)} to {_figure(metric, new)}"
    return Difference("corrected", f"{words} ({new.ref} revises {old.ref})", new.source_note or "")


def _figure(metric: Metric, measurement: Measurement) -> str:
    values = figures(metric, measurement)
    if values is None:
        return "a figure that is not complete"
    words = values.words()
    if measurement.numerator is not None or metric.metric_kind == "proportion":
        return f"{number(values.value * 100, 1)}% ({words})"
    return f"{with_unit(digits_of(values.value), metric.unit)}" + optional(" (", words, ")")


def verdict_change(old: str, new: str, reason: str) -> Iterator[Difference]:
    """Yield how the verdict on a metric differs between the two days; nothing when it does not."""
    if old != new and new:
        yield Difference(
            _verdict_group(old, new), f"verdict {VERDICTS.get(old, old)} → {VERDICTS.get(new, new)}", reason
        )


def _verdict_group(old: str, new: str) -> str:
    if new == "not_comparable":
        return new
    if new in VERDICT_RANKS and old in VERDICT_RANKS:
        return by_rank(VERDICT_RANKS, old, new)
    if old in VERDICT_RANKS:
        return "worsened"
    return {"improved": "improved", "worsened": "worsened"}.get(new, "new")


def level_change(old: str, new: str, sentence: str) -> Iterator[Difference]:
    """Yield how the evidence signal of a pilot differs between the two days; nothing when it does not."""
    if old != new and new:
        yield Difference(_level_group(old, new), f"evidence {_level(old)} → {_level(new)}", sentence)


def _level_group(old: str, new: str) -> str:
    if new in LEVELS and old in LEVELS:
        return by_rank(LEVELS, old, new)
    return "unrated" if old in LEVELS else "first_rated"  # without evidence on both days nothing moved


def _level(level: str) -> str:
    return f"{RATING_MARKS.get(level, '○')} {humanise(level)}"
