"""Where the programme file, drafts and the memory of the last file lie; never inside the program itself."""

import os
from pathlib import Path
from typing import NamedTuple

APP = "transformation-tracker"


class Chosen(NamedTuple):
    """The programme file a command works on, and why it is that one."""

    path: Path
    why: str


def data_folder() -> Path:
    """Return the platform's folder for a user's data."""
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)


def state_folder() -> Path:
    """Return the platform's folder for what may be lost without harm: drafts, the last file."""
    from platformdirs import user_state_path

    return user_state_path(APP, appauthor=False)


def default_file() -> Path:
    """Return where a programme lies when nothing else is said."""
    return data_folder() / "programme.db"


def choose_file(option: str | None) -> Chosen:
    """Return the file to work on: --file, $TRACKER_FILE, the last one made or opened, the user data folder."""
    if option:
        return Chosen(Path(option), "named with --file")
    named = os.environ.get("TRACKER_FILE")
    if named:
        return Chosen(Path(named), "named by $TRACKER_FILE")
    last = last_file()
    if last is not None:
        return Chosen(last, "the last one that was made or opened")
    return Chosen(default_file(), "the user data folder")


def last_file() -> Path | None:
    """Return the programme file that was made or opened last, if it is still there."""
    try:
        text = (state_folder() / "last-file").read_text(encoding="utf-8").strip()
    except OSError:
        return None
    path = Path(text)
    return path if text and path.is_file() else None


def remember_file(path: Path) -> None:
    """Remember a programme file as the last; a folder that cannot be written is no reason to stop."""
    note = state_folder() / "last-file"
    part = note.with_name("last-file.part")
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(str(path.absolute()), encoding="utf-8")
        part.replace(note)
    except OSError:
        return
