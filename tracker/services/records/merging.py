"""Two records of one person become one: the other stays as an alias, which leads to it."""

from typing import NamedTuple

from tracker.entities import Person
from tracker.errors import TrackerError
from tracker.services.records.checking import gone, refuse_alias, require_reason
from tracker.services.records.finding import resolve_ref
from tracker.services.records.writing import editing
from tracker.storage import Acting, Link, Store, link, record
from tracker.storage.people import is_erased, repoint


class Merged(NamedTuple):
    """Two records that became one: the number of the command, both records, and how many others were changed."""

    tx: int
    alias: Link
    person: Link
    changed: int


def merge_people(store: Store, alias: str, person: str, by: Acting, *, reason: str) -> Merged:
    """Let one record of a person (both given as uids) take the place of another, as one command.

    Every reference to the other goes to the first; the journal stays, and tells under the first what was recorded
    under the other. Raises TrackerError where the two cannot become one.
    """
    text = require_reason(reason, "the two become one")
    with editing(store, by, "person.merge", reason=text) as edit:
        records = _mergeable(store, alias), _mergeable(store, person)
        if alias == person:
            raise TrackerError(f"{records[0]} cannot become one with itself: name another record.", "merge.same")
        changed = repoint(store, alias, person)
        return Merged(edit.tx.id, *records, changed)


def named_people(store: Store, alias: str, person: str) -> tuple[str, str]:
    """Return the uids of two people as somebody names them. Raises TrackerError when both are one record already."""
    first, second = (resolve_ref(store, Person.kind, text, deleted=True) for text in (alias, person))
    if first.uid == second.uid:
        sentence = f"“{alias}” and “{person}” are one record already"
        raise TrackerError(f"{sentence}: {first}. Name another by its ref.", "merge.same")
    return first.uid, second.uid


def _mergeable(store: Store, uid: str) -> Link:
    """Return a record of a person. Raises TrackerError when it is an alias, removed or erased."""
    person, named = record(store, Person, uid), link(store, Person.kind, uid)
    if person is None or named is None:
        raise gone(Person)
    refuse_alias(store, uid, named.ref)
    if person.deleted_at:
        raise TrackerError(f"{named.ref} was removed.", "found_removed", kind=Person.kind, ref=named.ref)
    if is_erased(store, uid):
        raise TrackerError(f"{named.ref} was erased: nobody knows any more who that was.", "merge.erased")
    return named
