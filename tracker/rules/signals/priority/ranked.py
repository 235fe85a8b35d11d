"""What ranking services gives: what is known of each, where it stands on both axes, and its place."""

from datetime import date
from typing import NamedTuple

from tracker.rules.signals.priority.weights import Span
from tracker.rules.wording import listed, optional, ordinal

RANKED = "ranked"
NOT_ENOUGH = "not_enough_data"
LIVE = "live"


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
    recorded. ``missing`` names in words what nobody recorded, ``answered`` of what somebody said why there is no
    figure: ``cost per transaction withheld``.
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
    missing: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()

    @property
    def lacking(self) -> str:
        """What there is no figure of, and why: ``readiness not recorded; failure rate withheld``; empty for nothing."""
        return "; ".join(filter(None, (optional("", listed(self.missing), " not recorded"), *self.answered)))

    def rank_text(self) -> str:
        """Return the place with its range, ``2nd (2–3)``; alone when no shift moves it; empty without one."""
        if self.rank is None:
            return ""
        if self.best == self.last:
            return ordinal(self.rank)
        return f"{ordinal(self.rank)} ({self.best}–{self.last})"

    def data(self) -> dict[str, object]:
        """Return the service as plain data for JSON; amounts are minor units, hours and axes have two decimals."""
        inputs = self.inputs
        return {
            "state": self.state,
            "quadrant": self.quadrant or None,
            "rank": self.rank,
            "rank_low": self.best,
            "rank_high": self.last,
            **_axis_data("impact", self.impact),
            **_axis_data("feasibility", self.feasibility),
            "annual_volume": inputs.volume,
            "citizen_minutes": inputs.minutes,
            "citizen_hours": _rounded(inputs.hours),
            "failure_rate": inputs.failure,
            "annual_cost": inputs.cost,
            "manual_handoffs": inputs.handoffs,
            "vulnerability": inputs.vulnerability,
            "from_journey": inputs.journey or None,
            "legal_deadline": self.legal_deadline and self.legal_deadline.isoformat(),
            "missing": list(self.missing),
        }


def _axis_data(name: str, span: Span | None) -> dict[str, float | None]:
    value, low, high = span or (None, None, None)
    return {name: _rounded(value), f"{name}_low": _rounded(low), f"{name}_high": _rounded(high)}


def _rounded(value: float | None) -> float | None:
    return round(value, 2) if value is not None else None
