"""What of a position is restricted, and why: for the list of what an open paper leaves out."""

from collections.abc import Collection, Iterator
from itertools import groupby

from tracker.entities import AcceptedWarning, AgendaItem, BoardAttendee, BoardCorrection, Entity, entity, registers
from tracker.entities.base import called
from tracker.reports.papers.data import Exempt
from tracker.rules.day import ties
from tracker.rules.visible.sight import Sight
from tracker.rules.wording import counted, listed, optional, upper_first
from tracker.storage import Store
from tracker.storage.journal.history import Change, effective_changes, of_record

NO_REASON = "No reason is recorded."
MOST_NAMED = 6


def exempt_records(store: Store, views: Sight, meeting: str | None) -> tuple[Exempt, ...]:
    """Return the live records of a position that are restricted themselves, in the order of the registers.

    Behind them stands what belongs to them, a register of each in one. What belongs to another meeting than this one
    (a uid; None: a paper for none) is not there: no paper of it tells of that.
    """
    hidden = [record for record in _hidden_records(views) if _is_of(record, meeting)]
    marked = views.visible.hidden.marked
    owned = [record for record in hidden if record.uid not in marked and not record.detail]
    owned.sort(key=lambda record: (_restricted_owner(views, record).uid, record.kind))
    groups = groupby(owned, key=lambda record: (_restricted_owner(views, record).ref, type(record)))
    return (
        *(_exempt(store, record) for record in hidden if record.uid in marked),
        *(_belonging(owner, register, [*records]) for (owner, register), records in groups),
    )


def exempt_of(store: Store, views: Sight, own: Collection[str]) -> tuple[Exempt, ...]:
    """Return which of some records (their uids) are hidden, each with its own reason or that of what it belongs to."""
    hidden = sorted(
        (record for record in _hidden_records(views) if record.uid in own),
        key=lambda record: not isinstance(record, AgendaItem),  # by which a meeting is told
    )
    return tuple(_exempt(store, record, _restricted_owner(views, record)) for record in hidden)


def _hidden_records(views: Sight) -> Iterator[Entity]:
    hidden = views.visible.hidden.uids
    for register in registers() if hidden else ():
        yield from (record for record in views.full.all(register) if record.uid in hidden)


def _restricted_owner(views: Sight, record: Entity) -> Entity:
    """Return the record that is restricted itself and hides another: what that belongs to, however far up."""
    hidden = views.visible.hidden
    while record.uid not in hidden.marked:
        names = sorted(ties(type(record)), key=lambda name: name != record.belongs_to)
        name = next((name for name in names if getattr(record, name) in hidden.uids), "")
        if not name:  # hidden by the word of another day
            break
        target = entity(record.fields()[name].target)
        uid = getattr(record, name)
        owner = views.full.get(target, uid) or views.full.removed(target).get(uid)
        if owner is None:
            break
        record = owner
    return record


def _exempt(store: Store, record: Entity, owner: Entity | None = None) -> Exempt:
    name = f"{record.ref} {called(type(record), _name(record))}".strip()
    return Exempt(_noun(record), _reason(store, owner or record), name)


def _belonging(owner: str, register: type[Entity], records: list[Entity]) -> Exempt:
    refs = listed((record.ref for record in records), MOST_NAMED)
    return Exempt(
        upper_first(counted(len(records), register.noun, register.plural)), f"Belongs to {owner}.", refs, False
    )


def _is_of(record: Entity, meeting: str | None) -> bool:
    """Return whether a paper for a meeting would tell of a record, were it open."""
    if isinstance(record, AgendaItem | BoardAttendee | BoardCorrection | AcceptedWarning):
        return record.board == meeting
    return True


def _noun(record: Entity) -> str:
    number = getattr(record, "item_order", None)  # of an agenda item
    return upper_first(record.noun) + optional(" ", number)


def _name(record: Entity) -> str:
    value = getattr(record, record.name_field)
    return str(value or "")


def _restricts(change: Change) -> bool:
    """Return whether a change made a record restricted, be it on its first day."""
    if change.field == "*":
        return change.new is not None and change.values.get("visibility") == "restricted"
    return change.field == "visibility" and change.new == "restricted"


def _reason(store: Store, record: Entity) -> str:
    """Return what the record is marked as, and the reason that was given when it was restricted."""
    reasons = [
        change.reason
        for change in effective_changes(of_record(store, record.uid))
        if change.reason and _restricts(change)
    ]
    parts = [upper_first(listed(record.sensitivity)), *reasons[-1:]]
    if not any(parts):
        return NO_REASON
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
