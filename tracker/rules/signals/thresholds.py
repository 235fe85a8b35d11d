"""A measured value against its threshold: the level that makes, both as texts, and whether the value is near."""

from fractions import Fraction
from typing import NamedTuple

from tracker.rules.signals.result import AMBER, GREEN, RED, Finding, is_borderline

Number = Fraction | int


class Check(NamedTuple):
    """The level of a value, with the value and its threshold as texts without their unit."""

    level: str
    value: str
    limit: str
    unit: str = ""
    borderline: bool = False

    def finding(self, rule: str, sentence: str, refs: tuple[str, ...], *, hard: bool = False) -> Finding:
        """Return the finding of a rule that makes this check, with a sentence and the refs behind it."""
        value, limit = self.value + self.unit, self.limit + self.unit
        return Finding(rule, self.level, sentence, value, limit, refs, self.borderline, hard)


def level_if(failed: bool, level: str = AMBER) -> str:
    """Return a level when something is not as it should be, else green."""
    return level if failed else GREEN


def at_least(value: Number, least: Number, unit: str = "", texts: tuple[str, ...] = (), below: str = AMBER) -> Check:
    """Return the check of a value that should reach a threshold; ``texts`` are the two as they are to be read."""
    return _check(level_if(value < least, below), value, least, unit, texts)


def at_most(value: Number, most: Number, unit: str = "", texts: tuple[str, ...] = (), above: str = AMBER) -> Check:
    """Return the check of a value that should not exceed a threshold; ``texts`` are the two as they are to be read."""
    return _check(level_if(value > most, above), value, most, unit, texts)


def _check(level: str, value: Number, limit: Number, unit: str, texts: tuple[str, ...]) -> Check:
    value_text, limit_text = texts or (str(value), str(limit))
    return Check(level, value_text, limit_text, unit, is_borderline(float(value), float(limit)))


def at_most_two(value: Number, amber: Number, red: Number, unit: str, texts: tuple[str, ...]) -> Check:
    """Return the check of a value that is amber above a threshold and red above another; ``texts`` are the three."""
    value_text, amber_text, red_text = texts
    borderline = is_borderline(float(value), float(amber), float(red))
    if value > red:
        return Check(RED, value_text, red_text, unit, borderline)
    return Check(level_if(value > amber), value_text, amber_text, unit, borderline)


def figure_texts(value: Number, *limits: Number, digits: int = 0, sign: bool = False) -> tuple[str, ...]:
    """Return a value and its thresholds as texts of the same precision, the value with its sign when asked.

    Decimals are added until a value that is not its threshold does not read like it.
    """
    for places in range(digits, digits + 9):
        text, *limit_texts = (_rounded(number, places) for number in (value, *limits))
        if all(text != limit_text or value == limit for limit_text, limit in zip(limit_texts, limits, strict=True)):
            break
    if sign and value > 0:
        text = f"+{text}"
    return (text, *limit_texts)


def _rounded(number: Number, places: int) -> str:
    text = f"{float(number):,.{places}f}"
    return text.replace("-", "−") if text.strip("-0.,") else text.lstrip("-")
