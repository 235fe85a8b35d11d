"""Rules of measurements: every refusal names the field, the value and the rule, and saves nothing."""

from datetime import date

import pytest
from factories import refused
from measured import AFTER, BEFORE, FIGURES, GO_LIVE, a_metric, noted

from tracker.errors import TrackerError
from tracker.services.records.writing import add, change, remove
from tracker.storage.queries import record
from tracker.storage.store import Acting, Store


@pytest.fixture
def pilot(store: Store, ana: Acting) -> str:
    return add(store, "pilot", {"name": "Parking", "first_real_user_on": GO_LIVE}, ana).uid


ALL = {name: value for figures in FIGURES.values() for name, value in figures.items()}
COUNTS = {"count_1": 22, "count_2": 31, "count_3": 40, "count_4": 70, "count_5": 37}


@pytest.mark.parametrize("kind", FIGURES)
def test_each_kind_of_metric_has_its_figures_and_no_others(store: Store, ana: Acting, pilot: str, kind: str) -> None:
    metric = a_metric(store, ana, kind, pilot=pilot)
    base = {"metric": metric.uid, **BEFORE}
    own = FIGURES[kind]
    needed = set(own) - {"sd"}
    assert set(refused(store, ana, "measurement", base)) == needed
    for name in needed:
        told = refused(store, ana, "measurement", {**base, **own, name: None})
        assert set(told) == {name}
        assert "is needed: M-01 is a" in told[name]
    for name, value in {**ALL, "count_3": 4}.items():
        if name not in own:
            told = refused(store, ana, "measurement", {**base, **own, name: value})
            assert set(told) == {name}
            assert "M-01" in told[name]
            assert f"({value:g}" in told[name].replace(",", "")
    assert noted(add(store, "measurement", {**base, **own}, ana)) == []


def test_zero_is_a_figure_and_missing_is_not(store: Store, ana: Acting, pilot: str) -> None:
    metric = a_metric(store, ana, "count", pilot=pilot).uid
    assert "value" in refused(store, ana, "measurement", {"metric": metric, **BEFORE})
    saved = add(store, "measurement", {"metric": metric, **BEFORE, "value": 0.0}, ana)
    assert record(store, "measurement", saved.uid).value == 0.0  # type: ignore[union-attr]


def test_a_proportion_is_never_above_one(store: Store, ana: Acting, pilot: str) -> None:
    base = {"metric": a_metric(store, ana, pilot=pilot).uid, **BEFORE}
    told = refused(store, ana, "measurement", {**base, "numerator": 641, "denominator": 640})
    assert told == {"denominator": "Numerator (641) is more than denominator (640). Change one of the two."}
    add(store, "measurement", {**base, "numerator": 640, "denominator": 640}, ana)


@pytest.mark.parametrize(
    ("kind", "figures", "said"),
    [
        ("proportion", {"numerator": 0, "denominator": 0}, "Nothing can be worked out from 0 of 0"),
        ("ratio", {"total": 31_000.0, "units": 0}, "Nothing can be worked out from 31000 of 0"),
        ("rate", {"events": 0, "exposure": 0.0}, "Nothing can be worked out from 0 of 0"),
        ("mean", {"mean": 41.0, "n": 64}, "Without a standard deviation no interval"),
        ("count", {"value": 3.5}, "Value 3.5 is not a whole number"),
    ],
)
def test_facts_of_which_little_follows_are_kept_with_a_note(
    store: Store, ana: Acting, pilot: str, kind: str, figures: dict[str, float], said: str
) -> None:
    base = {"metric": a_metric(store, ana, kind, pilot=pilot).uid, **BEFORE}
    (note,) = noted(add(store, "measurement", {**base, **figures}, ana))
    assert note.startswith(said)


@pytest.mark.parametrize(
    ("kind", "figures", "field", "said"),
    [
        ("mean", {"mean": 0.0, "n": 0}, "n", "Sample (0)"),
        ("rate", {"events": 3, "exposure": 0.0}, "exposure", "Exposure (0) cannot be nothing while events is 3"),
        ("count", {"value": -1.0}, "value", "Value of a count is 0 or more; you gave -1."),
        ("mean", {"mean": float("inf"), "n": 3}, "mean", "Mean must be a number"),
        ("index", {"value": float("nan")}, "value", "Value must be a number"),
    ],
)
def test_figures_that_cannot_be_are_refused(
    store: Store, ana: Acting, pilot: str, kind: str, figures: dict[str, float], field: str, said: str
) -> None:
    told = refused(
        store, ana, "measurement", {"metric": a_metric(store, ana, kind, pilot=pilot).uid, **BEFORE, **figures}
    )
    assert set(told) == {field}
    assert told[field].startswith(said)


