"""Reasons of ratings: when they are asked for, until when they hold, and what papers say of those that went away."""

from datetime import timedelta

import pytest
from shell import Shell, prepared

BETTER = ("--divergence-reason", "People at every desk say that it goes well")
RATE = ("confidence", "add", "P-01", "--rating")


@prepared
def rated(shell: Shell) -> None:
    """A pilot far behind and above its budget, rated amber with a reason though its evidence is red."""
    shell.done("pilot", "add", "Libraries", "--phase", "alpha", "--start", "2026-06-01", "--forecast-end", "2027-03-31")
    figures = ("--baseline-end", "2026-09-30", "--budget", "1000000", "--forecast-cost", "1300000")
    shell.done("pilot", "set", "P-01", *figures, "--reason", "As it was agreed")
    shell.done(*RATE, "amber", *BETTER)


@pytest.mark.parametrize("answer", ["not-rated", "withheld", "tbc", "n/a"])
def test_every_answer_in_place_of_a_rating_needs_a_reason(rated: Shell, answer: str) -> None:
    assert "say why in Narrative" in rated.refused(1, *RATE, answer)
    rated.done(*RATE, answer, "--narrative", "Exempt under Section 43 of the Act")
    assert "The rating changes from " in rated.refused(1, *RATE, "amber", *BETTER)
    rated.done(*RATE, "amber", *BETTER, "--narrative", "The exemption has ended today")


def test_words_behind_the_colon_are_the_reason(rated: Shell) -> None:
    assert "“withheld: …”" in rated.refused(1, *RATE, "withheld")
    rated.done(*RATE, "withheld: exempt under Section 43")
    rated.done(*RATE, "withheld")  # it is so already


def test_the_summary_names_what_is_no_longer_rated(rated: Shell) -> None:
    since = rated.day.isoformat()
    rated.day += timedelta(1)
    rated.done(*RATE, "withheld: exempt under Section 43")
    assert "1 not rated (P-01)." in " ".join(rated.done("report", "summary", "--since", since).split())


def test_the_day_until_which_a_reason_holds_is_said_and_called_worked_out(rated: Shell) -> None:
    rated.done(*RATE, "amber", *BETTER)
    until = (rated.day + timedelta(35)).isoformat()
    assert "which holds until 5 Nov 2026 (worked out), a board's interval from the rating" in rated.words
    report = rated.json("confidence", "show", "CR-002")
    assert (report["review_by"], report["states"]["review_by"]["state"]) == (until, "worked_out")
    assert "5 Nov 2026 (worked out)" in rated.done("pilot", "explain", "P-01")
    rated.day += timedelta(40)
    assert "5 Nov 2026 (worked out)" in " ".join(rated.done("report", "pack").split())
    assert rated.done("check").startswith("Everything holds")


def test_a_day_that_somebody_gave_is_that_day(rated: Shell) -> None:
    rated.done(*RATE, "amber", *BETTER, "--review-by", "2026-10-29")
    assert "which holds until 29 Oct 2026." in rated.words
    assert "review_by" not in rated.json("confidence", "show", "CR-002")["states"]


def test_a_reason_that_is_asked_for_again_says_that_the_scale_is_why(rated: Shell) -> None:
    rated.done(*RATE, "amber")
    assert "stands, to be reviewed by 5 Nov 2026 (worked out)" in rated.words
    rated.done("programme", "set", "--rating-scale", "rag5")
    words = rated.refused(1, *RATE, "amber", "--narrative", "The scale of the programme is another")
    assert "The reason in CR-001, which holds until 5 Nov 2026 (worked out), was given on RAG (3 steps)" in words
    assert "and this rating is on RAG (5 steps): it is asked for again, since the scale has changed." in words
    rated.day += timedelta(40)
    assert "since the scale" not in rated.refused(1, *RATE, "amber", "--narrative", "The scale is another now")


def test_a_rating_of_an_earlier_day_is_held_against_what_is_known_of_that_day(shell: Shell) -> None:
    shell.done("pilot", "add", "Libraries", "--phase", "alpha", "--start", "2026-06-01", "--forecast-end", "2026-11-30")
    figures = ("--baseline-end", "2026-11-30", "--budget", "1000000", "--forecast-cost", "900000")
    shell.done("pilot", "set", "P-01", *figures, "--reason", "As it was agreed")
    first = shell.day
    shell.day += timedelta(40)
    worse = ("--forecast-cost", "1500000", "--forecast-end", "2027-09-30")
    shell.done("pilot", "set", "P-01", *worse, "--reason", "The supplier has failed")
    assert "; the evidence says ■ Red." in shell.refused(1, *RATE, "amber")
    for day in ("--as-of", "--as-at"):
        shell.done(*RATE, "amber", day, (first + timedelta(1)).isoformat())
        assert "the evidence" not in shell.words
        shell.done("undo")
    shell.done(*RATE, "amber", "--as-of", "2026-08-01")
    assert "Nothing is known of the pilot on 1 Aug 2026, so the rating is not held" in shell.words
