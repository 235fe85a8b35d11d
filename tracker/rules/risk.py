"""How exposed the programme is: scores, bands, appetite and reviews of its risks."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tracker.entities import Risk
from tracker.fields import WorkedOut, latest
from tracker.rules.day import Day
from tracker.rules.settings import BANDS, Band, Settings
from tracker.rules.wording import optional
from tracker.text import natural_order

if TYPE_CHECKING:
    from tracker.entities import Action


def score(risk: Risk) -> int | None:
    """Return likelihood × impact as they are now, 1 to 25; None when the risk is not scored."""
    if risk.likelihood is None or risk.impact is None:
        return None
    return risk.likelihood * risk.impact


def points(risk: Risk) -> int:
    """Return the score of a risk, 0 when it is not scored."""
    return score(risk) or 0


def band(points: int, settings: Settings) -> Band:
    """Return ``low``, ``medium``, ``high`` or ``very_high`` for a score."""
    medium, high, very_high = settings.band_cuts()
    return BANDS[(points >= medium) + (points >= high) + (points >= very_high)]


def excess(risk: Risk, settings: Settings) -> int | None:
    """Return the points by which a risk is above the appetite for its category, 0 within; None when not scored."""
    points = score(risk)
    if points is None:
        return None
    return max(0, points - settings.tolerance(risk.category))


class ReviewFacts(NamedTuple):
    """What the day of the next review is worked out from."""

    by_hand: date | None
    assessed: date | None
    since: date  # when it was raised, or recorded where nobody knows
    score: int | None


def review_day(facts: ReviewFacts, settings: Settings) -> date:
    """Return when a live risk is to be reviewed next.

    A date given by hand counts until an assessment has been made on or after it; then, or without one, it is
    the last assessment (or the day since when it is known) and the interval of its band: a WorkedOut day. A risk
    without a score waits no longer than a very high one.
    """
    by_hand, assessed, since, points = facts
    if by_hand is not None and (assessed is None or assessed < by_hand):
        return by_hand
    review_band = BANDS[-1] if points is None else band(points, settings)
    return _days_on(assessed or since, settings.review_days(review_band))


@lru_cache(maxsize=4096)
def _days_on(day: date, days: int) -> date:
    due = day + timedelta(days)
    return WorkedOut(due.year, due.month, due.day)


def next_review(risk: Risk, settings: Settings) -> date:
    """Return when a live risk is to be reviewed next (``review_day``)."""
    since = risk.raised_on or date.fromisoformat(risk.created_at[:10])
    return review_day(ReviewFacts(risk.next_review_on, risk.assessed_on, since, score(risk)), settings)


def review_is_set(risk: Risk) -> bool:
    """Return whether somebody set the day of the next review; else it follows from the assessment and the score."""
    by_hand = risk.next_review_on
    return by_hand is not None and (risk.assessed_on is None or risk.assessed_on < by_hand)


def unset_reviews(risks: Iterable[Risk]) -> str:
    """Return how many of some reviews fall due by the score of the risk alone, in brackets; empty for none."""
    number = sum(not review_is_set(risk) for risk in risks)
    return optional(" (", number, " worked out from the score, without a day that anybody set)")


def is_live(risk: Risk) -> bool:
    """Return whether a risk still is one: a draft or open, neither closed nor turned into an issue."""
    return risk.is_open


def review_overdue(risk: Risk, settings: Settings, day: date) -> bool:
    """Return whether a live risk should have been reviewed before a day."""
    return is_live(risk) and latest(next_review(risk, settings)) < day


def live_threats(risks: Iterable[Risk]) -> list[Risk]:
    """Return the risks that are live threats, drafts among them."""
    return [risk for risk in risks if is_live(risk) and risk.risk_kind == "threat"]


def open_actions(evidence: Day, risk: Risk) -> "list[Action]":
    """Return the actions that treat a risk and are not finished, overdue or not."""
    from tracker.entities import Action  # lists of risks do not ask

    return [action for action in evidence.of(Action, "risk", risk.uid) if action.is_open]


def covered(evidence: Day, risk: Risk) -> bool:
    """Return whether a risk has an action that is open and not overdue."""
    return any(action.due and action.due >= evidence.date for action in open_actions(evidence, risk))


class Exposure(NamedTuple):
    """The live threats on a day; ``bands`` runs from very high to low and leaves out the ``unscored``.

    ``drafts`` are among the ``live``. ``above`` counts the risks above appetite, ``points`` sums by how much.
    ``oldest_overdue`` is in days, ``overdue_by_score`` counts those for whose review nobody set a day.
    ``opportunities`` are counted apart and are not exposure.
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
    overdue_by_score: int = 0


def exposure(risks: Iterable[Risk], settings: Settings, day: date, apart: frozenset[str] = frozenset()) -> Exposure:
    """Return the figures of the risk section for some risks, whatever their status.

    No review is overdue of those whose uids are in ``apart``: their pilot has ended, or was removed.
    """
    live = [risk for risk in risks if is_live(risk)]
    threats = [risk for risk in live if risk.risk_kind == "threat"]
    scored = [risk for risk in threats if score(risk) is not None]
    bands = [band(points(risk), settings) for risk in scored]
    above = [by for risk in scored if (by := excess(risk, settings))]
    late = [risk for risk in threats if review_overdue(risk, settings, day)]
    overdue = [(day - next_review(risk, settings)).days for risk in late if risk.uid not in apart]
    return Exposure(
        live=len(threats),
        drafts=sum(risk.status == "draft" for risk in threats),
        bands=tuple((name, bands.count(name)) for name in reversed(BANDS)),
        unscored=len(threats) - len(scored),
        above=len(above),
        points=sum(above),
        overdue=len(overdue),
        oldest_overdue=max(overdue, default=0),
        opportunities=len(live) - len(threats),
        overdue_by_score=sum(not review_is_set(risk) for risk in late),
    )


def top(risks: Iterable[Risk], settings: Settings, limit: int) -> list[Risk]:
    """Return the live threats with the highest scores; equal ones by points above appetite, then by ref."""
    weighed = [((-points(risk), -(excess(risk, settings) or 0)), risk) for risk in live_threats(risks)]
    least = sorted(weight for weight, _ in weighed)[:limit][-1:]
    gravest = [(weight, natural_order(risk.ref), risk) for weight, risk in weighed if [weight] <= least]
    return [risk for *_, risk in sorted(gravest, key=itemgetter(0, 1))[:limit]]
