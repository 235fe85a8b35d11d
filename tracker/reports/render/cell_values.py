"""What a spreadsheet cell is: a number, a share, money or a day where the text plainly says so; else a text."""

import re
from datetime import date
from typing import NamedTuple

from tracker.reports.model import Table
from tracker.rules.when import show_date

_NUMBER = re.compile(r"([+\-\u2212]?)(0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.(\d{1,6}))?")
_MONEY = re.compile(r"([A-Z]{3})[ \u00a0](\S+)")
_SHARE = re.compile(r"(\S+?)[ \u00a0]?%")
_DAY = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DIGITS = 15  # a spreadsheet keeps no more
_EMPTY = ("", "–", "-", "—")


class Value(NamedTuple):
    """A cell: its type in the file, the value there, the text shown, and the format it is shown in.

    ``kind`` is string, float, percentage, currency or date; ``form`` names a format of ``ods_formats``.
    """

    kind: str
    value: str
    text: str
    form: str = ""


def number(text: str) -> Value | None:
    """Return a text such as “−11.5”, “1,234”, “28 %” or “GBP 58,000” as a value; None when it is not plainly one."""
    if money := _MONEY.fullmatch(text):
        found = _plain(money[2], "currency")
        return found and found._replace(text=text, form=f"{found.form}-{money[1]}")
    if share := _SHARE.fullmatch(text):
        found = _plain(share[1], "percentage", 2)
        return found and found._replace(text=text)
    return _plain(text, "float")


def _plain(text: str, kind: str, shift: int = 0) -> Value | None:
    """Return digits as a value, divided by ten as often as ``shift`` says; by text, since a float would round."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    sign, whole, part = found[1], found[2].replace(",", ""), found[3] or ""
    if len(whole) + len(part) > _DIGITS:
        return None
    digits = whole.zfill(shift + 1) + part
    cut = len(digits) - len(part) - shift
    value = digits[:cut].lstrip("0") or "0"
    value += f".{digits[cut:]}" if digits[cut:] else ""
    signed = "+" if sign == "+" else ""
    grouped = "g" if "," in text else ""
    form = f"{kind}{len(part)}{grouped}{'s' if signed else ''}"
    return Value(kind, ("-" if sign in ("-", "\u2212") else "") + value, text, form)


def day(text: str) -> Value | None:
    """Return a text such as “12 Nov 2026” or “2026-11-12” as a day; None when it is not one."""
    try:
        if (found := _DAY.fullmatch(text)) and found[2] in _MONTHS:
            which = date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
        elif found := _ISO.fullmatch(text):
            which = date(int(found[1]), int(found[2]), int(found[3]))
        else:
            return None
    except ValueError:
        return None
    # Before 1 March 1900 programs disagree about the number of a day.
    return Value("date", which.isoformat(), show_date(which), "date") if which.year > 1900 else None


def cells(table: Table) -> list[list[Value]]:
    """Return the rows of a table as values: numbers in right-aligned columns, days in columns of nothing else."""
    days = [_all_days([row[n] for row in table.rows]) for n in range(len(table.columns))]
    right = [column.align == "right" for column in table.columns]
    return [[_cell(text, *how) for text, *how in zip(row, right, days, strict=True)] for row in table.rows]


def _all_days(column: list[str]) -> bool:
    said = [text for text in column if text not in _EMPTY]
    return bool(said) and all(day(text) for text in said)


def _cell(text: str, right: bool, days: bool) -> Value:
    found = day(text) if days else number(text) if right else None
    return found or Value("string", "", text, "right" if right else "text")
