"""What the signals of a large programme cost, as whole processes and as a ratio of a bare ``python -c pass``.

``python benches/signals.py [ROUNDS]`` makes a programme of 200 pilots with 20,000 measurements, 1,000 risks and
2,000 iterations in a temporary folder, and prints the processor time of ``tracker signals`` (the aim: less than a
second), of ``tracker pilot explain`` and of ``tracker confidence add``; medians of ROUNDS (7 by itself).
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tracker.entities import entity
from tracker.fields import MISSING
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.writing import Edit, editing
from tracker.storage.store import Acting, Store

PILOTS, METRICS, PERIODS, RISKS, ITERATIONS = 200, 4, 25, 5, 10
NOW = datetime(2026, 11, 12, 9, tzinfo=UTC)
ROOT = Path(__file__).parent.parent


def fill(path: Path) -> None:
    """Make the programme, in one command for each pilot."""
    choose = Random(1)
    with create_programme(path, {"name": "Bench"}, "ana", NOW, NOW.date()) as store:
        store.write_unsafely()
        by = acting(store, "ana", "cli", NOW, NOW.date())
        for number in range(PILOTS):
            _pilot(store, by, number, choose)


def _new(edit: Edit, kind: str, **values: Any) -> str:
    defaults = {f.name: f.default for f in entity(kind).stored() if f.default not in (MISSING, None)}
    return edit.insert(entity(kind), {**defaults, **values}).uid


def _pilot(store: Store, by: Acting, number: int, choose: Random) -> None:
    day = date(2026, 11, 12)
    with editing(store, by, "import") as edit:
        pilot = _new(
            *(edit, "pilot"),
            name=f"Pilot {number}",
            phase=choose.choice(["alpha", "private_beta", "public_beta", "live"]),
            start=day - timedelta(300),
            first_real_user_on=day - timedelta(200),
            baseline_end=day + timedelta(20),
            forecast_end=day + timedelta(choose.randint(0, 90)),
            budget=10_000_000,
            forecast_cost=choose.randint(9_000_000, 12_000_000),
        )
        for metric in range(METRICS):
            uid = _new(
                *(edit, "metric"),
                name=f"Metric {metric}",
                metric_kind="proportion",
                pilot=pilot,
                definition="Completed of started",
                target=0.85,
                target_on=day + timedelta(60),
            )
            for period in range(PERIODS):
                begun = day - timedelta(28 * (PERIODS - period))
                _new(
                    *(edit, "measurement"),
                    metric=uid,
                    phase="baseline" if period < PERIODS // 2 else "after",
                    period_start=begun,
                    period_end=begun + timedelta(27),
                    numerator=choose.randint(300, 700),
                    denominator=900,
                )
        for _ in range(RISKS):
            values = {"likelihood": choose.randint(1, 5), "impact": choose.randint(1, 5)}
            _new(edit, "risk", title="Something may happen", pilot=pilot, raised_on=by.today, **values)
        for back in range(ITERATIONS):
            end = day - timedelta(14 * (back + 1))
            told = {"goal_result": "met", "learned": "Something", "users_researched": 3, "number": ITERATIONS - back}
            _new(edit, "iteration", goal="Try it", pilot=pilot, start=end - timedelta(13), end=end, **told)


def processor_time(words: list[str], file: Path) -> float:
    """Return the seconds of processor that a process took, itself and the system on its behalf."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    env = {**os.environ, "TRACKER_FILE": str(file), "TRACKER_USER": "ana", "HOME": str(file.parent)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(words, cwd=ROOT, env=env, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    tracker = [sys.executable, "-m", "tracker"]
    report = ["--rating", "red", "--narrative", "Twenty characters at the least."]
    commands = {
        "bare python": [sys.executable, "-c", "pass"],
        "signals": [*tracker, "signals", "--as-of", "2026-11-12"],
        "signals --json": [*tracker, "signals", "--as-of", "2026-11-12", "--json"],
        "pilot explain": [*tracker, "pilot", "explain", "P-101", "--as-of", "2026-11-12"],
        "confidence add": [*tracker, "confidence", "add", "P-101", *report],
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        fill(file)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, words in commands.items():
                times[name].append(processor_time(words, file))
    bare = statistics.median(times["bare python"])
    for name, some in times.items():
        print(f"{name:16} {statistics.median(some):6.3f} s of processor   {statistics.median(some) / bare:6.1f} x bare")


if __name__ == "__main__":
    main()
