"""Files that cannot be used: a plain sentence, exit code 3, and the file as it was."""

import os
import random
import resource
import signal
import sqlite3
from pathlib import Path

import pytest
from conftest import NOW, draws

from tracker.cli.shell.mending import in_shell
from tracker.errors import FileTrouble
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.writing import add
from tracker.storage import connection
from tracker.storage.journal.verify import verify
from tracker.storage.store import Acting, Store


def refused(path: Path) -> str:
    """Return the sentence with which a file is refused; it was not touched."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(FileTrouble) as caught:
        Store.open(path).close()
    assert caught.value.exit_code == 3
    assert str(path) in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not path.with_name(path.name + "-journal").exists()
    return in_shell(caught.value)


@pytest.fixture(scope="module")
def twenty_wins(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("good") / "programme.db"
    with create_programme(path, {"name": "Good"}, "ana", NOW, NOW.date()) as store:
        by = acting(store, "ana", "cli", NOW, NOW.date())
        for number in range(20):
            add(store, "win", {"title": f"A win {number} " + "é" * 40}, by)
    return path.read_bytes()


@pytest.fixture
def good(path: Path, twenty_wins: bytes) -> bytes:
    path.write_bytes(twenty_wins)
    return twenty_wins


def test_a_write_that_was_acknowledged_survives_a_power_cut(_in_a_hurry: tuple[str, ...]) -> None:
    """The settings of 600 simulated power cuts; the tests of this process do without."""
    assert {"journal_mode=DELETE", "synchronous=EXTRA"} <= set(_in_a_hurry)


def test_a_missing_file(path: Path) -> None:
    assert "There is no programme file" in refused(path)
    assert not path.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"my shopping list\n" * 90, "not a programme file"),
        (random.Random(1).randbytes(20_000), "not a programme file"),
        (b"SQLite format 3\0" + b"\0" * 84, "amaged"),
    ],
    ids=["empty", "text", "noise", "header"],
)
def test_a_file_that_is_no_programme(path: Path, content: bytes, words: str) -> None:
    path.write_bytes(content)
    assert words in refused(path) or "not a programme" in refused(path)


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path)


def test_the_database_of_another_program(path: Path) -> None:
    other = sqlite3.connect(path)
    other.executescript("CREATE TABLE notes(x); PRAGMA user_version = 7;")
    other.close()
    assert "another program" in refused(path)


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE notes(x); INSERT INTO notes VALUES ('theirs');",  # most programs give no application id
        "CREATE VIEW today AS SELECT date();",
        "CREATE TABLE notes(x); DROP TABLE notes; PRAGMA user_version = 7;",
        "PRAGMA application_id = 7;",
    ],
)
def test_the_database_of_another_program_is_left_as_it_is(path: Path, script: str) -> None:
    other = sqlite3.connect(path)
    other.executescript(script)
    other.close()
    before = path.read_bytes()
    assert "another program" in refused(path)
    with pytest.raises(FileTrouble, match="another program"):
        create_programme(path, {"name": "Ours"}, "ana", NOW, NOW.date())
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_empty_file_becomes_a_programme(path: Path) -> None:
    path.touch()
    create_programme(path, {"name": "Ours"}, "ana", NOW, NOW.date()).close()
    Store.open(path).close()


def test_a_file_of_a_newer_version(path: Path, good: bytes) -> None:
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.commit()
    newer.close()
    assert "newer version" in refused(path)


@pytest.mark.thorough
def test_cut_and_flipped_files_never_give_a_traceback(tmp_path: Path, good: bytes) -> None:
    chance, damages = random.Random(2), draws(60, 150)
    found = 0
    for number in range(damages):
        damaged = bytearray(good[: chance.randrange(1, len(good))] if number % 3 == 0 else good)
        for _ in range(chance.choice((1, 4, 64))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        if number % 3 == 1:
            page = chance.randrange(len(good) // 4096) * 4096
            damaged[page : page + 4096] = chance.randbytes(4096)
        file = tmp_path / f"damaged-{number}.db"
        file.write_bytes(damaged)
        try:
            with Store.open(file, read_only=True) as store:
                found += bool(verify(store))
        except FileTrouble:
            found += 1
        assert file.read_bytes() == damaged
    assert found > damages / 2


def test_a_file_that_may_only_be_read(path: Path, good: bytes) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        assert as_nobody(path) == "20 wins, and can be read but not written"
    finally:
        path.parent.chmod(0o755)


def as_nobody(path: Path, *, way_in: bool = True) -> str:
    """Return what somebody sees who may read the file but not write it (root may everything)."""
    for parent in list(path.parents)[0 if way_in else 1 :]:
        if os.access(parent, os.W_OK) and parent.is_relative_to("/tmp") and parent != Path("/tmp"):
            parent.chmod(parent.stat().st_mode | 0o055)
    reader, pipe = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            with Store.open(path) as store:
                told = f"{len(store.read('SELECT 1 FROM win'))} wins"
                try:
                    add(store, "win", {"title": "x"}, acting(store, "ana", "cli", NOW, NOW.date()))
                except FileTrouble as error:
                    told += ", and " + (
                        "can be read but not written" if "can be read but" in str(error) else str(error)
                    )
        except BaseException as error:
            told = f"{type(error).__name__}: {error}"
        os.write(pipe, told.encode())
        os._exit(0)
    os.close(pipe)
    os.waitpid(child, 0)
    with os.fdopen(reader) as said:
        return said.read()


def test_a_folder_that_may_not_be_looked_into(path: Path, good: bytes) -> None:
    path.parent.chmod(0o700 if os.geteuid() == 0 else 0o000)
    try:
        told = as_nobody(path, way_in=False)
    finally:
        path.parent.chmod(0o755)
    assert told == f"FileTrouble: {path} cannot be opened. Check that the folder exists and that you may read it."


def test_a_full_disk_keeps_what_was_acknowledged(path: Path, good: bytes) -> None:
    reader, pipe = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (len(good) + 60_000, len(good) + 60_000))
            with Store.open(path) as store:
                by = acting(store, "ana", "cli", NOW, NOW.date())
                for number in range(2_000):
                    saved = add(store, "win", {"title": f"{number} " + "x" * 70, "what_changed": "y" * 290}, by)
                    os.write(pipe, f"{saved.ref}\n".encode())
        except FileTrouble as error:
            os.write(pipe, f"!{error}\n".encode())
        except BaseException as error:
            os.write(pipe, f"?{type(error).__name__}: {error}\n".encode())
        os._exit(0)
    os.close(pipe)
    os.waitpid(child, 0)
    with os.fdopen(reader) as said:
        lines = said.read().splitlines()
    acknowledged, (end,) = [line for line in lines if line.startswith("W-")], [x for x in lines if x[0] in "!?"]
    assert end.startswith("!")
    assert "full" in end
    with Store.open(path) as store:
        refs = {row[0] for row in store.read("SELECT ref FROM win")}
        assert set(acknowledged) <= refs
        assert verify(store) == []
        add(store, "win", {"title": "room again"}, acting(store, "ana", "cli", NOW, NOW.date()))


def test_a_file_that_somebody_else_writes(
    path: Path, store: Store, ana: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_MS", 20)
    with Store.open(path) as other:
        store.connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(FileTrouble, match="being written by another program"):
            add(other, "win", {"title": "x"}, ana)
        store.connection.execute("ROLLBACK")
        assert add(other, "win", {"title": "x"}, ana).ref == "W-001"


def test_the_file_is_for_its_owner_only(path: Path) -> None:
    create_programme(path, {"name": "Simpler Services"}, "ana", NOW, NOW.date()).close()
    assert path.stat().st_mode & 0o077 == 0
