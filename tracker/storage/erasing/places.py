"""Where a person stands in a programme file: in records, in the journal, and in the reasons of commands."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from tracker.entities import Entity, all_entities, entity
from tracker.fields import PERSONAL, Field
from tracker.rules.erasing.finding import Finder, Hit
from tracker.rules.erasing.forms import forms
from tracker.storage.journal.chain import Content, unpack
from tracker.storage.people import PERSONAL_FIELDS, known_as, surroundings
from tracker.storage.schema import RECORD, RESTATED
from tracker.storage.store import Raw, Store


class Place(NamedTuple):
    """A text in which a person stands: where it is, the ref of what it belongs to, its field, and the hits in it.

    ``key`` is the ref of a record, of a reason ``#12`` with the number of its change.
    """

    where: Literal["record", "journal", "reason"]
    key: str
    field: str
    text: str
    hits: tuple[Hit, ...]


def finder_for(store: Store, uids: list[str]) -> Finder:
    """Return what finds a person, given by all their records, in texts."""
    return Finder(forms(known_as(store, uids), surroundings(store, uids)))


def free_fields(kind: type[Entity]) -> dict[str, Field]:
    """Return the stored fields into which people write what they like, by name."""
    return {field.name: field for field in kind.stored() if _is_free(field)}


def _is_free(field: Field) -> bool:
    free = field.kind in ("text", "list") and not field.choices and not field.glob
    return free and PERSONAL not in field.flags


def free_texts(store: Store, kind: type[Entity]) -> Iterator[tuple[str, str, dict[str, Raw]]]:
    """Yield uid, ref and the texts by field of each record in which people write what they like."""
    names = [*free_fields(kind), "deleted_reason"]
    columns = ", ".join(f'"{name}"' for name in names)
    for uid, ref, *values in store.read(f'SELECT uid, ref, {columns} FROM "{kind.kind}"'):
        yield uid, ref, dict(zip(names, values, strict=True))


def contents_of(field: str, value: Content) -> Iterable[tuple[str, Content]]:
    """Return field and value of all that an entry of the journal holds: a packed record holds many."""
    if field in (RECORD, RESTATED) and value is not None:
        return unpack(str(value)).items()
    return ((field, value),)


def key_of(store: Store, kind: str, uid: str, contents: Iterable[tuple[str, Content]]) -> str:
    """Return the ref of the record of a journal entry; of one that is no more, as the entry has it, or its uid."""
    rows = store.read(f'SELECT ref FROM "{kind}" WHERE uid = ?', (uid,))
    return str(rows[0][0]) if rows else str(dict(contents).get("ref") or uid[:13])


def places(store: Store, uids: list[str], finder: Finder) -> Iterator[Place]:
    """Yield where a person stands, own records (given by uid) included; frozen papers are not looked into."""
    yield from _own(store, uids)
    for kind in all_entities():
        labels = kind.labels()
        for _, ref, texts in free_texts(store, kind):
            for name, text in texts.items():
                yield from _place("record", ref, labels.get(name, "Why removed"), text, finder)
    yield from _in_journal(store, uids, finder)
    for number, reason in store.read("SELECT id, reason FROM tx WHERE salt IS NOT NULL AND reason IS NOT NULL"):
        yield from _place("reason", f"#{number}", "Reason", reason, finder)


def _place(
    where: Literal["record", "journal", "reason"], key: str, field: str, text: Content, finder: Finder
) -> Iterator[Place]:
    if isinstance(text, str):
        hits = tuple(finder.hits(text))
        if hits:
            yield Place(where, key, field, text, hits)


def _own(store: Store, uids: list[str]) -> Iterator[Place]:
    """Yield the personal data of the person's own records, which go whole."""
    labels = entity("person").labels()
    columns = ", ".join(f'"{name}"' for name in PERSONAL_FIELDS)
    for uid in uids:
        for ref, *texts in store.read(f"SELECT ref, {columns} FROM person WHERE uid = ?", (uid,)):
            for name, text in zip(PERSONAL_FIELDS, texts, strict=True):
                if text:
                    yield Place("record", ref, labels[name], text, (Hit(0, len(text), "certain", text),))


def _in_journal(store: Store, uids: list[str], finder: Finder) -> Iterator[Place]:
    seen: set[tuple[str, str, str]] = set()  # a text is often told of twice: as the new value, then as the old
    for kind, uid, field, *values in store.read(
        "SELECT kind, row, field, old, new FROM change WHERE salt IS NOT NULL ORDER BY id"
    ):
        for value in values:
            contents = list(contents_of(field, value))
            for name, text in contents:
                own = uid in uids and name in PERSONAL_FIELDS
                if own or not isinstance(text, str) or (uid, name, text) in seen:
                    continue
                seen.add((uid, name, text))
                for place in _place("journal", "", name, text, finder):
                    label = entity(kind).labels().get(name, "Why removed")
                    yield place._replace(key=key_of(store, kind, uid, contents), field=label)
