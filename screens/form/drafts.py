"""Text that was typed and not saved: kept on disk, so that no closed window or lost connection takes it away."""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import NamedTuple

from tracker.paths import state_folder, write_privately

# A draft that another running session wrote so recently is still being written there.
BEING_WRITTEN = timedelta(minutes=10)
ADD_KEPT = timedelta(days=1)  # what somebody began to add and left: after that it is a stranger in the next form
_OPEN: set[Path] = set()  # files that forms of this process write


class Draft(NamedTuple):
    """What somebody typed, by field, what stood there when they began, and when they last typed (UTC).

    ``preset`` is what a new record began with; ``kind`` and ``uid`` say of what the form was (no uid: a new record).
    """

    texts: dict[str, str]
    began: dict[str, str]
    at: datetime
    preset: dict[str, str] = {}
    kind: str = ""
    uid: str = ""


class StoredDraft(NamedTuple):
    """A draft and the file that holds it."""

    draft: Draft
    path: Path

    def discard(self) -> None:
        """Delete it; what cannot be deleted is offered again: a nuisance, not a loss."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def drafts_folder(app: object) -> Path:
    """Return where unsaved text is kept: what the application says, else the user's state folder."""
    folder: Path | None = getattr(app, "drafts_folder", None)
    return folder or state_folder() / "drafts"


def subject(uid: str | None, preset: Mapping[str, object]) -> str:
    """Return what a draft is about: a record, or a new one that begins with some values."""
    return uid or "new" + "".join(f" {name}={value}" for name, value in sorted(preset.items()))


class Drafts:
    """The draft of a form that is open; every method reads or writes files: call them in a worker, or when all ends.

    ``about`` is what ``subject`` gives. Raises OSError when the folder cannot be used.
    """

    def __init__(self, folder: Path, programme: str, kind: str, about: str) -> None:
        self.folder = folder
        self.adds = about.startswith("new")
        self._place = _place(programme)
        self.key = sha256("\0".join((self._place, kind, about)).encode("utf-8", "surrogatepass")).hexdigest()[:24]
        self.path = folder / f"{self.key}-{os.getpid()}-{token_hex(4)}.json"  # every form writes its own
        self._lock = Lock()
        self._over = False

    def keep(self, draft: Draft) -> None:
        """Write the draft, whole or not at all, readable by its author only; nothing is written after ``end``."""
        with self._lock:
            if self._over:
                return
            _OPEN.add(self.path)
            content = {**draft._asdict(), "at": draft.at.isoformat(), "programme": self._place}
            write_privately(self.path, json.dumps(content))

    def forget(self) -> None:
        """Delete the draft; a later ``keep`` writes it again."""
        with self._lock:
            self.path.unlink(missing_ok=True)

    def end(self) -> None:
        """Delete the draft for good: its text has been saved."""
        with self._lock, suppress(OSError):  # what cannot be deleted is offered again: a nuisance, not a loss
            self._over = True
            _OPEN.discard(self.path)
            self.path.unlink(missing_ok=True)

    def leave(self) -> None:
        """The form is closed, and its draft stays for the next."""
        with self._lock:
            self._over = True
            _OPEN.discard(self.path)

    def offered(self, now: datetime) -> StoredDraft | None:
        """Return the newest draft of such a form that nobody is writing; adds are forgotten after a day."""
        stored = _stored_drafts(self.folder.glob(f"{self.key}-*.json"), now, adds=self.adds)
        return stored[0] if stored else None


def all_drafts(folder: Path, programme: str, now: datetime) -> list[StoredDraft]:
    """Return every draft of a programme that nobody is writing, the newest first; reads files."""
    stored = _stored_drafts(folder.glob("*.json"), now)
    return [each for each in stored if each.draft.kind and _programme_of(each.path) == _place(programme)]


def _stored_drafts(paths: Iterable[Path], now: datetime, *, adds: bool = False) -> list[StoredDraft]:
    """Return the drafts among files, the newest first; those of adds that are too old are deleted.

    ``adds``: all of them are of new records, also those that do not say so.
    """
    drafts = []
    for path in paths:
        draft = _read(path)
        if draft is None or path in _OPEN or (_lives_elsewhere(path) and now - draft.at < BEING_WRITTEN):
            continue
        stored = StoredDraft(draft, path)
        if now - draft.at > ADD_KEPT and (adds or (draft.kind and not draft.uid)):
            stored.discard()
        else:
            drafts.append(stored)
    return sorted(drafts, key=lambda stored: stored.draft.at, reverse=True)


def _place(programme: str) -> str:
    return str(Path(programme).absolute())


def _programme_of(path: Path) -> str:
    """Return the programme that a draft belongs to; empty when its file does not say so."""
    try:
        return str(json.loads(path.read_text("ascii")).get("programme", ""))
    except (OSError, ValueError, AttributeError):
        return ""


def _read(path: Path) -> Draft | None:
    """Return what a file holds; None when it is not a draft, which is then left alone."""
    try:
        content = json.loads(path.read_text("ascii"))
        texts, began, preset = (
            {str(name): str(text) for name, text in content.get(part, {}).items()}
            for part in ("texts", "began", "preset")
        )
        at = datetime.fromisoformat(content["at"]).astimezone(UTC)
        return Draft(texts, began, at, preset, str(content.get("kind", "")), str(content.get("uid", "")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _lives_elsewhere(path: Path) -> bool:
    """Return whether the process that wrote a draft is another one and still runs."""
    number = path.stem.partition("-")[2].partition("-")[0]
    if not number.isdigit() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
