"""How one record differs between two days: a rule for each kind of record.

Each rule gives what papers report: a class of change, a text that follows the record's name, and the reason.
"""

from collections.abc import Iterator

from tracker.entities import Action, Iteration, Risk, TrainingSession, Win
from tracker.entities.pilot import STAGES, Pilot
from tracker.fields import humanise
from tracker.rules.changes.ratings import rating_change, was_rated
from tracker.rules.changes.transitions import (
    TABLES,
    Difference,
    Reason,
    Transition,
    by_rank,
    differs,
    direction,
    state_words,
    transition,
)
from tracker.rules.day import Day
from tracker.rules.risk import band, excess, is_live, score
from tracker.rules.signals.pilot.given_ratings import ASSURANCE, OVERALL
from tracker.rules.wording import date_or, optional, whole_sentences

REASON_LENGTH = 110
ESCALATION = {"none": "", "programme": "the programme", "board": "the board", "corporate": "corporate level"}

RISK_STATES = (
    Transition("worsened", "became an issue", after=("became_issue",)),
    Transition("closed", "closed ({detail})", after=("closed",)),
    Transition("new", "described in full, no longer a draft", before=("draft",), explained=False),
    Transition("worsened", "back to a draft", before=("open",)),
    Transition("worsened", "opened again, was {was}"),
)
ACTION_STATES = (
    Transition("closed", "done{detail}", after=("done",), explained=False),
    Transition("closed", "dropped", after=("dropped",)),
    Transition("worsened", "opened again, was {was}", before=Action.ended_states),
)
TABLES[Iteration] = (
    Transition("worsened", "opened again, its goal was {was}", after=Iteration.open_states, explained=False),
    Transition("closed", "goal {now}", explained=False),
)
TABLES[TrainingSession] = (
    Transition("worsened", "planned again, was {was}", after=("planned",)),
    Transition("closed", "held", after=("held",)),
    Transition("worsened", "{now}"),
)


@differs(Pilot, "outcome")
def _pilot(before: Pilot, now: Pilot, day: Day, reason: Reason) -> Iterator[Difference]:
    yield from rating_change("", before.rating, now.rating, was_rated(day, now.uid), reason("rating"))
    sides = before.assurance_rating, now.assurance_rating
    assured = was_rated(day, now.uid, (OVERALL, ASSURANCE))
    yield from rating_change("assurance", *sides, assured, reason("assurance_rating"))
    if before.phase != now.phase:
        words = f"{before.phase_text} → {now.phase_text}"
        yield Difference(_phase_group(before.phase, now.phase), words, reason("phase"))
    if before.outcome != now.outcome:
        yield _outcome(before, now, reason("outcome"))


def _outcome(before: Pilot, now: Pilot, reason: str) -> Difference:
    if now.outcome == "none":
        return Difference("worsened", f"outcome taken back, was {state_words(before.outcome)}", reason)
    return Difference("closed", f"outcome: {humanise(now.outcome)}", reason)


def _phase_group(before: str | None, now: str | None) -> str:
    if before is None or now is None:  # what was not stated, or is not any more, is no step in any direction
        return "new" if now else "corrected"
    if now in Pilot.ended_states:
        return "closed"
    if now == "paused" or before in Pilot.ended_states:
        return "worsened"
    return direction(before in STAGES and STAGES.index(now) < STAGES.index(before))


@differs(Risk, "likelihood", "impact", "escalated_to", "escalated_on")
def _risk(before: Risk, now: Risk, day: Day, reason: Reason) -> Iterator[Difference]:
    closing = state_words(now.closing_reason or "no reason")
    yield from transition(RISK_STATES, before, now, reason("status"), closing)
    old = score(before)
    new = score(now)
    if old != new and is_live(now):
        yield _rescored(old, new, now, day, reason("score"))
    elif (before.likelihood, before.impact) != (now.likelihood, now.impact) and old == new:
        pairs = (f"{risk.likelihood or 'none'} × {risk.impact or 'none'}" for risk in (before, now))
        yield Difference("changed", f"likelihood × impact {' → '.join(pairs)}", reason("score"))
    if before.escalated_to != now.escalated_to:
        group = by_rank(list(ESCALATION), before.escalated_to, now.escalated_to)
        yield Difference(group, _escalation(group, ESCALATION[now.escalated_to]), reason("escalated_to"))


def _escalation(group: str, to: str) -> str:
    if group == "worsened":
        return f"escalated to {to}"
    return optional("escalation taken back to ", to) or "no longer escalated"


def _rescored(old: int | None, new: int | None, now: Risk, day: Day, reason: str) -> Difference:
    if new is None:
        return Difference("worsened", f"no longer scored, was {old}", reason)
    level = band(new, day.settings).replace("_", " ")
    threat = now.risk_kind == "threat"
    if threat:
        level += optional(", ", excess(now, day.settings), " above appetite")
    if old is None:
        return Difference("new", f"first scored {new} ({level})", reason)
    return Difference(direction((new > old) == threat), f"score {old} → {new} ({level})", reason)


@differs(Action)
def _action(before: Action, now: Action, day: Day, reason: Reason) -> Iterator[Difference]:
    because = reason("status")
    if now.status == "dropped":
        because = whole_sentences(now.dropped_reason or "", REASON_LENGTH)
    return transition(ACTION_STATES, before, now, because, optional(" on ", date_or(now.done_on)))


@differs(Win, "verified_by")
def _win(before: Win, now: Win, day: Day, reason: Reason) -> Iterator[Difference]:
    if now.verified_by and not before.verified_by:
        yield Difference("improved", "now verified")
    if before.verified_by and not now.verified_by:
        yield Difference("worsened", "no longer verified")
