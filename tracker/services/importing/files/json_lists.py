"""Lists of objects in JSON: each is a table, with a column for each value, however deep it lies."""

import json
from collections.abc import Iterator, Sequence

from tracker.errors import TrackerError
from tracker.rules.importing.mapping import Layout
from tracker.rules.importing.sheets import EMPTY, Cell, Row, Sheet
from tracker.rules.wording import short
from tracker.services.importing.files.delimited import decoded
from tracker.services.importing.files.opening import SourceFile

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

DEEPEST = 8  # levels of names that become columns
JOINED = "; "  # between the plain values of a list


def sheets(source: SourceFile, layout: Layout) -> Sequence[Sheet]:
    """Return the lists of objects in a text, the longest first, each named by where it stands. Raises TrackerError."""
    text, remarks = decoded(source, layout.encoding)
    name = short(source.name, 60)
    try:
        data: Json = json.loads(text)
    except RecursionError:
        raise TrackerError(f"“{name}” is nested too deeply.", "import.json") from None
    except ValueError as error:
        raise TrackerError(f"“{name}” is no JSON: {short(str(error), 120)}.", "import.json") from None
    tables = sorted(_lists("", data, 0), key=lambda table: -len(table[1]))
    return [_sheet(path or "list", items, tuple(remarks)) for path, items in tables]


def _lists(path: str, value: Json, depth: int) -> Iterator[tuple[str, list[dict[str, Json]]]]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        objects = [item for item in value if isinstance(item, dict)]
        if objects:
            yield path, objects
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _lists(f"{path}.{name}".removeprefix("."), inner, depth + 1)


def _sheet(path: str, items: Sequence[dict[str, Json]], remarks: tuple[str, ...]) -> Sheet:
    flat = [dict(_values("", item, 0)) for item in items]
    names = list(dict.fromkeys(name for values in flat for name in values))
    header = Row(0, tuple(Cell(name, "text") for name in names))
    rows = [
        Row(number, tuple(values.get(name, EMPTY) for name in names)) for number, values in enumerate(flat, start=1)
    ]
    return Sheet(path, [header, *rows], remarks, headed=True)


def _values(path: str, value: Json, depth: int) -> Iterator[tuple[str, Cell]]:
    if isinstance(value, dict) and depth < DEEPEST:
        for name, inner in value.items():
            yield from _values(f"{path}.{name}".removeprefix("."), inner, depth + 1)
    else:
        yield path, _cell(value)


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
