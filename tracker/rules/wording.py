"""Small turns of phrase that every paper and signal shares, days among them."""

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from tracker.fields import FINANCIAL_QUARTERS, VagueDay, WorkedOut, earliest, months_on
from tracker.text import natural_order

if TYPE_CHECKING:
    from fractions import Fraction

MONTHS = [
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
]

MINUS = "\u2212"  # what stands before a figure below zero wherever people read one

_SENTENCE_END = r"([.!?][”’\"')]*) (?=[“‘\"'(]?[^\W_a-z])"  # and the next begins with a capital or a figure
_ABBREVIATIONS = ("no", "nos", "mr", "mrs", "ms", "dr", "st", "approx", "ca", "cf", "vs", "para", "sec", "fig", "art")


def short(text: str, longest: int) -> str:
    """Return text on one line of at most ``longest`` characters, cut after a whole word where there is one."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    if line[longest - 1] != " ":
        whole_words = cut.rpartition(" ")[0]
        if len(whole_words) > longest // 2:
            cut = whole_words
    return cut.rstrip(" ,;:.–-") + "…"


def whole_sentences(text: str, longest: int) -> str:
    """Return on one line the first sentences of a text that fit into ``longest`` characters, none of them cut.

    The first stands whole, however long it is: what is cut may say the opposite. Where it is not certain that a
    sentence ends, it goes on.
    """
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    ends = [*sentence_ends(line), len(line)]
    fitting = [end for end in ends if end <= longest] or ends[:1]
    return line[: fitting[-1]]


def sentence_ends(line: str) -> list[int]:
    """Return where sentences of a text on one line certainly end, that of the last left out."""
    return [match.end(1) for match in re.finditer(_SENTENCE_END, line) if _ends_there(line[: match.start(1)])]


def _ends_there(before: str) -> bool:
    """Return whether a stop behind a text ends a sentence, and not an abbreviation or an initial."""
    word = before.rpartition(" ")[2].strip("(“‘\"'").lower()
    return len(word) > 1 and word not in _ABBREVIATIONS and "." not in word


def folded(text: str | None) -> str:
    """Return what makes two spellings of a text the same: its letters, whatever their case and spacing."""
    return " ".join((text or "").split()).casefold()


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th … for a whole number."""
    return f"{number}{ordinal_ending(number)}"


