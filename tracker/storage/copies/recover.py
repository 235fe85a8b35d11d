"""Getting out of a damaged file what can be got out, into a new one.

The old chain is kept where the journal came whole; then records that are damaged are made again from it. Otherwise
the records go into a new chain, whose first command says so and names the last hash of the old one.
"""

import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Literal, NamedTuple

from tracker.entities import ENTITIES
from tracker.errors import FileTrouble
from tracker.storage import durable
from tracker.storage.backup import being_written, copy_to, open_plainly
from tracker.storage.connection import FAILURES, SCHEMA_VERSION, trouble
from tracker.storage.copies import damaged, rows_file
from tracker.storage.copies.examine import problems_in
from tracker.storage.copies.first_page import PAGE
from tracker.storage.copies.new_chain import begin_again
from tracker.storage.journal.verify import verify
from tracker.storage.looking import APPLICATION_ID, refuse_no_file
from tracker.storage.migrations import make_derived
from tracker.storage.store import Acting, Store

Chain = Literal["whole", "mended", "new"]
JOURNAL = ("tx", "change")


class Came(NamedTuple):
    """What came of a table: its rows, those made again or put right from the journal, and those that did not come.

    ``lost`` is how many could not be read at most, None where nothing shows how many there were; ``refused`` could be
    read, but break a rule of the table.
    """

    table: str
    rows: int
    from_journal: int
    lost: int | None
    refused: int


class Recovered(NamedTuple):
    """A file that was recovered.

    ``chain``: the old one came whole, or came and records were put right by it, or a new one was begun. ``head`` is
    the newest hash of the old chain that could be read, ``commands`` how many of its commands. ``pages`` are those of
    the damaged file. ``problems``: what does not hold in the new one.
    """

    path: Path
    chain: Chain
    head: str
    commands: int
    pages: int
    tables: tuple[Came, ...]
    problems: tuple[str, ...]


def recover(source: Path, target: Path, by: Acting, who: str) -> Recovered:
    """Write what can be got out of a file into a new one; the file itself is only read.

    ``who`` is the name under which ``by`` is recorded where a new chain begins. Raises TrackerError when the target
    exists, FileTrouble when nothing can be got out or the target cannot be written.
    """
    real = Path(os.path.realpath(source))
    if not real.exists():
        raise FileTrouble(f"There is no file at {source}.", "recover.none")
    refuse_no_file(str(source), real.stat().st_mode)
    with being_written(target) as part, _folder(target.parent) as folder:
        tables, indexes, schema = _read(real, folder)
        rows, refused = _rows(folder, tables, indexes, schema, source)
        chain, put_right = _old_chain(rows)
        head, commands = _head(rows)
        if chain == "new":
            rows = begin_again(rows, folder / "new.db", by, who, _reason(source, head, commands))
        _compact(rows, part)
        problems = tuple(problems_in(part))
        durable.put(part, target)
        proven = chain != "new" and not problems
        came = tuple(_came(table, put_right, refused, proven=proven) for table in tables)
    unknown = 0 if proven else None
    missing = tuple(Came(kind, 0, put_right[kind], unknown, 0) for kind in ENTITIES if kind not in _names(tables))
    return Recovered(target, chain, head, commands, real.stat().st_size // PAGE, (*came, *missing), problems)


def _names(tables: list[damaged.Table]) -> set[str]:
    return {table.name for table in tables}


@contextmanager
def _folder(place: Path) -> Iterator[Path]:
    """Give a folder of our own beside the new file; it is gone afterwards."""
    folder = place / f".tracker-recover-{os.getpid()}-{token_hex(8)}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _read(source: Path, folder: Path) -> tuple[list[damaged.Table], list[str], int]:
    """Return tables, indexes and schema number of a damaged file. Raises FileTrouble when nothing can be read."""
    if source.stat().st_size < PAGE:
        raise FileTrouble(f"{source} is too short to hold anything.", "recover.nothing")
    copy = damaged.working_copy(source, folder)
    connection = damaged.open_damaged(copy)
    try:
        application, schema = damaged.marks(connection)
        tables = damaged.tables(connection)
        indexes = damaged.indexes(connection)
    except FAILURES as error:
        raise FileTrouble(f"Nothing can be got out of {source} ({error}).", "recover.nothing") from error
    finally:
        connection.close()
    if application != APPLICATION_ID or "programme" not in {table.name for table in tables}:
        raise FileTrouble(f"Nothing of a programme can be found in {source}.", "recover.nothing")
    if schema > SCHEMA_VERSION:
        raise FileTrouble(f"{source} was written by a newer version of the tracker. Update the tracker first.")
    return tables, indexes, schema


def _rows(
    folder: Path, tables: list[damaged.Table], indexes: list[str], schema: int, source: Path
) -> tuple[Path, Counter[str]]:
    try:
        return rows_file.write_rows(folder / "rows.db", tables, indexes, schema)
    except FAILURES as error:
        raise trouble(error, str(source)) from error


def _old_chain(rows: Path) -> tuple[Chain, Counter[str]]:
    """Return whether the old chain stands, as it came or with records put right by it; and how many of each kind were.

    Where it does not, the records that only the journal knows are added all the same.
    """
    connection = open_plainly(rows)
    try:
        if not _problems(connection, rows):
            return "whole", Counter()
        state = rows_file.replayed(connection)
        connection.execute("PRAGMA foreign_keys=OFF")
        for name in _triggers(connection):
            connection.execute(f'DROP TRIGGER "{name}"')
        added = rows_file.complete(connection, state)
        connection.execute("BEGIN")
        put_right = added + rows_file.correct(connection, state)
        make_derived(connection)
        if not _problems(connection, rows):
            connection.execute("COMMIT")
            return "mended", put_right
        connection.execute("ROLLBACK")
        return "new", added
    finally:
        connection.close()


def _problems(connection: sqlite3.Connection, rows: Path) -> list[str]:
    return verify(Store(connection, str(rows)))


def _triggers(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]


def _head(rows: Path) -> tuple[str, int]:
    """Return the newest hash of the old chain that came, and how many of its commands."""
    connection = open_plainly(rows)
    try:
        newest = connection.execute("SELECT hash FROM tx WHERE hash IS NOT NULL ORDER BY id DESC LIMIT 1").fetchone()
        commands = connection.execute("SELECT count(*) FROM tx").fetchone()[0]
    finally:
        connection.close()
    return newest[0].hex() if newest else "", int(commands)


def _reason(source: Path, head: str, commands: int) -> str:
    """Return the reason of the first command of a new chain."""
    last = f"the last that could be read is {head}" if head else "none of its hashes could be read"
    return f"Recovered from {source.name}, whose chain did not come whole: {commands} commands, {last}."


def _compact(rows: Path, part: Path) -> None:
    connection = open_plainly(rows)
    try:
        copy_to(connection, part, str(rows))
    finally:
        connection.close()


def _came(table: damaged.Table, put_right: Counter[str], refused: Counter[str], *, proven: bool) -> Came:
    """Return what came of a table; a journal that came whole proves that no record of a register is missing."""
    name = table.name
    covered = proven and (name in ENTITIES or name in JOURNAL)
    lost = 0 if covered else table.lost
    return Came(name, len(table.rows) - refused[name], put_right[name], lost, refused[name])
