"""Ratings as people type and read them: assurance and dimensions beside, words of the scale, none that is stated."""

import json
from datetime import date

import pytest
from shell import Shell

from tracker.reports.lines.drawn import text_of
from tracker.reports.lines.paper import page_lines
from tracker.services.pages.signals import programme_page
from tracker.services.reading import open_programme
from tracker.services.signals import signals

WHY = "A narrative of at least twenty characters."
CUT = "It cannot be delivered on this plan"


def rate(shell: Shell, rating: str, *more: str, why: str = WHY) -> str:
    return shell.done("confidence", "add", "P-01", "--rating", rating, "--narrative", why, *more).strip()


@pytest.fixture
def piloted(shell: Shell) -> Shell:
    shell.done("pilot", "add", "Parking permits")
    return shell


@pytest.fixture
def disputed(piloted: Shell) -> Shell:
    """A pilot that is green for the team, red for assurance, and amber for cost."""
    rate(piloted, "red", "--kind", "assurance", why=f"{CUT}, says the review.")
    rate(piloted, "amber", "--dimension", "cost", why="The supplier asks for a third more.")
    rate(piloted, "green")
    return piloted


@pytest.mark.parametrize(
    "words",
    [
        "pilot show P-01",
        "pilot explain P-01",
        "pilot explain P-01 --json",
        "signals",
        "signals --json",
        "report summary",
        "report pack",
        "report pack --format json",
    ],
)
def test_assurance_and_dimensions_stand_beside_the_rating_wherever_it_is_shown(disputed: Shell, words: str) -> None:
    printed = disputed.done(*words.split())
    machine = "json" in words
    assert ("assurance" if machine else "■ Red") in printed
    assert ("cost" if machine else "ost") in printed and ("amber" in printed or "▲ Amber" in printed)
    if words not in ("signals", "report summary"):
        assert CUT in " ".join(printed.split())


@pytest.mark.parametrize("words", ["report pack", "report pack --format json"])
def test_what_became_of_assurance_and_of_a_dimension_is_told_with_its_reason(disputed: Shell, words: str) -> None:
    disputed.day = date(2026, 10, 9)
    rate(disputed, "amber", "--kind", "assurance", why="The plan was made anew, says the second review.")
    rate(disputed, "red", "--dimension", "cost", why="The supplier asks for half more now.")
    printed = " ".join(disputed.done(*words.split(), "--since", "2026-10-02").split())
    assert "Assurance: ■ Red → ▲ Amber: The plan was made anew" in printed
    assert "ost (reported): ▲ Amber → ■ Red: The supplier asks for half more" in printed
    assert "1 worsened, 1 improved" in " ".join(disputed.done("report", "summary", "--since", "2026-10-02").split())


def test_lists_and_records_have_the_rating_of_assurance_as_a_field(disputed: Shell) -> None:
    head, line = disputed.done("pilot", "list").splitlines()
    assert dict(zip(head.split("\t"), line.split("\t"), strict=False))["Assurance"] == "■ Red"
    (listed,) = disputed.json("pilot", "list")
    assert (listed["rating"], listed["assurance_rating"]) == ("green", "red")
    assert "P-01" in disputed.done("pilot", "list", "--where", "assurance=red")
    assert "Assurance" in disputed.done("pilot", "list", "--csv")
    told = disputed.json("pilot", "show", "P-01")
    assert [(given["kind"], given["dimension"], given["rating"], given["scale"]) for given in told["ratings"]] == [
        ("reported", "overall", "green", "rag3"),
        ("assurance", "overall", "red", "rag3"),
        ("reported", "cost", "amber", "rag3"),
    ]


def test_who_disagrees_is_said_with_who_and_when(disputed: Shell) -> None:
    printed = " ".join(disputed.done("signals").split())
    assert "Assurance says red (CR-001, ana, 1 Oct 2026), worse than the green reported" in printed
    assert "The team reports amber for cost (CR-002, ana, 1 Oct 2026), worse than the green reported" in printed


