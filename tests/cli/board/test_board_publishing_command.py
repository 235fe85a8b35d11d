"""Publishing a meeting from the shell: what is kept of it, the day before which it may not go out, and the reason."""

from datetime import date

import pytest
from shell import Shell


@pytest.fixture
def board(shell: Shell) -> Shell:
    """A programme with a board today whose papers are frozen, and whose minutes are approved."""
    shell.done("programme", "set", "PRG-01", "--visibility", "public")
    shell.done("board", "add", "October board", "--meets-on", "today")
    shell.done("board", "freeze", "B-01")
    shell.done("board", "hold", "B-01")
    shell.done("board", "minutes", "B-01")
    shell.done("board", "approve", "B-01", "--by", "ana")
    return shell


def test_a_public_version_waits_for_its_day_or_a_reason(board: Shell) -> None:
    board.done("settings", "set", "publication_delay_days", "5", "--reason", "Agreed by the board")
    (found,) = board.json("board", "next")
    assert found["steps"][-1]["earliest"] == "2026-10-06"
    (line,) = [line for line in board.done("board", "next").splitlines() if "Publish" in line]
    assert "Publish, not before 6 Oct 2026 " in line and " 11 Oct 2026" in line
    assert "from 6 Oct 2026" in board.refused(1, "report", "public", "--board", "B-01")
    assert "from 6 Oct 2026" in board.refused(1, "board", "publish", "B-01")
    board.done("board", "publish", "B-01", "--early", "Asked for before the debate")
    assert "Asked for before the debate" in board.done("history", "--limit", "1")
    public = board.done("report", "public", "--board", "B-01")
    assert public == board.done("board", "pack", "SN-002")
    board.day = date(2026, 10, 20)
    board.done("programme", "set", "--purpose", "Told later")
    assert board.done("report", "public", "--board", "B-01") == public
    assert "SN-002 holds no pack" in board.refused(1, "board", "diff", "SN-002", "SN-001")


def test_a_publication_is_withdrawn_with_a_public_reason(board: Shell) -> None:
    assert "“tracker board publish B-01”" in board.refused(1, "board", "withdraw", "B-01", "--reason", "A wrong figure")
    board.done("board", "publish", "B-01")
    board.done("board", "withdraw", "B-01", "--reason", "A wrong figure")
    assert "SN-003 keeps what stands in its place" in board.words
    assert "was withdrawn on 1 Oct 2026: A wrong figure." in " ".join(
        board.done("report", "public", "--board", "B-01").split()
    )
    assert "A wrong figure" in board.done("history", "--limit", "1")


def test_the_day_of_publication_is_today_or_given(board: Shell) -> None:
    assert "Published on:   1 Oct 2026" in board.done("report", "public")
    assert "Published on:   5 Oct 2026" in board.done("report", "public", "--published-on", "2026-10-05")
    assert "before the day of the position" in board.refused(2, "report", "public", "--published-on", "2026-09-30")
    assert "--published-on out" in board.refused(
        2, "report", "public", "--board", "B-01", "--published-on", "2026-10-05"
    )
    assert "not published yet" in board.done("report", "public", "--board", "B-01")
