"""``tracker check`` finds whatever was altered behind the program's back."""

import random
import sqlite3
from pathlib import Path

import pytest

from tracker.services.records.writing import add, change
from tracker.storage.journal.verify import mend, verify
from tracker.storage.store import Acting, Store


@pytest.fixture
def file(path: Path, store: Store, ana: Acting) -> Path:
    risk = add(store, "risk", {"title": "Supplier late", "likelihood": 2, "impact": 3}, ana)
    change(store, "risk", risk.uid, {"title": "Supplier very late"}, ana, reason="told by phone")
    add(store, "win", {"title": "A win"}, ana)
    assert verify(store) == []
    return path


def outside(file: Path, *statements: str) -> None:
    """Change the file as another program would."""
    other = sqlite3.connect(file)
    try:
        for statement in statements:
            other.execute(statement)
        other.commit()
    finally:
        other.close()


def found(file: Path) -> str:
    with Store.open(file) as store:
        return "\n".join(verify(store))


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE change SET new = 'Supplier early' WHERE field = 'title'", "altered at change 3"),
        ("UPDATE change SET tx = 2 WHERE field = 'title'", "altered at change 2"),
        ("UPDATE tx SET reason = 'never' WHERE reason IS NOT NULL", "altered at change 3"),
        ("UPDATE tx SET actor = (SELECT max(uid) FROM person), day = '2026-09-01' WHERE id = 3", "altered at change 3"),
        ("UPDATE tx SET hash = zeroblob(32) WHERE id = 2", "altered at change 2"),
        ("DROP TRIGGER j_risk_update", "j_risk_update, which keeps the journal, is missing"),
        ("UPDATE risk SET title = 'Supplier on time'", "changed outside the program: title from “Supplier very late”"),
        ("INSERT INTO sequence VALUES ('nonsense', 1)", ""),
    ],
)
def test_what_was_altered_is_found(file: Path, statement: str, words: str) -> None:
    outside(file, statement)
    assert words in found(file)
    if not words:
        assert found(file) == ""


def test_the_journal_cannot_be_shortened(file: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        outside(file, "DELETE FROM change")
    outside(file, "DROP TRIGGER j_tx_kept", "DROP TRIGGER j_change_kept")
    outside(file, "PRAGMA foreign_keys=OFF", "DELETE FROM tx WHERE id = 2")
    assert "Change 2 is missing from the journal" in found(file)


def test_a_record_changed_past_the_journal_is_found(file: Path) -> None:
    outside(file, "DROP TRIGGER j_win_update", "UPDATE win SET title = 'A loss'")
    assert "W-001: title is not what the journal says" in found(file)
    outside(file, "DROP TRIGGER j_win_delete", "DELETE FROM win")
    assert "A win that the journal knows is not in the file" in found(file)


def test_mending_makes_triggers_and_search_anew_and_leaves_the_records(file: Path) -> None:
    outside(file, "DROP TRIGGER j_risk_update", "DELETE FROM search_doc")
    assert "search table holds" in found(file)
    with Store.open(file) as store:
        mend(store)
        assert verify(store) == []


def test_flipped_values_of_the_journal_are_found(file: Path, tmp_path: Path) -> None:
    """Every character of a stored text counts."""
    content = file.read_bytes()
    places = [n for n in range(len(content)) if content.startswith(b"Supplier very late", n)]
    chance, missed = random.Random(3), 0
    for place in places:
        damaged = bytearray(content)
        damaged[place + chance.randrange(8)] ^= 1
        copy = tmp_path / f"flip-{place}.db"
        copy.write_bytes(damaged)
        missed += found(copy) == ""
    # One of the copies stands in the search table, which can be made anew and is not part of the record.
    assert len(places) >= 3
    assert missed <= 1
