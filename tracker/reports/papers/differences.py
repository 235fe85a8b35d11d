"""What one paper says and another does not, section by section, as sentences: for two frozen papers of a board."""

from collections.abc import Collection, Iterable, Iterator, Sequence
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
from tracker.reports.papers.renames import REF, Names, Renamed, both
from tracker.rules.wording import short

LONGEST = 300
WORDED = {"○ Not enough evidence": "○ Not enough"}  # what papers that were frozen by 0.1 called the same


class Difference(NamedTuple):
    """What changed in one section: its title, ``new``, ``gone`` or ``changed``, and a sentence for each thing."""

    section: str
    what: str
    sentences: tuple[str, ...]


class Sides(NamedTuple):
    """What the two papers call the records that were renamed between them."""

    old: Names
    new: Names

    def same(self, old: str, new: str) -> bool:
        """Whether a text of the older paper says what one of the newer says, but for names."""
        return old == new or WORDED.get(old) == new or self.old.without(old) == self.new.without(new)


def differences(old: Report, new: Report, renamed: Sequence[Renamed] = ()) -> list[Difference]:
    """Return what changed from one paper to another, in the order of the newer one; sections that are gone come last.

    Records are the same by their refs: those that were ``renamed`` in between are told first, once, and their names
    are no difference beside. The header is left out: it tells which paper it is.
    """
    before = {section.id: section for section in old.sections}
    after = {section.id: section for section in new.sections}
    sides = Sides(*both(renamed))
    sections = []
    for name, section in after.items():
        if name not in before:
            sections.append(Difference(section.title, "new", ("This section is new.",)))
        elif changes_within := tuple(dict.fromkeys(_within(before[name], section, sides))):
            sections.append(Difference(section.title, "changed", changes_within))
    removed = [section.title for name, section in before.items() if name not in after]
    sentences = tuple(rename.sentence for rename in renamed if rename.ref in sides.old.met & sides.new.met)
    names = [Difference("Names", "changed", sentences)] if sentences else []
    going = [Difference(title, "gone", ("This section is gone.",)) for title in removed]
    return [*names, *sections, *going]


def _within(old: Section, new: Section, sides: Sides) -> Iterator[str]:
    yield from _tables(_tables_of(old), _tables_of(new), sides)
    before = {sides.old.without(label): (label, value) for label, value in _labelled(old.blocks)}
    after = {sides.new.without(label): (label, value) for label, value in _labelled(new.blocks)}
    for key, (label, value) in after.items():
        if key not in before:
            yield f"New: {label}: {short(value, LONGEST)}"
        elif not sides.same(before[key][1], value):
            yield f"{label}: was “{short(before[key][1], LONGEST)}”, is “{short(value, LONGEST)}”."
    missing = (pair for key, pair in before.items() if key not in after)
    yield from (f"Gone: {label}: {short(value, LONGEST)}" for label, value in missing)
    old_texts = {sides.old.without(text): text for text in _texts(old.blocks)}
    new_texts = {sides.new.without(text): text for text in _texts(new.blocks)}
    yield from (f"New: {short(text, LONGEST)}" for key, text in new_texts.items() if key not in old_texts)
    yield from (f"Gone: {short(text, LONGEST)}" for key, text in old_texts.items() if key not in new_texts)


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


def _tables(old: dict[str, Table], new: dict[str, Table], sides: Sides) -> Iterator[str]:
    for name, table in new.items():
        if name not in old:
            yield f"New table: {table.caption}"
        elif table != old[name]:
            yield from _rows(old[name], table, sides)
    yield from (f"Gone: the table {table.caption}" for name, table in old.items() if name not in new)


def _rows(old: Table, new: Table, sides: Sides) -> Iterator[str]:
    """Yield what became of the rows of a table; rows are known by their first cell, and by the ref in it."""
    before_rows = _keyed(old, sides.old)
    after_rows = _keyed(new, sides.new)
    matched = _known_by_ref(before_rows, after_rows)
    for key, row in after_rows.items():
        before_row = before_rows.get(key) or before_rows.get(matched.get(key, ""))
        name = _numbered(key, row, sides.new)
        if before_row is None:
            yield f"{name}: new. {_row_words(new, row)}".rstrip()
            continue
        before = dict(zip(old.titles, before_row, strict=True))
        if key in matched:
            yield f"{name}: was “{short(before_row[0], LONGEST)}”."
        for column, cell in zip(new.columns[1:], row[1:], strict=True):
            if column.title not in before:
                yield f"{name}: {column.title} is “{short(cell, LONGEST)}”."
            elif not sides.same(before[column.title], cell):
                old_value = short(before[column.title], LONGEST) or "empty"
                yield f"{name}: {column.title} was “{old_value}”, is “{short(cell, LONGEST) or 'empty'}”."
    missing = (pair for pair in before_rows.items() if pair[0] not in after_rows and pair[0] not in matched.values())
    yield from (f"{_numbered(key, row, sides.old)}: not listed any more." for key, row in missing)


def _numbered(key: str, row: tuple[str, ...], names: Names) -> str:
    """Return the first cell of a row, with the number by which it is known among equal ones."""
    return row[0] + key.removeprefix(names.without(row[0]))


def _keyed(table: Table, names: Names) -> dict[str, tuple[str, ...]]:
    """Return the rows by their first cell; of equal ones, the second is known as ``… (2)``."""
    keyed: dict[str, tuple[str, ...]] = {}
    for row in table.rows:
        first = names.without(row[0])
        key = first
        number = 1
        while key in keyed:
            number += 1
            key = f"{first} ({number})"
        keyed[key] = row
    return keyed


def _known_by_ref(before: Collection[str], after: Collection[str]) -> dict[str, str]:
    """Return, for rows that only the newer table has, the row of the older one that begins with the same ref."""
    old = _once(key for key in before if key not in after)
    new = _once(key for key in after if key not in before)
    return {new[ref]: old[ref] for ref in new if ref in old}


def _once(keys: Iterable[str]) -> dict[str, str]:
    """Return the keys that begin with a ref, by it; those whose ref stands in several are left out."""
    by_ref: dict[str, list[str]] = {}
    for key in keys:
        match = REF.match(key)
        if match is not None:
            by_ref.setdefault(match[0], []).append(key)
    return {ref: several[0] for ref, several in by_ref.items() if len(several) == 1}


def _row_words(table: Table, row: tuple[str, ...]) -> str:
    pairs = zip(table.columns[1:], row[1:], strict=True)
    return short("; ".join(f"{column.title} {cell}" for column, cell in pairs if cell), LONGEST)
