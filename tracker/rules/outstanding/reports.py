"""When the ratings that people give a pilot are to be looked at again."""

from tracker.entities import Confidence
from tracker.fields import latest
from tracker.rules.day import Day, newest_of
from tracker.rules.outstanding import Open, by_rule
from tracker.rules.signals.pilot.reported import reason_relied_on


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
            yield by_rule(report).but(part=part), latest(report.review_by)