def test_a_scale_of_five_steps_has_its_own_words(piloted: Shell) -> None:
    piloted.done("programme", "set", "--rating-scale", "dta5")
    rate(piloted, "medium-high")
    assert "◒ Medium-high" in piloted.done("confidence", "list")
    assert "◒ Medium-high" in piloted.done("pilot", "list")
    assert "◒ Medium-high" in piloted.done("signals")
    assert "P-01" in piloted.done("pilot", "list", "--where", "rating=medium-high")
    assert "medium-high" in piloted.done("confidence", "add", "--help")
    refused = piloted.refused(1, "confidence", "add", "P-01", "--rating", "amber", "--narrative", WHY)
    assert "Amber is not on this programme's scale, Confidence (5 steps): choose high, medium-high, medium," in refused
    piloted.done("programme", "set", "--rating-scale", "rag5")
    refused = piloted.refused(1, "confidence", "add", "P-01", "--rating", "medium", "--narrative", WHY)
    assert "choose green, amber-green, amber, amber-red, red, not-rated" in refused
    rate(piloted, "Amber/Green")
    assert "◒ Amber/Green" in piloted.done("pilot", "list")
    assert "◒ Medium-high" in piloted.done("confidence", "list")  # as it was given


@pytest.mark.parametrize("word", ["high", "medium-high", "medium", "medium-low", "low"])
def test_a_rating_is_echoed_found_and_taken_back_in_a_word_of_its_scale(piloted: Shell, word: str) -> None:
    piloted.done("programme", "set", "--rating-scale", "dta5")
    rate(piloted, word)
    assert "· rating" not in piloted.words  # it was typed exactly
    rate(piloted, word.upper().replace("-", " "))
    assert "· rating" not in piloted.words
    rate(piloted, "not ra")
    assert "CR-003 · rating not rated" in piloted.words
    assert piloted.done("confidence", "list", "--csv", "--columns", "rating").splitlines()[1:] == [
        f"CR-001,{word.capitalize()}",
        f"CR-002,{word.capitalize()}",
        "CR-003,Not rated",
    ]
    (added,) = piloted.json("history", "CR-001")
    assert added["record"]["name"] == word.capitalize()
    piloted.done("undo")
    piloted.done("undo")
    assert f"CR-002 {word.capitalize()}: not in the list any more" in piloted.words


def test_a_rating_that_is_withheld_is_found_as_that_and_not_as_missing(piloted: Shell) -> None:
    piloted.done("pilot", "add", "Nobody rated it")
    piloted.done("pilot", "add", "It is red")
    piloted.done("confidence", "add", "P-03", "--rating", "red", "--narrative", WHY)
    piloted.done("confidence", "add", "P-01", "--rating", "withheld: exempt under Section 43", "--narrative", WHY)

    def refs(condition: str) -> list[str]:
        return [entry["ref"] for entry in piloted.json("pilot", "list", "--where", condition)]

    assert refs("rating=withheld") == ["P-01"]
    assert refs("rating!=withheld") == ["P-02", "P-03"]
    assert refs("rating=") == refs("rating=missing") == ["P-02"]
    assert refs("rating!=") == ["P-01", "P-03"]
    assert refs("assurance=") == ["P-01", "P-02", "P-03"]


def test_conditions_on_ratings_are_in_the_words_of_their_scales(piloted: Shell) -> None:
    piloted.done("programme", "set", "--rating-scale", "rag5")
    rate(piloted, "amber-green")
    piloted.day = date(2026, 10, 2)
    piloted.done("programme", "set", "--rating-scale", "dta5")
    rate(piloted, "medium-high")
    rate(piloted, "low")

    def refs(*conditions: str, kind: str = "confidence") -> list[str]:
        typed = [part for condition in conditions for part in ("--where", condition)]
        return [entry["ref"] for entry in piloted.json(kind, "list", *typed)]

    assert refs("rating=medium-high") == ["CR-002"]
    assert refs("rating=Amber/Green") == ["CR-001"]
    assert refs("rating!=medium-high") == ["CR-001", "CR-003"]
    assert refs("rating!=medium-high|low") == ["CR-001"]
    assert refs("rating=amber-green|low") == ["CR-001", "CR-003"]
    assert refs("rating~medium") == ["CR-002"]
    assert refs("rating~medium|amber") == ["CR-001", "CR-002"]
    assert refs("rating~purple") == []
    assert refs("rating=low", kind="pilot") == ["P-01"]
    assert refs("reported=red", kind="pilot") == []
    assert refs("rating!=red", kind="pilot") == ["P-01"]


