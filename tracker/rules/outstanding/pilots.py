"""Until when a pilot is fresh, and when its ratings are to be looked at again."""

from datetime import date, timedelta

from tracker.entities import Confidence, Pilot
from tracker.fields import latest
from tracker.rules.day import Day, newest_of
from tracker.rules.outstanding import Open, by_rule
from tracker.rules.signals.pilot.reported import reason_relied_on


def pilot(evidence: Day, pilot: Pilot) -> Open:
    """Yield the last day on which a running pilot was fresh, once it is stale: before, there is nothing to be done.

    One of which no update is known counts from its record.
    """
    last = evidence.updated.get(pilot.uid)
    if last is None and pilot.created_at:
        last = date.fromisoformat(pilot.created_at[:10])
    if last is None or pilot.has_ended:
        return
    fresh_until = last + timedelta(evidence.about.staleness_days)
    if fresh_until < evidence.date:
        yield by_rule(pilot), fresh_until


def confidence(evidence: Day, report: Confidence) -> Open:
    """Yield when the newest report of its kind, or the reason it relies on, is to be looked at again; others were."""
    newest = newest_of(
        (
            other
            for other in evidence.of(Confidence, "pilot", report.pilot)
            if (other.rating_kind, other.dimension) == (report.rating_kind, report.dimension)
        ),
        "as_of",
    )
    if report.review_by is None or newest is None:
        return
    if newest.uid == report.uid:
        yield by_rule(report), latest(report.review_by)
    elif report.pilot:
        reason = reason_relied_on(evidence, report.pilot)
        if reason is not None and reason.uid == report.uid:
            part = "reason that the newest rating relies on"
            yield by_rule(report)._replace(part=part), latest(report.review_by)
