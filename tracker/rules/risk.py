"""How exposed the programme is: scores, bands, appetite and reviews of its risks."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from tracker.entities.risk import Risk
from tracker.rules.settings import BANDS, Band, Settings


def score(risk: Risk) -> int | None:
    """Return likelihood × impact as they are now, 1 to 25; None when the risk is not scored."""
    if risk.likelihood is None or risk.impact is None:
        return None
    return risk.likelihood * risk.impact


def band(points: int, settings: Settings) -> Band:
    """Return ``low``, ``medium``, ``high`` or ``very_high`` for a score."""
    return BANDS[sum(points >= cut for cut in settings.band_cuts())]


def excess(risk: Risk, settings: Settings) -> int | None:
    """Return the points by which a risk is above the appetite for its category, 0 within; None when not scored."""
    points = score(risk)
    return None if points is None else max(0, points - settings.tolerance(risk.category))


def next_review(risk: Risk, settings: Settings) -> date:
    """Return when a risk is to be reviewed next.

    A date given by hand counts until an assessment has been made on or after it; then, or without one, it is
    the last assessment (or the day it was raised) and the interval of its band. A risk without a score waits
    no longer than a very high one.
    """
    given, assessed = risk.next_review_on, risk.assessed_on
    if given is not None and (assessed is None or assessed < given):
        return given
    points = score(risk)
    days = settings.review_days(BANDS[-1] if points is None else band(points, settings))
    return (assessed or risk.raised_on) + timedelta(days)


def is_live(risk: Risk) -> bool:
    """Return whether a risk still is one: a draft or open, neither closed nor turned into an issue."""
    return risk.is_open


def review_overdue(risk: Risk, settings: Settings, day: date) -> bool:
    """Return whether a live risk should have been reviewed before a day."""
    return is_live(risk) and next_review(risk, settings) < day


class Exposure(NamedTuple):
    """The live threats on a day; ``bands`` runs from very high to low and leaves out the ``unscored``.

    ``drafts`` are among the ``live``. ``above`` counts the risks above appetite, ``points`` sums by how much.
    ``oldest_overdue`` is in days. ``opportunities`` are counted apart and are not exposure.
    """

    live: int
    drafts: int
    bands: tuple[tuple[str, int], ...]
    unscored: int
    above: int
    points: int
    overdue: int
    oldest_overdue: int
    opportunities: int


def exposure(risks: Iterable[Risk], settings: Settings, day: date) -> Exposure:
    """Return the figures of the risk section for some risks, whatever their status."""
    live = [risk for risk in risks if is_live(risk)]
    threats = [risk for risk in live if risk.risk_kind == "threat"]
    scores = [points for points in map(score, threats) if points is not None]
    found = [band(points, settings) for points in scores]
    over = [points for points in (excess(risk, settings) for risk in threats) if points]
    late = [(day - next_review(r, settings)).days for r in threats if review_overdue(r, settings, day)]
    return Exposure(
        live=len(threats),
        drafts=sum(risk.status == "draft" for risk in threats),
        bands=tuple((name, found.count(name)) for name in reversed(BANDS)),
        unscored=len(threats) - len(scores),
        above=len(over),
        points=sum(over),
        overdue=len(late),
        oldest_overdue=max(late, default=0),
        opportunities=len(live) - len(threats),
    )


def top(risks: Iterable[Risk], settings: Settings, most: int) -> list[Risk]:
    """Return the live threats with the highest scores; equal ones by points above appetite, then by ref."""
    threats = [risk for risk in risks if is_live(risk) and risk.risk_kind == "threat"]
    threats.sort(key=lambda risk: (-(score(risk) or 0), -(excess(risk, settings) or 0), risk.ref))
    return threats[:most]
