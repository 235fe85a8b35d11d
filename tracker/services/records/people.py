"""Who is acting: every change carries a person, by uid."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime

from tracker.entities import Entity, entity
from tracker.errors import Note, TrackerError
from tracker.storage import Acting, Link, Store, Tx
from tracker.storage.neighbours import removed_among
from tracker.storage.rows import everybody, insert_row, link, people_called, uuid7

LONGEST = 80  # of a name and a login
GRAVEST = 5  # risks of people who left that are named
NEAR = 3  # names that are said to be near that of somebody new

Tell = Callable[[Note], object]


def who_is(store: Store, name: str) -> str | None:
    """Return the uid of the person whose login, ref or name this is; None when there is none.

    Case, accents and spaces count only where two people differ in nothing else; a record that became another's leads
    there. Raises TrackerError when two people share the name.
    """
    rows = people_called(store, name) or _called_nearly(store, name)
    if len(rows) == 2 and rows[0][2] == rows[1][2]:
        raise TrackerError(f"“{name}” may be {rows[0][1]} or {rows[1][1]}.", "who")
    return str(rows[0][0]) if rows else None


def in_role(store: Store, text: str) -> list[Link]:
    """Return the people who have a role (its whole words, however written), without those who became another's."""
    from tracker.entities import Person
    from tracker.rules.erasing.folding import same_name
    from tracker.storage import records

    role = same_name(text)
    return [
        Link(person.uid, person.ref, person.display_name)
        for person in records(store, Person)
        if role and person.alias_of is None and same_name(person.role_title or "") == role
    ]


def _called_nearly(store: Store, name: str) -> list[tuple[str, str, int]]:
    """Return uid, ref and how well it fits (0 login, 1 name) of the two best people who are called so but for case."""
    from tracker.rules.erasing.folding import same_name

    sought = same_name(name)
    fits: dict[str, tuple[str, str, int]] = {}
    for uid, ref, login, display_name in everybody(store):
        how = [same_name(text or "") == sought for text in (login, display_name)]
        if sought and any(how):
            fits[uid] = min((uid, ref, how.index(True)), fits.get(uid, (uid, ref, 1)), key=lambda fit: fit[2])
    return sorted(fits.values(), key=lambda fit: fit[2])[:2]


def alias_called(store: Store, text: str, person: str) -> Link | None:
    """Return the record with this ref, name or login whose place a person's (a uid) took; None when there is none."""
    from tracker.rules.erasing.folding import same_name
    from tracker.storage.people import aliases
    from tracker.storage.queries import refs_meant

    sought = same_name(text)
    refs = refs_meant(entity("person"), text)
    for alias, login in aliases(store, person):
        if alias.ref in refs or sought in (same_name(alias.name), same_name(login or "")):
            return alias
    return None


def refuse_alias(store: Store, text: str, person: str) -> None:
    """Raise TrackerError when a text names a record whose place a person's (a uid) took: it is not theirs to go."""
    alias = alias_called(store, text, person)
    if alias:
        kept = link(store, "person", person)
        message = f"{alias} is the same person as {kept}: name that record, or take the merge back first."
        raise TrackerError(message, "person.alias")


def acting(
    store: Store, name: str, front: str, now: datetime, today: date, tell: Tell | None = None, *, joins: bool = False
) -> Acting:
    """Return who acts; somebody new is recorded as a person under this name first, of which ``tell`` hears.

    With ``joins`` they are recorded with the command that follows, or not at all.
    """
    name = name[:LONGEST]
    uid = who_is(store, name)
    by = Acting(uid or uuid7(int(now.timestamp() * 1000)), front, now.astimezone(UTC), today)
    if uid is not None:
        return by
    notes: list[Note] = []

    def say() -> None:
        if tell:
            tell(notes[0])

    try:
        with store.command(by, "join", kept_with=say if joins else None) as tx:
            if who_is(store, name):
                raise _JoinedMeanwhile
            near = _near(store, name) if tell else ""
            ref = add_person(store, by.person, name, tx)
            notes.append(Note("person.new", f"{ref} “{name}” was recorded as a new person{near}.", person=ref))
    except _JoinedMeanwhile:
        return by._replace(person=who_is(store, name) or "")
    if not joins:
        say()
    return by


