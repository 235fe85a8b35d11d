"""A table is taken in: on trial, in a copy of the file that is thrown away, or written as one command."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tracker.entities import entity
from tracker.errors import TrackerError
from tracker.rules.importing.layout import LOOKED_AT, Grid, grid_of, skipped_words
from tracker.rules.importing.mapping import ImportMapping, Layout
from tracker.rules.importing.proposing import left_aside, propose, why_unknown, with_column, with_key
from tracker.rules.importing.several import with_further_records
from tracker.rules.importing.sheets import Sheet
from tracker.rules.importing.shipped import best_shipped, fitted
from tracker.rules.wording import optional, short
from tracker.services.importing.changed_here import COMMAND
from tracker.services.importing.files.opening import SourceFile, chosen_sheet, sheets_of
from tracker.services.importing.mappings import shipped_mappings, vocabulary
from tracker.services.importing.outcome import ImportResult
from tracker.services.importing.taking import Importer
from tracker.services.records.writing import editing
from tracker.storage import Acting, Store, link
from tracker.storage.bulk.waiting import AT_ONCE, holding_back
from tracker.storage.copies.rehearsal import rehearsal

KEY = "key"  # no field of any register is called so
MOST_RECORDS = 100  # of a row
FEWEST = 3  # rows, and cells in each, by which a sheet looks like a table
STEP_ROWS = 20  # between two calls of a step
Step = Callable[[int, int], object]  # rows that are done, and rows there are; what it raises ends the import


def no_step(count: int, total: int) -> None:
    """Hear how far an import is, and go on."""


class Table(NamedTuple):
    """A table of a file with the mapping by which it is taken in, and the columns that the mapping leaves aside."""

    source: SourceFile
    sheet: Sheet
    grid: Grid
    mapping: ImportMapping
    aside: tuple[str, ...]


class Wanted(NamedTuple):
    """What somebody says of a file: a mapping, or else the sheet, the register and what the source is called."""

    mapping: ImportMapping | None = None
    layout: Layout = Layout()
    register: str = ""
    source: str = ""


class _NotWritten(Exception):
    """Rows were refused, so that nothing is written."""


def table_of(source: SourceFile, choice: Wanted, sheets: Sequence[Sheet] = ()) -> Table:
    """Return the table of a file with the mapping that is chosen, or one that is proposed.

    ``sheets`` are those of the file, where they were read already. Raises TrackerError.
    """
    mapping = choice.mapping
    if mapping is not None and choice.source:
        mapping = replace(mapping, source=choice.source)
    layout = mapping.file if mapping else choice.layout
    if mapping is not None and choice.layout.sheet:
        layout = replace(layout, sheet=choice.layout.sheet)
    sheets = sheets or sheets_of(source, layout)
    sheet = chosen_sheet(sheets, layout.sheet)
    if mapping is not None:
        grid = grid_of(sheet, layout)
        if mapping.headers:
            to_table = fitted(grid, mapping, vocabulary())
            mapping = to_table if to_table.record else mapping
        return Table(source, sheet, grid, mapping, left_aside(grid, mapping))
    further = () if layout.sheet else (candidate for candidate in sheets if candidate is not sheet and candidate.rows)
    named = [(sheet, layout), *((candidate, replace(layout, sheet=candidate.name)) for candidate in further)]
    proposed = [_proposed(source, candidate, its_layout, choice) for candidate, its_layout in named]
    tables = [table for table in proposed if table is not None and (len(named) == 1 or _names_rows(table))]
    width = max(map(_width, tables), default=0)
    tables.sort(key=lambda table: not table.mapping.headers)  # what is known goes before what is guessed
    for table in tables:
        if _width(table) * 2 > width:  # a cover sheet has a word or two that are names of fields
            return table
    grid = grid_of(sheet, layout)
    columns = ", ".join(f"“{short(column, 30)}”" for column in grid.columns[:8])
    hint = f"; its columns begin with {columns}"
    if len(named) > 1:
        names = ", ".join(f"“{short(candidate.name, 40)}”" for candidate, _ in named if _is_table(candidate))
        hint = optional("; of its sheets these look like tables: ", names)
    cause = f"Nothing tells what the rows of “{short(source.name, 60)}” are: {why_unknown(grid, vocabulary())}"
    raise TrackerError(f"{cause}{hint}.", "import.unknown")


def _width(table: Table) -> int:
    """Return how many fields a table fills."""
    return sum(len(rule.fields) for rule in table.mapping.record)


def _names_rows(table: Table) -> bool:
    """Return whether a table says what any of its records is called, which a cover sheet does not."""
    return any(entity(rule.kind).lead_field in rule.fields for rule in table.mapping.record)


def _is_table(sheet: Sheet) -> bool:
    """Return whether a sheet looks like a table: several rows with a few cells in each."""
    return sum(len(row.filled) >= FEWEST for row in sheet.rows[:LOOKED_AT]) >= FEWEST


def _proposed(source: SourceFile, sheet: Sheet, layout: Layout, choice: Wanted) -> Table | None:
    """Return the table by a mapping that is proposed: with records in rows, or else in columns; None without any.

    Raises TrackerError.
    """
    name = choice.source or Path(source.name).stem[:80]
    for transpose in (False, True):
        turned = replace(layout, transpose=transpose or layout.transpose)
        grid = grid_of(sheet, turned)
        shipped = best_shipped(grid, shipped_mappings(), vocabulary())
        proposal = propose(grid, turned, name, shipped, vocabulary(), choice.register)
        if proposal is None:
            continue
        mapping = proposal.mapping
        if not proposal.shipped:
            mapping = with_further_records(grid, mapping, vocabulary())
        if choice.source:
            mapping = replace(mapping, source=choice.source)
        if mapping.file != turned:
            grid = grid_of(sheet, mapping.file)
        return Table(source, sheet, grid, mapping, left_aside(grid, mapping))
    return None


def remapped(table: Table, place: int, name: str, column: str) -> Table:
    """Return a table in which a field of the rule at ``place`` comes from another column; an empty one: from none.

    ``KEY`` in place of a field is that by which the source knows the record.
    """
    if name == KEY:
        mapping = with_key(table.mapping, place, column)
    else:
        mapping = with_column(table.mapping, table.grid, place, name, column, vocabulary().scales)
    return table._replace(mapping=mapping, aside=left_aside(table.grid, mapping))


def try_out(
    store: Store,
    table: Table,
    who: Callable[[Store], Acting],
    as_at: date | None = None,
    step: Step = no_step,
) -> ImportResult:
    """Return what would become of a table; the file stays as it is. Raises TrackerError.

    ``who`` says who acts in a file: somebody new is recorded in the copy alone.
    """
    with rehearsal(store) as copy:
        return _taken(copy, table, who(copy), as_at, step, on_trial=True)._replace(tx=0)


def take_in(
    store: Store,
    table: Table,
    by: Acting,
    as_at: date | None = None,
    step: Step = no_step,
    *,
    without_refused: bool = False,
) -> ImportResult:
    """Write a table as one command and return what became of it; where a row is refused, nothing is written.

    ``without_refused`` writes the others all the same. Where ``step`` raises, nothing is written. Raises TrackerError.
    """
    return _taken(store, table, by, as_at, step, stop=not without_refused)


def _taken(
    store: Store,
    table: Table,
    by: Acting,
    as_at: date | None,
    step: Step,
    *,
    stop: bool = False,
    on_trial: bool = False,
) -> ImportResult:
    reason = f"Imported from {short(table.source.name, 120)}"
    outcome = None
    at_once = len(table.grid.rows) * MOST_RECORDS if on_trial else AT_ONCE  # of a trial nothing has to be written
    try:
        with editing(store, by, COMMAND, reason=reason, as_at=as_at) as edit, holding_back(store, at_once):
            importer = Importer(edit, table.mapping, table.grid)
            rows = table.grid.rows
            for count, row in enumerate(rows):
                if count % STEP_ROWS == 0:
                    step(count, len(rows))
                importer.take(row)
            step(len(rows), len(rows))
            outcome = _summed_up(store, table, importer)
            changes = any(outcome.status in ("created", "changed") for outcome in importer.outcomes)
            if on_trial:
                edit.hold_references()
            if on_trial or not changes or (stop and outcome.refused):
                raise _NotWritten
            outcome = outcome._replace(tx=edit.tx.id)
    except _NotWritten:
        pass
    assert outcome is not None
    return outcome


def _summed_up(store: Store, table: Table, importer: Importer) -> ImportResult:
    absent = [link(store, register.kind, uid) for register, uid in importer.absent()]
    return ImportResult(
        source=table.mapping.source,
        sha256=table.source.sha256,
        sheet=table.sheet.name,
        columns=table.grid.columns,
        aside=table.aside,
        outcomes=tuple(importer.nearly_named()),
        skipped=tuple(skipped_words(table.grid.skipped)),
        remarks=(*table.sheet.remarks, *importer.days_of_import()),
        people=importer.people,
        absent=tuple(str(record) for record in absent if record is not None),
    )
