"""Putting a backup in the place of the file: judged first, the present state kept, and durable when it returns."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tracker.errors import FileTrouble, Problem, TrackerError
from tracker.storage import durable, lease
from tracker.storage.backup import TAILS, backup_folder, copy_pages, copy_to, open_plainly
from tracker.storage.connection import FAILURES, UNCHANGED, trouble
from tracker.storage.copies.examine import Identity, identity, opened, pages_hold, problems_of
from tracker.storage.copies.keeping import Kept, is_damage, keep_present
from tracker.storage.copies.naming import BEFORE_RESTORE
from tracker.storage.looking import APPLICATION_ID

KEEP_TRIES = 5
MAGIC = b"SQLite format 3\0"


class Plan(NamedTuple):
    """What restoring a backup would do.

    ``present`` is None where there is no file, or where it is too damaged to be asked (``damage`` says so). ``going``
    is how many commands the file has and the backup lacks, None where that cannot be told. ``refusals`` are problems
    for which a person has to agree, by their codes: ``restore.altered``, ``restore.another``, ``restore.unknown``.
    """

    source: Path
    backup: Identity
    present: Identity | None
    damage: str
    going: int | None
    refusals: tuple[Problem, ...]


def plan_restore(source: Path, path: str) -> Plan:
    """Judge a backup and the file that it is to replace; nothing is written.

    Raises TrackerError when both are the same file, FileTrouble when the source is no sound programme file, or when
    what stands at ``path`` is somebody else's.
    """
    if source.exists() and Path(path).exists() and source.samefile(path):
        raise TrackerError(f"{source} is the programme file itself. Name a backup of it.")
    with opened(source) as (connection, state):
        damage = pages_hold(connection)
        if damage:
            raise FileTrouble(f"{source} is damaged ({damage}). Choose another backup.", "restore.damaged")
        backup = identity(connection)
        if not backup.uid:
            raise FileTrouble(f"{source} holds no programme. Choose a backup of one.")
        problems = problems_of(connection, state, source)
    present, trouble_of_present, unknown = _present(source, path)
    refusals = [unknown] if unknown else []
    if problems:
        sentence = f"{source} does not hold what was recorded: {' '.join(problems[:2])}"
        refusals.append(Problem("", "restore.altered", sentence))
    if present is not None and present.uid and present.uid != backup.uid:
        sentence = f"{source} is a backup of “{backup.name}”, and {path} holds another programme, “{present.name}”."
        refusals.append(Problem("", "restore.another", sentence))
    going = None if present is None else len(present.commands - backup.commands)
    return Plan(source, backup, present, trouble_of_present, going, tuple(refusals))


def _present(source: Path, path: str) -> tuple[Identity | None, str, Problem | None]:
    """Return what stands at a path, what is wrong with it, and a problem where nothing shows that it is a programme.

    Raises FileTrouble when it is somebody else's.
    """
    if not os.path.lexists(path):
        return None, "", None
    try:
        with opened(path) as (connection, _):
            return identity(connection), "", None
    except FileTrouble as error:
        if not is_damage(error):
            raise
        if _looks_like_ours(path) or source.absolute().parent == backup_folder(path).absolute():
            return None, str(error).removesuffix(UNCHANGED), None
        sentence = f"Nothing shows that {path} is a programme file: it may be somebody else's. It would be replaced."
        return None, str(error), Problem("", "restore.unknown", sentence)


def _looks_like_ours(path: str) -> bool:
    """Whether the header of a damaged file says that it was made by this program, or the file is empty."""
    with Path(path).open("rb") as file:
        header = file.read(100)
    ours = header.startswith(MAGIC) and header[68:72] == APPLICATION_ID.to_bytes(4, "big")
    return ours or not header


def restore(plan: Plan, path: str, now: datetime | None = None) -> Kept | None:
    """Put the backup of a plan in the place of the file; return what was kept of the state before (None: no file).

    Who calls it has asked about the plan's refusals. Raises FileTrouble, with both files as they were.
    """
    try:
        with opened(plan.source) as (connection, _), lease.held(path):
            copy = _keep_newest(path, now or datetime.now(UTC)) if Path(path).exists() else None
            _put(connection, path)
    except OSError as error:
        raise FileTrouble(f"{path} cannot be written ({error.strerror}). Nothing was restored.") from error
    return copy


def _keep_newest(path: str, now: datetime) -> Kept:
    """Keep the present state; when somebody wrote meanwhile, keep it again."""
    with _watching(path) as version:
        for _ in range(KEEP_TRIES):
            before = version()
            copy = keep_present(path, BEFORE_RESTORE, now)
            if version() == before:
                return copy
            durable.drop(copy.path)
    raise FileTrouble(f"{path} is being written by another program. Nothing was restored; try again in a moment.")


@contextmanager
def _watching(path: str) -> Iterator[Callable[[], int]]:
    """Give what returns a number that changes when somebody else writes the file; of a damaged one always the same."""
    connection = sqlite3.connect(os.path.abspath(path), timeout=0, isolation_level=None)  # noqa: PTH100

    def version() -> int:
        with suppress(*FAILURES):
            return int(connection.execute("PRAGMA data_version").fetchone()[0])
        return 0

    try:
        yield version
    finally:
        connection.close()


def _put(source: sqlite3.Connection, path: str) -> None:
    """Copy into the file itself where it can be opened, so that a program that has it open sees the change.

    A symbolic link stays one: the file that it leads to is written.
    """
    real = os.path.realpath(path)
    if Path(real).exists():
        try:
            _write_into(source, real)
        except FAILURES as error:
            if not _hopeless(error, real):
                raise trouble(error, path) from error
        else:
            return
    _replace(source, Path(real))


def _write_into(source: sqlite3.Connection, real: str) -> None:
    target = open_plainly(real)
    try:
        target.execute("PRAGMA journal_mode=DELETE").fetchall()  # one that another tool left in WAL mode
        copy_pages(source, target)
    finally:
        target.close()


def _hopeless(error: Exception, path: str) -> bool:
    """Whether a file is too damaged to be written into; one that is locked, read-only or on a full disk is not."""
    readonly = "READONLY" in getattr(error, "sqlite_errorname", "")  # so SQLite calls a damaged header, too
    return not isinstance(error, sqlite3.OperationalError) or (readonly and os.access(path, os.W_OK))


def _replace(source: sqlite3.Connection, path: Path) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        copy_to(source, part, str(path))
        _as_before(part, path)
        # SQLite would play what a crash left into the new file; hence these go first, for good.
        durable.drop(*(Path(f"{path}{tail}") for tail in TAILS))
        durable.put(part, path)
    finally:
        part.unlink(missing_ok=True)


def _as_before(part: Path, path: Path) -> None:
    """Give a new file owner, group and mode of the one that it replaces; nobody else may read it where that fails."""
    if not path.exists():
        return
    before = path.stat()
    mode = before.st_mode & 0o777
    try:
        os.chown(part, before.st_uid, before.st_gid)
    except OSError:
        try:
            os.chown(part, -1, before.st_gid)
        except OSError:
            mode &= 0o600
    part.chmod(mode)
