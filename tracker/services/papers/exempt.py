"""What of a position is restricted, and why: for the list of what an open paper leaves out."""

from tracker.entities import AcceptedWarning, AgendaItem, BoardAttendee, BoardCorrection, Entity, registers
from tracker.entities.base import called
from tracker.reports.papers.data import Exempt
from tracker.rules.visible.sight import Sight
from tracker.rules.wording import listed, optional, upper_first
from tracker.storage import Store
from tracker.storage.journal.history import Change, effective_changes, of_record

NO_REASON = "No reason is recorded."


def exempt_records(store: Store, views: Sight, meeting: str | None) -> tuple[Exempt, ...]:
    """Return the live records of a position that are restricted themselves, in the order of the registers.

    What belongs to another meeting than this one (a uid; None: a paper for none) is not: no paper of it tells of that.
    """
    marked = views.visible.hidden.marked
    if not marked:
        return ()
    return tuple(
        Exempt(_noun(record), _reason(store, record), f"{record.ref} {called(register, _name(record))}".strip())
        for register in registers()
        for record in views.full.all(register)
        if record.uid in marked and _is_of(record, meeting)
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
