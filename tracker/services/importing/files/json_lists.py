"""Lists of objects in JSON: each is a table, with a column for each value, however deep it lies.

A list inside the objects of another is a table too; its rows have the values of the objects around them, under the name
of their list: ``data.sections.name``. A list of names with values, as boards keep their cells, gives columns instead.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.errors import TrackerError
from tracker.rules.importing.mapping import Layout
from tracker.rules.importing.sheets import EMPTY, Cell, Row, Sheet
from tracker.rules.wording import short
from tracker.services.importing.files.delimited import decoded
from tracker.services.importing.files.opening import SourceFile

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

DEEPEST = 8  # levels of names that become columns
JOINED = "; "  # between the plain values of a list
NAMED_BY = ("title", "name", "id", "columnId")  # what names a value where a list holds names with values


def sheets(source: SourceFile, layout: Layout) -> Sequence[Sheet]:
    """Return the lists of objects in a text, outer ones first, then the longest; each is named by where it stands.

    Raises TrackerError.
    """
    text, remarks = decoded(source, layout.encoding)
    name = short(source.name, 60)
    try:
        data: Json = json.loads(text)
    except RecursionError:
        raise TrackerError(f"“{name}” is nested too deeply.", "import.json") from None
    except ValueError as error:
        raise TrackerError(f"“{name}” is no JSON: {short(str(error), 120)}.", "import.json") from None
    tables = sorted(_tables("", data, 0), key=lambda table: (table.inside, -len(table.items)))
    return [_sheet(table, tuple(remarks)) for table in tables]


class _Table(NamedTuple):
    """A list of objects: where it stands, its items, each with the values around it, and in how many lists it is."""

    path: str
    items: list[dict[str, Cell]]
    inside: int


def _tables(path: str, value: Json, inside: int) -> Iterator[_Table]:
    """Yield the lists of objects in a value; those in which others stand come before them."""
    depth = path.count(".") + inside
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _tables(f"{path}.{name}".removeprefix("."), inner, inside)
    elif objects := _objects(value):
        if inside and _pairs(objects):
            return
        items = [dict(_values("", item, 0)) for item in objects]
        yield _Table(path, items, inside)
        yield from _inner_tables(path, objects, items, inside + 1)


def _inner_tables(
    path: str, objects: Sequence[dict[str, Json]], items: Sequence[dict[str, Cell]], inside: int
) -> Iterator[_Table]:
    """Yield the lists inside the objects of a list, those of the same name as one table."""
    joined: dict[str, _Table] = {}
    for item, values in zip(objects, items, strict=True):
        tables = list(_tables(path, item, inside))
        lists = {table.path for table in tables}
        named = ((f"{path}.{name}".removeprefix("."), cell) for name, cell in values.items())
        around = {name: cell for name, cell in named if name not in lists}
        for table in tables:
            rows = joined.setdefault(table.path, table._replace(items=[])).items
            rows += [{**inner, **around} for inner in table.items]
    yield from joined.values()


def _objects(value: Json) -> list[dict[str, Json]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _pairs(objects: Sequence[dict[str, Json]]) -> str:
    """Return under what the objects of a list say the name of their ``value``; empty where they are no such pairs."""
    for name in NAMED_BY:
        if all(isinstance(item.get(name), str | int) and _is_plain(item) for item in objects):
            return name
    return ""


def _is_plain(item: Mapping[str, Json]) -> bool:
    return "value" in item and not isinstance(item["value"], dict | list)


def _sheet(table: _Table, remarks: tuple[str, ...]) -> Sheet:
    names = list(dict.fromkeys(name for values in table.items for name in values))
    header = Row(0, tuple(Cell(name, "text") for name in names))
    rows = [
        Row(number, tuple(values.get(name, EMPTY) for name in names))
        for number, values in enumerate(table.items, start=1)
    ]
    return Sheet(table.path or "list", [header, *rows], remarks, headed=True)


def _values(path: str, value: Json, depth: int) -> Iterator[tuple[str, Cell]]:
    objects = _objects(value)
    if isinstance(value, dict) and depth < DEEPEST:
        for name, inner in value.items():
            yield from _values(f"{path}.{name}".removeprefix("."), inner, depth + 1)
    elif objects and depth < DEEPEST and (name := _pairs(objects)):
        for item in objects:
            yield from _values(f"{path}.{item[name]}", _unfolded(item["value"]), depth + 1)
    elif objects and all(isinstance(item.get("name"), str) for item in objects):
        yield path, Cell.of(JOINED.join(str(item["name"]) for item in objects))
    else:
        yield path, _cell(value)


def _unfolded(value: Json) -> Json:
    """Return what a text holds that is an object in JSON; anything else as it is."""
    if not (isinstance(value, str) and value.startswith("{")):
        return value
    try:
        unfolded: Json = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return unfolded


def _cell(value: Json) -> Cell:
    match value:
        case None:
            return EMPTY
        case bool():
            return Cell.yes_no(value)
        case int() | float():
            return Cell(repr(value), "number")
        case str():
            return Cell.of(value)
        case list() if all(isinstance(item, str | int | float) for item in value):
            return Cell.of(JOINED.join(map(str, value)))
    return Cell.of(json.dumps(value, ensure_ascii=False))
