"""What a spreadsheet cell is: a number, a share, money or a day where the text plainly says so; else a text."""

import re
from datetime import date
from typing import NamedTuple

from tracker.reports.model import Table
from tracker.rules.wording import MONTHS, show_date

_NUMBER = re.compile(r"([+\-\u2212]?)(0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.(\d{1,6}))?")
_MONEY = re.compile(r"([A-Z]{3})[ \u00a0](\S+)")
_SHARE = re.compile(r"(\S+?)[ \u00a0]?%")
_DAY = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTHS = [month[:3] for month in MONTHS]
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
    """Return a text such as “−11.5”, “1,234”, “28%” or “GBP 58,000” as a value; None when it is not plainly one."""
    if money := _MONEY.fullmatch(text):
        amount = _plain(money[2], "currency")
        return amount and amount._replace(text=text, form=f"{amount.form}-{money[1]}")
    if share := _SHARE.fullmatch(text):
        part = _plain(share[1], "percentage", 2)
        return part and part._replace(text=text)
    return _plain(text, "float")


def _plain(text: str, kind: str, shift: int = 0) -> Value | None:
    """Return digits as a value, divided by ten as often as ``shift`` says; by text, since a float would round."""
    figure = _NUMBER.fullmatch(text)
    if figure is None:
        return None
    sign = figure[1]
    integer = figure[2].replace(",", "")
    decimals = figure[3] or ""
    if len(integer) + len(decimals) > _DIGITS:
        return None
    digits = integer.zfill(shift + 1) + decimals
    point = len(digits) - len(decimals) - shift
    value = digits[:point].lstrip("0") or "0"
    if digits[point:]:
        value += f".{digits[point:]}"
    if sign in ("-", "\u2212"):
        value = f"-{value}"
    form = f"{kind}{len(decimals)}"
    if "," in text:
        form += "g"
    if sign == "+":
        form += "s"
    return Value(kind, value, text, form)


def day(text: str) -> Value | None:
    """Return a text such as “12 Nov 2026” or “2026-11-12” as a day; None when it is not one."""
    try:
        if (parts := _DAY.fullmatch(text)) and parts[2] in _MONTHS:
            day = date(int(parts[3]), _MONTHS.index(parts[2]) + 1, int(parts[1]))
        elif parts := _ISO.fullmatch(text):
            day = date(*map(int, parts.groups()))
        else:
            return None
    except ValueError:
        return None
    if day.year <= 1900:  # programs disagree about the number of a day before March of that year
        return None
    return Value("date", day.isoformat(), show_date(day), "date")


def cells(table: Table) -> list[list[Value]]:
    """Return the rows of a table as values: numbers in right-aligned columns, days in columns of nothing else."""
    days = [_all_days([row[n] for row in table.rows]) for n in range(len(table.columns))]
    right = [column.right for column in table.columns]
    return [[_cell(*cell) for cell in zip(row, right, days, strict=True)] for row in table.rows]


def _all_days(column: list[str]) -> bool:
    texts = [text for text in column if text not in _EMPTY]
    return bool(texts) and all(map(day, texts))


def _cell(text: str, right: bool, days: bool) -> Value:
    value = None
    if days:
        value = day(text)
    elif right:
        value = number(text)
    return value or Value("string", "", text, "right" if right else "text")
