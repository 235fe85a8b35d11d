"""A pilot that is ready to scale, and how it is judged when something of it is another."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import settings
from rules.evidence_cases import DAY, evidence, iterations, make, pilot

from tracker.rules.signals.scaling.advice import ScaleReadiness, scale_readiness
from tracker.rules.signals.scaling.criteria import Criterion

steady = settings(derandomize=True, max_examples=100, deadline=None)


class Compared(NamedTuple):
    """What readiness looks at of a comparison."""

    metric: Any
    verdict: str


def metric(ref: str = "M-01", **facts: Any) -> Any:
    plain = {"name": "Completion rate", "metric_kind": "proportion", "definition": "Done of begun", "target": 0.8}
    return make("metric", ref, **{**plain, "pilot": "P-01", **facts})


def one(**facts: Any) -> Any:
    plain = {"first_real_user_on": DAY - timedelta(56), "personal_data": "yes", "phase": "public_beta"}
    return pilot(**{**plain, "service": "S-01", "decision_due": DAY + timedelta(9), **facts})


def gate(ref: str = "G-01", ago: int = 60, **facts: Any) -> Any:
    plain = {"name": "Public beta", "pilot": "P-01", "outcome": "green", "held_on": DAY - timedelta(ago)}
    return make("gate", ref, **{**plain, **facts})


def pending(ref: str = "G-02") -> Any:
    return gate(ref, outcome="pending", held_on=None, planned_on=DAY + timedelta(5))


def asked(code: str, result: str = "met", of: str = "G-01", ref: str = "") -> Any:
    more = {"evidence": "We looked"} if result != "not_applicable" else {"not_applicable_reason": "No contract"}
    return make("criterion", ref, text="So it is", gate=of, code=code, result=result, **more)


def item(kind: str, status: str = "signed_off") -> Any:
    return make("compliance", item_kind=kind, pilot="P-01", status=status)


def condition(due: date | None = DAY + timedelta(20), of: str = "G-02", **facts: Any) -> Any:
    return make("condition", text="Do it", gate=of, due=due, **facts)


GOOD = (
    gate(),
    *(asked(code) for code in ("funding", "support", "contracts", "consulted", "training_plan")),
    *(item(kind) for kind in ("dpia", "security", "accessibility")),
    make("need", role_group="Staff", pilot="P-01", headcount=10),
    make("session", "T-01", title="Workshop", pilot="P-01", starts_on=DAY - timedelta(90), status="held"),
    make("attendance", session="T-01", role_group="Staff", present=9),
    make("risk", "R-001", title="It rains", pilot="P-01", status="open", likelihood=2, impact=2),
    make("integration", name="Address", consumer="S-01", standard="ST-01", monitored=True, status="in_production"),
    *iterations("P-01", 10, released_to="all_real_users"),
)
IMPROVED = (Compared(metric(), "improved"),)


def judged(*records: Any, of: Any = None, compared: Any = IMPROVED, **more: Any) -> ScaleReadiness:
    which = of or one()
    dimensions = more.pop("dimensions", {})
    known = evidence(which, *(c.metric for c in compared), *records, **more)
    return scale_readiness(known, which, dimensions, compared)


def but(kind: str, *instead: Any, **fields: Any) -> list[Any]:
    """Return the good records, with other ones instead of those of a kind whose fields have these values."""
    return [r for r in GOOD if not (r.kind == kind and all(getattr(r, k) == v for k, v in fields.items()))] + [*instead]


def number(found: ScaleReadiness, which: int) -> Criterion:
    return found.criteria[which - 1]
