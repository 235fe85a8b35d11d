"""What the moves of a pilot tell of haste: a decision date moved earlier, and stages much shorter than usual."""

from datetime import date
from fractions import Fraction
from statistics import median
from typing import NamedTuple

from tracker.entities.pilot import Pilot
from tracker.fields import humanise
from tracker.rules.day import Day
from tracker.rules.gates import STAGES
from tracker.rules.kept import once
from tracker.rules.signals.judging import figures
from tracker.rules.signals.result import AMBER, GREEN, Finding, is_borderline
from tracker.rules.when import show_date
from tracker.rules.wording import counted


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
    done: dict[str, int] = {}
    began: date | None = None
    for number, move in enumerate(evidence.moves.get((pilot.uid, "phase"), [])):
        left, entered = str(move.old), str(move.new)
        since = began
        if number == 0 and left == "discovery":
            since = pilot.start
        if since is not None and left in STAGES:
            spent[left] = spent.get(left, 0) + max(0, (move.day - since).days)
            if entered in STAGES and STAGES.index(entered) > STAGES.index(left) and spent[left]:
                done[left] = spent[left]
        began = move.day
    return [Stage(name, days) for name, days in done.items()]


@once
def usual_stages(evidence: Day) -> dict[str, list[int]]:
    """Return the days of every completed stage of the programme, by its name."""
    found: dict[str, list[int]] = {}
    for pilot in evidence.all(Pilot):
        for stage in completed_stages(evidence, pilot):
            found.setdefault(stage.name, []).append(stage.days)
    return found


def short_stage(evidence: Day, pilot: Pilot) -> Finding | None:
    """Return RP11: the shortest stage of a pilot against the median of the programme's; None when too few are known."""
    settings = evidence.settings
    usual = usual_stages(evidence)
    known = [
        (stage, Fraction(median(usual[stage.name])))
        for stage in completed_stages(evidence, pilot)
        if len(usual[stage.name]) >= settings.short_stage_needs
    ]
    if not known:
        return None
    stage, middle = min(known, key=lambda pair: Fraction(pair[0].days) / pair[1])
    least = middle * settings.short_stage_percent / 100
    value, threshold = figures(stage.days, least, digits=0 if least.denominator == 1 else 1)
    shown = f"{float(middle):.1f}".removesuffix(".0")
    sentence = (
        f"{humanise(stage.name)} took {counted(stage.days, 'day')}; the median of the programme's "
        f"{len(usual[stage.name])} is {shown}, and a stage below {threshold} is short."
    )
    level = AMBER if stage.days < least else GREEN
    near = is_borderline(stage.days, float(least))
    return Finding("RP11", level, sentence, f"{value} days", f"{threshold} days", (pilot.ref,), near)


def earlier_decision(evidence: Day, pilot: Pilot) -> Finding | None:
    """Return RP10: the decision date against what it was before it was moved earlier; None when it never was.

    A share of the days that were left when it was moved. A later move that gives the time back clears it.
    """
    now = pilot.decision_due
    moves = evidence.date_moves(pilot, "decision_due")
    earlier = [move for move in moves if move.old > move.new and move.old > move.day]
    if now is None or not earlier:
        return None
    move = max(earlier, key=lambda move: Fraction((move.old - now).days, (move.old - move.day).days))
    left = (move.old - move.day).days
    gone = Fraction((move.old - now).days * 100, left)
    most = evidence.settings.decision_earlier_percent
    value, threshold = figures(gone, most)
    level = AMBER if gone > most else GREEN
    if gone <= 0:
        sentence = f"The decision date is {show_date(now)}; time that was taken from it has been given back."
    else:
        sentence = (
            f"On {show_date(move.day)} the decision was due on {show_date(move.old)}, {counted(left, 'day')} ahead; "
            f"now it is {show_date(now)}, which takes away {value} % of them (more than {threshold} % is rushed)."
        )
    near = is_borderline(float(gone), most)
    return Finding("RP10", level, sentence, f"{value} %", f"{threshold} %", (pilot.ref,), near)
