"""Power cuts right after a command has acknowledged: whether anything that it promised was not on the disk yet.

The real command runs under strace, which records each write, cut, sync, rename and removal with the path. A disk may
forget whatever was not synced: bytes of a file until it is synced, names until their folder is. A cut after the
acknowledgement loses something exactly where one of these is open for the file, its journal or the copy; what is open
elsewhere (locks, the state folder) may go. Without strace nothing is measured, and it says so.
"""

import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benches.torture.table import Row, Wanted, print_table

CALLS = "write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,openat"
LONGEST_S = 120.0
_BYTES = re.compile(r"(?:write|pwrite64|ftruncate)\(\d+<([^>]+)>")
_SYNC = re.compile(r"f(?:data)?sync\(\d+<([^>]+)>\)\s+= 0")
_NAMES = re.compile(r"(?:rename|unlink)\w*\((.*)\)\s+= 0")
_MADE = re.compile(r"openat\([^\"]*\"([^\"]+)\", [^,)]*O_CREAT.*= \d+<([^>]+)>")
OLD = {"write": "0 of 6,536", "backup": "97 of 120", "restore": "87 of 120"}


def left_open(record: str, there: set[str]) -> set[str]:
    """Return the paths of which bytes or names were not synced at the end of a record of system calls.

    ``there`` are the files that were there before: making one that is there makes no name.
    """
    unsynced: set[str] = set()  # files whose bytes are not on the disk
    names: dict[str, set[str]] = {}  # by folder: names that were made, given or taken since it was synced
    known = set(there)
    for line in record.splitlines():
        if sync := _SYNC.search(line):
            unsynced.discard(sync[1])
            names.pop(sync[1], None)
        elif changed := _BYTES.search(line):
            unsynced.add(changed[1])
        elif made := _MADE.search(line):
            if made[2] not in known:
                names.setdefault(str(Path(made[2]).parent), set()).add(made[2])
            known.add(made[2])
        elif moved := _NAMES.search(line):
            paths = re.findall(r'"([^"]+)"', moved[1])
            for path in paths:
                names.setdefault(str(Path(path).parent), set()).add(path)
            known -= set(paths[:1])
            known |= set(paths[1:])
            _follow(paths, unsynced)
    gone = {path for path in unsynced if path not in known}  # bytes of a file that has no name any more
    return (unsynced - gone) | {path for folder in names.values() for path in folder}


def _follow(paths: list[str], unsynced: set[str]) -> None:
    """Let bytes that are not synced go with their file to its new name, or with the file that is taken away."""
    if paths[0] in unsynced:
        unsynced.discard(paths[0])
        unsynced |= set(paths[1:])


def traced(folder: Path, arguments: list[str]) -> set[str]:
    """Run a command under strace; return what was open when it had acknowledged. Raises CalledProcessError."""
    there = {str(path) for path in folder.rglob("*")}
    record = folder / "strace.log"
    command = [sys.executable, "-m", "tracker", "--file", str(folder / "programme.db"), *arguments]
    subprocess.run(
        ["strace", "-f", "-y", "-s", "0", "-e", f"trace={CALLS}", "-o", str(record), *command],
        check=True,
        capture_output=True,
        timeout=LONGEST_S,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder / "home"), "TRACKER_USER": "ana", "LANG": "C.UTF-8"},
        cwd=Path(__file__).parents[2],
    )
    text = record.read_text(encoding="utf-8", errors="replace")
    record.unlink()
    return left_open(text, there)


def matters(path: str, folder: Path) -> bool:
    """Whether what was acknowledged needs a path: the programme and its journal, and the copies."""
    name = Path(path).name
    ours = name.startswith("programme.db") and Path(path).parent == folder and not name.endswith((".lease", ".turn"))
    return (ours and not name.endswith(".backups")) or (name.startswith("copy-") and name.endswith(".db"))


def run(wanted: Wanted) -> int:
    """Cut as often as there are rounds, after a third of writes, backups and restores each."""
    if shutil.which("strace") is None:
        print("strace is not there: what was synced cannot be recorded. Nothing was measured.")
        return 1
    chance, until = random.Random(wanted.seed), time.monotonic() + wanted.minutes * 60
    cuts, lost = dict.fromkeys(OLD, 0), dict.fromkeys(OLD, 0)
    sentences: list[str] = []
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        traced(folder, ["init", "Power"])
        traced(folder, ["backup", str(folder / "copy-0.db")])
        for number in range(1, wanted.rounds + 1):
            what = ("write", "backup", "restore")[number % 3]
            arguments = {
                "write": ["win", "add", f"win {number} {'é' * chance.randrange(60)}"],
                "backup": ["backup", str(folder / f"copy-{number}.db")],
                "restore": ["restore", "--yes", str(folder / "copy-0.db")],
            }[what]
            still = sorted(path for path in traced(folder, arguments) if matters(path, folder))
            cuts[what] += 1
            lost[what] += bool(still)
            sentences += [f"{what}: {Path(path).name} was not synced" for path in still]
            if time.monotonic() > until:
                break
    for sentence in sentences[:10]:
        print(sentence)
    rows = [
        Row(f"lost by a cut after {what}", old, f"{lost[what]} of {cuts[what]}", bool(lost[what]))
        for what, old in OLD.items()
    ]
    return print_table(f"Power cuts after the acknowledgement ({sum(cuts.values())}, recorded by strace)", rows)
