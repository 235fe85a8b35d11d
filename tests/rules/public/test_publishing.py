"""What may be published: the allow-list, small numbers, and that nothing else is even within reach."""

from datetime import date

import pytest
from canaries import PUBLISHED
from rules.evidence_cases import make

from tracker.entities import all_entities
from tracker.rules.day import shown_day
from tracker.rules.public.release import KEPT, publishable, small, stripped, summed_up

DAY = date(2026, 11, 12)
LIMIT = 10


def test_exactly_these_fields_may_be_published() -> None:
    fields = {register.kind: set(register.public_fields()) for register in all_entities()}
    assert {kind: names for kind, names in fields.items() if names} == PUBLISHED


@pytest.mark.parametrize("kind", PUBLISHED)
def test_a_stripped_record_holds_nothing_else(kind: str) -> None:
    record = make(kind)
    for name in record.fields():
        setattr(record, name, f"canary {name}")
    bare = stripped(record)
    held = {name for name, value in vars(bare).items() if value not in (None, ())}
    assert held <= {*PUBLISHED[kind], *KEPT}


def shown(*records: object) -> dict[str, list[str]]:
    found = publishable(shown_day(DAY, records), LIMIT)  # type: ignore[arg-type]
    return {kind: [one.ref for one in some] for kind, some in found.records.items()}


def test_only_what_is_marked_public_and_not_sensitive_is_shown() -> None:
    assert shown(make("pilot", "P-01", visibility="public"), make("pilot", "P-02")) == {"pilot": ["P-01"]}
    assert shown(make("pilot", "P-01", visibility="restricted")) == {}
    assert shown(make("risk", "R-001", visibility="public")) == {}
    assert shown(make("person", "PER-001", visibility="public")) == {}


@pytest.mark.parametrize("kind", ["pilot", "service", "metric", "standard"])
def test_what_is_sensitive_stays_behind_though_it_is_marked_public(kind: str) -> None:
    assert kind in shown(make(kind, "X-01", visibility="public"))
    assert shown(make(kind, "X-01", visibility="public", sensitivity="legal")) == {}


def test_figures_and_gates_that_are_sensitive_stay_behind_with_what_they_belong_to() -> None:
    metric, pilot = make("metric", "M-01", visibility="public"), make("pilot", "P-01", visibility="public")
    figures = {"metric": "M-01", "numerator": 412, "denominator": 598, "sensitivity": "legal"}
    gate = make("gate", "G-01", pilot="P-01", outcome="green", sensitivity="legal")
    assert set(shown(metric, pilot, make("measurement", "ME-001", **figures), gate)) == {"metric", "pilot"}


@pytest.mark.parametrize(
    ("facts", "published"),
    [
        ({"publishable": True, "verified_by": "PER-001"}, True),
        ({"publishable": False, "verified_by": "PER-001"}, False),
        ({"publishable": True}, False),
    ],
)
def test_a_win_is_published_when_it_may_be_and_somebody_verified_it(facts: dict[str, object], published: bool) -> None:
    person = make("person", "PER-001")
    assert bool(shown(person, make("win", "W-001", visibility="public", **facts))) is published


@pytest.mark.parametrize(
    ("facts", "published"),
    [
        ({"numerator": 412, "denominator": 598}, True),
        ({"numerator": 0, "denominator": 598}, True),
        ({"numerator": 9, "denominator": 598}, False),
        ({"numerator": 590, "denominator": 598}, False),  # the eight others could be worked out
        ({"numerator": 10, "denominator": 20}, True),
        ({"mean": 41.0, "n": 9}, False),
        ({"numerator": 412, "denominator": 598, "status": "provisional"}, False),
    ],
)
def test_small_numbers_and_provisional_figures_stay_behind(facts: dict[str, object], published: bool) -> None:
    metric = make("metric", "M-01", visibility="public")
    found = shown(metric, make("measurement", "ME-001", metric="M-01", **facts))
    assert ("measurement" in found) is published


