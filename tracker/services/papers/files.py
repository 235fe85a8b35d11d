"""Papers as files, for every front: made in many formats, written together, with what proves them beside."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tracker.entities import BoardMeeting
from tracker.errors import TrackerError
from tracker.reports.branding.brand import NO_BRANDING, Branding, read_brand
from tracker.reports.files.manifest import (
    MANIFEST,
    OWN,
    Made,
    PaperEntry,
    index,
    only_files,
    paper_entry,
    read_manifest,
    with_paper,
)
from tracker.reports.files.write import free, slug, write_folder
from tracker.reports.formats import FORMATS, make, renderer
from tracker.reports.model import NotRendered, Report
from tracker.reports.render.ics import NO_DATES, NOT_OF_A_PAPER, Calendar
from tracker.services.records.finding import resolve_ref
from tracker.storage import Store, record

BRAND = "TRACKER_BRAND"
BRAND_FILE = "brand.toml"
Step = Callable[[int, int, str], None]


class Exported(NamedTuple):
    """Finished files by name, and why some are not among them.

    ``failed`` are formats that cannot be made here, ``empty`` those that have nothing to show, each with a sentence.
    """

    files: dict[str, Made]
    failed: dict[str, str]
    empty: Mapping[str, str] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """What the person who sends the files should know, each once."""
        notes = (note for file in self.files.values() for note in file.notes)
        return tuple(dict.fromkeys((*notes, *self.empty.values())))

    def needed(self) -> None:
        """Raise TrackerError when there is not one file, with the reasons."""
        if not self.files:
            raise TrackerError("\n".join((*self.failed.values(), *self.empty.values())) or "No format was asked for.")


def find_house(programme_file: Path, named: str | None = None) -> Branding:
    """Return the house style: of a named file, of $TRACKER_BRAND, of brand.toml beside the programme file, or none.

    Raises TrackerError with a line for each problem of that file.
    """
    text = (named or os.environ.get(BRAND, "")).strip()
    if text:
        return read_brand(Path(text).expanduser())
    beside = programme_file.parent / BRAND_FILE
    return read_brand(beside) if beside.is_file() else NO_BRANDING


def stem(paper: str, day: date) -> str:
    """Return how the names of a paper's files begin, such as ``summary-2026-11-12``."""
    return f"{slug(paper)}-{day.isoformat()}"


def file_names(kinds: Iterable[str], name: str) -> list[str]:
    """Return the names of the files that an export into a folder writes, without manifest and sums."""
    return [name + FORMATS[kind].suffix for kind in kinds]


def make_files(
    report: Report,
    kinds: Sequence[str],
    name: str,
    house: Branding = NO_BRANDING,
    calendar: Calendar | None = None,
    step: Step | None = None,
) -> Exported:
    """Return a paper in some formats; one that cannot be made here does not keep back the others.

    ``calendar`` is needed for the format ics; without any event in it that file is left out with a note.
    ``step`` is told, before each format, how many are done, how many there are, and which one is next.
    """
    paper = house.applied(report)
    files: dict[str, Made] = {}
    failed: dict[str, str] = {}
    empty: dict[str, str] = {}
    for count, kind in enumerate(kinds):
        if step is not None:
            step(count, len(kinds), FORMATS[kind].title)
        try:
            if not FORMATS[kind].calendar:
                rendered = make(paper, kind, house.brand)
            elif calendar is None or not calendar.events:
                empty[kind] = f"No calendar was made: {NOT_OF_A_PAPER if calendar is None else NO_DATES}"
                continue
            else:
                rendered = renderer(kind).render(calendar)
        except NotRendered as error:
            failed[kind] = str(error)
            continue
        files[name + FORMATS[kind].suffix] = Made(kind, rendered.data, tuple(rendered.notes))
    return Exported(files, failed, empty)


def check_folder(folder: Path, names: Iterable[str], *, force: bool = False) -> None:
    """Raise TrackerError when an export cannot be written into a folder, before the work of making it."""
    free(folder, names, force=force)
    _papers_in(folder)


def check_file(path: Path, *, force: bool = False) -> None:
    """Raise TrackerError when a file cannot be written, before the work of making it."""
    free(path.parent, [path.name], force=force, made=False)


def write_export(
    folder: Path,
    name: str,
    report: Report,
    exported: Exported,
    house: Branding = NO_BRANDING,
    *,
    force: bool = False,
) -> list[Path]:
    """Write an export into a folder with manifest.json and SHA256SUMS, all or nothing; return the paths.

    A manifest that earlier exports left there is carried on. Raises TrackerError; nothing is left behind then, nor is
    anything written when no format could be made.
    """
    exported.needed()
    entry = paper_entry(house.applied(report), exported.files, exported.failed, house.brand, versions(exported))
    has_manifest = (folder / MANIFEST).is_file()
    papers_before = _papers_in(folder)
    files = {file: file_made.data for file, file_made in exported.files.items()}
    proof = index(with_paper(papers_before, name, entry))
    return write_folder(folder, {**files, **proof}, force=force, renewed=OWN if has_manifest else ())


def _papers_in(folder: Path) -> dict[str, PaperEntry]:
    """Return the papers that earlier exports wrote into a folder and that are still there.

    Raises TrackerError for a strange manifest.
    """
    try:
        papers = read_manifest((folder / MANIFEST).read_bytes())
        names = {file.name for file in folder.iterdir()}
        return {name: entry for name, paper in papers.items() if (entry := only_files(paper, names))}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise TrackerError(f"{folder / MANIFEST} cannot be read: {error.strerror or error}.") from error


def versions(exported: Exported) -> dict[str, str]:
    """Return the versions of the program and of the libraries that had a part in some files."""
    libraries = sorted({FORMATS[file.format].library for file in exported.files.values()} - {""})
    return installed(("transformation-tracker", *libraries))


def installed(names: Iterable[str]) -> dict[str, str]:
    """Return the versions of some distributions as they are here, ``unknown`` where one is not."""
    from importlib.metadata import PackageNotFoundError, version

    versions_of = {}
    for name in names:
        try:
            versions_of[name] = version(name)
        except PackageNotFoundError:
            versions_of[name] = "unknown"
    return versions_of


def named_board(store: Store, text: str) -> BoardMeeting:
    """Return the board meeting that a text names, by its ref or title. Raises TrackerError."""
    board = record(store, BoardMeeting, resolve_ref(store, "board", text).uid)
    assert board is not None  # a text names a record that is there
    return board


def day_of_board(board: BoardMeeting, today: date) -> date:
    """Return the day whose position a board's papers show; today, as long as that day lies ahead."""
    day: date = board.as_of or board.meets_on
    return min(day, today)
