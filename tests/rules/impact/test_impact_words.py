"""What an improvement is worth, its plot, and that no figures make it fail."""

from typing import Any

from golden_files import matches
from hypothesis import given, settings
from hypothesis import strategies as st
from rules.evidence_cases import make
from rules.impact_cases import GOOD, MEANS, NAMES, NUMERATORS, OCT, became, both, measured, metric, minutes, proved

from tracker.entities.metric import Metric
from tracker.rules.impact.before_after import compare, compare_all
from tracker.rules.impact.data import comparison_data
from tracker.rules.impact.plot import plot_lines
from tracker.rules.impact.words import (
    Scale,
    change_words,
    definition_words,
    digits_of,
    missing_words,
    sample_words,
    sentence,
    target_words,
)
from tracker.rules.journeys.yearly_value import citizen_hours, money, worth_words
from tracker.text import columns


def test_no_figure_reads_like_thousands_or_stands_as_a_power() -> None:
    rate = metric(metric_kind="mean", unit="calls", better="down")
    scale = Scale(became(rate, *both({"mean": 2.1, "sd": 0.5, "n": 400}, {"mean": 1.4, "sd": 0.5, "n": 400})))
    assert scale.decimals == 3
    assert scale.value(2.1) == "2.10 calls"
    assert scale.value(1.405) == "1.41 calls"
    assert digits_of(2.0999) == "2.1"
    assert digits_of(12_345) == "12,345"


def test_the_value_of_citizens_time() -> None:
    records = (
        make("service", "S-01", name="Badges", annual_volume=5200),
        make("pilot", "P-02", name="x", service="S-01"),
    )
    one = minutes(service="S-01")
    old, new = both(*MEANS)
    share = measured("after", "ME-002", **MEANS[1], online_share=0.61)
    here = proved(one, old, share, *records)
    worth = citizen_hours(here, compare(here, one))
    assert worth is not None
    assert worth_words(worth) == (
        "About 608 citizen hours a year saved (315 to 901 from the interval): 5,200 transactions × 61% take-up × "
        "11.5 minutes."
    )
    take_up = metric("M-02", kpi_code="digital_takeup"), measured("after", of="M-02", numerator=793, denominator=1300)
    there = proved(one, old, new, *records, *take_up)
    beside = citizen_hours(there, compare(there, one))
    assert beside is not None
    assert beside.saved == worth.saved
    bare = proved(minutes(), old, new)
    nothing = citizen_hours(bare, compare(bare, bare.all(Metric)[0]))
    assert nothing is not None
    assert (nothing.saved, worth_words(nothing)) == (
        None,
        "To say how many citizen hours a year that is, record the transactions a year of the service and the part of "
        "cases that came online.",
    )
    assert citizen_hours(here, became(GOOD, *both(*NUMERATORS))) is None


def test_the_value_of_money_is_not_called_cash() -> None:
    one = metric(metric_kind="ratio", better="down", unit="pounds", kpi_code="cost_per_transaction", service="S-01")
    service = make("service", "S-01", name="Badges", annual_volume=1000)
    figures = both({"total": 84000.0, "units": 12000}, {"total": 75000.0, "units": 13500})
    here = proved(one, service, *figures)
    worth = money(here, compare(here, one))
    assert worth is not None
    assert worth_words(worth) == (
        "About 1,444 pounds a year saved (889 to 2,000 if the total is 10% out): 1,000 transactions. It is cash only "
        "if a budget was cut by it."
    )


def test_the_plot_looks_as_it_did() -> None:
    group = (
        measured("baseline", cohort="comparison", **NUMERATORS[0]),
        measured("after", cohort="comparison", **NUMERATORS[0]),
    )
    drawn = [
        became(GOOD, *both(*NUMERATORS)),
        became(minutes(target=25.0), *both(*MEANS)),
        became(GOOD, *both(*NUMERATORS), *group),
        became(metric(metric_kind="ratio", unit="£"), *both({"total": 70.0, "units": 10}, {"total": 50.0, "units": 9})),
        became(GOOD, both(*NUMERATORS)[1]),
    ]
    pictures = [
        line for width in (100, 40) for found in drawn for line in (*plot_lines(found, width), "", "=" * width, "")
    ]
    matches("reports/metric-plots.txt", "\n".join(pictures) + "\n")


figures_of = st.one_of(
    st.builds(lambda n, k: {"numerator": min(n, k), "denominator": n}, st.integers(0, 999), st.integers(0, 999)),
    st.builds(
        lambda m, sd, n: {"mean": m, "sd": sd, "n": n},
        st.floats(-1e9, 1e9),
        st.none() | st.floats(0, 1e6),
        st.none() | st.integers(0, 500),
    ),
    st.builds(lambda x, e: {"events": x, "exposure": e}, st.integers(0, 99), st.floats(0, 1e6)),
    st.builds(lambda t, n: {"total": t, "units": n}, st.floats(-1e9, 1e9), st.integers(0, 10**9)),
    st.builds(lambda v: {"value": v}, st.floats(-1e12, 1e12)),
    st.builds(lambda c: dict(zip(NAMES, c, strict=True)), st.lists(st.integers(0, 50), min_size=5, max_size=5)),
)
KINDS = ("proportion", "mean", "rate", "ratio", "count", "index")


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.sampled_from(KINDS),
    st.sampled_from(("up", "down", "target_band")),
    figures_of,
    figures_of,
    st.none() | st.floats(-100, 100),
    st.integers(24, 130),
)
def test_no_figures_make_it_fail(kind: str, better: str, old: Any, new: Any, target: float | None, width: int) -> None:
    one = metric(metric_kind=kind, better=better, target=target, band_from=target, unit="days", target_on=OCT)
    found = became(one, *both(old, new))
    texts = (sentence(found), target_words(found), sample_words(found), missing_words(found), change_words(found))
    assert not any("nan" in text.split() or "inf" in text for text in texts)
    assert all(columns(line) <= max(width, 24) for line in plot_lines(found, width))
    assert comparison_data(found)["sentence"] == texts[0]
    turned = became(one, *both(new, old))
    if better != "target_band" and found.verdict in ("improved", "worsened") and kind != "ratio":
        assert {found.verdict, turned.verdict} == {"improved", "worsened"}


def test_all_metrics_in_order_and_the_definition_as_printed() -> None:
    two = metric("M-02", definition_variant="takeup_uk_2024")
    found = compare_all(proved(GOOD, two, *both(*NUMERATORS)))
    assert [(one.metric.ref, one.verdict) for one in found] == [("M-01", "improved"), ("M-02", "not_measured")]
    assert definition_words(two) == "Done of begun (as defined in takeup_uk_2024)"
    assert Scale(found[1]).goal(0.825) == "82.5%"
