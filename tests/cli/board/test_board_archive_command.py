"""Archiving a meeting and publishing it from the shell: what is written, what is refused, and what verifying says."""

from pathlib import Path

import pytest
from shell import Shell

NAME = "b-01-archive-2026-10-01.zip"


@pytest.fixture
def board(shell: Shell) -> Shell:
    """A programme with a board today whose papers are frozen, and whose minutes are approved."""
    shell.done("board", "add", "October board", "--meets-on", "today")
    shell.done("board", "freeze", "B-01")
    shell.done("board", "hold", "B-01")
    shell.done("board", "minutes", "B-01")
    shell.done("board", "approve", "B-01", "--by", "ana")
    return shell


def test_an_archive_is_written_and_verified(board: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    words = ("board", "archive", "B-01", "--format", "txt", "-o")
    assert board.done(*words, f"{folder}/") == f"{folder / NAME}\n"
    assert "write it down elsewhere" in board.words
    told = board.done("board", "verify", str(folder / NAME))
    assert told.startswith(f"● Holds: {NAME} is the archive of B-01 (October board), whole and unchanged.\n")
    assert board.json("board", "verify", str(folder / NAME))["holds"] is True
    assert "--force" in board.refused(1, *words, str(folder))
    board.done(*words, str(folder), "--force")
    board.done(*words, str(tmp_path / "one.zip"))
    assert (tmp_path / "one.zip").read_bytes() == (folder / NAME).read_bytes()
    changed = bytearray((folder / NAME).read_bytes())
    changed[3000] ^= 1
    (tmp_path / "one.zip").write_bytes(changed)
    assert board.type("board", "verify", str(tmp_path / "one.zip")) == 1
    assert "■ Does not hold: one.zip is not as it was archived.\n  " in board.out
    board.file = tmp_path / "nowhere.db"
    assert "compared with itself alone" in board.done("board", "verify", str(folder / NAME))


def test_what_cannot_be_archived_says_why(board: Shell, tmp_path: Path) -> None:
    place = ("--format", "txt", "-o", f"{tmp_path}/")
    assert "B-09" in board.refused(1, "board", "archive", "B-09", *place)
    board.done("board", "add", "November board", "--meets-on", "2026-11-12")
    assert "Nothing was frozen for B-02" in board.refused(1, "board", "archive", "B-02", *place)
    assert "calendar" in board.refused(2, "board", "archive", "B-01", "--format", "ics", "-o", str(tmp_path))
    assert "Name it one.zip" in board.refused(2, "board", "archive", "B-01", "-o", f"{tmp_path}/one.docx")
    assert "not printed" in board.refused(2, "board", "archive", "B-01", "-o", "-")
    assert "does not exist" in board.refused(1, "board", "archive", "B-01", "-o", f"{tmp_path}/no/where/")
    assert "never written over it" in board.refused(
        1, "board", "archive", "B-01", "--format", "txt", "-o", _database(board, tmp_path), "--force"
    )
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".zip"] == ["file.zip"]


def _database(board: Shell, folder: Path) -> str:
    place = folder / "file.zip"
    place.write_bytes(board.file.read_bytes())
    return str(place)
