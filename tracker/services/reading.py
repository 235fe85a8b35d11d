"""Reading a programme file, for the fronts: they know records, rows and days, and nothing of how they are stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from tracker.entities import Entity, Person, entity
from tracker.entities.base import STAMPS, called, ended_word
from tracker.errors import Note, TrackerError
from tracker.fields import Value
from tracker.rules.reading import show_named
from tracker.rules.wording import ended
from tracker.storage import Acting, Condition, Query, Store, rating_scale, record, records
from tracker.storage.columns.sql import Link, stored_value
from tracker.storage.queries import among, rows

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.storage.said import Said
    from tracker.storage.search import Hit

__all__ = [
    "STAMPS",
    "Acting",
    "Condition",
    "Link",
    "Query",
    "Store",
    "among",
    "erasures_since",
    "find_programme",
    "find_text",
    "mark_of_link",
    "on_day",
    "open_programme",
    "page_values",
    "record",
    "records",
    "refs_from",
    "rows",
    "said_of",
    "scale_now",
    "store_on_day",
    "stored_value",
]


def open_programme(path: "str | Path", *, read_only: bool = False, user: str = "") -> Store:
    """Return a programme file, open, for a user whom ``me`` means. Raises FileTrouble when it cannot be used."""
    store = Store.open(path, read_only=read_only)
    store.user = user
    return store


@contextmanager
def on_day(store: Store, day: date | None, *, known: bool = False) -> Iterator[Store]:
    """Give a file as it was at the end of a day, in memory; the file itself for None.

    ``known``: as it is now known of that day, whenever it was recorded.
    """
    if day is None:
        yield store
        return
    with store_on_day(store, day, known=known) as then:
        yield then


def store_on_day(store: Store, day: date, *, known: bool = False) -> Store:
    """Return a file as it was at the end of a day, in memory; close it after use. ``known`` as in ``on_day``."""
    from tracker.storage.journal.asof import on_day as shown_on_day

    past = shown_on_day(store, day, known=known)
    past.user = store.user
    return past


def require_begun(store: Store, day: date, *, known: bool = False) -> None:
    """Raise TrackerError when nothing had been recorded by the end of a day; ``known``: nothing is known of it."""
    sentence = not_begun(store, day, known=known)
    if sentence:
        raise TrackerError(sentence, "day.before")


def not_begun(store: Store, day: date, *, known: bool = False) -> str:
    """Return the sentence that says that nothing had been recorded by the end of a day; empty where something had."""
    from tracker.storage.journal.moments import anything_on

    if anything_on(store, day, true=known):
        return ""
    from tracker.rules.wording import date_or, optional, show_date
    from tracker.storage.journal.history import first_day

    begins = optional(" The file begins on ", date_or(first_day(store)), ".")
    return f"Nothing had been recorded by {show_date(day)}.{begins}"


def erasures_since(store: Store, register: type[Entity], day: date) -> str:
    """Return what is not shown as it was at the end of a day, since it was erased later; empty where all is.

    Looks at the records of a register and at those that they point at.
    """
    from tracker.rules.wording import counted
    from tracker.storage.journal.moments import erased_since

    kinds = {register.kind, *(field.target for field in register.fields().values() if field.target)}
    number = erased_since(store, day, sorted(kinds))
    if not number:
        return ""
    records = counted(number, "record is", "records are")
    return f"{records} not shown as on {day.isoformat()}: an erasure since has taken names out."


def page_values(store: Store, kind: str, uid: str) -> tuple[str, dict[str, Value | Link]] | None:
    """Return the ref of a record, removed or not, and every value of it with who wrote it when; references as links.

    None when the record does not exist any more.
    """
    names = [*entity(kind).fields(), *STAMPS]
    same = Query(kind, (Condition("uid", "=", uid),))
    for query in (same, same._replace(deleted=True), same._replace(aliases=True)):
        for row in rows(store, query, names, annotated=True):
            return row[1], dict(zip(names, row[2:], strict=True))
    return None


def mark_of_link(store: Store, target: str, value: "Value | Link", today: date) -> str:
    """Return how a page marks a record that another names: removed, left 20 Nov 2026, stopped; empty if it is there.

    ``target`` is the kind of record that a reference names.
    """
    named = record(store, entity(target), value.uid) if isinstance(value, Link) else None
    if named is None:
        return ""
    if named.deleted_at:
        return "removed"
    if not isinstance(named, Person):
        return ended_word(named, today)
    from tracker.rules.leavers import parting

    return parting(named, today)


def find_programme(store: Store) -> str:
    """Return the uid of the programme. Raises TrackerError when the file holds none."""
    for uid, _ in rows(store, Query("programme", limit=1), []):
        return str(uid)
    raise TrackerError("The file holds no programme yet.", "file.no_programme")


def said_of(store: Store, uid: str) -> "dict[str, Said]":
    """Return what is said of the fields of a record beside their values, by the name of the field."""
    from tracker.storage.said import said_of as of_record

    return of_record(store, uid)


def scale_now(store: Store) -> str:
    """Return the scale on which the programme rates now."""
    return rating_scale(store)


def gone_by_ref(store: Store, text: str) -> Note | None:
    """Return what became of the record that a text names by its ref, where it was removed; no search finds it."""
    from tracker.services.records.finding import named_by_ref

    named = named_by_ref(store, text)
    page = named and page_values(store, named[0], named[1].uid)
    if not named or not page or not page[1]["deleted_at"]:
        return None
    kind, record = named
    texts = {name: show_named(entity(kind).fields(), name, value) for name, value in page[1].items()}
    removed = f"{record.ref} was removed on {texts['deleted_at'][:10]} by {texts['deleted_by']}"
    return Note("found_removed", f"{removed}: {ended(texts['deleted_reason'])}", kind=kind, ref=record.ref)


def find_text(store: Store, text: str, *, limit: int) -> "list[Hit]":
    """Return the records that hold all words of a text, the best first; the last word may be begun."""
    from tracker.storage.search import find_text as find

    return find(store, text, limit=limit, ranked=True)


def refs_from(store: Store, kind: str, prefix: str, name: str, limit: int) -> list[tuple[str, str]]:
    """Return ref and name of the records of a kind whose ref begins with some signs; ``name`` is the field's."""
    begins = (Condition("ref", ">=", prefix), Condition("ref", "<", prefix + "\U0010ffff"))
    query = Query(kind, begins if prefix else (), limit=limit)
    return [(ref, called(entity(kind), text)) for _, ref, text in rows(store, query, [name])]
