"""Haste in the moves of a pilot: a decision date moved earlier, and stages much shorter than usual."""

from datetime import date
from fractions import Fraction
from statistics import median
from typing import NamedTuple

from tracker.entities import Pilot
from tracker.fields import humanise
from tracker.rules.cached import cached_by_day
from tracker.rules.day import Day
from tracker.rules.gates import STAGES
from tracker.rules.signals.result import at_least, at_most, figure_texts
from tracker.rules.signals.rushed.rule import NONE, Outcome
from tracker.rules.wording import counted, show_date


class Stage(NamedTuple):
    """A stage that a pilot completed, by going on to a later one, and how many days it took in all."""

    name: str
    days: int


def completed_stages(evidence: Day, pilot: Pilot) -> list[Stage]:
    """Return the stages that a pilot completed, in their order.

    The first stage in the file counts from the pilot's start when it is discovery: of any other nobody knows when it
    began. A stage left on the day it began was skipped, and does not count.
    """
    spent: dict[str, int] = {}
    completed: dict[str, int] = {}
    began: date | None = None
    for number, move in enumerate(evidence.moves.get((pilot.uid, "phase"), [])):
        stage = str(move.old or "")
        entered = str(move.new or "")
        if number == 0 and stage == "discovery":
            began = pilot.start
        if began is not None and stage in STAGES:
            spent[stage] = spent.get(stage, 0) + max(0, (move.day - began).days)
            if entered in STAGES and STAGES.index(entered) > STAGES.index(stage) and spent[stage]:
                completed[stage] = spent[stage]
        began = move.day
    return [Stage(name, days) for name, days in completed.items()]


@cached_by_day
def usual_stages(evidence: Day) -> dict[str, list[int]]:
    """Return the days of every completed stage of the programme, by its name."""
    days: dict[str, list[int]] = {}
    for pilot in evidence.all(Pilot):
        for stage in completed_stages(evidence, pilot):
            days.setdefault(stage.name, []).append(stage.days)
    return days


def short_stage(evidence: Day, pilot: Pilot) -> Outcome:
    """Return RP11: the shortest stage of a pilot against the median of the programme's; none when too few are known."""
    settings = evidence.settings
    usual = usual_stages(evidence)
    medians = [
        (stage, Fraction(median(usual[stage.name])))
        for stage in completed_stages(evidence, pilot)
        if len(usual[stage.name]) >= settings.short_stage_needs
    ]
    if not medians:
        return NONE
    stage, middle = min(medians, key=lambda pair: Fraction(pair[0].days) / pair[1])
    least = middle * settings.short_stage_percent / 100
    texts = figure_texts(stage.days, least, digits=int(least.denominator > 1))
    check = at_least(stage.days, least, " days", texts)
    middle_text = f"{float(middle):.1f}".removesuffix(".0")
    sentence = (
        f"{humanise(stage.name)} took {counted(stage.days, 'day')}; the median of the programme's "
        f"{len(usual[stage.name])} is {middle_text}, and a stage below {check.limit} is short."
    )
    return Outcome(check.finding("RP11", sentence, (pilot.ref,)))


def earlier_decision(evidence: Day, pilot: Pilot) -> Outcome:
    """Return RP10: the decision date against what it was before it was moved earlier; none when it never was.

    A share of the days that were left when it was moved. A later move that gives the time back clears it.
    """
    due = pilot.decision_due
    moves = evidence.date_moves(pilot, "decision_due")
    earlier = [move for move in moves if move.old > move.new and move.old > move.day]
    if due is None or not earlier:
        return NONE
    shares = [(Fraction((move.old - due).days * 100, (move.old - move.day).days), move) for move in earlier]
    share, move = max(shares, key=lambda pair: pair[0])
    limit = evidence.settings.decision_earlier_percent
    check = at_most(share, limit, "%", figure_texts(share, limit))
    sentence = f"The decision date is {show_date(due)}; time that was taken from it has been given back."
    if share > 0:
        ahead = counted((move.old - move.day).days, "day")
        sentence = (
            f"On {show_date(move.day)} the decision was due on {show_date(move.old)}, {ahead} ahead; now it is "
            f"{show_date(due)}, which takes away {check.value}% of them (more than {check.limit}% is rushed)."
        )
    return Outcome(check.finding("RP10", sentence, (pilot.ref,)))
