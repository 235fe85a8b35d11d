"""Days in the prose of the demonstration: ``{2026-10-08|8 October}`` is a day, and the words for it."""

import re
from datetime import date, timedelta

from tracker.rules.wording import MONTHS

DATED = re.compile(r"\{(\d{4}-\d\d-\d\d)\|([^{}|]+)\}")
SEASONS = ("winter", "spring", "summer", "autumn")
HOLIDAYS = "the holidays"  # what Christmas becomes at another time of the year
THIRD = 10  # days: a month is early, middle or late by thirds


def as_words(text: str, shift: timedelta) -> str:
    """Return a text with its days moved, each in the form in which it is written; as it is written for no shift.

    Raises ValueError for a day that does not exist.
    """
    if not shift:
        return DATED.sub(lambda dated: dated[2], text)
    return DATED.sub(lambda dated: _in_the_form_of(dated[2], date.fromisoformat(dated[1]) + shift), text)


def _in_the_form_of(words: str, day: date) -> str:
    """Return a day in the form of some words: a day, month, season, year or the last two digits of a year."""
    month = MONTHS[day.month - 1]
    if words in SEASONS:
        return SEASONS[day.month % 12 // 3]
    if words == "Christmas":
        return HOLIDAYS
    parts = []
    for word in words.split():
        if word in ("early", "mid", "late"):
            parts.append(("early", "mid", "late")[min((day.day - 1) // THIRD, 2)])
        elif word in MONTHS:
            parts.append(month)
        elif word in (name[:3] for name in MONTHS):
            parts.append(month[:3])
        elif len(word) == len("2026"):
            parts.append(str(day.year))
        else:
            parts.append(str(day.day))
    if parts == [str(day.day)]:  # alone, two digits are those of a year
        return f"{day.year % 100:02}"
    return " ".join(parts)


def same_weekday(story_day: date, today: date) -> date:
    """Return the last day up to today that falls on the weekday of another: the days of a story keep their weekdays."""
    return today - timedelta((today - story_day).days % 7)
