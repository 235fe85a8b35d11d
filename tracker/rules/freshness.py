"""How fresh the records are: days since anything that matters of a pilot was updated."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from tracker.entities import Entity, entity


def substantive(kind: str) -> tuple[str, ...]:
    """Return the fields whose change is news: dates, figures, states, links and the status note, not wording."""
    return tuple(
        field.name
        for field in entity(kind).stored()
        if (field.kind not in ("text", "list") and field.name != "visibility") or field.name == "status_note"
    )


class Freshness(NamedTuple):
    """Pilots still running: how many, and those without an update for longer than allowed, the oldest first.

    ``stale`` holds (uid, days); days is None when no update is known at all.
    """

    running: int
    stale: tuple[tuple[str, int | None], ...]


def freshness(pilots: Iterable[Entity], updated: Mapping[str, date], allowed: int, day: date) -> Freshness:
    """Return which pilots are stale on a day; ``updated`` is the day of the last update by uid."""
    running = [pilot for pilot in pilots if not pilot.has_ended]
    ages = [(pilot.uid, (day - updated[pilot.uid]).days if pilot.uid in updated else None) for pilot in running]
    stale = [(uid, age) for uid, age in ages if age is None or age > allowed]
    stale.sort(key=lambda pair: -1_000_000 if pair[1] is None else -pair[1])
    return Freshness(len(running), tuple(stale))
