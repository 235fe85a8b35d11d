"""How one record differs between two days, and what of it is overdue: a rule for each kind of record.

Each rule gives pairs of a class of change and a text that follows the record's name and a colon.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tracker.fields import humanise, rating_text
from tracker.rules.position import Position
from tracker.rules.reading import amount
from tracker.rules.risk import band, excess, next_review, review_overdue, score
from tracker.rules.when import show_date
from tracker.rules.wording import first_sentence, ordinal

RATINGS = ("green", "amber_green", "amber", "amber_red", "red")  # the best first
PHASES = ("discovery", "alpha", "private_beta", "public_beta", "live")
ENDED = ("stopped", "retirement")
ESCALATION = ("none", "programme", "board", "corporate")
DATES = {
    "pilot": {
        "forecast_end": "forecast end",
        "decision_due": "decision date",
        "first_real_user_on": "go-live",
        "baseline_end": "baseline end",
    },
    "action": {"due": "due date"},
    "session": {"starts_on": "session"},
}

Told = list[tuple[str, str]]
Reasons = Mapping[tuple[str, str], str]
Moves = Mapping[tuple[str, str], int]


def differences(
    kind: str, was: Any, now: Any, before: Position, after: Position, reasons: Reasons, moves: Moves
) -> Told:
    """Return what differs in a record that was there on both days."""

    def why(field: str) -> str:
        reason = reasons.get((now.uid, field), "")
        return f": {first_sentence(reason, 140)}" if reason else ""

    found = _OF_KIND[kind](was, now, before, after, why) if kind in _OF_KIND else []
    for field, label in DATES.get(kind, {}).items():
        found += _moved(getattr(was, field), getattr(now, field), label, moves.get((now.uid, field), 0), why(field))
    return found


def _moved(was: date | None, now: date | None, label: str, times: int, why: str) -> Told:
    if was is None or was == now:
        return []
    if now is None:
        return [("moved", f"{label} taken away (was {show_date(was)}){why}")]
    nth = f" ({ordinal(times)} move)" if times else ""
    return [("moved", f"{label} moved from {show_date(was)} to {show_date(now)}{nth}{why}")]


Why = Callable[[str], str]


def _pilot(was: Any, now: Any, before: Position, after: Position, why: Why) -> Told:
    found: Told = []
    if was.rating != now.rating:
        found.append((_rating_group(was.rating, now.rating), _rating_words(was.rating, now.rating) + why("rating")))
    if was.phase != now.phase:
        found.append(
            (_phase_group(was.phase, now.phase), f"{humanise(was.phase)} → {humanise(now.phase)}{why('phase')}")
        )
    if was.outcome != now.outcome and now.outcome != "none":
        found.append(("closed", f"outcome: {humanise(now.outcome)}{why('outcome')}"))
    if None not in (was.forecast_cost, now.forecast_cost) and was.forecast_cost != now.forecast_cost:
        rose = now.forecast_cost > was.forecast_cost
        told = f"forecast cost {'rose' if rose else 'fell'} from {amount(was.forecast_cost)} to "
        found.append(("worsened" if rose else "improved", told + amount(now.forecast_cost) + why("forecast_cost")))
    return found


def _rating_group(was: str | None, now: str | None) -> str:
    if now not in RATINGS:
        return "worsened"  # what nobody judges any more is not good news
    if was not in RATINGS:
        return "new"
    return "worsened" if RATINGS.index(now) > RATINGS.index(was) else "improved"


def _rating_words(was: str | None, now: str | None) -> str:
    if was is None:
        return f"first rating: {rating_text(now)}"
    return f"{rating_text(was)} → {rating_text(now)}"


def _phase_group(was: str, now: str) -> str:
    if now in ENDED:
        return "closed"
    if now == "paused" or was in ENDED:
        return "worsened"
    back = was in PHASES and now in PHASES and PHASES.index(now) < PHASES.index(was)
    return "worsened" if back else "improved"


def _risk(was: Any, now: Any, before: Position, after: Position, why: Why) -> Told:
    found = _risk_status(was, now, why) if was.status != now.status else []
    old, new = score(was), score(now)
    if old != new and now.status in ("draft", "open"):
        found.append(_rescored(old, new, now, after, why("score")))
    if was.escalated_to != now.escalated_to:
        up = ESCALATION.index(now.escalated_to) > ESCALATION.index(was.escalated_to)
        to = "no longer escalated" if now.escalated_to == "none" else f"escalated: {humanise(now.escalated_to)}"
        found.append(("worsened" if up else "improved", f"{to}{why('escalated_to')}"))
    return found


def _risk_status(was: Any, now: Any, why: Why) -> Told:
    if now.status == "became_issue":
        return [("worsened", f"became an issue{why('status')}")]
    if now.status == "closed":
        return [("closed", f"closed ({humanise(now.closing_reason or 'no reason').lower()}){why('status')}")]
    if was.status == "draft":
        return [("new", "described in full, no longer a draft")]
    return [("worsened", f"opened again, was {humanise(was.status).lower()}{why('status')}")]


def _rescored(old: int | None, new: int | None, now: Any, after: Position, why: str) -> tuple[str, str]:
    if new is None:
        return "worsened", f"no longer scored, was {old}{why}"
    level = band(new, after.settings).replace("_", " ")
    over = excess(now, after.settings)
    threat = now.risk_kind == "threat"
    above = f", {over} above appetite" if over and threat else ""
    if old is None:
        return "new", f"first scored {new} ({level}{above}){why}"
    worse = (new > old) == threat
    return "worsened" if worse else "improved", f"score {old} → {new} ({level}{above}){why}"


def _action(was: Any, now: Any, before: Position, after: Position, why: Why) -> Told:
    if was.status == now.status or {was.status, now.status} == {"open", "in_progress"}:
        return []
    if now.status == "done":
        return [("closed", f"done{f' on {show_date(now.done_on)}' if now.done_on else ''}")]
    if now.status == "dropped":
        return [("closed", f"dropped: {first_sentence(now.dropped_reason or 'no reason recorded', 140)}")]
    return [("worsened", f"opened again, was {was.status}{why('status')}")]


def _iteration(was: Any, now: Any, before: Position, after: Position, why: Why) -> Told:
    if was.goal_result == now.goal_result:
        return []
    if now.goal_result == "open":
        return [("worsened", "opened again")]
    return [("closed", f"goal {humanise(now.goal_result).lower()}")]


def _session(was: Any, now: Any, before: Position, after: Position, why: Why) -> Told:
    if was.status == now.status:
        return []
    group = {"held": "closed", "cancelled": "worsened"}.get(now.status, "worsened")
    told = {"held": "held", "cancelled": "cancelled"}.get(now.status, f"planned again, was {was.status}")
    return [(group, told + why("status"))]


def _win(was: Any, now: Any, before: Position, after: Position, why: Why) -> Told:
    if bool(was.verified_by) == bool(now.verified_by):
        return []
    return [("improved", "now verified")] if now.verified_by else [("worsened", "no longer verified")]


_OF_KIND: dict[str, Callable[[Any, Any, Position, Position, Why], Told]] = {
    "pilot": _pilot,
    "risk": _risk,
    "action": _action,
    "iteration": _iteration,
    "session": _session,
    "win": _win,
}


def overdue(kind: str, record: Any, position: Position) -> dict[str, str]:
    """Return what of a record is overdue on the position's day: a sentence by what should have happened."""
    day, found = position.day, {}
    if kind == "pilot" and record.phase not in ENDED:
        if record.forecast_end and record.forecast_end < day and not record.actual_end:
            found["forecast_end"] = f"forecast end {show_date(record.forecast_end)} has passed"
        if record.decision_due and record.decision_due < day and record.outcome == "none":
            found["decision_due"] = f"decision date {show_date(record.decision_due)} has passed"
    elif kind == "risk" and review_overdue(record, position.settings, day):
        found["review"] = f"review overdue since {show_date(next_review(record, position.settings))}"
    elif kind == "action" and record.status in ("open", "in_progress") and record.due < day:
        found["due"] = f"overdue since {show_date(record.due)}"
    elif kind == "session" and record.status == "planned" and record.starts_on < day:
        found["starts_on"] = f"planned for {show_date(record.starts_on)}, not recorded as held"
    elif kind == "iteration" and record.goal_result == "open" and record.end < day:
        found["end"] = f"ended {show_date(record.end)} without a result"
    return found
