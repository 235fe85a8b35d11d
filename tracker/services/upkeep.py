"""What the program does for a file by itself, once a day: a backup when one is due, and tidying up after the killed.

None of it is ever a reason for a command to fail: what went wrong is a note.
"""

import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tracker.errors import Note, TrackerError
from tracker.rules.backups import is_due, kept
from tracker.rules.settings import Settings
from tracker.services.backups import MARK, backup_folder, folder_for_backups
from tracker.services.settings import read_settings
from tracker.storage import Store, durable
from tracker.storage.copies.examine import began
from tracker.storage.copies.keeping import keep
from tracker.storage.copies.leftovers import leftovers, take_away
from tracker.storage.copies.naming import BY_ITSELF, made_by_itself

UNSOUND_KEPT = 3  # of copies made by itself whose journal does not hold: the newest so many
AGAIN_S = 3_600.0  # a backup that could not be made is tried again after an hour


class Looked(NamedTuple):
    """What was done: the backup that was made (None: none was), and sentences for the person."""

    backup: Path | None
    notes: tuple[str, ...]


def look_after(store: Store, now: datetime, every_s: float) -> Looked:
    """Make a backup when one is due, let old ones go, and take away what killed commands left. Raises nothing.

    Then it leaves a mark, so that others need not look for ``every_s`` seconds.
    """
    if not os.access(store.path, os.W_OK):
        return Looked(None, ())
    own = backup_folder(store.path)
    mark = own / MARK
    try:
        durable.make_folder(own)
        folder = folder_for_backups(store)
        mark.write_bytes(os.fsencode(folder.absolute()))
        mark.chmod(0o600)
        _look_again(mark, every_s)  # who is killed while backing up leaves the rest of the day to others
        backup, notes = _backup_when_due(store, folder, now)
        os.utime(mark)
    except TrackerError as error:
        _look_again(mark, every_s)
        return Looked(None, (Note("backup.not_made", f"No backup was made: {error}"),))
    except OSError as error:
        return Looked(None, (Note("backup.not_made", f"No backup was made: {own}: {error.strerror or error}."),))
    return Looked(backup, (*notes, *_tidied(store, own)))


def _look_again(mark: Path, every_s: float) -> None:
    soon = time.time() - every_s + AGAIN_S
    try:
        os.utime(mark, (soon, soon))
    except OSError:
        return


def _backup_when_due(store: Store, folder: Path, now: datetime) -> tuple[Path | None, tuple[str, ...]]:
    settings = read_settings(store)
    if not folder.parent.is_dir():  # a drive that is not there is not to be made as a folder
        raise TrackerError(f"The folder {folder.parent} is not there.")
    verified = [copy.at for copy in made_by_itself(folder) if copy.verified]
    if not is_due(settings.backup_every, max(verified, default=None), began(store), now):
        return None, ()
    copy = keep(store.connection, store.path, reason=BY_ITSELF, folder=folder, now=now)
    notes = tuple(_said(copy.problems))
    _let_go(folder, settings, sound=not copy.problems)
    return copy.path, notes


def _said(problems: tuple[str, ...]) -> Iterator[str]:
    if problems:
        yield Note(
            "backup.not_in_order",
            f"The backup that was made holds what the file holds, and that does not hold: {problems[0]}",
        )


def _let_go(folder: Path, settings: Settings, *, sound: bool) -> None:
    """Remove backups that the program made and that neither age nor number keeps; none while the newest is unsound."""
    copies = made_by_itself(folder)
    unsound = [copy for copy in copies if not copy.verified]
    going = unsound[:-UNSOUND_KEPT]
    if sound:
        verified = [copy for copy in copies if copy.verified]
        numbers = settings.backup_days, settings.backup_weeks, settings.backup_months
        stay = kept((copy.at for copy in verified), *numbers)
        going += [copy for copy in verified if copy.at not in stay]
    for copy in going:
        copy.path.unlink(missing_ok=True)


def _tidied(store: Store, own: Path) -> Iterator[str]:
    folders = {own, Path(os.path.realpath(store.path)).parent, Path(store.path).absolute().parent}
    for folder in sorted(folders):
        removed = list(take_away(leftovers(folder, time.time())))
        if removed:
            names = ", ".join(path.name for path in removed[:3])
            further = f" and {len(removed) - 3} more" if len(removed) > 3 else ""
            yield f"Taken away from {folder}, where commands that were killed had left it: {names}{further}."
