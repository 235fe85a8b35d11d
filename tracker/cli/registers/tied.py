"""What is tied to a record of any register: notes, identifiers of other systems; and showing a record by either."""

import sys
from typing import TYPE_CHECKING

import click

from tracker.cli.registers.field_options import Reference
from tracker.cli.shell import (
    AS_CSV,
    AS_JSON,
    Session,
    Suggesting,
    as_csv,
    as_json,
    command,
    confirm_saved,
    data,
    json_object,
    json_value,
    misused,
    words,
)
from tracker.cli.shell.tables import listing
from tracker.rules.wording import date_or
from tracker.text import clean

if TYPE_CHECKING:
    from tracker.services.records.notes import Note

REASON = click.option("--reason", metavar="TEXT", help="Why it is taken away.")


@command("tracker show GMPP_0007")
@click.argument("ref", type=Reference())
@click.option("--notes", "notes_", is_flag=True, help="With all its notes, whole.")
@click.option("--as-of", metavar="DATE", help="As it was at the end of that day.")
@click.option("--true-on", metavar="DATE", help="What is now known of that day.")
@AS_JSON
def show(session: Session, ref: str, notes_: bool, as_of: str | None, true_on: str | None, json_: bool) -> None:
    """Show any record, by its ref, its name, or what another system calls it."""
    from tracker.cli.registers.actions import former_ref, show_record
    from tracker.entities import entity
    from tracker.errors import TrackerError
    from tracker.services.records.finding import resolve_any

    with session.store(read_only=True) as store:
        try:
            kind, link = resolve_any(store, ref)
        except TrackerError as error:
            kind, link = resolve_any(store, former_ref(error))
    show_record(session, entity(kind), link.ref, as_of=as_of, true_on=true_on, json=json_, notes=notes_)


@command('tracker note P-01 "The supplier agreed to the date by telephone"')
@click.argument("ref", type=Reference())
@click.argument("text", required=False)
@click.option("--remove", is_flag=True, help="Take away a note, named by its own ref; it needs a reason.")
@REASON
def note(session: Session, ref: str, text: str | None, remove: bool, reason: str | None) -> None:
    """Attach a note of any length to a record; “-” reads it from standard input, its lines kept.

    Author and day are noted by themselves. Notes stand in no paper. “tracker notes REF” prints them.
    """
    from tracker.services.records.finding import resolve_any

    if remove and text is not None:
        raise misused("Say --remove with the ref of the note alone, such as “tracker note N-001 --remove”.")
    if text == "-":
        text = sys.stdin.read()
    with session.store() as store:
        kind, link = resolve_any(store, ref)
        if remove:
            _remove(session, "note", link.ref, reason or "")
            return
        from tracker.services.records.notes import add_note

        saved = add_note(store, kind, link.uid, text or "", session.acting(store))
    confirm_saved(saved, f"Noted on {link.ref}. “tracker undo” takes it back.")


@command("tracker notes P-01")
@click.argument("ref", type=Reference())
@AS_CSV
@AS_JSON
def notes(session: Session, ref: str, csv_: bool, json_: bool) -> None:
    """Print the notes on a record, whole, the newest first."""
    from tracker.services.records.finding import resolve_any
    from tracker.services.records.notes import notes_of

    with session.store(read_only=True) as store:
        _, link = resolve_any(store, ref)
        attached = notes_of(store, link.uid)
    if json_:
        as_json([json_object(entry) for entry in attached])
        return
    if csv_:
        rows = [[entry.ref, entry.day.isoformat() if entry.day else "", entry.author, entry.text] for entry in attached]
        as_csv(["Ref", "Written on", "Author", "Text"], rows)
        return
    for entry in attached:
        data(head_of(entry))
        for line in entry.text.splitlines():
            data(f"  {line}".rstrip())
    if not attached:
        words(f"No notes on {link.ref}.")


def head_of(note: "Note") -> str:
    """Return the ref of a note, who wrote it and when."""
    return f"{note.ref}  {date_or(note.day)}  {note.author}".rstrip()


def _remove(session: Session, kind: str, ref: str, reason: str) -> None:
    from tracker.services.records.finding import resolve_ref
    from tracker.services.records.writing import remove as remove_record

    with session.store() as store:
        uid = resolve_ref(store, kind, ref).uid
        saved = remove_record(store, kind, uid, session.acting(store), reason=reason)
    data(saved.ref)
    words("Removed. “tracker undo” brings it back.")


@click.group(name="id", cls=Suggesting)
def identifiers() -> None:
    """What other systems call records: numbers and names from portfolios, tickets, registers.

    Every command that takes a ref takes such an identifier as well.
    """


@command("tracker id add P-01 GMPP GMPP_0007", name="add", group=identifiers)
@click.argument("ref", type=Reference())
@click.argument("source")
@click.argument("code")
@click.option("--url", metavar="ADDRESS", help="Where it is in the other system.")
def add_id(session: Session, ref: str, source: str, code: str, url: str | None) -> None:
    """Record what another system (SOURCE) calls a record (CODE); it calls no other one so."""
    from tracker.services.records.finding import named_by_ref, resolve_any
    from tracker.services.records.notes import add_identifier

    with session.store() as store:
        kind, link = resolve_any(store, ref)
        named = named_by_ref(store, code)
        saved = add_identifier(store, kind, link.uid, source, code, session.acting(store), url=url)
    if named is not None and named[1].uid != link.uid:
        words(f"“{code}” alone goes on meaning {named[1]}: a ref wins. Write “{source}:{code}” for {link.ref}.")
    confirm_saved(saved, f"{link.ref} is {clean(source).text} {clean(code).text}. “tracker undo” takes it back.")


@command("tracker id list P-01", name="list", group=identifiers)
@click.argument("ref", type=Reference(), required=False)
@AS_CSV
@AS_JSON
def list_ids(session: Session, ref: str | None, csv_: bool, json_: bool) -> None:
    """List what other systems call a record; without REF, of all records."""
    from tracker.services.records.finding import resolve_any
    from tracker.services.records.notes import all_known, known_as

    with session.store(read_only=True) as store:
        link = resolve_any(store, ref)[1] if ref else None
        entries = [(known, link) for known in known_as(store, link.uid)] if link else all_known(store)
    rows = [[entry.ref, str(record or ""), entry.source, entry.code, entry.url] for entry, record in entries]
    objects = [{**json_object(entry), "record": json_value(record)} for entry, record in entries]
    listing(["Ref", "Of", "Source", "Identifier", "Address"], rows, json=json_, csv=csv_, objects=objects, wide=[1, 4])
    if not entries:
        words(f"No other system's identifier of {link.ref if link else 'any record'} is recorded.")


@command('tracker id remove ID-001 --reason "Typed wrongly"', name="remove", group=identifiers)
@click.argument("ref", metavar="ID", type=Reference("identifier"))
@REASON
def remove_id(session: Session, ref: str, reason: str | None) -> None:
    """Take away an identifier, by its own ref or its code, for a reason."""
    _remove(session, "identifier", ref, reason or "")