def ordinal_ending(number: int) -> str:
    """Return what follows a whole number: st, nd, rd or th."""
    if 11 <= number % 100 <= 13:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def spelled(number: int) -> str:
    """Return a whole number up to ten as a word: ``seven``; a larger one in figures."""
    words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return dict(enumerate(words)).get(number, f"{number:,}")


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun: ``1 risk``, ``3 risks``."""
    return f"{number:,} {verb(number, singular, plural or f'{singular}s')}"


def verb(number: int, singular: str = "is", plural: str = "are") -> str:
    """Return the form of a verb that goes with a number: ``is`` or ``are`` when none is given."""
    return singular if number == 1 else plural


def are(number: int, noun: str) -> str:
    """Return a number with its noun and verb: ``1 risk is``, ``3 risks are``."""
    return f"{counted(number, noun)} {verb(number)}"


def with_article(noun: str) -> str:
    """Return a noun with its article: ``a risk``, ``an issue``."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def lower_first(text: str) -> str:
    """Return a text with a small first letter, as it stands after a colon; an abbreviation keeps its capitals."""
    if text[1:2].isupper():
        return text
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Return a text with a capital first letter, as it begins a sentence."""
    return text[:1].upper() + text[1:]


def listed(items: Iterable[str], limit: int = 1000) -> str:
    """Return items as ``a, b and c``; those beyond ``limit`` are counted: ``a, b and 3 more``."""
    names = list(items)
    if len(names) > limit:
        names = [*names[:limit], f"{len(names) - limit} more"]
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]


def percent(part: int, total: int, *edges: int) -> int:
    """Return part of a total in rounded percent, never rounded up onto 100 or one of the ``edges``.

    A threshold is then never shown as reached when it is not. ``total`` is above 0.
    """
    down = part * 100 // total
    rounded = (part * 200 + total) // (2 * total)
    if rounded in (100, *edges):
        return down
    return rounded


def half_up(value: "Fraction | float", decimals: int = 0) -> int:
    """Return a number in units of its last decimal, what is half a unit away from zero: 6.25 to one decimal is 63.

    All that is printed is rounded by this. A float stands for the decimal that people read, so that 28.499999999999996
    is 28.5.
    """
    if isinstance(value, float):
        from decimal import Decimal

        part, divisor = Decimal(f"{value:.15g}").as_integer_ratio()
    else:
        part, divisor = value.numerator, value.denominator
    scale: int = 10**decimals
    units = (abs(part) * 2 * scale + divisor) // (2 * divisor)
    if part < 0:
        return -units
    return units


def number(value: "Fraction | float", decimals: int) -> str:
    """Return a number with thousands commas and a real minus sign; what rounds to zero has no sign."""
    units = half_up(value, decimals)
    integer, part = divmod(abs(units), 10**decimals)
    text = f"{MINUS * (units < 0)}{integer:,}"
    if decimals:
        text += f".{part:0{decimals}}"
    return text


def ended(text: str) -> str:
    """Return a text with a full stop, unless it ends in a sign that ends a sentence."""
    if text.endswith((".", "…", "?", "!")):
        return text
    return f"{text}."


def optional(before: str, value: object, after: str = "") -> str:
    """Return a value between two texts; empty when there is no value, or it is empty or zero."""
    return f"{before}{value}{after}" if value else ""


WORKED_OUT = "worked out"  # of a day that nobody set


def show_date(day: date) -> str:
    """Give a day as “12 Nov 2026”, in English whatever the locale; of a vague one what is known of it.

    “March 2027”, “Jan–Mar 2027”, “2027”, “Q4 2026/27” or “2026/27”. Of a day that a rule worked out it says so.
    """
    if isinstance(day, VagueDay) and day.is_vague:
        return span_text(day)
    text = f"{day.day} {MONTHS[day.month - 1][:3]} {day.year:04}"
    return f"{text} ({WORKED_OUT})" if isinstance(day, WorkedOut) else text


def span_text(day: VagueDay) -> str:
    """Give the month, quarter or year that a vague day stands for, as it is typed."""
    if day.precision == "month":
        return f"{MONTHS[day.month - 1]} {day.year:04}"
    if day.precision == "quarter":
        first = (day.month - 1) // 3 * 3
        return f"{MONTHS[first][:3]}–{MONTHS[first + 2][:3]} {day.year:04}"
    if day.precision in FINANCIAL_QUARTERS:
        place = FINANCIAL_QUARTERS.index(day.precision)
        return f"Q{place + 1} {_two_years(months_on(earliest(day), -3 * place))}"
    if day.precision == "financial_year":
        years = _two_years(earliest(day))
        if 1 <= int(years[-2:]) <= 12:  # 2011/12 may be a month
            return f"FY {years}"
        return years
    return f"{day.year:04}"


def by_day(pair: tuple[date, str]) -> tuple[date, str]:
    """Return by what days with their refs are put in order: the earliest first, of one day by ref."""
    return pair[0], natural_order(pair[1])


def _two_years(first: date) -> str:
    """Give the financial year that begins on a day: 2026/27."""
    return f"{first.year:04}/{(first.year + 1) % 100:02}"


def date_or(day: date | None, otherwise: str = "") -> str:
    """Give a day like ``show_date``, or what stands where there is none."""
    if day is None:
        return otherwise
    return show_date(day)


def taken_out(label: str, count: int) -> str:
    """Return that characters were taken out of a text, which cannot be shown: controls and invisible marks."""
    return f"{label}: {counted(count, 'character')} that cannot be shown {'was' if count == 1 else 'were'} taken out."
