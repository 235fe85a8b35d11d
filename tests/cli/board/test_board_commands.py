"""The commands of a board's cycle: what they print, what they refuse, and their JSON."""

from datetime import date
from pathlib import Path

import pytest
from shell import Shell, prepared

from tracker.cli.registers.commands import EXTRAS

VERBS = sorted(EXTRAS["board"])


@prepared
def board(shell: Shell) -> None:
    """A programme with a pilot that nobody has rated, and a board today."""
    shell.done("pilot", "add", "Parking permits", "--phase", "discovery", "--delivery-lead", "ana")
    shell.done("board", "add", "October board", "--meets-on", "today", "--quorum", "2")


def accepted(board: Shell) -> Shell:
    board.done("board", "accept", "B-01", "rating.missing.P-01", "--because", "It begins next week")
    return board


@pytest.mark.parametrize("verb", VERBS)
def test_every_help_reads_well_and_has_an_example(shell: Shell, verb: str) -> None:
    told = shell.done("board", verb, "--help")
    assert told.partition("Example:\n")[2].strip().startswith(f"tracker board {verb}")
    assert max(map(len, told.splitlines())) <= 80


def test_the_verbs_stand_in_the_help_of_the_register(shell: Shell) -> None:
    told = shell.done("board", "--help")
    assert all(f"  {verb} " in told for verb in VERBS)


def test_next_says_what_is_to_be_done_by_when(board: Shell) -> None:
    out = board.done("board", "next")
    assert "B-01 October board: 1 Oct 2026 (today)" in out
    now = next(line.split("  ") for line in out.splitlines() if line.startswith("▲ Now"))
    assert [cell.strip() for cell in now if cell] == [
        "▲ Now",
        "Ask owners for what is missing",
        "17 Sep 2026, 14 days late: “tracker board collect B-01”",
    ]
    (found,) = board.json("board", "next")
    assert [step["state"] for step in found["steps"]] == ["now", *["later"] * 5]
    assert found["steps"][0]["days"] == -14


def test_next_without_any_board_says_how_to_begin(shell: Shell) -> None:
    assert shell.done("board", "next") == ""
    assert "tracker board add" in shell.words
    assert "no board meeting ahead" in shell.refused(1, "board", "collect")


def test_collect_begins_collecting(board: Shell) -> None:
    out = board.done("board", "collect")
    assert "▲ P-01 Parking permits: no rating was reported." in out
    assert "collecting now" in board.words
    assert board.json("board", "show", "B-01")["status"] == "collecting"
    assert board.json("board", "collect", "B-01")["owners"][0]["owner"]["name"] == "ana"


def test_check_ends_with_one_while_something_is_open(board: Shell) -> None:
    assert board.type("board", "check", "--json") == 1
    assert '"id": "rating.missing.P-01"' in board.out
    accepted(board)
    assert board.json("board", "check")["clear"] is True
    assert "● Accepted  rating.missing.P-01" in board.done("board", "check", "B-01")


def test_check_says_when_mending_comes_too_late(board: Shell) -> None:
    board.day = date(2026, 10, 3)
    assert board.type("board", "check", "B-01") == 1
    assert "what is mended later does not count" in board.words


def test_freezing_prints_the_ref_and_the_hash(board: Shell) -> None:
    assert "rating.missing.P-01" in board.refused(1, "board", "freeze", "B-01")
    accepted(board)
    assert board.done("board", "freeze", "B-01") == "SN-001\n"
    assert "SHA-256 " in board.words
    assert board.json("board", "freeze", "B-01", "--reason", "A figure was wrong")["supersedes"] == "SN-001"
    assert "made with “tracker board freeze”" in board.refused(2, "snapshot", "remove", "SN-001", "--reason", "x" * 9)


def test_the_pack_is_made_from_what_was_frozen(board: Shell, tmp_path: Path) -> None:
    assert "Nothing is frozen for B-01 yet" in board.refused(1, "board", "pack", "B-01")
    accepted(board).done("board", "freeze", "B-01")
    before = board.done("board", "pack", "B-01")
    board.done("pilot", "set", "P-01", "--name", "Another name")
    assert board.done("board", "pack", "SN-001") == before
    assert "Another name" not in before
    assert board.done("board", "pack", "B-01", "--paper", "summary") != before
    folder = tmp_path / "out"
    board.done("board", "pack", "B-01", "--format", "md", "--format", "json", "-o", f"{folder}/")
    names = {f"b-01-{paper}-2026-10-01.{kind}" for paper in ("pack", "summary") for kind in ("md", "json")}
    assert {file.name for file in folder.iterdir()} == {*names, "manifest.json", "SHA256SUMS"}
    assert "--force" in board.refused(1, "board", "pack", "B-01", "--format", "md", "-o", f"{folder}/")
    assert "calendar" in board.refused(2, "board", "pack", "B-01", "--format", "ics")
    assert "not made as “wp5”" in board.refused(2, "board", "pack", "B-01", "--format", "wp5")
    assert "Paper" in board.refused(1, "board", "pack", "B-01", "--paper", "novel")


