"""What one more record costs in a small file and in a large one: processor time inside one process, and the ratio.

``python benches/growth.py [ROUNDS]`` makes two programmes in a temporary folder, of about 100 and 10,000 changes, gives
both the same pilot with the same records, and adds records of each kind to it; medians of ROUNDS (15 by itself).
The aim: no kind takes more than 1.5 times as long in the large file. Exits 1 when one does.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from tracker.entities import entity
from tracker.fields import Value
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.writing import add, editing
from tracker.storage.store import Acting, Store

NOW = datetime(2026, 11, 12, 9, tzinfo=UTC)
SMALL, LARGE, ALLOWED = 100, 10_000, 1.5
NARRATIVE = "Twenty characters at the least."


def make(path: Path, changes: int) -> Store:
    """Make a programme of pilots with wins, risks and reports: about so many changes, and return it open."""
    store = create_programme(path, {"name": "Bench"}, "ana", NOW, NOW.date())
    store.write_unsafely()
    by = acting(store, "ana", "cli", NOW, NOW.date())
    for number in range(changes // 50):
        with editing(store, by, "import") as edit:
            pilot = edit.add(entity("pilot"), {"name": f"Pilot {number}"}).uid
            for n in range(16):
                edit.add(entity("win"), {"title": f"Win {n}", "event_date": NOW.date(), "pilot": pilot})
                edit.add(entity("risk"), {"title": f"Risk {n}", "pilot": pilot})
                edit.add(entity("feedback"), {"summary": f"Feedback {n}", "pilot": pilot})
            edit.add(entity("confidence"), {"pilot": pilot, "rating": "red", "narrative": NARRATIVE})
    return store


def measured(store: Store, rounds: int) -> dict[str, float]:
    """Return the processor time of adding a record of each kind to a pilot with twenty of its own, in milliseconds."""
    by = acting(store, "ana", "cli", NOW, NOW.date())
    pilot = add(store, "pilot", {"name": "The same in both"}, by).uid
    for kind, values in records_of(pilot, by).items():
        for number in range(2):
            add(store, kind, _apart(kind, values, number), by)
    return {kind: _median(store, kind, values, by, rounds) for kind, values in records_of(pilot, by).items()}


def records_of(pilot: str, by: Acting) -> Mapping[str, dict[str, Value]]:
    """Return what is added, by kind."""
    today = NOW.date()
    return {
        "confidence": {"pilot": pilot, "rating": "red", "narrative": NARRATIVE},
        "win": {"title": "A win", "event_date": today, "pilot": pilot},
        "risk": {"title": "A risk", "pilot": pilot},
        "action": {"text": "Do it", "due": today, "owner": by.person, "pilot": pilot},
        "issue": {"title": "An issue", "severity": "minor", "pilot": pilot},
        "iteration": {"goal": "Learn", "start": today, "end": today, "pilot": pilot},
        "gate": {"name": "A gate", "pilot": pilot},
        "need": {"role_group": "Clerks", "headcount": 3, "pilot": pilot},
        "feedback": {"summary": "Too slow", "pilot": pilot},
        "session": {"title": "A session", "starts_on": today},
        "service": {"name": "A service"},
        "decision": {"title": "A decision"},
        "board": {"title": "A board", "meets_on": today},
        "person": {"display_name": "Somebody"},
        "pilot": {"name": "Another"},
    }


def _apart(kind: str, values: dict[str, Value], number: int) -> dict[str, Value]:
    """Return the values with another name: some records stand only once under theirs."""
    name = entity(kind).lead_field
    text = values.get(name)
    return {**values, name: f"{text} {number}"} if isinstance(text, str) and name != "pilot" else values


def _median(store: Store, kind: str, values: dict[str, Value], by: Acting, rounds: int) -> float:
    times = []
    for number in range(rounds):
        named = _apart(kind, values, 100 + number)
        begin = time.process_time()
        add(store, kind, named, by)
        times.append(time.process_time() - begin)
    return statistics.median(times) * 1000


def main() -> None:
    """Print the figures of both files, and the ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        figures = []
        for changes in (SMALL, LARGE):
            with make(Path(folder) / f"{changes}.db", changes) as store:
                number = store.read("SELECT count(*) FROM change")[0][0]
                figures.append(measured(store, rounds))
                print(f"{number:,} changes")
    small, large = figures
    ratios = {kind: large[kind] / small[kind] for kind in small}
    for kind, ratio in ratios.items():
        print(f"{kind:<12}{small[kind]:8.2f} ms {large[kind]:8.2f} ms   × {ratio:.2f}")
    sys.exit(any(ratio > ALLOWED for ratio in ratios.values()))


if __name__ == "__main__":
    main()
