"""What hangs on a record that goes or ends, and what becomes of it: taken along, moved, or left."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracker.entities import Entity, Person, all_entities
from tracker.entities.base import WHY, is_given_up
from tracker.errors import Invalid, Note, TrackerError
from tracker.fields import Field, humanise
from tracker.rules.apart import RETIRED
from tracker.rules.wording import counted, listed, optional, verb, with_article
from tracker.services.guards.guard import Values
from tracker.storage import Condition, Query, Store, link, record, records
from tracker.storage.neighbours import pointing_at, removed_with

if TYPE_CHECKING:
    from tracker.services.records.writing import Edit, Fate

NAMED = 8  # refs of one register that a sentence names
MOST_NESTED = 6  # a pilot has metrics, which have measurements; no register is nested deeper than this


class Hanging(NamedTuple):
    """Records of a register that point at one through a field; ``owned``: they are nothing without it."""

    register: type[Entity]
    field: Field
    owned: bool
    records: tuple[Entity, ...]

    @property
    def refs(self) -> tuple[str, ...]:
        """The refs of the records."""
        return tuple(entry.ref for entry in self.records)

    @property
    def words(self) -> str:
        """How many they are, with their refs: ``2 risks (R-009 and R-010)``."""
        refs = listed(self.refs, NAMED)
        return f"{counted(len(self.records), self.register.noun, self.register.plural)} ({refs})"


def in_words(hanging: Sequence[Hanging]) -> str:
    """Return how many records of each register hang on one, through whichever field: ``2 risks (R-1 and R-2)``."""
    merged: dict[str, Hanging] = {}
    for group in hanging:
        first = merged.setdefault(group.register.kind, group._replace(records=()))
        new = tuple(entry for entry in group.records if entry.ref not in first.refs)
        merged[group.register.kind] = first._replace(records=first.records + new)
    return listed(group.words for group in merged.values())


def _pointing(register: type[Entity]) -> Iterator[tuple[type[Entity], Field]]:
    """Yield the registers and fields that point at a register; not those of which it shows the newest as its own."""
    carriers = {field.carried.kind for field in register.fields().values() if field.carried}
    for pointing in all_entities():
        if pointing.hidden or pointing.made_with or pointing.kind in carriers:
            continue
        for field in pointing.stored():
            if field.target == register.kind and field.settable:
                yield pointing, field


def _is_owned(register: type[Entity], field: Field) -> bool:
    return field.target != Person.kind and (field.name == register.belongs_to or not field.optional)


def _is_at_work(entry: Entity) -> bool:
    """Return whether something is still to be done about a record: one that has not ended."""
    if entry.state_field:
        return entry.is_open or bool(entry.ended_states and not entry.has_ended)
    return bool(entry.owner_field) and not entry.detail


def hanging_on(store: Store, register: type[Entity], uid: str, *, ends: bool = False) -> list[Hanging]:
    """Return what hangs on a record that is to go; where it only ``ends``, what of it is still open.

    Of what merely points at it only what is at work counts: an action that is done may name a risk that is gone.
    """
    hanging = []
    for pointing, field in pointing_at(store, list(_pointing(register)), uid):
        if field.target == Person.kind and (pointing.append_only or not pointing.owner_field):
            continue
        owned = _is_owned(pointing, field)
        goes_too = owned and (not ends or (pointing.detail and not pointing.state_field))
        entries = records(store, Query(pointing.kind, (Condition(field.name, "=", uid),)))
        at_stake = tuple(entry for entry in entries if goes_too or _is_at_work(entry))
        if at_stake and not (ends and not owned and field.target != Person.kind):
            hanging.append(Hanging(pointing, field, owned, at_stake))
    return hanging


def open_beside(store: Store, register: type[Entity], uid: str) -> list[str]:
    """Return the refs of what is still open and points at a record."""
    refs: list[str] = []
    for pointing, field in pointing_at(store, list(_pointing(register)), uid):
        entries = records(store, Query(pointing.kind, (Condition(field.name, "=", uid),)))
        refs += [entry.ref for entry in entries if entry.is_open and entry.ref not in refs]
    return refs


def gone_with(store: Store, register: type[Entity], uid: str) -> tuple[Note, ...]:
    """Return a line on what was removed together with a record that is to come back; nothing where nothing was."""
    refs: list[str] = []
    for pointing, field in pointing_at(store, list(_pointing(register)), uid, removed=True):
        refs += [ref for ref in removed_with(store, pointing, field, uid) if ref not in refs]
    if not refs:
        return ()
    verbs = verb(len(refs), "was", "were"), verb(len(refs), "it", "each")
    message = f"{listed(refs, NAMED)} {verbs[0]} removed with it: bring {verbs[1]} back too where it is needed."
    return (Note("restored.alone", message),)


def settle_removal(edit: "Edit", register: type[Entity], uid: str, fate: "Fate") -> tuple[Note, ...]:
    """Let what hangs on a record go with it, move, or stay. Raises TrackerError with the counts when nobody says."""
    hanging = hanging_on(edit.store, register, uid)
    if not hanging:
        return ()
    code = _code(register, owned=any(group.owned for group in hanging))
    return _settle(edit, register, uid, hanging, fate, code, "removed")


def _code(register: type[Entity], *, owned: bool) -> str:
    if register is Person:
        return "hanging.work"
    return ("hanging.open", "hanging.parts")[owned]


def settle_ending(edit: "Edit", register: type[Entity], uid: str, before: Values, fate: "Fate") -> tuple[Note, ...]:
    """Let what is open on a record that an edit has ended go with it, move, or stay; say what else is still open.

    ``before`` holds the values from before the edit. Raises TrackerError with the counts when nobody says.
    """
    after = record(edit.store, register, uid)
    if after is None:
        return ()
    earlier = register.holding(dict(before))
    today = edit.by.today
    if is_given_up(register, vars(after), today) and not is_given_up(register, before, today):
        hanging = hanging_on(edit.store, register, uid, ends=True)
        if not hanging:
            return ()
        return _settle(edit, register, uid, hanging, fate, _code(register, owned=False), _ended_words(after))
    if after.has_ended and not earlier.has_ended and not register.given_up_states:
        refs = open_beside(edit.store, register, uid)
        if refs:
            message = f"Still open, and about {after.ref}: {listed(refs, NAMED)}."
            return (Note("ending.open", message),)
    return ()


def _ended_words(entry: Entity) -> str:
    if entry.kind == Person.kind:
        return "gone"
    return RETIRED.get(entry.state or "", humanise(entry.state or "").lower())


WAYS = {  # what can become of what hangs on a record, by the code of the error that asks
    "hanging.parts": ("with", "move"),
    "hanging.work": ("move", "leave"),
    "hanging.open": ("with", "move", "leave"),
}


def _settle(
    edit: "Edit", register: type[Entity], uid: str, hanging: list[Hanging], fate: "Fate", code: str, ended: str
) -> tuple[Note, ...]:
    ref = getattr(link(edit.store, register.kind, uid), "ref", "")
    words = in_words(hanging)
    if fate.way not in WAYS[code]:
        raise _unsaid(register, ref, hanging, code, ended)
    if fate.way == "leave":
        return (Note("hanging.left", f"Left as they are: {words}."),)
    if fate.way == "move":
        return _move(edit, register, uid, hanging, fate.to, words)
    return _take_along(edit, hanging, f"{ref} was {ended}", words)


def _unsaid(register: type[Entity], ref: str, hanging: list[Hanging], code: str, ended: str) -> TrackerError:
    """Return the error that says what hangs on a record, by register and with refs, and asks what becomes of it."""
    words = in_words(hanging)
    refs: dict[str, set[str]] = {}
    for group in hanging:
        refs.setdefault(group.register.kind, set()).update(group.refs)
    counts = {kind: len(of_kind) for kind, of_kind in refs.items()}
    number = sum(counts.values())
    message = f"{words} {verb(number, 'hangs', 'hang')} on {ref}: say what becomes of that when it is {ended}."
    if register is Person:
        message = f"{ref} still answers for {words}: say who takes over, or that it stays as it is."
    values = {"kind": register.kind, "noun": register.noun, "ref": ref, "counts": counts}
    return TrackerError(f"{message} Nothing was saved.", code, **values)


def _move(
    edit: "Edit", register: type[Entity], uid: str, hanging: list[Hanging], to: str, words: str
) -> tuple[Note, ...]:
    target = record(edit.store, register, to)
    if target is None or target.deleted_at or to == uid:
        raise TrackerError(f"Name another {register.noun} that is there, to which they move.", "hanging.to")
    if is_given_up(register, vars(target), edit.by.today):
        state = _ended_words(target)
        raise TrackerError(
            f"{target.ref} is {state} itself: name {with_article(register.noun)} that goes on.", "hanging.to"
        )
    for group in hanging:
        for entry in group.records:
            _change(edit, entry, {group.field.name: to})
    return (Note("hanging.moved", f"Moved to {target.ref}: {words}."),)


def _change(edit: "Edit", entry: Entity, values: Values) -> None:
    """Change a record that hangs on another. Raises TrackerError that names it."""
    try:
        edit.change(type(entry), entry.uid, values)
    except Invalid as error:
        raise Invalid(
            [problem._replace(field="", message=f"{entry.ref}: {problem}") for problem in error.problems]
        ) from error


def _take_along(edit: "Edit", hanging: list[Hanging], cause: str, words: str) -> tuple[Note, ...]:
    """Remove or close what hangs on a record; what only a person can end stays, and is said."""
    removes = cause.endswith("removed")
    stays: list[str] = []
    for group in hanging:
        for entry in group.records:
            if group.owned and (removes or (entry.detail and not entry.state_field)):
                _remove_whole(edit, entry, MOST_NESTED, cause)
            elif entry.let_go:
                _change(edit, entry, _last_values(entry, _why(edit, cause)))
            else:
                stays.append(entry.ref)
    notes = [Note("hanging.taken", f"Taken along: {words}.")]
    if stays:
        stay = f"{listed(stays, NAMED)} {verb(len(stays), 'stays', 'stay')} as {verb(len(stays), 'it is', 'they are')}"
        notes = [Note("hanging.taken", f"Taken along: {words}, but {stay}: how that ended is for you to say.")]
    return tuple(notes)


def _why(edit: "Edit", cause: str) -> str:
    return cause + optional(": ", edit.reason)


def _last_values(entry: Entity, cause: str) -> Values:
    """Return the values that end a record whose ground is gone; words are cut to what their fields take."""
    fields = entry.fields()
    return {name: cause[: fields[name].longest] if value == WHY else value for name, value in entry.let_go}


def _remove_whole(edit: "Edit", entry: Entity, depth: int, cause: str) -> None:
    """Remove a record with all that is nothing without it."""
    for group in hanging_on(edit.store, type(entry), entry.uid) if depth else ():
        for part in group.records:
            if group.owned and not part.deleted_at:
                _remove_whole(edit, part, depth - 1, cause)
    edit.remove(type(entry), entry.uid, cause=cause)
