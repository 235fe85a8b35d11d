"""Metrics that can be measured, figures of each kind, and the notes that are not about lateness."""

from datetime import date
from typing import Any

from tracker.services.records.writing import Saved, add
from tracker.storage.store import Acting, Store

GO_LIVE = date(2026, 5, 4)
BEFORE = {"phase": "baseline", "period_start": date(2026, 1, 1), "period_end": date(2026, 3, 31)}
AFTER = {"phase": "after", "period_start": date(2026, 6, 1), "period_end": date(2026, 8, 31)}
LATE = "Recorded "  # how the note on late entries begins


def a_metric(store: Store, by: Acting, kind: str = "proportion", **more: Any) -> Saved:
    values = {"name": "M", "metric_kind": kind, "definition": "Completed of started", "unit": "units", **more}
    return add(store, "metric", values, by)


def noted(saved: Saved) -> list[str]:
    return [note for note in saved.notes if not note.startswith(LATE)]


FIGURES: dict[str, dict[str, float]] = {
    "proportion": {"numerator": 412, "denominator": 598},
    "mean": {"mean": 41.0, "sd": 18.0, "n": 64},
    "ratio": {"total": 31_000.0, "units": 5200},
    "rate": {"events": 84, "exposure": 12_000.0},
    "count": {"value": 61.0},
    "index": {"value": 104.5},
}
