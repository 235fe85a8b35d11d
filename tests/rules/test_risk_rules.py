"""Scores, bands, appetite and reviews of risks."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.entities.risk import Risk
from tracker.rules.risk import band, excess, exposure, next_review, review_overdue, score, top
from tracker.rules.setting_texts import settings_from
from tracker.rules.settings import DEFAULTS

steady = settings(derandomize=True, max_examples=100, deadline=None)
DAY = date(2026, 11, 12)


def risk(likelihood: int | None = None, impact: int | None = None, **more: Any) -> Risk:
    values: dict[str, Any] = {"title": "It rains", "status": "open", "raised_on": date(2026, 9, 1), "ref": "R-001"}
    return Risk(**{**values, "likelihood": likelihood, "impact": impact, **more})


@pytest.mark.parametrize(
    ("points", "name"),
    [
        (1, "low"),
        (5, "low"),
        (6, "medium"),
        (12, "medium"),
        (13, "high"),
        (19, "high"),
        (20, "very_high"),
        (25, "very_high"),
    ],
)
def test_bands_begin_at_their_cuts(points: int, name: str) -> None:
    assert band(points, DEFAULTS) == name


def test_a_risk_is_judged_by_the_appetite_for_its_category() -> None:
    assert excess(risk(4, 5, category="legal"), DEFAULTS) == 14
    assert excess(risk(4, 4, category="commercial"), DEFAULTS) == 7
    assert excess(risk(3, 4, category="technology"), DEFAULTS) == 0
    assert excess(risk(2, 5), DEFAULTS) == 1
    assert excess(risk(), DEFAULTS) is None
    assert excess(risk(4, 5, category="legal"), settings_from({"appetite_legal": "eager"})) == 4


@pytest.mark.parametrize(
    ("values", "due"),
    [
        ({"likelihood": 1, "impact": 5}, date(2026, 11, 30)),  # raised and 90 days
        ({"likelihood": 2, "impact": 3}, date(2026, 10, 31)),
        ({"likelihood": 4, "impact": 4}, date(2026, 10, 1)),
        ({"likelihood": 5, "impact": 5}, date(2026, 9, 15)),
        ({}, date(2026, 9, 15)),  # not scored: as soon as a very high one
        ({"likelihood": 4, "impact": 4, "assessed_on": date(2026, 10, 20)}, date(2026, 11, 19)),
        ({"likelihood": 4, "impact": 4, "next_review_on": date(2026, 12, 24)}, date(2026, 12, 24)),
        # A review that has been made does not stay overdue.
        (
            {"likelihood": 4, "impact": 4, "assessed_on": date(2026, 11, 2), "next_review_on": date(2026, 10, 30)},
            date(2026, 12, 2),
        ),
        (  # on the day itself, too
            {"likelihood": 4, "impact": 4, "assessed_on": date(2026, 10, 30), "next_review_on": date(2026, 10, 30)},
            date(2026, 11, 29),
        ),
        (
            {"likelihood": 4, "impact": 4, "assessed_on": date(2026, 10, 1), "next_review_on": date(2026, 10, 30)},
            date(2026, 10, 30),
        ),
    ],
)
def test_the_next_review(values: dict[str, Any], due: date) -> None:
    one = risk(**values)
    assert next_review(one, DEFAULTS) == due
    assert not review_overdue(one, DEFAULTS, due)
    assert review_overdue(one, DEFAULTS, due + timedelta(1))
    assert not review_overdue(risk(**{**values, "status": "closed"}), DEFAULTS, due + timedelta(1))


def test_exposure_counts_what_is_live_and_calls_nothing_low_that_nobody_scored() -> None:
    some = [
        risk(4, 5, category="legal", assessed_on=DAY),
        risk(status="draft", raised_on=DAY),
        risk(1, 2, assessed_on=date(2026, 8, 1)),
        risk(5, 5, status="closed"),
        risk(5, 5, status="became_issue"),
        risk(5, 5, risk_kind="opportunity"),
    ]
    found = exposure(some, DEFAULTS, DAY)
    assert (found.live, found.drafts, found.unscored, found.opportunities) == (3, 1, 1, 1)
    assert dict(found.bands) == {"very_high": 1, "high": 0, "medium": 0, "low": 1}
    assert (found.above, found.points) == (1, 14)
    assert (found.overdue, found.oldest_overdue) == (1, 13)


def test_nothing_recorded_is_no_exposure() -> None:
    found = exposure([], DEFAULTS, DAY)
    assert found.live == found.above == found.overdue == found.oldest_overdue == 0


risks = st.builds(
    risk,
    likelihood=st.none() | st.integers(1, 5),
    impact=st.none() | st.integers(1, 5),
    status=st.sampled_from(["draft", "open", "closed", "became_issue"]),
    category=st.none() | st.sampled_from(Risk.fields()["category"].choices),
    risk_kind=st.sampled_from(["threat", "opportunity"]),
    ref=st.integers(1, 99).map(lambda n: f"R-{n:03}"),
    raised_on=st.dates(date(2025, 1, 1), DAY),
)


@steady
@given(st.lists(risks, max_size=12))
def test_every_live_threat_is_in_one_band_or_not_scored(some: list[Risk]) -> None:
    found = exposure(some, DEFAULTS, DAY)
    assert sum(n for _, n in found.bands) + found.unscored == found.live
    assert found.live + found.opportunities + sum(r.status in ("closed", "became_issue") for r in some) == len(some)
    assert found.above <= found.live - found.unscored
    assert (found.points > 0) == (found.above > 0)
    assert found == exposure(list(reversed(some)), DEFAULTS, DAY)


@steady
@given(st.lists(risks, max_size=12), st.integers(1, 5))
def test_the_top_risks_are_live_threats_with_the_highest_scores(some: list[Risk], most: int) -> None:
    shown = top(some, DEFAULTS, most)
    points = [score(one) or 0 for one in shown]
    assert points == sorted(points, reverse=True)
    assert len(shown) == min(most, exposure(some, DEFAULTS, DAY).live)
    left = [score(one) or 0 for one in some if one in top(some, DEFAULTS, 99) and one not in shown]
    assert max(left, default=0) <= min(points, default=25)
