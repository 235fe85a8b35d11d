"""Facts on disks and folders; nothing is written to find out whether one may write."""

import os
import stat
from collections.abc import Iterator

from tracker.paths import data_folder, state_folder, templates_folder
from tracker.rules.doctor.places import Disk, Folder
from tracker.services.doctor.crash import crash_folder
from tracker.services.doctor.private import shown_path

ONLY_READ = ("Your templates",)


def nearest_folder(path: str) -> str:
    """Return the folder of a path, or the nearest one above it that is there."""
    folder = os.path.abspath(path)  # noqa: PTH100
    while not os.path.isdir(folder) and folder != os.path.dirname(folder):  # noqa: PTH112, PTH120
        folder = os.path.dirname(folder)  # noqa: PTH120
    return folder


def may_write(folder: str) -> bool:
    """Return whether files can be made in a folder, as far as the system says without making one."""
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids)


def folders() -> Iterator[Folder]:
    """Yield the folders that the program uses."""
    state = str(state_folder())
    named = {
        "Data": str(data_folder()),
        "State": state,
        "Drafts": os.path.join(state, "drafts"),  # noqa: PTH118
        "Crash reports": str(crash_folder()),
        "Your templates": str(templates_folder()),
    }
    for purpose, path in named.items():
        yield _folder(purpose, path)


def _folder(purpose: str, path: str) -> Folder:
    folder = Folder(purpose, shown_path(path), None, writable=True, absolute=os.path.isabs(path))  # noqa: PTH117
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return folder._replace(writable=purpose in ONLY_READ or may_write(nearest_folder(path)))
    return folder._replace(
        mode=stat.S_IMODE(status.st_mode),
        writable=purpose in ONLY_READ or may_write(path),
        is_folder=stat.S_ISDIR(status.st_mode),
    )


def disks(file: str) -> Iterator[Disk]:
    """Yield the disks of the programme file, of the state folder, and of temporary files."""
    temporary = next(filter(None, map(os.environ.get, ("TMPDIR", "TEMP", "TMP"))), "/tmp")
    places = (("Programme file", file), ("State", str(state_folder())), ("Temporary files", temporary))
    for purpose, path in places:
        disk = _disk(purpose, path)
        if disk is not None:
            yield disk


def _disk(purpose: str, path: str) -> Disk | None:
    folder = nearest_folder(path)
    try:
        status = os.statvfs(folder)
    except (OSError, AttributeError):
        return None
    temporary = purpose == "Temporary files"  # of the others, other lines say who may write
    return Disk(
        purpose,
        shown_path(folder),
        status.f_bavail * status.f_frsize,
        bool(status.f_flag & os.ST_RDONLY),
        temporary and bool(status.f_flag & getattr(os, "ST_NOEXEC", 0)),
        may_write(folder) or not temporary,
    )
