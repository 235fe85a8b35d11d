"""What the dimensions of the evidence signal share: levels, figures in words, and how far a pilot has come."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import TypeGuard

from tracker.entities.pilot import Pilot
from tracker.rules.day import Day
from tracker.rules.gates import STAGES
from tracker.rules.signals.result import AMBER, GREEN, GREY, RED, WORST, Finding, Signal, worst
from tracker.rules.wording import counted

WATCH = "watch"  # said, but it turns no colour
MOST_NAMED = 6


def signal_of(name: str, label: str, findings: Iterable[Finding], missing: Iterable[str] = ()) -> Signal:
    """Return the signal that some findings make: the worst of their levels; those to watch turn no colour.

    The headline is the first finding at that level.
    """
    found = tuple(findings)
    level = worst(one.level for one in found if one.level in WORST)
    headline = next((one.sentence for one in found if one.level == level), "")
    return Signal(name, label, level, found, tuple(dict.fromkeys(missing)), headline)


def level_above(value: Fraction | int, amber: Fraction | int, red: Fraction | int) -> str:
    """Return red above the second threshold, amber above the first, else green."""
    return RED if value > red else AMBER if value > amber else GREEN


def figures(value: Fraction | int, *thresholds: Fraction | int, digits: int = 0, sign: bool = False) -> tuple[str, ...]:
    """Return a value and its thresholds as texts of the same precision, the value with its sign when asked.

    Decimals are added until a value that is not its threshold does not read like it.
    """
    for places in range(digits, digits + 9):
        shown, *limits = (_rounded(number, places) for number in (value, *thresholds))
        if all(shown != limit or value == exact for limit, exact in zip(limits, thresholds, strict=True)):
            break
    return (f"+{shown}" if sign and value > 0 else shown, *limits)


def _rounded(number: Fraction | int, places: int) -> str:
    text = f"{float(number):,.{places}f}"
    return text.replace("-", "−") if text.strip("-0.,") else text.lstrip("-")


def are(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun and verb: ``1 risk is``, ``3 risks are``."""
    return f"{counted(number, one, many)} {'is' if number == 1 else 'are'}"


def is_past(when: date | None, day: date) -> TypeGuard[date]:
    """Return whether a day is given and has come."""
    return when is not None and when <= day


def has_real_users(evidence: Day, pilot: Pilot) -> bool:
    """Return whether real users use the pilot: its go-live is given and has come."""
    return is_past(pilot.first_real_user_on, evidence.date)


def stage_of(evidence: Day, pilot: Pilot) -> str:
    """Return how far a pilot has come, ``discovery`` to ``live``; of one that is paused or ended, before that.

    Where that is not known it is private beta with real users, else alpha: what is not known excuses nothing.
    """
    reached = STAGES[: STAGES.index("live") + 1]
    if pilot.phase in reached:
        return str(pilot.phase)
    for move in reversed(evidence.moves.get((pilot.uid, "phase"), [])):
        if move.old in reached:
            return str(move.old)
    return "private_beta" if has_real_users(evidence, pilot) else "alpha"


def grey(name: str, label: str, rule: str, sentence: str, *missing: str) -> Signal:
    """Return a signal without a level, for a reason and with what is missing."""
    return signal_of(name, label, [Finding(f"{name}.{rule}", GREY, sentence)], missing)
