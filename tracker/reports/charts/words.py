"""Words and figures on drawings: how wide they are in any common sans serif, how they are cut, wrapped and written."""

from collections.abc import Callable, Iterable, Sequence
from math import ceil, floor, isfinite, log10

from tracker.reports.typography.measuring import DRAWING

SIZE = 14.0
SMALL = 12.0
LEADING = 1.22
NO_DATA = "no data"


def wide(text: str, size: float = SIZE, bold: bool = False) -> float:
    """Return how wide a text is at most, in units."""
    return DRAWING.width(text, size, bold)


def cut(text: str, room: float, size: float = SIZE, bold: bool = False) -> str:
    """Return a text on one line that fits the room; an ellipsis stands for what was cut."""
    line = " ".join(text[:400].split())
    if wide(line, size, bold) <= room and len(text) <= 400:
        return line
    while line and wide(line + "…", size, bold) > room:
        line = line[:-1]
    return line.rstrip() + "…"


def wrapped(text: str, room: float, size: float = SIZE, *, limit: int = 2, bold: bool = False) -> list[str]:
    """Return a text as at most ``limit`` lines that fit the room; what is left over is cut."""
    lines = DRAWING.lines(" ".join(text[:600].split()), room, size, bold, broken=False)
    if len(lines) > limit:
        lines[limit - 1 :] = [" ".join(lines[limit - 1 :])]
    return [cut(line, room, size, bold) for line in lines]


def number(value: float | None) -> str:
    """Return a figure with two decimals at most and commas between thousands; what is not known in words."""
    if value is None or not isfinite(value):
        return NO_DATA
    if abs(value) >= 1e12 or 0 < abs(value) < 0.005:
        return f"{value:.3g}"
    if 0 < abs(value) < 0.1:
        return f"{value:.2g}".replace("-", "–")  # two decimals would make very different figures the same
    text = f"{value:,.2f}"
    text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "–")


_SINGULAR = {"days": "day", "minutes": "minute", "hours": "hour", "weeks": "week", "people": "person"}


def measured(value: float | None, unit: str) -> str:
    """Return a figure with its unit; ``1 days`` is never said."""
    if value is None or not isfinite(value):
        return NO_DATA
    if abs(value) == 1:
        unit = _SINGULAR.get(unit, unit)
    return f"{number(value)} {unit}".strip()


def known(values: Iterable[float | None]) -> list[float]:
    """Return the figures that are known."""
    return [value for value in values if value is not None and isfinite(value)]


def figure(values: Sequence[float | None], n: int) -> float | None:
    """Return a figure by its number; None when there is none, or it is not known."""
    return next(iter(known(values[n : n + 1])), None)


def ticks(low: float, high: float, limit: int) -> list[float]:
    """Return round numbers from just below ``low`` to just above ``high``, about ``limit`` of them at most."""
    if high <= low:
        low, high = low - abs(low) * 0.1 - 0.5, high + abs(high) * 0.1 + 0.5
    raw = (high - low) / max(limit - 1, 1)
    scale = 10.0 ** floor(log10(raw))
    step = next(scale * times for times in (1, 2, 2.5, 5, 10) if scale * times >= raw * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(at * step, 10) + 0.0 for at in range(first, last + 1)]


def dates_below(
    labels: tuple[str, ...], x: Callable[[int], float], column: float, right: float, top: float
) -> tuple[list[tuple[float, float, str]], float]:
    """Return small lines below columns, each with its middle and its base line, and how high they all are.

    ``x`` gives the middle of a column, ``right`` is where the drawing ends. When columns are narrow, not every one is
    named, but always the last.
    """
    step = 1
    while step < len(labels) and any(len(_date_lines(label, column * step)) > 2 for label in labels):
        step += 1
    placed: list[tuple[float, float, str]] = []
    limit = 1
    for n in range(len(labels) - 1, -1, -step):
        lines = _date_lines(labels[n], column * step)
        limit = max(limit, len(lines))
        middle = min(x(n), right - max(wide(line, SMALL) for line in lines) / 2)
        placed += [(middle, top + 13 + k * SMALL * LEADING, line) for k, line in enumerate(lines)]
    return placed, 5 + limit * SMALL * LEADING


def _date_lines(label: str, column: float) -> list[str]:
    return wrapped(label, column - 6, SMALL, limit=3)
