"""A small programme file that holds all that can be altered: old and new links, papers, an erasure, a backup."""

import gzip
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from tracker.services.board.freezing import freeze
from tracker.services.erasing import erase_person
from tracker.services.programme_file import open_programme
from tracker.services.records.people import acting
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change, remove
from tracker.storage import Acting, Store
from tracker.storage.copies.keeping import keep
from tracker.storage.journal.history import head

RELEASED = Path(__file__).parents[2] / "tests" / "released" / "0.1.0" / "programme.db.gz"
DAYS = (date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 7))


class Sound(NamedTuple):
    """A file, and the newest code that somebody has on paper."""

    path: Path
    code: str


def by_on(store: Store, day: date, who: str = "ana") -> Acting:
    """Return a person who acts on a day."""
    return acting(store, who, "bench", datetime(day.year, day.month, day.day, 10, tzinfo=UTC), day)


def make_sound(folder: Path) -> Sound:
    """Write a file that version 0.1.0 made, brought over and gone on with; its backups lie beside it."""
    path = folder / "programme.db"
    path.write_bytes(gzip.decompress(RELEASED.read_bytes()))
    with open_programme(path) as store:
        by = by_on(store, DAYS[1])
        pilot = store.read("SELECT uid FROM pilot")[0][0]
        risk = store.read("SELECT uid FROM risk")[0][0]
        change(store, "risk", risk, {"cause": "Too few people there"}, by, reason="as told by phone")
        change(store, "risk", risk, {"cause": "Nobody is there"}, by)
        for rating in ("amber", "red"):
            values = {
                "pilot": pilot,
                "rating": rating,
                "as_of": date(2026, 10, 2),
                "narrative": "Training is behind its plan.",
            }
            add(store, "confidence", values, by)
        gone = add(store, "person", {"display_name": "Zeb Quirkson", "email": "zq@example.org"}, by).uid
        add(store, "win", {"title": "Zeb Quirkson halved the form"}, by, reason="Zeb Quirkson said so")
        erase_person(store, gone, by_on(store, DAYS[2]), reason="asked for it")
        board = store.read("SELECT uid FROM board")[0][0]
        freeze(store, board, by_on(store, DAYS[2]), reason="The figures were wrong")
        by = by_on(store, DAYS[3])
        win = add(store, "win", {"title": "One field less to type"}, by).uid
        keep(store.connection, store.path, now=by.now)
        change(store, "win", win, {"title": "Two fields less to type"}, by)
        other = add(store, "win", {"title": "Recorded twice"}, by).uid
        remove(store, "win", other, by, reason="recorded twice by me")
        undo(store, by_on(store, DAYS[4]))
        change(store, "pilot", pilot, {"problem": "Queues at the counter"}, by_on(store, DAYS[4], "bob"))
        return Sound(path, head(store)[:16])
