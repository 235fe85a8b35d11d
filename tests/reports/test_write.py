"""Papers are written whole or not at all, and never over another file unasked."""

from pathlib import Path

import pytest

from tracker.errors import TrackerError
from tracker.reports import write
from tracker.reports.write import write_report
from tracker.storage.store import Store


def test_a_new_file_and_nothing_beside_it(tmp_path: Path) -> None:
    write_report(b"paper", tmp_path / "a.md")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir() if file.is_file()] == [("a.md", b"paper")]


def test_an_existing_file_stays_unless_forced(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"old")
    with pytest.raises(TrackerError, match="exists already"):
        write_report(b"new", file)
    assert file.read_bytes() == b"old"
    write_report(b"new", file, force=True)
    assert file.read_bytes() == b"new"


def test_a_programme_file_is_never_written_over(store: Store) -> None:
    file = Path(store.path)
    before = file.read_bytes()
    with pytest.raises(TrackerError, match="never written over"):
        write_report(b"paper", file, force=True)
    assert file.read_bytes() == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TrackerError, match="does not exist"):
        write_report(b"paper", tmp_path / "none" / "a.md")
    with pytest.raises(TrackerError, match="is a folder"):
        write_report(b"paper", tmp_path, force=True)


@pytest.mark.parametrize("force", [True, False])
def test_a_write_that_breaks_off_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "a.md"
    if force:
        file.write_bytes(b"old")
    monkeypatch.setattr(write.os, "fsync", full)
    with pytest.raises(TrackerError, match="No space left on device"):
        write_report(b"new", file, force=force)
    assert [one.read_bytes() for one in tmp_path.iterdir() if one.is_file()] == ([b"old"] if force else [])


def test_a_file_made_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.md"
    monkeypatch.setattr(write.os, "fsync", lambda _: file.write_bytes(b"theirs"))
    with pytest.raises(TrackerError, match="meanwhile"):
        write_report(b"mine", file)
    assert file.read_bytes() == b"theirs"
    assert len([one for one in tmp_path.iterdir() if one.is_file()]) == 1


def test_a_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(self: Path, target: Path) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", none)
    write_report(b"paper", tmp_path / "a.md")
    assert (tmp_path / "a.md").read_bytes() == b"paper"
