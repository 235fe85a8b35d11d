"""What belongs to a pilot by whatever lies between goes, moves and is counted apart with it; every end asks."""

import pytest
from shell import Shell, prepared

REMOVE = ("pilot", "remove", "P-01", "--reason", "Entered twice")
ENDINGS = (
    ("--phase", "stopped"),
    ("--phase", "retirement"),
    ("--outcome", "scaled"),
    ("--outcome", "scaled-with-changes"),
    ("--outcome", "stopped"),
    ("--actual-end", "1 Sep 2026"),
)
BEHIND = ("A-001", "A-002", "A-003", "A-004")


@prepared
def libraries(shell: Shell) -> None:
    """A pilot whose risk, issue, decision and gate have an action each that names no pilot, and another pilot."""
    shell.done("pilot", "add", "Libraries", "--phase", "alpha")
    shell.done("pilot", "add", "Museums", "--phase", "alpha")
    shell.done("risk", "add", "Lookups fail", "--pilot", "P-01", "--likelihood", "5", "--impact", "4")
    shell.done("issue", "add", "No screen", "--pilot", "P-01")
    shell.done("decision", "add", "Buy screens", "--pilot", "P-01")
    shell.done("gate", "add", "Beta", "--pilot", "P-01")
    for kind, ref in (("risk", "R-001"), ("issue", "I-001"), ("decision", "D-001"), ("gate", "G-01")):
        action = ("action", "add", f"Mend {ref}", "--owner", "PER-001", "--due", "1 Sep 2026")
        shell.done(*action, f"--{kind}", ref)


def states(shell: Shell) -> dict[str, str]:
    return {action["ref"]: action["status"] for action in shell.json("action", "list")}


def end(way: tuple[str, ...]) -> tuple[str, ...]:
    return ("pilot", "set", "P-01", *way, "--reason", "The board said so")


@pytest.mark.parametrize("way", ENDINGS)
def test_every_way_of_ending_a_pilot_asks(libraries: Shell, way: tuple[str, ...]) -> None:
    words = libraries.refused(1, *end(way))
    for part in ("1 risk (R-001)", "4 actions (A-001, A-002, A-003 and A-004)", "--with", "--move-to", "--leave"):
        assert part in words
    libraries.done(*end(way), "--with")
    assert states(libraries) == dict.fromkeys(BEHIND, "dropped")
    assert libraries.json("risk", "show", "R-001")["status"] == "closed"
    libraries.done("undo")
    assert states(libraries) == dict.fromkeys(BEHIND, "open")


def test_what_asks_once_does_not_ask_again(libraries: Shell) -> None:
    libraries.done(*end(("--outcome", "scaled")), "--leave")
    libraries.done(*end(("--phase", "stopped")))
    libraries.done(*end(("--actual-end", "2 Sep 2026")))


@pytest.mark.parametrize("way", ENDINGS)
def test_late_work_behind_what_belongs_to_an_ended_pilot_is_counted_apart(
    libraries: Shell, way: tuple[str, ...]
) -> None:
    assert libraries.json("action", "list", "--late")
    libraries.done(*end(way), "--leave")
    assert libraries.json("action", "list", "--late") == []
    libraries.done("due")
    assert "counted apart, 4 of pilots that have ended or were removed" in libraries.words
    pack = " ".join(libraries.done("report", "pack").split())
    assert "4 actions of " in pack


def test_a_live_service_goes_on_with_what_hangs_on_it(libraries: Shell) -> None:
    libraries.done("pilot", "set", "P-01", "--phase", "live", "--reason", "It went live")
    libraries.done(*end(("--outcome", "scaled")), "--leave")
    assert len(libraries.json("action", "list", "--late")) == 4


def test_all_of_the_chain_is_removed_with_it(libraries: Shell) -> None:
    assert "4 actions" in libraries.refused(1, *REMOVE)
    libraries.done(*REMOVE, "--with")
    assert states(libraries) == {}
    libraries.done("undo")
    assert states(libraries) == dict.fromkeys(BEHIND, "open")
    assert libraries.done("check").startswith("Everything holds")


def test_all_of_the_chain_moves_with_what_it_belongs_to(libraries: Shell) -> None:
    libraries.done(*REMOVE, "--move-to", "P-02")
    assert libraries.json("risk", "show", "R-001")["pilot"]["ref"] == "P-02"
    assert libraries.json("action", "show", "A-001")["risk"]["ref"] == "R-001"
    assert len(libraries.json("action", "list", "--late")) == 4


