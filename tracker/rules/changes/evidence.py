"""How the records of decisions and evidence differ between two days: a rule for each kind, and for verdicts."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tracker.entities import Entity
from tracker.entities.compliance import ComplianceItem
from tracker.entities.condition import Condition
from tracker.entities.decision import Decision
from tracker.entities.gate import Gate
from tracker.entities.issue import Issue
from tracker.entities.metric import Metric
from tracker.entities.programme import Programme
from tracker.fields import RATING_MARKS, humanise
from tracker.rules.impact.cautions import period
from tracker.rules.impact.figures import figures
from tracker.rules.wording import show_date

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
BAD = ("expired", "failed")


class Told(NamedTuple):
    """One thing to tell: its class, a text that follows the record's name, and why (empty: not known)."""

    group: str
    text: str
    why: str = ""


Why = Callable[[str], str]
Rule = Callable[[Any, Any, Any, Why], list[Told]]


def _decision(was: Any, now: Any, after: Any, why: Why) -> list[Told]:
    if was.status == now.status:
        return []
    if now.status == "taken":
        return [Told("decided", decided_words(now))]
    if now.status == "deferred":
        return [Told("decided", "deferred", why("status") or (now.rationale or ""))]
    if now.status == "withdrawn":
        return [Told("closed", "withdrawn", why("status"))]
    if was.status == "draft":
        return [Told("new", "now sought of the board")]
    return [Told("worsened", f"{now.status} again, was {was.status}", why("status"))]


def decided_words(decision: Decision) -> str:
    """Return what was decided and when: ``approved with conditions on 8 Oct 2026``."""
    on = f" on {show_date(decision.decided_on)}" if decision.decided_on else ""
    return f"{humanise(decision.outcome or 'taken').lower()}{on}"


def _issue(was: Any, now: Any, after: Any, why: Why) -> list[Told]:
    found = []
    if was.severity != now.severity:
        ranks = ("minor", "major", "critical")
        group = "worsened" if ranks.index(now.severity) > ranks.index(was.severity) else "improved"
        found.append(Told(group, f"{was.severity} → {now.severity}", why("severity")))
    if was.is_open and now.has_ended:
        found.append(Told("closed", f"{now.status}", now.resolution or ""))
    elif was.has_ended and now.is_open:
        found.append(Told("worsened", f"opened again, was {was.status}", why("status")))
    return found


def gate_text(outcome: str) -> str:
    """Return the outcome of a gate as mark and word."""
    mark = {"stopped": "■"}.get(outcome) or RATING_MARKS.get(outcome, "○")
    return f"{mark} {humanise(outcome)}"


def _gate(was: Any, now: Any, after: Any, why: Why) -> list[Told]:
    if was.outcome == now.outcome:
        return []
    if now.outcome == "pending":
        return [Told("worsened", f"outcome taken back, was {gate_text(was.outcome)}", why("outcome"))]
    held = f"held on {show_date(now.held_on)}, " if now.held_on else ""
    return [Told("decided", f"{held}outcome {gate_text(now.outcome)}")]


def _condition(was: Any, now: Any, after: Any, why: Why) -> list[Told]:
    if bool(was.closed_on) == bool(now.closed_on):
        return []
    if now.closed_on:
        return [Told("closed", f"condition met on {show_date(now.closed_on)}")]
    return [Told("worsened", "condition opened again", why("closed_on"))]


def _compliance(was: Any, now: Any, after: Any, why: Why) -> list[Told]:
    if was.status == now.status:
        return []
    told = f"{humanise(was.status).lower()} → {humanise(now.status).lower()}"
    if now.status in BAD or (was.has_ended and now.is_open):
        return [Told("worsened", told, why("status"))]
    return [Told("closed" if now.has_ended else "improved", told, why("status"))]


def _metric(was: Any, now: Any, after: Any, why: Why) -> list[Told]:
    """A figure by another definition is another figure: the two days cannot be compared."""
    found = []
    if was.definition_variant != now.definition_variant:
        old, new = (one.definition_variant or "none named" for one in (was, now))
        told = f"not comparable with last time: definition variant {old} → {new}"
        found.append(Told("not_comparable", told, why("definition_variant")))
    elif was.definition != now.definition:
        told = "not comparable with last time unless only its words changed: another definition"
        found.append(Told("not_comparable", told, why("definition")))
    if was.target != now.target:
        old, new = (f"{one.target:g}" if one.target is not None else "none" for one in (was, now))
        found.append(Told("not_comparable", f"target {old} → {new}", why("target")))
    return found


def _programme(was: Any, now: Any, after: Any, why: Why) -> list[Told]:
    if was.rating_scale == now.rating_scale:
        return []
    told = f"ratings not comparable with last time: {humanise(was.rating_scale)} → {humanise(now.rating_scale)}"
    return [Told("not_comparable", told, why("rating_scale"))]


OF_EVIDENCE: dict[type[Entity], Rule] = {
    Decision: _decision,
    Issue: _issue,
    Gate: _gate,
    Condition: _condition,
    ComplianceItem: _compliance,
    Metric: _metric,
    Programme: _programme,
}


def revised(metric: Metric, old: Any, new: Any) -> Told:
    """Return that a figure was corrected: the old one, the new one, and why."""
    told = f"figure for {period(new)} corrected from {_figure(metric, old)} to {_figure(metric, new)}"
    return Told("corrected", f"{told} ({new.ref} revises {old.ref})", new.source_note or "")


def _figure(metric: Metric, one: Any) -> str:
    found = figures(metric, one)
    if found is None:
        return "a figure that is not complete"
    words = found.words()
    if one.numerator is not None or metric.metric_kind == "proportion":
        return f"{found.value * 100:.1f} % ({words})"
    return f"{found.value:,.4g} {metric.unit}" + (f" ({words})" if words else "")


def verdict_change(old: str, new: str, reason: str) -> list[Told]:
    """Return how the verdict on a metric differs between the two days; nothing when it does not."""
    if old == new or not new:
        return []
    told = f"verdict {VERDICTS.get(old, old)} → {VERDICTS.get(new, new)}"
    if new == "not_comparable":
        return [Told("not_comparable", told, reason)]
    if new in VERDICT_RANKS and old in VERDICT_RANKS:
        worse = VERDICT_RANKS.index(new) > VERDICT_RANKS.index(old)
        return [Told("worsened" if worse else "improved", told, reason)]
    if new in VERDICT_RANKS:
        return [Told({"improved": "improved", "worsened": "worsened"}.get(new, "new"), told, reason)]
    lost = old in VERDICT_RANKS
    return [Told("worsened" if lost else "new", told, reason)]


def level_change(old: str, new: str, sentence: str) -> list[Told]:
    """Return how the evidence signal of a pilot differs between the two days; nothing when it does not."""
    if old == new or not new:
        return []
    told = f"evidence {_level(old)} → {_level(new)}"
    if new in LEVELS and old in LEVELS:
        worse = LEVELS.index(new) > LEVELS.index(old)
        return [Told("worsened" if worse else "improved", told, sentence)]
    return [Told("worsened" if old in LEVELS or new == "red" else "new", told, sentence)]


def _level(level: str) -> str:
    return f"{RATING_MARKS.get(level, '○')} {humanise(level)}"
