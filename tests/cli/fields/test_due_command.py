"""``tracker due`` and what lists and pages say of what is late, as it is typed."""

import csv
import io
from datetime import date, timedelta

import pytest
from shell import TODAY, Shell, prepared

YESTERDAY, TOMORROW = TODAY - timedelta(1), TODAY + timedelta(1)


@prepared
def owed(shell: Shell) -> None:
    """A programme in which a pilot is late with many things, and one that was stopped, too."""
    shell.day = date(2026, 9, 1)
    shell.done("person", "add", "Data lead")
    shell.done("pilot", "add", "Permits", "--phase", "alpha", "--delivery-lead", "Data lead")
    shell.done("pilot", "add", "Grants", "--phase", "alpha")
    shell.done("action", "add", "Agree a plan", "--owner", "Data lead", "--due", "2026-09-30", "--pilot", "P-01")
    shell.done("action", "add", "Act today", "--owner", "ana", "--due", "2026-10-01")
    shell.done("action", "add", "Act later", "--owner", "ana", "--due", "2026-10-20", "--pilot", "P-01")
    shell.done("action", "add", "Of the stopped", "--owner", "ana", "--due", "2026-09-15", "--pilot", "P-02")
    shell.done("issue", "add", "Broken", "--pilot", "P-01", "--due", "2026-09")
    shell.done("gate", "add", "Beta", "--pilot", "P-01", "--planned-on", "2026-09-29")
    shell.done("session", "add", "Workshop", "--pilot", "P-01", "--starts-on", "2026-09-30")
    ended = ("--phase", "stopped", "--outcome", "stopped", "--leave")
    shell.done("pilot", "set", "P-02", *ended, "--reason", "The board did")
    shell.done("pilot", "set", "P-01", "--forecast-end", "2026-09-28", "--reason", "The plan of August")
    shell.day = TODAY


def test_it_lists_the_most_urgent_first_in_the_columns_people_read(owed: Shell) -> None:
    header, *lines = (line.split("\t") for line in owed.done("due").splitlines())
    assert header == ["What", "Ref", "Title", "Owner", "Day", "How late"]
    assert [(line[0], line[1], line[4], line[5]) for line in lines] == [
        ("Update", "P-01", "2026-09-22 (worked out)", "9 days late"),
        ("Forecast end", "P-01", "2026-09-28", "3 days late"),
        ("Gate", "G-01", "2026-09-29", "2 days late"),
        ("Action", "A-001", "2026-09-30", "1 day late"),
        ("Issue", "I-001", "2026-09-30", "1 day late"),
        ("Training session", "T-01", "2026-09-30", "1 day late"),
        ("Action", "A-002", "2026-10-01", "today"),
        ("Action", "A-003", "2026-10-20", "in 19 days"),
    ]
    assert "6 late: 1 action, 1 forecast end, 1 gate, 1 issue, 1 training session and 1 update" in owed.words
    assert "counted apart, 1 of pilots that have ended or were removed." in owed.words
    assert "2 more things are due in the next 28 days." in owed.words


def refs(shell: Shell, *options: str) -> list[str]:
    return [entry["ref"] for entry in shell.json("due", *options)]


def test_it_can_be_narrowed(owed: Shell) -> None:
    assert refs(owed, "--late") == ["P-01", "P-01", "G-01", "A-001", "I-001", "T-01"]
    assert refs(owed, "--days", "18", "--kind", "action") == ["A-001", "A-002"]
    assert refs(owed, "--mine") == ["A-002", "A-003"]
    assert refs(owed, "--owner", "Data lead") == [
        "P-01",
        "P-01",
        "A-001",
        "T-01",
    ]  # of the session the lead of the pilot
    assert refs(owed, "--pilot", "P-01", "--kind", "issue") == ["I-001"]
    assert refs(owed, "--apart") == ["A-004"]
    assert "16 days ago" in owed.done("due", "--apart")
    assert refs(owed, "--kind", "risk") == []
    assert "Nothing is late." in owed.words


def test_an_earlier_day_is_judged_by_itself(owed: Shell) -> None:
    owed.done("action", "set", "A-001", "--status", "done")
    assert "A-001" not in refs(owed)
    owed.day = TODAY + timedelta(9)
    assert "A-001" not in refs(owed, "--as-of", "2026-10-02")
    assert "I-001" in refs(owed, "--as-of", "2026-10-02")


