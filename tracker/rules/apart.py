"""What is open on something that is gone or was stopped: it is counted apart, and said."""

from collections.abc import Iterable

from tracker.entities import Entity, entity
from tracker.entities.base import is_given_up
from tracker.fields import humanise
from tracker.rules.day import Day, E
from tracker.rules.wording import counted, listed, optional

NAMED = 6  # refs of one pilot that a sentence names
RETIRED = {"retirement": "retired"}


def lost_ground(day: Day, record: Entity) -> str:
    """Return what a record belongs to that was removed or has ended: ``removed P-06``; empty where all is there."""
    while record.belongs_to:
        register = entity(record.fields()[record.belongs_to].target)
        uid: str | None = getattr(record, record.belongs_to)
        owner = day.get(register, uid)
        if owner is None:
            return day.ref(register, uid)
        if is_given_up(register, vars(owner), day.date):
            state = owner.state or ""
            return f"{RETIRED.get(state, humanise(state).lower())} {owner.ref}"
        record = owner
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