def test_a_word_of_no_scale_is_refused_with_those_of_the_programmes(piloted: Shell) -> None:
    refused = piloted.refused(1, "confidence", "add", "P-01", "--rating", "purple")
    assert "Choose one of: green, amber, red, not-rated." in refused
    rate(piloted, "amb")  # of this scale one word begins so
    assert "CR-001 · rating amber" in piloted.words
    piloted.done("programme", "set", "--rating-scale", "dta5")
    refused = piloted.refused(1, "confidence", "add", "P-01", "--rating", "mid")
    assert "Choose one of: high, medium-high, medium, medium-low, low, not-rated." in refused


def test_records_called_by_a_choice_are_named_by_its_word(piloted: Shell) -> None:
    piloted.done("compliance", "add", "dp", "--pilot", "P-01")
    assert "CI-001 · item DPIA" in piloted.words
    piloted.done("undo")
    assert "CI-001 DPIA: not in the list any more" in piloted.words


def test_across_a_change_of_scale_nothing_is_better_or_worse(piloted: Shell) -> None:
    piloted.done("programme", "set", "--rating-scale", "rag5")
    rate(piloted, "amber-red")
    piloted.day = date(2026, 10, 5)
    piloted.done("programme", "set", "--rating-scale", "rag3")
    rate(piloted, "amber")
    printed = " ".join(piloted.done("report", "summary", "--since", "2026-10-01").split())
    assert "improved" not in printed and "worsened" not in printed
    assert "Not comparable, since the scale is another: P-01 (RAG (5 steps), now RAG (3 steps))." in printed
    pack = " ".join(piloted.done("report", "pack", "--since", "2026-10-01").split())
    assert "not comparable: given on RAG (5 steps), now RAG (3 steps)" in pack
    assert "Not comparable, since given on another scale: ◆ Amber/Red on 1 Oct 2026 (RAG (5 steps))." in pack


def test_none_that_is_stated_is_an_answer_and_no_movement(piloted: Shell) -> None:
    rate(piloted, "amber")
    piloted.done("board", "add", "October board", "--meets-on", "2026-10-20")
    piloted.day = date(2026, 10, 20)
    rate(piloted, "withheld: exempt under Section 43", why="Exempt under Section 43 of the FOI Act.")
    assert "there has never been one" not in piloted.done("board", "check", "B-01")
    assert "has no rating" not in piloted.done("board", "check", "B-01")
    printed = " ".join(piloted.done("report", "pack", "--since", "2026-10-01").split())
    assert "No longer rated: ▲ Amber → ⊘ withheld (exempt under Section 43)" in printed
    assert "1 not rated" in printed and "1 worsened" not in printed
    assert "⊘ withheld" in piloted.done("signals")
    assert "Exempt under Section 43 of the FOI Act." in " ".join(piloted.done("pilot", "explain", "P-01").split())
    piloted.day = date(2026, 10, 27)
    rate(piloted, "red")
    printed = " ".join(piloted.done("report", "pack", "--since", "2026-10-20").split())
    assert "Rated: ⊘ withheld → ■ Red" in printed and "1 rated again" in printed
    assert "1 new" not in printed and "1 worsened" not in printed


