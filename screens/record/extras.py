"""What the page of a record shows beyond its fields: by kind, worked out in the thread that reads the page."""

from collections.abc import Callable, Sequence
from datetime import date

from screens.record.extra import Extra
from tracker.storage.store import Store

Reader = Callable[[Store, str, date], Sequence[Extra]]


def read_extras(store: Store, kind: str, uid: str, day: date) -> tuple[Extra, ...]:
    """Return what the page of a record shows beyond its fields on a day; for a worker thread."""
    reader = _readers().get(kind)
    return tuple(reader(store, uid, day)) if reader else ()


def _readers() -> dict[str, Reader]:
    """Return the readers by kind; they are loaded when the first page is opened."""
    from screens.record.journey_map import journey_extras
    from screens.record.metric_plot import metric_extras
    from screens.record.pilot_signals import pilot_extras

    return {"metric": metric_extras, "journey": journey_extras, "pilot": pilot_extras}
