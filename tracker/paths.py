"""Where the programme file, drafts and the memory of the last file lie; never inside the program itself."""

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

APP = "transformation-tracker"


class Chosen(NamedTuple):
    """The programme file a command works on, and why it is that one."""

    name: str
    why: str

    @property
    def path(self) -> "Path":
        """The same as a path."""
        from pathlib import Path

        return Path(self.name)


def data_folder() -> "Path":
    """Return the platform's folder for a user's data."""
    from pathlib import Path

    return Path(_folder("XDG_DATA_HOME", "~/.local/share", "data"))


def templates_folder() -> "Path":
    """Return where a user's own templates lie: $TRACKER_TEMPLATES, else a folder beside the usual programme file."""
    from pathlib import Path

    named = os.environ.get("TRACKER_TEMPLATES", "").strip()
    return Path(_at_home(named)) if named else data_folder() / "templates"


def state_folder() -> "Path":
    """Return the platform's folder for what may be lost without harm: drafts, the last file."""
    from pathlib import Path

    return Path(_folder("XDG_STATE_HOME", "~/.local/state", "state"))


def _folder(variable: str, home: str, kind: str) -> str:
    """Return a folder as platformdirs gives it, which takes as long to load as the rest of a command's imports."""
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ:
        return os.path.join(os.environ.get(variable, "").strip() or os.path.expanduser(home), APP)  # noqa: PTH111, PTH118
    import platformdirs

    find = platformdirs.user_data_dir if kind == "data" else platformdirs.user_state_dir
    return find(APP, appauthor=False)


def default_file() -> "Path":
    """Return where a programme lies when nothing else is said."""
    return data_folder() / "programme.db"


def choose_file(option: str | None) -> Chosen:
    """Return the file to work on: --file, $TRACKER_FILE, the last one made or opened, the user data folder."""
    if option:
        return Chosen(_at_home(option), "named with --file")
    named = os.environ.get("TRACKER_FILE")
    if named:
        return Chosen(_at_home(named), "named by $TRACKER_FILE")
    last = last_file()
    if last:
        return Chosen(last, "the last one that was made or opened")
    return Chosen(str(default_file()), "the user data folder")


def _at_home(name: str) -> str:
    return os.path.expanduser(name) if name.startswith("~") else name  # noqa: PTH111


def last_file() -> str:
    """Return the programme file that was made or opened last, if it is still there; else an empty text."""
    try:
        with open(_last_note(), encoding="utf-8") as note:  # noqa: PTH123
            text = note.read().strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return text if text and os.path.isfile(text) else ""  # noqa: PTH113


def _last_note() -> str:
    return os.path.join(_folder("XDG_STATE_HOME", "~/.local/state", "state"), "last-file")  # noqa: PTH118


def remember_file(path: "Path") -> None:
    """Remember a programme file as the last; a folder that cannot be written is no reason to stop."""
    with suppress(OSError, UnicodeEncodeError):
        write_privately(state_folder() / "last-file", str(path.absolute()))


def write_privately(path: "Path", text: str) -> None:
    """Write a file whole or not at all, for its owner only, as its folder and the one above. Raises OSError."""
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
