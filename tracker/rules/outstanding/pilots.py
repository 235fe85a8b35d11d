"""Until when a pilot is fresh."""

from datetime import date, timedelta

from tracker.entities import Pilot
from tracker.rules.day import Day
from tracker.rules.outstanding import Open, by_rule


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