def parted(store: Store, today: date) -> dict[Link, str]:
    """Return everybody who has left by a day or was removed, with how they are marked: ``left 20 Nov 2026``."""
    from tracker.rules.leavers import mark_of
    from tracker.storage.neighbours import parted as with_last_days

    marks = {
        person: "removed" * removed or mark_of(active, left_on, today)
        for person, active, left_on, removed in with_last_days(store)
    }
    return {person: mark for person, mark in marks.items() if mark}


def links_marked(
    store: Store, register: type[Entity], names: Sequence[str], records: Iterable[Sequence[object]], today: date
) -> Callable[[object], object]:
    """Return what makes of a value in a list what people read: who and what is gone is marked.

    ``records`` are the rows of the list: uid, ref and the named fields.

    Of people the mark stands in front, where a narrow column keeps it: ``(left) Anna Berg``; of others behind the ref.
    """
    fields = register.fields()
    places = [(place, fields[name].target) for place, name in enumerate(names, 2) if name in fields]
    named: dict[str, set[str]] = {}
    for place, kind in places:
        if kind:
            values = (row[place] for row in records)
            named.setdefault(kind, set()).update(value.uid for value in values if isinstance(value, Link))
    named = {kind: uids for kind, uids in named.items() if uids}
    marks: dict[str, str] = {}
    if named.pop("person", None):
        marks = {person.uid: mark.partition(" ")[0] for person, mark in parted(store, today).items()}
    removed = removed_among(store, named)

    def marked(value: object) -> object:
        if isinstance(value, Link) and value.uid in marks:
            return value._replace(name=f"({marks[value.uid]}) {value.name}")
        if isinstance(value, Link) and value.uid in removed:
            return value._replace(ref=f"{value.ref} (removed)")
        return value

    return marked


def gravest_of_leavers(store: Store, today: date) -> list[Note]:
    """Return the gravest risks that are open and owned by somebody who has left or was removed, a line for each."""
    from tracker.entities import Risk
    from tracker.rules.leavers import PARTED
    from tracker.storage.queries import Condition, Query, rows

    still_open = tuple(Condition(Risk.state_field, "!=", state) for state in Risk.ended_states)
    owned = []
    for person, mark in parted(store, today).items():
        conditions = (*still_open, Condition(Risk.owner_field, "=", person.uid))
        for _, ref, score in rows(store, Query(Risk.kind, conditions, (("score", True),), limit=GRAVEST), ["score"]):
            owned.append(
                (score or 0, f"{ref} ({score or 'not scored'}) is owned by {person}, who {PARTED.get(mark, mark)}.")
            )
    worst = sorted(owned, key=lambda pair: -pair[0])[:GRAVEST]
    return [Note("risk.leaver", sentence) for _, sentence in worst]


def _near(store: Store, name: str) -> str:
    """Return who else may have been meant, as the end of a sentence; empty when nobody is called like that."""
    from tracker.rules.erasing.folding import same_name
    from tracker.rules.slips import is_near

    sought = same_name(name)
    people: dict[str, str] = {}  # by what they are called
    for _, ref, *texts in everybody(store):
        people |= {same_name(text): f"{ref} {texts[-1]}" for text in texts if text}
    likely = [text for text in people if sought in text.split() or text.startswith(sought)]
    likely += [text for text in people if is_near(sought, text)]
    links = list(dict.fromkeys(people[text] for text in likely))[:NEAR]
    return f"; near: {', '.join(links)}" if links else ""


class _JoinedMeanwhile(Exception):
    """Another process recorded the same person a moment ago."""


def add_person(store: Store, uid: str, name: str, tx: Tx) -> str:
    """Add the person who acts, inside a command; return the ref."""
    ref = entity("person").new_ref(store.next_numbers(["person"])["person"], tx.site)
    insert_row(store, "person", {"uid": uid, "ref": ref, "display_name": name[:LONGEST], "login": name[:LONGEST]})
    return ref
