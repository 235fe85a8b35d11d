"""Recording what was true earlier and asking for it, typed."""

import json
from pathlib import Path

import pytest
from shell import Shell

BEFORE = "2026-06-15"


@pytest.fixture
def tracker(shell: Shell) -> Shell:
    """A risk whose cause is known for May and July, and was then told for June."""
    shell.done("risk", "add", "Late suppliers", "--cause", "May", "--as-at", "2026-05-01")
    shell.done("risk", "set", "R-001", "--cause", "July", "--as-at", "2026-07-01")
    shell.done("risk", "set", "R-001", "--cause", "June", "--as-at", "2026-06-01")
    return shell


def test_lists_show_what_is_now_known_of_a_day_and_say_so(tracker: Shell) -> None:
    assert "July" in tracker.done("risk", "list", "--columns", "cause")
    assert "June" in tracker.done("risk", "list", "--columns", "cause", "--true-on", BEFORE)
    assert "As it is known today for 15 Jun 2026; some of it was recorded later." in tracker.words
    assert "R-001" not in tracker.done("risk", "list", "--as-of", BEFORE)


def test_data_of_what_is_now_known_says_so(tracker: Shell) -> None:
    listed = json.loads(tracker.done("risk", "list", "--true-on", BEFORE, "--json"))
    assert [(risk["cause"], risk["now_known_of"]) for risk in listed] == [("June", BEFORE)]
    csv = tracker.done("risk", "list", "--true-on", BEFORE, "--csv", "--columns", "cause")
    assert csv.splitlines() == ["Ref,Cause,Now known of", f"R-001,June,{BEFORE}"]
    shown = json.loads(tracker.done("risk", "show", "R-001", "--true-on", BEFORE, "--json"))
    assert (shown["cause"], shown["now_known_of"]) == ("June", BEFORE)


def test_both_times_at_once_are_refused(tracker: Shell) -> None:
    for command in (("risk", "list"), ("risk", "show", "R-001"), ("report", "summary")):
        assert tracker.type(*command, "--as-of", BEFORE, "--true-on", BEFORE) == 2
        assert "not both" in tracker.words


def test_history_says_of_which_day_and_what_stands_beside(tracker: Shell) -> None:
    history = tracker.done("history", "R-001")
    assert "true on 1 Jun 2026, recorded 1 Oct 2026; beside, since a later one stands" in history
    assert "true on 1 May 2026, recorded 1 Oct 2026" in tracker.done("risk", "show", "R-001")


def test_a_day_to_come_is_refused_with_a_sentence(tracker: Shell) -> None:
    assert tracker.type("risk", "set", "R-001", "--cause", "Later", "--as-at", "2027-01-01") == 1
    assert "still to come" in tracker.words


def test_a_day_before_anything_is_refused_by_whatever_writes(tracker: Shell, tmp_path: Path) -> None:
    old = tmp_path / "risks.csv"
    old.write_text("ID,Risk,L,I,Owner\nR1,Supplier leaves,High,3,\n", encoding="utf-8")
    for command in (
        ("risk", "add", "Day zero"),
        ("risk", "set", "R-001", "--cause", "Day zero"),
        ("import", str(old)),
        ("import", str(old), "--write"),
    ):
        assert tracker.type(*command, "--as-at", "1900-01-01") == 1
        assert "1900-01-01 is too long ago: what was true can be recorded from 1990-01-01 on." in tracker.words
    tracker.done("import", str(old), "--write", "--as-at", "2016-03-31")


@pytest.mark.parametrize("kind", ["txt", "md", "html", "json"])
def test_every_paper_says_that_it_is_what_is_now_known(tracker: Shell, kind: str) -> None:
    paper = tracker.done("report", "summary", "--true-on", BEFORE, "--format", kind)
    wanted = '"known":true' if kind == "json" else "As it is known today for 15 Jun 2026"
    assert wanted in (paper.replace(" ", "") if kind == "json" else paper)
    assert "known" not in tracker.done("report", "summary", "--format", "json")


def test_whoever_came_later_is_named_in_what_is_now_known_of_a_day(tracker: Shell) -> None:
    tracker.done("pilot", "add", "Parking", "--as-at", "2026-05-01")
    tracker.done("person", "add", "Zoe")
    narrative = "Much is in place, and the rest is planned."
    rating = ("--rating", "amber", "--narrative", narrative, "--by", "Zoe", "--as-of", "2026-06-01")
    tracker.done("confidence", "add", "P-01", *rating, "--as-at", "2026-06-01")
    tracker.done("risk", "set", "R-001", "--owner", "Zoe", "--as-at", "2026-06-10")
    for paper in ("pack", "summary"):
        text = tracker.done("report", paper, "--true-on", BEFORE, "--format", "txt")
        assert "Name not shown" not in text and "Zoe" in text
    assert "Zoe" in tracker.done("risk", "list", "--true-on", BEFORE)


def test_a_date_moved_for_an_earlier_day_is_of_that_day_where_what_is_known_is_asked(tracker: Shell) -> None:
    tracker.done("pilot", "add", "Parking", "--forecast-end", "2026-12-01", "--as-at", "2026-05-01")
    move = ("--forecast-end", "2027-03-01", "--reason", "The supplier is late")
    tracker.done("pilot", "set", "P-01", *move, "--as-at", "2026-06-01")
    pack = tracker.done("report", "pack", "--true-on", BEFORE, "--format", "md")
    assert "| True on | What was moved | Why |" in pack and "| **1 Jun 2026** | Forecast end from 1 Dec 2026" in pack
    recorded = tracker.done("report", "pack", "--format", "md")
    assert "| Recorded on | What" in recorded and "| **1 Oct 2026** | Forecast end from 1 Dec 2026" in recorded
