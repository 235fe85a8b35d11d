"""``tracker gate take``: decided in one line, asked one by one, or only looked at."""

import io
import sys

import pytest
from shell import Shell, prepared


@prepared
def gate(shell: Shell) -> None:
    """A gate with two mandatory criteria and one that is not."""
    shell.done("pilot", "add", "Parking permits", "--phase", "alpha")
    shell.done("person", "add", "Delivery lead, Housing")
    opens = ["--opens-phase", "private-beta", "--planned-on", "2026-09-24"]
    shell.done("gate", "add", "Private beta gate", "--pilot", "P-01", *opens)
    shell.done("criterion", "add", "People finish the task", "--gate", "G-01", "--standard-ref", "Service Standard 4")
    shell.done("criterion", "add", "DPIA [/foo] signed off", "--gate", "G-01")
    shell.done("criterion", "add", "The code is open", "--gate", "G-01", "--mandatory", "no")


class Keys(io.StringIO):
    """Standard input as a terminal gives it."""

    def isatty(self) -> bool:
        return True


def type_answers(shell: Shell, monkeypatch: pytest.MonkeyPatch, *answers: str) -> int:
    """Run the command on a terminal where somebody types these lines; return the exit code."""
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", Keys("".join(f"{line}\n" for line in answers)))
        patch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
        return shell.type("gate", "take", "G-01")


def test_a_pipe_gets_the_checklist_and_what_stands_in_the_way(gate: Shell) -> None:
    gate.done("criterion", "set", "GC-001", "--result", "met", "--evidence", "9 of 10 people")
    assert gate.done("gate", "take", "G-01") == (
        "G-01 Private beta gate\n"
        "Pilot: P-01 Parking permits, in alpha, opens private beta, planned on 24 Sep 2026\n"
        "Outcome: ○ Pending\n"
        "Criteria: 3; mandatory ones settled: 1 of 2\n"
        "\n"
        "Result          Ref     Criterion\n"
        "● Met           GC-001  People finish the task\n"
        "    Service Standard 4\n"
        "    Evidence: 9 of 10 people (1 Oct 2026)\n"
        "○ Not assessed  GC-002  DPIA [/foo] signed off\n"
        "○ Not assessed  GC-003  The code is open\n"
        "    not mandatory\n"
        "\n"
        "Green needs every mandatory criterion met with evidence, or not applicable with a reason. "
        "In the way: GC-002 (not assessed).\n"
        "Amber needs at least one condition with a date: what has to be done, by whom, by when.\n"
    )
    assert "--outcome" in gate.words


def test_the_checklist_as_json(gate: Shell) -> None:
    gate.done(
        "condition", "add", "Measure", "--gate", "G-01", "--owner", "Delivery lead, Housing", "--due", "2026-09-30"
    )
    found = gate.json("gate", "take", "G-01")
    assert (found["gate"]["ref"], found["pilot"]["name"], found["outcome"]) == ("G-01", "Parking permits", "pending")
    assert (found["mandatory"], found["mandatory_settled"], found["counts"]) == (2, 0, {"not_assessed": 3})
    assert found["criteria"][0]["standard_ref"] == "Service Standard 4"
    (condition,) = found["conditions"]
    assert (condition["owner"]["name"], condition["due"], condition["state"]) == (
        "Delivery lead, Housing",
        "2026-09-30",
        "overdue",
    )
    assert set(found["in_the_way"]) == {"green"}
    assert found["held_on"] is None and found["planned_on"] == "2026-09-24"


def test_amber_with_conditions_in_one_line(gate: Shell) -> None:
    first = "Measure the old route; owner Delivery lead, Housing; due 2026-12-01"
    typed = ["--condition", first, "--condition", "Mend the contrast; then test it", "--owner", "ana"]
    assert (
        gate.done("gate", "take", "G-01", "--outcome", "amber", *typed, "--held-on", "24 Sep", "--advance") == "G-01\n"
    )
    assert "P-01 went from alpha to private beta." in gate.words
    found = gate.json("condition", "list", "--columns", "text,owner,due,gate")
    assert [(one["text"], one["owner"]["name"], one["due"]) for one in found] == [
        ("Measure the old route", "Delivery lead, Housing", "2026-12-01"),
        ("Mend the contrast; then test it", "ana", "2026-12-23"),
    ]
    gate.done("undo")
    assert gate.json("condition", "list") == []
    assert gate.json("pilot", "show", "P-01")["phase"] == "alpha"
    assert gate.json("gate", "show", "G-01")["outcome"] == "pending"


