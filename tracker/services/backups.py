"""Copies of the programme file, for the fronts: making, listing, putting one back, and recovering a damaged file."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import FileTrouble
from tracker.rules.backups import age
from tracker.rules.wording import counted
from tracker.services.settings import read_settings
from tracker.storage import Acting, Store
from tracker.storage.backup import backup_folder
from tracker.storage.copies import keeping, naming
from tracker.storage.copies.examine import identity, opened, problems_in
from tracker.storage.copies.keeping import Kept, keep_bytes
from tracker.storage.copies.restore import Plan, plan_restore, restore
from tracker.storage.rows import uuid7

if TYPE_CHECKING:
    from tracker.storage.copies.recover import Came, Recovered

__all__ = [
    "Came",
    "Kept",
    "Plan",
    "Recovered",
    "back_up",
    "backup_at",
    "backup_folder",
    "backups",
    "folder_for_backups",
    "keep_bytes",
    "listed",
    "plan_restore",
    "planned",
    "put_back",
    "recover_programme",
    "restore",
]


MARK = "last-look"  # in the folder of backups: its date says when the file was looked after, its text where they go


class Backup(NamedTuple):
    """A backup beside the file.

    ``at`` and ``reason`` are what its name tells (None and empty for another name), ``verified`` whether it held when
    it was made. ``programme``, ``changes`` and ``last`` (when the newest was recorded) are what it holds; ``problems``
    says why it cannot be opened, or what does not hold now where that was asked.
    """

    path: Path
    at: datetime | None
    reason: str
    verified: bool
    size: int
    programme: str
    changes: int
    last: datetime | None
    problems: tuple[str, ...]


def back_up(store: Store, target: Path | None = None, now: datetime | None = None) -> Kept:
    """Write a verified copy of the file, by itself into the folder of its backups.

    Raises TrackerError when the target exists, FileTrouble when it cannot be written or the file's pages are damaged.
    """
    folder = folder_for_backups(store) if target is None else None
    return keeping.keep(store.connection, store.path, target, folder=folder, now=now)


def folder_for_backups(store: Store) -> Path:
    """Return where backups of a file go: what the setting says, seen from the folder of the file, else NAME.backups."""
    folder = read_settings(store).backup_folder
    own = backup_folder(store.path)
    return own.parent / os.path.expanduser(folder) if folder else own  # noqa: PTH111 - it raises nothing


def backups(path: str, folder: Path | None = None) -> list[Path]:
    """Return the backups of a file, the oldest first; ``folder`` is another place where they lie."""
    return naming.backups(path, folder)


def listed(path: str, *, again: bool = False) -> Iterator[Backup]:
    """Yield the backups of a file with what each holds, the oldest first; ``again``: verify each of them now."""
    for copy in naming.backups(path, _other_folder(path)):
        yield backup_at(copy, again=again)


def _other_folder(path: str) -> Path | None:
    """Return where the setting of a file puts backups, as it was noted last when the file cannot be read."""
    try:
        with Store.open(path, read_only=True) as store:
            return folder_for_backups(store)
    except FileTrouble:
        return noted_folder(path)


def noted_folder(path: str) -> Path | None:
    """Return where backups of a file went when it was last looked after: they are needed most when it is damaged."""
    try:
        folder = (backup_folder(path) / MARK).read_bytes()
    except OSError:
        return None
    return Path(os.fsdecode(folder)) if folder and b"\0" not in folder else None


def backup_at(copy: Path, *, again: bool) -> Backup:
    """Return what a backup holds; ``again``: verify it now."""
    named = naming.read_name(copy)
    at, reason, verified = (named.at, named.reason, named.verified) if named else (None, "", False)
    size = copy.stat().st_size
    try:
        with opened(copy) as (connection, _):
            holds = identity(connection)
    except FileTrouble as error:
        return Backup(copy, at, reason, False, size, "", 0, None, (str(error),))
    problems = tuple(problems_in(copy)) if again else ()
    verified = not problems if again else verified
    return Backup(copy, at, reason, verified, size, holds.name, len(holds.commands), holds.last, problems)


def planned(plan: Plan, path: str, now: datetime) -> list[str]:
    """Return of which programme a backup is, how old, and what of the file at ``path`` would be lost by it."""
    backup = plan.backup
    last = ""
    if backup.last is not None:
        recorded = backup.last.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
        last = f"; the last was recorded {age(backup.last, now)} ago ({recorded})"
    changes = counted(len(backup.commands), "change")
    lines = [f"{plan.source} is of “{backup.name}” and holds {changes}{last}."]
    if plan.damage:
        lines.append(f"How many changes go cannot be told: {plan.damage}")
    elif plan.going is not None:
        lines.append(f"{counted(plan.going, 'change')} that {path} has and the backup lacks would go.")
    return lines


def put_back(plan: Plan, path: str, now: datetime) -> str:
    """Put the backup of a plan in the place of the file; return where the state before is kept. Raises FileTrouble."""
    copy = restore(plan, path, now)
    if copy is None:
        return "Restored."
    if copy.problems:
        return f"Restored. The state before is kept at {copy.path}, as it was: {copy.problems[0]}"
    return f"Restored. The state before is kept at {copy.path}, and was verified."


def recover_programme(source: Path, target: Path, who: str, now: datetime, by: str) -> "Recovered":
    """Get out of a damaged file what can be got out, into a new one; ``who`` does it through the front ``by``.

    Raises TrackerError when the target exists, FileTrouble when nothing can be got out.
    """
    from tracker.storage.copies.recover import recover

    acting = Acting(uuid7(int(now.timestamp() * 1000)), by, now.astimezone(UTC), now.date())
    return recover(source, target, acting, who)
