"""``tracker metric compare``: one metric with its plot, all metrics in a list, and JSON."""

from datetime import date

import pytest
from shell import Shell, prepared

PERIODS = {
    "baseline": ("--period-start", "2026-01-01", "--period-end", "2026-03-31"),
    "after": ("--period-start", "2026-06-01", "--period-end", "2026-08-31"),
}
SENTENCE = (
    "Completion rate was 69% before (412 of 598, Jan–Mar 2026) and 83% after (531 of 640, Jun–Aug 2026): +14.1 points"
)


@prepared
def figures(shell: Shell) -> None:
    """A pilot with a metric that improved since March, and one that nobody measured."""
    shell.done("pilot", "add", "Blue Badge [red]renewals", "--phase", "discovery")
    kind = ("--kind", "proportion", "--pilot", "P-01")
    shell.done(
        *("metric", "add", "Completion rate", *kind, "--definition", "Completed of started"),
        *("--target", "80%", "--target-on", "2026-12-31", "--definition-variant", "own_2026"),
    )
    shell.done("metric", "add", "Digital take-up", *kind, "--definition", "Online of all")
    shell.done(
        "measurement",
        "add",
        "M-01",
        "--phase",
        "baseline",
        *PERIODS["baseline"],
        "--numerator",
        "412",
        "--denominator",
        "598",
    )
    shell.day = date(2026, 10, 5)
    shell.done(
        "measurement",
        "add",
        "M-01",
        "--phase",
        "after",
        *PERIODS["after"],
        "--numerator",
        "531",
        "--denominator",
        "640",
    )


def test_one_metric_is_told_with_its_plot(figures: Shell) -> None:
    out = figures.done("metric", "compare", "m-01")
    assert out.startswith(
        "M-01 Completion rate (P-01 Blue Badge [red]renewals)\n● Improved: +14.1 points (95% interval"
    )
    assert all(len(line) <= 80 for line in out.splitlines())
    words = " ".join(out.split())
    assert SENTENCE in words
    assert "Definition: Completed of started (as defined in own_2026)" in words
    assert "Target 80% by 31 Dec 2026: reached" in words
    assert "the season may explain a part of the change." in words
    assert [line.split()[0] for line in out.splitlines() if "●" in line and "├" in line] == ["After", "○"]


def test_an_earlier_day_knows_nothing_of_what_came_later(figures: Shell) -> None:
    out = figures.done("metric", "compare", "M-01", "--as-of", "2026-10-01")
    assert "○ Not measured" in out
    assert "531" not in out
    figures.refused(1, "metric", "compare", "M-01", "--as-of", "2026-09-01")


def test_all_metrics_are_listed_a_line_each(figures: Shell) -> None:
    lines = [line.split("\t") for line in figures.done("metric", "compare").splitlines()]
    assert lines[1] == [
        "M-01",
        "P-01",
        "Completion rate",
        "● Improved",
        "+14.1 (+9.3 to +18.8)",
        "69%",
        "83%",
    ]
    assert lines[2] == ["M-02", "P-01", "Digital take-up", "○ Not measured", "", "—", "—"]


def test_json_holds_the_figures(figures: Shell) -> None:
    found = figures.json("metric", "compare", "M-01")
    assert (found["verdict"], found["pilot"], found["target_on"]) == ("improved", "P-01", "2026-12-31")
    assert found["change"]["low"] == pytest.approx(0.09332410746617374, abs=1e-12)
    assert (found["before"]["ref"], found["before"]["period_end"]) == ("ME-001", "2026-03-31")
    assert [one["name"] for one in found["warnings"]] == ["season"]
    assert [one["ref"] for one in figures.json("metric", "compare")] == ["M-01", "M-02"]


def test_what_is_not_there_is_said(shell: Shell) -> None:
    assert "There is no metric “M-07”" in shell.refused(1, "metric", "compare", "M-07")
    shell.done("metric", "compare")
    assert shell.words == "No metrics to show.\n"


def test_a_terminal_without_the_signs_gets_plain_ones(figures: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(type(sys.stdout), "encoding", "ascii", raising=False)
    out = figures.done("metric", "compare", "M-01")
    before = next(line for line in out.splitlines() if line.startswith("Before"))
    assert "|---" in before
    assert "-o-" in before
    assert out.isascii()
