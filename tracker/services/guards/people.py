"""Rules of people: what lies after the last day of somebody who has left."""

from datetime import date

from tracker.entities import Entity, Person, registers
from tracker.fields import Field
from tracker.rules.wording import counted, listed, show_date
from tracker.services.guards.guard import Proposal
from tracker.services.records.hanging import Hanging, in_words
from tracker.storage import Condition, Query, records
from tracker.storage.journal.history import commands_after
from tracker.storage.neighbours import pointing_at


def person(proposal: Proposal) -> None:
    """Note what names somebody and is dated after their last day, or was recorded after it, and what they recorded."""
    last = proposal["left_on"]
    if last is None or not proposal.uid or not proposal.changed("left_on"):
        return
    fields = [
        (register, field)
        for register in registers()
        for field in register.stored()
        if field.target == Person.kind and field.settable
    ]
    named = [
        Hanging(register, field, False, later)
        for register, field in pointing_at(proposal.store, fields, proposal.uid)
        if (later := _later(proposal, register, field, last))
    ]
    parts = [f"{in_words(named)} of theirs"] * bool(named)
    number = commands_after(proposal.store, proposal.uid, last)
    parts += [f"{counted(number, 'change')} that they recorded"] * bool(number)
    if parts:
        proposal.note("person.after", f"After {show_date(last)} lie {listed(parts)}. Is the day right?")


def _later(proposal: Proposal, register: type[Entity], field: Field, last: date) -> tuple[Entity, ...]:
    """Return the records of a register that name the person in a field, and are of a day after their last."""
    query = Query(register.kind, (Condition(field.name, "=", proposal.uid),))
    return tuple(entry for entry in records(proposal.store, query) if _day(entry) > last)


def _day(entry: Entity) -> date:
    """Return the day that a record is of: its own, or that on which it was recorded."""
    day = getattr(entry, entry.date_field or "created_at")
    if isinstance(day, date):
        return day
    return date.fromisoformat(entry.created_at[:10])
