"""A file that is to be taken in: read once, known by its content, given as sheets."""

import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from tracker.errors import TrackerError
from tracker.rules.importing.mapping import Layout
from tracker.rules.importing.sheets import Sheet
from tracker.rules.wording import short

MOST_ROWS = 500_000  # what a computer of 4 GB takes in at once
MOST_COLUMNS = 2_000
LARGEST = 256 * 1024 * 1024  # bytes
# Kinds of files by what their names end with, and the module that reads them.
READERS = {
    ".csv": "delimited",
    ".tsv": "delimited",
    ".txt": "delimited",
    ".xlsx": "workbooks",
    ".xlsm": "workbooks",
    ".xls": "workbooks",
    ".ods": "workbooks",
    ".json": "json_lists",
    ".md": "markdown",
    ".xml": "project_plans",
    ".xer": "primavera",
}
SIGNATURES = {b"%PDF": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture"}


class SourceFile(NamedTuple):
    """A file's name, its content, and the hash by which a changed one is known."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The hash of the content."""
        return sha256(self.content).hexdigest()


def hold_hash(source: SourceFile, beginning: str) -> None:
    """Raise TrackerError unless the hash of a file begins so: it is another one than that of a trial run."""
    digits = beginning.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{12,64}", digits):
        raise TrackerError(f"“{short(beginning, 70)}” is no SHA-256: give 12 of its digits or more.", "import.hash")
    if not source.sha256.startswith(digits):
        raise TrackerError(
            f"“{short(source.name, 60)}” is not the file of that trial run: its SHA-256 is {source.sha256}. "
            "Look at a trial run of what it holds now.",
            "import.changed",
        )


def read_source(path: Path) -> SourceFile:
    """Return a file. Raises TrackerError when it cannot be read, is empty or too large."""
    try:
        if not path.is_file():
            why = "is a folder" if path.is_dir() else "is not there"
            raise TrackerError(f"{path} {why}: name a file with a table.", "import.file")
        size = path.stat().st_size
        if size > LARGEST:
            raise TrackerError(
                f"{path} has {size >> 20} MB; {LARGEST >> 20} MB can be taken in at once.", "import.file"
            )
        content = path.read_bytes()
    except OSError as error:
        raise TrackerError(f"{path} cannot be read: {error.strerror or error}.", "import.file") from error
    if not content.strip():
        raise TrackerError(f"{path} is empty.", "import.empty")
    return SourceFile(path.name, content)


def sheets_of(source: SourceFile, layout: Layout) -> Sequence[Sheet]:
    """Return the tables of a file, in their order. Raises TrackerError when it cannot be read as what its name says."""
    from tracker.services.moving.package import is_package

    if is_package(source.content):
        raise whole_programme(source)
    module = READERS.get(Path(source.name).suffix.lower())
    if module is None:
        endings = ", ".join(READERS)
        raise TrackerError(f"“{short(source.name, 60)}” is of no kind that can be taken in: {endings}.", "import.kind")
    for signature, words in SIGNATURES.items():
        if source.content.startswith(signature):
            raise TrackerError(f"“{short(source.name, 60)}” is {words}, whatever its name says.", "import.kind")
    reader: Callable[[SourceFile, Layout], Sequence[Sheet]] = import_module(
        f"tracker.services.importing.files.{module}"
    ).sheets
    sheets = reader(source, layout)
    if not sheets:
        raise TrackerError(f"There is no table in “{short(source.name, 60)}”.", "import.empty")
    return sheets


def whole_programme(source: SourceFile) -> TrackerError:
    """Return why a file is not taken in as a table: “tracker export” wrote it."""
    return TrackerError(f"“{short(source.name, 60)}” is a whole programme: it makes a file of its own.", "import.whole")


def hold_size(name: str, rows: int, columns: int) -> None:
    """Raise TrackerError for a table with more rows or columns than can be taken in at once."""
    if rows > MOST_ROWS:
        raise TrackerError(
            f"{name} has more than {MOST_ROWS:,} rows, which is as many as can be taken in at once: divide it.",
            "import.length",
        )
    if columns > MOST_COLUMNS:
        raise TrackerError(f"{name} has {columns:,} columns; {MOST_COLUMNS:,} can be taken in.", "import.width")


def chosen_sheet(sheets: Sequence[Sheet], name: str) -> Sheet:
    """Return the sheet of a name, or without one the first in which anything stands. Raises TrackerError."""
    if not name:
        return next((sheet for sheet in sheets if any(row.filled for row in sheet.rows)), sheets[0])
    for sheet in sheets:
        if sheet.name.casefold() == name.casefold():
            return sheet
    names = ", ".join(f"“{short(sheet.name, 40)}”" for sheet in sheets)
    raise TrackerError(f"There is no sheet “{short(name, 40)}”. There are: {names}.", "import.sheet")