def test_an_action_of_a_risk_that_is_over_moves_by_itself(libraries: Shell) -> None:
    closed = ("risk", "set", "R-001", "--status", "closed", "--closing-reason", "expired", "--reason", "It is over")
    libraries.done(*closed)
    libraries.done(*end(("--phase", "stopped")), "--move-to", "P-02")
    assert libraries.json("action", "show", "A-001")["pilot"]["ref"] == "P-02"
    assert libraries.json("risk", "show", "R-001")["pilot"]["ref"] == "P-01"


def test_an_open_condition_of_a_gate_that_was_taken_is_reached(libraries: Shell) -> None:
    libraries.done("gate", "take", "G-01", "--outcome", "amber", "--condition", "Measure it; due 1 Dec 2026")
    assert "1 condition (CN-001)" in libraries.refused(1, *end(("--phase", "stopped")))
    libraries.done(*end(("--phase", "stopped")), "--with")
    assert "CN-001 stays as it is: how that ended is for you to say" in libraries.words


def test_the_attendance_of_a_session_that_is_cancelled_with_its_pilot_goes_too(libraries: Shell) -> None:
    libraries.done("session", "add", "Workshop", "--date", "20 Dec 2026", "--pilot", "P-01")
    libraries.done("attendance", "add", "T-01", "--role-group", "Counter staff", "--booked", "5")
    words = libraries.refused(1, *end(("--phase", "stopped")))
    assert "1 attendance count (AT-001)" in words
    libraries.done(*end(("--phase", "stopped")), "--with")
    assert libraries.json("session", "show", "T-01")["status"] == "cancelled"
    assert libraries.json("attendance", "list") == []


def test_an_action_whose_risk_was_entered_twice_is_still_to_be_done(libraries: Shell) -> None:
    libraries.done("risk", "remove", "R-001", "--reason", "Entered twice", "--leave")
    assert "A-001" in {action["ref"] for action in libraries.json("action", "list", "--late")}


def test_help_offers_to_leave_only_where_that_may_be(libraries: Shell) -> None:
    assert "--leave" not in libraries.done("pilot", "remove", "--help")
    words = libraries.refused(1, *REMOVE, "--leave")
    assert "It cannot be left: " in words and "would belong to nothing" in words
    for kind in ("risk", "person", "gate"):
        assert "--leave" in libraries.done(kind, "remove", "--help")
    assert "--with " not in libraries.done("person", "remove", "--help")


def test_work_of_one_pilot_is_handed_over_through_the_chain(libraries: Shell) -> None:
    libraries.done("person", "add", "Next lead")
    libraries.done("action", "add", "Other", "--owner", "PER-001", "--due", "1 Dec 2026", "--pilot", "P-02")
    moved = libraries.done("hand-over", "PER-001", "PER-002", "--only", "actions", "--pilot", "P-01").split()
    assert moved == list(BEHIND)


def test_open_work_that_is_tied_to_what_has_ended_says_that_it_is_counted_apart(libraries: Shell) -> None:
    libraries.done("pilot", "set", "P-02", "--phase", "stopped", "--reason", "The board stopped it")
    said = "P-02 is stopped: what is open on it is counted apart, and not as late."
    libraries.done("issue", "add", "Too late", "--pilot", "P-02")
    assert said in libraries.words
    libraries.done("risk", "set", "R-001", "--pilot", "P-02")
    assert said in libraries.words
    libraries.done("risk", "set", "R-001", "--title", "Lookups fail at night")
    assert said not in libraries.words


def test_pages_mark_what_has_ended_left_or_was_removed(libraries: Shell) -> None:
    libraries.done("person", "add", "Data lead")
    libraries.done("risk", "set", "R-001", "--owner", "PER-002")
    libraries.done(*end(("--phase", "stopped")), "--leave")
    assert "P-01 Libraries (stopped)" in libraries.done("risk", "show", "R-001")
    libraries.done("person", "set", "PER-002", "--left-on", "2026-09-20", "--leave")
    assert "Data lead (left 20 Sep 2026)" in libraries.done("risk", "show", "R-001")
    libraries.done("person", "remove", "PER-002", "--reason", "Recorded twice", "--leave")
    assert "Data lead (removed)" in libraries.done("risk", "show", "R-001")


def test_feedback_on_a_win_is_tied_to_its_pilot(libraries: Shell) -> None:
    libraries.done("win", "add", "First loan", "--pilot", "P-01")
    libraries.done("feedback", "add", "They like it", "--win", "W-001")
    assert "tied to no" not in libraries.words
    assert "1 feedback" in libraries.refused(1, *REMOVE)
    libraries.done("feedback", "add", "They like that")
    assert "tied to no pilot" in libraries.words
