"""What became of the ratings beside what the team reports of the whole: of assurance, and of single dimensions."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.changes_cases import NOW, PREV, steady, told
from rules.evidence_cases import make

from tracker.entities import Entity
from tracker.ratings import RATINGS, SCALES, Rated, comparable, worse_than

PILOT = make("pilot", "P-02", name="Housing repairs")
WHY = "The supplier asks for a third more."


def report(rating: str, as_of: date, ref: str, scale: str = "rag3", **facts: Any) -> Any:
    plain = {"pilot": "P-02", "dimension": "cost", "rating_kind": "reported", "narrative": WHY}
    return make("confidence", ref, as_of=as_of, rating=Rated(rating, scale), rating_scale=scale, **{**plain, **facts})


GREEN = report("green", PREV, "CR-1")


@pytest.mark.parametrize(
    ("newer", "change"),
    [
        (report("red", NOW, "CR-2"), ("worsened", "cost (reported): ● Green → ■ Red: The supplier")),
        (
            report("red", NOW, "CR-2", "rag5"),
            ("not_comparable", "cost (reported): ● Green → ■ Red (not comparable: given on RAG (3 steps), now RAG"),
        ),
        (report("not_rated", NOW, "CR-2"), ("unrated", "cost (reported) no longer rated: ● Green → ○ Not rated")),
        (
            report("amber", NOW, "CR-2", rating_kind="assurance"),
            ("first_rated", "cost (by assurance) first rating: ▲ Amber"),
        ),
        (report("amber", NOW, "CR-2", dimension="time"), ("first_rated", "time (reported) first rating: ▲ Amber")),
        (report("green", NOW, "CR-2"), None),
    ],
)
def test_what_became_of_a_dimension_is_told_with_its_reason(newer: Entity, change: tuple[str, str] | None) -> None:
    news = told([PILOT, GREEN], [PILOT, GREEN, newer])
    if change is None:
        assert news == []
        return
    ((group, sentence),) = news
    assert (group, sentence.partition(": ")[2][: len(change[1])]) == change


def test_ratings_of_the_programme_itself_are_told_too() -> None:
    programme = make("programme", "PRG-01", name="Services")
    whole: dict[str, Any] = {"pilot": None, "dimension": "overall"}
    sides = report("green", PREV, "CR-1", **whole), report("amber", NOW, "CR-2", **whole)
    ((group, sentence),) = told([programme, sides[0]], [programme, *sides])
    assert (group, "● Green → ▲ Amber" in sentence) == ("worsened", True)


def test_a_report_that_is_hidden_on_one_of_the_days_is_not_told_by_the_comparison() -> None:
    hidden = report("red", NOW, "CR-2", visibility="restricted")
    assert told([PILOT, GREEN], [PILOT, GREEN, hidden]) == []
    assert told([PILOT, GREEN, hidden], [PILOT, GREEN]) == []
    assert told([PILOT, hidden], [PILOT, report("green", NOW, "CR-2")]) == []


judged = st.builds(Rated, st.sampled_from(RATINGS), st.sampled_from([*SCALES]))


@steady
@given(judged, judged, st.sampled_from(["cost", "assurance"]), st.sampled_from(["reported", "assurance"]))
def test_a_dimension_is_better_or_worse_on_one_scale_only(old: Rated, new: Rated, of: str, kind: str) -> None:
    facts = {"dimension": of, "rating_kind": kind}
    first = report(str(old), PREV, "CR-1", old.scale, **facts)
    second = report(str(new), NOW, "CR-2", new.scale, **facts)
    groups = {group for group, _ in told([PILOT, first], [PILOT, first, second])}
    assert ("worsened" in groups) is (comparable(old, new) and worse_than(new, old))
    assert ("improved" in groups) is (comparable(old, new) and worse_than(old, new))
    assert ("not_comparable" in groups) is (old.scale != new.scale)