def test_verify_a_snapshot_or_a_file(board: Shell, tmp_path: Path) -> None:
    accepted(board).done("board", "freeze", "B-01")
    assert board.done("board", "verify", "B-01").startswith("● Holds: SN-001 of B-01")
    file = tmp_path / "paper.html"
    board.done("board", "pack", "B-01", "-o", str(file))
    assert board.json("board", "verify", str(file))["holds"] is True
    file.write_text(file.read_text(encoding="utf-8").replace("Parking", "Porking"), encoding="utf-8")
    assert board.type("board", "verify", str(file)) == 1
    assert board.out.startswith("■ Does not hold: paper.html says that it is the pack of SN-001")
    assert "There is no file" in board.refused(1, "board", "verify", str(tmp_path / "none.pdf"))
    assert "no board meeting “SN”" in board.refused(1, "board", "verify", "SN")


def test_decide_minute_approve_publish(board: Shell) -> None:
    board.done(
        *("decision", "add", "Scale it", "--status", "sought", "--question", "Shall it?", "--board", "B-01"),
        *("--options", "Do nothing; Scale it"),
    )
    board.done("item", "add", "Scale it", "--board", "B-01", "--decision", "D-001")
    board.done("board", "hold", "B-01")
    words = ("board", "decide", "D-001", "--outcome", "approved-with-conditions")
    assert "say who owns it" in board.refused(1, *words, "--condition", "Train; due 2026-12-01")
    assert "Outcome" in board.refused(1, "board", "decide", "D-001", "--outcome", "maybe")
    board.done(*words, "--condition", "Train the desks; due 2026-12-01", "--owner", "ana", "--rationale", "It works")
    assert board.json("action", "show", "A-001")["board"]["ref"] == "B-01"
    board.done("board", "minutes", "AG-001", "--text", "Agreed without dissent.")
    assert "is no agenda item" in board.refused(1, "board", "minutes", "B-01", "--text", "x")
    out = board.done("board", "minutes", "B-01", "--format", "md")
    assert "Agreed without dissent." in out
    assert "Train the desks (ana, by 1 Dec 2026)" in out
    assert "comes “tracker board approve B-01”" in board.refused(1, "board", "publish", "B-01")
    board.done("board", "approve", "B-01", "--by", "ana", "--on", "today")
    assert "stays as it is" in board.refused(1, "board", "minutes", "AG-001", "--text", "Otherwise")
    board.done("board", "publish", "B-01")
    assert board.json("board", "show", "B-01")["status"] == "published"


def test_a_decision_without_a_meeting_needs_one(board: Shell) -> None:
    board.done("decision", "add", "Scale it")
    assert "say which with --board" in board.refused(1, "board", "decide", "D-001", "--outcome", "noted")


def test_diff_says_what_changed(board: Shell) -> None:
    accepted(board).done("board", "freeze", "B-01")
    board.done("win", "add", "One form less", "--date", "today")
    board.done("board", "freeze", "B-01", "--reason", "A win was missing")
    out = board.done("board", "diff", "SN-001", "SN-002", "--paper", "summary")
    assert out.startswith("From SN-001 (1 Oct 2026) to SN-002 (1 Oct 2026)\n")
    assert "One form less" in out
    assert board.json("board", "diff", "SN-001", "SN-002")["sections"]
    assert "not two" in board.refused(1, "board", "diff", "SN-001", "SN-001")


def test_diff_knows_a_pilot_that_was_renamed(board: Shell) -> None:
    accepted(board).done("board", "freeze", "B-01")
    board.done("pilot", "set", "P-01", "--name", "Street permits", "--reason", "Merged")
    board.done("board", "freeze", "B-01", "--reason", "The pilot has another name")
    for paper in ("pack", "summary"):
        out = board.done("board", "diff", "SN-001", "SN-002", "--paper", paper)
        assert "P-01 is renamed: was “Parking permits”, is “Street permits”." in out
        assert "Street permits: new." not in out and "not listed any more" not in out
        assert "Gone: P-01" not in out


def test_erasing_says_which_frozen_papers_hold_the_name(board: Shell) -> None:
    board.done("person", "add", "Zebulon Quirke")
    board.done("risk", "add", "It rains", "--owner", "Zebulon Quirke", "--likelihood", "3", "--impact", "3")
    accepted(board).done("board", "freeze", "B-01")
    board.done("erase", "Zebulon Quirke", "--reason", "Left the council", "--yes")
    assert "Frozen papers keep the name, since what a board was shown never changes: SN-001." in board.words
