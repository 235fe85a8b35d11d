"""People who leave, and what they answered for, as it is typed."""

from datetime import date

from shell import Shell, prepared


@prepared
def data_lead(shell: Shell) -> None:
    """Somebody who owns the gravest risk, an action of each of two pilots, and a metric."""
    shell.done("person", "add", "Data lead")
    shell.done("person", "add", "Next lead")
    for name in ("Blue badges", "Parking permits"):
        shell.done("pilot", "add", name)
    score = ("--likelihood", "5", "--impact", "4")
    shell.done("risk", "add", "Lookups fail", "--pilot", "P-01", "--owner", "PER-002", *score)
    for pilot in ("P-01", "P-02"):
        action = ("action", "add", f"Ask {pilot}", "--pilot", pilot, "--owner", "PER-002", "--due", "1 Nov 2026")
        shell.done(*action)


LEAVE = ("person", "set", "PER-002", "--left-on", "2026-09-20")
NEW = ("action", "add", "New", "--owner", "Data lead", "--due", "1 Dec 2026")


def test_lists_mark_whoever_has_left_and_data_keep_the_name(shell: Shell) -> None:
    shell.done("person", "add", "Data lead")
    shell.done("risk", "add", "Rain", "--owner", "Data lead")
    shell.done("person", "set", "PER-002", "--active", "no", "--left-on", "yesterday", "--reason", "Left", "--leave")
    assert "(left) Data lead" in shell.done("risk", "list")
    assert "(left)" not in shell.done("risk", "list", "--csv") + shell.done("person", "list")
    assert shell.json("risk", "list")[0]["owner"]["name"] == "Data lead"


def test_leaving_lists_what_is_still_theirs(data_lead: Shell) -> None:
    for typed in (LEAVE, ("person", "set", "PER-002", "--active", "no")):
        words = data_lead.refused(1, *typed)
        assert "1 risk (R-001)" in words
        assert "2 actions (A-001 and A-002)" in words
        assert "hand-over" in words
    data_lead.done(*LEAVE, "--leave")
    person = data_lead.json("person", "show", "PER-002")
    assert (person["active"], person["left_on"]) == (False, "2026-09-20")


def test_who_leaves_later_is_still_there(data_lead: Shell) -> None:
    data_lead.done("person", "set", "PER-002", "--left-on", "2026-11-20")
    assert data_lead.json("person", "show", "PER-002")["active"] is True
    data_lead.done(*NEW)
    data_lead.day = date(2026, 11, 20)
    assert "left 20 Nov 2026" in data_lead.refused(1, *NEW)


def test_who_comes_back_has_not_left(data_lead: Shell) -> None:
    data_lead.done(*LEAVE, "--leave")
    data_lead.done("person", "set", "PER-002", "--active", "yes")
    assert data_lead.json("person", "show", "PER-002")["left_on"] is None
    data_lead.done(*NEW)


def test_new_work_needs_a_word(data_lead: Shell) -> None:
    data_lead.done(*LEAVE, "--leave")
    for typed in (
        NEW,
        ("risk", "add", "Rain", "--owner", "Data lead"),
        ("pilot", "set", "P-01", "--delivery-lead", "PER-2"),
    ):
        words = data_lead.refused(1, *typed)
        assert "PER-002 Data lead left 20 Sep 2026" in words
        assert "--even-though-left" in words
        data_lead.done(*typed, "--even-though-left")
    closed = ("risk", "set", "R-001", "--status", "closed", "--closing-reason", "expired")
    data_lead.done(*closed)  # whoever owned what is over, stays so without a word


def test_papers_and_signals_say_who_has_left(data_lead: Shell) -> None:
    data_lead.done(*LEAVE, "--leave")
    said = "R-001 (20, Data lead (left 20 Sep 2026))"
    assert said in " ".join(data_lead.done("signals").split())
    pack = " ".join(data_lead.done("report", "pack").split())
    assert said in pack
    assert "Data lead (left 20 Sep 2026)" in data_lead.done("report", "summary").replace("\n  ", " ")
    data_lead.done("check")
    assert "R-001 (20) is owned by PER-002 Data lead, who left 20 Sep 2026." in data_lead.words


def test_hand_over_moves_what_is_open_by_one_command(data_lead: Shell) -> None:
    data_lead.done("action", "set", "A-002", "--status", "done")
    assert data_lead.done("hand-over", "Data lead", "Next lead").split() == ["R-001", "A-001"]
    assert "1 risk (R-001) and 1 action (A-001)" in data_lead.words
    owners = {ref: data_lead.json("action", "show", ref)["owner"]["ref"] for ref in ("A-001", "A-002")}
    assert owners == {"A-001": "PER-003", "A-002": "PER-002"}
    data_lead.done("undo")
    assert data_lead.json("risk", "show", "R-001")["owner"]["ref"] == "PER-002"


