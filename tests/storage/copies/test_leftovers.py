"""What killed commands left is taken away: only what is certainly ours, of a process that is gone, and old."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.storage.copies.leftovers import LEAST_AGE_S, leftovers, take_away

NOW_S = 1_800_000_000.0
DATABASE = b"SQLite format 3\0" + b"x" * 100
JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"x" * 100


@pytest.fixture(scope="module")
def gone() -> int:
    """The number of a process that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def make(path: Path, content: bytes = b"", age_s: float = LEAST_AGE_S + 1) -> Path:
    path.write_bytes(content)
    os.utime(path, (NOW_S - age_s, NOW_S - age_s))
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.db.{gone}.part", DATABASE),
        ("a.db.{gone}.part", b""),
        ("a.db.{gone}.part", b"\0" * 64),
        ("a.db.{gone}.part-journal", JOURNAL),
        (".tracker-0123456789abcdef.tmp", b"half a paper"),
    ],
)
def test_what_a_killed_command_left_goes(tmp_path: Path, gone: int, name: str, content: bytes) -> None:
    left = make(tmp_path / name.format(gone=gone), content)
    assert leftovers(tmp_path, NOW_S) == [left]
    assert list(take_away([left])) == [left]
    assert not left.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.db.{own}.part", DATABASE),  # that process runs
        ("a.db.1.part", DATABASE),
        ("a.db.{gone}.part", b"somebody's notes"),
        ("a.db.part", DATABASE),
        ("a.db.{gone}.part-journal", DATABASE),
        ("a.db.{gone}.parts", DATABASE),
        ("a.db-journal", JOURNAL),  # what SQLite needs to undo the last write
        (".tracker-0123.tmp", b"x"),
        (".tracker-0123456789abcdef.old", b"x"),  # the folder that was there before
        ("report.tmp", b"x"),
        ("20261001T090000000000Z-auto-verified.db", DATABASE),
    ],
)
def test_what_may_be_somebody_elses_or_needed_stays(tmp_path: Path, gone: int, name: str, content: bytes) -> None:
    make(tmp_path / name.format(gone=gone, own=os.getpid()), content)
    assert leftovers(tmp_path, NOW_S) == []


def test_what_is_young_or_a_link_stays(tmp_path: Path, gone: int) -> None:
    make(tmp_path / f"a.db.{gone}.part", DATABASE, LEAST_AGE_S - 1)
    note = make(tmp_path / "note.txt", DATABASE)
    (tmp_path / f"b.db.{gone}.part").symlink_to(note)
    assert leftovers(tmp_path, NOW_S) == []
    assert leftovers(tmp_path / "nowhere", NOW_S) == []


def test_the_folder_of_a_recovery_that_was_killed_goes_whole(tmp_path: Path, gone: int) -> None:
    folder = tmp_path / f".tracker-recover-{gone}-0123456789abcdef"
    running = tmp_path / f".tracker-recover-{os.getpid()}-0123456789abcdef"
    for place in (folder, running):
        place.mkdir()
        make(place / "rows.db", DATABASE)
        os.utime(place, (0, 0))
    assert leftovers(tmp_path, NOW_S) == [folder]
    assert list(take_away([folder])) == [folder]
    assert running.exists()
