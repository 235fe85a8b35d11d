"""Writers let each other write: one at a time stands before the file, and nothing lies beside it for that."""

import fcntl
import os
import sys
from pathlib import Path

import pytest

from tracker.services.records.writing import add
from tracker.storage import lease
from tracker.storage.store import Acting, Store

sys.path.insert(0, str(Path(__file__).parents[2] / "benches"))

from writers import race


@pytest.fixture
def taken(path: Path) -> int:
    """Somebody who stands before the file: the lock of its folder."""
    folder = os.open(path.parent, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    return folder


def test_one_waiter_at_a_time_stands_before_the_file(path: Path) -> None:
    other = os.open(path.parent, os.O_RDONLY)
    with lease.turn(str(path), 0), pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)


def test_a_turn_that_never_comes_is_no_reason_not_to_write(store: Store, ana: Acting, taken: int) -> None:
    with lease.turn(store.path, 0):
        pass
    os.close(taken)
    assert add(store, "win", {"title": "A field less"}, ana).ref == "W-001"


def test_where_folders_cannot_be_locked_writing_goes_on(
    store: Store, ana: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", none)
    assert add(store, "win", {"title": "A field less"}, ana).ref == "W-001"
    monkeypatch.setitem(sys.modules, "fcntl", None)
    assert add(store, "win", {"title": "Another"}, ana).ref == "W-002"
    with lease.turn("/no/such/folder/programme.db", 0), lease.turn(":memory:", 0):
        pass


def test_nothing_lies_beside_the_file(store: Store, ana: Acting) -> None:
    with store.command(ana, "test"):
        names = {file.name for file in Path(store.path).parent.iterdir()}
    assert names <= {"programme.db", "programme.db-journal"}


def test_hot_writers_are_not_refused_and_each_gets_its_turn(store: Store, path: Path) -> None:
    waits = race(path, 3, 0.5)
    assert waits.refused == 0
    assert waits.least > 0
