"""A connection that is kept for the next store of a test is to it as a new one."""

import sqlite3
from pathlib import Path

import pytest
from kept_open import Keeper

from tracker.errors import FileTrouble
from tracker.storage.store import Store

NAME = "SELECT name FROM programme"


def kept(path: Path) -> sqlite3.Connection:
    """Open and close a file that has a function of its own; return the connection, which is kept."""
    with Store.open(path, read_only=True) as store:
        store.connection.create_function("shout", 1, str.upper)
        assert store.read("SELECT shout('a')") == [("A",)]
        return store.connection


@pytest.fixture
def file(path: Path, new_programme: bytes) -> Path:
    """A new programme."""
    path.write_bytes(new_programme)
    return path


def test_the_next_store_of_a_file_has_it_and_nothing_that_was_set_on_it(file: Path, keeper: Keeper) -> None:
    before = kept(file)
    with Store.open(file) as store:
        assert store.connection is before
        assert store.read("PRAGMA query_only") == [(0,)]
        assert store.read("SELECT natural_order('a')")
        with pytest.raises(FileTrouble, match="no such function"):
            store.read("SELECT shout('a')")


def test_a_store_that_is_closed_reads_nothing_more(file: Path, keeper: Keeper) -> None:
    with Store.open(file) as store:
        assert store.read(NAME)
    with pytest.raises(FileTrouble, match="closed database"):
        store.read(NAME)


def test_a_file_that_others_wrote_is_opened_anew(file: Path, keeper: Keeper) -> None:
    before = kept(file)
    file.write_bytes(file.read_bytes().replace(b"Simpler Services", b"Simplex Services"))
    with Store.open(file) as store:
        assert store.connection is not before
        assert store.read(NAME) == [("Simplex Services",)]


def test_what_is_left_in_the_middle_of_a_command_is_not_kept(file: Path, keeper: Keeper) -> None:
    with Store.open(file) as store:
        before = store.connection
        before.execute("BEGIN IMMEDIATE")
    with Store.open(file) as store:
        assert store.connection is not before
        assert not store.connection.in_transaction


def test_nothing_is_kept_where_it_is_not_to_be(file: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "keeps", False)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        kept(file).execute("SELECT 1")