@pytest.mark.parametrize(
    ("kind", "kpi", "allowed"),
    [
        ("proportion", "user_satisfaction_pct", True),
        ("proportion", "user_satisfaction_score", True),
        ("mean", "user_satisfaction_score", True),
        ("index", "user_satisfaction_score", True),
        ("mean", "user_satisfaction_pct", False),
        ("proportion", "completion_rate", False),
        ("count", "user_satisfaction_score", False),
    ],
)
def test_counts_of_satisfaction_belong_to_satisfaction(
    store: Store, ana: Acting, pilot: str, kind: str, kpi: str, allowed: bool
) -> None:
    base = {"metric": a_metric(store, ana, kind, pilot=pilot, kpi_code=kpi).uid, **BEFORE}
    if not allowed:
        told = refused(store, ana, "measurement", {**base, **FIGURES[kind], **COUNTS})
        assert set(told) == {"count_1"}
        assert told["count_1"].startswith("Very dissatisfied (22) is a count of satisfaction: M-01 is a")
        return
    assert set(refused(store, ana, "measurement", {**base, **COUNTS, "count_2": None})) == {"count_2"}
    both = refused(store, ana, "measurement", {**base, **COUNTS, **FIGURES[kind]})
    assert set(both) == set(FIGURES[kind])
    nobody = add(store, "measurement", {**base, **dict.fromkeys(COUNTS, 0), "cohort": "comparison"}, ana)
    assert noted(nobody) == ["Nothing can be worked out from 0 answers; signals will say not enough data."]
    assert noted(add(store, "measurement", {**base, **COUNTS}, ana)) == []
    assert noted(add(store, "measurement", {**base, **AFTER, **FIGURES[kind]}, ana)) == []


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("start", "end", "overlaps"),
    [
        ("2026-01-01", "2026-03-31", True),
        ("2026-03-31", "2026-04-30", True),
        ("2025-12-01", "2026-01-01", True),
        ("2025-12-01", "2026-04-30", True),
        ("2026-02-01", "2026-02-28", True),
        ("2026-04-01", "2026-04-30", False),
        ("2025-12-01", "2025-12-31", False),
    ],
)
def test_periods_of_one_cohort_do_not_overlap(
    store: Store, ana: Acting, pilot: str, start: str, end: str, overlaps: bool
) -> None:
    base = {"metric": a_metric(store, ana, pilot=pilot).uid, **BEFORE, **FIGURES["proportion"]}
    first = add(store, "measurement", base, ana)
    period = {"period_start": date.fromisoformat(start), "period_end": date.fromisoformat(end)}
    again = {**base, "phase": "during", **period}
    if not overlaps:
        add(store, "measurement", again, ana)
        return
    (field, told), *others = refused(store, ana, "measurement", again).items()
    assert (field, others) == ("period_start", [])
    assert f"overlaps {first.ref} (1 Jan 2026 to 31 Mar 2026) of the same metric and cohort (pilot)" in told
    add(store, "measurement", {**again, "cohort": "comparison"}, ana)
    add(store, "measurement", {**again, "metric": a_metric(store, ana, pilot=pilot).uid}, ana)
    remove(store, "measurement", first.uid, ana, reason="counted twice")
    add(store, "measurement", again, ana)


def test_a_revision_takes_the_place_of_what_it_revises(store: Store, ana: Acting, pilot: str) -> None:
    base = {"metric": a_metric(store, ana, pilot=pilot).uid, **BEFORE, **FIGURES["proportion"]}
    first = add(store, "measurement", {**base, "status": "provisional"}, ana)
    revised = {**base, "numerator": 410, "status": "revised", "revises": first.uid}
    assert refused(store, ana, "measurement", {**revised, "revises": None}).keys() == {"period_start", "revises"}
    second = add(store, "measurement", revised, ana)
    assert noted(second) == []
    told = refused(store, ana, "measurement", revised)
    assert told["revises"] == "Revises: ME-001 was revised by ME-002 already: revise that one."
    assert "overlaps ME-002" in told["period_start"]  # and not ME-001, which counts no more
    shorter = {**revised, "revises": second.uid, "period_end": day("03-30")}
    assert noted(add(store, "measurement", shorter, ana)) == [
        "It is of another period than ME-002 (1 Jan 2026 to 31 Mar 2026)."
    ]
    with pytest.raises(TrackerError, match="never changed"):
        change(store, "measurement", second.uid, {"numerator": 1}, ana)


