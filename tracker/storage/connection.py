"""Opening the programme file: judged before it is touched, and every setting set at each open."""

import os
import sqlite3
from typing import TYPE_CHECKING

from tracker.errors import FileTrouble
from tracker.storage.looking import APPLICATION_ID, refuse_foreign, refuse_no_file, true_cause
from tracker.text import natural_order

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_VERSION = 8  # the number of the newest schema: how many steps there are in steps/
BUSY_MS = 30_000
# What SQLite raises; in a damaged file its own words may not be UTF-8, and then Python raises another error.
FAILURES = (sqlite3.Error, UnicodeDecodeError)
NEW = "new"
OURS = "ours"
OLDER = "older"

# Of 600 simulated power cuts these lost no acknowledged write; what is usual, DELETE with FULL or WAL with NORMAL, did
# (docs/architecture.md says how often).
PRAGMAS = (
    "foreign_keys=ON",
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "trusted_schema=OFF",
    "recursive_triggers=ON",
    "secure_delete=ON",
)


def trouble(error: Exception, path: str) -> FileTrouble:
    """Return what a failure of SQLite means to a user, as a sentence that says what to do."""
    text = f"{error} {getattr(error, 'sqlite_errorname', '')}".lower()
    cause = true_cause(path, text)
    if cause is not None:
        return cause
    for signs, message in TROUBLES.items():
        if any(sign in text for sign in signs):
            return FileTrouble(message.format(path=path))
    if "not a database" in text:
        return FileTrouble(f"{path} is not a programme file.", "file.none")
    return FileTrouble(f"{path} is damaged ({error}).{UNCHANGED}", "file.damaged")


UNCHANGED = " Nothing was changed."

# By what SQLite says or calls the error, in the order in which they are looked for.
TROUBLES = {
    ("dbmoved",): "{path} was moved, deleted or replaced while it was open. Nothing was saved; open it again.",
    ("readonly_rollback", "readonly_recovery", "readonly_cantinit"): (
        "{path} cannot be read before what a crash left in it is undone, and it may not be written. "
        "Ask for write access, or copy it elsewhere with the files beside it."
    ),
    ("readonly",): "{path} can be read but not written. Ask for write access, or copy it elsewhere.",
    ("full",): "The disk that holds {path} is full. Nothing was saved; make room and try again.",
    ("locked", "busy"): "{path} is being written by another program. Nothing was saved; try again in a moment.",
    ("unable to open",): "{path} cannot be opened. Check that the folder exists and that you may read it.",
    ("disk i/o", "ioerr"): (
        "The disk that holds {path} gave an error, or is full. Nothing was saved; make room or check the disk."
    ),
}


def _judge(connection: sqlite3.Connection, path: str) -> str:
    """Return what a file is, by its marks and by whether it has tables."""
    # One statement is one read transaction: two processes that race to make a file never see half of it.
    application, schema, tables = connection.execute(
        "SELECT (SELECT application_id FROM pragma_application_id), "
        "(SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_master)"
    ).fetchone()
    if application != APPLICATION_ID:
        if application or schema or tables:
            raise FileTrouble(f"{path} is a database of another program.", "file.foreign")
        return NEW
    if schema > SCHEMA_VERSION:
        raise FileTrouble(
            f"{path} was written by a newer version of the tracker (schema {schema}, this one knows {SCHEMA_VERSION}). "
            f"Update the tracker to open it."
        )
    if not schema or not tables:
        raise FileTrouble(f"{path} is damaged (its tables are missing).", "file.no_tables")
    return OLDER if schema < SCHEMA_VERSION else OURS


def connect(path: "str | Path", *, create: bool = False) -> tuple[sqlite3.Connection, str]:
    """Return a connection to a programme file and what the file is: ``new``, ``ours`` or ``older``.

    Raises FileTrouble, with the file as it was.
    """
    name = str(path)
    if not _exists(name):
        if not create:
            raise FileTrouble(f"There is no programme file at {name}.", "file.missing")
        _make(name)
    refuse_foreign(name, create=create)
    try:
        # "rw" for readers too: after a crash somebody has to roll the last write back, and "ro" may not.
        address = f"file://{_escaped(name)}?mode=rw"
        connection = sqlite3.connect(
            address, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
        )
    except FAILURES as error:
        raise trouble(error, name) from error
    try:
        state = _judge(connection, name)
        if state == NEW and not create:
            raise FileTrouble(f"{name} is empty.", "file.empty")
        if state == NEW:
            os.chmod(name, 0o600)  # noqa: PTH101 - it was there before, empty, and perhaps for everybody to read
        for pragma in _pragmas(connection):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        teach_order(connection)
    except FAILURES as error:
        connection.close()
        raise trouble(error, name) from error
    except FileTrouble:
        connection.close()
        raise
    return connection, state


def teach_order(connection: sqlite3.Connection) -> None:
    """Let statements put refs and names in order by ``natural_order``; what is no text stays as it is."""
    connection.create_function("natural_order", 1, _order_of, deterministic=True)


def _order_of(value: str | int | float | bytes | None) -> str | int | float | bytes | None:
    return natural_order(value) if isinstance(value, str) else value


def _pragmas(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what is set at each open. A file that another tool has in WAL mode stays in it while the tool has it open.

    It is as durable with this synchronous; waiting for the tool would only be refused in the end.
    """
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        return PRAGMAS
    connection.execute("PRAGMA busy_timeout=0")
    try:
        connection.execute("PRAGMA journal_mode=DELETE").fetchall()
    except sqlite3.OperationalError:
        return tuple(pragma for pragma in PRAGMAS if not pragma.startswith("journal_mode"))
    finally:
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    return PRAGMAS


def _exists(name: str) -> bool:
    try:
        mode = os.stat(name).st_mode  # noqa: PTH116 - pathlib would be a tenth of opening a file
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:  # the folder may not be looked into
        raise trouble(sqlite3.OperationalError("unable to open database file"), name) from error
    refuse_no_file(name, mode)
    return True


def _escaped(name: str) -> str:
    """Return the absolute path of a file as SQLite reads it in an address."""
    path = name if name.startswith("/") else f"{os.getcwd()}/{name}"  # noqa: PTH109
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _make(name: str) -> None:
    try:
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)  # noqa: PTH103, PTH120
        os.close(os.open(name, os.O_CREAT | os.O_RDWR, 0o600))  # readable by its owner only
    except OSError as error:
        raise FileTrouble(f"{name} cannot be made ({error.strerror}).", "file.not_made") from error
