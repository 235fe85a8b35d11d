"""Search keeps in step with the records; backups are checked, never overwrite, and can be put back."""

from datetime import date
from pathlib import Path

import pytest
from conftest import at
from copies_help import put_back

from tracker.errors import FileTrouble, TrackerError
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change, remove
from tracker.storage import lease
from tracker.storage.backup import back_up
from tracker.storage.copies.naming import backups
from tracker.storage.journal.verify import verify
from tracker.storage.search import find_text
from tracker.storage.store import Acting, Store


def refs(store: Store, text: str, **more: bool) -> list[str]:
    return [hit.ref for hit in find_text(store, text, **more)]


def test_search_follows_every_change(store: Store, ana: Acting) -> None:
    risk = add(store, "risk", {"title": "Café in Zürich región", "cause": "roof leaks"}, ana)
    win = add(store, "win", {"title": "Roof mended"}, ana)
    assert refs(store, "cafe") == refs(store, "zurich regi") == [risk.ref]
    assert refs(store, "roof") == [win.ref, risk.ref]
    assert set(refs(store, "roof", ranked=True)) == {win.ref, risk.ref}
    change(store, "risk", risk.uid, {"cause": "windows"}, ana)
    assert refs(store, "roof") == [win.ref]
    assert refs(store, "window") == [risk.ref]
    remove(store, "risk", risk.uid, ana, reason="no risk any more")
    assert refs(store, "window") == []
    undo(store, ana)
    assert refs(store, "window") == [risk.ref]
    assert refs(store, "R-001") == [risk.ref]


@pytest.mark.parametrize(
    "text", ['"', "*", "NEAR(", "-", "OR", "a OR b", "'; DROP TABLE win; --", "title:", "( ) ^", "\x00"]
)
def test_no_text_breaks_the_search(store: Store, ana: Acting, text: str) -> None:
    add(store, "win", {"title": "x"}, ana)
    assert isinstance(refs(store, text), list)


def test_a_backup_can_be_put_back_while_the_file_is_open(path: Path, store: Store, ana: Acting) -> None:
    add(store, "win", {"title": "before"}, ana)
    kept = back_up(store.connection, store.path)
    assert backups(str(path)) == [kept]
    assert kept.stat().st_mode & 0o077 == 0
    add(store, "win", {"title": "after"}, at(ana, date(2026, 10, 2)))
    present = put_back(kept, path)
    assert [row[0] for row in store.read("SELECT title FROM win")] == ["before"]
    assert verify(store) == []
    with Store.open(present or "") as old:
        assert [row[0] for row in old.read("SELECT title FROM win ORDER BY id")] == ["before", "after"]


def test_a_backup_never_overwrites(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    back_up(store.connection, store.path, target)
    with pytest.raises(TrackerError, match="exists already"):
        back_up(store.connection, store.path, target)
    with pytest.raises(FileTrouble, match="cannot be written"):
        back_up(store.connection, store.path, Path("/proc/nowhere/copy.db"))
    assert sorted(file.name for file in tmp_path.glob("*.part")) == []


def test_a_damaged_file_can_be_replaced_by_a_backup(path: Path, store: Store, ana: Acting) -> None:
    add(store, "win", {"title": "kept"}, ana)
    kept = back_up(store.connection, store.path)
    store.close()
    path.write_bytes(b"spilt coffee" * 500)
    present = put_back(kept, path)
    assert present is not None
    assert present.read_bytes().startswith(b"spilt coffee")
    with Store.open(path) as again:
        assert verify(again) == []
        assert again.read("SELECT title FROM win") == [("kept",)]


def test_a_damaged_backup_is_refused_and_the_file_stays(path: Path, store: Store, tmp_path: Path) -> None:
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"nothing")
    before = path.read_bytes()
    with pytest.raises(FileTrouble):
        put_back(bad, path)
    assert path.read_bytes() == before


def test_on_a_network_drive_one_program_holds_the_file(
    path: Path, store: Store, ana: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "network_drive", lambda _: "cifs")
    monkeypatch.setattr(lease, "WAIT_S", 0.0)
    held = Path(str(path) + ".lease")
    add(store, "win", {"title": "alone"}, ana)
    assert not held.exists()
    held.write_text("another machine")
    with pytest.raises(FileTrouble, match="network drive"):
        add(store, "win", {"title": "refused"}, ana)
    monkeypatch.setattr(lease, "STALE_S", -1.0)
    monkeypatch.setattr(lease, "WAIT_S", 5.0)
    add(store, "win", {"title": "the other one died"}, ana)
    assert [row[0] for row in store.read("SELECT title FROM win ORDER BY id")] == ["alone", "the other one died"]
