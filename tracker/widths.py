"""How the columns of a table share the room there is: on pages and sheets, and on screens, column by column."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

_SPARE, _WIDER = 0.1, 0.01  # less room than this is not shared, and a column that lacks less has what it needs


class Need(NamedTuple):
    """What a column needs: for its longest word, to keep short cells whole, for every cell on a line.

    ``weight`` is its part of what is left when all columns have their short cells whole.
    """

    word: float
    whole: float
    line: float
    weight: float


def fit_columns(
    needs: Sequence[Need], room: float, *, filled: float = 1.0, power: float = 1.0, capped: bool = False
) -> list[float]:
    """Return a width for each column, together as wide as the room where something had to be broken.

    A table that needs more than ``filled`` of the room is stretched to it. What columns lack counts to the ``power``:
    below 1, a very long text gains less than a short one loses. ``capped``: no column is wider than its longest line.
    """
    lines = [need.line for need in needs]
    if sum(lines) <= room:
        return stretched(lines, room, filled)
    words = [need.word for need in needs]
    if sum(words) > room:
        return levelled(words, room)
    wholes = [need.whole for need in needs]
    if sum(wholes) > room:
        return shared(words, [max(full - word, 0.0) ** power for word, full in zip(words, wholes, strict=True)], room)
    return shared(wholes, [need.weight for need in needs], room, lines if capped else ())


def stretched(widths: Sequence[float], room: float, filled: float) -> list[float]:
    """Return widths that fill the room when they need more than ``filled`` of it: a narrow table stays narrow."""
    total = sum(widths)
    if total <= room * filled:
        return list(widths)
    return [width * room / total for width in widths]


def shared(base: Sequence[float], weights: Sequence[float], room: float, most: Sequence[float] = ()) -> list[float]:
    """Return widths that begin at ``base`` and share the rest of the room by ``weights``, up to ``most`` each."""
    widths = list(base)
    for _ in widths:
        spare = room - sum(widths)
        growing = [n for n, weight in enumerate(weights) if weight and (not most or most[n] > widths[n] + _WIDER)]
        total = sum(weights[n] for n in growing)
        for n in growing:
            widths[n] += spare * weights[n] / total
        if most:
            widths = [min(width, limit) for width, limit in zip(widths, most, strict=True)]
        if not total or room - sum(widths) < _SPARE:
            break
    return widths


def levelled(widths: Sequence[float], room: float) -> list[float]:
    """Return widths that fit into the room: the widest are cut down to a common width, the others stay."""
    free = room
    most = 0.0
    for count, width in zip(range(len(widths), 0, -1), sorted(widths), strict=True):
        most = free / count
        if width >= most:
            break
        free -= width
    return [min(width, most) for width in widths]


def narrowed(
    widths: Sequence[int], least: Sequence[int], room: int, cost: Callable[[int, Sequence[int]], tuple[int, ...]]
) -> list[int]:
    """Return whole widths made narrower, one by one, where ``cost`` of a column and the widths is lowest.

    They are together no wider than the room, or all at their ``least``.
    """
    fitting = list(widths)
    while sum(fitting) > room:
        candidates = [n for n, width in enumerate(fitting) if width > least[n]]
        if not candidates:
            break
        fitting[min(candidates, key=lambda n: cost(n, fitting))] -= 1
    return fitting
