"""Whether every day shows what its commands make: random histories in two times, held to a reference of ten lines.

    python benches/history.py --rounds 500 [--steps 24] [--seed 1]

Clocks are put back and far ahead, zones differ; what was true earlier arrives later; there are undos, redos and
erasures of a person. Each history is checked six times on every day so far: as of that day, true on it, and as it was
before.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.storage.store import Store

sys.path.append(str(Path(__file__).parent.parent / "tests" / "stories"))
sys.path.append(str(Path(__file__).parent.parent / "tests" / "helpers"))

from two_times import TwoTimes

NOW = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
CHECKS = 6


def lived(path: Path, new: bytes, steps: int, seed: int) -> TwoTimes:
    """Let one history happen and check it on the way. Raises AssertionError where a day shows something else."""
    path.write_bytes(new)
    with Store.open(path) as store:
        store.write_unsafely()
        life = TwoTimes(store, acting(store, "ana", "bench", NOW, NOW.date()), random.Random(seed))
        for number in range(1, steps + 1):
            life.step()
            if number % max(steps // CHECKS, 1) == 0 or number == steps:
                life.check()
    return life


def main() -> int:
    """Run what the command line asks for; the exit code is 1 when a history shows something else than the reference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--steps", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    done: Counter[str] = Counter()
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "programme.db"
        create_programme(path, {"name": "Two times"}, "ana", NOW, NOW.date()).close()
        new = path.read_bytes()
        for seed in range(asked.seed, asked.seed + asked.rounds):
            try:
                done.update(lived(path, new, asked.steps, seed).done)
            except AssertionError as error:
                bad += 1
                print(f"seed {seed}: {error}")
    print(f"{asked.rounds} histories, {bad} wrong; {', '.join(f'{n:,} {what}' for what, n in sorted(done.items()))}.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
