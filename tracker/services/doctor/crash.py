"""Reports of crashes: where in the program one happened, and nothing that a record, an option or a path says.

A message of an exception may hold what somebody wrote, so none is kept: only its type, the name of an error number,
and the name of a module that is missing. Locals and the words of the command line are never looked at.
"""

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import NamedTuple

from tracker.paths import state_folder

KEPT = 5
MOST_FRAMES = 40  # from the end: an endless recursion has a thousand
MOST_CAUSES = 6
PROGRAM = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))  # noqa: PTH100, PTH120
STANDARD = os.path.dirname(os.path.abspath(os.__file__))  # noqa: PTH100, PTH120
PACKAGES = ("tracker", "screens")
ELSEWHERE = "elsewhere"
PROMISE = "Nothing in it comes from the programme file, and nobody was sent it."


class Occasion(NamedTuple):
    """What the program was doing: its front, the names of the command or screens, and names of options."""

    front: str
    doing: Sequence[str] = ()
    options: Sequence[str] = ()


def write_report(error: BaseException, occasion: Occasion, now: datetime) -> Path | None:
    """Write a report into the state folder (0600; the newest five stay) and return where; None when it cannot be."""
    try:
        return _write(report_text(error, occasion, now), now)
    except Exception:  # whatever else is broken here, the sentence on the crash itself has to come
        return None


def newest_report() -> Path | None:
    """Return the newest report; None when there is none."""
    reports = _reports(crash_folder())
    return reports[-1] if reports else None


def crash_folder() -> Path:
    """Return where reports of crashes lie."""
    return state_folder() / "crashes"


def _reports(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("crash-*.txt"))
    except OSError:
        return []


def _write(text: str, now: datetime) -> Path | None:
    folder = crash_folder()
    if not folder.is_absolute():  # without a home folder, “~” would be made where the user happens to stand
        return None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"crash-{now:%Y%m%dT%H%M%S%f}Z-{os.getpid()}.txt"
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    for old in _reports(folder)[:-KEPT]:
        with suppress(OSError):
            old.unlink()
    return path


def report_text(error: BaseException, occasion: Occasion, now: datetime) -> str:
    """Return the report on an error, as lines of text."""
    lines = [f"Crash report of the Transformation Tracker. {PROMISE}", ""]
    lines.append(f"Time: {now:%Y-%m-%d %H:%M} UTC")
    lines.append(f"Front: {occasion.front}")
    lines.append(f"Doing: {' '.join(occasion.doing) or 'not known'}")
    lines.append(f"Options: {' '.join(occasion.options) or 'none'}")
    lines += _surroundings()
    for number, cause in enumerate(causes(error)):
        lines += ["", f"{'Error' if number == 0 else 'Comes of'}: {said_of(cause)}"]
        lines += [f"  {place}" for place in places(cause.__traceback__)]
    return "\n".join(lines) + "\n"


def _surroundings() -> list[str]:
    try:
        from tracker.services.doctor.environment import versions_in_short

        return versions_in_short()
    except Exception:  # a broken installation is a reason for a crash
        return [f"Python: {sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"]


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and those that led to it, the last first; those that Textual wraps count."""
    known: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in known and len(known) < MOST_CAUSES:
        known.add(id(cause))
        yield cause
        wrapped = getattr(cause, "error", None)
        before = None if cause.__suppress_context__ else cause.__context__
        cause = cause.__cause__ or (wrapped if isinstance(wrapped, BaseException) else None) or before


def said_of(error: BaseException) -> str:
    """Return the type of an error, with what a number or a missing module adds to it; never its message."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return f"{name}{_detail(error)}"


def _detail(error: BaseException) -> str:
    if isinstance(error, ModuleNotFoundError):
        package = (error.name or "").partition(".")[0]
        return f" ({package})" if package in sys.stdlib_module_names or package in PACKAGES else ""
    if isinstance(error, OSError) and error.errno:
        return f" ({errno.errorcode.get(error.errno, error.errno)})"
    code = getattr(error, "sqlite_errorname", "")
    return f" ({code})" if isinstance(code, str) and code.startswith("SQLITE_") and code.isupper() else ""


def places(traceback: TracebackType | None) -> list[str]:
    """Return file, line and function of each frame; files of the user's own are “elsewhere”."""
    frames = [_place(frame.f_code.co_filename, line, frame.f_code.co_qualname) for frame, line in walk_tb(traceback)]
    left_out = len(frames) - MOST_FRAMES
    return frames if left_out <= 0 else [f"({left_out} more)", *frames[left_out:]]


def _place(filename: str, line: int, function: str) -> str:
    file = known_file(filename)
    return file if file == ELSEWHERE else f"{file}:{line} {function}"


def known_file(filename: str) -> str:
    """Return a file of the program, of a library or of Python by its name there; else “elsewhere”."""
    if filename.startswith("<frozen "):
        return filename
    for package in PACKAGES:
        if filename.startswith(os.path.join(PROGRAM, package, "")):  # noqa: PTH118
            return os.path.relpath(filename, PROGRAM)
    for mark in ("/site-packages/", "/dist-packages/"):
        if mark in filename:
            return filename.rpartition(mark)[2]
    if filename.startswith(STANDARD + os.sep):
        return "python/" + os.path.relpath(filename, STANDARD)
    return ELSEWHERE
