"""Text that was typed and not saved: kept on disk, so that no closed window or lost connection takes it away."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import NamedTuple

NAME = "transformation-tracker"
# A draft that another running session wrote so recently is still being written there.
BEING_WRITTEN = timedelta(minutes=10)


class Draft(NamedTuple):
    """What somebody typed, by field, what stood there when they began, and when they last typed (UTC)."""

    texts: dict[str, str]
    began: dict[str, str]
    at: datetime


def drafts_folder(app: object) -> Path:
    """Return where unsaved text is kept: what the application says, else the user's state folder."""
    folder: Path | None = getattr(app, "drafts_folder", None)
    if folder is not None:
        return folder
    from platformdirs import user_state_path

    return user_state_path(NAME) / "drafts"


def subject(uid: str | None, preset: Mapping[str, object]) -> str:
    """Return what a draft is about: a record, or a new one that begins with some values."""
    return uid or "new" + "".join(f" {name}={value}" for name, value in sorted(preset.items()))


class Drafts:
    """The draft of one form; every method reads or writes files, so call them in a worker (or when all ends).

    ``about`` is what ``subject`` gives. Raises OSError when the folder cannot be used.
    """

    def __init__(self, folder: Path, programme: str, kind: str, about: str) -> None:
        self.folder = folder
        place = str(Path(programme).absolute())
        self.key = sha256("\0".join((place, kind, about)).encode("utf-8", "surrogatepass")).hexdigest()[:24]
        self._lock = Lock()
        self._over = False

    @property
    def path(self) -> Path:
        """The file of this process; others that have the same form open write beside it."""
        return self.folder / f"{self.key}-{os.getpid()}.json"

    def keep(self, draft: Draft) -> None:
        """Write the draft, whole or not at all, readable by its author only; nothing is written after ``end``."""
        with self._lock:
            if self._over:
                return
            self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.mkdir(mode=0o700, exist_ok=True)
            unfinished = self.path.with_suffix(".new")
            content = json.dumps({**draft._asdict(), "at": draft.at.isoformat()}, ensure_ascii=True)
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self.path)

    def forget(self) -> None:
        """Delete the draft; a later ``keep`` writes it again."""
        with self._lock:
            self.path.unlink(missing_ok=True)

    def end(self) -> None:
        """Delete the draft for good: its text has been saved."""
        with self._lock, suppress(OSError):  # what cannot be deleted is offered again: a nuisance, not a loss
            self._over = True
            self.path.unlink(missing_ok=True)

    def take(self, now: datetime) -> Draft | None:
        """Return the newest draft of this form that no other running session is writing, and make it ours."""
        drafts = []
        for path in self.folder.glob(f"{self.key}-*.json"):
            draft = _read(path)
            if draft is not None and not (_lives_elsewhere(path) and now - draft.at < BEING_WRITTEN):
                drafts.append((draft, path))
        drafts.sort(key=lambda pair: pair[0].at, reverse=True)
        for draft, path in drafts:
            with suppress(OSError):  # another session took it a moment ago
                path.replace(self.path)
                return draft
        return None


def _read(path: Path) -> Draft | None:
    """Return what a file holds; None when it is not a draft, which is then left alone."""
    try:
        content = json.loads(path.read_text("ascii"))
        texts, began = ({str(name): str(text) for name, text in content[part].items()} for part in ("texts", "began"))
        return Draft(texts, began, datetime.fromisoformat(content["at"]).astimezone(UTC))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _lives_elsewhere(path: Path) -> bool:
    """Return whether the process that wrote a draft is another one and still runs."""
    number = path.stem.rpartition("-")[2]
    if not number.isdigit() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
