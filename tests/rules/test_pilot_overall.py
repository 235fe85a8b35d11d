"""The seven dimensions put together, what is stale, and what people report beside the evidence."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from rules.evidence_cases import DAY, evidence, make, pilot

from tracker.rules.day import Move
from tracker.rules.signals.pilot.overall import DIMENSIONS, Overall, overall_signal, pilot_evidence
from tracker.rules.signals.pilot.reported import divergence
from tracker.rules.signals.result import Finding, Signal

LETTERS = {"g": "green", "a": "amber", "r": "red", "-": "grey", "e": "too_early"}
REASON = "The supplier has signed; the evidence will follow."


def signals(letters: str) -> dict[str, Signal]:
    """Return the seven dimensions, a letter for each: g, a, r, - (no data) or e (too early)."""
    return {
        name: Signal(name, name.capitalize(), LETTERS[letter]) for name, letter in zip(DIMENSIONS, letters, strict=True)
    }


def overall(letters: str, *reports: Any, one: Any = None, **more: Any) -> Overall:
    one = one or pilot()
    return overall_signal(evidence(one, *reports, **more), one, signals(letters))


def report(rating: str, ago: int = 3, **facts: Any) -> Any:
    ref = facts.pop("ref", "")
    return make("confidence", ref, pilot="P-01", rating=rating, as_of=DAY - timedelta(ago), **facts)


def flags(made: Overall) -> dict[str, Finding]:
    return {one.id: one for one in made.report.flags}


@pytest.mark.parametrize(  # time, cost, benefits, risk, people, assurance, rhythm
    ("letters", "level", "rule"),
    [
        ("ggggggg", "green", "green"),
        ("ggg-e-g", "green", "green"),
        ("gg--e-g", "not_enough", "not_enough"),
        ("rrr----", "not_enough", "not_enough"),
        ("-------", "not_enough", "not_enough"),
        ("aggg---", "green", "green"),
        ("aagg---", "amber", "two_amber"),
        ("aaaaaaa", "amber", "two_amber"),
        ("rggg---", "amber", "one_red"),
        ("raaagaa", "amber", "one_red"),
        ("rrggggg", "red", "two_red"),
        ("gggggrg", "red", "assurance"),
        ("rgggarg", "red", "assurance"),
    ],
)
def test_dimensions_make_a_level(letters: str, level: str, rule: str) -> None:
    made = overall(letters)
    assert (made.level, made.decided.level, made.decided.id) == (level, level, f"overall.{rule}")


def test_how_many_dimensions_are_needed_is_a_setting() -> None:
    assert overall("gg--e-g", dimensions_needed=3).level == "green"
    assert overall("ggggg--", dimensions_needed=6).level == "not_enough"


def test_the_rule_that_decided_is_told_with_the_dimensions_that_did() -> None:
    assert overall("rragggg").decided.sentence == (
        "2 dimensions are red, and two are enough for red (red: time, cost; amber: benefits)."
    )
    few = overall("rg-----").decided
    assert few.sentence == "Only 2 of 7 dimensions have data, and 4 are needed (red: time)."
    assert (few.value, few.threshold) == ("2 dimensions", "4 dimensions")


@pytest.mark.parametrize(
    ("letters", "near", "borderline"),
    [
        ("aaggggg", ("time",), True),
        ("aaggggg", (), False),
        ("aaagggg", ("time",), False),  # two others hold it
        ("aaagggg", ("time", "cost"), True),
        ("rrggggg", ("cost",), True),
        ("gggggrg", ("time",), False),
        ("ggggggg", ("time",), False),
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
        (21, "ggggggg", "green", None),
        (22, "ggggggg", "not_enough", 22),
        (22, "aaggggg", "amber", 22),
        (22, "rrggggg", "red", 22),
        (22, "gg-----", "not_enough", 22),
        (None, "ggggggg", "not_enough", None),
    ],
)
def test_what_is_stale_is_never_green(age: int | None, letters: str, level: str, days: int | None) -> None:
    updated = {} if age is None else {"P-01": DAY - timedelta(age)}
    made = overall(letters, report("green"), updated=updated)
    assert (made.level, made.stale_days) == (level, days)
    assert (made.stale is None) is (age == 21)
    if level == "not_enough":
        assert made.report.sort_rating == ("not_rated" if age != 21 else "green")
    if letters == "ggggggg" and age != 21:
        assert made.decided.id == "overall.stale"


def test_the_days_that_make_a_pilot_stale_are_the_programmes() -> None:
    programme = make("programme", "PRG-01", name="Programme", staleness_days=10)
    made = overall("aaggggg", programme, updated={"P-01": DAY - timedelta(11)})
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
    watched = overall("rrggggg", report("green", ref="CR-007"))
    assert flags(watched)["reported.divergence"].sentence == (
        "Reported green, 2 steps better than the evidence, which is red; no reason is given."
    )
    assert flags(watched)["reported.divergence"].level == "watch"
    assert flags(watched)["reported.divergence"].records == ("CR-007",)
    assert watched.report.sort_rating == "red"
    worse = overall("ggggggg", report("red"))
    assert (worse.report.divergence, worse.report.flags, worse.report.sort_rating) == (-2, (), "red")
    silent = overall("rrggggg")
    assert (silent.report.rating, silent.report.sort_rating) == (None, "red")
    assert overall("-------").report.sort_rating == "not_rated"
    assert overall("-------", report("amber")).report.sort_rating == "amber"


@pytest.mark.parametrize(
    ("letters", "was", "review_in", "state"),
    [
        ("aaggggg", "amber", 5, "active"),
        ("aaggggg", "amber", 0, "active"),  # the day itself is for the review
        ("aaggggg", "amber", -1, "lapsed"),
        ("aaggggg", "amber", None, "active"),
        ("rrggggg", "amber", 5, "lapsed"),
        ("rrggggg", "red", 5, "active"),
        ("aaggggg", "red", 5, "active"),
        ("rrggggg", None, 5, "active"),
        ("aaggggg", "not_enough", 5, "lapsed"),
        ("gg-----", "amber", 5, "active"),
        ("ggggggg", "amber", 5, "none"),
    ],
)
def test_an_override_lapses(letters: str, was: str | None, review_in: int | None, state: str) -> None:
    until = None if review_in is None else DAY + timedelta(review_in)
    made = overall(letters, report("green", divergence_reason=REASON, review_by=until, evidence_signal=was))
    assert made.report.override.state == state
    assert made.report.reason == REASON
    assert made.report.rating == "green"
    assert ("reported.divergence" in flags(made)) is (state == "lapsed")
    assert ("reported.override" in flags(made)) is (letters not in ("ggggggg", "gg-----"))


def test_an_override_is_told_with_its_author_and_its_end() -> None:
    author = make("person", "PER-001", display_name="Delivery lead, Housing")
    given = report(
        "green", ref="CR-007", by="PER-001", divergence_reason=REASON, review_by=DAY, evidence_signal="amber"
    )
    assert overall("aaggggg", author, given).report.override.sentence == (
        "The reason given in CR-007 on 9 Nov 2026 by Delivery lead, Housing stands, to be reviewed by 12 Nov 2026: "
        "The supplier has signed; the evidence will follow."
    )
    assert overall("rrggggg", given).report.override.sentence == (
        "The reason given in CR-007 on 9 Nov 2026 lapsed, as the evidence has since worsened from amber to red."
    )
    assert overall("rrggggg", report("green")).report.override == ("none", "")


def test_only_the_newest_report_of_the_team_counts() -> None:
    others = [
        report("red", 1, rating_kind="assurance"),
        report("red", 1, dimension="cost"),
        make("confidence", pilot="P-02", rating="red", as_of=DAY),
    ]
    reports = [report("amber", 3), report("green", 30, divergence_reason=REASON), *others]
    made = overall("rrggggg", *reports)
    assert (made.report.rating, made.report.override.state) == ("amber", "none")
    assert overall("rrggggg", report("amber", 3), report("green", 3)).report.rating == "green"


def moved(*ago: int) -> dict[tuple[str, str], list[Move]]:
    end = date(2026, 12, 1)
    return {("P-01", "forecast_end"): [Move(DAY - timedelta(one), end, end + timedelta(1)) for one in sorted(ago)]}


@pytest.mark.parametrize(
    ("ago", "flagged"),
    [((1, 20, 69), True), ((1, 20, 70), False), ((1, 20), False), ((0, 0, 0), True), ((), False)],
)
def test_a_forecast_moved_three_times_since_two_boards_ago(ago: tuple[int, ...], flagged: bool) -> None:
    assert ("reported.redated" in flags(overall("ggggggg", moves=moved(*ago)))) is flagged


def test_the_first_forecast_is_no_new_date() -> None:
    moves = moved(1, 2)
    moves["P-01", "forecast_end"].insert(0, Move(DAY - timedelta(3), None, DAY))
    assert "reported.redated" not in flags(overall("ggggggg", moves=moves))


@pytest.mark.parametrize(
    ("reports", "flagged"),
    [
        ([("amber", 110), ("amber", 75), ("amber", 40), ("amber", 5)], True),
        ([("amber", 105)], True),  # it stood at four boards, 35 days apart
        ([("amber", 104)], False),
        ([("amber_green", 110), ("amber_red", 60)], True),
        ([("amber", 110), ("green", 60), ("amber", 40)], False),
        ([("amber", 110), ("red", 3)], False),
        ([], False),
    ],
)
def test_amber_at_four_boards_running(reports: list[tuple[str, int]], flagged: bool) -> None:
    made = overall("ggggggg", *(report(rating, ago) for rating, ago in reports))
    assert ("reported.amber" in flags(made)) is flagged


def test_a_narrative_that_was_copied() -> None:
    same = "All is going well, we think."
    copied = [report("green", ago, narrative=text) for ago, text in ((60, "Before."), (40, same), (5, f" {same}\n"))]
    found = flags(overall("ggggggg", *copied))["reported.unchanged"]
    assert found.sentence == "The narrative is word for word unchanged since 3 Oct 2026."
    other = [*copied, report("green", 1, narrative="Now it is not.")]
    assert "reported.unchanged" not in flags(overall("ggggggg", *other))
    assert "reported.unchanged" not in flags(overall("ggggggg", report("green", 9), report("green", 3)))
    # A correction of the last report repeats it rightly.
    mended = report("amber", 5, narrative=same, supersedes="CR-001")
    wrong = report("green", 5, ref="CR-001", narrative=same)
    assert "reported.unchanged" not in flags(overall("ggggggg", wrong, mended))


def test_everything_of_a_pilot_is_put_together_and_goes_into_json() -> None:
    one = pilot(name="Housing repairs")
    given = [Signal("benefits", "Benefits", "grey", missing=("a metric",)), Signal("people", "People", "red")]
    result = pilot_evidence(evidence(one), one, *given)
    assert tuple(result.dimensions) == DIMENSIONS
    assert (result.ref, result.name, result.phase, result.reported) == ("P-01", "Housing repairs", "private_beta", None)
    assert {"a metric", "the budget", "a reported rating"} <= set(result.missing)
    told = json.loads(json.dumps(result.data()))
    assert told["dimensions"]["people"]["level"] == "red"
    assert told["override"] == {"state": "none", "sentence": ""}
    assert told["decided"]["id"] == "overall.not_enough"
    assert [one["id"] for one in told["flags"]] == []