def test_only_some_kinds_or_one_pilot_are_handed_over(data_lead: Shell) -> None:
    assert data_lead.done("hand-over", "PER-002", "PER-003", "--only", "actions", "--pilot", "P-02") == "A-002\n"
    assert data_lead.json("hand-over", "PER-002", "PER-003", "--only", "risk")["moved"] == ["R-001"]
    assert data_lead.done("hand-over", "PER-002", "PER-003", "--only", "risk") == ""
    assert "nothing" in data_lead.words
    assert "choose from" in data_lead.refused(1, "hand-over", "PER-002", "PER-003", "--only", "wins")
    assert data_lead.refused(1, "hand-over", "PER-002", "PER-002")


def test_nobody_who_left_takes_over_without_a_word(data_lead: Shell) -> None:
    data_lead.done("person", "set", "PER-003", "--active", "no")
    assert "PER-003 Next lead has left" in data_lead.refused(1, "hand-over", "PER-002", "PER-003")
    assert data_lead.json("risk", "show", "R-001")["owner"]["ref"] == "PER-002"
    data_lead.done("hand-over", "PER-002", "PER-003", "--even-though-left")


def test_who_acts_is_found_however_it_is_spelt(data_lead: Shell) -> None:
    for spelling in ("data lead", "Data  lead", "DATA LEAD", "per-002"):
        data_lead.done("win", "add", f"By {spelling}", "--as", spelling)
        assert "new person" not in data_lead.words
    assert len(data_lead.json("person", "list")) == 3


def test_a_condition_goes_to_somebody_who_left_with_a_word_only(data_lead: Shell) -> None:
    data_lead.done(*LEAVE, "--leave")
    data_lead.done("gate", "add", "Beta", "--pilot", "P-01")
    data_lead.done("board", "add", "October board", "--meets-on", "2026-09-30")
    data_lead.done("decision", "add", "Buy it", "--board", "B-01", "--question", "Shall we?", "--options", "No; Yes")
    tied = ("--condition", "Train it; owner Data lead; due 1 Dec 2026", "--gate", "G-01")
    for typed in (
        ("gate", "take", "G-01", "--outcome", "amber", "--condition", "Measure it; owner Data lead"),
        ("board", "decide", "D-001", "--outcome", "approved-with-conditions", *tied),
    ):
        words = data_lead.refused(1, *typed)
        assert "PER-002 Data lead left 20 Sep 2026" in words
        assert "--even-though-left" in words
        data_lead.done(*typed, "--even-though-left")
    assert len(data_lead.json("condition", "list", "--where", "owner=PER-002")) == 2


def test_an_earlier_last_day_says_what_lies_after_it(data_lead: Shell) -> None:
    data_lead.who = "PER-002"
    data_lead.done("win", "add", "Fewer calls", "--date", "2026-09-30")
    data_lead.who = "ana"
    data_lead.done(*LEAVE, "--leave")
    assert (
        "After 20 Sep 2026 lie 1 risk (R-001) and 2 actions (A-001 and A-002) of theirs and 1 change" in data_lead.words
    )
    data_lead.done("person", "set", "PER-002", "--left-on", "2026-10-01", "--leave")
    assert "Is the day right?" not in data_lead.words


def test_lists_mark_whoever_was_removed_and_what_was(data_lead: Shell) -> None:
    data_lead.done("person", "remove", "PER-002", "--reason", "Entered twice", "--leave")
    assert "(removed) Data lead" in data_lead.done("risk", "list")
    assert "(removed) Data lead" in data_lead.done("action", "list")
    assert "Data lead (removed)" in data_lead.done("due")
    assert "R-001 (20) is owned by PER-002 Data lead, who was removed." in checked(data_lead)
    data_lead.done("action", "remove", "A-001", "--reason", "Entered twice")
    data_lead.done("pilot", "remove", "P-01", "--reason", "Entered twice", "--with")
    data_lead.done("risk", "restore", "R-001")
    assert "P-01 (removed)" in data_lead.done("risk", "list")
    assert data_lead.json("risk", "list")[0]["pilot"]["ref"] == "P-01"


def checked(shell: Shell) -> str:
    shell.done("check")
    return shell.words
