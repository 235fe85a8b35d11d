"""Facts on the programme file: nothing is written, and only a plain file is opened."""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime

from tracker.paths import Chosen
from tracker.rules.doctor.programme import Beside, Content, ProgrammeFile
from tracker.services.doctor.places import may_write
from tracker.services.doctor.private import shown_path
from tracker.storage.backup import backup_folder
from tracker.storage.copies.naming import backups
from tracker.storage.inspection import inspect, newest_schema, read_header
from tracker.storage.lease import network_drive

MOST_BESIDE = 10


def programme_file(chosen: Chosen, now: datetime) -> ProgrammeFile:
    """Return what is known of a programme file; ``now`` is aware. Never fails."""
    path = chosen.name
    if not path.startswith("~"):  # else there is no home folder, and it is shown as it is
        path = os.path.abspath(path)  # noqa: PTH100
    named = chosen.why.startswith("named")
    known = ProgrammeFile(shown_path(path), chosen.why, named, "none", now)
    try:
        status = os.stat(path)  # noqa: PTH116
    except (FileNotFoundError, NotADirectoryError):
        return known
    except (OSError, ValueError):
        return known._replace(kind="unseen")
    if not stat.S_ISREG(status.st_mode):
        if stat.S_ISDIR(status.st_mode):
            return known._replace(kind="folder")
        return known._replace(kind="special")
    copies, newest = _backups(path)
    readable = os.access(path, os.R_OK)
    return known._replace(
        kind="file",
        size=status.st_size,
        mode=stat.S_IMODE(status.st_mode),
        owner=_owner(status.st_uid),
        network=network_drive(path),
        readable=readable,
        writable=os.access(path, os.W_OK),
        folder_writable=may_write(os.path.dirname(path)),  # noqa: PTH120
        written=_at(status.st_mtime),
        beside=list(_beside(path, now)),
        backups=copies,
        newest_backup=newest,
        content=_content(path) if readable else None,
    )


def _owner(number: int) -> str:
    if number == os.geteuid():
        return "you"
    if number == 0:
        return "root"
    return "somebody else"


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _beside(path: str, now: datetime) -> Iterator[Beside]:
    """Yield what lies beside the file and has its name with an ending, but for its backups."""
    folder, name = os.path.split(path)
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208
    except OSError:
        return
    backups_name = backup_folder(name).name
    endings = [each[len(name) :] for each in names if each.startswith((name + "-", name + "."))]
    for ending in [ending for ending in endings if name + ending != backups_name][:MOST_BESIDE]:
        try:
            status = os.lstat(path + ending)
        except OSError:
            continue
        yield Beside(shown_path(ending), now.timestamp() - status.st_mtime, status.st_size)


def _backups(path: str) -> tuple[int, datetime | None]:
    try:
        times = [copy.stat().st_mtime for copy in backups(path)]
    except OSError:
        return 0, None
    return len(times), max(map(_at, times), default=None)


def _content(path: str) -> Content:
    try:
        header = read_header(path)
    except OSError:
        return Content(ours=False, reason="It cannot be read.")
    if not header.database:
        return Content(ours=False, reason="It is no database, or its beginning is damaged.")
    if not header.ours:
        return Content(ours=False, reason="It is a database of another program.")
    inspected = inspect(path, header)
    newest = _at(inspected.newest_ms / 1000) if inspected.newest_ms else None
    return Content(
        True,
        header.schema,
        newest_schema(),
        inspected.problems,
        inspected.changes,
        inspected.reason,
        newest,
        header.wal,
    )
