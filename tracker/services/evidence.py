"""The evidence of a programme file on a day, read for the signals."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from tracker.entities import ENTITIES, Entity, entity
from tracker.rules.day import Day, Move, shown_day
from tracker.rules.freshness import substantive
from tracker.services.settings import read_settings
from tracker.storage.belonging import BELONGS, of_pilot
from tracker.storage.journal.asof import as_of
from tracker.storage.journal.history import last_days, last_tx, last_tx_on, of_field, standing
from tracker.storage.queries import Condition, Query, records
from tracker.storage.store import Store

MOVING = ("forecast_end", "decision_due", "first_real_user_on", "baseline_end", "forecast_cost", "phase")
LEFT_OUT = ("setting",)
# Of the whole programme even when one pilot is asked about: shared by all, or a rate of all is needed.
SHARED = ("programme", "person", "service", "standard", "integration", "session", "attendance")
NO_UPDATE = ("action", "decision", "issue")  # others raise these about a pilot; that is no update by it


@contextmanager
def position(store: Store, day: date) -> Iterator[Store]:
    """Give the store as it was at the end of a day: itself, when nothing was recorded since."""
    if last_tx_on(store, day) >= last_tx(store):
        yield store
        return
    with as_of(store, day) as earlier:
        yield earlier


def gather(store: Store, day: date) -> Day:
    """Return the evidence at the end of a day, restricted records included: signals are for those who run it."""
    with position(store, day) as past:
        all_records = {kind: records(past, Query(kind)) for kind in ENTITIES if kind not in LEFT_OUT}
        return Day(
            day,
            all_records,
            read_settings(past),
            updated=updated(past, all_records),
            moves=moved(past),
        )


def gather_pilot(store: Store, pilot: str, day: date) -> Day:
    """Return what concerns one pilot (a uid), as the store shows it now; for a command that saves about it."""
    of_pilot_itself = (Condition("uid", "=", pilot),)
    of_the_pilot = {"pilot": records(store, Query("pilot", of_pilot_itself))}
    of_the_pilot |= {kind: records(store, Query(kind)) for kind in SHARED}
    of_the_pilot |= {kind: of_pilot(store, kind, pilot) for kind in BELONGS if kind not in SHARED}
    return Day(day, of_the_pilot, read_settings(store), updated=updated(store, of_the_pilot), moves=moved(store))


def gather_shown(store: Store, day: date) -> Day:
    """Return the day that a store shows without what papers leave out; the store stands at the end of that day."""
    day_shown = shown_day(day, everything(store), read_settings(store))
    records = {kind: day_shown.all(entity(kind)) for kind in ENTITIES}
    return day_shown.with_journal(updated(store, records), moved(store))


def everything(store: Store) -> Iterator[Entity]:
    """Yield all records but settings, removed ones included, in the order people meet their registers."""
    for kind in ENTITIES:
        if kind not in LEFT_OUT:
            for deleted in (False, True):
                yield from records(store, Query(kind, deleted=deleted))


def updated(store: Store, all_records: dict[str, list[Entity]]) -> dict[str, date]:
    """Return the day of the last update that matters of each pilot, by uid; removed records count no more."""
    owner: dict[str, str | None] = {pilot.uid: pilot.uid for pilot in all_records.get("pilot", [])}
    counted = [kind for kind in BELONGS if kind not in NO_UPDATE]
    for kind in counted:
        for record in all_records.get(kind, []):
            owner[record.uid] = owner.get(getattr(record, BELONGS[kind]) or "")
    newest: dict[str, date] = {}
    for uid, day in last_days(store, {kind: substantive(kind) for kind in ("pilot", *counted)}).items():
        pilot = owner.get(uid)
        if pilot is not None and day > newest.get(pilot, date.min):
            newest[pilot] = day
    return newest


def moved(store: Store) -> dict[tuple[str, str], list[Move]]:
    """Return what became of the dates, costs and phase of each pilot, by (uid, field), the oldest first."""
    moves_of: dict[tuple[str, str], list[Move]] = {}
    for change in standing(of_field(store, "pilot", *MOVING)):
        if change.day is not None and change.known:
            step = Move(change.day, change.old, change.new, change.reason or "")
            moves_of.setdefault((change.uid, change.field), []).append(step)
    return moves_of
