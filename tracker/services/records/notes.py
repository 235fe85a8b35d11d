"""Notes of any length on any record, and under which identifiers other systems keep it."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tracker import errors
from tracker.entities import AttachedNote, Identifier, entity
from tracker.errors import Invalid, Problem
from tracker.rules.wording import taken_out
from tracker.storage import Acting, Condition, Link, Query, Store
from tracker.storage.queries import links, rows
from tracker.text import clean

if TYPE_CHECKING:
    from tracker.services.records.writing import Saved


class Note(NamedTuple):
    """A note on a record: its uid and ref, the whole text, who wrote it and when."""

    uid: str
    ref: str
    text: str
    author: str
    day: date | None


class Known(NamedTuple):
    """What another system calls a record: uid and ref of the entry, the system, its code, and where it is there."""

    uid: str
    ref: str
    source: str
    code: str
    url: str


def notes_of(store: Store, uid: str) -> list[Note]:
    """Return the notes on a record, the newest first; the removed are not among them."""
    query = Query(AttachedNote.kind, (Condition("about", "=", uid),), (("written_on", False),))
    oldest_first = [
        Note(note, ref, text, author.name if isinstance(author, Link) else "", day)
        for note, ref, text, author, day in rows(store, query, ["text", "author", "written_on"])
    ]
    return oldest_first[::-1]


def add_note(store: Store, kind: str, uid: str, text: str, by: Acting) -> "Saved":
    """Attach a note to a record, as restricted as it is. Raises Invalid, TrackerError without a record."""
    from tracker.services.records.checking import present
    from tracker.services.records.writing import editing

    cleaned, removed = clean(text, lines=True)
    if not cleaned.strip():
        raise Invalid([Problem("text", "note.empty", "Write what the note is to say.")])
    with editing(store, by, "note.add") as edit:
        values = present(store, entity(kind), uid).values
        about = {"about": uid, "about_kind": kind, "visibility": _visibility(values.get("visibility"))}
        saved = edit.add(AttachedNote, {**about, "text": cleaned, "author": by.person})
    if removed:
        saved = saved._replace(notes=(*saved.notes, errors.Note("cleaned", taken_out("Text", removed))))
    return saved


def _visibility(of_record: object) -> str:
    return "restricted" if of_record == "restricted" else "internal"


def known_as(store: Store, uid: str) -> list[Known]:
    """Return what other systems call a record, in the order in which it was recorded."""
    query = Query(Identifier.kind, (Condition("about", "=", uid),))
    return [
        Known(entry, ref, source, code, url or "")
        for entry, ref, source, code, url in rows(store, query, ["source", "code", "url"])
    ]


def all_known(store: Store) -> list[tuple[Known, Link | None]]:
    """Return what other systems call records, each with the record (None: gone), in the order of recording."""
    entries = rows(store, Query(Identifier.kind), ["source", "code", "url", "about_kind", "about"])
    called = {kind: links(store, kind) for kind in {entry[5] for entry in entries}}
    return [
        (Known(entry, ref, source, code, url or ""), called[kind].get(about))
        for entry, ref, source, code, url, kind, about in entries
    ]


def add_identifier(
    store: Store, kind: str, uid: str, source: str, code: str, by: Acting, *, url: str | None = None
) -> "Saved":
    """Record what another system calls a record.

    Raises Invalid where the system calls another record so, naming it, and TrackerError when the record is gone.
    """
    from tracker.services.records.checking import present
    from tracker.services.records.writing import editing
    from tracker.storage.search import identified

    (source, odd_source), (code, odd_code) = clean(source), clean(code)
    with editing(store, by, "identifier.add") as edit:
        ref = present(store, entity(kind), uid).ref
        for taken_by, link in identified(store, code, source):
            reason = f"{ref} has it already" if link.uid == uid else f"it is that of {link} ({entity(taken_by).noun})"
            raise Invalid([Problem("code", "identifier.taken", f"{source} {code} is taken: {reason}.")])
        values = {"about": uid, "about_kind": kind, "source": source, "code": code, "url": url}
        saved = edit.add(Identifier, values)
    removed = [taken_out(label, odd) for label, odd in (("Source", odd_source), ("Identifier", odd_code)) if odd]
    return saved._replace(notes=(*saved.notes, *(errors.Note("cleaned", sentence) for sentence in removed)))
