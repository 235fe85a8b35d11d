"""A metric with its measurements, and what is made of them."""

from datetime import date
from typing import Any

from rules.evidence_cases import evidence, make, pilot

from tracker.rules.day import Day
from tracker.rules.impact.before_after import Comparison, compare

JAN, MAR, AUG, OCT = date(2026, 1, 1), date(2026, 3, 31), date(2026, 8, 1), date(2026, 10, 31)
LIVE = date(2026, 6, 15)
NUMERATORS = {"numerator": 412, "denominator": 598}, {"numerator": 531, "denominator": 640}
MEANS = {"mean": 41.0, "sd": 18.0, "n": 64}, {"mean": 29.5, "sd": 14.0, "n": 71}
NAMES = ("count_1", "count_2", "count_3", "count_4", "count_5")
ANSWERS = (dict(zip(NAMES, counts, strict=True)) for counts in ((22, 31, 40, 70, 37), (9, 14, 30, 96, 71)))
OLD_ANSWERS, NEW_ANSWERS = ANSWERS


def metric(ref: str = "M-01", **facts: Any) -> Any:
    plain = {"name": "Completion rate", "metric_kind": "proportion", "pilot": "P-01", "definition": "Done of begun"}
    return make("metric", ref, **{**plain, **facts})


def minutes(**facts: Any) -> Any:
    return metric(
        name="Minutes to complete",
        metric_kind="mean",
        unit="minutes",
        better="down",
        kpi_code="time_to_complete",
        **facts,
    )


def measured(phase: str, ref: str = "", of: str = "M-01", **facts: Any) -> Any:
    start, end = (JAN, MAR) if phase == "baseline" else (AUG, OCT)
    return make("measurement", ref, **{"metric": of, "phase": phase, "period_start": start, "period_end": end, **facts})


def both(first: dict[str, Any], second: dict[str, Any], **facts: Any) -> tuple[Any, Any]:
    return measured("baseline", "ME-001", **first, **facts), measured("after", "ME-002", **second, **facts)


def proved(*records: Any, **how: Any) -> Day:
    """Return evidence with the pilot P-01, live since June."""
    return evidence(pilot("P-01", phase="public_beta", first_real_user_on=LIVE), *records, **how)


def became(one: Any, *records: Any, **how: Any) -> Comparison:
    return compare(proved(one, *records, **how), one)


def names(found: Comparison) -> list[str]:
    return [caution.name for caution in found.cautions]


GOOD = metric(target=0.8, target_on=date(2026, 12, 31))
