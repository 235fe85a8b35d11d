"""A comparison as plain data, for JSON."""

from tracker.rules.impact import words
from tracker.rules.impact.before_after import Against, Comparison
from tracker.rules.impact.pairing import Effect, Side
from tracker.rules.impact.sample_size import size

Data = dict[str, object]


def comparison_data(comparison: Comparison, pilot: str = "") -> Data:
    """Return a comparison with its figures and sentences; shares are from 0 to 1, ``pilot`` is the ref of its pilot."""
    metric = comparison.metric
    return {
        "ref": metric.ref,
        "name": metric.name,
        "pilot": pilot or None,
        "metric_kind": metric.metric_kind,
        "unit": metric.unit,
        "better": metric.better,
        "definition": metric.definition,
        "definition_variant": metric.definition_variant,
        "verdict": comparison.verdict,
        "reason": comparison.reason or None,
        "sentence": words.sentence(comparison),
        "level": comparison.level,
        "before": _side(comparison.before, comparison.level),
        "after": _side(comparison.after, comparison.level),
        "change": _effect(comparison.effect),
        "other_satisfaction_change": _effect(comparison.other),
        "comparison_group": _group(comparison.against, comparison.level),
        "target": comparison.target,
        "target_on": metric.target_on,
        "attainment": comparison.attainment,
        "elapsed": comparison.elapsed,
        "needed_per_period": comparison.needed,
        "visible_change": comparison.visible,
        "rolling": comparison.rolling,
        "warnings": [caution._asdict() for caution in comparison.cautions],
        "missing": list(comparison.missing),
    }


def _group(against: Against | None, level: float) -> Data | None:
    if against is None:
        return None
    return {
        "before": _side(against.before, level),
        "after": _side(against.after, level),
        "change_beyond": _effect(against.effect),
    }


def _side(side: Side | None, level: float) -> Data | None:
    if side is None:
        return None
    measurement, figures = side
    value = low = high = sample = None
    if figures is not None:
        value = figures.value
        sample = size(figures)
        low, high = figures.interval(level) or (None, None)
    return {
        "ref": measurement.ref,
        "phase": measurement.phase,
        "cohort": measurement.cohort,
        "period_start": measurement.period_start,
        "period_end": measurement.period_end,
        "status": measurement.status,
        "value": value,
        "low": low,
        "high": high,
        "sample": sample,
    }


def _effect(effect: Effect | None) -> Data | None:
    if effect is None:
        return None
    kind = "sensitivity" if effect.sensitivity else "interval"
    return {
        "kind": "ratio" if effect.ratio else "difference",
        "estimate": effect.estimate,
        "low": effect.low,
        "high": effect.high,
        "range": kind if effect.low is not None else None,
    }
