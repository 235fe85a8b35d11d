"""How one record differs between two days, and what of it is overdue: a rule for each kind of record.

Each rule gives what it tells: a class of change, a text that follows the record's name, and the reason.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.entities import Entity
from tracker.entities.action import Action
from tracker.entities.iteration import Iteration
from tracker.entities.pilot import STAGES, Pilot
from tracker.entities.risk import Risk
from tracker.entities.session import TrainingSession
from tracker.entities.win import Win
from tracker.fields import humanise, rating_text
from tracker.rules.changes.evidence import OF_EVIDENCE, Rule, Told, Why
from tracker.rules.day import Day
from tracker.rules.reading import amount
from tracker.rules.risk import band, excess, is_live, next_review, score
from tracker.rules.wording import first_sentence, ordinal, show_date

RATINGS = ("green", "amber_green", "amber", "amber_red", "red")  # the best first
ESCALATION = {"none": "", "programme": "the programme", "board": "the board", "corporate": "corporate level"}
REASON_LENGTH = 110

Reasons = Mapping[tuple[str, str], str]
Moves = Mapping[tuple[str, str], int]


def differences(was: Entity, now: Entity, after: Day, reasons: Reasons, moves: Moves) -> list[Told]:
    """Return what differs in a record that was there on both days."""

    def why(field: str) -> str:
        return first_sentence(reasons.get((now.uid, field), ""), REASON_LENGTH)

    rule = RULES.get(type(now), _state)
    news = rule(was, now, after, why)
    for field, label in now.reported_days().items():
        news += _moved(getattr(was, field), getattr(now, field), label, moves.get((now.uid, field), 0), why(field))
    return news


def _state(was: Entity, now: Entity, after: Day, why: Why) -> list[Told]:
    """Return whether a record has ended or was opened again: all that is told of registers without a rule of theirs."""
    if was.is_open and now.has_ended:
        return [Told("closed", humanise(now.state or "").lower(), why(now.state_field))]
    if was.has_ended and now.is_open:
        return [Told("worsened", f"opened again, was {humanise(was.state or '').lower()}", why(now.state_field))]
    return []


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
    if now in Pilot.ended_states:
        return "closed"
    if now == "paused" or was in Pilot.ended_states:
        return "worsened"
    back = was in STAGES and now in STAGES and STAGES.index(now) < STAGES.index(was)
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
    if was.status == now.status or (was.is_open and now.is_open):
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


RULES: dict[type[Entity], Rule] = {
    Pilot: _pilot,
    Risk: _risk,
    Action: _action,
    Iteration: _iteration,
    TrainingSession: _session,
    Win: _win,
    **OF_EVIDENCE,
}


def overdue(record: Entity, day: Day) -> dict[str, str]:
    """Return what of a record is overdue on a day: a sentence by what should have happened."""
    if isinstance(record, Pilot):
        return _overdue_pilot(record, day.date)
    if isinstance(record, Risk):
        due = next_review(record, day.settings)
        late = is_live(record) and due < day.date
        return {"review": f"review overdue since {show_date(due)}"} if late else {}
    if not record.is_late(day.date):
        return {}
    return {record.due_field: record.late_words.format(day=show_date(getattr(record, record.due_field)))}


def _overdue_pilot(pilot: Pilot, day: date) -> dict[str, str]:
    sentences = {}
    if pilot.has_ended:
        return {}
    if pilot.forecast_end and pilot.forecast_end < day and not pilot.actual_end:
        sentences["forecast_end"] = f"forecast end {show_date(pilot.forecast_end)} has passed"
    if pilot.decision_due and pilot.decision_due < day and pilot.outcome == "none":
        sentences["decision_due"] = f"decision date {show_date(pilot.decision_due)} has passed"
    return sentences
