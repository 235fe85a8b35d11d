"""A comparison drawn with characters: before and after with their intervals on one scale, and the change on another.

Every mark has a shape of its own, so that nothing depends on colour.
"""

import math
from collections.abc import Iterable
from textwrap import wrap
from typing import NamedTuple

from tracker.rules.impact.before_after import Comparison
from tracker.rules.impact.targets import band
from tracker.rules.impact.words import Scale, number, signed
from tracker.text import columns

LEAST_WIDTH = 24
WIDEST = 110
FINEST = 6  # decimals under a scale
BEFORE, AFTER, TARGET, CHANGE, NONE = "○", "●", "◇", "◆", "┊"
ASCII = str.maketrans("○●◇◆┊├┤─╌┴−×–", "o*x#:||-.+-x-")  # for a terminal that has no such signs


class Bar(NamedTuple):
    """A row of a plot: its label, its mark, where it is and from where to where, and the value in words.

    ``known``: the range is an interval; otherwise it is drawn as one that is only assumed.
    """

    label: str
    mark: str
    at: float | None
    low: float | None
    high: float | None
    words: str
    known: bool = True


def plot_lines(found: Comparison, width: int) -> list[str]:
    """Return the plot as lines of at most ``width`` columns; none when there is nothing to draw."""
    width = min(max(width, LEAST_WIDTH), WIDEST)
    values, changes = _values(found), _changes(found)
    if not values:
        return []
    label = max(len(bar.label) for bar in (*values, *changes)) + 2
    right = max(columns(bar.words) for bar in (*values, *changes)) + 2
    room = width - label - right
    if room < width // 3:  # long units: they stand in the sentence too
        right = min(right, width - label - width // 3)
        room = width - label - right
    part = Scale(found).part
    lines = _drawn(values, label, room, right, part=part, limits=(0.0, 1.0) if part else None)
    if changes:
        none = 1.0 if found.effect and found.effect.ratio else 0.0
        ratio = bool(found.effect and found.effect.ratio)
        lines += ["", *_drawn(changes, label, room, right, part=part and not ratio, none=none, sign=not ratio)]
    return [line.rstrip() for line in (*lines, "", *_legend(found, values, width))]


def _values(found: Comparison) -> list[Bar]:
    scale, bars = Scale(found), []
    against = found.against
    sides = (
        ("Before", BEFORE, found.before),
        ("So far" if found.after and found.after.measurement.phase == "during" else "After", AFTER, found.after),
        ("Group before", BEFORE, against.before if against else None),
        ("Group after", AFTER, against.after if against else None),
    )
    for label, mark, side in sides:
        if side is not None and side.figures is not None:
            low, high = side.figures.interval(found.level) or (None, None)
            value = side.figures.value
            bars.append(Bar(label, mark, value, low, high, scale.value(value)))
    if not bars:
        return []
    good = band(found.metric, found.target) if found.metric.better == "target_band" else None
    if good is not None and good[0] < good[1]:
        low, high = (end if math.isfinite(end) else None for end in good)
        words = " to ".join(scale.goal(end) for end in (low, high) if end is not None)
        bars.append(Bar("Target", TARGET, None, low, high, words))
    elif found.target is not None:
        bars.append(Bar("Target", TARGET, found.target, None, None, scale.goal(found.target)))
    return bars


def _changes(found: Comparison) -> list[Bar]:
    scale, effect = Scale(found), found.effect
    if effect is None or effect.low is None:
        return []
    words = f"{effect.estimate:.2f} times" if effect.ratio else scale.change(effect.estimate)
    bars = [Bar("Change", CHANGE, effect.estimate, effect.low, effect.high, words, not effect.sensitivity)]
    if found.against and not effect.ratio:
        more = found.against.effect
        bars.append(Bar("Beyond group", CHANGE, more.estimate, more.low, more.high, scale.change(more.estimate)))
    return bars


def _drawn(
    bars: list[Bar],
    label: int,
    room: int,
    right: int,
    *,
    part: bool,
    none: float | None = None,
    sign: bool = False,
    limits: tuple[float, float] | None = None,
) -> list[str]:
    axis = Axis.around([x for bar in bars for x in (bar.at, bar.low, bar.high)] + [none], room, limits)
    lines = []
    for bar in bars:
        cells = [" "] * room
        if none is not None:
            cells[axis.cell(none)] = NONE
        _draw(bar, axis, cells)
        lines.append(f"{bar.label:<{label}}{''.join(cells)}  {_cut(bar.words, right - 2)}")
    return [*lines, *(" " * label + line for line in axis.lines(part=part, sign=sign))]


def _cut(text: str, width: int) -> str:
    """Return a text that takes at most so many columns; none at all where only a letter would be left."""
    if columns(text) <= width:
        return text
    while text and columns(text) >= width:
        text = text[:-1]
    return f"{text}…" if len(text) > 1 else ""


def _draw(bar: Bar, axis: "Axis", cells: list[str]) -> None:
    ends = [axis.cell(end) for end in (bar.low, bar.high) if end is not None]
    if ends:
        first = ends[0] if bar.low is not None else 0
        last = ends[-1] if bar.high is not None else axis.room - 1
        for place in range(first, last + 1):
            cells[place] = "─" if bar.known else "╌"
        if bar.low is not None:
            cells[first] = "├" if bar.known else "("
        if bar.high is not None:
            cells[last] = "┤" if bar.known else ")"
    if bar.at is not None:
        cells[axis.cell(bar.at)] = bar.mark


class Axis(NamedTuple):
    """A scale from ``low`` to ``high`` over so many columns."""

    low: float
    high: float
    room: int

    @classmethod
    def around(cls, points: Iterable[float | None], room: int, limits: tuple[float, float] | None) -> "Axis":
        """Return a scale that holds all points with a little space, and does not go beyond the limits."""
        known = [point for point in points if point is not None]
        low, high = min(known), max(known)
        space = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
        floor, top = limits or (-math.inf, math.inf)
        return cls(max(low - space, min(floor, low)), min(high + space, max(top, high)), room)

    def cell(self, value: float) -> int:
        """Return the column of a value."""
        return min(max(round((value - self.low) / (self.high - self.low) * (self.room - 1)), 0), self.room - 1)

    def ticks(self) -> tuple[list[float], float]:
        """Return round values along the scale, at least two, and the step between them."""
        rough = (self.high - self.low) / max(self.room // 10, 2)
        power = 10.0 ** math.floor(math.log10(rough))
        steps = [times * power for times in (10, 5, 2, 1, 0.5, 0.2) if times * power > rough / 5]
        wanted = [step for step in steps if step >= rough * (1 - 1e-9)][-1]
        found: list[float] = []
        for step in steps[steps.index(wanted) :]:
            first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
            found = [number * step for number in range(first, last + 1)]
            if len(found) > 1:
                return found, step
        return found, steps[-1]

    def lines(self, *, part: bool, sign: bool) -> list[str]:
        """Return the line with its ticks, and the numbers under them."""
        ticks, step = self.ticks()
        times = 100 if part else 1
        decimals = min(max(0, -math.floor(math.log10(step * times) + 1e-9)), FINEST)
        line, under, last = ["─"] * self.room, [" "] * self.room, ""
        for tick in ticks:
            place = self.cell(tick)
            line[place] = "┴"
            text = (signed if sign and abs(tick) > step / 2 else number)(tick * times, decimals)
            text = f"{text} %" if part and not sign else text
            start = min(max(place - len(text) // 2, 0), self.room - len(text))
            free = start >= 0 and all(cell == " " for cell in under[max(start - 1, 0) : start + len(text) + 1])
            if free and text != last:
                under[start : start + len(text)] = last = text
        return ["".join(line), "".join(under).rstrip()]


def _legend(found: Comparison, values: list[Bar], width: int) -> list[str]:
    """Return what the marks mean, only those that are used; a mark stays with its words."""
    drawn = {bar.mark for bar in values}
    ranged = any(bar.low is not None and bar.mark != TARGET for bar in values)
    change = found.effect is not None and found.effect.low is not None
    sensitivity = found.effect is not None and found.effect.sensitivity
    parts = (
        (BEFORE in drawn, f"{BEFORE} before"),
        (AFTER in drawn, f"{AFTER} after"),
        (ranged or (change and not sensitivity), f"├─┤ {round(found.level * 100)} % interval"),
        (sensitivity, "(╌) if the total is 10 % out"),
        (TARGET in drawn, f"{TARGET} target" if found.metric.better != "target_band" else "├─┤ Target: the band"),
        (change, f"{NONE} no change"),
    )
    told = ", ".join(words.replace(" ", "\u00a0") for used, words in parts if used)
    return [line.replace("\u00a0", " ") for line in wrap(told, width)]
