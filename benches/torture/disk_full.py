"""A disk that is full: the size of every file a process writes is limited (RLIMIT_FSIZE), just above what is there.

What fails says so, leaves the programme as it was, and works again when there is room.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from benches.torture.table import Row, Wanted, print_table
from tracker.storage.journal.verify import verify
from tracker.storage.store import Store

COMMANDS = {
    "win add": ["win", "add", "A win with a long text", "--what-changed", "é" * 9_000],
    "backup": ["backup", "{folder}/copy.db"],
    "restore": ["restore", "--yes", "{folder}/kept.db"],
    "report pack": ["report", "pack", "-o", "{folder}/pack.html"],
    "check --mend": ["check", "--mend"],
}
ROOM = (0, 20_000, 100_000)
LONGEST_S = 120.0


def tracker(folder: Path, arguments: list[str], limit: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command of the program, where no file may grow beyond a limit in bytes."""

    def limited() -> None:
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-m", "tracker", "--file", str(folder / "programme.db"), *arguments],
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        preexec_fn=limited,
        check=False,
        env={**os.environ, "HOME": str(folder / "home"), "TRACKER_USER": "ana"},
    )


def run(wanted: Wanted) -> int:
    """Try each command with little room."""
    cases = failed = 0
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tracker(folder, ["init", "Full"])
        tracker(folder, ["backup", str(folder / "kept.db")])
        for room in ROOM:
            for what, words in COMMANDS.items():
                cases += 1
                failed += _tried(folder, what, [word.format(folder=folder) for word in words], room, wrong)
        again = tracker(folder, ["win", "add", "There is room again"]).returncode
    for sentence in wrong[:10]:
        print(sentence)
    rows = [
        Row("cases", "42", str(cases)),
        Row("commands that failed", "all with a sentence", str(failed), not failed),
        Row("files changed by a failed command, tracebacks, damage", "0", str(len(wrong)), bool(wrong)),
        Row("works again with room", "yes", "no" if again else "yes", bool(again)),
    ]
    return print_table("A full disk (RLIMIT_FSIZE)", rows)


def _tried(folder: Path, what: str, arguments: list[str], room: int, wrong: list[str]) -> bool:
    """Try a command, and return whether it failed; what it should not have done goes onto a list."""
    path = folder / "programme.db"
    before = path.read_bytes()
    for leftover in ("copy.db", "pack.html"):
        (folder / leftover).unlink(missing_ok=True)
    done = tracker(folder, arguments, len(before) + room - 4_096 if what == "backup" else room + 4_096)
    if "Traceback" in done.stderr or "not foreseen" in done.stderr:
        wrong.append(f"{what} with {room} bytes: {done.stderr.strip()[-200:]}")
    if done.returncode:
        with Store.open(path) as store:
            if problems := verify(store):
                wrong.append(f"{what} with {room} bytes: {problems[0]}")
        if path.read_bytes() != before:
            wrong.append(f"{what} with {room} bytes failed, and changed the file")
    return bool(done.returncode)
