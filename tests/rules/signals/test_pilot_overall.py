"""The dimensions put together, what is stale, and what people report beside the evidence."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from rules.evidence_cases import DAY, evidence, make, pilot

from tracker.ratings import Rated
from tracker.rules.day import Move
from tracker.rules.signals.pilot.overall import DIMENSIONS, Overall, dimension_signals, overall_signal, pilot_evidence
from tracker.rules.signals.pilot.reported import divergence
from tracker.rules.signals.result import Finding, Signal

LEVELS = {"g": "green", "a": "amber", "r": "red", "e": "too_early"}
REASON = "The supplier has signed; the evidence will follow."


def signals(letters: str) -> dict[str, Signal]:
    """Return the dimensions: the letter of each with that of its level, g, a, r or e (too early); else no data."""
    levels = {word[0]: LEVELS[word[1]] for word in letters.split()}
    return {each.name: Signal(each.name, each.label, levels.get(each.letter, "grey")) for each in DIMENSIONS}


def overall(letters: str, *reports: Any, one: Any = None, **more: Any) -> Overall:
    one = one or pilot()
    return overall_signal(evidence(one, *reports, **more), one, signals(letters))


def report(rating: str, ago: int = 3, **facts: Any) -> Any:
    ref = facts.pop("ref", "")
    return make("confidence", ref, pilot="P-01", rating=rating, as_of=DAY - timedelta(ago), **facts)


def flags(made: Overall) -> dict[str, Finding]:
    return {one.id: one for one in made.report.flags}


@pytest.mark.parametrize(
    ("letters", "level", "rule"),
    [
        ("Tg Cg Bg Rg Pg Ag Hg", "green", "green"),
        ("Tg Cg Bg Pe Hg", "green", "green"),
        ("Tg Cg Pe Hg", "not_enough", "not_enough"),
        ("Tr Cr Br", "not_enough", "not_enough"),
        ("", "not_enough", "not_enough"),
        ("Ta Cg Bg Rg", "green", "green"),
        ("Ta Ca Bg Rg", "amber", "two_amber"),
        ("Ta Ca Ba Ra Pa Aa Ha", "amber", "two_amber"),
        ("Tr Cg Bg Rg", "amber", "one_red"),
        ("Tr Ca Ba Ra Pg Aa Ha", "amber", "one_red"),
        ("Tr Cr Bg Rg Pg Ag Hg", "red", "two_red"),
        ("Tg Cg Bg Rg Pg Ar Hg", "red", "assurance"),
        ("Tr Cg Bg Rg Pa Ar Hg", "red", "assurance"),
    ],
)
def test_dimensions_make_a_level(letters: str, level: str, rule: str) -> None:
    made = overall(letters)
    assert (made.level, made.decided.level, made.decided.id) == (level, level, f"overall.{rule}")


def test_how_many_dimensions_are_needed_is_a_setting() -> None:
    assert overall("Tg Cg Pe Hg", dimensions_needed=3).level == "green"
    assert overall("Tg Cg Bg Rg Pg", dimensions_needed=6).level == "not_enough"


def test_the_rule_that_decided_is_told_with_the_dimensions_that_did() -> None:
    assert overall("Tr Cr Ba Rg Pg Ag Hg").decided.sentence == (
        "2 dimensions are red, and two are enough for red (red: time, cost; amber: benefits)."
    )
    few = overall("Tr Cg").decided
    assert few.sentence == f"Only 2 of {len(DIMENSIONS)} dimensions have data, and 4 are needed (red: time)."
    assert (few.value, few.threshold) == ("2 dimensions", "4 dimensions")


@pytest.mark.parametrize(
    ("letters", "near", "borderline"),
    [
        ("Ta Ca Bg Rg Pg Ag Hg", ("time",), True),
        ("Ta Ca Bg Rg Pg Ag Hg", (), False),
        ("Ta Ca Ba Rg Pg Ag Hg", ("time",), False),  # two others hold it
        ("Ta Ca Ba Rg Pg Ag Hg", ("time", "cost"), True),
        ("Tr Cr Bg Rg Pg Ag Hg", ("cost",), True),
        ("Tg Cg Bg Rg Pg Ar Hg", ("time",), False),
        ("Tg Cg Bg Rg Pg Ag Hg", ("time",), False),
    ],
)
def test_a_level_that_rests_on_borderline_values_says_so(letters: str, near: tuple[str, ...], borderline: bool) -> None:
    found = {
        name: signal._replace(findings=(Finding("x", signal.level, "X.", borderline=name in near),))
        for name, signal in signals(letters).items()
    }
    assert overall_signal(evidence(pilot()), pilot(), found).decided.borderline is borderline


@pytest.mark.parametrize(
    ("age", "letters", "level", "days"),
    [
        (21, "Tg Cg Bg Rg Pg Ag Hg", "green", None),
        (22, "Tg Cg Bg Rg Pg Ag Hg", "not_enough", 22),
        (22, "Ta Ca Bg Rg Pg Ag Hg", "amber", 22),
        (22, "Tr Cr Bg Rg Pg Ag Hg", "red", 22),
        (22, "Tg Cg", "not_enough", 22),
        (None, "Tg Cg Bg Rg Pg Ag Hg", "not_enough", None),
    ],
)
def test_what_is_stale_is_never_green(age: int | None, letters: str, level: str, days: int | None) -> None:
    updated = {} if age is None else {"P-01": DAY - timedelta(age)}
    made = overall(letters, report("green"), updated=updated)
    assert (made.level, made.stale_days) == (level, days)
    assert (made.stale is None) is (age == 21)
    if level == "not_enough":
        assert made.report.sort_rating == ("not_rated" if age != 21 else "green")
    if letters == "Tg Cg Bg Rg Pg Ag Hg" and age != 21:
        assert made.decided.id == "overall.stale"


def test_the_days_that_make_a_pilot_stale_are_the_programmes() -> None:
    programme = make("programme", "PRG-01", name="Programme", staleness_days=10)
    made = overall("Ta Ca Bg Rg Pg Ag Hg", programme, updated={"P-01": DAY - timedelta(11)})
    assert made.stale is not None
    assert made.stale.sentence == (
        "STALE 11 days: the last update that matters was on 1 Nov 2026; more than 10 days is stale."
    )
    assert made.stale.level == "watch"


@pytest.mark.parametrize(
    ("rating", "level", "steps"),
    [
        ("green", "green", 0),
        ("green", "amber", 1),
        ("green", "red", 2),
        ("amber_green", "amber", 0),  # half a step
        ("amber_green", "red", 1),
        ("amber", "red", 1),
        ("amber_red", "red", 0),
        ("amber", "amber", 0),
        ("amber", "green", -1),
        ("red", "green", -2),
        ("amber_green", "green", 0),
        ("amber_red", "green", -1),
        ("green", "not_enough", 0),
        (None, "red", 0),
        ("not_rated", "red", 0),
    ],
)
def test_divergence_counts_whole_steps(rating: str | None, level: str, steps: int) -> None:
    assert divergence(rating, level) == steps


def test_a_better_rating_asks_for_a_reason_and_a_worse_one_does_not() -> None:
    watched = overall("Tr Cr Bg Rg Pg Ag Hg", report("green", ref="CR-007"))
    assert flags(watched)["reported.divergence"].sentence == (
        "Reported green, 2 steps better than the evidence, which is red; no reason is given."
    )
    assert flags(watched)["reported.divergence"].level == "watch"
    assert flags(watched)["reported.divergence"].records == ("CR-007",)
    assert watched.report.sort_rating == "red"
    worse = overall("Tg Cg Bg Rg Pg Ag Hg", report("red"))
    assert (worse.report.divergence, worse.report.flags, worse.report.sort_rating) == (-2, (), "red")
    silent = overall("Tr Cr Bg Rg Pg Ag Hg")
    assert (silent.report.rating, silent.report.sort_rating) == (None, "red")
    assert overall("").report.sort_rating == "not_rated"
    assert overall("", report("amber")).report.sort_rating == "amber"


@pytest.mark.parametrize(
    ("letters", "was", "review_in", "state"),
    [
        ("Ta Ca Bg Rg Pg Ag Hg", "amber", 5, "active"),
        ("Ta Ca Bg Rg Pg Ag Hg", "amber", 0, "active"),  # the day itself is for the review
        ("Ta Ca Bg Rg Pg Ag Hg", "amber", -1, "lapsed"),
        ("Ta Ca Bg Rg Pg Ag Hg", "amber", None, "active"),
        ("Tr Cr Bg Rg Pg Ag Hg", "amber", 5, "lapsed"),
        ("Tr Cr Bg Rg Pg Ag Hg", "red", 5, "active"),
        ("Ta Ca Bg Rg Pg Ag Hg", "red", 5, "active"),
        ("Tr Cr Bg Rg Pg Ag Hg", None, 5, "active"),
        ("Ta Ca Bg Rg Pg Ag Hg", "not_enough", 5, "lapsed"),
        ("Tg Cg", "amber", 5, "active"),
        ("Tg Cg Bg Rg Pg Ag Hg", "amber", 5, "none"),
        ("Tg Cg Bg Rg Pg Ag Hg", "amber", -1, "none"),  # nor does it lapse: there is no difference any more
    ],
)
def test_an_override_lapses(letters: str, was: str | None, review_in: int | None, state: str) -> None:
    until = None if review_in is None else DAY + timedelta(review_in)
    made = overall(letters, report("green", divergence_reason=REASON, review_by=until, evidence_signal=was))
    assert made.report.override.state == state
    assert made.report.reason == ("" if state == "none" else REASON)
    assert made.report.rating == "green"
    assert ("reported.divergence" in flags(made)) is (state == "lapsed")
    assert ("reported.override" in flags(made)) is (letters not in ("Tg Cg Bg Rg Pg Ag Hg", "Tg Cg"))


def test_an_override_is_told_with_its_author_and_its_end() -> None:
    author = make("person", "PER-001", display_name="Delivery lead, Housing")
    given = report(
        "green", ref="CR-007", by="PER-001", divergence_reason=REASON, review_by=DAY, evidence_signal="amber"
    )
    assert overall("Ta Ca Bg Rg Pg Ag Hg", author, given).report.override.sentence == (
        "The reason given in CR-007 on 9 Nov 2026 by Delivery lead, Housing stands, to be reviewed by 12 Nov 2026: "
        "The supplier has signed; the evidence will follow."
    )
    assert overall("Tr Cr Bg Rg Pg Ag Hg", given).report.override.sentence == (
        "The reason given in CR-007 on 9 Nov 2026 lapsed, as the evidence has since worsened from amber to red."
    )
    assert overall("Tr Cr Bg Rg Pg Ag Hg", report("green")).report.override == ("none", "")


def test_a_reason_is_told_as_what_it_was_where_rating_and_evidence_agree_again() -> None:
    usual = {"divergence_reason": REASON, "review_by": DAY, "evidence_signal": "amber"}
    given = report("green", 20, ref="CR-007", **usual)
    agreeing = overall("Ta Ca Bg Rg Pg Ag Hg", given, report("amber", 5)).report
    was = "The reason given in CR-007 on 23 Oct 2026 was for a difference that no longer stands."
    assert (agreeing.divergence, agreeing.reason, agreeing.override) == (0, "", ("none", was))
    again = overall("Ta Ca Bg Rg Pg Ag Hg", given, report("amber", 5), report("green", 1)).report
    assert (again.override.state, again.reason) == ("active", REASON)


def test_only_the_newest_report_of_the_team_counts() -> None:
    others = [
        report("red", 1, rating_kind="assurance"),
        report("red", 1, dimension="cost"),
        make("confidence", pilot="P-02", rating="red", as_of=DAY),
    ]
    reports = [report("amber", 3), report("green", 30, divergence_reason=REASON), *others]
    made = overall("Tr Cr Bg Rg Pg Ag Hg", *reports)
    assert (made.report.rating, made.report.override.state) == ("amber", "none")
    assert overall("Tr Cr Bg Rg Pg Ag Hg", report("amber", 3), report("green", 3)).report.rating == "green"


def moved(*ago: int) -> dict[tuple[str, str], list[Move]]:
    end = date(2026, 12, 1)
    return {("P-01", "forecast_end"): [Move(DAY - timedelta(one), end, end + timedelta(1)) for one in sorted(ago)]}


@pytest.mark.parametrize(
    ("ago", "flagged"),
    [((1, 20, 69), True), ((1, 20, 70), False), ((1, 20), False), ((0, 0, 0), True), ((), False)],
)
def test_a_forecast_moved_three_times_since_two_boards_ago(ago: tuple[int, ...], flagged: bool) -> None:
    assert ("reported.redated" in flags(overall("Tg Cg Bg Rg Pg Ag Hg", moves=moved(*ago)))) is flagged


def test_the_first_forecast_is_no_new_date() -> None:
    moves = moved(1, 2)
    moves["P-01", "forecast_end"].insert(0, Move(DAY - timedelta(3), None, DAY))
    assert "reported.redated" not in flags(overall("Tg Cg Bg Rg Pg Ag Hg", moves=moves))


def board(ago: int, status: str = "published") -> Any:
    return make("board", meets_on=DAY - timedelta(ago), status=status)


@pytest.mark.parametrize(
    ("reports", "flagged"),
    [
        ([("amber", 110), ("amber", 75), ("amber", 40), ("amber", 5)], True),
        ([("amber", 105)], True),  # four boards met while it stood
        ([("amber", 104)], False),
        ([("amber_green", 110), ("amber_red", 60)], False),  # each shade is a rating of its own
        ([("amber_green", 110), ("amber_green", 60)], True),
        ([("amber", 110), ("green", 60), ("amber", 40)], False),
        ([("amber", 110), ("red", 3)], False),
        ([], False),
    ],
)
def test_amber_at_four_boards_running(reports: list[tuple[str, int]], flagged: bool) -> None:
    boards = [board(ago) for ago in (105, 70, 35, 0)]
    made = overall("Tg Cg Bg Rg Pg Ag Hg", *(report(rating, ago) for rating, ago in reports), *boards)
    assert ("reported.amber" in flags(made)) is flagged


def test_boards_that_did_not_meet_and_ratings_on_another_scale_make_no_run() -> None:
    met = [board(105, "held"), board(70, "minutes_draft"), board(35), board(0)]
    found = flags(overall("Tg Cg Bg Rg Pg Ag Hg", report("amber_green", 110), *met))["reported.amber"]
    assert found.sentence.startswith("Reported amber/green at 4 boards running (B-")
    assert found.sentence.endswith("since 25 Jul 2026: that tells the board little.")
    planned = [*met[:3], board(0, "frozen")]
    assert "reported.amber" not in flags(overall("Tg Cg Bg Rg Pg Ag Hg", report("amber", 300), *planned))
    assert "reported.amber" not in flags(overall("Tg Cg Bg Rg Pg Ag Hg", report("amber", 300)))
    scales = [report(Rated("amber", "rag5"), 110), report(Rated("amber", "rag3"), 20)]
    assert "reported.amber" not in flags(overall("Tg Cg Bg Rg Pg Ag Hg", *scales, *met))


def test_two_boards_ago_is_said_of_boards_that_met() -> None:
    moves = moved(1, 2, 3)
    alone = flags(overall("Tg Cg Bg Rg Pg Ag Hg", moves=moves))["reported.redated"]
    assert alone.sentence == "The forecast end was moved 3 times in the last 70 days."
    met = flags(overall("Tg Cg Bg Rg Pg Ag Hg", board(10), board(40), moves=moves))["reported.redated"]
    assert met.sentence == "The forecast end was moved 3 times since 3 Oct 2026, two boards ago."


def test_what_assurance_or_a_dimension_says_worse_is_a_signal_that_says_who_and_when() -> None:
    people = [make("person", "PER-001", display_name="Anna Berg"), make("person", "PER-002", display_name="Ben Cole")]
    main = report("green", 3, ref="CR-001", by="PER-001")
    assured = report("red", 30, ref="CR-002", by="PER-002", rating_kind="assurance")
    cost = report("amber", 2, ref="CR-003", by="PER-001", dimension="cost")
    better = report("green", 1, ref="CR-004", dimension="time")
    made = overall("Tg Cg Bg Rg Pg Ag Hg", main, assured, cost, better, *people)
    found = flags(made)
    assert found["reported.assurance"].sentence == (
        "Assurance says red (CR-002, Ben Cole, 13 Oct 2026), "
        "worse than the green reported for the whole (CR-001, Anna Berg, 9 Nov 2026)."
    )
    assert found["reported.dimension"].sentence.startswith("The team reports amber for cost (CR-003, Anna Berg, ")
    assert found["reported.dimension"].records == ("CR-003", "CR-001")
    assert made.report.sort_rating == "red"
    newer = report("green", 1, rating_kind="assurance")
    assert "reported.assurance" not in flags(overall("Tg Cg Bg Rg Pg Ag Hg", main, assured, newer))


def test_a_disagreement_across_scales_names_both() -> None:
    main = report(Rated("green", "rag3"), 3)
    assured = report(Rated("amber_red", "dta5"), 30, rating_kind="assurance")
    sentence = flags(overall("Tg Cg Bg Rg Pg Ag Hg", main, assured))["reported.assurance"].sentence
    assert sentence.startswith("Assurance says medium-low (")
    assert sentence.endswith("The two are on different scales: Confidence (5 steps), RAG (3 steps).")


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ({}, {}, "active"),  # the reason goes for the next report, too
        ({"review_by": DAY - timedelta(1)}, {}, "lapsed"),  # it stood when that was given, and lapsed since
        ({"review_by": DAY - timedelta(9)}, {}, "none"),  # it had lapsed before
        ({"review_by": None}, {}, "none"),  # until when it stands nobody said
        ({"rating": "amber"}, {}, "none"),  # another one, further from the evidence
        ({"rating": Rated("green", "rag5")}, {"rating": Rated("green", "dta5")}, "none"),
        ({"evidence_signal": "amber"}, {}, "none"),  # the difference was smaller then
    ],
)
def test_a_reason_that_stands_goes_for_later_reports(first: dict[str, Any], second: dict[str, Any], state: str) -> None:
    usual = {"rating": "green", "divergence_reason": REASON, "review_by": DAY, "evidence_signal": "red"}
    reasoned = {**usual, **first}
    reports = [report(reasoned.pop("rating"), 20, **reasoned), report(second.get("rating", "green"), 5)]
    made = overall("Tr Cr Bg Rg Pg Ag Hg", *reports)
    assert made.level == "red"
    assert made.report.override.state == state


def test_a_narrative_that_was_copied() -> None:
    same = "All is going well, we think."
    copied = [report("green", ago, narrative=text) for ago, text in ((60, "Before."), (40, same), (5, f" {same}\n"))]
    found = flags(overall("Tg Cg Bg Rg Pg Ag Hg", *copied))["reported.unchanged"]
    assert found.sentence == "The narrative is word for word unchanged since 3 Oct 2026."
    other = [*copied, report("green", 1, narrative="Now it is not.")]
    assert "reported.unchanged" not in flags(overall("Tg Cg Bg Rg Pg Ag Hg", *other))
    assert "reported.unchanged" not in flags(overall("Tg Cg Bg Rg Pg Ag Hg", report("green", 9), report("green", 3)))
    # A correction of the last report repeats it rightly.
    mended = report("amber", 5, narrative=same, supersedes="CR-001")
    wrong = report("green", 5, ref="CR-001", narrative=same)
    assert "reported.unchanged" not in flags(overall("Tg Cg Bg Rg Pg Ag Hg", wrong, mended))


def test_everything_of_a_pilot_is_put_together_and_goes_into_json() -> None:
    one = pilot(name="Housing repairs")
    benefits, people = Signal("benefits", "Benefits", "grey", missing=("a metric",)), Signal("people", "People", "red")
    dimensions = {**dimension_signals(evidence(one), one), "benefits": benefits, "people": people}
    result = pilot_evidence(evidence(one), one, dimensions)
    assert list(result.dimensions) == [dimension.name for dimension in DIMENSIONS]
    assert (result.ref, result.name, result.phase, result.reported) == ("P-01", "Housing repairs", "private_beta", None)
    assert {"a metric", "the budget", "a reported rating"} <= set(result.missing)
    told = json.loads(json.dumps(result.data()))
    assert told["dimensions"]["people"]["level"] == "red"
    assert told["override"] == {"state": "none", "sentence": ""}
    assert told["decided"]["id"] == "overall.not_enough"
    assert [one["id"] for one in told["flags"]] == []
