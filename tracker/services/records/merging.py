"""Two records of one person become one, the other as an alias of it; and the work of one goes to another."""

from datetime import date
from typing import NamedTuple

from tracker.entities import Entity, Person, Pilot, entity, registers
from tracker.entities.base import ground_of
from tracker.errors import Invalid, TrackerError
from tracker.services.guards.guard import Values
from tracker.services.records.checking import gone, refuse_alias, require_reason
from tracker.services.records.edit import Edit
from tracker.services.records.finding import resolve_ref
from tracker.services.records.hanging import Hanging, hanging_on, in_words, taken_over
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
    person = record(store, Person, uid)
    named = link(store, Person.kind, uid)
    if person is None or named is None:
        raise gone(Person)
    refuse_alias(store, uid, named.ref)
    if person.deleted_at:
        raise TrackerError(f"{named.ref} was removed.", "found_removed", kind=Person.kind, ref=named.ref)
    if is_erased(store, uid):
        raise TrackerError(f"{named.ref} was erased: nobody knows any more who that was.", "merge.erased")
    return named


class HandedOver(NamedTuple):
    """What went from one person to another: the number of the command (0: nothing), both, and the records."""

    tx: int
    giver: Link
    taker: Link
    groups: tuple[Hanging, ...]

    @property
    def words(self) -> str:
        """How many went of each register, with their refs; that there was nothing where nothing went."""
        return in_words(self.groups) or "nothing that is open"


class _Nothing(Exception):
    """There is nothing to hand over, so no command is written."""


def hand_over(
    store: Store,
    giver: str,
    taker: str,
    by: Acting,
    *,
    only: tuple[str, ...] = (),
    pilot: str = "",
    reason: str | None = None,
    waived: tuple[str, ...] = (),
) -> HandedOver:
    """Let one person (both given as uids) take over what is open of another's, as one command.

    ``only`` names the kinds that go (empty: all), ``pilot`` is the uid of the one whose records go. Raises TrackerError
    where the taker is the giver, was removed, or has left and that is not ``waived``; Invalid that names the record.
    """
    people = _mergeable(store, giver), _mergeable(store, taker)
    if giver == taker:
        raise TrackerError(f"{people[0]} has it already: name somebody else who takes over.", "hand_over.same")
    try:
        with editing(store, by, "person.hand_over", reason=reason) as edit:
            groups = tuple(_going(store, giver, only, pilot, by.today))
            if not groups:
                raise _Nothing
            for entry, values in _by_record(groups, taker, by.today):
                _give(edit, entry, values, waived)
            return HandedOver(edit.tx.id, *people, groups)
    except _Nothing:
        return HandedOver(0, *people, ())


def _going(store: Store, giver: str, only: tuple[str, ...], pilot: str, day: date) -> list[Hanging]:
    """Return what is open of a person's on a day, of some kinds and of one pilot where they are said."""
    groups = []
    for group in hanging_on(store, Person, giver, day=day):
        entries = tuple(
            entry for entry in group.records if not pilot or pilot_of(store, entry) == pilot or entry.uid == pilot
        )
        if entries and (not only or group.register.kind in only):
            groups.append(group._replace(records=entries))
    return groups


def pilot_of(store: Store, entry: Entity) -> str | None:
    """Return the uid of the pilot to which a record belongs, by whatever lies between; None where it is of none."""
    owner: Entity | None = entry
    while owner is not None and (name := ground_of(owner)):
        uid: str = getattr(owner, name)
        register = entity(owner.fields()[name].target)
        if register is Pilot:
            return uid
        owner = record(store, register, uid)
    return None


def _by_record(groups: tuple[Hanging, ...], taker: str, day: date) -> list[tuple[Entity, Values]]:
    """Return each record once with all of its fields that name the taker from here on."""
    values: dict[str, tuple[Entity, Values]] = {}
    for group in groups:
        for entry in group.records:
            values.setdefault(entry.uid, (entry, {}))[1].update(taken_over(entry, group.field, taker, day))
    return list(values.values())


def _give(edit: Edit, entry: Entity, values: Values, waived: tuple[str, ...]) -> None:
    try:
        edit.change(type(entry), entry.uid, values, waived=waived)
    except Invalid as error:
        raise Invalid(
            [problem._replace(field="", message=f"{entry.ref}: {problem}") for problem in error.problems]
        ) from error


def kinds_named(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds that words mean, singular or plural. Raises TrackerError for one that nobody answers for."""
    kinds = []
    answered = all_answered()
    for word in words:
        typed = word.strip().lower()
        named = [kind for kind in answered if typed in (kind.kind, kind.noun, kind.plural, f"{kind.kind}s")]
        if not named:
            choice = ", ".join(kind.kind for kind in answered)
            raise TrackerError(f"“{word}” is no kind of record that somebody answers for: choose from {choice}.")
        kinds.append(named[0].kind)
    return tuple(kinds)


def all_answered() -> list[type[Entity]]:
    """Return the registers for whose records somebody answers, or in which they hold an office."""
    return [register for register in registers() if register.owner_field or register.offices]
