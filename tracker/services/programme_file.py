"""A programme file as a whole: making it and checking it."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from tracker.entities import Programme
from tracker.errors import FileTrouble, Invalid, TrackerError
from tracker.fields import Values
from tracker.services.reading import open_programme
from tracker.services.records.checking import defaults
from tracker.services.records.people import add_person
from tracker.services.records.writing import editing
from tracker.storage import Acting, Store, has_programme, uuid7
from tracker.storage.journal.anchors import LEAST_CODE, command_of
from tracker.storage.journal.history import head, last_tx, of_command
from tracker.storage.journal.verify import mend, verify

__all__ = [
    "check_file",
    "create_programme",
    "mend",
    "open_programme",
]


class FileCheck(NamedTuple):
    """What a check of a file found: sentences on what is wrong; when all holds, its changes and their last link."""

    problems: Sequence[str]
    changes: int = 0
    head: str = ""


def create_programme(
    path: str | Path, values: Values, who: str, now: datetime, today: date, *, front: str = "cli"
) -> Store:
    """Make a programme file and return it open; ``who`` is recorded as its first person.

    Raises FileTrouble when there is a programme at that place already: it is left as it is.
    """
    from tracker.entities.checking import problems

    full = {**defaults(Programme), **values}
    refusals = problems(Programme, full)  # before a file is made: another process may be making it too
    if refusals:
        raise Invalid(refusals)
    store = Store.open(path, create=True)
    try:
        by = Acting(uuid7(int(now.timestamp() * 1000)), front, now, today)
        with editing(store, by, "init") as edit:
            if has_programme(store):
                raise FileTrouble(f"{path} holds a programme already.", "file.taken")
            add_person(store, by.person, who, edit.tx)
            edit.insert(Programme, full)
    except BaseException:
        store.close()
        raise
    return store


def check_file(store: Store) -> FileCheck:
    """Check the file, its references, its journal and the chain of its changes."""
    problems = verify(store)
    return FileCheck(problems) if problems else FileCheck((), last_tx(store), head(store))


class Anchored(NamedTuple):
    """The command whose code a paper carries: its number, its day on the calendar of who gave it, who that was, and

    how many commands came since.
    """

    change: int
    day: date | None
    who: str
    since: int


def find_code(store: Store, code: str) -> Anchored | None:
    """Return the command whose code was copied from a paper; None when the journal has none.

    Raises TrackerError when a text is too short to be a code, or is none.
    """
    digits = "".join(code.split())
    if len(digits) < LEAST_CODE or not set(digits.lower()) <= set("0123456789abcdef"):
        raise TrackerError(
            f"“{code}” is no code of the journal: it has {LEAST_CODE} to 64 digits from 0 to 9 and a to f."
        )
    tx = command_of(store.connection, digits)
    changes = of_command(store, tx) if tx else []
    return Anchored(changes[0].tx, changes[0].day, changes[0].who, last_tx(store) - changes[0].tx) if changes else None
