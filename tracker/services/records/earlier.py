"""Records as they were on the day for which something is recorded later."""

from datetime import date

from tracker.entities import Entity
from tracker.errors import TrackerError
from tracker.fields import PAST, TODAY
from tracker.rules.wording import show_date
from tracker.services.guards.guard import Values
from tracker.services.records.checking import stored
from tracker.storage import Store
from tracker.storage.journal.aside import OnDay, carried_on, on_day, typed
from tracker.storage.store import Raw


def record_on(store: Store, register: type[Entity], uid: str, day: date) -> tuple[Values, str, OnDay]:
    """Return the settable values of a record on a day, its ref, and what stands since.

    A record that came later is as it came. Raises TrackerError when it is gone, or was removed on that day.
    """
    now, ref, _ = stored(store, register, uid)
    past = on_day(store, register.kind, uid, day)
    if not past.there:
        past = past._replace(columns={**past.columns, **_days_of(register, past.columns, day)})
    if past.columns.get("deleted_at") is not None:
        raise TrackerError(f"{ref} was removed on {show_date(day)}.", "removed", kind=register.kind, ref=ref)
    before = {**typed(register, past.columns), **carried_on(store, register, uid, day)}
    return {name: before.get(name, value) for name, value in now.items()}, ref, past


def _days_of(register: type[Entity], columns: dict[str, Raw], day: date) -> dict[str, Raw]:
    """Return the days of a record that came later, as they can have been: its own is that day, others are not yet."""
    text = day.isoformat()
    past = [field for field in register.stored() if field.flags & {PAST, TODAY}]
    return {
        field.name: text if TODAY in field.flags else None
        for field in past
        if columns.get(field.name) is not None and str(columns[field.name]) > text
    }


def there_on(store: Store, register: type[Entity], uid: str, day: date) -> OnDay:
    """Return a record on a day. Raises TrackerError when it was not there."""
    past = on_day(store, register.kind, uid, day)
    if not past.there:
        ref = stored(store, register, uid).ref
        raise TrackerError(f"{ref} was not there on {show_date(day)}: it was recorded as of a later day.")
    return past
