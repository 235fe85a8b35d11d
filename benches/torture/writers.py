"""Eight processes that count one number up with retry: nothing lost, no ref twice, nobody refused."""

import os
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benches.torture.table import Row, Wanted, print_table
from tracker.errors import FileTrouble, TrackerError
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.writing import add, change
from tracker.storage.journal.verify import verify
from tracker.storage.store import Acting, Store

NOW = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
PROCESSES = 8


def count_up(store: Store, service: str, by: Acting, until: float) -> bool:
    """Add one to a number, as often as somebody else was first."""
    while time.monotonic() < until:
        value = store.read("SELECT annual_volume FROM service WHERE uid = ?", (service,))[0][0]
        try:
            new = {"annual_volume": value + 1}
            saved = change(store, "service", service, new, by, base={"annual_volume": value})
        except FileTrouble:
            raise
        except TrackerError:
            continue
        if saved.tx:  # 0: somebody else wrote the same number first, and nothing was written
            return True
    return False


def write(path: Path, service: str, pipe: int, each: int, until: float) -> None:
    """Record wins and count up, and tell of each how long it took; ``-`` where it was refused."""
    with Store.open(path) as store:
        by = acting(store, "writer", "bench", NOW, NOW.date())
        for number in range(each):
            if time.monotonic() > until:
                break
            for what in ("win", "count"):
                began = time.monotonic()
                try:
                    ref = add(store, "win", {"title": f"win {number}"}, by).ref if what == "win" else "counted"
                    done = what == "win" or count_up(store, service, by, until)
                    line = f"{ref} {time.monotonic() - began:.6f}" if done else ""
                except FileTrouble:
                    line = "refused 0"
                os.write(pipe, f"{line}\n".encode())


def run(wanted: Wanted) -> int:
    """Let eight processes write as many wins and increments each as there are rounds."""
    reader, pipe = os.pipe()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        path = Path(folder) / "programme.db"
        with create_programme(path, {"name": "Race"}, "ana", NOW, NOW.date()) as store:
            by = acting(store, "ana", "bench", NOW, NOW.date())
            service = add(store, "service", {"name": "Permits", "annual_volume": 0}, by).uid
        until = time.monotonic() + wanted.minutes * 60
        for _ in range(PROCESSES):
            if os.fork() == 0:
                try:
                    write(path, service, pipe, wanted.rounds, until)
                finally:
                    os._exit(0)
        os.close(pipe)
        with os.fdopen(reader) as told:
            lines = [line.split() for line in told if line.strip()]
        for _ in range(PROCESSES):
            os.wait()
        with Store.open(path) as store:
            counted = store.read("SELECT annual_volume FROM service")[0][0]
            have = {row[0] for row in store.read("SELECT ref FROM win")}
            problems = verify(store)
    return _printed(lines, int(counted), have, problems)


def _printed(lines: list[list[str]], counted: int, have: set[str], problems: list[str]) -> int:
    refs = [ref for ref, _ in lines if ref.startswith("W-")]
    waits = sorted(float(wait) for ref, wait in lines if ref != "refused")
    increments = sum(ref == "counted" for ref, _ in lines)
    refused = sum(ref == "refused" for ref, _ in lines)
    lost, twice = len(set(refs) - have), len(refs) - len(set(refs))
    p99 = waits[len(waits) * 99 // 100]
    rows = [
        Row("commands acknowledged", "2,008", f"{len(waits):,}"),
        Row("lost", "0", str(lost), bool(lost)),
        Row("refs given twice", "0", str(twice), bool(twice)),
        Row("increments in the counter", "500 of 500", f"{counted} of {increments}", counted != increments),
        Row("refused", "0 (4 of 2,008 under load)", str(refused), bool(refused)),
        Row("p99 with retries", "21 ms quiet, 3.6 s under load", f"{p99 * 1000:,.0f} ms"),
        Row("longest", "2.2 s", f"{waits[-1]:.1f} s"),
        Row("check at the end", "holds", str(problems[:1] or "holds"), bool(problems)),
    ]
    return print_table(f"{PROCESSES} processes that never pause", rows)
