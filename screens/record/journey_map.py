"""The map on the page of a journey: its steps, waits and hand-offs; before and after a change side by side."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from screens.record.lines import Extra, Toned
from tracker.reports.lines.journey_map import draw, draw_comparison
from tracker.rules.journeys.journey import Comparison
from tracker.services.journeys import Mapped, mapped
from tracker.services.reading import Store


def journey_extras(store: Store, uid: str, day: date) -> Sequence[Extra]:
    """Return the map of a journey and what it is compared with, if anything; nothing for one that was removed."""
    journey = mapped(store, uid)
    if journey is None:
        return ()
    extras = [Extra("Map", partial(_map_lines, journey))]
    if journey.comparison is not None:
        extras.append(Extra("Before and after", partial(_comparison_lines, journey.comparison)))
    return tuple(extras)


def _map_lines(mapped_journey: Mapped, width: int) -> list[Toned]:
    return [*draw(mapped_journey.journey, mapped_journey.steps, width)]


def _comparison_lines(comparison: Comparison, width: int) -> list[Toned]:
    return [*draw_comparison(comparison, width)]
