"""What one paper says and another does not, section by section, as sentences: for two frozen papers of a board."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.reports.model import (
    Block,
    Bullets,
    Callout,
    Chart,
    Facts,
    Figures,
    Heading,
    Missing,
    Paragraph,
    Quote,
    Report,
    Section,
    Signal,
    Table,
)
from tracker.rules.wording import short

LONGEST = 300


class Difference(NamedTuple):
    """What changed in one section: its title, ``new``, ``gone`` or ``changed``, and a sentence for each thing."""

    section: str
    what: str
    sentences: tuple[str, ...]


def differences(old: Report, new: Report) -> list[Difference]:
    """Return what changed from one paper to another, in the order of the newer one; sections that are gone come last.

    The header is left out: it tells which paper it is.
    """
    before = {section.id: section for section in old.sections}
    after = {section.id: section for section in new.sections}
    sections = []
    for name, section in after.items():
        if name not in before:
            sections.append(Difference(section.title, "new", ("This section is new.",)))
        elif changes_within := tuple(dict.fromkeys(_within(before[name], section))):
            sections.append(Difference(section.title, "changed", changes_within))
    removed = [section.title for name, section in before.items() if name not in after]
    return [*sections, *(Difference(title, "gone", ("This section is gone.",)) for title in removed)]


def _within(old: Section, new: Section) -> Iterator[str]:
    yield from _tables(_tables_of(old), _tables_of(new))
    before, after = dict(_labelled(old.blocks)), dict(_labelled(new.blocks))
    for label, value in after.items():
        if label not in before:
            yield f"New: {label}: {short(value, LONGEST)}"
        elif before[label] != value:
            yield f"{label}: was “{short(before[label], LONGEST)}”, is “{short(value, LONGEST)}”."
    yield from (f"Gone: {label}: {short(value, LONGEST)}" for label, value in before.items() if label not in after)
    old_texts, new_texts = list(_texts(old.blocks)), list(_texts(new.blocks))
    yield from (f"New: {short(text, LONGEST)}" for text in new_texts if text not in old_texts)
    yield from (f"Gone: {short(text, LONGEST)}" for text in old_texts if text not in new_texts)


def _labelled(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Yield what has a label of its own, under the heading that it stands below."""
    under = ""
    for block in blocks:
        match block:
            case Heading():
                under = f"{block.text}: "
            case Facts():
                yield from ((under + label, value) for label, value in block.items)
            case Figures():
                yield from ((under + label, f"{value} {note}".strip()) for value, label, note in block.items)
            case Signal():
                yield f"{under}{block.label}", block.sentence


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading() | Paragraph() | Missing():
                yield block.text
            case Quote():
                yield f"“{block.text}” ({block.source})"
            case Callout():
                yield f"{block.label}: {block.text}"
            case Bullets():
                yield from block.items


def _tables_of(section: Section) -> dict[str, Table]:
    charts = [chart.data for chart in section.of(Chart)]
    return {table.id: table for table in (*charts, *section.of(Table))}


def _tables(old: dict[str, Table], new: dict[str, Table]) -> Iterator[str]:
    for name, table in new.items():
        if name not in old:
            yield f"New table: {table.caption}"
        elif table != old[name]:
            yield from _rows(old[name], table)
    yield from (f"Gone: the table {table.caption}" for name, table in old.items() if name not in new)


def _rows(old: Table, new: Table) -> Iterator[str]:
    """Yield what became of the rows of a table; rows are known by their first cell."""
    before_rows, after_rows = _keyed(old), _keyed(new)
    for key, row in after_rows.items():
        if key not in before_rows:
            yield f"{key}: new. {_row_words(new, row)}".rstrip()
            continue
        before = dict(zip(old.titles, before_rows[key], strict=True))
        for column, cell in zip(new.columns[1:], row[1:], strict=True):
            if column.title not in before:
                yield f"{key}: {column.title} is “{short(cell, LONGEST)}”."
            elif before[column.title] != cell:
                old_value = short(before[column.title], LONGEST) or "empty"
                yield f"{key}: {column.title} was “{old_value}”, is “{short(cell, LONGEST) or 'empty'}”."
    yield from (f"{key}: not listed any more." for key in before_rows if key not in after_rows)


def _keyed(table: Table) -> dict[str, tuple[str, ...]]:
    """Return the rows by their first cell; of equal ones, the second is known as ``… (2)``."""
    keyed: dict[str, tuple[str, ...]] = {}
    for row in table.rows:
        key, number = row[0], 1
        while key in keyed:
            number += 1
            key = f"{row[0]} ({number})"
        keyed[key] = row
    return keyed


def _row_words(table: Table, row: tuple[str, ...]) -> str:
    pairs = zip(table.columns[1:], row[1:], strict=True)
    return short("; ".join(f"{column.title} {cell}" for column, cell in pairs if cell), LONGEST)
