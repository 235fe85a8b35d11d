"""How fresh the records are: days since anything that matters of a pilot was updated."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from tracker.entities import Pilot


class Freshness(NamedTuple):
    """Pilots still running: how many, and those without an update for longer than allowed, the oldest first.

    ``stale`` holds (uid, days); days is None when no update is known at all.
    """

    running: int
    stale: tuple[tuple[str, int | None], ...]


def freshness(pilots: Iterable[Pilot], updated: Mapping[str, date], allowed: int, day: date) -> Freshness:
    """Return which pilots are stale on a day; ``updated`` is the day of the last update by uid."""
    running = [pilot.uid for pilot in pilots if not pilot.ended_by(day)]
    unknown = [(uid, None) for uid in running if uid not in updated]
    ages = [(uid, (day - updated[uid]).days) for uid in running if uid in updated]
    oldest_first = sorted((age for age in ages if age[1] > allowed), key=lambda age: -age[1])
    return Freshness(len(running), (*unknown, *oldest_first))
