"""Where the papers of a command go: the terminal, one file, or a folder with many."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from tracker.cli.shell.output import data, words

if TYPE_CHECKING:
    from tracker.reports.branding.brand import House
    from tracker.reports.model import Report
    from tracker.reports.render.ics import Calendar


CALENDAR = "ics"


class Wanted(NamedTuple):
    """The formats a command is to make, and where to: a folder, a file, or the terminal (``path`` None)."""

    kinds: tuple[str, ...]
    path: Path | None
    folder: bool = False


def known_formats(formats: Sequence[str], ctx: click.Context) -> tuple[str, ...]:
    """Return the formats of frozen papers that --format asks for, in their order. Raises UsageError for another."""
    from tracker.reports.formats import ALL, FORMATS

    known = [kind for kind in FORMATS if kind != CALENDAR]
    for kind in formats:
        if kind == CALENDAR:
            raise click.UsageError("Dates are not frozen: “tracker report calendar” makes the calendar of today.", ctx)
        if kind not in (*known, ALL):
            raise click.UsageError(f"Papers are not made as “{kind}”. Choose of: {', '.join(known)}, {ALL}.", ctx)
    return tuple(kind for kind in known if kind in formats or ALL in formats)


def wanted(formats: Sequence[str], output: str | None) -> Wanted:
    """Return what --format and -o ask for together. Raises UsageError when they do not fit."""
    from tracker.reports.formats import ALL, FORMATS, format_of

    kinds = tuple(kind for kind in FORMATS if kind in formats or ALL in formats)
    if output is not None and not output.strip():
        raise _misused("-o: it is empty. Name a file or a folder.")
    if output in (None, "-"):
        return _printed(kinds or ("txt",))
    path = Path(output or "")
    ending = format_of(path.name)
    if output.endswith(("/", os.sep)) or path.is_dir():
        return Wanted(kinds or tuple(FORMATS), path, folder=True)
    if len(kinds) > 1:
        if ending is not None:
            raise _misused(
                f"-o {output} is the name of one file; {len(kinds)} formats need a folder, such as -o {path.stem}/."
            )
        return Wanted(kinds, path, folder=True)
    if not kinds and ending is None and path.suffix:
        raise _misused(_no_ending(path))
    if kinds and ending is not None and ending.name != kinds[0]:
        raise _misused(f"--format says {kinds[0]}, and {path.name} is the name of a file of the format {ending.name}.")
    return Wanted(kinds or ((ending.name,) if ending else ("txt",)), path)


def _printed(kinds: tuple[str, ...]) -> Wanted:
    from tracker.reports.formats import FORMATS

    if len(kinds) > 1:
        raise _misused("Several formats make several files: say which folder with -o FOLDER.")
    if not FORMATS[kinds[0]].text:
        raise _misused(f"A terminal cannot show {kinds[0]}: say which file with -o FILE{FORMATS[kinds[0]].suffix}.")
    return Wanted(kinds, None)


def _no_ending(path: Path) -> str:
    from tracker.reports.formats import FORMATS
    from tracker.rules.reading import nearest

    if path.suffix.lower() == ".csv":
        return f"Tables come as a package of CSV files: name it {path.name}.zip."
    guess = nearest(path.suffix.lstrip(".").lower(), list(FORMATS))
    hint = f" Did you mean “{path.with_suffix(FORMATS[guess].suffix).name}”?" if guess else ""
    return f"No format has files that end in “{path.suffix}”.{hint} Say --format, one of: {', '.join(FORMATS)}."


def _misused(sentence: str) -> click.UsageError:
    return click.UsageError(sentence, click.get_current_context())


def check_place(wanted: Wanted, name: str, *, force: bool) -> None:
    """Raise TrackerError when the papers cannot be written where they are to go, before the work of making them."""
    if wanted.path is None:
        return
    from tracker.services.papers.files import check_file, check_folder, file_names

    if wanted.folder:
        check_folder(wanted.path, file_names(wanted.kinds, name), force=force)
    else:
        check_file(wanted.path, force=force)


def deliver(
    wanted: Wanted, name: str, report: "Report", house: "House", events: "Calendar | None", *, force: bool
) -> int:
    """Make the papers, write or print them, and say what was written; return the exit code."""
    from tracker.rules.wording import counted
    from tracker.services.papers.files import make_files, write_export

    progress = Progress()
    try:
        made = make_files(report, wanted.kinds, name, house, events, progress.step)
    finally:
        progress.end()
    made.needed()
    if wanted.folder and wanted.path is not None:
        written = write_export(wanted.path, name, report, made, house, force=force)
        for path in written:
            data(str(path))
        words(f"{counted(len(made.files), 'file')} written to {wanted.path}; SHA256SUMS holds their hashes.")
    else:
        (one,) = made.files.values()
        hand_over(one.data, wanted.path, force=force)
    for told in (*made.notes, *made.failed.values()):
        words(told)
    return 1 if made.failed else 0


def hand_over(made: bytes, path: Path | None, *, force: bool) -> None:
    """Print a finished text, or write it to a file and say so."""
    if path is None:
        sys.stdout.write(made.decode("utf-8"))
        return
    from tracker.reports.files.write import write_report

    write_report(made, path, force=force)
    words(f"Written to {path}.")


class Progress:
    """A line on the terminal that says what is being made; nothing where nobody watches."""

    def __init__(self) -> None:
        self.watched = sys.stderr is not None and sys.stderr.isatty()
        self.shown = 0

    def step(self, done: int, total: int, what: str) -> None:
        """Say what comes next, when there is more than one thing to do."""
        if not self.watched or total < 2:
            return
        line = f"[{'#' * done}{'.' * (total - done)}] {done + 1} of {total}: {what}"
        sys.stderr.write(f"\r{line:<{self.shown}}")
        sys.stderr.flush()
        self.shown = len(line)

    def end(self) -> None:
        """Take the line away."""
        if self.shown:
            sys.stderr.write(f"\r{'':<{self.shown}}\r")
            sys.stderr.flush()