def test_a_revision_is_of_the_same_metric_cohort_and_phase(store: Store, ana: Acting, pilot: str) -> None:
    base = {"metric": a_metric(store, ana, pilot=pilot).uid, **BEFORE, **FIGURES["proportion"]}
    first = add(store, "measurement", base, ana)
    revised = {**base, "status": "revised", "revises": first.uid}
    other = a_metric(store, ana, pilot=pilot).uid
    for values, said in (
        ({"metric": other}, "ME-001 is of M-01, this is of M-02: a revision is of the same metric."),
        ({"cohort": "comparison"}, "ME-001 has the cohort “pilot”, this has “comparison”: a revision has the same"),
        ({"phase": "during"}, "ME-001 has the phase “baseline”, this has “during”: a revision has the same phase."),
    ):
        told = refused(store, ana, "measurement", {**revised, **values})
        assert set(told) == {"revises"}
        assert said in told["revises"]
    remove(store, "measurement", first.uid, ana, reason="of another service")
    assert "ME-001 was removed" in refused(store, ana, "measurement", revised)["revises"]
    nothing = refused(store, ana, "measurement", {**base, "status": "revised", "revises": "0" * 36})
    assert nothing == {"revises": "Revises refers to a record that does not exist."}


def test_what_a_measurement_takes_from_its_metric(store: Store, ana: Acting, pilot: str) -> None:
    metric = a_metric(
        store, ana, "mean", pilot=pilot, unit="minutes", definition_variant="stopwatch", source_system="Forms"
    )
    base = {"metric": metric.uid, **BEFORE, **FIGURES["mean"]}
    told = refused(store, ana, "measurement", {**base, "unit": "hours"})
    assert told == {"unit": "Unit (hours) is not that of M-01 (minutes): give the figures in that."}
    own = record(store, "measurement", add(store, "measurement", {**base, "unit": "Minutes"}, ana).uid)
    assert own is not None
    assert (own.unit, own.definition_variant, own.source_system) == ("minutes", "stopwatch", "Forms")  # type: ignore[attr-defined]
    (note,) = noted(add(store, "measurement", {**base, **AFTER, "definition_variant": "asked"}, ana))
    assert note.startswith("Definition variant “asked” is not that of M-01 (“stopwatch”): it will not be compared")


@pytest.mark.parametrize(
    ("phase", "start", "end", "said"),
    [
        ("baseline", "01-01", "05-03", ""),
        ("baseline", "01-01", "05-04", "This baseline ends on 4 May 2026, and P-01 went live on 4 May 2026"),
        ("after", "05-04", "06-30", ""),
        ("after", "05-03", "06-30", "This period begins on 3 May 2026, and P-01 went live on 4 May 2026"),
        ("during", "05-01", "06-30", ""),
    ],
)
def test_periods_on_the_wrong_side_of_go_live_are_remarked_on(
    store: Store, ana: Acting, pilot: str, phase: str, start: str, end: str, said: str
) -> None:
    base = {"metric": a_metric(store, ana, pilot=pilot).uid, **FIGURES["proportion"]}
    period = {"phase": phase, "period_start": day(start), "period_end": day(end)}
    notes = noted(add(store, "measurement", {**base, **period}, ana))
    assert [note.startswith(said) for note in notes] == ([True] if said else [])


def test_a_period_that_lies_ahead_or_runs_backwards_is_refused(store: Store, ana: Acting, pilot: str) -> None:
    base = {"metric": a_metric(store, ana, pilot=pilot).uid, **BEFORE, **FIGURES["proportion"]}
    assert "later than today" in refused(store, ana, "measurement", {**base, "period_end": day("10-02")})["period_end"]
    told = refused(store, ana, "measurement", {**base, "period_start": day("04-01")})
    assert told == {"period_end": "From (2026-04-01) is after to (2026-03-31). Change one of the two."}
    assert refused(store, ana, "measurement", {}).keys() >= {"metric", "phase", "period_start", "period_end"}
