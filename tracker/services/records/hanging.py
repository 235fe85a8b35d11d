"""What hangs on a record that goes or ends, however deep, and what becomes of it: taken along, moved, left."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tracker.entities import Entity, Person, all_entities, entity
from tracker.entities.base import WHY, ended_word, ends_with, ground_of, lost_word
from tracker.errors import Invalid, Note, TrackerError
from tracker.fields import Field, latest
from tracker.rules.wording import counted, listed, optional, verb, with_article
from tracker.services.guards.guard import Values
from tracker.storage import Condition, Query, Store, link, record, records
from tracker.storage.neighbours import pointing_at
from tracker.storage.queries import among
from tracker.text import natural_order

if TYPE_CHECKING:
    from tracker.services.records.writing import Edit, Fate

MOST_NESTED = 6  # a pilot has metrics, which have measurements; no register is nested deeper than this
NAMED = 8  # refs of one register that a sentence names

WAYS = {  # what can become of what hangs on a record, by the code of the error that asks
    "hanging.parts": ("with", "move"),
    "hanging.work": ("move", "leave"),
    "hanging.open": ("with", "move", "leave"),
}


class Hanging(NamedTuple):
    """Records of a register that point at one through a field; ``owned``: they are nothing without it.

    ``behind``: they point at what belongs to it, such as the actions of a pilot's risks that name no pilot.
    """

    register: type[Entity]
    field: Field
    owned: bool
    records: tuple[Entity, ...]
    behind: bool = False

    @property
    def refs(self) -> tuple[str, ...]:
        """The refs of the records."""
        return tuple(entry.ref for entry in self.records)

    @property
    def words(self) -> str:
        """How many they are, with their refs: ``2 risks (R-009 and R-010)``."""
        refs = listed(self.refs, NAMED)
        return f"{counted(len(self.records), self.register.noun, self.register.plural)} ({refs})"


def merged(hanging: Sequence[Hanging]) -> list[Hanging]:
    """Return a group for each register, with every record once, whichever field it points through."""
    by_kind: dict[str, Hanging] = {}
    for group in hanging:
        first = by_kind.setdefault(group.register.kind, group._replace(records=()))
        new = tuple(entry for entry in group.records if entry.ref not in first.refs)
        in_order = sorted(first.records + new, key=lambda entry: natural_order(entry.ref))
        by_kind[group.register.kind] = first._replace(records=tuple(in_order))
    return list(by_kind.values())


def in_words(hanging: Sequence[Hanging]) -> str:
    """Return how many records of each register hang on one, through whichever field: ``2 risks (R-1 and R-2)``."""
    return listed(group.words for group in merged(hanging))


def _pointing(register: type[Entity]) -> Iterator[tuple[type[Entity], Field]]:
    """Yield the registers and fields that point at a register; not those of which it shows the newest as its own."""
    carriers = {field.carried.kind for field in register.fields().values() if field.carried}
    for pointing in all_entities():
        if pointing.hidden or pointing.made_with or pointing.kind in carriers:
            continue
        for field in pointing.stored():
            if field.target == register.kind and field.settable:
                yield pointing, field


def _is_owned(entry: Entity, field: Field) -> bool:
    if field.target == Person.kind:
        return False
    return field.name == entry.belongs_to or not field.optional or (entry.detail and ground_of(entry) == field.name)


def ways_of_ending(register: type[Entity]) -> tuple[str, ...]:
    """Return what can become of what is open on a record of a register that ends."""
    return WAYS["hanging.work" if register is Person else "hanging.open"]


def ways_of_removing(register: type[Entity]) -> tuple[str, ...]:
    """Return what can become of what hangs on a record of a register that is removed."""
    if register is Person:
        return WAYS["hanging.work"]
    pointers = ((pointing, field) for pointing, field in _pointing(register) if field.name != pointing.belongs_to)
    can_stay = any(field.optional and not pointing.detail for pointing, field in pointers)
    return WAYS["hanging.open" if can_stay else "hanging.parts"]


def _is_at_work(entry: Entity) -> bool:
    """Return whether something is still to be done about a record: one that has not ended."""
    if entry.state_field:
        return entry.is_open or bool(entry.ended_states and not entry.has_ended)
    return bool(entry.owner_field) and not entry.detail


def is_held(entry: Entity, day: date) -> bool:
    """Return whether an office is held on a day or later: its term has not ended."""
    last = getattr(entry, entry.term[1], None)
    return last is None or latest(last) >= day


def taken_over(entry: Entity, field: Field, taker: str, day: date) -> Values:
    """Return the values by which a person (a uid) takes over from another: an office from a day on."""
    began = entry.term[0]
    if field.name not in entry.offices or not began:
        return {field.name: taker}
    return {field.name: taker, began: max(day, getattr(entry, began) or day)}


def hanging_on(
    store: Store, register: type[Entity], uid: str, *, ends: bool = False, day: date = date.min
) -> list[Hanging]:
    """Return what hangs on a record that is to go; where it only ``ends``, what of it is still open.

    Of what merely points at it only what is at work counts: an action that is done may name a risk that is gone. What
    hangs on something that belongs to it is ``behind``; parts of that go with it and are not named. An office counts
    while its term has not ended by a ``day``.
    """
    direct: list[Hanging] = []
    belonging: list[Entity] = []
    for pointing, field in pointing_at(store, list(_pointing(register)), uid):
        is_office = field.name in pointing.offices
        if field.target == Person.kind and (pointing.append_only or not (pointing.owner_field or is_office)):
            continue
        entries = records(store, Query(pointing.kind, (Condition(field.name, "=", uid),)))
        belonging += [entry for entry in entries if ground_of(entry) == field.name]
        for owned in (True, False):
            side = [entry for entry in entries if _is_owned(entry, field) == owned]
            at_stake = tuple(
                entry
                for entry in side
                if _goes_too(entry, field, ends=ends) or _is_at_work(entry) or (is_office and is_held(entry, day))
            )
            if at_stake and (owned or not ends or field.target == Person.kind):
                direct.append(Hanging(pointing, field, owned, at_stake))
    if register is Person:
        return direct
    return [*direct, *_behind(store, uid, direct, belonging, ends=ends)]


def _goes_too(entry: Entity, field: Field, *, ends: bool) -> bool:
    """Return whether a record is nothing without the one that it points at; without one that ends only its counts."""
    if ends:
        return field.name == entry.belongs_to and entry.detail and not entry.state_field
    return _is_owned(entry, field)


def _behind(store: Store, uid: str, direct: list[Hanging], level: list[Entity], *, ends: bool) -> Iterator[Hanging]:
    """Yield what hangs on records that belong to one (a uid), and on what belongs to these, but for what is direct."""
    seen = {uid, *(entry.uid for entry in level), *(entry.uid for group in direct for entry in group.records)}
    while level:
        holders = {entry.uid: entry for entry in level}
        level = []
        for pointing, field, uids in _pointing_at_any(holders.values(), ends=ends):
            entries = [
                entry
                for entry in records(store, Query(pointing.kind, (among(field.name, uids),)))
                if ground_of(entry) == field.name and entry.uid not in seen
            ]
            seen.update(entry.uid for entry in entries)
            level += entries
            at_stake = tuple(
                entry for entry in entries if _is_at_stake(entry, holders[getattr(entry, field.name)], ends=ends)
            )
            if at_stake:
                yield Hanging(pointing, field, True, at_stake, behind=True)


def _pointing_at_any(holders: Iterable[Entity], *, ends: bool) -> Iterator[tuple[type[Entity], Field, list[str]]]:
    """Yield the registers and fields by which records belong to others of any register, and the uids of these.

    Of what only ``ends``, parts that are never open count only where they are nothing without what ends with it: of
    some there are very many.
    """
    uids: dict[str, list[str]] = {}
    for holder in holders:
        uids.setdefault(holder.kind, []).append(holder.uid)
    for kind, of_kind in uids.items():
        for pointing, field in _pointing(entity(kind)):
            is_idle = pointing.detail and not pointing.open_states and not entity(kind).endings
            if field.name in (pointing.belongs_to, *pointing.belongs_through) and not (ends and is_idle):
                yield pointing, field, of_kind


def _is_at_stake(entry: Entity, holder: Entity, *, ends: bool) -> bool:
    """Return whether what becomes of a record behind another one is to be said."""
    if not ends:
        return not entry.detail
    falls = entry.detail and not entry.state_field and ends_with(holder, dict(holder.let_go))
    return _is_at_work(entry) or (falls and _is_at_work(holder))


def open_beside(store: Store, register: type[Entity], uid: str) -> list[str]:
    """Return the refs of what is still open and points at a record."""
    refs: list[str] = []
    for pointing, field in pointing_at(store, list(_pointing(register)), uid):
        entries = records(store, Query(pointing.kind, (Condition(field.name, "=", uid),)))
        refs += [entry.ref for entry in entries if entry.is_open and entry.ref not in refs]
    return refs


def settle_removal(edit: "Edit", register: type[Entity], uid: str, fate: "Fate") -> tuple[Note, ...]:
    """Let what hangs on a record go with it, move, or stay. Raises TrackerError with the counts when nobody says."""
    hanging = hanging_on(edit.store, register, uid, day=edit.by.today)
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
    word = ended_word(after, today)
    if ended_word(earlier, today) and not word:
        from tracker.services.gone_together import ended_together

        return ended_together(edit.store, register, uid, edit.tx.id)
    if word and not ended_word(earlier, today):
        hanging = hanging_on(edit.store, register, uid, ends=True, day=today)
        if not hanging:
            return ()
        return _settle(edit, register, uid, hanging, fate, _code(register, owned=False), word)
    if after.has_ended and not earlier.has_ended and not register.endings:
        refs = open_beside(edit.store, register, uid)
        if refs:
            message = f"Still open, and about {after.ref}: {listed(refs, NAMED)}."
            return (Note("ending.open", message),)
    return ()


def _settle(
    edit: "Edit", register: type[Entity], uid: str, hanging: list[Hanging], fate: "Fate", code: str, ended: str
) -> tuple[Note, ...]:
    ref = getattr(link(edit.store, register.kind, uid), "ref", "")
    words = in_words(hanging)
    if fate.way not in WAYS[code]:
        raise _unsaid(register, ref, hanging, code, ended, left=fate.way == "leave")
    if fate.way == "leave":
        return (Note("hanging.left", f"Left as they are: {words}."),)
    if fate.way == "move":
        return _move(edit, register, uid, hanging, fate.to, words)
    return _take_along(edit, hanging, f"{ref} was {ended}", words)


def asked_of_removal(store: Store, register: type[Entity], uid: str, day: date) -> TrackerError | None:
    """Return what the removal of a record would ask, as ``settle_removal`` raises it; None where nothing hangs."""
    hanging = hanging_on(store, register, uid, day=day)
    if not hanging:
        return None
    ref = getattr(link(store, register.kind, uid), "ref", "")
    return _unsaid(register, ref, hanging, _code(register, owned=any(group.owned for group in hanging)), "removed")


def _unsaid(
    register: type[Entity], ref: str, hanging: list[Hanging], code: str, ended: str, *, left: bool = False
) -> TrackerError:
    """Return the error that says what hangs on a record, by register and with refs, and asks what becomes of it."""
    words = in_words(hanging)
    counts = {group.register.kind: len(group.records) for group in merged(hanging)}
    number = sum(counts.values())
    message = f"{words} {verb(number, 'hangs', 'hang')} on {ref}: say what becomes of that when it is {ended}."
    if register is Person:
        message = f"{ref} still answers for {words}: say who takes over, or that it stays as it is."
    elif left:
        parts = merged([group for group in hanging if group.owned])
        plurals = listed(counted(len(group.records), group.register.noun, group.register.plural) for group in parts)
        message += f" It cannot be left: {plurals} would belong to nothing."
    values = {"kind": register.kind, "noun": register.noun, "ref": ref, "counts": counts}
    return TrackerError(f"{message} Nothing was saved.", code, **values)


def _move(
    edit: "Edit", register: type[Entity], uid: str, hanging: list[Hanging], to: str, words: str
) -> tuple[Note, ...]:
    target = record(edit.store, register, to)
    if target is None or target.deleted_at or to == uid:
        raise TrackerError(f"Name another {register.noun} that is there, to which they move.", "hanging.to")
    state = lost_word(target, edit.by.today)
    if state:
        raise TrackerError(
            f"{target.ref} is {state} itself: name {with_article(register.noun)} that goes on.", "hanging.to"
        )
    moved: set[str] = set()
    stays: list[str] = []
    for group in hanging:
        for entry in group.records:
            holder = getattr(entry, group.field.name)
            if group.behind and holder in moved:  # it goes with what it belongs to
                moved.add(entry.uid)
            elif name := _moving_field(group, entry, register):
                field = entry.fields()[name]
                _change(edit, entry, taken_over(entry, field, to, edit.by.today))
                moved.add(entry.uid)
            else:
                stays.append(entry.ref)
    return (Note("hanging.moved", f"Moved to {target.ref}: {words}{_but(stays, 'what they belong to stays')}."),)


def _moving_field(group: Hanging, entry: Entity, register: type[Entity]) -> str:
    """Return the field by which a record moves to another one of a register; empty where it cannot."""
    if not group.behind:
        return group.field.name
    owner = entry.fields().get(entry.belongs_to)
    return entry.belongs_to if owner is not None and owner.target == register.kind else ""


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
    removed: set[str] = set()
    stays: list[str] = []
    for group in hanging:
        for entry in group.records:
            if group.owned and (removes or (entry.detail and not entry.state_field)):
                _remove_whole(edit, entry, MOST_NESTED, cause, removed)
            elif entry.let_go:
                _change(edit, entry, _last_values(entry, _why(edit, cause)))
            else:
                stays.append(entry.ref)
    return (Note("hanging.taken", f"Taken along: {words}{_but(stays, 'how that ended is for you to say')}."),)


def _but(stays: list[str], why: str) -> str:
    """Return the end of a sentence on what stays as it is, and why; nothing where nothing does."""
    if not stays:
        return ""
    verbs = verb(len(stays), "stays", "stay"), verb(len(stays), "it is", "they are")
    return f", but {listed(stays, NAMED)} {verbs[0]} as {verbs[1]}: {why}"


def _why(edit: "Edit", cause: str) -> str:
    return cause + optional(": ", edit.reason)


def _last_values(entry: Entity, cause: str) -> Values:
    """Return the values that end a record whose ground is gone; words are cut to what their fields take."""
    fields = entry.fields()
    return {name: cause[: fields[name].longest] if value == WHY else value for name, value in entry.let_go}


def _remove_whole(edit: "Edit", entry: Entity, depth: int, cause: str, removed: set[str]) -> None:
    """Remove a record with all that is nothing without it, unless it is among ``removed`` (uids), which grows by it."""
    for group in hanging_on(edit.store, type(entry), entry.uid) if depth else ():
        for part in group.records:
            if group.owned and not group.behind:
                _remove_whole(edit, part, depth - 1, cause, removed)
    if entry.uid not in removed:
        removed.add(entry.uid)
        edit.remove(type(entry), entry.uid, cause=cause)