def test_csv_and_json_say_the_same(owed: Shell) -> None:
    table = list(csv.DictReader(io.StringIO(owed.done("due", "--csv"))))
    data = owed.json("due")
    assert [row["Ref"] for row in table] == [entry["ref"] for entry in data]
    gate = data[2]
    assert (gate["kind"], gate["days_late"], gate["worked_out"], gate["apart"]) == ("gate", 2, False, False)
    assert gate["pilot"]["ref"] == "P-01"


@pytest.mark.parametrize(
    ("words", "code"), [(("--kind", "horse"), 2), (("--days", "0"), 2), (("--owner", "No one"), 1)]
)
def test_what_it_cannot_be_asked_is_a_sentence(owed: Shell, words: tuple[str, ...], code: int) -> None:
    assert owed.type("due", *words) == code
    assert "Traceback" not in owed.words and not owed.out


def test_somebody_unknown_owns_nothing_that_could_be_listed(owed: Shell) -> None:
    owed.who = "bela"
    assert "“me” is “bela” here, and nobody in this file is called so" in owed.refused(1, "due", "--mine")


def test_nothing_is_late_or_due_names_what_was_looked_at(shell: Shell) -> None:
    assert shell.done("due").splitlines() == ["What\tRef\tTitle\tOwner\tDay\tHow late"]
    assert "Nothing is late.\nNothing is due in the next 28 days. Looked at: pilots, confidence reports," in shell.words
    assert all(name in shell.words for name in ("gates", "compliance items", "risks", "board meetings", "actions."))


def test_lists_say_in_words_what_is_late(owed: Shell) -> None:
    header, *lines = (line.split("\t") for line in owed.done("action", "list").splitlines())
    assert header[-1] == "Late"
    assert [line[-1] for line in lines] == ["1 day late", "", "", "day passed 16 days ago, pilot ended or gone"]
    assert "Update 9 days late; Forecast end 3 days late" in owed.done("pilot", "list")
    assert owed.done("action", "list", "--columns", "text").splitlines()[0] == "Ref\tAction"
    assert "1 day late" in owed.done("action", "list", "--columns", "text,late")
    (late,) = owed.json("gate", "list")[0]["late"]
    assert late == {"what": "Gate", "day": "2026-09-29", "days_late": 2, "apart": False}


def test_lists_can_be_asked_for_what_is_late(owed: Shell) -> None:
    for asked in (("--late",), ("--where", "late")):
        assert [row["ref"] for row in owed.json("action", "list", *asked)] == ["A-001"]
    assert owed.json("action", "list", "--late", "--where", "status=done") == []
    assert owed.json("win", "list", "--late") == []


def test_a_page_begins_with_what_is_late(owed: Shell) -> None:
    assert owed.done("action", "show", "A-001").splitlines()[1].split() == ["Days", "1", "day", "late"]
    assert "Days" not in owed.done("action", "show", "A-003")
    assert "pilot ended or gone" in owed.done("action", "show", "A-004")
    assert owed.json("action", "show", "A-001")["late"][0]["days_late"] == 1


def test_the_review_day_of_a_risk_is_the_one_that_counts(shell: Shell) -> None:
    shell.done("risk", "add", "It fails", "--likelihood", "4", "--impact", "5", "--next-review-on", "2026-10-20")
    shell.done("risk", "add", "It ends", "--likelihood", "1", "--impact", "1", "--next-review-on", "2026-10-20")
    shell.done("risk", "set", "R-002", "--status", "closed", "--closing-reason", "avoided")
    assert "2026-10-20\n" in shell.done("risk", "show", "R-001")
    shell.day = date(2026, 10, 25)
    where = ("risk", "list", "--where", "next_review_on<today")
    assert [row["ref"] for row in shell.json(*where)] == ["R-001"]
    shell.done("assessment", "add", "R-001", "--likelihood", "4", "--impact", "5")
    assert "2026-11-08 (worked out)" in shell.done("risk", "show", "R-001")
    assert shell.json(*where) == []
    (risk, closed) = shell.json("risk", "list")
    assert (risk["next_review_on"], risk["states"]["next_review_on"]["state"]) == ("2026-11-08", "worked_out")
    assert (closed["next_review_on"], closed["states"]) == (None, {})
    assert shell.json("risk", "show", "R-001")["states"]["next_review_on"]["state"] == "worked_out"
    shell.done("risk", "set", "R-001", "--title", "It fails at once")  # which does not set the day
    assert "worked out" in shell.done("risk", "show", "R-001")
    shell.done("risk", "set", "R-001", "--next-review-on", "Jan-Mar 2027")
    assert "Jan–Mar 2027" in shell.done("risk", "show", "R-001")
    assert [row["ref"] for row in shell.json("risk", "list", "--where", "next_review_on>2027-01-31")] == ["R-001"]
