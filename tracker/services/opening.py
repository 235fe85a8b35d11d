"""Making and opening programme files."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from tracker.entities.programme import Programme
from tracker.errors import FileTrouble, Invalid
from tracker.services.records.checking import defaults
from tracker.services.records.people import add_person
from tracker.services.records.writing import editing
from tracker.storage.identity import uuid7
from tracker.storage.rows import has_programme
from tracker.storage.store import Acting, Store


def create_programme(
    path: str | Path, values: dict[str, Any], who: str, now: datetime, today: date, *, front: str = "cli"
) -> Store:
    """Make a programme file and return it open; ``who`` is recorded as its first person.

    Raises FileTrouble when there is a programme at that place already: it is left as it is.
    """
    from tracker.entities.checking import problems

    full = {**defaults(Programme), **values}
    found = problems(Programme, full)  # before a file is made: another process may be making it too
    if found:
        raise Invalid(found)
    store = Store.open(path, create=True)
    try:
        by = Acting(uuid7(int(now.timestamp() * 1000)), front, now, today)
        with editing(store, by, "init") as edit:
            if has_programme(store):
                message = f"{path} holds a programme already."
                raise FileTrouble(message, "file.taken")
            add_person(store, by.person, who, edit.tx)
            edit.insert(Programme, full)
    except BaseException:
        store.close()
        raise
    return store


def open_programme(path: str | Path, *, read_only: bool = False) -> Store:
    """Return a programme file, open. Raises FileTrouble when it cannot be used."""
    return Store.open(path, read_only=read_only)
