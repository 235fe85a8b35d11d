"""A table is taken in: on trial, in a copy of the file that is thrown away, or written as one command."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tracker.entities import Entity, entity
from tracker.errors import TrackerError
from tracker.rules.importing.layout import Grid, grid_of, skipped_words
from tracker.rules.importing.mapping import ImportMapping, Layout
from tracker.rules.importing.proposing import propose
from tracker.rules.importing.sheets import Sheet
from tracker.rules.wording import short
from tracker.services.importing.files.opening import SourceFile, chosen_sheet, sheets_of
from tracker.services.importing.mappings import shipped_mappings, vocabulary
from tracker.services.importing.outcome import Taken
from tracker.services.importing.taking import Taking
from tracker.services.records.writing import editing
from tracker.storage import Acting, Store
from tracker.storage.copies.rehearsal import rehearsal
from tracker.storage.queries import links


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


def table_of(source: SourceFile, wanted: Wanted) -> Table:
    """Return the table of a file with the mapping that is wanted, or one that is proposed. Raises TrackerError."""
    mapping = wanted.mapping
    if mapping is not None and wanted.source:
        mapping = replace(mapping, source=wanted.source)
    layout = mapping.file if mapping else wanted.layout
    if mapping is not None and wanted.layout.sheet:
        layout = replace(layout, sheet=wanted.layout.sheet)
    sheet = chosen_sheet(sheets_of(source, layout), layout.sheet)
    if mapping is not None:
        return Table(source, sheet, grid_of(sheet, layout), mapping, ())
    return _proposed(source, sheet, layout, wanted)


def _proposed(source: SourceFile, sheet: Sheet, layout: Layout, wanted: Wanted) -> Table:
    """Return the table by a mapping that is proposed: with records in rows, or else in columns. Raises TrackerError."""
    name = wanted.source or Path(source.name).stem[:80]
    shipped = list(shipped_mappings())
    for transpose in (False, True):
        turned = replace(layout, transpose=transpose or layout.transpose)
        grid = grid_of(sheet, turned)
        proposal = propose(grid, turned, name, shipped, vocabulary(), wanted.register)
        if proposal is None:
            continue
        mapping = proposal.mapping
        if wanted.source:
            mapping = replace(mapping, source=wanted.source)
        if mapping.file != turned:
            grid = grid_of(sheet, mapping.file)
        return Table(source, sheet, grid, mapping, proposal.aside)
    columns = ", ".join(f"“{short(column, 30)}”" for column in grid_of(sheet, layout).columns[:8])
    raise TrackerError(
        f"Nothing tells what the rows of “{short(source.name, 60)}” are; its columns begin with {columns}. "
        "Say of which register they are, or give a mapping.",
        "import.unknown",
    )


def try_out(store: Store, table: Table, by: Acting, as_at: date | None = None) -> Taken:
    """Return what would become of a table; the file stays as it is. Raises TrackerError."""
    with rehearsal(store) as copy:
        return _taken(copy, table, by, as_at)._replace(tx=0)


def take_in(
    store: Store, table: Table, by: Acting, as_at: date | None = None, *, without_refused: bool = False
) -> Taken:
    """Write a table as one command and return what became of it; where a row is refused, nothing is written.

    ``without_refused`` writes the others all the same. Raises TrackerError.
    """
    return _taken(store, table, by, as_at, stop=not without_refused)


def _taken(store: Store, table: Table, by: Acting, as_at: date | None, *, stop: bool = False) -> Taken:
    reason = f"Imported from {short(table.source.name, 120)}"
    taking = None
    tx = 0
    try:
        with editing(store, by, "import", reason=reason, as_at=as_at) as edit:
            taking = Taking(edit, table.mapping, table.grid)
            for row in table.grid.rows:
                taking.take(row)
            written = any(outcome.status in ("created", "changed") for outcome in taking.outcomes)
            if not written or (stop and any(outcome.status == "refused" for outcome in taking.outcomes)):
                raise _NotWritten
            tx = edit.tx.id
    except _NotWritten:
        pass
    return _summed_up(store, table, taking, tx)


def _summed_up(store: Store, table: Table, taking: Taking | None, tx: int) -> Taken:
    assert taking is not None
    gone = [_link(store, entity(kind), uid) for kind, uid in taking.gone]
    return Taken(
        source=table.mapping.source,
        sha256=table.source.sha256,
        sheet=table.sheet.name,
        columns=table.grid.columns,
        aside=table.aside,
        outcomes=tuple(taking.outcomes),
        skipped=tuple(skipped_words(table.grid.skipped)),
        remarks=table.sheet.remarks,
        people=dict(taking.people.most_common()),
        gone=tuple(filter(None, gone)),
        tx=tx,
    )


def _link(store: Store, register: type[Entity], uid: str) -> str:
    link = links(store, register.kind).get(uid)
    return str(link) if link else ""
