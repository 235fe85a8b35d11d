"""How one record differs between two days, and what of it is overdue: a rule for each kind of record.

Each rule gives what it tells: a class of change, a text that follows the record's name, and the reason.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tracker.fields import humanise, rating_text
from tracker.rules.changes.evidence import OF_EVIDENCE, Told, Why, overdue_evidence
from tracker.rules.day import Day
from tracker.rules.reading import amount
from tracker.rules.risk import band, excess, is_live, next_review, review_overdue, score
from tracker.rules.when import show_date
from tracker.rules.wording import first_sentence, ordinal

RATINGS = ("green", "amber_green", "amber", "amber_red", "red")  # the best first
PHASES = ("discovery", "alpha", "private_beta", "public_beta", "live")
ENDED = ("stopped", "retirement")
ESCALATION = {"none": "", "programme": "the programme", "board": "the board", "corporate": "corporate level"}
REASON_LENGTH = 110
DATES = {
    "pilot": {
        "forecast_end": "forecast end",
        "decision_due": "decision date",
        "first_real_user_on": "go-live",
        "baseline_end": "baseline end",
    },
    "action": {"due": "due date"},
    "session": {"starts_on": "session"},
    "issue": {"due": "due date"},
    "gate": {"planned_on": "gate"},
    "condition": {"due": "due date"},
    "compliance": {"due": "due date"},
    "decision": {"needed_by": "decision"},
}


Reasons = Mapping[tuple[str, str], str]
Moves = Mapping[tuple[str, str], int]


def differences(kind: str, was: Any, now: Any, after: Day, reasons: Reasons, moves: Moves) -> list[Told]:
    """Return what differs in a record that was there on both days."""

    def why(field: str) -> str:
        return first_sentence(reasons.get((now.uid, field), ""), REASON_LENGTH)

    found = _OF_KIND[kind](was, now, after, why) if kind in _OF_KIND else []
    for field, label in DATES.get(kind, {}).items():
        found += _moved(getattr(was, field), getattr(now, field), label, moves.get((now.uid, field), 0), why(field))
    return found


def _moved(was: date | None, now: date | None, label: str, times: int, why: str) -> list[Told]:
    if was is None or was == now:
        return []
    if now is None:
        return [Told("moved", f"{label} taken away (was {show_date(was)})", why)]
    nth = f" ({ordinal(times)} move)" if times > 1 else ""
    return [Told("moved", f"{label} moved from {show_date(was)} to {show_date(now)}{nth}", why)]


def _pilot(was: Any, now: Any, after: Day, why: Why) -> list[Told]:
    found = []
    if was.rating != now.rating:
        found.append(Told(_rating_group(was.rating, now.rating), _rating_words(was.rating, now.rating), why("rating")))
    if was.phase != now.phase:
        moved = f"{humanise(was.phase)} → {humanise(now.phase)}"
        found.append(Told(_phase_group(was.phase, now.phase), moved, why("phase")))
    if was.outcome != now.outcome:
        found.append(Told("closed" if now.outcome != "none" else "worsened", _outcome(was, now), why("outcome")))
    if None not in (was.forecast_cost, now.forecast_cost) and was.forecast_cost != now.forecast_cost:
        rose = now.forecast_cost > was.forecast_cost
        told = f"forecast cost {'rose' if rose else 'fell'} from {amount(was.forecast_cost)} to "
        found.append(Told("worsened" if rose else "improved", told + amount(now.forecast_cost), why("forecast_cost")))
    return found


def _outcome(was: Any, now: Any) -> str:
    if now.outcome == "none":
        return f"outcome taken back, was {humanise(was.outcome).lower()}"
    return f"outcome: {humanise(now.outcome)}"


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


def _risk(was: Any, now: Any, after: Day, why: Why) -> list[Told]:
    found = [_risk_status(was, now, why("status"))] if was.status != now.status else []
    old, new = score(was), score(now)
    if old != new and is_live(now):
        found.append(_rescored(old, new, now, after, why("score")))
    if was.escalated_to != now.escalated_to:
        ranks = list(ESCALATION)
        up = ranks.index(now.escalated_to) > ranks.index(was.escalated_to)
        to = ESCALATION[now.escalated_to]
        told = f"escalated to {to}" if up else f"escalation taken back to {to}" if to else "no longer escalated"
        found.append(Told("worsened" if up else "improved", told, why("escalated_to")))
    return found


def _risk_status(was: Any, now: Any, why: str) -> Told:
    if now.status == "became_issue":
        return Told("worsened", "became an issue", why)
    if now.status == "closed":
        return Told("closed", f"closed ({humanise(now.closing_reason or 'no reason').lower()})", why)
    if was.status == "draft":
        return Told("new", "described in full, no longer a draft")
    if was.status == "open":
        return Told("worsened", "back to a draft", why)
    return Told("worsened", f"opened again, was {humanise(was.status).lower()}", why)


def _rescored(old: int | None, new: int | None, now: Any, after: Day, why: str) -> Told:
    if new is None:
        return Told("worsened", f"no longer scored, was {old}", why)
    level = band(new, after.settings).replace("_", " ")
    over = excess(now, after.settings)
    threat = now.risk_kind == "threat"
    above = f", {over} above appetite" if over and threat else ""
    if old is None:
        return Told("new", f"first scored {new} ({level}{above})", why)
    worse = (new > old) == threat
    return Told("worsened" if worse else "improved", f"score {old} → {new} ({level}{above})", why)


def _action(was: Any, now: Any, after: Day, why: Why) -> list[Told]:
    if was.status == now.status or {was.status, now.status} == {"open", "in_progress"}:
        return []
    if now.status == "done":
        return [Told("closed", f"done{f' on {show_date(now.done_on)}' if now.done_on else ''}")]
    if now.status == "dropped":
        return [Told("closed", "dropped", first_sentence(now.dropped_reason or "", REASON_LENGTH))]
    return [Told("worsened", f"opened again, was {was.status}", why("status"))]


def _iteration(was: Any, now: Any, after: Day, why: Why) -> list[Told]:
    if was.goal_result == now.goal_result:
        return []
    if now.goal_result == "open":
        return [Told("worsened", f"opened again, its goal was {humanise(was.goal_result).lower()}")]
    return [Told("closed", f"goal {humanise(now.goal_result).lower()}")]


def _session(was: Any, now: Any, after: Day, why: Why) -> list[Told]:
    if was.status == now.status:
        return []
    told = now.status if now.status != "planned" else f"planned again, was {was.status}"
    return [Told("closed" if now.status == "held" else "worsened", told, why("status"))]


def _win(was: Any, now: Any, after: Day, why: Why) -> list[Told]:
    if bool(was.verified_by) == bool(now.verified_by):
        return []
    return [Told("improved", "now verified") if now.verified_by else Told("worsened", "no longer verified")]


_OF_KIND: dict[str, Callable[[Any, Any, Day, Why], list[Told]]] = {
    "pilot": _pilot,
    "risk": _risk,
    "action": _action,
    "iteration": _iteration,
    "session": _session,
    "win": _win,
    **OF_EVIDENCE,
}


def overdue(kind: str, record: Any, position: Day) -> dict[str, str]:
    """Return what of a record is overdue on the position's day: a sentence by what should have happened."""
    day, found = position.date, {}
    if kind == "pilot" and record.phase not in ENDED:
        if record.forecast_end and record.forecast_end < day and not record.actual_end:
            found["forecast_end"] = f"forecast end {show_date(record.forecast_end)} has passed"
        if record.decision_due and record.decision_due < day and record.outcome == "none":
            found["decision_due"] = f"decision date {show_date(record.decision_due)} has passed"
    elif kind == "risk" and review_overdue(record, position.settings, day):
        found["review"] = f"review overdue since {show_date(next_review(record, position.settings))}"
    elif kind in ("issue", "condition", "compliance", "gate", "decision"):
        found |= overdue_evidence(kind, record, day)
    elif kind == "action" and record.status in ("open", "in_progress") and record.due < day:
        found["due"] = f"overdue since {show_date(record.due)}"
    elif kind == "session" and record.status == "planned" and record.starts_on < day:
        found["starts_on"] = f"planned for {show_date(record.starts_on)}, not recorded as held"
    elif kind == "iteration" and record.goal_result == "open" and record.end < day:
        found["end"] = f"ended {show_date(record.end)} without a result"
    return found
