"""What a record's page shows, read in a worker thread."""

from typing import Any, NamedTuple

from screens.lists.cells import RATING_TONES, is_rating
from screens.record.extra import Extra
from screens.record.extras import read_extras
from screens.record.history import Event, history
from screens.work import Programme
from tracker.entities import Entity, all_entities, entity
from tracker.entities.base import STAMPS
from tracker.fields import Field, rating_text
from tracker.rules.reading import show
from tracker.rules.when import show_date
from tracker.storage.queries import Condition, Link, Query, count, rows
from tracker.storage.store import Store

SHOWN = 8  # related records of one kind
COMMON = ("visibility", "sensitivity", "tags")
NOTHING = "not recorded"


class Line(NamedTuple):
    """A label and what belongs to it; ``kind`` and ``uid`` say to which record it leads, if to one."""

    label: str
    text: str
    tone: str = ""
    kind: str = ""
    uid: str = ""


class Part(NamedTuple):
    """Lines under a heading."""

    title: str
    lines: tuple[Line, ...]


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
    events: tuple[Event, ...]
    values: dict[str, Any]
    extras: tuple[Extra, ...] = ()


def read_page(programme: Programme, kind: str, uid: str) -> Page | None:
    """Return what the page of a record shows; None when it does not exist any more."""
    store, which = programme.store(), entity(kind)
    names = [*which.fields(), *STAMPS]
    here = Condition("uid", "=", uid)
    found = next(
        (row for gone in (False, True) for row in rows(store, Query(kind, (here,), deleted=gone), names)), None
    )
    if found is None:
        return None
    values = dict(zip(names, found[2:], strict=True))
    lines = {name: _line(field, values[name]) for name, field in which.fields().items()}
    name = lines[which.name_field].text if values[which.name_field] is not None else ""
    empty = tuple(line for field, line in lines.items() if not line.text and not _always(which, field))
    return Page(
        found[1],
        name,
        _removed(values),
        tuple(_parts(which, lines, values)),
        Part("Not recorded", tuple(line._replace(text="—", tone="muted") for line in empty)),
        tuple(_related(store, kind, uid)),
        tuple(history(store, uid)),
        {field: getattr(value, "uid", value) for field, value in values.items() if field in which.fields()},
        read_extras(store, kind, uid, programme.today()),
    )


def _always(which: type[Entity], name: str) -> bool:
    return which.fields()[name].show.column or name == which.lead_field


def _line(field: Field, value: Any) -> Line:
    if isinstance(value, Link):
        return Line(field.label, str(value), "", field.target, value.uid)
    if is_rating(field):
        return Line(field.label, rating_text(value), RATING_TONES.get(value or "not_rated", "muted"))
    if field.kind == "date" and value is not None:
        return Line(field.label, show_date(value))
    return Line(field.label, show(field, value))


def _parts(which: type[Entity], lines: dict[str, Line], values: dict[str, Any]) -> list[Part]:
    groups: dict[str, list[Line]] = {
        title: [] for title in ("", "In words", "Linked to", "Dates", "Money", "Details", "Record")
    }
    for name, field in which.fields().items():
        line = lines[name]
        if _always(which, name):
            groups[""].append(line if line.text else line._replace(text=NOTHING, tone="muted"))
        elif line.text:
            groups["Record" if name in COMMON else _group(field)].append(line)
    for stamp, words in (("created", "Added"), ("updated", "Changed")):
        at, by = values[f"{stamp}_at"], values[f"{stamp}_by"]
        if at:
            groups["Record"].append(Line(words, _stamp(at, by)))
    return [Part(title, tuple(some)) for title, some in groups.items() if some]


def _group(field: Field) -> str:
    if field.show.lines > 1:
        return "In words"
    return {"reference": "Linked to", "date": "Dates", "money": "Money"}.get(field.kind, "Details")


def _stamp(at: str, by: Link | None) -> str:
    return f"{at[:10]} {at[11:16]} UTC" + (f" by {by.name}" if by else "")


def _removed(values: dict[str, Any]) -> str:
    if not values["deleted_at"]:
        return ""
    return f"Removed {_stamp(values['deleted_at'], values['deleted_by'])}: {values['deleted_reason'] or 'no reason'}"


def pointing_at(kind: str) -> list[tuple[type[Entity], Field]]:
    """Return the kinds whose records may point at a record of this kind, each with the field that does."""
    return [
        (other, field)
        for other in all_entities()
        if not other.hidden and other.kind != "programme"
        for field in other.stored()
        if field.target == kind
    ]


def titled(kind: str, other: type[Entity], field: Field) -> str:
    """Return the name of a relation: the plural, with the field when the kind points here through several."""
    several = sum(one is other for one, _ in pointing_at(kind)) > 1
    plural = other.plural[0].upper() + other.plural[1:]
    return f"{plural} ({field.label.lower()})" if several else plural


def _related(store: Store, kind: str, uid: str) -> list[Related]:
    found = []
    for other, field in pointing_at(kind):
        here = (Condition(field.name, "=", uid),)
        total = count(store, Query(other.kind, here))
        if total:
            sort = ((other.date_field, True), ("ref", True)) if other.date_field else (("ref", True),)
            columns = [column for column in other.columns() if column.name != field.name]
            some = rows(store, Query(other.kind, here, sort, limit=SHOWN), [column.name for column in columns])
            lines = tuple(_in_a_line(other, columns, row) for row in some)
            found.append(Related(other.kind, field.name, titled(kind, other, field), total, lines))
    return found


def _in_a_line(which: type[Entity], columns: list[Field], row: tuple[Any, ...]) -> Line:
    """Return a record as a line: numbers say what they are of, and what is not there is left out."""
    parts, tone = [], ""
    for column, value in zip(columns, row[2:], strict=True):
        if value is None or value in ("none", ()):
            continue
        line = _line(column, value)
        text = show(column, value) if column.target else line.text
        named = column.kind in ("number", "decimal", "money", "yes_no")
        parts.append(f"{column.label.lower()} {text}" if named else text)
        tone = tone or line.tone
    return Line(row[1], " · ".join(parts), tone, which.kind, row[0])
