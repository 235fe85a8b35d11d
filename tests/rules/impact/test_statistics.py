"""Intervals and sample sizes: the vectors of the design, scipy and statsmodels where they are, and what must hold."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.rules.impact import statistics as s
from tracker.rules.impact.student import NotPossible, t_quantile_above, t_tail

BEFORE, AFTER = (22, 31, 40, 70, 37), (9, 14, 30, 96, 71)
few = settings(derandomize=True, deadline=None, max_examples=60)


def near(digits: int) -> Any:
    """Return a way to compare with a number that the page gives to so many decimals."""
    return lambda value: pytest.approx(value, rel=0, abs=0.5000001 * 10**-digits)


@pytest.mark.parametrize(
    ("found", "page", "digits"),
    [
        (s.wilson(23, 60), (0.270882723741, 0.509824041759), 12),
        (s.wilson(0, 12), (0, 0.242494006655), 12),
        (s.newcombe(18, 72, 23, 60)[:3], (0.133333, -0.024627833574, 0.286071290993), 6),
        (s.newcombe(18, 72, 23, 60)[1:3], (-0.024627833574, 0.286071290993), 12),
        ((s.t_quantile(0.975, 7.3),), (2.3450667365,), 10),
        (s.welch(41.0, 18.0, 64, 29.5, 14.0, 71)[:3], (-11.5, -17.038441221, -5.961558779), 9),
        ((s.welch(41.0, 18.0, 64, 29.5, 14.0, 71).df,), (118.67995,), 5),
        (s.rate_ratio(84, 12000, 51, 13500)[:3], (0.53968254, 0.38109641, 0.76426132), 8),
        (s.satisfaction(BEFORE), (200, 3.345, 1.25453, 0.58625, 0.535), 5),
        (s.satisfaction(AFTER), (220, 3.93636, 1.04052, 0.73409, 0.75909), 5),
        (s.newcombe(107, 200, 167, 220)[:3], (0.22409, 0.13312, 0.31045), 5),
        (s.newcombe(412, 598, 531, 640)[:3], (0.14072, 0.09332, 0.18759), 5),
        (s.newcombe(7, 10, 9, 10)[:3], (0.2, -0.15979, 0.51415), 5),
    ],
)
def test_the_vectors_of_the_design(found: tuple[float, ...], page: tuple[float, ...], digits: int) -> None:
    assert list(found) == [near(digits)(value) for value in page]


def test_the_difference_of_two_satisfaction_means() -> None:
    old, new = s.satisfaction(BEFORE), s.satisfaction(AFTER)
    assert old.sd and new.sd
    found = s.welch(old.mean, old.sd, old.n, new.mean, new.sd, new.n)
    assert list(found[:3]) == [near(5)(value) for value in (0.59136, 0.36901, 0.81372)]


def test_how_large_a_sample_must_be() -> None:
    pairs = ((0.7, 0.8), (0.7, 0.75), (0.5, 0.6))
    assert [s.required_n_proportions(*pair) for pair in pairs] == [294, 1251, 388]
    assert [s.required_n_means(18, change) for change in (5, 10)] == [204, 51]
    assert s.required_n_proportions(0.8, 0.7) == s.required_n_proportions(0.7, 0.8)
    assert s.required_exposure(0.007, 0.005) == pytest.approx((1.959964 + 0.841621) ** 2 * 0.012 / 0.002**2, rel=1e-6)


def test_what_a_sample_can_show_is_the_inverse() -> None:
    up, down = s.detectable_proportion(0.7, 294), s.detectable_proportion(0.7, 294, up=False)
    assert up is not None and down is not None
    assert (s.required_n_proportions(0.7, 0.7 + up), s.required_n_proportions(0.7, 0.7 - down)) == (294, 294)
    assert s.required_n_means(18, s.detectable_mean(18, 204)) == 204
    for way in (True, False):
        change = s.detectable_rate(0.007, 12000, up=way)
        assert change is not None
        assert s.required_exposure(0.007, 0.007 + (change if way else -change)) == pytest.approx(12000)
    assert s.detectable_proportion(0.99, 20) is None  # even 100% would look the same
    assert s.detectable_proportion(1.0, 20) is None
    assert s.detectable_rate(0.001, 100, up=False) is None
    assert s.detectable_mean(0, 20) == 0


def test_a_difference_in_differences() -> None:
    groups = (s.of_proportion(70, 100), s.of_proportion(90, 100), s.of_proportion(140, 200), s.of_proportion(150, 200))
    found = s.difference_in_differences(*groups)
    error = math.sqrt(0.21 / 100 + 0.09 / 100 + 0.21 / 200 + 0.1875 / 200)
    assert found.estimate == pytest.approx(0.15)
    assert (found.high - found.low) / 2 == pytest.approx(1.959963984540054 * error, rel=1e-12)
    assert s.of_mean(3.0, 2.0, 16) == (3.0, 0.25)
    assert s.of_rate(9, 100.0) == (0.09, 0.0009)


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: s.wilson(1, 0),
        lambda: s.wilson(7, 6),
        lambda: s.wilson(-1, 6),
        lambda: s.wilson(1, 6, 1.0),
        lambda: s.newcombe(1, 6, 1, 0),
        lambda: s.welch(1, 1, 1, 2, 1, 30),
        lambda: s.welch(1, -1, 30, 2, 1, 30),
        lambda: s.welch(1, math.nan, 30, 2, 1, 30),
        lambda: s.mean_interval(1, 1, 1),
        lambda: s.rate_ratio(0, 10, 1, 10),
        lambda: s.rate_ratio(1, 10, 0, 10),
        lambda: s.rate_ratio(1, 0, 1, 10),
        lambda: s.rate_interval(0, 10),
        lambda: s.satisfaction((0, 0, 0, 0, 0)),
        lambda: s.satisfaction((1, 2, 3)),
        lambda: s.satisfaction((1, 2, -3, 4, 5)),
        lambda: s.t_quantile(0, 5),
        lambda: s.t_quantile(1, 5),
        lambda: s.t_quantile(0.9, 0),
        lambda: s.t_quantile(0.9, math.nan),
        lambda: s.t_quantile(1 - 1e-12, 1e-6),
        lambda: t_quantile_above(0.6, 5),
        lambda: s.required_n_proportions(0.5, 0.5),
        lambda: s.required_n_proportions(0.5, 1.5),
        lambda: s.required_n_means(0, 5),
        lambda: s.required_n_means(5, 0),
        lambda: s.required_exposure(0.1, 0.1),
        lambda: s.detectable_proportion(1.2, 10),
        lambda: s.detectable_mean(1, 0),
        lambda: s.detectable_rate(-1, 10),
    ],
)
def test_impossible_figures_are_refused(impossible: Any) -> None:
    with pytest.raises(NotPossible):
        impossible()


def test_the_edges_hold() -> None:
    assert s.wilson(12, 12).high == 1.0
    assert s.newcombe(0, 40, 40, 40).high <= 1.0
    assert s.welch(5, 0, 30, 7, 0, 30)[:3] == (2, 2, 2)  # nothing scatters: no width, and no crash
    assert s.welch(5, 1e-200, 30, 7, 1e-200, 30).estimate == 2
    assert s.satisfaction((0, 0, 0, 0, 1)) == (1, 5.0, None, 1.0, 1.0)
    assert s.t_quantile(0.5, 3) == 0
    assert s.t_quantile(0.975, math.inf) == pytest.approx(1.959963984540054, abs=1e-14)
    assert s.t_quantile(0.975, 1) == pytest.approx(math.tan(math.pi * 0.475), rel=1e-13)


cases = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@few
@given(cases)
def test_wilson_holds_the_proportion_inside_its_bounds(case: tuple[int, int]) -> None:
    k, n = case
    low, high = s.wilson(k, n)
    assert 0 <= low <= k / n <= high <= 1
    other = s.wilson(n - k, n)
    assert [1 - other.high, 1 - other.low] == pytest.approx([low, high], abs=1e-12)
    wider = s.wilson(k, n, 0.99)
    assert wider.low <= low and wider.high >= high
    larger = s.wilson(4 * k, 4 * n)
    assert larger.high - larger.low < high - low


@few
@given(cases, cases)
def test_newcombe_turns_round_with_its_groups_and_shrinks(one: tuple[int, int], two: tuple[int, int]) -> None:
    found, back = s.newcombe(*one, *two), s.newcombe(*two, *one)
    assert -1 <= found.low <= found.estimate <= found.high <= 1
    assert [-back.estimate, -back.high, -back.low] == pytest.approx(list(found[:3]), abs=1e-12)
    more = s.newcombe(4 * one[0], 4 * one[1], 4 * two[0], 4 * two[1])
    assert more.high - more.low < found.high - found.low


values = st.tuples(st.floats(-1e3, 1e3), st.floats(0.01, 1e3), st.integers(2, 5000))


@few
@given(values, values)
def test_welch_turns_round_with_its_groups_and_shrinks(
    one: tuple[float, float, int], two: tuple[float, float, int]
) -> None:
    found, back = s.welch(*one, *two), s.welch(*two, *one)
    assert [-back.estimate, -back.high, -back.low] == pytest.approx(list(found[:3]), rel=1e-9, abs=1e-9)
    assert found.df is not None
    assert min(one[2], two[2]) - 1 <= found.df * (1 + 1e-9)
    assert found.df <= (one[2] + two[2] - 2) * (1 + 1e-9)
    more = s.welch(one[0], one[1], one[2] * 4, two[0], two[1], two[2] * 4)
    assert more.high - more.low < found.high - found.low


@few
@given(st.integers(1, 500), st.integers(1, 500), st.floats(1, 1e6), st.floats(1, 1e6))
def test_a_rate_ratio_turns_round_with_its_groups(x1: int, x2: int, e1: float, e2: float) -> None:
    found, back = s.rate_ratio(x1, e1, x2, e2), s.rate_ratio(x2, e2, x1, e1)
    assert 0 < found.low <= found.estimate <= found.high
    assert [1 / back.estimate, 1 / back.high, 1 / back.low] == pytest.approx(list(found[:3]), rel=1e-9)


@few
@given(st.floats(1e-8, 0.4999), st.floats(0.5, 1e5))
def test_the_t_quantile_is_the_inverse_of_its_tail(tail: float, df: float) -> None:
    found = t_quantile_above(tail, df)
    assert t_tail(found, df) == pytest.approx(tail, rel=1e-9)
    assert s.t_quantile(tail, df) == -found
    assert found > t_quantile_above(tail, df * 2)


@few
@given(st.lists(st.integers(0, 400), min_size=5, max_size=5).filter(lambda counts: sum(counts) > 1))
def test_satisfaction_stays_in_its_scale(counts: list[int]) -> None:
    found = s.satisfaction(counts)
    turned = s.satisfaction(counts[::-1])
    assert 1 <= found.mean <= 5
    assert 0 <= found.share <= 1
    assert found.score + turned.score == pytest.approx(1)
    assert found.sd == pytest.approx(turned.sd)


def test_against_scipy() -> None:
    stats: Any = pytest.importorskip("scipy.stats")
    for df in (1, 2.5, 7.3, 30, 118.68, 999, 1001, 54321.0):
        for p in (0.001, 0.05, 0.6, 0.975, 0.999999):
            assert s.t_quantile(p, df) == pytest.approx(stats.t.ppf(p, df), rel=1e-9)
    for k, n in ((23, 60), (0, 12), (12, 12), (1, 3000)):
        theirs = stats.binomtest(k, n).proportion_ci(method="wilson")
        assert list(s.wilson(k, n)) == pytest.approx([theirs.low, theirs.high], abs=1e-12)


def test_against_statsmodels() -> None:
    proportion: Any = pytest.importorskip("statsmodels.stats.proportion")
    weights: Any = pytest.importorskip("statsmodels.stats.weightstats")
    for k1, n1, k2, n2 in ((18, 72, 23, 60), (412, 598, 531, 640), (0, 9, 9, 9)):
        theirs = proportion.confint_proportions_2indep(k2, n2, k1, n1, method="newcomb", compare="diff")
        assert list(s.newcombe(k1, n1, k2, n2)[1:3]) == pytest.approx(theirs, abs=1e-9)
    one, two = [1.0, 2.5, 2.0, 7.0, 3.5], [2.0, 2.5, 9.0, 4.5]
    theirs = weights.CompareMeans.from_data(two, one).tconfint_diff(usevar="unequal")
    moments = [(math.fsum(xs) / len(xs), xs) for xs in (one, two)]
    plain = [(mean, math.sqrt(sum((x - mean) ** 2 for x in xs) / (len(xs) - 1)), len(xs)) for mean, xs in moments]
    assert list(s.welch(*plain[0], *plain[1])[1:3]) == pytest.approx(theirs, abs=1e-9)
