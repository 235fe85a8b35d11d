"""What is open on something that is gone or has ended: it is counted apart, and said."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracker.entities import Entity, entity
from tracker.entities.base import ground_of, lost_word
from tracker.rules.cached import cached_by_day
from tracker.rules.day import Day, E
from tracker.rules.wording import counted, listed, optional

NAMED = 6  # refs of one pilot that a sentence names


class Ground(NamedTuple):
    """What a record belongs to: None where it was removed or is not there; ``lost`` says what became of it."""

    record: Entity | None
    lost: str


Grounds = tuple[Ground, ...]


@cached_by_day
def _walked(day: Day) -> dict[tuple[str, str, str], Grounds]:
    """Return where the walks of a day are kept: from all records of a kind that belong to the same they are the same.

    A walk is called by the kind of its first record, the field that leads on, and the uid there.
    """
    return {}


def grounds(day: Day, record: Entity) -> Grounds:
    """Return what a record belongs to, the nearest first: a measurement to its metric, and that to a pilot.

    What leads there in place of its owner counts only for what lies behind it: an action whose risk was recorded twice
    and removed is still to be done.
    """
    name = ground_of(record)
    if not name:
        return ()
    start = record.kind, name, getattr(record, name)
    walked = _walked(day)
    if start not in walked:
        walked[start] = tuple(_walk(day, record))
    return walked[start]


def _walk(day: Day, record: Entity) -> Iterator[Ground]:
    while name := ground_of(record):
        register = entity(record.fields()[name].target)
        uid: str = getattr(record, name)
        ground = day.get(register, uid)
        if ground is not None:
            word = lost_word(ground, day.date)
            yield Ground(ground, f"{word} {ground.ref}" if word else "")
        elif name == record.belongs_to:
            yield Ground(None, day.ref(register, uid))
            return
        else:
            ground = day.removed(register).get(uid)
        if ground is None:
            return
        record = ground


def lost_ground(day: Day, record: Entity) -> str:
    """Return what a record belongs to that was removed or has ended: ``removed P-06``; empty where all is there."""
    for ground in grounds(day, record):
        if ground.lost:
            return ground.lost
    return ""


def standing(day: Day, records: Iterable[E]) -> list[E]:
    """Return the records without those that are open on something that was removed or has ended."""
    return [record for record in records if not (record.is_open and lost_ground(day, record))]


def apart(day: Day, register: type[E]) -> dict[str, list[E]]:
    """Return the open records of a register that are counted apart, by what was lost: ``removed P-06``."""
    by_ground: dict[str, list[E]] = {}
    for record in day.all(register):
        if record.is_open:
            by_ground.setdefault(lost_ground(day, record), []).append(record)
    by_ground.pop("", None)
    return by_ground


def apart_words(day: Day, register: type[Entity]) -> str:
    """Return the sentence that says what of a register is not counted, and whose it is; empty where all counts."""
    parts = []
    for ground, records in apart(day, register).items():
        refs = listed((record.ref for record in records), NAMED)
        parts.append(f"{counted(len(records), register.noun, register.plural)} of {ground} ({refs})")
    return optional("Not counted: ", listed(parts), ".")


def apart_refs(day: Day, register: type[Entity]) -> tuple[str, ...]:
    """Return the refs of what of a register is counted apart."""
    return tuple(record.ref for records in apart(day, register).values() for record in records)
