"""A comparison drawn with characters: before and after with their intervals on one scale, and the change on another.

Every mark has a shape of its own, so that nothing depends on colour.
"""

import math
from collections.abc import Iterable
from textwrap import wrap
from typing import NamedTuple

from tracker.rules.impact.before_after import Comparison
from tracker.rules.impact.pairing import Effect
from tracker.rules.impact.targets import band
from tracker.rules.impact.words import Scale, signed
from tracker.rules.wording import number
from tracker.text import columns

LEAST_WIDTH = 24
WIDEST = 110
FINEST = 6  # decimals under a scale
SHARES = (0.0, 1.0)
BEFORE = "○"
AFTER = "●"
TARGET = "◇"
CHANGE = "◆"
NO_CHANGE = "┊"
INTERVAL = ("├", "─", "┤")
ASSUMED = ("(", "╌", ")")
ASCII = str.maketrans("○●◇◆┊├┤─╌┴−×–", "o*x#:||-.+-x-")  # for a terminal that has no such signs


class Bar(NamedTuple):
    """A row of a plot: its label, its mark, where it is and from where to where, and the value in words.

    ``is_interval``: the range is one; otherwise it is drawn as one that is only assumed.
    """

    label: str
    mark: str
    at: float | None
    low: float | None
    high: float | None
    words: str
    is_interval: bool = True


