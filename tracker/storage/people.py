"""Who is who in a programme file: people with all their records, and all by which they are and were known."""

from tracker.entities import Entity, Person, all_entities
from tracker.fields import ABOUT, PERSONAL
from tracker.rules.erasing.forms import Known, Surroundings
from tracker.storage.columns.sql import ALIAS, Link
from tracker.storage.journal.chain import unpack
from tracker.storage.queries import marks
from tracker.storage.rows import update_row
from tracker.storage.schema import RECORD, RESTATED
from tracker.storage.store import Store

PERSONAL_FIELDS = tuple(field.name for field in Person.stored() if PERSONAL in field.flags)
NO_NAME = "Former staff"
TIED = ("note", "identifier")  # what is tied to any record; what is said of a field stays with its record
# What words of a programme are the names of, beside people.
_THINGS = (
    ("person", ("role_title", "organisation", "team")),
    ("programme", ("name",)),
    ("pilot", ("name",)),
    ("service", ("name",)),
    ("standard", ("name",)),
)


def records_of(store: Store, uid: str) -> list[str]:
    """Return the uids of all records of a person, that of the record that counts first."""
    rows = store.read(
        "SELECT p.uid FROM person p JOIN person of ON of.uid = ?1 "
        "WHERE coalesce(of.alias_of, of.uid) IN (p.uid, p.alias_of) ORDER BY p.alias_of IS NOT NULL, p.id",
        (uid,),
    )
    return [row[0] for row in rows]


def aliases(store: Store, uid: str) -> list[tuple[Link, str | None]]:
    """Return the records whose place a person's took, each with its login."""
    rows = store.read("SELECT uid, ref, display_name, login FROM person WHERE alias_of = ? ORDER BY id", (uid,))
    return [(Link(*link), login) for *link, login in rows]


def nameless(role: str | None) -> str:
    """Return what stands in the place of the name of somebody who was erased."""
    return f"{NO_NAME} ({role})" if role else NO_NAME


def is_erased(store: Store, uid: str) -> bool:
    """Whether a person was erased: the journal does not hold the name any more, and the record has none."""
    rows = store.read(
        "SELECT 1 FROM person p WHERE p.uid = ?1 AND p.display_name IN (?2, ?2 || ' (' || p.role_title || ')') "
        "AND EXISTS (SELECT 1 FROM change WHERE row = ?1 AND salt IS NULL)",
        (uid, NO_NAME),
    )
    return bool(rows)


def known_as(store: Store, uids: list[str]) -> Known:
    """Return every name, address and login that records of a person have and had."""
    columns = ", ".join(f'"{name}"' for name in PERSONAL_FIELDS)
    texts: dict[str, dict[str, None]] = {name: {} for name in PERSONAL_FIELDS}  # in the order they are met
    for row in store.read(f"SELECT {columns} FROM person WHERE uid IN ({marks(uids)})", uids):
        for name, text in zip(PERSONAL_FIELDS, row, strict=True):
            texts[name][str(text or "")] = None
    journal = f"SELECT field, old, new FROM change WHERE row IN ({marks(uids)}) AND salt IS NOT NULL"
    for field, old, new in store.read(journal, uids):
        for value in (old, new):
            values = unpack(value) if field in (RECORD, RESTATED) and value is not None else {field: value}
            for name in PERSONAL_FIELDS:
                texts[name][str(values.get(name) or "")] = None
    names, addresses, logins = (_known(texts[name]) for name in ("display_name", "email", "login"))
    return Known(names, addresses, logins)


def _known(texts: dict[str, None]) -> tuple[str, ...]:
    return tuple(text for text in texts if text.strip() and not text.startswith(NO_NAME))


def surroundings(store: Store, uids: list[str]) -> Surroundings:
    """Return what names and words mean in a programme beside the records of one person."""
    others = store.read(f"SELECT display_name, login FROM person WHERE uid NOT IN ({marks(uids)})", uids)
    people = tuple(text for row in others for text in row if text and not text.startswith(NO_NAME))
    things = []
    for kind, names in _THINGS:
        columns = " || ' ' || ".join(f"coalesce(\"{name}\", '')" for name in names)
        things += [row[0] for row in store.read(f'SELECT DISTINCT {columns} FROM "{kind}"')]
    return Surroundings(people, tuple(things))


def repoint(store: Store, alias: str, person: str) -> int:
    """Let a person's record take the place of another (both given by uid), inside a command: all references go there.

    Removed and hidden records are among them. Return how many records were changed.
    """
    changed: set[str] = set()
    for kind in all_entities():
        for field in _pointing(kind):
            for (uid,) in store.read(f'SELECT uid FROM "{kind.kind}" WHERE "{field}" = ?', (alias,)):
                update_row(store, kind.kind, uid, {field: person})
                changed.add(uid)
    update_row(store, Person.kind, alias, {ALIAS: person})
    return len(changed)


def _pointing(kind: type[Entity]) -> list[str]:
    """Return the fields of a register that may point at a person."""
    tied = kind.kind in TIED
    return [field.name for field in kind.stored() if field.target == Person.kind or (tied and ABOUT in field.flags)]
