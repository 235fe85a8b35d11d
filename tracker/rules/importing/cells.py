"""What a cell says of a field: its value, or a kind of nothing, and what has to be said of how it was read."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from tracker.fields import Field, Nothing, Value
from tracker.rules.importing.levels import level_of, rating_of
from tracker.rules.importing.mapping import DayOrder, Origin
from tracker.rules.importing.sheets import Cell, CellKind
from tracker.rules.incomplete import LONGEST_WORDS
from tracker.rules.reading import NotRead, read
from tracker.rules.typed.conventions import Conventions
from tracker.rules.wording import short

RemarkKind = Literal["withheld", "nothing", "long", "unread", "unmapped", "rounded", "error", "assumed"]
NUMERIC_DAY = r"(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})"
WITH_TIME = (
    r"(\d{4}-\d{2}-\d{2}|.*\d{2,4})[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?"
)
SERIAL_OF = date(1899, 12, 30)  # day 0 of spreadsheets that count from 1900
SERIALS = (18_264, 73_050)  # 1950 to 2099: a smaller number is an empty date, or hours
OWN_UNIT = r"(?i)\d\s*(?:k|m|mn|bn|million|billion|thousand)\s*$"
CENT = Decimal("0.01")
REMEMBERED = 4096  # readings: a column repeats its words, or each of its texts is another one
FIGURES = ("number", "decimal", "money")
LEVELS = ("number", 1, 5)  # kind, least and most of what has levels


class Remark(NamedTuple):
    """What has to be said of a cell: which kind of remark it is, its text, and a sentence."""

    kind: RemarkKind
    text: str
    words: str


class CellReading(NamedTuple):
    """What a cell gives its field. ``whole`` is its text where the field could not hold it, and it has to be kept."""

    value: Value = None
    remark: Remark | None = None
    whole: str = ""


class CellReader:
    """Reads the cells of one field: ``read`` says what one says; what it read last is not read again."""

    def __init__(
        self,
        field: Field,
        origin: Origin,
        today: date,
        conventions: Conventions,
        nothings: Mapping[str, str],
        scales: Mapping[str, str],
    ) -> None:
        self.field = field
        self.origin = origin
        self.today = today
        self.conventions = conventions
        self._nothings = nothings
        self._scales = scales
        self._meant = {_folded(words): meant for words, meant in origin.values.items()}
        self.read: Callable[[Cell], CellReading] = lru_cache(REMEMBERED)(self._reading)

    def _reading(self, cell: Cell) -> CellReading:
        """Return what a cell says; nothing is invented where it cannot be read."""
        if cell.kind == "error":
            return CellReading(remark=Remark("error", cell.text, "the cell holds an error of a formula"))
        if not cell.text:
            return CellReading()
        text = cell.text
        meant = self._meant.get(_folded(text))
        if meant == "":
            return CellReading()
        if meant is not None:
            text = meant
        elif (nothing := self._nothing(text)) is not None:
            return nothing
        try:
            text, remark = self._prepared(text, cell.kind)
            return self._fitting(text, remark)
        except NotRead as error:
            return self._unread(cell.text, str(error))

    def _nothing(self, text: str) -> CellReading | None:
        """Return the kind of nothing that a text says in place of a value; None where it says none."""
        if self.field.kind == "text" or (self.field.target and not self.field.stateful):
            return None
        folded = _folded(text)
        kind = self._nothings.get(folded) or next(
            (meant for words, meant in self._nothings.items() if words.endswith("*") and folded.startswith(words[:-1])),
            "",
        )
        if not kind:
            return None
        words = f"{kind.replace('_', ' ')}, since the source says “{short(text, 60)}”"
        remark = Remark("withheld" if kind == "withheld" else "nothing", text, words)
        value = Nothing(kind, text[:LONGEST_WORDS]) if self.field.stateful else None
        return CellReading(value, remark)

    def _prepared(self, text: str, kind: CellKind) -> tuple[str, Remark | None]:
        """Return a text as the reader of the field takes it, by what the mapping says of units and days."""
        if self.field.kind == "date":
            return self._day(text, kind), None
        if self.field.kind in FIGURES:
            on_levels = (self.field.kind, self.field.least, self.field.most) == LEVELS
            return self._level(text) if on_levels else self._figure(text)
        if self.field.scale:
            return rating_of(text), None
        if self.field.kind == "list" and self.origin.split:
            items = (" ".join(item.replace(",", " ").split()) for item in text.split(self.origin.split))
            return ", ".join(filter(None, items)), None
        return text, None

    def _day(self, text: str, kind: CellKind) -> str:
        if kind == "number" and re.fullmatch(r"\d{5}", text):
            if self.origin.days == "serial" and SERIALS[0] <= int(text) <= SERIALS[1]:
                return (SERIAL_OF + timedelta(int(text))).isoformat()
            raise NotRead(f'“{text}” is a number; where it counts days from 1900, say days = "serial".')
        timed = re.fullmatch(WITH_TIME, text)
        if timed:
            text = timed[1]
        match = re.fullmatch(NUMERIC_DAY, text)
        if match is None:
            with_name = re.search("[A-Za-z]{3}", text)
            return self._with_whole_year(text.replace("/", " ")) if with_name else text
        order = self.origin.days
        if order == "month first" and "." in text:  # nobody who writes months first puts dots between
            order = ""
        return self._ordered(order, match[1], match[2], match[3]) or text

    def _ordered(self, order: DayOrder, first: str, second: str, third: str) -> str:
        """Return a day in figures as year, month and day; empty where the mapping does not say what it needs."""
        if len(first) == 4 or order == "year first":
            year, month, day = first, second, third
        elif order == "month first":
            month, day, year = first, second, third
        else:
            day, month, year = first, second, third
        if len(year) < 4:
            if not self.origin.century:
                return ""
            year = self._year(year)
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            return ""  # the reader of days says what is wrong with it as it stands

    def _year(self, digits: str) -> str:
        """Return the year that two digits mean in the hundred years of the mapping."""
        return str(self.origin.century + (int(digits) - self.origin.century) % 100)

    def _with_whole_year(self, text: str) -> str:
        """Return a day with the name of its month, its year in four digits where the mapping says of which century."""
        match = re.fullmatch(r"(\d{1,2}[ -][A-Za-z]+[ -])(\d{2})", text)
        return match[1] + self._year(match[2]) if match and self.origin.century else text

    def _level(self, text: str) -> tuple[str, Remark | None]:
        """Return the number of a level; its word has to agree, or else nobody is believed."""
        level = level_of(text, self._scales)
        if level is None:
            return self._figure(text)
        number, word, points = level
        if points not in (0, number):
            raise NotRead(
                f"“{short(text, 40)}” says {number}, and {short(word, 40)} is {points}: say which in the mapping."
            )
        remark = Remark("assumed", text, f"“{short(text, 40)}” is read as {number}") if word and not points else None
        return str(number), remark

    def _figure(self, text: str) -> tuple[str, Remark | None]:
        factor = self.origin.factor
        if factor is None or re.search(OWN_UNIT, text):  # £26.19m says its unit itself
            return text, None
        from tracker.rules.typed.numbers import read_figure

        bare = re.sub(r"^([-−(]?)\s*[£€$]\s*", r"\1", text.strip())
        number = read_figure(self.field.label, bare, "a number").value * factor
        exact = number
        if self.field.kind == "money":
            number = number.quantize(CENT)
        elif self.field.kind == "number":
            number = number.quantize(Decimal(1))
        remark = None
        if number != exact:
            remark = Remark("rounded", text, f"“{short(text, 40)}” is kept as {number:,f}")
        return f"{number:f}", remark

    def _fitting(self, text: str, remark: Remark | None) -> CellReading:
        field = self.field
        if field.kind == "text" and field.longest and len(text) > field.longest:
            beginning = shortened(text, field.longest)
            words = f"{len(text):,} characters; {field.label} holds {field.longest:,}. The whole text is in a note"
            return CellReading(beginning, Remark("long", text, words), text)
        if field.target:
            return CellReading(text, remark)
        value: Value = read(field, text, self.today, self.conventions, None)
        return CellReading(value, remark, remark.text if remark and remark.kind == "assumed" else "")

    def _unread(self, text: str, sentence: str) -> CellReading:
        kind: RemarkKind = "unmapped" if self.field.kind == "choice" else "unread"
        value = Nothing("missing", text[:LONGEST_WORDS]) if self.field.stateful else None
        return CellReading(value, Remark(kind, text, sentence), text)


def shortened(text: str, longest: int) -> str:
    """Return the beginning of a text that fits: its first whole sentences, or else whole words with a mark."""
    line = " ".join(text.split())
    ends = [match.end() for match in re.finditer(r"[.!?](?= )", line[:longest])]
    if ends and ends[-1] >= longest // 3:
        return line[: ends[-1]]
    return short(line, longest)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