def plot_lines(comparison: Comparison, width: int) -> list[str]:
    """Return the plot as lines of at most ``width`` columns; none when there is nothing to draw."""
    width = min(max(width, LEAST_WIDTH), WIDEST)
    values = _values(comparison)
    changes = _changes(comparison)
    if not values:
        return []
    label = max(len(bar.label) for bar in (*values, *changes)) + 2
    right = max(columns(bar.words) for bar in (*values, *changes)) + 2
    room = width - label - right
    if room < width // 3:  # long units: they stand in the sentence too
        right = min(right, width - label - width // 3)
        room = width - label - right
    part = Scale(comparison).part
    lines = _panel(values, label, room, right, part=part, limits=SHARES if part else (-math.inf, math.inf))
    if changes:
        ratio = comparison.effect is not None and comparison.effect.ratio
        change_lines = _panel(
            changes, label, room, right, part=part and not ratio, no_change=float(ratio), sign=not ratio
        )
        lines += ["", *change_lines]
    return [line.rstrip() for line in (*lines, "", *_legend(comparison, values, width))]


def _values(comparison: Comparison) -> list[Bar]:
    scale = Scale(comparison)
    bars = []
    after = comparison.after
    sides = [("Before", BEFORE, comparison.before), ("After", AFTER, after)]
    if after is not None and after.measurement.phase == "during":
        sides[1] = ("So far", AFTER, after)
    if comparison.against is not None:
        group = comparison.against
        sides += [("Group before", BEFORE, group.before), ("Group after", AFTER, group.after)]
    for label, mark, side in sides:
        if side is not None and side.figures is not None:
            low, high = side.figures.interval(comparison.level) or (None, None)
            value = side.figures.value
            bars.append(Bar(label, mark, value, low, high, scale.value(value)))
    if bars:
        bars += _targets(comparison, scale)
    return bars


def _targets(comparison: Comparison, scale: Scale) -> list[Bar]:
    metric = comparison.metric
    target = comparison.target
    low = None
    high = None
    if metric.better == "target_band":
        low, high = band(metric, target) or (None, None)
    if low is not None and high is not None and low < high:
        low = _finite(low)
        high = _finite(high)
        words = " to ".join(scale.goal(end) for end in (low, high) if end is not None)
        return [Bar("Target", TARGET, None, low, high, words)]
    return [Bar("Target", TARGET, target, None, None, scale.goal(target))] if target is not None else []


def _finite(end: float) -> float | None:
    return end if math.isfinite(end) else None


def _changes(comparison: Comparison) -> list[Bar]:
    scale = Scale(comparison)
    effect = comparison.effect
    if effect is None or effect.low is None:
        return []
    words = scale.change(scale.estimate(effect.estimate))
    if effect.ratio:
        words = f"{number(effect.estimate, 2)} times"
    bars = [Bar("Change", CHANGE, effect.estimate, effect.low, effect.high, words, not effect.sensitivity)]
    if comparison.against and not effect.ratio:
        beyond = comparison.against.effect
        words = scale.change(beyond.estimate)
        bars.append(Bar("Beyond group", CHANGE, beyond.estimate, beyond.low, beyond.high, words))
    return bars


def _panel(
    bars: list[Bar],
    label: int,
    room: int,
    right: int,
    *,
    part: bool,
    no_change: float | None = None,
    sign: bool = False,
    limits: tuple[float, float] = (-math.inf, math.inf),
) -> list[str]:
    """Return some bars over one scale, with a line for no change where there is one."""
    points = [point for bar in bars for point in (bar.at, bar.low, bar.high)]
    axis = Axis.around([*points, no_change], room, limits)
    lines = []
    for bar in bars:
        cells = [" "] * room
        if no_change is not None:
            cells[axis.cell(no_change)] = NO_CHANGE
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
        start, line, stop = INTERVAL if bar.is_interval else ASSUMED
        first = 0
        last = axis.room - 1
        if bar.low is not None:
            first = ends[0]
        if bar.high is not None:
            last = ends[-1]
        cells[first : last + 1] = line * (last + 1 - first)
        if bar.low is not None:
            cells[first] = start
        if bar.high is not None:
            cells[last] = stop
    if bar.at is not None:
        cells[axis.cell(bar.at)] = bar.mark


class Axis(NamedTuple):
    """A scale from ``low`` to ``high`` over so many columns."""

    low: float
    high: float
    room: int

    @classmethod
    def around(cls, points: Iterable[float | None], room: int, limits: tuple[float, float]) -> "Axis":
        """Return a scale that covers all points with a little space, and does not go beyond the limits."""
        placed = [point for point in points if point is not None]
        low = min(placed)
        high = max(placed)
        space = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
        floor, top = limits
        return cls(max(low - space, min(floor, low)), min(high + space, max(top, high)), room)

    def cell(self, value: float) -> int:
        """Return the column of a value."""
        return min(max(round((value - self.low) / (self.high - self.low) * (self.room - 1)), 0), self.room - 1)

    def ticks(self) -> tuple[list[float], float]:
        """Return round values along the scale, at least two, and the step between them."""
        rough = (self.high - self.low) / max(self.room // 10, 2)
        power = 10.0 ** math.floor(math.log10(rough))
        steps = [times * power for times in (10, 5, 2, 1, 0.5, 0.2) if times * power > rough / 5]
        widest = [step for step in steps if step >= rough * (1 - 1e-9)][-1]
        ticks: list[float] = []
        for step in steps[steps.index(widest) :]:
            first = math.ceil(self.low / step - 1e-9)
            last = math.floor(self.high / step + 1e-9)
            ticks = [number * step for number in range(first, last + 1)]
            if len(ticks) > 1:
                return ticks, step
        return ticks, steps[-1]

    def lines(self, *, part: bool, sign: bool) -> list[str]:
        """Return the line with its ticks, and the numbers under them."""
        ticks, step = self.ticks()
        times = 1
        if part:
            times = 100
        decimals = min(max(0, -math.floor(math.log10(step * times) + 1e-9)), FINEST)
        line = ["─"] * self.room
        under = [" "] * self.room
        last = ""
        for tick in ticks:
            place = self.cell(tick)
            line[place] = "┴"
            text = number(tick * times, decimals)
            if sign and abs(tick) > step / 2:
                text = signed(tick * times, decimals)
            elif part and not sign:
                text = f"{text}%"
            start = min(max(place - len(text) // 2, 0), self.room - len(text))
            free = start >= 0 and all(cell == " " for cell in under[max(start - 1, 0) : start + len(text) + 1])
            if free and text != last:
                under[start : start + len(text)] = last = text
        return ["".join(line), "".join(under).rstrip()]


def _legend(comparison: Comparison, values: list[Bar], width: int) -> list[str]:
    """Return what the marks stand for, only those that are used; a mark stays with its words."""
    marks = {bar.mark for bar in values}
    ranged = any(bar.low is not None and bar.mark != TARGET for bar in values)
    effect = comparison.effect or Effect(0.0)
    change = effect.low is not None
    sensitivity = effect.sensitivity
    target = f"{TARGET} target"
    if comparison.metric.better == "target_band":
        target = "├─┤ Target: the band"
    parts = (
        (BEFORE in marks, f"{BEFORE} before"),
        (AFTER in marks, f"{AFTER} after"),
        (ranged or (change and not sensitivity), f"├─┤ {round(comparison.level * 100)}% interval"),
        (sensitivity, "(╌) if the total is 10% out"),
        (TARGET in marks, target),
        (change, f"{NO_CHANGE} no change"),
    )
    legend = ", ".join(words.replace(" ", "\u00a0") for is_drawn, words in parts if is_drawn)
    return [line.replace("\u00a0", " ") for line in wrap(legend, width)]
