"""Files of other programs: every command refuses them with a sentence, and nothing about them changes."""

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from benches.torture.table import Row, Wanted, print_table

COMMANDS = (["win", "list"], ["check"], ["win", "add", "A win"], ["backup"], ["history"], ["undo"])
LONGEST_S = 60.0


def make(folder: Path, chance: random.Random) -> dict[str, Path]:
    """Make files of other programs, each in a folder of its own."""
    contents: dict[str, bytes] = {
        "a text": b"Minutes of the meeting\n" * 50,
        "a zip": b"PK\x03\x04" + chance.randbytes(3_000),
        "random bytes": chance.randbytes(8_192),
        "one byte": b"S",
        "only a header": b"SQLite format 3\0" + bytes(84),
    }
    files = {name: folder / str(number) / "file.db" for number, name in enumerate([*contents, *DATABASES])}
    for name, path in files.items():
        path.parent.mkdir()
        if name in contents:
            path.write_bytes(contents[name])
        else:
            _database(path, DATABASES[name])
    return files


DATABASES = {
    "a database": (),
    "a database with a number": ("PRAGMA application_id=252006673",),
    "a database in WAL mode": ("PRAGMA journal_mode=WAL",),
    "a database of a newer schema of ours": ("PRAGMA application_id={ours}", "PRAGMA user_version=99"),
}


def _database(path: Path, pragmas: tuple[str, ...]) -> None:
    from tracker.storage.looking import APPLICATION_ID

    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in pragmas:
        connection.execute(pragma.format(ours=APPLICATION_ID)).fetchall()
    connection.execute("CREATE TABLE invoice (id INTEGER PRIMARY KEY, text TEXT)")
    connection.execute("INSERT INTO invoice(text) VALUES ('Paper')")
    connection.close()


def run(wanted: Wanted) -> int:
    """Give each command each file."""
    wrong: list[str] = []
    cases = 0
    with tempfile.TemporaryDirectory() as name:
        files = make(Path(name), random.Random(wanted.seed))
        for what, path in files.items():
            before = path.read_bytes(), sorted(path.parent.iterdir())
            for words in COMMANDS:
                cases += 1
                wrong += _tried(what, path, words, Path(name))
                if (path.read_bytes(), sorted(path.parent.iterdir())) != before:
                    wrong.append(f"{what}: {words[0]} changed it, or left something beside it")
    for sentence in wrong[:10]:
        print(sentence)
    rows = [
        Row("runs", "10,560", str(cases)),
        Row(
            "changed, not refused, or not with a sentence",
            "12 (with a log of their own crash)",
            str(len(wrong)),
            bool(wrong),
        ),
    ]
    return print_table("Files of other programs", rows)


def _tried(what: str, path: Path, words: list[str], home: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "--file", str(path), *words],
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
        env={**os.environ, "HOME": str(home / "home"), "TRACKER_USER": "ana"},
    )
    if done.returncode == 3 and "Traceback" not in done.stderr and "not foreseen" not in done.stderr:
        return []
    return [f"{what}: {' '.join(words)} ended with {done.returncode}: {done.stderr.strip()[-160:]}"]