def test_no_board_is_named_that_did_not_meet(piloted: Shell) -> None:
    rate(piloted, "amber")
    piloted.done("board", "add", "Planned", "--meets-on", "2027-01-04")
    piloted.day = date(2027, 6, 1)
    rate(piloted, "amber")
    explained = piloted.done("pilot", "explain", "P-01")
    assert "boards running" not in explained
    pack = piloted.done("report", "pack")
    assert "confidence by board" not in pack and "at every board" not in pack
    assert "P-01 confidence by report" in pack
    sections = json.loads(piloted.done("report", "pack", "--format", "json"))["sections"]
    (chart,) = (block for part in sections for block in part["blocks"] if block.get("form") == "history")
    assert chart["labels"] == ["1 Oct 2026", "1 Jun 2027"]  # nothing of the board that is only planned


def test_the_narrative_of_a_rating_is_whole_in_the_pack_and_no_sentence_of_it_is_cut(piloted: Shell) -> None:
    long = " ".join(f"word{n}" for n in range(60))
    rate(piloted, "green", why=long)
    assert long in " ".join(piloted.done("report", "pack").split())
    assert long in " ".join(piloted.done("pilot", "show", "P-01").split())
    whole = " ".join(f"programme{n}" for n in range(90))
    piloted.done("confidence", "add", "--rating", "amber", "--narrative", whole)
    assert whole in " ".join(piloted.done("report", "summary").split())
    assert whole in " ".join(piloted.done("report", "pack").split())
    assert whole in " ".join(piloted.done("programme", "show").split())
    assert long in " ".join(piloted.done("pilot", "explain", "P-01").split())
    assert long in " ".join(piloted.done("report", "summary").split())


def test_a_reason_that_stands_is_not_asked_for_again_until_its_review_day(piloted: Shell) -> None:
    late = ("--phase", "alpha", "--start", "2026-06-01", "--baseline-end", "2026-09-01", "--forecast-end", "2027-03-31")
    piloted.done("pilot", "set", "P-01", *late, "--budget", "1000", "--forecast-cost", "2000", "--reason", "Planned")
    reason = ("--divergence-reason", "Training is agreed, and the date holds.", "--review-by", "2026-10-15")
    asked = piloted.refused(1, "confidence", "add", "P-01", "--rating", "green", "--narrative", WHY)
    assert "Your judgement stands if you give the reason" in asked
    rate(piloted, "green", *reason)
    piloted.day = date(2026, 10, 15)
    rate(piloted, "green")
    assert "The reason given in CR-001 on 1 Oct 2026 by ana stands" in piloted.words
    assert "without a reason" not in piloted.done("report", "summary")
    piloted.day = date(2026, 10, 16)
    refused = piloted.refused(1, "confidence", "add", "P-01", "--rating", "green", "--narrative", WHY)
    assert "Your judgement stands if you give the reason" in refused
    assert "lapsed on its review date, 15 Oct 2026" in " ".join(piloted.done("pilot", "explain", "P-01").split())


def test_the_public_version_has_what_assurance_says_where_ratings_are_published(disputed: Shell) -> None:
    disputed.done("pilot", "set", "P-01", "--visibility", "public")
    assert "■ Red" not in disputed.done("report", "public")
    disputed.done("settings", "set", "publish_ratings", "yes", "--reason", "The board agreed")
    printed = " ".join(disputed.done("report", "public").split())
    assert "● Green" in printed and "by assurance ■ Red" in printed and "cost, reported ▲ Amber" in printed
    assert CUT not in printed  # why is for the programme


@pytest.mark.parametrize("width", [*range(60, 201, 20)])
def test_columns_of_signals_never_run_into_each_other(disputed: Shell, width: int) -> None:
    disputed.done("pilot", "add", "Another pilot with quite a long name that has to be broken somewhere")
    with open_programme(disputed.file, read_only=True) as store:
        lines = [text_of(line) for line in page_lines([*programme_page(signals(store, disputed.day))], width)]
    rows = [line.split("○ ○ ○ ○")[0] for line in lines if "○ ○ ○ ○" in line]
    assert len(rows) == 2
    assert all(row.endswith(("  ", "T C B R P A H: ")) for row in rows), rows  # narrow: a record below its name
