"""Looking at a copy: of which programme it is, how far it goes, and whether pages, journal and chain hold."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tracker.errors import FileTrouble
from tracker.storage.backup import copy_pages
from tracker.storage.connection import FAILURES, OLDER, connect, trouble
from tracker.storage.journal.verify import verify
from tracker.storage.store import Store


class Identity(NamedTuple):
    """Which programme a file holds and how far: uid and name, the hashes of its commands, when the newest was given.

    ``uid`` is empty and ``last`` None in a file without a programme.
    """

    uid: str
    name: str
    commands: frozenset[bytes]
    last: datetime | None


@contextmanager
def opened(path: Path | str) -> Iterator[tuple[sqlite3.Connection, str]]:
    """Give a connection to a programme file, and whether it is ours or older; nothing is brought to a newer schema.

    Raises FileTrouble, also for what SQLite says meanwhile.
    """
    connection, state = connect(path)
    try:
        yield connection, state
    except FAILURES as error:
        raise trouble(error, str(path)) from error
    finally:
        connection.close()


def identity(connection: sqlite3.Connection) -> Identity:
    """Return which programme a file holds, and how far. Raises what SQLite raises."""
    programme = connection.execute("SELECT uid, name FROM programme ORDER BY id LIMIT 1").fetchone()
    uid, name = programme or ("", "")
    commands = connection.execute("SELECT hash FROM tx WHERE hash IS NOT NULL").fetchall()
    newest = connection.execute("SELECT max(at) >> 16 FROM tx").fetchone()[0]
    last = None if newest is None else datetime.fromtimestamp(newest / 1000, UTC)
    return Identity(uid, name, frozenset(row[0] for row in commands), last)


def pages_hold(connection: sqlite3.Connection) -> str:
    """Return an empty text when SQLite finds the pages sound, else what it says."""
    verdict = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    return "" if verdict == "ok" else " ".join(verdict.split())


def problems_of(connection: sqlite3.Connection, state: str, path: Path | str) -> list[str]:
    """Return what does not hold in a copy that is open, as sentences: pages, references, journal and chain.

    An older one is brought to the present schema in memory, so that it can be asked; the file stays as it is.
    """
    if state != OLDER:
        return verify(Store(connection, str(path)))
    from tracker.storage.migrations import migrate

    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        copy_pages(connection, memory)
        migrate(memory)
        return verify(Store(memory, str(path)))
    except FAILURES as error:
        return [f"The file cannot be brought to the present schema: {error}."]
    except FileTrouble as error:
        return [str(error)]
    finally:
        memory.close()


def problems_in(path: Path) -> list[str]:
    """Return what does not hold in a file, as sentences; what cannot be opened says why. Nothing is raised."""
    try:
        with opened(path) as (connection, state):
            return list(problems_of(connection, state, path))
    except FileTrouble as error:
        return [str(error)]


def began(store: Store) -> datetime | None:
    """Return when the first command was given; None in an empty file. Raises FileTrouble."""
    first = store.read("SELECT min(at) >> 16 FROM tx")[0][0]
    return None if first is None else datetime.fromtimestamp(first / 1000, UTC)
