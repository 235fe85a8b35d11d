"""How backups are named: when they were made, why, and whether they were verified then."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tracker.storage.backup import STAMP, backup_folder

VERIFIED = "-verified"
BY_ITSELF = "auto"  # the reason of those that the program makes, and the only ones that it takes away
BY_HAND = "backup"
BEFORE_RESTORE = "before-restore"
_NAME = re.compile(r"(\d{8}T\d{12}Z)-([a-z-]+?)(-verified)?\.db")


class Named(NamedTuple):
    """A backup as its name tells of it; ``verified`` is whether pages, journal and chain held when it was made."""

    path: Path
    at: datetime
    reason: str
    verified: bool


def name_of(at: datetime, reason: str, *, verified: bool) -> str:
    """Return the name of a backup."""
    mark = VERIFIED if verified else ""
    return f"{at.astimezone(UTC).strftime(STAMP)}-{reason}{mark}.db"


def read_name(path: Path) -> Named | None:
    """Return what the name of a backup tells; None when it is not one that the program gives."""
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        at = datetime.strptime(match[1], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Named(path, at, match[2], match[3] is not None)


def backups(path: str, folder: Path | None = None) -> list[Path]:
    """Return the backups in the folder of a file, the oldest first, and those in another folder after them."""
    return [copy for place in _folders(path, folder) for copy in sorted(place.glob("*.db"))]


def made_by_itself(folder: Path) -> list[Named]:
    """Return the backups in a folder that the program made by itself, the oldest first."""
    named = (read_name(path) for path in sorted(folder.glob(f"*-{BY_ITSELF}*.db")))
    return [copy for copy in named if copy is not None and copy.reason == BY_ITSELF and not copy.path.is_symlink()]


def _folders(path: str, folder: Path | None) -> list[Path]:
    own = backup_folder(path)
    return [own] if folder is None or folder == own else [own, folder]
