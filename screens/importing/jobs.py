"""What the import asks of the services, for worker threads."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from screens.mending import in_a_line
from screens.work import Done, Programme
from tracker.errors import TrackerError
from tracker.rules.importing.mapping import Layout, OtherPeople
from tracker.rules.importing.sheets import Sheet
from tracker.rules.when import DateError, read_date
from tracker.services.importing.files.opening import SourceFile, read_source, sheets_of
from tracker.services.importing.mappings import keep_mapping, mapping_called
from tracker.services.importing.outcome import ImportResult
from tracker.services.importing.running import Step, Table, Wanted, table_of, take_in, try_out
from tracker.services.reading import Store
from tracker.services.records.undo import undo
from tracker.services.typed.conventions import conventions_of


class ReadFile(NamedTuple):
    """A file that was read, with its sheets."""

    source: SourceFile
    sheets: Sequence[Sheet]


class Chosen(NamedTuple):
    """What was chosen for a file: its sheet, its register, and the file of a mapping; each may be empty."""

    sheet: str
    register: str
    mapping: str


class Order(NamedTuple):
    """What is to be taken in, under which name of the source, of which day (as typed), and what of other people."""

    table: Table
    source: str
    as_at: str
    other_people: OtherPeople


class Trial(NamedTuple):
    """What was tried, the day of which it is true (None: today), and what would become of it."""

    table: Table
    as_at: date | None
    result: ImportResult


def read_file(path: str, _: Programme) -> ReadFile:
    """Return a file with its sheets. Raises TrackerError."""
    source = read_source(Path(path).expanduser())
    return ReadFile(source, sheets_of(source, Layout()))


def propose_table(file: ReadFile, chosen: Chosen, _: Programme) -> Table:
    """Return the table of a sheet with the mapping of a file, else one that is proposed. Raises TrackerError."""
    layout = Layout(sheet=chosen.sheet)
    if not chosen.mapping:
        return table_of(file.source, Wanted(layout=layout, register=chosen.register), file.sheets)
    mapping = mapping_called(str(Path(chosen.mapping).expanduser()))
    return table_of(file.source, Wanted(mapping, layout))  # which may say how the file is read, too


def keep_chosen(order: Order, path: Path, _: Programme) -> Path:
    """Write the mapping of a table to a file, also over another one, and return where. Raises TrackerError."""
    table = _ordered(order)
    keep_mapping(table.mapping, path, table.aside, force=True)
    return path


def _ordered(order: Order) -> Table:
    """Return a table with a mapping that says what was chosen beside the columns."""
    mapping = replace(order.table.mapping, other_people=order.other_people)
    if order.source:
        mapping = replace(mapping, source=order.source)
    return order.table._replace(mapping=mapping)


def try_table(order: Order, step: Step, programme: Programme) -> Trial:
    """Return what would become of a table; nothing is written. Raises TrackerError."""
    store = programme.store()
    table = _ordered(order)
    as_at = _day(order.as_at, store, programme.present())
    return Trial(table, as_at, try_out(store, table, programme.trying, as_at, step))


def write_table(trial: Trial, step: Step, programme: Programme) -> ImportResult:
    """Write what was tried, without the rows that are refused. Raises TrackerError."""
    by = programme.acting()
    return take_in(programme.store(), trial.table, by, trial.as_at, step, without_refused=bool(trial.result.refused))


def take_back(source: str, tx: int, programme: Programme) -> Done:
    """Undo the command by which a file was taken in. Raises TrackerError."""
    turned = undo(programme.store(), programme.acting(), tx)
    return Done(in_a_line(f"Undone: the import of {source}. Ctrl+R does it again.", *turned.notes), turned.tx)


def _day(text: str, store: Store, today: date) -> date | None:
    if not text:
        return None
    try:
        return read_date(text, today, "back", conventions_of(store))
    except DateError as error:
        raise TrackerError(f"True on: {error}") from None
