"""Clocks that are wrong: what an earlier day looked like stays, and one wrong clock does not stamp what follows."""

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from benches.torture.table import Row, Wanted, print_table
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.writing import add
from tracker.storage.journal.asof import as_of
from tracker.storage.journal.verify import verify
from tracker.storage.store import Store

BEGIN = date(2026, 11, 10)


def win_on(store: Store, day: date, title: str) -> None:
    """Record a win where the clock says a day."""
    by = acting(store, "ana", "bench", datetime(day.year, day.month, day.day, 9, tzinfo=UTC), day)
    add(store, "win", {"title": title}, by)


def wins(store: Store, day: date) -> list[str]:
    """Return the wins of an earlier day."""
    with as_of(store, day) as then:
        return [row[0] for row in then.read("SELECT title FROM win ORDER BY id")]


def run(wanted: Wanted) -> int:
    """Let clocks go back and far ahead."""
    with tempfile.TemporaryDirectory() as name:
        now = datetime(2026, 11, 10, 9, tzinfo=UTC)
        with create_programme(Path(name) / "programme.db", {"name": "Clocks"}, "ana", now, BEGIN) as store:
            win_on(store, date(2026, 11, 20), "of the 20th")
            before = wins(store, date(2026, 11, 15))
            win_on(store, date(2026, 11, 15), "with the clock put back")
            back = wins(store, date(2026, 11, 15)) == before
            win_on(store, date(2100, 1, 1), "with the clock in 2100")
            win_on(store, date(2026, 11, 21), "after it")
            last = store.read("SELECT recorded, jumped FROM tx ORDER BY id DESC LIMIT 1")[0]
            problems = verify(store)
    rows = [
        Row("an earlier day after a clock was put back", "another", "the same" if back else "another", not back),
        Row("day of the command after a clock in 2100", "2100-01-01", last[0], last != ("2026-11-21", 0)),
        Row("check", "holds", problems[0] if problems else "holds", bool(problems)),
    ]
    return print_table("Clocks", rows)
