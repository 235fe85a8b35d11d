"""The real command line killed at random moments: whatever was acknowledged has to be there afterwards.

Several processes write into one file at once: ``win add``, ``risk set``, ``undo`` and ``backup``, each as a process of
its own with the exit code as its acknowledgement; half of them are killed by SIGKILL at a random moment. The
interpreter is forked with the program loaded, which gives many more rounds in the same time.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benches.torture.table import Row, Wanted, print_table
from tracker.storage.journal.verify import verify
from tracker.storage.queries import Query, rows
from tracker.storage.store import Store

AT_ONCE = 3
LONGEST_S = 120.0
EVERY = 200  # commands between two checks on the way


class Running(NamedTuple):
    """A command that runs: its process, what it is, the title that it writes, and when it is killed (0: never)."""

    pid: int
    what: str
    title: str
    kill_at: float


class Tally:
    """What is counted, and what has to be there: titles by their win, and how often something was acknowledged."""

    def __init__(self) -> None:
        self.commands = self.kills = self.acknowledged = self.refused = self.lost = self.bad = 0
        self.titles: set[str] = set()
        self.backups: list[Path] = []
        self.sentences: list[str] = []


def start(path: Path, number: int, chance: random.Random, lasts: float, copies: Path) -> Running:
    """Start a command in a process of its own, with the program loaded already."""
    title = f"win {number} of {os.getpid()}"
    what = chance.choices(("add", "set", "undo", "backup"), (70, 22, 5, 3))[0]
    arguments = {
        "add": ["win", "add", title],
        "set": ["risk", "set", "R-001", "--cause", title],
        "undo": ["undo"],
        "backup": ["backup", str(copies / f"{number}.db")],
    }[what]
    child = os.fork()
    if child == 0:
        _command(path, arguments)
    killed = chance.random() < 0.5
    return Running(child, what, title, time.monotonic() + chance.uniform(0, lasts) if killed else 0.0)


def _command(path: Path, arguments: list[str]) -> None:
    """Run a command line of the program in this process, and end with its exit code; it never returns."""
    quiet = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(quiet, handle)
    code = 1
    try:
        from tracker.cli import main

        sys.argv = ["tracker", "--file", str(path), *arguments]
        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        os._exit(code)


def ended(running: Running, status: int, tally: Tally, copies: Path) -> None:
    """Count a command that ended, by its exit code or by being killed."""
    if os.WIFSIGNALED(status):
        tally.kills += 1
        return
    if os.WEXITSTATUS(status):
        tally.refused += 1
        return
    tally.acknowledged += running.what != "backup"
    if running.what == "add":
        tally.titles.add(running.title)


def check(path: Path, tally: Tally) -> None:
    """Compare the file with what was acknowledged, and let it be verified."""
    with Store.open(path) as store:
        undone = store.read("SELECT count(*) FROM tx WHERE command = 'undo'")[0][0]
        have = {row[2] for row in rows(store, Query("win"), ["title"])}
        problems = verify(store)
        commands = store.read("SELECT count(*) FROM tx")[0][0]
        ever = {new for (new,) in store.read("SELECT new FROM change WHERE kind = 'win' AND field = '*'")}
    journal = "\n".join(str(text) for text in ever)
    missing = [title for title in tally.titles - have if title not in journal]
    tally.lost = max(tally.lost, len(missing), tally.acknowledged - commands)
    gone = len(tally.titles - have)
    tally.bad += bool(problems) or gone > undone
    tally.sentences += [str(problem) for problem in problems[:3]]


def made(folder: Path) -> Path:
    """Make a programme with a risk by the real commands."""
    path = folder / "programme.db"
    for arguments in (["init", "Torture"], ["risk", "add", "Supplier is late"]):
        subprocess.run(
            [sys.executable, "-m", "tracker", "--file", str(path), *arguments],
            check=True,
            capture_output=True,
            timeout=LONGEST_S,
        )
    return path


def tortured(wanted: Wanted, folder: Path) -> Tally:
    """Run and kill commands until so many were killed, or the time is over."""
    import tracker.cli.root  # noqa: F401 - loaded once, before the processes are made

    path, copies = made(folder), folder / "copies"
    copies.mkdir()
    chance, tally, until = random.Random(wanted.seed), Tally(), time.monotonic() + wanted.minutes * 60
    running: list[Running] = []
    lasts = 0.3
    while tally.kills < wanted.rounds and time.monotonic() < until:
        while len(running) < AT_ONCE:
            tally.commands += 1
            running.append(start(path, tally.commands, chance, lasts, copies))
        running = _reaped(running, tally, copies)
        if tally.commands % EVERY == 0:
            check(path, tally)
    for left in running:
        ended(left, os.waitpid(left.pid, 0)[1], tally, copies)
    check(path, tally)
    return tally


def _reaped(running: list[Running], tally: Tally, copies: Path) -> list[Running]:
    """Kill what is due, count what ended, and return what still runs."""
    left, now = [], time.monotonic()
    for command in running:
        if command.kill_at and now >= command.kill_at:
            os.kill(command.pid, signal.SIGKILL)
        pid, status = os.waitpid(command.pid, os.WNOHANG)
        if pid:
            ended(command, status, tally, copies)
        else:
            left.append(command)
    time.sleep(0.002)
    return left


def run(wanted: Wanted) -> int:
    """Kill as many commands as there are rounds."""
    os.environ.setdefault("TRACKER_USER", "torturer")
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        os.environ["XDG_STATE_HOME"] = folder
        tally = tortured(wanted, Path(folder))
    for sentence in tally.sentences:
        print(sentence)
    rows = [
        Row("commands of the real command line", "3,508", f"{tally.commands:,}"),
        Row("killed by SIGKILL", "2,286", f"{tally.kills:,}", not tally.kills),
        Row("acknowledged writes", "624", f"{tally.acknowledged:,}", not tally.acknowledged),
        Row("refused with a sentence", "", f"{tally.refused:,}"),
        Row("acknowledged and lost", "0", str(tally.lost), bool(tally.lost)),
        Row("checks that did not hold", "0 of 82", str(tally.bad), bool(tally.bad)),
    ]
    return print_table("Commands killed at random moments", rows)
