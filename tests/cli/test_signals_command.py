"""Every signal of the demonstration, as people read it and as programs do."""

from datetime import date

import pytest
from golden_files import matches
from shell import Shell

BOARD, BEFORE = "2026-11-12", "2026-10-08"


@pytest.fixture
def demo(shell: Shell, demo_file: bytes) -> Shell:
    """A shell on the demonstration programme, on the day of its board."""
    shell.file.write_bytes(demo_file)
    shell.day = date(2026, 11, 12)
    return shell


def test_the_signals_of_the_programme(demo: Shell) -> None:
    told = demo.done("signals", "--as-of", BOARD, "--since", BEFORE)
    assert max(map(len, told.splitlines())) <= 100
    matches("signals/programme.txt", told)
    assert demo.done("signals", "--since", BEFORE) == told  # by itself: today
    assert demo.words == ""


@pytest.mark.parametrize("ref", ["P-02", "P-04", "P-08"])
def test_the_signals_of_a_pilot_explain_themselves(demo: Shell, ref: str) -> None:
    matches(f"signals/{ref}.txt", demo.done("pilot", "explain", ref, "--as-of", BOARD))


def test_every_rule_is_in_the_json_with_value_threshold_and_records(demo: Shell) -> None:
    found = demo.json("pilot", "explain", "P-04")
    assert (found["ref"], found["level"], found["reported"], found["divergence"]) == ("P-04", "red", "amber", 1)
    assert set(found["dimensions"]) == {"time", "cost", "benefits", "risk", "people", "assurance", "rhythm"}
    flags = [rule for rule in found["rushed"]["rules"] if rule["level"] in ("amber", "red")]
    assert [rule["id"] for rule in flags] == ["RP1", "RP2", "RP3", "RP4", "RP5", "RP6", "RP7"]
    for rule in flags:
        assert rule["sentence"] and rule["records"]
    trained = next(rule for rule in found["dimensions"]["people"]["rules"] if rule["id"] == "T1")
    assert (trained["value"], trained["threshold"], trained["hard"]) == ("28%", "80%", True)
    everything = demo.json("signals")
    assert [pilot["ref"] for pilot in everything["pilots"]] == [f"P-0{n}" for n in range(1, 9)]
    assert everything["pilots"][3] == found


def test_an_earlier_day_has_its_own_signals(demo: Shell) -> None:
    then = {pilot["ref"]: pilot["level"] for pilot in demo.json("signals", "--as-of", BEFORE)["pilots"]}
    now = {pilot["ref"]: pilot["level"] for pilot in demo.json("signals")["pilots"]}
    assert then != now
    assert then["P-08"] == "not_enough"  # it had only begun


def test_a_new_programme_has_no_signal_and_says_what_is_missing(shell: Shell) -> None:
    told = shell.done("signals")
    assert "No pilot is running." in told
    assert "Green" not in told
    shell.done("pilot", "add", "Parking permits")
    told = shell.done("signals")
    assert "○ No rating" in told and "○ Not enough" in told
    assert "Green" not in told.partition("Risk exposure")[0]
    explained = shell.done("pilot", "explain", "P-01")
    assert "Missing" in explained and "Evidence: ○ Not enough evidence" in explained


def test_what_is_mistyped_is_explained(shell: Shell) -> None:
    assert "P-09" in shell.refused(1, "pilot", "explain", "P-09")
    assert "31 Feb" in shell.refused(1, "signals", "--as-of", "31 Feb")