def test_what_belongs_to_something_internal_is_not_published() -> None:
    assert shown(make("pilot", "P-01"), make("win", "W-001", visibility="public", pilot="P-01")) == {}
    assert (
        shown(make("metric", "M-01"), make("measurement", "ME-001", metric="M-01", numerator=50, denominator=99)) == {}
    )


def test_what_is_withheld_is_counted_and_says_why() -> None:
    metric = make("metric", "M-01", visibility="public")
    few = make("measurement", "ME-001", metric="M-01", numerator=3, denominator=5)
    found = publishable(shown_day(DAY, [metric, few, make("win", "W-001")]), LIMIT)
    assert {(one.ref, one.why) for one in found.withheld} == {("ME-001", "small numbers"), ("W-001", "not public")}
    assert found.suppressed == {metric.uid}
    assert summed_up(found.withheld) == "2 records withheld: 1 for small numbers, 1 not for publication."


@pytest.mark.parametrize(("count", "text"), [(0, "0"), (1, "<10"), (9, "<10"), (10, "10"), (1234, "1,234")])
def test_a_small_count_is_not_told(count: int, text: str) -> None:
    assert small(count, LIMIT) == text


PERIOD = {"phase": "after", "period_start": date(2026, 7, 1), "period_end": date(2026, 9, 30)}


def left_over(counts: dict[str, float], **facts: object) -> set[str]:
    """Return the metrics whose counts of one period are published."""
    metrics = [make("metric", ref, visibility="public", metric_kind="count", unit="people") for ref in counts]
    figures = [
        make("measurement", f"ME-{number:03}", metric=metric.ref, value=counts[metric.ref], **PERIOD, **facts)
        for number, metric in enumerate(metrics, 1)
    ]
    published = publishable(shown_day(DAY, [*metrics, *figures]), LIMIT)
    return {metric.ref for metric in metrics if metric.uid not in published.suppressed}


@pytest.mark.parametrize(
    ("counts", "published"),
    [
        ({"M-01": 100, "M-02": 40, "M-03": 60}, {"M-01", "M-02", "M-03"}),
        ({"M-01": 100, "M-02": 95, "M-03": 5}, {"M-01"}),  # a second cell of the total stays behind
        ({"M-01": 100, "M-02": 60, "M-03": 35, "M-04": 5}, {"M-01", "M-02"}),
        ({"M-01": 100, "M-02": 96}, {"M-01"}),  # the cell that is left is in no table at all
        ({"M-01": 0, "M-02": 50}, {"M-01", "M-02"}),
        ({"M-01": 7}, set()),
    ],
)
def test_no_cell_of_a_total_is_left_by_subtraction(counts: dict[str, float], published: set[str]) -> None:
    assert left_over(counts) == published


def test_shares_of_the_same_cases_give_no_small_one_away() -> None:
    parts = {"M-01": 300, "M-02": 94, "M-03": 6}
    metrics = [make("metric", ref, visibility="public", metric_kind="proportion") for ref in parts]
    figures = [
        make("measurement", f"ME-{n}", metric=metric.ref, numerator=parts[metric.ref], denominator=400, **PERIOD)
        for n, metric in enumerate(metrics)
    ]
    published = publishable(shown_day(DAY, [*metrics, *figures]), LIMIT)
    assert {metric.ref for metric in metrics if metric.uid in published.suppressed} == {"M-02", "M-03"}


def test_all_figures_of_a_metric_that_stays_behind_are_counted_as_small_numbers() -> None:
    metric = make("metric", "M-01", visibility="public", metric_kind="count", unit="people")
    figures = [
        make("measurement", f"ME-{value}", metric=metric.ref, value=value, **{**PERIOD, "phase": phase})
        for value, phase in ((400.0, "baseline"), (4.0, "after"))
    ]
    published = publishable(shown_day(DAY, [metric, *figures]), LIMIT)
    assert "measurement" not in published.records
    assert summed_up(published.withheld) == "2 records withheld: 2 for small numbers, 0 not for publication."
