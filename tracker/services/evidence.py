"""The evidence of a programme file on a day, read for the signals."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from tracker.entities import Entity, Person, Pilot, entity, grounds, owners, registers
from tracker.fields import VagueDay, Values
from tracker.ratings import Rated
from tracker.rules.day import NOTHING_HIDDEN, Day, Hidden, Move, hidden_among
from tracker.rules.visible.sight import Sight, sight
from tracker.services.settings import read_settings
from tracker.services.updates import updated
from tracker.storage import Store
from tracker.storage.journal.history import Change, effective_changes, fields_of, of_field
from tracker.storage.journal.moments import is_now
from tracker.storage.queries import of_pilot, records
from tracker.storage.said import nothings

TELLING = frozenset({VagueDay, Rated})  # values that are equal to others that say more

Records = dict[str, list[Entity]]  # by kind

MOVING = (*(name for name, field in Pilot.fields().items() if field.moves), "forecast_cost", "phase")


@contextmanager
def position(store: Store, day: date) -> Iterator[Store]:
    """Give the store as it was at the end of a day: itself, when nothing was recorded since."""
    if is_now(store, day):
        yield store
        return
    from tracker.storage.journal.asof import as_of

    with as_of(store, day) as earlier:
        yield earlier


def gather(store: Store, day: date) -> Day:
    """Return the evidence at the end of a day, restricted records included: signals are for those who run it."""
    with position(store, day) as past:
        by_kind = {register.kind: records(past, register) for register in registers()}
        removed = {register.kind: records(past, register, deleted=True) for register in _named_when_gone()}
        return _day(past, day, by_kind, removed)


def gather_pilot(store: Store, pilot: str, day: date) -> Day:
    """Return what concerns one pilot (a uid), as the store shows it now; for a command that saves about it."""
    by_kind: Records = {"pilot": [*records(store, Pilot, uid=pilot)]}
    for register in registers():
        if register.shared:
            by_kind[register.kind] = records(store, register)
        elif Pilot in owners(register):
            by_kind[register.kind] = of_pilot(store, register, pilot)
    # What the journal tells is asked of these records alone: a rating costs the same in a file of any size.
    uids = [pilot, *(record.uid for kind, part in by_kind.items() if not entity(kind).shared for record in part)]
    news = updated(store, by_kind)
    answers = nothings(store, uids)
    return Day(day, by_kind, read_settings(store), updated=news, moves=moved(store, pilot), nothings=answers)


def gather_pilot_on(store: Store, pilot: str, day: date, today: date) -> Day:
    """Return what concerns one pilot (a uid) as it is now known of the end of a day, or of today."""
    if day >= today or is_now(store, day):
        return gather_pilot(store, pilot, day)
    from tracker.storage.journal.asof import true_on

    with true_on(store, day) as past:
        return gather_pilot(past, pilot, day)


def _named_when_gone() -> Iterator[type[Entity]]:
    """Yield the registers of which a removed record is named: those that others belong to, and people."""
    yield Person
    owning = {ground.kind: ground for register in registers() for ground in grounds(register)}
    yield from owning.values()


def _day(store: Store, day: date, by_kind: Records, removed: Records | None = None) -> Day:
    return Day(
        day,
        by_kind,
        read_settings(store),
        removed=removed,
        updated=updated(store, by_kind),
        moves=moved(store),
        nothings=nothings(store),
    )


def closed_now(store: Store) -> Hidden:
    """Return what is hidden as the file stands: restricted records, and what belongs to them."""
    for register in registers():
        for deleted in (False, True):
            if records(store, register, deleted=deleted, visibility="restricted"):
                return hidden_among(everything(store))
    return NOTHING_HIDDEN


def gather_sight(store: Store, day: date, closed: Hidden = NOTHING_HIDDEN, later: Day | None = None) -> Sight:
    """Return the day that a store shows as papers need it: as they may show it, in full, and in full with masks.

    The store stands at the end of that day; ``closed`` is hidden by the word of another day, mostly today's. A record
    that is the same on a ``later`` day is held once for both.
    """
    views = sight(day, everything(store) if later is None else _held_once(store, later), read_settings(store), closed)
    by_kind = {register.kind: views.full.all(register) for register in registers()}
    news = updated(store, by_kind)
    return views.with_journal(news, moved(store), nothings(store))


def everything(store: Store) -> Iterator[Entity]:
    """Yield the records of all registers, removed ones included, in the order people meet the registers."""
    for register in registers():
        yield from records(store, register)
        yield from records(store, register, deleted=True)


def _held_once(store: Store, later: Day) -> Iterator[Entity]:
    """Yield the records of all registers, in place of each that is the same on a later day the one of that day."""
    for record in everything(store):
        now = later.by_uid(type(record)).get(record.uid)
        yield record if now is None or not is_identical(vars(record), vars(now)) else now


def is_identical(values: Values, others: Values) -> bool:
    """Return whether two records hold the same values, and none that may say more than another that equals it."""
    kinds = [*map(type, values.values())]
    return values == others and kinds == [*map(type, others.values())] and TELLING.isdisjoint(kinds)


def moved(store: Store, pilot: str = "") -> dict[tuple[str, str], list[Move]]:
    """Return what became of the dates, costs and phase of each pilot (or of one), by (uid, field), the oldest first."""
    if pilot:
        return _moves(fields_of(store, pilot, *MOVING))
    return moves_of_fields(store, Pilot, *MOVING)


def moves_of_fields(store: Store, register: type[Entity], *fields: str) -> dict[tuple[str, str], list[Move]]:
    """Return what became of some fields of the records of a register, by (uid, field), the oldest first."""
    return _moves(of_field(store, register.kind, *fields))


def _moves(changes: list[Change]) -> dict[tuple[str, str], list[Move]]:
    moves_of: dict[tuple[str, str], list[Move]] = {}
    for change in effective_changes(changes):
        old = change.old
        new = change.new
        if change.day is not None and change.known and not isinstance(old, dict) and not isinstance(new, dict):
            step = Move(change.day, old, new, change.reason or "")
            moves_of.setdefault((change.uid, change.field), []).append(step)
    return moves_of
