"""Where the papers of a command go: the terminal, one file, or a folder with many."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker.cli.shell import OneOf, data, misused, words
from tracker.cli.shell.output import unguarded
from tracker.reports.formats import ALL, CALENDAR, FORMATS, PAPERS, format_of

if TYPE_CHECKING:
    from tracker.reports.branding.brand import Branding
    from tracker.reports.model import Report
    from tracker.reports.render.ics import Calendar


class Destination(NamedTuple):
    """The formats a command is to make, and where to: a folder, a file, or the terminal (``path`` None)."""

    kinds: tuple[str, ...]
    path: Path | None
    folder: bool = False


def format_option(formats: Iterable[str], more: str = "") -> Callable[..., Any]:
    """Return the option that asks for some of these formats, or all."""
    return click.option(
        "--format",
        "formats",
        multiple=True,
        type=OneOf(*formats, ALL),
        metavar="FORMAT",
        help=f"{', '.join(formats)}, or all; may be repeated.{more}",
    )


def frozen_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """Return the formats of frozen papers that --format asks for, in their order. Raises UsageError for another."""
    for kind in formats:
        if kind == CALENDAR:
            raise misused("Dates are not frozen: “tracker report calendar” makes the calendar of today.")
        if kind not in (*PAPERS, ALL):
            raise misused(f"Papers are not made as “{kind}”. Choose of: {', '.join(PAPERS)}, {ALL}.")
    return tuple(kind for kind in PAPERS if kind in formats or ALL in formats)


def destination(formats: Sequence[str], output: str | None) -> Destination:
    """Return what --format and -o ask for together. Raises UsageError when they do not fit."""
    kinds = tuple(kind for kind in FORMATS if kind in formats or ALL in formats)
    if output is None or output == "-":
        return _printed(kinds or ("txt",))
    if not output.strip():
        raise misused("-o: it is empty. Name a file or a folder.")
    path = Path(output)
    if output.endswith(("/", os.sep)) or path.is_dir():
        return Destination(kinds or tuple(FORMATS), path, folder=True)
    file_format = format_of(path.name)
    if len(kinds) > 1:
        if file_format is not None:
            folder = f"{len(kinds)} formats need a folder, such as -o {path.stem}/"
            raise misused(f"-o {output} is the name of one file; {folder}.")
        return Destination(kinds, path, folder=True)
    if file_format is None:
        if path.suffix and not kinds:
            raise misused(_unknown_suffix(path))
        return Destination(kinds or ("txt",), path)
    if kinds not in ((), (file_format.name,)):
        file = f"{path.name} is the name of a file of the format {file_format.name}"
        raise misused(f"--format says {kinds[0]}, and {file}.")
    return Destination((file_format.name,), path)


def _printed(kinds: tuple[str, ...]) -> Destination:
    if len(kinds) > 1:
        raise misused("Several formats make several files: say which folder with -o FOLDER.")
    if not FORMATS[kinds[0]].text:
        raise misused(f"{kinds[0]} cannot be printed as text: say which file with -o FILE{FORMATS[kinds[0]].suffix}.")
    return Destination(kinds, None)


def _unknown_suffix(path: Path) -> str:
    from tracker.rules.reading import nearest

    if path.suffix.lower() == ".csv":
        return f"Tables come as a package of CSV files: name it {path.name}.zip."
    hint = f"Say --format, one of: {', '.join(FORMATS)}."
    guess = nearest(path.suffix.lstrip(".").lower(), list(FORMATS))
    if guess:
        hint = f"Did you mean “{path.with_suffix(FORMATS[guess].suffix).name}”? {hint}"
    return f"No format has files that end in “{path.suffix}”. {hint}"


def check_place(goal: Destination, name: str, *, force: bool) -> None:
    """Raise TrackerError when the papers cannot be written where they are to go, before the work of making them."""
    if goal.path is None:
        return
    from tracker.services.papers.files import check_file, check_folder, file_names

    if goal.folder:
        check_folder(goal.path, file_names(goal.kinds, name), force=force)
    else:
        check_file(goal.path, force=force)


def deliver(
    goal: Destination, name: str, report: "Report", house: "Branding", events: "Calendar | None", *, force: bool
) -> int:
    """Make the papers, write or print them, and say what was written; return the exit code."""
    from tracker.rules.wording import counted
    from tracker.services.papers.files import make_files, write_export

    with Progress() as progress:
        export = make_files(report, goal.kinds, name, house, events, progress.step)
    export.needed()
    if goal.folder and goal.path is not None:
        for path in write_export(goal.path, name, report, export, house, force=force):
            data(str(path))
        words(f"{counted(len(export.files), 'file')} written to {goal.path}; SHA256SUMS holds their hashes.")
    else:
        (file,) = export.files.values()
        hand_over(file.data, goal.path, force=force)
        if goal.path is not None and not goal.path.suffix:
            words(f"{goal.path} is one file, as {goal.kinds[0]}: “-o {goal.path}/” writes every format into a folder.")
    for note in (*export.notes, *export.failed.values()):
        words(note)
    return int(bool(export.failed))


def hand_over(content: bytes, path: Path | None, *, force: bool) -> None:
    """Print a finished text, or write it to a file and say so."""
    if path is None:
        sys.stdout.write(content.decode("utf-8"))
        return
    from tracker.reports.files.write import write_report

    write_report(content, path, force=force)
    words(f"Written to {path}.")


class Progress:
    """A line on the terminal that says what is being made, while it is; nothing where nobody watches."""

    def __init__(self) -> None:
        self.watched = sys.stderr is not None and sys.stderr.isatty()
        self.width = 0

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        """Take the line away."""
        if self.width:
            unguarded(sys.stderr).write(f"\r{'':<{self.width}}\r")
            sys.stderr.flush()

    def step(self, done: int, total: int, what: str) -> None:
        """Say what comes next, when there is more than one thing to do."""
        if not self.watched or total < 2:
            return
        line = f"[{'#' * done}{'.' * (total - done)}] {done + 1} of {total}: {what}"
        unguarded(sys.stderr).write(f"\r{line:<{self.width}}")
        sys.stderr.flush()
        self.width = len(line)
