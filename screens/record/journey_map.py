"""The map on the page of a journey: its steps, waits and hand-offs; before and after a change side by side."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from screens.record.lines import Extra
from tracker.reports.lines.journey_map import draw, draw_comparison
from tracker.services.journeys import mapped
from tracker.services.reading import Store


def journey_extras(store: Store, uid: str, day: date) -> Sequence[Extra]:
    """Return the map of a journey and what it is compared with, if anything; nothing for one that was removed."""
    journey = mapped(store, uid)
    if journey is None:
        return ()
    extras = [Extra("Map", partial(draw, journey.journey, journey.steps))]
    if journey.comparison is not None:
        extras.append(Extra("Before and after", partial(draw_comparison, journey.comparison)))
    return tuple(extras)
