"""Making and opening programme files."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from tracker.errors import FileTrouble, TrackerError
from tracker.services.people import add_person
from tracker.services.recording import insert
from tracker.storage.identity import uuid7
from tracker.storage.rows import has_programme
from tracker.storage.store import Acting, Store


def create_programme(
    path: str | Path, values: dict[str, Any], who: str, now: datetime, today: date, *, front: str = "cli"
) -> Store:
    """Make a programme file and return it open; ``who`` is recorded as its first person.

    Raises FileTrouble when there is a programme at that place already: it is left as it is.
    """
    existed = Path(path).exists()
    store = Store.open(path, create=True)
    try:
        if has_programme(store):
            raise FileTrouble(f"{path} holds a programme already. Open it with --file, or choose another place.")
        by = Acting(uuid7(int(now.timestamp() * 1000)), front, now, today)
        with store.command(by, "init") as tx:
            add_person(store, by.person, who, tx)
            insert(store, "programme", values, by, tx)
    except BaseException as error:
        store.close()
        if not existed and isinstance(error, TrackerError) and not isinstance(error, FileTrouble):
            Path(path).unlink(missing_ok=True)  # made a moment ago, by us, and holds nothing
        raise
    return store


def open_programme(path: str | Path, *, read_only: bool = False) -> Store:
    """Return a programme file, open. Raises FileTrouble when it cannot be used."""
    return Store.open(path, read_only=read_only)
