"""Making and opening programme files."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from tracker.entities import entity
from tracker.errors import FileTrouble, Invalid
from tracker.fields import MISSING
from tracker.services.records.people import add_person
from tracker.services.records.writing import insert
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

    defaults = {f.name: f.default for f in entity("programme").stored() if f.default is not MISSING}
    full = {**defaults, **values}
    wrong = problems(entity("programme"), full)  # before a file is made: another process may be making it too
    if wrong:
        raise Invalid(wrong)
    store = Store.open(path, create=True)
    try:
        by = Acting(uuid7(int(now.timestamp() * 1000)), front, now, today)
        with store.command(by, "init") as tx:
            if has_programme(store):
                raise FileTrouble(f"{path} holds a programme already. Open it with --file, or choose another place.")
            add_person(store, by.person, who, tx)
            insert(store, "programme", full, by, tx)
    except BaseException:
        store.close()
        raise
    return store


def open_programme(path: str | Path, *, read_only: bool = False) -> Store:
    """Return a programme file, open. Raises FileTrouble when it cannot be used."""
    return Store.open(path, read_only=read_only)