def test_green_is_refused_with_every_criterion_in_its_way(gate: Shell) -> None:
    told = gate.refused(1, "gate", "take", "G-01", "--outcome", "green")
    assert "GC-001 (not assessed) and GC-002 (not assessed)." in told
    assert told == gate.refused(1, "gate", "set", "G-01", "--outcome", "green")
    gate.refused(1, "criterion", "set", "GC-001", "--result", "met")
    assert "only with evidence" in gate.words


def test_a_decision_tells_the_command_that_may_follow(gate: Shell) -> None:
    gate.done("gate", "take", "G-01", "--outcome", "am", "--condition", "Measure")
    command = 'tracker pilot set P-01 --phase private-beta --reason "Gate G-01 held: amber"'
    assert "P-01 may go on to private beta: it is still in alpha." in gate.words
    assert f"“{command}”" in gate.words
    gate.done("gate", "take", "G-01", "--outcome", "red")
    assert '--phase paused --reason "Gate G-01 held: red"' in gate.words
    gate.done("gate", "take", "G-01", "--outcome", "red", "--pause")
    assert "--phase" not in gate.words
    gate.done("gate", "take", "G-01", "--outcome", "amber")
    gate.done(*gate.split(command)[1:])
    assert "override" not in gate.words


@pytest.mark.parametrize(
    ("code", "typed", "words"),
    [
        (2, ["--condition", "Measure"], "Say the outcome too"),
        (2, ["--advance"], "Say the outcome too"),
        (2, ["--outcome", "red", "--due", "1 Dec"], "belong to a --condition"),
        (1, ["--outcome", "blue"], "Choose one of: green, amber, red, stopped"),
        (1, ["--outcome", "amber"], "at least one condition"),
        (1, ["--outcome", "red", "--advance"], "green or amber"),
        (1, ["--outcome", "red", "--held-on", "2026-10-02"], "later than today"),
        (1, ["--outcome", "amber", "--condition", "Measure; due someday"], "someday"),
        (1, ["--outcome", "amber", "--condition", "Measure; owner Nobody"], "Nobody"),
    ],
)
def test_what_cannot_be_meant_is_refused(gate: Shell, code: int, typed: list[str], words: str) -> None:
    assert words in gate.refused(code, "gate", "take", "G-01", *typed)
    assert gate.json("gate", "show", "G-01")["outcome"] == "pending"
    assert gate.json("condition", "list") == []


def test_the_criteria_are_asked_one_by_one_and_saved_at_once(gate: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["m", "", "m", "9 of 10 people", "a", "No", "a", "No personal data is kept", ""]
    code = type_answers(gate, monkeypatch, *answers, "green", "24 Sep", "y")
    assert (code, gate.out) == (0, "G-01\n"), gate.words
    assert "2 of 3" in gate.words
    assert "only with evidence" in gate.words
    assert "5 characters or more" in gate.words
    assert "P-01 went from alpha to private beta." in gate.words
    assert [one["result"] for one in gate.json("criterion", "list")] == ["met", "not_applicable", "not_assessed"]
    shown = gate.json("gate", "show", "G-01")
    assert (shown["outcome"], shown["held_on"]) == ("green", "2026-09-24")


def test_an_outcome_that_is_refused_is_asked_for_again(gate: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["", "x", "p", "", "", "green", "", "n", "amber", "today", "Measure; due 1 Dec", "Test it", "", "n"]
    assert type_answers(gate, monkeypatch, *answers) == 0, gate.words
    assert "One of: m met" in gate.words
    assert "GC-001 (not assessed) and GC-002 (partly)." in gate.words
    assert [one["due"] for one in gate.json("condition", "list")] == ["2026-12-01", "2026-12-30"]
    assert gate.json("pilot", "show", "P-01")["phase"] == "alpha"


@pytest.mark.parametrize(("answers", "code"), [(["m", "A link", "q"], 0), (["m", "A link"], 130)])
def test_one_may_stop_and_keeps_the_answers(
    gate: Shell, monkeypatch: pytest.MonkeyPatch, answers: list[str], code: int
) -> None:
    assert type_answers(gate, monkeypatch, *answers) == code
    assert [one["result"] for one in gate.json("criterion", "list")] == ["met", "not_assessed", "not_assessed"]
    assert gate.json("gate", "show", "G-01")["outcome"] == "pending"
