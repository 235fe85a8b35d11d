"""Elapsed time and times of day as people type them: ``2 h 30 min``, ``1,5 h``, ``3 d``; ``9:30``, ``2 pm``."""

import re

from tracker.rules.typed.conventions import NotRead
from tracker.rules.typed.numbers import plain_number, read_figure

WEEK = 10_080
DAY = 1440
HOUR = 60
UNITS = {
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), WEEK),
    **dict.fromkeys(("d", "day", "days"), DAY),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), HOUR),
    **dict.fromkeys(("min", "mins", "m", "minute", "minutes"), 1),
}
LONGEST = 10**9


def minutes_from(label: str, text: str) -> int:
    """Return the minutes a text stands for: ``45``, ``45 min``, ``2 h 30 min``, ``1.5 h``, ``3 d``. Raises NotRead.

    A day has 24 hours; a number alone is of minutes, also behind hours.
    """
    words = " ".join(text.split()).lower()
    if re.fullmatch(r"\d+:\d\d", words):
        raise NotRead(f"{label}: “{text}” may be hours and minutes or minutes and seconds: write 2 h 30 min.")
    pieces = re.findall(r"([^a-z]+)([a-z]*)", words)
    if not pieces or "".join(number + unit for number, unit in pieces) != words:
        raise NotRead(_no_time(label, text))
    total = 0
    last = 0
    for place, (number, unit) in enumerate(pieces):
        size = UNITS.get(unit, 0)
        if not unit and last in (0, HOUR) and place == len(pieces) - 1:
            size = 1
        if not size or (last and size >= last):
            raise NotRead(_no_time(label, text))
        if place:
            number = number.lstrip(" ,")
        total += _minutes(label, text, number.strip(), size)
        last = size
    if total >= LONGEST:
        raise NotRead(f"{label}: “{text}” is longer than any service takes.")
    return total


def _no_time(label: str, text: str) -> str:
    return f"{label} is a time such as 45 min, 2 h 30 min or 3 d; “{text}” is not one."


def _minutes(label: str, text: str, number: str, size: int) -> int:
    try:
        figure = read_figure(label, number, "a number")
    except NotRead:
        raise NotRead(_no_time(label, text)) from None
    minutes = figure.value * size
    if figure.value < 0:
        raise NotRead(_no_time(label, text))
    if figure.second is not None and figure.decimals:
        both = f"{plain_number(figure.value)} or {plain_number(figure.second)}"
        raise NotRead(f"{label}: “{text}” may mean {both}. Write it in minutes, such as 45 min.")
    if minutes != int(minutes):
        raise NotRead(f"{label} is in whole minutes; “{text}” makes {plain_number(minutes)}.")
    return int(minutes)


def clock_from(label: str, text: str) -> str:
    """Return the time of day a text stands for, as 09:30: ``9:30``, ``9.30 am``, ``0930``, ``2 pm``. Raises NotRead."""
    words = "".join(text.lower().split())
    match = re.fullmatch(r"(\d{1,2})[:.h](\d{2})([ap]\.?m\.?)?|(\d{2})(\d{2})|(\d{1,2})([ap]\.?m\.?)", words, re.ASCII)
    if match is None:
        raise NotRead(f"{label} is a time of day such as 09:30; “{text}” is not one.")
    hour = int(match[1] or match[4] or match[6])
    minute = int(match[2] or match[5] or 0)
    half = (match[3] or match[7] or "")[:1]
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        raise NotRead(f"{label}: “{text}” was read as {hour} hours {minute} minutes, and there is no such time of day.")
    if half:
        hour = hour % 12 + 12 * (half == "p")
    return f"{hour:02}:{minute:02}"
