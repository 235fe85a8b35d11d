"""Keeping a copy: verified before it gets its name; of a file that cannot be read, the bytes as they are."""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tracker.errors import FileTrouble, TrackerError
from tracker.storage import durable
from tracker.storage.backup import TAILS, backup_folder, being_written, copy_to
from tracker.storage.copies.examine import opened, problems_in
from tracker.storage.copies.naming import BY_HAND, name_of


class Kept(NamedTuple):
    """A copy that was kept, and what does not hold in it, as sentences; none where all of it holds."""

    path: Path
    problems: tuple[str, ...] = ()


def keep(
    connection: sqlite3.Connection,
    path: str,
    target: Path | None = None,
    *,
    reason: str = BY_HAND,
    folder: Path | None = None,
    now: datetime | None = None,
) -> Kept:
    """Write a copy of the file at ``path``, which is open, and verify it: pages, references, journal and chain.

    Without a target it gets a name in ``folder`` (else NAME.backups beside the file). A copy whose pages are sound and
    whose journal is not is kept: it is all that the file holds, and it says so. Raises TrackerError when the target
    exists, FileTrouble when it cannot be written or the pages are damaged.
    """
    at = now or datetime.now(UTC)
    place = folder or backup_folder(path)
    with being_written(target or place / name_of(at, reason, verified=False)) as part:
        copy_to(connection, part, path)
        problems = tuple(problems_in(part))
        name = target or place / name_of(at, reason, verified=not problems)
        _refuse_taken(name)
        durable.put(part, name)
    return Kept(name, problems)


def _refuse_taken(target: Path) -> None:
    if os.path.lexists(target):
        raise TrackerError(f"{target} was made by somebody else meanwhile and was left as it is.")


def keep_bytes(path: str, target: Path) -> Kept:
    """Copy a file byte by byte, with what SQLite keeps beside it: for one that is too damaged to be copied otherwise.

    Each copy is read back and compared. Raises TrackerError when the target exists, FileTrouble when it cannot be
    written; nothing is left behind then.
    """
    real = Path(os.path.realpath(path))
    if not real.is_file():
        raise FileTrouble(f"There is no programme file at {path}.", "file.missing")
    tails = [tail for tail in TAILS[:2] if Path(f"{real}{tail}").is_file()]
    placed: list[Path] = []
    try:
        with being_written(target) as part:
            for tail in ("", *tails):
                durable.copy_bytes(Path(f"{real}{tail}"), Path(f"{part}{tail}"))
            for tail in (*tails, ""):  # the file last: a journal alone is nothing, a file without its journal is wrong
                placed.append(Path(f"{target}{tail}"))
                durable.put(Path(f"{part}{tail}"), placed[-1])
    except BaseException:
        _take_away(placed)
        raise
    return Kept(target, tuple(problems_in(target)) or ("It was copied byte by byte.",))


def _take_away(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def keep_present(path: str, reason: str, now: datetime) -> Kept:
    """Keep the present state of a file whole, whatever state it is in, in the folder of its backups.

    What stands in a journal or a ``-wal`` beside it is in the copy. Raises FileTrouble when it cannot be kept.
    """
    try:
        with opened(path) as (connection, _):
            return keep(connection, path, reason=reason, now=now)
    except FileTrouble as error:
        if not is_damage(error):
            raise
        problem = str(error)
    copy = keep_bytes(path, backup_folder(path) / name_of(now, reason, verified=False))
    return copy._replace(problems=(problem,))


def is_damage(error: FileTrouble) -> bool:
    """Whether a file cannot be used because its content is broken, and not because of its place, a lock or the disk."""
    return error.code in ("backup.damaged", "file.damaged", "file.none", "file.no_tables", "file.empty")
