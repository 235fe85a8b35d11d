"""One record as a page of plain lines, for a terminal and for a screen reader alike."""

import textwrap
from datetime import date

from tracker.cli.shell import data
from tracker.cli.shell.tables import terminal_width
from tracker.entities import Entity
from tracker.errors import TrackerError
from tracker.fields import REASONED
from tracker.rules.reading import show_named
from tracker.rules.wording import date_or, optional
from tracker.services.pages.given_ratings import given_of
from tracker.services.reading import Store, mark_of_link, page_values, said_of
from tracker.services.records.history_words import true_words
from tracker.services.records.journal import of_record, with_said
from tracker.services.records.notes import Note, known_as, notes_of

NAMESAKES = 20  # records of the same register that a page names
NOTES, LINES, LONGEST_NOTE = 3, 3, 300  # of the notes on a page: how many, how many lines and characters of each


def print_record(store: Store, register: type[Entity], uid: str, today: date, *, whole_notes: bool = False) -> None:
    """Print what is late, what is given, what is empty, ratings with their reasons, where dates moved, who and when."""
    fields = register.fields()
    page = page_values(store, register.kind, uid)
    if page is None:
        raise TrackerError(f"This {register.noun} did not exist on that day.")
    ref, values = page
    texts = {name: show_named(fields, name, value) for name, value in values.items()}
    data(f"{ref}  {texts[register.name_field]}")
    if values["deleted_at"]:
        data(f"REMOVED on {texts['deleted_at'][:10]} by {texts['deleted_by']}: {values['deleted_reason']}")
    width = max(len(field.label) for field in fields.values()) + 2
    if register.dues:
        _line_of_lateness(store, register, uid, today, width)
    empty = []
    for name, field in fields.items():
        text = texts[name]
        if field.target and text:
            text = text if field.target == "person" else str(values[name])
            text += optional(" (", mark_of_link(store, field.target, values[name], today), ")")
        if not text:
            empty.append(field.label.lower())
        elif name != register.name_field:
            _line(field.label, text, width)
    if empty:
        _line("Not given", ", ".join(empty), width)
    for rating in given_of(store, register, uid):
        _line(rating.label, rating.sentence, width)
    _line_of_namesakes(store, register, uid, width)
    for entry in known_as(store, uid):
        _line("Known as", " ".join(filter(None, (entry.source, entry.code, entry.url))), width)
    for name, remark in said_of(store, uid).items():
        if remark.source:
            _line("Source", f"{fields[name].label}: {remark.source}", width)
    _moves(store, register, uid)
    _notes(notes_of(store, uid), width, whole=whole_notes)
    created, changed = (texts[name] or "outside the program" for name in ("created_at", "updated_at"))
    _line("Recorded", f"{created} by {texts['created_by'] or '—'}{_true_since(store, uid)}", width)
    if values["rev"] not in (0, 1):
        _line("Changed", f"{changed} by {texts['updated_by'] or '—'} (revision {values['rev']})", width)


def _line_of_lateness(store: Store, register: type[Entity], uid: str, today: date, width: int) -> None:
    """Print by how many days a record is late."""
    from tracker.cli.registers.lateness import Marks

    late = Marks(store, register, today, [uid]).text(uid)
    if late:
        _line("Days", late, width)


def _line_of_namesakes(store: Store, register: type[Entity], uid: str, width: int) -> None:
    """Print which records of the same register name this one, such as the duplicates of a risk."""
    fields = [field for field in register.stored() if field.target == register.kind and field.settable]
    if not fields:
        return
    from tracker.services.browsing import related

    named = [
        f"{row[1]} ({field.label.lower()})"
        for field in fields
        for row in related(store, register, field, uid, limit=NAMESAKES).rows
    ]
    if named:
        _line("Named by", ", ".join(named), width)


def _true_since(store: Store, uid: str) -> str:
    """Return since when the record is true, where it was recorded later."""
    for change in of_record(store, uid)[:1]:
        return optional("; ", true_words(change))
    return ""


def _notes(notes: list[Note], width: int, *, whole: bool) -> None:
    """Print the notes on a record, the newest first: of each its first lines, of many the newest, else all of all."""
    for note in notes if whole else notes[:NOTES]:
        lines = note.text.strip().splitlines()
        is_cut = not whole and (len(lines) > LINES or len(note.text) > LONGEST_NOTE)
        text = note.text.strip() if whole else "\n".join(lines[:LINES])[:LONGEST_NOTE]
        head = f"{date_or(note.day)} {note.author}".strip()
        _line(f"Note {note.ref}", f"{head}\n{text}{' …' if is_cut else ''}", width)
    if len(notes) > NOTES and not whole:
        _line("", f"{len(notes) - NOTES} older notes: --notes prints all", width)


def _line(label: str, text: str, width: int) -> None:
    room = max((terminal_width() or 100) - width, 30)
    lines = [part for line in text.splitlines() for part in (textwrap.wrap(line, room) or [""])]
    data(f"{label:<{width}}{lines[0]}")
    for line in lines[1:]:
        data(" " * width + line)


def _moves(store: Store, register: type[Entity], uid: str) -> None:
    """Print each change of a field whose changes need a reason: the forecast history and its like."""
    fields = register.fields()
    stood: dict[str, object] = {}  # what a field held before it was cleared
    for change in with_said(store, register.kind, uid):
        field = fields.get(change.field)
        if field is None or REASONED not in field.flags:
            continue
        before = change.old or stood.pop(field.name, None)
        if not before:
            continue
        if not change.new:
            stood[field.name] = before
        old, new = (show_named(fields, field.name, value) for value in (before, change.new))
        sentence = f"{field.label} moved on {change.true_day or change.day or '?'} from {old} to {new or 'empty'}"
        _line("", ": ".join(filter(None, (sentence, change.reason))), 2)
