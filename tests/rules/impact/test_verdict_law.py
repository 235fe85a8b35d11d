"""A law of verdicts: better or worse is said only of what docs/signals.md asks for."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rules.impact_cases import NAMES, became, both, metric

from tracker.rules.impact.before_after import IMPROVED, NO_CHANGE, NOT_TESTED, WORSENED, Comparison
from tracker.rules.impact.figures import Ratio, Single

steady = settings(derandomize=True, max_examples=600, deadline=None)
counts = st.integers(0, 400)
shares = st.tuples(counts, counts).map(sorted).map(lambda pair: {"numerator": pair[0], "denominator": pair[1] + 1})
means = st.fixed_dictionaries({"mean": st.floats(0, 90), "sd": st.floats(0, 40), "n": st.integers(1, 400)})
rates = st.fixed_dictionaries({"events": st.integers(0, 90), "exposure": st.integers(1, 9000)})
totals = st.fixed_dictionaries({"total": st.integers(0, 90_000), "units": st.integers(1, 9000)})
scores = st.lists(st.integers(0, 90), min_size=5, max_size=5).map(lambda marks: dict(zip(NAMES, marks, strict=True)))
values = st.fixed_dictionaries({"value": st.integers(0, 900)})
KINDS = {
    "proportion": shares,
    "mean": means,
    "rate": rates,
    "ratio": totals,
    "satisfaction": scores,
    "count": values,
    "index": values,
}
pairs = st.sampled_from(sorted(KINDS)).flatmap(lambda kind: st.tuples(st.just(kind), KINDS[kind], KINDS[kind]))


def judged(kind: str, first: dict[str, Any], second: dict[str, Any], **facts: Any) -> Comparison:
    return became(metric(metric_kind=kind, unit="units", **facts), *both(first, second))


@steady
@given(pairs, st.sampled_from(["up", "down"]), st.sampled_from([None, 0.05, 3.0]), st.sampled_from(["", "rolling"]))
def test_better_or_worse_leaves_out_no_change_or_reaches_what_is_worthwhile(
    pair: tuple[str, dict[str, Any], dict[str, Any]], better: str, worthwhile: float | None, periods: str
) -> None:
    kind, first, second = pair
    comparison = judged(
        kind, first, second, better=better, min_worthwhile_change=worthwhile, periods=periods or "separate"
    )
    if comparison.verdict not in (IMPROVED, WORSENED):
        return
    effect = comparison.effect
    assert effect is not None and comparison.after is not None and not periods
    figures = comparison.after.figures
    if isinstance(figures, Single):
        assert worthwhile is not None and abs(effect.estimate) >= worthwhile - 1e-9
        assert effect.low is None
    else:
        assert effect.excludes_no_change
        assert effect.sensitivity is isinstance(figures, Ratio)
    no_change = int(effect.ratio)
    assert ((effect.estimate > no_change) == (better == "up")) is (comparison.verdict == IMPROVED)


def test_a_full_count_is_judged_by_what_a_tenth_of_the_total_would_make_of_it() -> None:
    before = {"total": 1000, "units": 100}
    assert judged("ratio", before, {"total": 920, "units": 100}, better="down").verdict == NO_CHANGE
    assert judged("ratio", before, {"total": 900, "units": 100}, better="down").verdict == IMPROVED
    assert judged("ratio", before, {"total": 1120, "units": 100}, better="down").verdict == WORSENED


def test_a_count_is_judged_only_where_somebody_said_what_is_worthwhile() -> None:
    assert judged("count", {"value": 100}, {"value": 10}, better="down").verdict == NOT_TESTED
    assert judged("count", {"value": 100}, {"value": 10}, better="down", min_worthwhile_change=20).verdict == IMPROVED
    assert judged("count", {"value": 100}, {"value": 90}, better="down", min_worthwhile_change=20).verdict == NO_CHANGE
