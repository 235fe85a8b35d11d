"""How long commands take as whole processes, as ratios of a bare ``python -c pass`` in the same run.

``python benches/cli.py [ROUNDS]`` makes programmes of 10, 10,000 and 100,000 risks in a temporary folder, gives each
command ROUNDS times (15 by itself) in turn with the others, and prints medians. The aims: adding a win at most
12 times bare Python (6 is wished for), 50 of 100,000 risks listed within 15 times, and both flat in the number
of records.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tracker.entities.pilot import Pilot
from tracker.entities.risk import Risk
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.writing import editing

SIZES = (10, 10_000, 100_000)
IN_A_COMMAND = 500
FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)
WORDS = [
    "parking",
    "housing",
    "badge",
    "officer",
    "form",
    "letter",
    "delay",
    "supplier",
    "data",
    "legal",
    "address",
    "lookup",
    "council",
    "payment",
]
ROOT = Path(__file__).parent.parent
BARE = "bare python"


def fill(path: Path, risks: int) -> None:
    """Make a programme with twenty pilots and so many risks, entered over a year."""
    choose = random.Random(1)
    with create_programme(path, {"name": "Bench"}, "ana", FIRST, FIRST.date()) as store:
        store.write_unsafely()
        by = acting(store, "ana", "cli", FIRST, FIRST.date())
        with editing(store, by, "pilot.add") as edit:
            pilots = [edit.insert(Pilot, {"name": f"Pilot {n}", "phase": "alpha"}).uid for n in range(20)]
        for start in range(0, risks, IN_A_COMMAND):
            now = FIRST + timedelta(days=300) * (start / risks)
            by = by._replace(now=now, today=now.date())
            with editing(store, by, "import") as edit:
                for _ in range(min(IN_A_COMMAND, risks - start)):
                    values = {
                        "title": " ".join(choose.choices(WORDS, k=6)),
                        "status": "draft",
                        "risk_kind": "threat",
                        "escalated_to": "none",
                        "pilot": choose.choice(pilots),
                        "likelihood": choose.randint(1, 5),
                        "impact": choose.randint(1, 5),
                        "raised_on": by.today,
                    }
                    edit.insert(Risk, values)


def commands(path: Path, risks: int) -> dict[str, list[str]]:
    """Return the commands to be timed on a file, by what they do; ``{}`` stands for the round."""
    half_way = (FIRST + timedelta(days=290)).date().isoformat()
    typed = {
        "win add": ["win", "add", "One re-keyed field less", "--pilot", "P-01"],
        "risk add": ["risk", "add", "Lookups fail", "--pilot", "P-01", "--likelihood", "4", "--impact", "3"],
        "risk set": ["risk", "set", "R-001", "--early-warning", "Looked at in round {}"],
        "risk list --limit 50": ["risk", "list", "--limit", "50"],
        "risk list --where --sort": ["risk", "list", "--where", "score>=20", "--sort", "-score", "--limit", "50"],
        "risk list --as-of": ["risk", "list", "--limit", "50", "--as-of", half_way],
        "search": ["search", "parking address"],
        "history": ["history"],
        "report summary": ["report", "summary", "--as-of", "2026-12-01"],
    }
    start = [sys.executable, "-c", "from tracker.cli import main; main()"]
    return {f"{name} ({risks:,})": [*start, "--file", str(path), *words] for name, words in typed.items()}


def timed(command: list[str], env: dict[str, str]) -> float:
    """Return how many seconds a process takes. Raises CalledProcessError when it fails."""
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env, cwd=ROOT, check=True)
    return time.perf_counter() - began


def main() -> None:
    """Print the figures."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    # As installed: compiled modules are kept.
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TRACKER"))}
    env["TRACKER_USER"] = "ana"
    with tempfile.TemporaryDirectory() as folder:
        given = {BARE: [sys.executable, "-c", "pass"], "import click": [sys.executable, "-c", "import click"]}
        for risks in SIZES:
            path = Path(folder) / f"{risks}.db"
            fill(path, risks)
            given |= commands(path, risks)
        taken: dict[str, list[float]] = {name: [] for name in given}
        for number in range(rounds + 1):
            for name, command in given.items():
                slow = "(100,000)" in name and ("as-of" in name or "summary" in name)
                if slow and number > 3:
                    continue
                seconds = timed([word.replace("{}", str(number)) for word in command], env)
                if number:  # the first round only warms up
                    taken[name].append(seconds)
        bare = statistics.median(taken[BARE])
        for name, seconds_each in taken.items():
            middle = statistics.median(seconds_each)
            sys.stdout.write(f"{name:<36} {middle * 1000:8.1f} ms {middle / bare:7.1f} times bare python\n")


if __name__ == "__main__":
    main()
