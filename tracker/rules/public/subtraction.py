"""Small numbers that others give away: the cell of a total that is left when the other cells are taken from it."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from tracker.entities import Measurement, Metric
from tracker.rules.day import Day

MOST_CELLS = 12  # of one group; of more, the largest are looked at, since a total is among them


Group = tuple[list["Cell"], int | None]  # and the number of cases that shares are of


class Cell(NamedTuple):
    """A count of one metric (a uid) of some pilot; ``secret``: it is small and stays behind."""

    metric: str
    pilot: str | None
    cases: int
    secret: bool


def given_away(position: Day, measurements: Iterable[Measurement], suppressed: set[str], threshold: int) -> set[str]:
    """Return the metrics (uids) that have to stay behind too, so that no small number is left by subtraction.

    ``measurements`` are final figures of published metrics, those of ``suppressed`` metrics among them. Cells of one
    total are counts in the same unit, or shares of the same number of cases, of one period and cohort.
    """
    groups = _groups(position, measurements, threshold)
    hidden = set(suppressed)
    while lost := next(_lost(groups, hidden, threshold), ""):
        hidden.add(lost)
    return hidden - suppressed


def _groups(position: Day, measurements: Iterable[Measurement], threshold: int) -> list[Group]:
    groups: dict[tuple[object, ...], Group] = {}
    metrics = position.by_uid(Metric)
    for figures in measurements:
        metric = metrics[figures.metric]
        count = cell_count(metric, figures)
        if count is None:
            continue
        cases = figures.denominator if metric.metric_kind == "proportion" else None
        unit = cases if cases is not None else metric.unit.casefold()
        key = (metric.metric_kind, unit, figures.phase, figures.period_start, figures.period_end, figures.cohort)
        secret = 0 < count < threshold
        groups.setdefault(key, ([], cases))[0].append(Cell(metric.uid, metric.pilot, count, secret))
    return list(groups.values())


def cell_count(metric: Metric, figures: Measurement) -> int | None:
    """Return how many cases a figure is; None where it is no whole number of them."""
    if metric.metric_kind == "proportion":
        return figures.numerator
    if metric.metric_kind == "count" and figures.value is not None and float(figures.value).is_integer():
        return int(figures.value)
    return None


def _lost(groups: Iterable[Group], hidden: set[str], threshold: int) -> Iterator[str]:
    """Yield the metrics to be hidden, the smallest cell first, where the cells that are shown give a small one away."""
    for cells, cases in groups:
        shown = sorted((cell for cell in cells if cell.metric not in hidden), key=lambda cell: -cell.cases)[:MOST_CELLS]
        secrets = {cell.cases for cell in cells if cell.secret and cell.metric in hidden}
        if cases is not None:
            yield from _parts(shown, cases, secrets)
        for total in shown:
            parts = [cell for cell in shown if cell is not total and _may_be_part(cell, total)]
            yield from _parts(parts, total.cases, secrets | set(range(1, threshold)))


def _may_be_part(cell: Cell, total: Cell) -> bool:
    return total.pilot in (None, cell.pilot)


def _parts(parts: list[Cell], total: int, secrets: set[int]) -> Iterator[str]:
    """Yield the smallest of each choice of parts that leaves a secret number of a total."""
    for size in range(1, len(parts) + 1):
        for chosen in combinations(parts, size):
            if total - sum(cell.cases for cell in chosen) in secrets:
                yield min(chosen, key=lambda cell: cell.cases).metric
