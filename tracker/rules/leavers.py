"""People who have left: how papers and choosers mark them."""

from datetime import date

from tracker.entities.person import Person
from tracker.rules.wording import show_date

PARTED = {"left": "has left", "removed": "was removed"}  # what a sentence says of somebody, by their mark


def parting(person: Person, day: date) -> str:
    """Return how somebody who has left by a day is marked, ``left 20 Nov 2026``; nothing for somebody who has not."""
    return mark_of(person.active, person.left_on, day)


def mark_of(active: bool, left_on: date | None, day: date) -> str:
    """Return how somebody is marked on a day, by whether they are active and by their last day."""
    if left_on is not None and left_on <= day:
        return f"left {show_date(left_on)}"
    return "" if active else "left"
