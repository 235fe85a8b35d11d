"""When a risk is to be reviewed."""

from tracker.entities import Risk
from tracker.fields import WorkedOut, latest
from tracker.rules.day import Day
from tracker.rules.outstanding import Open, by_rule
from tracker.rules.risk import is_live, next_review


def risk(evidence: Day, risk: Risk) -> Open:
    """Yield the day of the next review of a live risk."""
    if is_live(risk):
        due = next_review(risk, evidence.settings)
        if not isinstance(due, WorkedOut):  # a day that somebody set may be a month
            due = latest(due)
        yield by_rule(risk), due
