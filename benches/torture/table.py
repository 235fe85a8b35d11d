"""What every run prints: a table with the old figure beside the new one, and whether the promise was kept."""

from collections.abc import Iterable
from typing import NamedTuple


class Wanted(NamedTuple):
    """What a run is asked for: how many rounds, the seed of its chances, and after how many minutes it stops."""

    rounds: int
    seed: int
    minutes: float


class Row(NamedTuple):
    """A line of a table: what was measured, the figure of reliability.md at version 0.1, the figure now, and whether

    the promise is broken by it.
    """

    what: str
    before: str
    now: str
    broken: bool = False


def print_table(title: str, rows: Iterable[Row]) -> int:
    """Print a table, and return 1 when a promise is broken, else 0."""
    lines = list(rows)
    wide = max(len(row.what) for row in lines)
    middle = max(len("0.1 (reliability.md)"), *(len(row.before) for row in lines))
    print(f"\n{title}\n{'what':{wide}}  {'0.1 (reliability.md)':{middle}}  now")
    for row in lines:
        print(f"{row.what:{wide}}  {row.before:{middle}}  {row.now}{'  ■ BROKEN' if row.broken else ''}")
    broken = sum(row.broken for row in lines)
    print("● Every promise was kept." if not broken else f"■ {broken} of {len(lines)} promises were broken.")
    return int(bool(broken))
