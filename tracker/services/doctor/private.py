"""Paths as they may be sent to somebody: the home folder is ~, and the user's name does not stand in them."""

import os
import re
from collections.abc import Iterable

HIDDEN = "USER"
SHORTEST = 2  # a name of one letter would be found in every path


def shown_path(path: str) -> str:
    """Return a path with ~ for the home folder and USER for the user's name, wherever it stands between signs."""
    text = path
    for home in _homes():
        if text == home or text.startswith(home + os.sep):
            text = "~" + text[len(home) :]
            break
    for name in _user_names():
        text = re.sub(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", HIDDEN, text, flags=re.IGNORECASE)
    return text


def _homes() -> list[str]:
    """Return the home folders, that of the environment first, with and without their links followed."""
    homes = [os.environ.get("HOME", ""), _account()[1]]
    full = [home.rstrip(os.sep) for home in homes if home.startswith(os.sep)]
    return list(filter(None, dict.fromkeys([*full, *map(os.path.realpath, full)])))


def _user_names() -> list[str]:
    names: Iterable[str] = [os.environ.get(name, "") for name in ("USER", "LOGNAME", "TRACKER_USER", "SUDO_USER")]
    unique = dict.fromkeys([*names, _account()[0]])
    return sorted((name for name in unique if len(name) >= SHORTEST and name != "root"), key=len, reverse=True)


def _account() -> tuple[str, str]:
    """Return name and home of the account; empty texts where the system knows neither."""
    try:
        import pwd

        entry = pwd.getpwuid(os.getuid())
    except (ImportError, KeyError):
        return "", ""
    return entry.pw_name, entry.pw_dir
