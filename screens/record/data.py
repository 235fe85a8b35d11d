"""What a record's page shows, read in a worker thread."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from screens.lists.cells import is_rating, rating_cell
from screens.record.history import History, history
from screens.record.lines import Extra, Line, Part
from screens.work import Programme, local_time
from tracker.entities import Entity, Journey, Metric, Pilot, all_entities, entity
from tracker.entities import Programme as ProgrammeRecord
from tracker.fields import Field, Nothing, Value
from tracker.rules.late import late_mark
from tracker.rules.reading import show
from tracker.rules.wording import date_or, optional, show_date
from tracker.services.browsing import Row, related
from tracker.services.late import late_of
from tracker.services.reading import Link, Store, erasures_since, mark_of_link, page_values, said_of
from tracker.services.records.journal import Wanted
from tracker.services.records.notes import Note, known_as, notes_of

NEWEST_RELATED = 8  # of one kind
NEWEST_NOTES, NOTE_LINES, NOTE_LENGTH = 8, 12, 2_000  # of notes on a page
COMMON = ("visibility", "sensitivity", "tags")
NOTHING = "not recorded"
MIDNIGHT = time()
GROUPS = ("", "In words", "Linked to", "Dates", "Money", "Details", "Record")
GROUP_OF = {"reference": "Linked to", "date": "Dates", "money": "Money"}
NUMERIC = ("number", "decimal", "money", "yes_no")

Values = Mapping[str, Value | Link]
ReadExtras = Callable[[Store, str, date], Sequence[Extra]]


class Related(NamedTuple):
    """The newest records of a kind that point here through a field, and how many there are."""

    kind: str
    field: str
    title: str
    total: int
    lines: tuple[Line, ...]


class Page(NamedTuple):
    """All that a page shows; ``values`` are what a correction of a record that is never changed begins with."""

    ref: str
    name: str
    removed: str
    parts: tuple[Part, ...]
    empty: Part
    related: tuple[Related, ...]
    history: History
    values: Values
    extras: tuple[Extra, ...] = ()


def read_page(programme: Programme, kind: str, uid: str, scope: Wanted = Wanted()) -> Page | None:  # noqa: B008
    """Return what the page of a record shows, with the part of its history that is wanted; None when it is gone."""
    store = programme.store()
    register = entity(kind)
    row = page_values(store, kind, uid)
    if row is None:
        return None
    ref, values = row
    fields = register.fields()
    lines = {name: _line(field, values[name]) for name, field in fields.items()}
    for name, line in lines.items():
        if line.kind:
            mark = mark_of_link(store, line.kind, values[name], programme.today())
            lines[name] = line._replace(text=line.text + optional(" (", mark, ")"))
    name = ""
    if values[register.name_field] is not None:
        name = lines[register.name_field].text
    empty = [line for name, line in lines.items() if not line.text and not _always(register, name)]
    first, *others = _parts(register, lines, values)
    first = first._replace(
        lines=(*_erased(programme, register), *_late(store, register, uid, programme.today()), *first.lines)
    )
    return Page(
        ref,
        name,
        _removal(values),
        (first, *others, *_tied(store, uid, register.labels())),
        Part("Not recorded", tuple(line._replace(text="—", tone="muted") for line in empty)),
        tuple(_related(store, kind, uid)),
        history(store, kind, uid, scope),
        {name: getattr(values[name], "uid", values[name]) for name in fields},
        _extras(store, kind, uid, programme.today()),
    )


def _late(store: Store, register: type[Entity], uid: str, today: date) -> list[Line]:
    """Return what of a record is late, above all else; what is counted apart is not called late."""
    deadlines = late_of(store, register, today, [uid])
    words = late_mark(deadlines, today)
    if not words:
        return []
    late = any(deadline.days_late(today) and not deadline.apart for deadline in deadlines)
    return [Line("Days", f"! {words}", "red") if late else Line("Days", words)]


def _erased(programme: Programme, register: type[Entity]) -> list[Line]:
    """Return what is not shown as it was on the earlier day that is looked at."""
    if programme.earlier is None or programme.hindsight:  # which shows what stands now, erased or not
        return []
    words = erasures_since(programme.file(), register, programme.earlier)
    return [Line("Erased since", words)] if words else []


def _tied(store: Store, uid: str, labels: Mapping[str, str]) -> list[Part]:
    """Return where values of a record come from, what other systems call it, and its notes, the newest first."""
    notes = notes_of(store, uid)
    codes = [Line(entry.source, f"{entry.code} {entry.url}".strip()) for entry in known_as(store, uid)]
    lines = [_note_line(note) for note in notes[:NEWEST_NOTES]]
    newest = f", the newest {NEWEST_NOTES}" if len(notes) > NEWEST_NOTES else ""
    sources = [
        Line(labels.get(name, name), remark.source) for name, remark in said_of(store, uid).items() if remark.source
    ]
    titled = {"Sources": sources, "Known as": codes, f"Notes ({len(notes)}{newest})": lines}
    return [Part(title, tuple(part)) for title, part in titled.items() if part]


def _note_line(note: Note) -> Line:
    text = short_lines(note.text)
    label = f"{date_or(note.day)} {note.author}"
    if text == note.text.strip():
        return Line(label, text)
    return Line(label, f"{text} (Enter opens all of it)", whole=note.text)


def short_lines(text: str) -> str:
    """Return the first lines of a note; its line opens the whole."""
    lines = text.strip().splitlines()
    first = "\n".join(lines[:NOTE_LINES])[:NOTE_LENGTH]
    return first if first == text.strip() else f"{first} …"


def _extras(store: Store, kind: str, uid: str, day: date) -> tuple[Extra, ...]:
    """Return what the page shows beyond the fields; the readers are loaded when the first page is opened."""
    from screens.record.journey_map import journey_extras
    from screens.record.metric_plot import metric_extras
    from screens.record.pilot_signals import pilot_extras

    readers: dict[str, ReadExtras] = {
        Metric.kind: metric_extras,
        Journey.kind: journey_extras,
        Pilot.kind: pilot_extras,
    }
    if kind not in readers:
        return ()
    return tuple(readers[kind](store, uid, day))


def _always(register: type[Entity], name: str) -> bool:
    return register.fields()[name].show.column or name == register.lead_field


def _line(field: Field, value: Value | Link) -> Line:
    if isinstance(value, Nothing):
        return Line(field.label, value.shown, "muted")
    if isinstance(value, Link):
        return Line(field.label, str(value), "", field.target, value.uid)
    if is_rating(field):
        return Line(field.label, *rating_cell(value))
    if isinstance(value, date):
        return Line(field.label, show_date(value))
    return Line(field.label, show(field, value))


def _parts(register: type[Entity], lines: dict[str, Line], values: Values) -> list[Part]:
    groups: dict[str, list[Line]] = {title: [] for title in GROUPS}
    for name, line in lines.items():
        if _always(register, name):
            groups[""].append(line if line.text else line._replace(text=NOTHING, tone="muted"))
        elif line.text:
            groups[_group(register.fields()[name])].append(line)
    for stamp, label in (("created", "Added"), ("updated", "Changed")):
        if values[f"{stamp}_at"]:
            groups["Record"].append(Line(label, _stamp(values, stamp)))
    return [Part(title, tuple(group)) for title, group in groups.items() if group]


def _group(field: Field) -> str:
    if field.name in COMMON:
        return "Record"
    if field.show.lines > 1:
        return "In words"
    return GROUP_OF.get(field.kind, "Details")


def _stamp(values: Values, deed: str) -> str:
    at = datetime.fromisoformat(str(values[f"{deed}_at"]))
    by = values[f"{deed}_by"]
    words = show_date(at.date())
    if at.time() != MIDNIGHT:  # else it is recorded as true on that day, at no time of it
        words = local_time(at)
    return f"{words} by {by.name}" if isinstance(by, Link) else words


def _removal(values: Values) -> str:
    if not values["deleted_at"]:
        return ""
    return f"Removed {_stamp(values, 'deleted')}: {values['deleted_reason'] or 'no reason'}"


def pointing_at(kind: str) -> list[tuple[type[Entity], Field]]:
    """Return the registers whose records may point at a record of this kind, each with the field that does."""
    return [
        (register, field)
        for register in all_entities()
        if not register.hidden and register is not ProgrammeRecord
        for field in register.stored()
        if field.target == kind
    ]


def relation_title(kind: str, register: type[Entity], field: Field) -> str:
    """Return the name of a relation: the plural, with the field when the register points here through several."""
    plural = register.plural[0].upper() + register.plural[1:]
    fields = [field for pointing, field in pointing_at(kind) if pointing is register]
    return plural if len(fields) == 1 else f"{plural} ({field.label.lower()})"


def _related(store: Store, kind: str, uid: str) -> list[Related]:
    relations = []
    for register, field in pointing_at(kind):
        newest = related(store, register, field, uid, limit=NEWEST_RELATED)
        if newest.total:
            lines = tuple(_related_line(register, newest.columns, row) for row in newest.rows)
            relations.append(
                Related(register.kind, field.name, relation_title(kind, register, field), newest.total, lines)
            )
    return relations


def _related_line(register: type[Entity], columns: list[Field], row: Row) -> Line:
    """Return a record as a line: numbers say what they are of, and what is not there is left out."""
    parts = []
    tone = ""
    uid, ref, *values = row
    for column, value in zip(columns, values, strict=True):
        if value is None or value in ("none", ()):
            continue
        line = _line(column, value)
        text = show(column, value) if column.target else line.text
        if column.kind in NUMERIC:
            text = f"{column.label.lower()} {text}"
        parts.append(text)
        tone = tone or line.tone
    return Line(ref, " · ".join(parts), tone, register.kind, uid)
