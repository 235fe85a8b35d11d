"""People who have left: how papers and choosers mark them."""

from datetime import date

from tracker.entities.person import Person
from tracker.rules.wording import show_date


def parting(person: Person, day: date) -> str:
    """Return how somebody who has left by a day is marked, ``left 20 Nov 2026``; nothing for somebody who has not."""
    if not person.has_left(day):
        return ""
    if person.left_on is None or person.left_on > day:
        return "left"
    return f"left {show_date(person.left_on)}"
