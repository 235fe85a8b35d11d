"""The map on the page of a journey: its steps, waits and hand-offs; before and after a change side by side."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from screens.record.extra import Extra, Toned
from tracker.reports.lines.journey_map import draw, draw_comparison
from tracker.rules.journeys.journey import Comparison
from tracker.services.journeys import Mapped, mapped
from tracker.storage.store import Store


def journey_extras(store: Store, uid: str, day: date) -> Sequence[Extra]:
    """Return the map of a journey and what it is compared with, if anything; nothing for one that was removed."""
    found = mapped(store, uid)
    if found is None:
        return ()
    extras = [Extra("Map", partial(_drawn, found))]
    if found.comparison is not None:
        extras.append(Extra("Before and after", partial(_compared, found.comparison)))
    return tuple(extras)


def _drawn(found: Mapped, width: int) -> list[Toned]:
    return [*draw(found.journey, found.steps, width)]


def _compared(comparison: Comparison, width: int) -> list[Toned]:
    return [*draw_comparison(comparison, width)]
