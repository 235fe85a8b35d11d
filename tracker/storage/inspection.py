"""Looking at a programme file without changing anything: not even what a cut-off write has left is rolled back."""

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple

from tracker.errors import FileTrouble
from tracker.storage.connection import FAILURES, SCHEMA_VERSION, trouble
from tracker.storage.journal.verify import verify
from tracker.storage.looking import APPLICATION_ID
from tracker.storage.store import Store

HEADER = 100
MAGIC = b"SQLite format 3\x00"
WAIT_S = 2.0
MOST_CHECKED = 64 * 1024 * 1024  # a larger file takes more than some seconds


class Header(NamedTuple):
    """What the first bytes of a file say: whether it is a database, whose, of which schema, and in which mode."""

    database: bool
    application: int = 0
    schema: int = 0
    wal: bool = False

    @property
    def ours(self) -> bool:
        """Whether it is a programme file of the tracker, of any schema."""
        return self.database and self.application == APPLICATION_ID


class Inspected(NamedTuple):
    """What an inspection found; ``problems`` is None where the check was not made, for which ``reason`` is a sentence.

    ``newest_ms`` is the time of the newest change in milliseconds since 1970 (0: not known).
    """

    problems: int | None = None
    changes: int = 0
    newest_ms: int = 0
    reason: str = ""


def newest_schema() -> int:
    """Return the number of the newest schema that this program knows."""
    return SCHEMA_VERSION


def read_header(path: str) -> Header:
    """Return what the first bytes of a plain file say. Raises OSError."""
    with open(path, "rb") as file:  # noqa: PTH123
        head = file.read(HEADER)
    if len(head) < HEADER or not head.startswith(MAGIC):
        return Header(database=False)
    # By the format of SQLite: bytes 18 and 19 are 2 in WAL mode, 60 the user version, 68 the application's number.
    return Header(True, int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big"), 2 in head[18:20])


def inspect(path: str, header: Header) -> Inspected:
    """Check a programme file of the present schema, and find when it was changed last. Never fails."""
    if header.schema != SCHEMA_VERSION:
        return Inspected(reason="Only a file of the present schema is checked.")
    if header.wal:
        return Inspected(reason="A file with write-ahead logging cannot be checked without writing beside it.")
    if _cut_off(path):
        return Inspected(reason="A write is going on, or was cut off.")
    try:
        connection = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT_S)
    except FAILURES as error:
        return Inspected(reason=_sentence(error, path))
    try:
        return _checked(Store(connection, path))
    except FileTrouble as error:
        return Inspected(reason=str(error).replace(path, "The file"))
    except FAILURES as error:
        return Inspected(reason=_sentence(error, path))
    finally:
        connection.close()


def _cut_off(path: str) -> bool:
    try:
        return os.path.getsize(path + "-journal") > 0  # noqa: PTH202
    except OSError:
        return False


def _sentence(error: Exception, path: str) -> str:
    """Return what a failure means; a damaged file's own words are left out, for they may be anything."""
    found = trouble(error, "The file")
    return "The file is damaged." if found.code == "file.damaged" else str(found)


def _checked(store: Store) -> Inspected:
    newest, changes = store.read("SELECT max(at) >> 16, count(*) FROM tx")[0]
    pages = store.read("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")[0][0]
    if pages > MOST_CHECKED:
        return Inspected(None, changes, newest or 0, "The file is large: the check takes longer than a look may.")
    return Inspected(len(verify(store)), changes, newest or 0)


def compile_options() -> list[str]:
    """Return the options with which SQLite was built here."""
    connection = sqlite3.connect(":memory:")
    try:
        return [str(row[0]) for row in connection.execute("PRAGMA compile_options").fetchall()]
    finally:
        connection.close()


def sqlite_version() -> str:
    """Return the version of SQLite."""
    return sqlite3.sqlite_version
