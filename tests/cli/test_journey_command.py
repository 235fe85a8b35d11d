"""``tracker journey show``: the map, the comparison, JSON, an earlier day."""

import json
from datetime import date

from shell import Shell, prepared

STEPS = (
    ("Find [/foo] out", "--channel", "web", "--touch-minutes", "12", "--pain", "3"),
    ("Gather proof", "--touch-minutes", "20", "--wait-minutes", "3 d", "--asks-again", "yes"),
    ("Re-key", "--actor", "back-office", "--handoff", "manual", "--touch-minutes", "14"),
)


@prepared
def grants(shell: Shell) -> None:
    """A service with a journey of three steps."""
    shell.done("service", "add", "Welfare grants")
    shell.done("journey", "add", "Applying", "--service", "S-01", "--evidence", "observed", "--valid-on", "2026-09-28")
    for step in STEPS:
        shell.done("step", "add", *step, "--journey", "J-01")


def change(shell: Shell, last: str = "re-key") -> None:
    """Measure the journey after a change, on 15 October."""
    shell.day = date(2026, 10, 15)
    measured = ("--service", "S-01", "--kind", "measured-after", "--evidence", "observed")
    shell.done("journey", "add", "Applying", *measured)
    shell.done("step", "add", "find [/foo] OUT", "--journey", "J-02", "--touch-minutes", "15")
    shell.done("step", "add", last, "--journey", "J-02", "--actor", "system", "--handoff", "automatic")


def test_the_map(grants: Shell) -> None:
    lines = grants.done("journey", "show", "J-01").splitlines()
    assert lines[:5] == [
        "J-01 Applying",
        "S-01 Welfare grants · as is, 28 Sep 2026, version 1 · evidence: observed",
        "",
        "citizen 32 min · staff 14 min · 3 d waiting · 1 manual hand-off · 1 repeated question",
        "worst pain 3 of 5 (step 1) · drop-out not recorded",
    ]
    assert lines[7].startswith("  1  C ·  Find [/foo] out") and "12 min" in lines[7]
    assert lines[8].strip() == "citizen · web · !!! pain 3 of 5"
    assert "     ⋮ 3 d waiting" in lines and "     ⇄ manual hand-off" in lines
    assert "Before" not in "\n".join(lines) and grants.words == ""


def test_what_was_measured_after_is_compared_by_itself(grants: Shell) -> None:
    change(grants)
    for ref in ("J-01", "J-02"):
        shown = grants.done("journey", "show", ref)
        assert "J-01 (as is, 28 Sep 2026) against J-02 (measured after, 15 Oct 2026)" in shown
        assert [line.split() for line in shown.splitlines() if line.startswith(("Citizen's", "Waiting"))] == [
            ["Citizen's", "time", "32", "min", "15", "min", "−17", "min", "✓", "better"],
            ["Waiting", "3", "d", "0", "min", "−3", "d", "✓", "better"],
        ]


def test_another_way_is_refused_a_comparison(grants: Shell) -> None:
    change(grants, last="Decide")
    shown = grants.done("journey", "show", "J-01")
    assert "They do not cover the same way" in " ".join(shown.split()) and "better" not in shown


def test_against_a_journey_of_ones_choice(grants: Shell) -> None:
    change(grants)
    grants.done("journey", "add", "Other", "--service", "S-01", "--kind", "to-be")
    assert "J-03 has no steps yet" in grants.done("journey", "show", "J-01", "--against", "J-03")
    assert "not compared with itself" in grants.refused(1, "journey", "show", "J-01", "--against", "J-01")
    assert "did not exist" in grants.refused(1, "journey", "show", "J-01", "--against", "J-02", "--as-of", "2026-10-01")


def test_an_earlier_day(grants: Shell) -> None:
    change(grants)
    grants.done("step", "set", "JS-001", "--touch-minutes", "99")
    assert "citizen 119 min" in grants.done("journey", "show", "J-01")
    then = grants.done("journey", "show", "J-01", "--as-of", "2026-10-01")
    assert "citizen 32 min" in then and "J-02" not in then
    assert "did not exist on that day" in grants.refused(1, "journey", "show", "J-02", "--as-of", "2026-10-01")


def test_json(grants: Shell) -> None:
    found = grants.json("journey", "show", "J-01")
    assert (found["kind"], found["ref"], found["journey_kind"], found["comparison"]) == (
        "journey",
        "J-01",
        "as_is",
        None,
    )
    assert [(step["ref"], step["touch_minutes"]) for step in found["steps"]] == [
        ("JS-001", 12),
        ("JS-002", 20),
        ("JS-003", 14),
    ]
    assert found["measures"] == {
        "citizen": 32,
        "staff": 14,
        "other": 0,
        "waiting": 4320,
        "handoffs": 1,
        "repeats": 1,
        "pain": 3,
        "drop_out": None,
    }
    change(grants)
    compared = grants.json("journey", "show", "J-01")["comparison"]
    assert (compared["before"], compared["after"], compared["comparable"]) == ("J-01", "J-02", True)
    assert compared["differences"][0]["change"] == -17


def test_plain_fields_and_a_removed_journey(grants: Shell) -> None:
    assert "Valid on" in grants.done("journey", "show", "J-01", "--plain")
    grants.done("journey", "remove", "J-01", "--with", "--reason", "Recorded twice")
    assert "REMOVED on" in grants.done("journey", "show", "J-01")
    assert json.loads(grants.done("journey", "show", "J-01", "--json"))["steps"] == []


def test_a_journey_without_steps_says_what_to_do(shell: Shell) -> None:
    shell.done("service", "add", "Welfare grants")
    shell.done("journey", "add", "Applying", "--service", "S-01")
    assert shell.done("journey", "show", "J-01").splitlines()[-1] == "No steps are recorded yet."
    assert "--journey J-01" in shell.words
