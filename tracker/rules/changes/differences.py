"""How one record differs between two days: a rule for each kind of record.

Each rule gives what papers report: a class of change, a text that follows the record's name, and the reason.
"""

from collections.abc import Iterator

from tracker.entities import Action, Iteration, Risk, TrainingSession, Win
from tracker.entities.pilot import STAGES, Pilot
from tracker.fields import humanise, rating_text
from tracker.ratings import RATINGS, comparable, is_rated, scale_label, scale_of
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
from tracker.rules.wording import date_or, first_sentence, optional

ESCALATION = {"none": "", "programme": "the programme", "board": "the board", "corporate": "corporate level"}
REASON_LENGTH = 110

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
    yield from rating_change("", before.rating, now.rating, _was_rated(now, day), reason("rating"))
    yield from rating_change("assurance", before.assurance_rating, now.assurance_rating, False, "")
    if before.phase != now.phase:
        words = f"{before.phase_text} → {now.phase_text}"
        yield Difference(_phase_group(before.phase, now.phase), words, reason("phase"))
    if before.outcome != now.outcome:
        yield _outcome(before, now, reason("outcome"))


def _outcome(before: Pilot, now: Pilot, reason: str) -> Difference:
    if now.outcome == "none":
        return Difference("worsened", f"outcome taken back, was {state_words(before.outcome)}", reason)
    return Difference("closed", f"outcome: {humanise(now.outcome)}", reason)


def _was_rated(pilot: Pilot, day: Day) -> bool:
    """Return whether somebody judged a pilot before the newest report."""
    return any(is_rated(report.rating) for report in day.reports(pilot.uid)[:-1])


def rating_change(
    whose: str, before: str | None, now: str | None, was_rated: bool, reason: str
) -> Iterator[Difference]:
    """Yield what became of a rating; nothing where it is the same, on the same scale.

    Across scales nothing is better or worse, and none that somebody states is neither.
    """
    one_scale = scale_of(before) == scale_of(now) or not is_rated(now)
    if before == now and one_scale and rating_text(before) == rating_text(now):
        return
    steps = f"{rating_text(before)} → {rating_text(now)}"
    of = optional("", whose, " ")
    if not is_rated(now):
        verb = {True: "no longer rated", False: "not rated"}[is_rated(before)]
        yield Difference("unrated", f"{of}{verb}: {steps}" + optional(" (", getattr(now, "reason", ""), ")"), reason)
    elif is_rated(before):
        group = by_rank(RATINGS, str(before), str(now))
        words = f"{optional('', whose, ': ')}{steps}"
        if not comparable(before, now):
            group = "not_comparable"
            words += f" (not comparable: given on {scale_label(before)}, now {scale_label(now)})"
        yield Difference(group, words, reason)
    elif before is None and not was_rated:
        yield Difference("first_rated", f"{of}first rating: {rating_text(now)}", reason)
    else:
        yield Difference({True: "rated_again", False: "first_rated"}[was_rated], f"{of}rated: {steps}", reason)


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
        because = first_sentence(now.dropped_reason or "", REASON_LENGTH)
    return transition(ACTION_STATES, before, now, because, optional(" on ", date_or(now.done_on)))


@differs(Win, "verified_by")
def _win(before: Win, now: Win, day: Day, reason: Reason) -> Iterator[Difference]:
    if now.verified_by and not before.verified_by:
        yield Difference("improved", "now verified")
    if before.verified_by and not now.verified_by:
        yield Difference("worsened", "no longer verified")
