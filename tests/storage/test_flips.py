"""Every stored value counts: one flipped bit, or one value altered past the journal, and ``verify`` says so."""

import random
import sqlite3
from pathlib import Path

import pytest
from conftest import NOW, draws

from tracker.entities import all_entities
from tracker.errors import FileTrouble
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change, remove
from tracker.storage.journal.verify import verify
from tracker.storage.schema import journalled
from tracker.storage.store import Store

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "programme.db"
    with create_programme(path, {"name": "Simpler Services"}, "ana", NOW, NOW.date()) as store:
        by = acting(store, "ana", "cli", NOW, NOW.date())
        pilot = add(store, "pilot", {"name": "Parking permits", "problem": "Queues at the counter"}, by).uid
        risk = add(store, "risk", {"title": "Supplier is late", "pilot": pilot, "likelihood": 2, "impact": 3}, by).uid
        change(store, "risk", risk, {"cause": "Too few people there", "likelihood": 4}, by, reason="told by phone")
        win = add(store, "win", {"title": "One field less to type", "tags": ("counter", "forms")}, by).uid
        remove(store, "win", win, by, reason="recorded twice by me")
        add(store, "confidence", {"pilot": pilot, "rating": "amber", "narrative": "Training is behind its plan."}, by)
        undo(store, by)
    return path


def found(content: bytes | bytearray, path: Path) -> str:
    path.write_bytes(content)
    try:
        with Store.open(path, read_only=True) as store:
            return "\n".join(verify(store))
    except FileTrouble as error:
        return str(error)


def places(content: bytes, path: Path) -> list[int]:
    """Return where in the file the longer texts of records and journal lie."""
    connection = sqlite3.connect(path)
    texts = set()
    for kind in all_entities():
        for row in connection.execute(f'SELECT * FROM "{kind.kind}"').fetchall():
            texts |= {value for value in row if isinstance(value, str) and (" " in value or len(value) == 36)}
    for row in connection.execute("SELECT kind, field, old, new, row, command, reason FROM change, tx").fetchall():
        texts |= {value for value in row if isinstance(value, str) and (" " in value or len(value) == 36)}
    connection.close()
    found = set()
    for text in texts:
        at, part = -1, text.encode()
        while (at := content.find(part, at + 1)) >= 0:
            found |= set(range(at, at + len(part)))
    return sorted(found)


def test_a_flipped_bit_in_a_stored_text_is_found(sound: Path, path: Path) -> None:
    content = sound.read_bytes()
    assert found(content, path) == ""
    chance, where, missed = random.Random(4), places(content, sound), []
    assert len(where) > 2_000
    for place in chance.sample(where, 150)[: draws(50, 150)]:
        damaged = bytearray(content)
        damaged[place] ^= 1 << chance.randrange(8)
        if not found(damaged, path):
            missed.append(content[max(0, place - 30) : place + 30])
    assert missed == [], len(missed)


def test_a_flipped_bit_anywhere_gives_no_traceback(sound: Path, path: Path) -> None:
    content, chance, told, number = sound.read_bytes(), random.Random(5), 0, draws(50, 150)
    for _ in range(number):
        damaged = bytearray(content)
        damaged[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        told += bool(found(damaged, path))
    assert told > number / 5  # most of the file is empty space, where a bit means nothing


def altered(value: object) -> object:
    """Return another value of the same type; what is empty becomes a text."""
    if isinstance(value, int):
        return value + 1
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    return "x" if value is None else str(value)[:-1] + "~"


JOURNAL = [
    *(("change", name) for name in ("tx", "kind", "row", "field", "old", "new", "base", "salt")),
    *(("tx", name) for name in ("at", "day", "actor", "site", "front", "command", "undoes", "reason", "salt", "hash")),
]


@pytest.mark.parametrize(("table", "column"), JOURNAL)
def test_every_column_of_the_journal_counts(sound: Path, path: Path, table: str, column: str) -> None:
    content = sound.read_bytes()
    for number in (1, 4, 6):
        path.write_bytes(content)
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA ignore_check_constraints=ON")
        (value,) = connection.execute(f"SELECT {column} FROM {table} WHERE id = ?", (number,)).fetchone()
        new = 1 if value is None and column in ("base", "undoes") else altered(value)
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (new, number))
        connection.commit()
        connection.close()
        assert found(path.read_bytes(), path), (number, value, new)


@pytest.mark.parametrize("kind", ["pilot", "risk", "assessment", "win", "person", "programme"])
def test_every_journalled_column_of_a_record_counts(sound: Path, path: Path, kind: str) -> None:
    """All columns are altered at once, and each must be named."""
    (which,) = (one for one in all_entities() if one.kind == kind)
    columns = journalled(which)
    path.write_bytes(sound.read_bytes())
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA ignore_check_constraints=ON")
    (trigger,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (f"j_{kind}_update",)).fetchone()
    connection.execute(f"DROP TRIGGER j_{kind}_update")
    types = dict(row[1:3] for row in connection.execute(f"PRAGMA table_info('{kind}')").fetchall())
    names = ", ".join(f'"{column}"' for column in columns)
    values = connection.execute(f'SELECT {names} FROM "{kind}" WHERE id = 1').fetchone()
    new = [
        1 if value is None and types[column] == "INTEGER" else altered(value)
        for column, value in zip(columns, values, strict=True)
    ]
    connection.execute(f'UPDATE "{kind}" SET {names.replace(",", " = ?,")} = ? WHERE id = 1', new)
    connection.execute(trigger)
    connection.commit()
    connection.close()
    told = found(path.read_bytes(), path)
    assert f"{new[0]}: {', '.join(columns)} is not what the journal says." in told
