"""What hangs on a pilot, a person or a session that goes or ends, as it is typed."""

import pytest
from shell import Shell, prepared


@prepared
def badges(shell: Shell) -> None:
    """Two pilots; a risk, an action, an issue and an iteration of the first; somebody who leads it."""
    shell.done("person", "add", "Data lead")
    shell.done("person", "add", "Next lead")
    shell.done("pilot", "add", "Blue badges", "--phase", "alpha", "--delivery-lead", "PER-002")
    shell.done("pilot", "add", "Parking permits", "--phase", "alpha")
    text = ("--cause", "old data", "--event", "lookups fail", "--consequence", "people wait")
    score = ("--likelihood", "5", "--impact", "4")
    shell.done("risk", "add", "Lookups fail", "--pilot", "P-01", "--owner", "PER-002", *text, *score)
    shell.done("action", "add", "Ask the supplier", "--owner", "PER-002", "--due", "1 Nov 2026", "--pilot", "P-01")
    shell.done("issue", "add", "No second screen", "--pilot", "P-01")
    shell.done("iteration", "add", "Try it", "--pilot", "P-01", "--start", "1 Sep 2026", "--end", "11 Sep 2026")


REMOVE = ("pilot", "remove", "P-01", "--reason", "Entered twice")
STOP = ("pilot", "set", "P-01", "--phase", "stopped", "--reason", "The board stopped it")


def test_a_pilot_does_not_go_until_somebody_says_what_becomes_of_the_rest(badges: Shell) -> None:
    words = badges.refused(1, *REMOVE)
    for part in (
        "1 iteration (IT-001)",
        "1 risk (R-001)",
        "1 issue (I-001)",
        "1 action (A-001)",
        "--with",
        "--move-to",
    ):
        assert part in words
    assert "--leave" not in words
    assert "--with" in badges.refused(1, *REMOVE, "--leave")
    assert badges.json("pilot", "show", "P-01")["name"] == "Blue badges"


def test_what_hangs_on_it_is_said_before_a_reason_is_asked_for(badges: Shell) -> None:
    assert "1 risk (R-001)" in badges.refused(1, "pilot", "remove", "P-01")
    assert badges.refused(1, "pilot", "remove", "P-01", "--with").startswith("Say why P-01 is removed (--reason")
    assert badges.refused(1, "action", "remove", "A-001").startswith("Say why A-001 is removed (--reason")
    assert "removed already" not in badges.done("action", "remove", "A-001", "--reason", "Entered twice")


def test_all_goes_with_it_and_one_undo_brings_it_back(badges: Shell) -> None:
    badges.done(*REMOVE, "--with")
    for kind in ("risk", "action", "issue", "iteration"):
        assert badges.json(kind, "list") == []
    badges.done("undo")
    for kind in ("risk", "action", "issue", "iteration"):
        assert len(badges.json(kind, "list")) == 1
    assert badges.done("check").startswith("Everything holds")


def test_all_moves_and_is_changed_by_one_command(badges: Shell) -> None:
    badges.done("iteration", "add", "Other", "--pilot", "P-02", "--start", "1 Sep 2026", "--end", "11 Sep 2026")
    badges.done(*REMOVE, "--move-to", "Parking permits")
    for kind, ref in (("risk", "R-001"), ("action", "A-001"), ("issue", "I-001"), ("iteration", "IT-001")):
        assert badges.json(kind, "show", ref)["pilot"]["ref"] == "P-02"
    assert badges.json("iteration", "show", "IT-001")["number"] == 2  # it goes on with the numbers of the other
    badges.done("undo")
    assert badges.json("risk", "show", "R-001")["pilot"]["ref"] == "P-01"


@pytest.mark.parametrize("to", ["P-01", "P-03"])
def test_nothing_moves_to_what_goes_or_has_ended(badges: Shell, to: str) -> None:
    badges.done("pilot", "add", "Old one", "--phase", "stopped")
    assert badges.refused(1, *REMOVE, "--move-to", to)
    assert badges.json("risk", "show", "R-001")["pilot"]["ref"] == "P-01"


def test_one_way_at_a_time(badges: Shell) -> None:
    assert "one of --with" in badges.refused(2, *REMOVE, "--with", "--move-to", "P-02")


def test_a_pilot_ends_with_what_is_open_on_it(badges: Shell) -> None:
    words = badges.refused(1, *STOP)
    assert "1 risk (R-001)" in words
    assert "--leave" in words
    badges.done(*STOP, "--with")
    assert "but IT-001 stays as it is" in badges.words
    assert badges.json("risk", "show", "R-001")["status"] == "closed"
    assert badges.json("action", "show", "A-001")["dropped_reason"] == "P-01 was stopped: The board stopped it"
    assert badges.json("issue", "show", "I-001")["status"] == "closed"
    assert badges.json("iteration", "show", "IT-001")["goal_result"] == "open"
    badges.done("undo")
    assert badges.json("risk", "show", "R-001")["status"] == "open"


def test_what_is_done_does_not_hang_on_it(badges: Shell) -> None:
    badges.done("action", "set", "A-001", "--status", "done")
    assert "A-001" not in badges.refused(1, *STOP)


def test_what_is_left_is_counted_apart(badges: Shell) -> None:
    badges.done(*STOP, "--leave")
    assert "Left as they are" in badges.words
    apart = "Not counted: 1 risk of stopped P-01 (R-001)."
    assert apart in " ".join(badges.done("signals").split())
    assert apart in " ".join(badges.done("report", "summary").split())
    pack = " ".join(badges.done("report", "pack").split())
    for part in (apart, "1 action of stopped P-01 (A-001)", "1 issue of stopped P-01 (I-001)"):
        assert part in pack


def test_a_session_goes_and_is_cancelled_with_its_attendance(shell: Shell) -> None:
    shell.done("session", "add", "Workshop", "--date", "1 Sep 2026", "--status", "held")
    shell.done("attendance", "add", "T-01", "--role-group", "Counter staff", "--booked", "5", "--present", "5")
    assert "1 attendance count (AT-001)" in shell.refused(1, "session", "remove", "T-01", "--reason", "Entered twice")
    assert "AT-001" in shell.refused(1, "session", "set", "T-01", "--status", "cancelled")
    shell.done("session", "set", "T-01", "--status", "cancelled", "--with")
    assert shell.json("attendance", "list") == []
    shell.done("undo")
    assert len(shell.json("attendance", "list")) == 1


def test_a_person_answers_for_what_is_open(badges: Shell) -> None:
    words = badges.refused(1, "person", "remove", "PER-002", "--reason", "Recorded twice")
    for part in ("1 pilot (P-01)", "1 risk (R-001)", "1 action (A-001)"):
        assert part in words
    badges.done("person", "remove", "PER-002", "--reason", "Recorded twice", "--move-to", "Next lead")
    assert badges.json("risk", "show", "R-001")["owner"]["ref"] == "PER-003"
    assert badges.json("pilot", "show", "P-01")["delivery_lead"]["ref"] == "PER-003"


def test_a_risk_that_is_closed_names_what_is_still_open_about_it(badges: Shell) -> None:
    badges.done("action", "set", "A-001", "--risk", "R-001")
    badges.done("risk", "set", "R-001", "--status", "closed", "--closing-reason", "expired", "--reason", "It is over")
    assert "Still open, and about R-001: A-001." in badges.words


def test_what_comes_back_alone_says_what_went_with_it(badges: Shell) -> None:
    badges.done(*REMOVE, "--with")
    badges.done("pilot", "restore", "P-01")
    assert "R-001" in badges.words
    assert "removed with it" in badges.words
