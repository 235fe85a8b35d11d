"""Small turns of phrase that every paper and signal shares, days among them."""

from collections.abc import Iterable
from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def short(text: str, most: int) -> str:
    """Return text on one line of at most ``most`` characters, cut after a whole word where there is one."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    at_word = cut.rpartition(" ")[0] if line[most - 1] != " " else cut
    return (at_word if len(at_word) > most // 2 else cut).rstrip(" ,;:.–-") + "…"


def first_sentence(text: str, most: int) -> str:
    """Return the first sentence of a text, cut like ``short``."""
    line = " ".join(text.split())
    for place, sign in enumerate(line):
        if sign in ".!?" and line[place + 1 : place + 2] == " " and place >= 20:
            return short(line[: place + 1], most)
    return short(line, most)


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th … for a whole number."""
    ending = "th" if 11 <= number % 100 <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def spelled(number: int) -> str:
    """Return a whole number up to ten as a word: ``seven``; a larger one in figures."""
    words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return words[number] if number < len(words) else f"{number:,}"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 risk``, ``3 risks``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def verb(number: int, singular: str = "is", plural: str = "are") -> str:
    """Return the form of a verb that goes with a number: ``is`` or ``are`` when none is given."""
    return singular if number == 1 else plural


def are(number: int, noun: str) -> str:
    """Return a number with its noun and verb: ``1 risk is``, ``3 risks are``."""
    return f"{counted(number, noun)} {verb(number)}"


def clause(before: str, text: str, after: str = "") -> str:
    """Return a text between two others; nothing at all when it is empty."""
    return f"{before}{text}{after}" if text else ""


def lower_first(text: str) -> str:
    """Return a text with a small first letter, as it stands after a colon."""
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Return a text with a capital first letter, as it begins a sentence."""
    return text[:1].upper() + text[1:]


def listed(items: Iterable[str], most: int = 1000) -> str:
    """Return items as ``a, b and c``; those beyond ``most`` are counted: ``a, b and 3 more``."""
    names = list(items)
    if len(names) > most:
        names = [*names[:most], f"{len(names) - most} more"]
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]


def percent(part: int, whole: int, *edges: int) -> int:
    """Return part of whole in rounded percent, never rounded up onto 100 or one of the ``edges``.

    A threshold is then never shown as reached when it is not. ``whole`` is above 0.
    """
    down = part * 100 // whole
    rounded = (part * 200 + whole) // (2 * whole)
    return down if rounded in (100, *edges) else rounded


def ended(text: str) -> str:
    """Return a text with a full stop, unless it ends in a sign that ends a sentence."""
    if text.endswith((".", "…", "?", "!")):
        return text
    return f"{text}."


def optional(before: str, value: object, after: str = "") -> str:
    """Return a value between two texts; empty when there is no value, or it is empty or zero."""
    return f"{before}{value}{after}" if value else ""


def show_date(day: date) -> str:
    """Give a day as “12 Nov 2026”, in English whatever the locale."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year:04}"


def date_or(day: date | None, otherwise: str = "") -> str:
    """Give a day like ``show_date``, or what stands where there is none."""
    return show_date(day) if day is not None else otherwise
