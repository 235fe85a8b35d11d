"""What ranking services gives: what is known of each, where it stands on both axes, and its place."""

from datetime import date
from typing import NamedTuple

from tracker.rules.signals.priority.weights import Span
from tracker.rules.wording import ordinal

RANKED, NOT_ENOUGH, LIVE = "ranked", "not_enough_data", "live"
INPUTS = ("hours", "failure", "cost", "handoffs", "vulnerability")


class Inputs(NamedTuple):
    """What is known of a service; None is not recorded.

    ``volume`` is transactions a year, ``minutes`` the citizen's time in one, ``hours`` and ``cost`` (minor units)
    are of a year, ``failure`` is a part of one. ``journey`` is the ref of the journey that gave minutes or hand-offs.
    """

    volume: int | None = None
    minutes: int | None = None
    hours: float | None = None
    failure: float | None = None
    cost: int | None = None
    handoffs: int | None = None
    vulnerability: int | None = None
    journey: str = ""


class Ranked(NamedTuple):
    """A service on both axes; ``state`` is ranked, not_enough_data or live, and only ranked ones have a place.

    ``rank`` is by impact, ``best`` and ``last`` its range. ``feasibility`` is None when neither readiness is
    recorded. ``missing`` names in words what is not recorded.
    """

    uid: str
    ref: str
    name: str
    state: str
    inputs: Inputs
    impact: Span | None
    feasibility: Span | None
    quadrant: str
    rank: int | None
    best: int | None
    last: int | None
    legal_deadline: date | None
    missing: tuple[str, ...]

    def rank_text(self) -> str:
        """Return the place with its range, ``2nd (2–3)``; alone when no shift moves it; empty without one."""
        if self.rank is None:
            return ""
        return ordinal(self.rank) + ("" if self.best == self.last else f" ({self.best}–{self.last})")

    def data(self) -> dict[str, object]:
        """Return the service as plain data for JSON; amounts are minor units, hours and axes have two decimals."""
        axes = {"impact": self.impact, "feasibility": self.feasibility}
        spans = {
            f"{name}{side and '_' + side}": round(getattr(axis, side or "value"), 2) if axis else None
            for name, axis in axes.items()
            for side in ("", "low", "high")
        }
        hours = self.inputs.hours
        return {
            "state": self.state,
            "quadrant": self.quadrant or None,
            "rank": self.rank,
            "rank_low": self.best,
            "rank_high": self.last,
            **spans,
            "annual_volume": self.inputs.volume,
            "citizen_minutes": self.inputs.minutes,
            "citizen_hours": None if hours is None else round(hours, 2),
            "failure_rate": self.inputs.failure,
            "annual_cost": self.inputs.cost,
            "manual_handoffs": self.inputs.handoffs,
            "vulnerability": self.inputs.vulnerability,
            "from_journey": self.inputs.journey or None,
            "legal_deadline": self.legal_deadline and self.legal_deadline.isoformat(),
            "missing": list(self.missing),
        }
