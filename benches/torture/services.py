"""Whether anything that was acknowledged is ever lost: writers killed at random moments, writers racing.

    python -m benches.torture.services kill --rounds 200
    python -m benches.torture.services writers --processes 8 --each 100

A change is acknowledged once the service that records it has returned. After every round each acknowledged
change must be there; ``verify`` (what ``tracker check`` runs) must find nothing at the end and on the way.
"""

import argparse
import os
import random
import select
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tracker.errors import FileTrouble
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.writing import add, change
from tracker.storage.journal.verify import verify
from tracker.storage.queries import Query, rows
from tracker.storage.store import Store

NOW = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
PATIENCE_S = 30


def write(path: Path, pipe: int, count: int) -> None:
    """Record wins and changes until killed; send an acknowledgement after each."""
    with Store.open(path) as store:
        by = acting(store, "torturer", "bench", NOW, NOW.date())
        for number in range(count):
            saved = add(store, "win", {"title": f"win {os.getpid()} {number} {'é' * (number % 40)}"}, by)
            os.write(pipe, f"{saved.uid} {saved.ref} -\n".encode())
            what = f"changed {number}"
            change(store, "win", saved.uid, {"what_changed": what}, by)
            os.write(pipe, f"{saved.uid} {saved.ref} {number}\n".encode())


def start(path: Path, pipe: int, count: int) -> int:
    """Start a writer of its own and return its process id."""
    child = os.fork()
    if child:
        return child
    try:
        write(path, pipe, count)
        os._exit(0)
    except BaseException as error:
        os.write(2, f"writer: {type(error).__name__}: {error}\n".encode())
        os._exit(1)


def acknowledged(text: str) -> dict[str, str]:
    """Return, by uid, what was acknowledged last: ``-`` added, else the number of the change."""
    whole = [line.split(" ") for line in text.splitlines() if line.count(" ") == 2]
    return {uid: last for uid, _, last in whole if len(uid) == 36 and last}


def lost(path: Path, wanted: dict[str, str]) -> int:
    """Return how many acknowledged changes are not in the file."""
    with Store.open(path) as store:
        have = {row[0]: row[2] for row in rows(store, Query("win"), ["what_changed"])}
    return sum(uid not in have or (last != "-" and have[uid] != f"changed {last}") for uid, last in wanted.items())


def kill(rounds: int, writers: int, seed: int) -> int:
    """Kill writers at random moments, round after round; return how many rounds were bad."""
    chance = random.Random(seed)
    bad = kills = missing = 0
    wanted: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "programme.db"
        create_programme(path, {"name": "Torture"}, "torturer", NOW, NOW.date()).close()
        for number in range(rounds):
            reader, pipe = os.pipe()
            children = [start(path, pipe, 10**6) for _ in range(writers)]
            os.close(pipe)
            select.select([reader], [], [], PATIENCE_S)  # a busy machine may be slow to begin
            time.sleep(chance.uniform(0.0, 0.2))
            for child in children:
                os.kill(child, signal.SIGKILL)
                kills += 1
            with os.fdopen(reader, encoding="utf-8", errors="replace") as told:
                wanted |= acknowledged(told.read())
            for child in children:
                os.waitpid(child, 0)
            gone = lost(path, wanted)
            found = _verified(path) if number % 20 == 19 or number == rounds - 1 else []
            missing += gone
            bad += bool(gone or found)
            for sentence in found[:3]:
                print(f"round {number}: {sentence}")
    print(f"{rounds} rounds, {kills} kills, {len(wanted)} acknowledged records, {missing} lost, {bad} bad rounds")
    return bad


def _verified(path: Path) -> list[str]:
    with Store.open(path) as store:
        return verify(store)


def race(processes: int, each: int) -> int:
    """Let writers race on one file; return how many acknowledged changes were lost or refs given twice."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "programme.db"
        create_programme(path, {"name": "Race"}, "torturer", NOW, NOW.date()).close()
        reader, pipe = os.pipe()
        begun = time.perf_counter()
        children = [start(path, pipe, each) for _ in range(processes)]
        os.close(pipe)
        with os.fdopen(reader, encoding="utf-8") as told:
            text = told.read()
        failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
        took = time.perf_counter() - begun
        wanted = acknowledged(text)
        refs = {line.split(" ")[1] for line in text.splitlines()}
        twice = len(wanted) - len(refs)
        gone, found = lost(path, wanted), _verified(path)
    pace = 2 * len(wanted) / took
    print(
        f"{processes} writers x {each} records (2 commands each): {len(wanted)} acknowledged, {gone} lost, "
        f"{twice} refs given twice, {failed} writers failed, {pace:.0f} commands a second, {found[:3]}"
    )
    return gone + twice + failed + len(found)


def main() -> int:
    """Run what the command line asks for; the exit code is 1 when anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["kill", "writers"])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--writers", type=int, default=2)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--each", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    try:
        bad = (
            kill(given.rounds, given.writers, given.seed) if given.what == "kill" else race(given.processes, given.each)
        )
    except FileTrouble as error:
        print(error)
        return 3
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
