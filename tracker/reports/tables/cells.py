"""How cells of papers are read as data: what stands in one cell for people becomes fields of one kind each.

Each reader gives the titles and types of the fields that it makes of a column, and their values for a cell. A value is
written as its type asks: a day in ISO 8601, a number with a full stop, a share as a part of one, yes as ``Yes``. What a
cell says besides goes into the remarks of its row, so that nothing is lost.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from tracker.reports.render.cell_values import Value, day, number
from tracker.rules.wording import MONTHS, optional

Type = Literal["text", "day", "number", "share", "yes"]
NOTHINGS = ("missing", "withheld", "not_yet_known", "not_applicable")  # beside an empty cell, where nothing is meant
_NOTHING = {
    "not given": "missing",
    "not recorded": "missing",
    "missing": "missing",
    "withheld": "withheld",
    "not shown": "withheld",
    "not known": "missing",
    "no interval": "",
    "not yet known": "not_yet_known",
    "not applicable": "not_applicable",
}
_EMPTY = ("", "–", "-", "—", "None")
_MINUS = ("-", "\u2212")
_OVERDUE = "overdue"
_TIMES = {"never": "0", "once": "1", "twice": "2"}
_DAY = re.compile(r"(.*?)(\d{1,2} [A-Z][a-z]{2} \d{4})(?: \((.*)\))?")
_AMOUNT = re.compile(r"([A-Z]{3} |[£$€])?([+\-\u2212]?[\d,]*\.?\d+) ?(.*)")
_LASTING = re.compile(r"([+\-\u2212]?)(?=\d)(?:(\d+) d ?)?(?:(\d+) h ?)?(?:(\d+) min)?")
_MINUTES = (1440, 60, 1)  # of a day, an hour and a minute
_INTERVAL = re.compile(r"(\S+)( ×)? \((\S+) to (\S+)\)(.*)")
_PART = re.compile(r"(\S+) of (\S+)")
_SLIP = re.compile(r"(\d+) days? (later|earlier)")
_SPAN = re.compile(r"(\d{1,2} [A-Z][a-z]{2})(?: (\d{4}))? to (\d{1,2} [A-Z][a-z]{2}) (\d{4})")
_MONTHS = re.compile(r"(?:([A-Z][a-z]{2})(?: (\d{4}))?–)?([A-Z][a-z]{2,8}) (\d{4})")
_SHORT = {name: number for number, month in enumerate(MONTHS, 1) for name in (month, month[:3])}

Values = tuple[str, ...]


class Cell(NamedTuple):
    """The values that a cell becomes, and what it says besides."""

    values: Values
    remark: str = ""


class Reader(NamedTuple):
    """What a column becomes: the titles and types of its fields, ``{}`` for its own title, and how a cell is read.

    ``read`` gives None for a cell that is not as it should be: it becomes a remark.
    """

    fields: tuple[tuple[str, Type], ...]
    read: Callable[[str], Cell | None]


def nothing_of(text: str) -> str | None:
    """Return which kind of nothing a cell holds, empty where it says none; None for a cell that holds something."""
    if text in _EMPTY:
        return ""
    return _NOTHING.get(text.lower())


def read_cell(reader: Reader, text: str) -> Cell:
    """Return what a cell becomes; one that cannot be read is empty, and says so in its remark."""
    text = text.strip()
    count = len(reader.fields)
    if reader.fields[0][1] == "text" and count == 1:
        return Cell((text,))
    kind = nothing_of(text)
    if kind is not None:
        _, *further = reader.fields
        return Cell((kind, *("" if of_type == "text" else kind for _, of_type in further)))
    return reader.read(text) or Cell(("",) * count, text)


def _plain(value: Value | None) -> str | None:
    return None if value is None else value.value


def _numbers(*texts: str) -> Values | None:
    """Return texts as numbers; None when one is not one."""
    values = tuple(_plain(number(text)) for text in texts)
    return tuple(value for value in values if value is not None) if None not in values else None


def _number(text: str) -> Cell | None:
    figure, *words = text.split(" ", 1)
    values = _numbers(figure)
    return Cell(values, "".join(words).removeprefix("days late").strip()) if values else None


def _share(text: str) -> Cell | None:
    share = number(text)
    return Cell((share.value,)) if share is not None and share.kind == "percentage" else None


def _day(text: str) -> Cell | None:
    parts = _DAY.fullmatch(text)
    value = day(parts[2]) if parts else None
    if parts is None or value is None:
        return None
    return Cell((value.value,), (parts[1].strip() + optional(" ", parts[3])).strip())


def _due(text: str) -> Cell | None:
    cell = _day(text)
    if cell is None:
        return None
    overdue = cell.remark == _OVERDUE or cell.remark.startswith(f"{_OVERDUE},")
    return Cell((*cell.values, "Yes" if overdue else "No"), cell.remark.removeprefix(_OVERDUE).strip(", "))


def _amount(text: str) -> Cell | None:
    parts = _AMOUNT.fullmatch(text)
    values = _numbers(parts[2]) if parts else None
    return Cell((*values, ((parts[1] or "") + parts[3]).strip())) if parts and values else None


def _lasting(text: str) -> Cell | None:
    """Return how long something takes, in minutes: ``2 h 30 min``, ``15 d``; another amount as it is."""
    parts = _LASTING.fullmatch(text.strip())
    if parts is None:
        return _amount(text)
    minutes = sum(int(part or 0) * size for part, size in zip(parts.groups()[1:], _MINUTES, strict=True))
    return Cell((f"{'-' * (parts[1] in _MINUS)}{minutes}", "minutes"))


def _bound(text: str) -> Cell | None:
    amount = _amount(text)
    return amount and Cell(amount.values[:1])


def _interval(text: str) -> Cell | None:
    parts = _INTERVAL.fullmatch(text)
    if parts is not None:
        values = _numbers(parts[1], parts[3], parts[4])
        factor = "a factor" if parts[2] else ""
        return Cell(values, factor + parts[5].strip(" ;,")) if values else None
    alone = _number(text)
    return alone and Cell((*alone.values, "", ""), alone.remark)


def _part(text: str) -> Cell | None:
    parts = _PART.fullmatch(text)
    values = _numbers(parts[1], parts[2]) if parts else None
    return Cell(values) if values else None


def _months(text: str) -> Cell | None:
    """Return the first and last day of whole months: ``Aug–Oct 2026``, ``Nov 2025–Jan 2026``, ``Oct 2026``."""
    parts = _MONTHS.fullmatch(text)
    if parts is None:
        return None
    last_year = int(parts[4])
    first_year = int(parts[2] or last_year)
    first, last = (_SHORT.get(month) for month in (parts[1] or parts[3], parts[3]))
    if first is None or last is None:
        return None
    end = monthrange(last_year, last)[1]
    return Cell((date(first_year, first, 1).isoformat(), date(last_year, last, end).isoformat()))


def _span(text: str) -> Cell | None:
    months = _months(text)
    if months is not None:
        return months
    parts = _SPAN.fullmatch(text)
    if parts is None:
        alone = _day(text)
        return alone and Cell((*alone.values, *alone.values), alone.remark)
    first = day(f"{parts[1]} {parts[2] or parts[4]}")
    last = day(f"{parts[3]} {parts[4]}")
    return Cell((first.value, last.value)) if first and last else None


def _period(text: str) -> Cell | None:
    side, _, days = text.partition(", ")
    span = _span(days)
    return span and Cell((side, *span.values), span.remark)


def _ended(text: str) -> Cell | None:
    ref, _, ended = text.partition(", ")
    cell = _day(ended)
    return cell and Cell((ref, *cell.values), cell.remark)


def _done(text: str) -> Cell | None:
    cell = _day(text)
    return Cell((cell.remark, *cell.values)) if cell else Cell((text, ""))


def _times(text: str) -> Cell | None:
    return Cell((_TIMES[text],)) if text in _TIMES else _number(text.removesuffix(" times"))


def _slip(text: str) -> Cell | None:
    """Return by how many days something comes later than was agreed: ``4 days later``, ``1 day earlier``."""
    parts = _SLIP.fullmatch(text)
    return Cell((f"{'-' * (parts[2] == 'earlier')}{parts[1]}",)) if parts else None


def _band(text: str) -> Cell | None:
    band, _, score = text.partition(", ")
    values = _numbers(score) if score else ("",)
    return Cell((band, *values)) if values else None


READERS: dict[str, Reader] = {
    "text": Reader((("{}", "text"),), lambda text: Cell((text,))),
    "number": Reader((("{}", "number"),), _number),
    "times": Reader((("{}", "number"),), _times),
    "share": Reader((("{}", "share"),), _share),
    "day": Reader((("{}", "day"),), _day),
    "due": Reader((("{}", "day"), ("{} overdue", "yes")), _due),
    "amount": Reader((("{}", "number"), ("{} unit", "text")), _amount),
    "lasting": Reader((("{}", "number"), ("{} unit", "text")), _lasting),
    "bound": Reader((("{}", "number"),), _bound),
    "interval": Reader((("{}", "number"), ("{} low", "number"), ("{} high", "number")), _interval),
    "part": Reader((("{}", "number"), ("{} of", "number")), _part),
    "span": Reader((("Begins", "day"), ("Ends", "day")), _span),
    "period": Reader((("{}", "text"), ("Begins", "day"), ("Ends", "day")), _period),
    "ended": Reader((("{}", "text"), ("Ended", "day")), _ended),
    "done": Reader((("{}", "text"), ("{} on", "day")), _done),
    "slip": Reader((("{}", "number"),), _slip),
    "band": Reader((("{}", "text"), ("Score", "number")), _band),
}
