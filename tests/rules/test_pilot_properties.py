"""What must hold of the evidence signal whatever the facts: no data is never green, worse facts never look better."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rules.evidence_cases import DAY, evidence, iterations, make, pilot

from tracker.rules.day import Day
from tracker.rules.signals.judging import figures
from tracker.rules.signals.pilot.assurance import assurance_signal
from tracker.rules.signals.pilot.cost import cost_signal
from tracker.rules.signals.pilot.overall import DIMENSIONS, overall_signal, pilot_evidence
from tracker.rules.signals.pilot.rhythm import rhythm_signal
from tracker.rules.signals.pilot.risk import risk_signal
from tracker.rules.signals.pilot.time import time_signal
from tracker.rules.signals.result import Signal

steady = settings(derandomize=True, max_examples=100, deadline=None)
BAD = {"grey": 0, "too_early": 0, "not_enough": 0, "green": 0, "amber": 1, "red": 2}
PHASES = ("discovery", "alpha", "private_beta", "public_beta", "live", "paused", "retirement", "stopped")
STATUSES = ("signed_off", "not_needed", "submitted", "in_progress", "screened", "not_started", "expired", "failed")

phases = st.sampled_from(PHASES)
around = st.integers(-60, 60)
Judge = Callable[[Day, Any], Signal]


def level(judge: Judge, one: Any, *records: Any) -> str:
    signal = judge(evidence(one, *records), one)
    assert signal.level != "grey" or all(found.level in ("grey", "green", "watch") for found in signal.findings)
    assert all(found.sentence.endswith(".") and "\n" not in found.sentence for found in signal.findings)
    return signal.level


def never_better(judge: Judge, was: tuple[Any, ...], now: tuple[Any, ...]) -> None:
    assert BAD[level(judge, *now)] >= BAD[level(judge, *was)]


@steady
@given(phases, st.none() | around, st.sampled_from(["no", "unknown"]))
def test_without_data_no_dimension_and_no_pilot_is_green(phase: str, live: int | None, tool: str) -> None:
    live_on = None if live is None else DAY + timedelta(live)
    one = pilot(phase=phase, first_real_user_on=live_on, algorithmic_tool=tool, start=None)
    given_ones = [Signal(name, name, "grey") for name in ("benefits", "people")]
    result = pilot_evidence(evidence(one), one, *given_ones)
    assert "green" not in {signal.level for signal in result.dimensions.values()}
    assert result.level == "not_enough"
    assert result.missing


@steady
@given(around, st.integers(0, 60), st.integers(1, 400), phases)
def test_a_later_forecast_never_looks_better(first: int, later: int, planned: int, phase: str) -> None:
    end = DAY + timedelta(first)
    base = {"phase": phase, "start": end - timedelta(planned), "baseline_end": end}
    now = end + timedelta(later)
    if end >= DAY:  # a new forecast rightly ends the reproach that the old one passed
        never_better(time_signal, (pilot(**base, forecast_end=end),), (pilot(**base, forecast_end=now),))
    never_better(time_signal, (pilot(**base, actual_end=min(end, DAY)),), (pilot(**base, actual_end=min(now, DAY)),))


@steady
@given(st.none() | st.integers(0, 300), st.none() | st.integers(0, 300), st.none() | st.integers(0, 300), around)
def test_more_cost_never_looks_better(budget: int | None, cost: int | None, spent: int | None, more: int) -> None:
    def made(forecast: int | None, spend: int | None) -> tuple[Any, ...]:
        return (pilot(budget=budget, forecast_cost=forecast, spend_to_date=spend),)

    if cost is not None:
        never_better(cost_signal, made(cost, spent), made(cost + abs(more), spent))
    if spent is not None:
        never_better(cost_signal, made(cost, spent), made(cost, spent + abs(more)))


scores = st.none() | st.tuples(st.integers(1, 5), st.integers(1, 5))


def some_risk(ref: str, score: tuple[int, int] | None, review: int | None = None) -> Any:
    likelihood, impact = score or (None, None)
    when = None if review is None else DAY + timedelta(review)
    facts = {"likelihood": likelihood, "impact": impact, "next_review_on": when}
    return make("risk", ref, title=ref, status="open", pilot="P-01", assessed_on=DAY - timedelta(70), **facts)


@steady
@given(phases, st.lists(scores, max_size=3), scores, around, st.lists(around, max_size=2))
def test_worse_risks_and_issues_never_look_better(
    phase: str, known: list[tuple[int, int] | None], score: tuple[int, int] | None, review: int, due: list[int]
) -> None:
    actions = [make("action", text="Do", owner="PER-1", due=DAY + timedelta(days), risk="R-new") for days in due]
    others = [pilot(phase=phase), *(some_risk(f"R-{number}", each) for number, each in enumerate(known))]
    base = (*others, some_risk("R-new", score, review), *actions)
    never_better(risk_signal, base, base[: len(base) - len(actions)])  # nobody treats it any more
    never_better(risk_signal, base, (*others, some_risk("R-new", score, review - 10), *actions))
    for severity in ("critical", "major", "minor"):
        issue = make("issue", title="It broke", severity=severity, due=DAY + timedelta(review), pilot="P-01")
        never_better(risk_signal, base, (*base, issue))
    if score is not None:
        higher = (min(5, score[0] + 1), score[1])
        never_better(risk_signal, base, (*others, some_risk("R-new", higher, review), *actions))
    if any(known):
        never_better(risk_signal, tuple(others), base)  # one more, however small, where others are scored


@steady
@given(
    phases,
    st.none() | around,
    st.sampled_from(["dpia", "security", "accessibility", "atrs"]),
    st.tuples(st.sampled_from(STATUSES), st.sampled_from(STATUSES)),
    st.sampled_from(["yes", "unknown"]),
    st.integers(0, 60),
)
def test_less_assurance_never_looks_better(
    phase: str, live: int | None, kind: str, two: tuple[str, str], known: str, ago: int
) -> None:
    live_on = None if live is None else DAY + timedelta(live)
    one = pilot(phase=phase, first_real_user_on=live_on, personal_data=known, algorithmic_tool=known)
    better, worse = sorted(two, key=STATUSES.index)

    def items(status: str) -> tuple[Any, ...]:
        return one, make("compliance", pilot="P-01", item_kind=kind, status=status)

    never_better(assurance_signal, items(better), items(worse))
    never_better(assurance_signal, items(worse), (one,))
    held = make("gate", "G-1", name="Gate", pilot="P-01", outcome="amber", held_on=DAY - timedelta(ago))
    late = make("condition", text="Do", gate="G-1", due=DAY - timedelta(1))
    never_better(assurance_signal, (*items(worse), held), (*items(worse), held, late))
    failed = make("gate", name="Gate", pilot="P-01", outcome="red", held_on=DAY)
    never_better(assurance_signal, (*items(worse), held, late), (*items(worse), held, late, failed))


@steady
@given(st.lists(st.integers(0, 200), max_size=8), st.integers(0, 80), st.sampled_from(PHASES[:5]), st.booleans())
def test_iterations_further_back_never_look_better(ends: list[int], back: int, phase: str, released: bool) -> None:
    one = pilot(phase=phase, start=DAY - timedelta(300))
    facts = {"released_to": "all_real_users"} if released else {}
    was = iterations("P-01", *ends, **facts)
    now = iterations("P-01", *(end + back for end in ends), **facts)
    never_better(rhythm_signal, (one, *was), (one, *now))


letters = st.lists(st.sampled_from(["green", "amber", "red", "grey", "too_early"]), min_size=7, max_size=7)


@steady
@given(letters, st.integers(0, 6), st.integers(0, 40))
def test_a_worse_dimension_or_an_older_update_never_makes_a_pilot_better(
    levels: list[str], place: int, age: int
) -> None:
    one = pilot()

    def made(some: list[str], days: int) -> str:
        dimensions = {name: Signal(name, name, each) for name, each in zip(DIMENSIONS, some, strict=True)}
        found = evidence(one, updated={"P-01": DAY - timedelta(days)})
        result = overall_signal(found, one, dimensions)
        assert result.level != "green" or (days <= 21 and sum(each in ("green", "amber") for each in some) >= 4)
        return result.level

    worse = {"green": "amber", "amber": "red"}
    after = [worse.get(each, each) if number == place else each for number, each in enumerate(levels)]
    assert BAD[made(after, age)] >= BAD[made(levels, age)]
    assert BAD[made(levels, age + 30)] >= BAD[made(levels, age)]


@steady
@given(st.fractions(-50, 50, max_denominator=365), st.fractions(0, 50, max_denominator=365))
def test_a_value_never_reads_like_a_threshold_that_it_is_not(value: Any, threshold: Any) -> None:
    shown, limit = figures(value, threshold)
    assert (shown == limit) is (value == threshold)
    assert "-" not in shown
    assert len(shown.partition(".")[2]) == len(limit.partition(".")[2])
