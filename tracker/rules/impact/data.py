"""A comparison as plain data, for JSON."""

from typing import Any

from tracker.rules.impact import words
from tracker.rules.impact.before_after import Comparison
from tracker.rules.impact.pairing import Effect, Side
from tracker.rules.impact.sample_size import size


def comparison_data(found: Comparison, pilot: str = "") -> dict[str, Any]:
    """Return a comparison with its figures and sentences; shares are from 0 to 1, ``pilot`` is the ref of its pilot."""
    metric = found.metric
    return {
        "ref": metric.ref,
        "name": metric.name,
        "pilot": pilot or None,
        "metric_kind": metric.metric_kind,
        "unit": metric.unit,
        "better": metric.better,
        "definition": metric.definition,
        "definition_variant": metric.definition_variant,
        "verdict": found.verdict,
        "reason": found.reason or None,
        "sentence": words.sentence(found),
        "level": found.level,
        "before": _side(found.before, found.level),
        "after": _side(found.after, found.level),
        "change": _effect(found.effect),
        "other_satisfaction_change": _effect(found.other),
        "comparison_group": found.against
        and {
            "before": _side(found.against.before, found.level),
            "after": _side(found.against.after, found.level),
            "change_beyond": _effect(found.against.effect),
        },
        "target": found.target,
        "target_on": metric.target_on,
        "attainment": found.attainment,
        "elapsed": found.elapsed,
        "needed_per_period": found.needed,
        "visible_change": found.visible,
        "warnings": [caution._asdict() for caution in found.cautions],
        "missing": list(found.missing),
    }


def _side(side: Side | None, level: float) -> dict[str, Any] | None:
    if side is None:
        return None
    one, figures = side.measurement, side.figures
    low, high = (figures and figures.interval(level)) or (None, None)
    return {
        "ref": one.ref,
        "phase": one.phase,
        "cohort": one.cohort,
        "period_start": one.period_start,
        "period_end": one.period_end,
        "status": one.status,
        "value": figures.value if figures else None,
        "low": low,
        "high": high,
        "sample": size(figures) if figures else None,
    }


def _effect(effect: Effect | None) -> dict[str, Any] | None:
    if effect is None:
        return None
    return {
        "kind": "ratio" if effect.ratio else "difference",
        "estimate": effect.estimate,
        "low": effect.low,
        "high": effect.high,
        "range": None if effect.low is None else "sensitivity" if effect.sensitivity else "interval",
    }
