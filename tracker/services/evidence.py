"""The evidence of a programme file on a day, read for the signals."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from tracker.entities import Entity, owners, registers
from tracker.entities.pilot import Pilot
from tracker.rules.evidence import Evidence, Move
from tracker.rules.freshness import substantive
from tracker.services.settings import read_settings
from tracker.storage.journal.asof import as_of
from tracker.storage.journal.history import last_days, last_tx, last_tx_on, of_field, standing
from tracker.storage.queries import of_pilot, records
from tracker.storage.store import Store

MOVING = (*Pilot.reported_days(), "forecast_cost", "phase")


@contextmanager
def position(store: Store, day: date) -> Iterator[Store]:
    """Give the store as it was at the end of a day: itself, when nothing was recorded since."""
    if last_tx_on(store, day) >= last_tx(store):
        yield store
        return
    with as_of(store, day) as then:
        yield then


def gather(store: Store, day: date) -> Evidence:
    """Return the evidence at the end of a day, restricted records included: signals are for those who run it."""
    with position(store, day) as then:
        found = {which.kind: records(then, which) for which in registers()}
        return Evidence(day, found, read_settings(then), updated=updated(then, found), moves=moved(then))


def gather_pilot(store: Store, pilot: str, day: date) -> Evidence:
    """Return what concerns one pilot (a uid), as the store shows it now; for a command that saves about it."""
    found: dict[str, list[Entity]] = {"pilot": [*records(store, Pilot, uid=pilot)]}
    for which in registers():
        if which.shared:
            found[which.kind] = records(store, which)
        elif Pilot in owners(which):
            found[which.kind] = of_pilot(store, which, pilot)
    return Evidence(day, found, read_settings(store), updated=updated(store, found), moves=moved(store))


def updated(store: Store, found: dict[str, list[Entity]]) -> dict[str, date]:
    """Return the day of the last update that matters of each pilot, by uid; removed records count no more."""
    owner: dict[str, str | None] = {pilot.uid: pilot.uid for pilot in found.get("pilot", [])}
    counted = [which for which in registers() if Pilot in owners(which) and not which.raised_by_others]
    for which in counted:  # owners come before what they own
        for record in found.get(which.kind, []):
            owner[record.uid] = owner.get(getattr(record, which.belongs_to) or "")
    newest: dict[str, date] = {}
    fields = {kind: substantive(kind) for kind in ("pilot", *(which.kind for which in counted))}
    for uid, day in last_days(store, fields).items():
        pilot = owner.get(uid)
        if pilot is not None and day > newest.get(pilot, date.min):
            newest[pilot] = day
    return newest


def moved(store: Store) -> dict[tuple[str, str], list[Move]]:
    """Return what became of the dates, costs and phase of each pilot, by (uid, field), the oldest first."""
    found: dict[tuple[str, str], list[Move]] = {}
    for change in standing(of_field(store, "pilot", *MOVING)):
        if change.day is not None and change.known:
            step = Move(change.day, change.old, change.new, change.reason or "")
            found.setdefault((change.uid, change.field), []).append(step)
    return found
