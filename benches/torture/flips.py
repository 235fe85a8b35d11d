"""Single bits flipped in a programme file: how many that have an effect are noticed by ``check``."""

import random
import sqlite3
import tempfile
import time
from pathlib import Path

from benches.torture.sound import make_sound
from benches.torture.table import Row, Wanted, print_table
from tracker.entities import ENTITIES, entity
from tracker.errors import FileTrouble
from tracker.storage.journal.verify import verify
from tracker.storage.schema import journalled
from tracker.storage.search import find_text
from tracker.storage.store import Store

LEAST_NOTICED = 0.99
WORDS = ("form", "queues", "training", "figures")


def answers(path: Path) -> object:
    """Return all that the file answers: every record with its stamps, the journal, the papers, and a search."""
    with Store.open(path, read_only=True) as store:
        tables = ["tx", "change", "blanked", "sequence", "meta", "snapshot_data", "search_doc"]
        rows = [store.read(f'SELECT * FROM "{name}"') for name in tables]
        for kind in ENTITIES:
            names = ", ".join(f'"{name}"' for name in ("id", "uid", *journalled(entity(kind)), "rev"))
            rows.append(store.read(f'SELECT {names}, created_at, created_by, updated_at, updated_by FROM "{kind}"'))
        return rows, [find_text(store, word) for word in WORDS]


def flip(content: bytes, chance: random.Random, path: Path) -> str:
    """Flip one bit; return ``noticed``, ``refused``, ``nothing`` (no effect) or ``missed``."""
    damaged = bytearray(content)
    damaged[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(damaged)
    try:
        with Store.open(path, read_only=True) as store:
            if verify(store):
                return "noticed"
    except FileTrouble:
        return "refused"
    return "maybe"


def judged(content: bytes, chance: random.Random, path: Path, whole: object) -> str:
    """Flip one bit, and where nothing is noticed ask whether any answer is another."""
    verdict = flip(content, chance, path)
    if verdict != "maybe":
        return verdict
    try:
        return "nothing" if answers(path) == whole else "missed"
    except (FileTrouble, sqlite3.Error, UnicodeDecodeError):
        return "missed"


def run(wanted: Wanted) -> int:
    """Flip as many bits as there are rounds."""
    chance, until = random.Random(wanted.seed), time.monotonic() + wanted.minutes * 60
    counts = dict.fromkeys(("noticed", "refused", "nothing", "missed"), 0)
    with tempfile.TemporaryDirectory() as folder:
        sound = make_sound(Path(folder)).path
        content, copy = sound.read_bytes(), Path(folder) / "flipped.db"
        copy.write_bytes(content)
        whole = answers(copy)
        for _ in range(wanted.rounds):
            counts[judged(content, chance, copy, whole)] += 1
            if time.monotonic() > until:
                break
    effect = sum(counts.values()) - counts["nothing"]
    share = 1 - counts["missed"] / effect if effect else 0.0
    rows = [
        Row("bits flipped", "1,400", f"{sum(counts.values()):,}", not effect),
        Row("found by check", "567", str(counts["noticed"])),
        Row("refused at opening", "88", str(counts["refused"])),
        Row("without effect", "705", str(counts["nothing"])),
        Row("changed an answer unnoticed", "34 and 6 of the search", str(counts["missed"])),
        Row("noticed of those with an effect", "94 %", f"{share:.1%}", share < LEAST_NOTICED),
    ]
    return print_table("Single bit flips", rows)
