"""Whatever has a title that another record has, or nearly, gets a line, asks nothing and is saved."""

import pytest
from shell import Shell

ALIKE = {
    "person": ("Data lead", "data  lead", "Data leed"),
    "service": ("Parking permits", "parking permits.", "Parking permit"),
    "pilot": ("Blue Badge renewals", "Blue badge renewals!", "Renewals: blue badge"),
    "risk": ("Lookups fail at night", "lookups fail at night", "Lookups fails at night"),
    "issue": ("No second screen", "No second screen.", "No secnd screen"),
    "win": ("Queue is gone", "queue is gone", "Queues is gone"),
    "decision": ("Buy the screens", "Buy the screens", "Buy the screen"),
    "standard": ("Shared address", "shared address", "Shared adress"),
}


@pytest.mark.parametrize("kind", ALIKE)
def test_a_title_that_is_there_gets_one_line(shell: Shell, kind: str) -> None:
    needs = {"standard": ("--kind", "data-standard")}.get(kind, ())
    first, same, near = ALIKE[kind]
    ref = shell.done(kind, "add", first, *needs).strip()
    assert "the same" not in shell.words
    second = shell.done(kind, "add", same, *needs).strip()
    assert f"{ref} has the same " in shell.words and shell.words.count("has the same") == 1
    shell.done(kind, "add", near, *needs)
    assert f"{second} has nearly the same " in shell.words and shell.words.count("nearly the same") == 1


@pytest.mark.parametrize("name", ["Web", "Bo"])
def test_a_short_name_is_the_same_too(shell: Shell, name: str) -> None:
    for kind in ("pilot", "person"):
        ref = shell.done(kind, "add", name).strip()
        shell.done(kind, "add", name.lower())
        assert f"{ref} has the same name" in shell.words


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        (
            ("pilot", "set", "P-01", "--exit-cost", "-5"),
            "Exit cost must be 0 or more; you gave -5. A price is never below zero.",
        ),
        (
            ("session", "add", "x", "--date", "2026-09-01", "--cost", "-5"),
            "Cost must be 0 or more; you gave -5. A price is never below zero.",
        ),
        (
            ("service", "add", "x", "--cost-per-transaction", "-1"),
            "must be 0 or more; you gave -1. A price is never below zero.",
        ),
    ],
)
def test_a_price_is_never_below_zero_and_a_sum_may_be(shell: Shell, typed: tuple[str, ...], rule: str) -> None:
    shell.done("pilot", "add", "Libraries")
    assert rule in shell.refused(1, *typed)
    for name in ("budget", "forecast-cost", "spend-to-date"):
        shell.done("pilot", "set", "P-01", f"--{name}", "-5", "--reason", "A grant pays for it")
    shell.done("decision", "add", "Sell it", "--money-impact", "-5")
