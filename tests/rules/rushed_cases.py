"""A calm pilot, and how it is judged when something of it is another."""

from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from rules.evidence_cases import evidence, iterations, make, pilot

from tracker.rules.signals.result import Finding, Signal
from tracker.rules.signals.rushed.warning import flags, rushed_signal

steady = settings(derandomize=True, max_examples=100, deadline=None)
LIVE = date(2026, 10, 19)  # a Monday
GATE = date(2026, 10, 16)  # the Friday before it


def one(**facts: Any) -> Any:
    plain = {"start": date(2026, 9, 21), "first_real_user_on": LIVE, "baseline_end": date(2027, 2, 1)}
    return pilot(**{**plain, "decision_due": date(2027, 2, 1), "personal_data": "yes", "users_tested": 9, **facts})


def gate(ref: str = "G-01", **facts: Any) -> Any:
    plain = {"name": "Private beta", "pilot": "P-01", "opens_phase": "private_beta"}
    return make("gate", ref, **{**plain, "held_on": GATE, "outcome": "green", **facts})


def criterion(added: date | None = date(2026, 9, 28), ref: str = "", **facts: Any) -> Any:
    plain = {"text": "It works", "gate": "G-01", "result": "met", "evidence": "We looked"}
    return make("criterion", ref, **{**plain, "evidence_added_on": added, **facts})


def item(kind: str, status: str = "signed_off") -> Any:
    return make("compliance", item_kind=kind, pilot="P-01", status=status)


def metric(ref: str = "M-01", **facts: Any) -> Any:
    plain = {"name": "Completion rate", "metric_kind": "proportion", "definition": "Done of begun", "target": 0.85}
    return make("metric", ref, **{**plain, "pilot": "P-01", **facts})


def measured(phase: str, ends: date, k: int, n: int, of: str = "M-01", days: int = 30, **facts: Any) -> Any:
    start = ends - timedelta(days - 1)
    span: dict[str, Any] = {"period_start": start, "period_end": ends}
    return make("measurement", metric=of, phase=phase, numerator=k, denominator=n, **span, **facts)


def session(on: date, ref: str = "T-01", **facts: Any) -> Any:
    return make("session", ref, title="Workshop", pilot="P-01", starts_on=on, **{"status": "held", **facts})


CALM = (
    gate(),
    criterion(),
    criterion(),
    item("dpia"),
    item("security"),
    metric(),
    measured("baseline", date(2026, 9, 20), 412, 598),
    session(date(2026, 9, 30)),
    *iterations("P-01", 3, 17, day=LIVE),
)


def judged(*records: Any, of: Any = None, **more: Any) -> Signal:
    which = of or one()
    return rushed_signal(evidence(which, *records, **more), which)


def fired(signal: Signal) -> list[str]:
    return [found.id + "!" * found.hard for found in flags(signal.findings)]


def rule(signal: Signal, name: str) -> Finding:
    (found,) = (found for found in signal.findings if found.id == name)
    return found


def without(kind: str, **fields: Any) -> list[Any]:
    """Return the calm records but those of a kind whose fields have these values."""
    return [r for r in CALM if not (r.kind == kind and all(getattr(r, k) == v for k, v in fields.items()))]
