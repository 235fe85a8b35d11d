"""A day beside today: on the side on which a field looks where its year is left out, and how far away it is."""

from collections.abc import Sequence
from datetime import date

from tracker.fields import Looks
from tracker.rules.wording import MONTHS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NEAR_DAYS = 31  # so near on the other side, a day may well be the one that is meant
DAYS_OF_WEEK = len(WEEKDAYS)
NEARER = 2  # a field that looks both ways takes a day that is so many times nearer than the other


class SidesDiffer(ValueError):
    """A text that may mean a day before today or one after it; ``days`` are both."""

    def __init__(self, before: date, after: date) -> None:
        super().__init__(f"may be {full_day(before)} or {full_day(after)}")
        self.days = (before, after)


def full_day(day: date) -> str:
    """Give a day in full: “Thursday 12 November 2026”."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year:04}"


def on_a_side(before: date, after: date, today: date, looks: Looks) -> date:
    """Return the one of two days, before and after today, that fits how a field looks. Raises SidesDiffer.

    A day of the other side that is near is meant by some, so that both are named then. A field that looks both ways
    takes the one that is much nearer.
    """
    days_ago = (today - before).days
    to_come = (after - today).days
    past_is_near = days_ago <= NEAR_DAYS
    coming_is_near = to_come <= NEAR_DAYS
    if looks == "ahead" and (coming_is_near or not past_is_near):
        return after
    if looks == "back" and (past_is_near or not coming_is_near):
        return before
    if looks == "either" and days_ago * NEARER <= to_come:
        return before
    if looks == "either" and to_come * NEARER <= days_ago:
        return after
    raise SidesDiffer(before, after)


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return a day of the calendar; None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def of_years(days: Sequence[date], today: date, looks: Looks) -> date | None:
    """Return the one of some days a year apart that is meant; 29 February may be missing among them.

    None where none of them lies where the field looks. Raises SidesDiffer.
    """
    if today in days:
        return today
    before = max((day for day in days if day < today), default=None)
    after = min((day for day in days if day > today), default=None)
    if before is None or after is None:
        return {"ahead": after, "back": before}.get(looks, before or after)
    return on_a_side(before, after, today, looks)


def only_past(days: Sequence[date], today: date) -> str:
    """Return what is said where one of the days that a text may mean is to come, and only a past day can stand.

    It is empty where none of them, or each of them, is to come.
    """
    ahead = [day for day in days if day > today]
    past = [day for day in days if day <= today]
    if not ahead or not past:
        return ""
    if (today - past[-1]).days == DAYS_OF_WEEK:  # a weekday that is today's
        return f"may be today or {full_day(past[-1])}: write today or {past[-1]}."
    return f"cannot be {full_day(ahead[0])}, which is still to come: write {past[-1]} if {full_day(past[-1])} is meant."


def explain_date(day: date, today: date) -> str:
    """Give a day in full with its distance from today: “Thursday 12 November 2026, in 11 days”.

    The distance is in days below two weeks, then weeks, months and years, with “about” where rounded.
    """
    return f"{full_day(day)}, {_distance(day, today)}"


def not_known_yet(label: str, day: date, today: date) -> str:
    """Give why a day to come, which a text of some label was read as, cannot be asked for: nobody knows it."""
    return f"{label} was read as {explain_date(day, today)}: nobody knows that day yet. Give today or an earlier day."


def _distance(day: date, today: date) -> str:
    days = (day - today).days
    if -1 <= days <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1]
    amount = _rounded(abs(days), day, today)
    if days < 0:
        return f"{amount} ago"
    return f"in {amount}"


def _rounded(days: int, day: date, today: date) -> str:
    if days < 14:
        return f"{days} days"
    whole_months = 0
    if day.day == today.day:
        whole_months = abs((day.year - today.year) * 12 + day.month - today.month)
    months = (days * 48 + 730) // 1461  # 48 months are 1461 days
    if days < 84:
        weeks = (days + 3) // 7
        amount = f"{weeks} weeks"
        exact = weeks * 7 == days
    elif months < 24:
        amount = f"{months} months"
        exact = months == whole_months
    else:
        years = (days * 4 + 730) // 1461
        amount = f"{years} years"
        exact = years * 12 == whole_months
    if exact:
        return amount
    return f"about {amount}"
