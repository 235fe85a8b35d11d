"""Rules of bodies that meet, and of the days on which nobody works."""

from zoneinfo import ZoneInfo

from tracker.rules.boards.working_days import SATURDAY
from tracker.rules.wording import show_date
from tracker.services.guards.guard import Proposal


def body(proposal: Proposal) -> None:
    """Refuse a time zone that is none."""
    zone = proposal["time_zone"]
    if not zone or not proposal.changed("time_zone"):
        return
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        sentence = f"Time zone: “{zone}” is none. Write one like Europe/London or Europe/Dublin."
        proposal.refuse("time_zone", "body.time_zone", sentence)


def holiday(proposal: Proposal) -> None:
    """Say of a holiday on a Saturday or Sunday that it changes nothing."""
    day = proposal["falls_on"]
    if day is not None and day.weekday() >= SATURDAY and proposal.changed("falls_on"):
        proposal.note("holiday.weekend", f"{show_date(day)} is a {day:%A}: nobody works on it anyway.")
