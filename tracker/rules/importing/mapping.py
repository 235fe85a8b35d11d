"""How a table becomes records: which rows, which column is which field, and what its words mean."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

DayOrder = Literal["", "day first", "month first", "year first", "serial"]
OtherPeople = Literal["leave out", "keep"]
REST = "*"  # in the columns of a note: all that no field takes
WHY_REFUSED = "Why it was refused"  # the column of ours in rows that people mend; never one of the source

Column = str | int  # its header, or its position from 1


def _listed(value: object) -> object:
    """Return a list for what may be written without brackets where it is one thing."""
    return value if isinstance(value, list | tuple) else [value]


def _compiled(pattern: str) -> str:
    """Return a regular expression. Raises PydanticCustomError where it is none."""
    try:
        re.compile(pattern)
    except re.error:
        raise PydanticCustomError("pattern", "is no regular expression") from None
    return pattern


Columns = Annotated[tuple[Column, ...], BeforeValidator(_listed)]
Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
RowNumbers = Annotated[tuple[int, ...], BeforeValidator(_listed)]
Pattern = Annotated[str, AfterValidator(_compiled)]
Called = Annotated[str, StringConstraints(min_length=1, max_length=80)]


# Keys that nobody knows are errors; in the program a field has its own name, in a file its alias.
CONFIG = ConfigDict(extra="forbid", validate_by_name=True, validate_by_alias=True)


@dataclass(frozen=True, kw_only=True)
class Unpivot:
    """Columns that are values of one: each row becomes a row for each of them.

    The header of the column is then found in the column ``header_as``, what stands there in ``value_as``. Where
    columns are several figures of several periods, ``period`` is a regular expression for the part of their headers
    that is the period: each row becomes one for each period, with the rest of the header as the column of each figure,
    and ``value_as`` is not used. With ``keep_empty`` a row of which no period says anything stays, without a period.
    """

    __pydantic_config__: ClassVar[ConfigDict] = CONFIG

    columns: Columns = ()
    header_as: Called
    value_as: str = ""
    period: Pattern = ""
    keep_empty: bool = False


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Which rows of a file are what. Row numbers are those of the file, counted from 1.

    ``header`` are the rows of the header (empty: the one that looks like it), ``first`` the first row after it that
    counts, ``until`` the beginning of a row that ends the table, ``skip`` beginnings of rows that do not count,
    ``transpose`` says that records are columns, ``sections`` that a row with one filled cell names the section of the
    rows below it, which is then found in the column “section”; ``fill_down`` are columns in which an empty cell means
    what stands above it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = CONFIG

    sheet: str = ""
    header: RowNumbers = ()
    first: int = 0
    until: Words = ()
    skip: Words = ()
    transpose: bool = False
    sections: bool = False
    fill_down: Columns = ()
    unpivot: Unpivot | None = None
    delimiter: str = ""
    encoding: str = ""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where the value of a field comes from.

    ``columns`` are joined by ``join``; ``value`` is the same for each row; ``record`` is the record that another
    rule makes of the same row, by its name. ``factor`` multiplies figures, ``days`` says how days in figures are
    ordered, ``century`` is the first of the hundred years in which a year of two digits lies, ``values`` says what
    words mean (an empty text: nothing), ``split`` divides a cell into the items of a list. ``part`` is a regular
    expression for the part of a text that counts: its first group, or else all that it fits.
    """

    __pydantic_config__: ClassVar[ConfigDict] = CONFIG

    columns: Columns = ()
    join: str = "\n\n"
    value: str = ""
    record: str = ""
    factor: Decimal | None = None
    days: DayOrder = ""
    century: int = 0
    values: Mapping[str, str] = field(default_factory=dict)
    split: str = ""
    part: Pattern = ""

    def text_of(self, text: str) -> str:
        """Return the part of a text that counts; empty where it holds no such part."""
        if not self.part:
            return text
        match = re.search(self.part, text)
        return (match[1] if match.re.groups else match[0]) or "" if match else ""


def _as_origin(value: object) -> object:
    """Return a table for an origin that is no more than its column, or its columns."""
    if isinstance(value, str | int | list):
        return {"columns": value}
    return value


@dataclass(frozen=True, kw_only=True)
class RecordRule:
    """How a row becomes a record of a register.

    ``name`` is what other rules call it (the register where it is empty), ``key`` the columns by which the source knows
    it (empty: the field that names it), ``key_part`` a regular expression for the part of the key that stays the same,
    ``where`` holds rows back whose columns say something else, ``filled`` those in which nothing stands in any of these
    columns, ``note`` are columns
    whose texts go into a note.
    """

    __pydantic_config__: ClassVar[ConfigDict] = CONFIG

    kind: Annotated[str, Field(alias="register")]
    name: str = ""
    fields: Mapping[str, Annotated[Origin, BeforeValidator(_as_origin)]]
    key: Columns = ()
    key_part: Pattern = ""
    where: Mapping[str, Words] = field(default_factory=dict)
    filled: Columns = ()
    note: Columns = ()

    @property
    def called(self) -> str:
        """What other rules call the record."""
        return self.name or self.kind


@dataclass(frozen=True, kw_only=True)
class ImportMapping:
    """All that is to be known to take a table in.

    ``source`` is what the system or file is called that knows its records by their keys. ``people`` says what names
    of people in the source stand for here; ``other_people`` what becomes of a name that is neither among them nor
    in the file: it is left out and listed, or kept. ``source_wins`` lets it overwrite what both sides have changed
    since the last import, ``rating_scale`` is the scale of the source's ratings, which then has to be that of the
    programme. ``title`` and ``headers`` are those of a mapping that is shipped: what it is for, and the columns by
    which it is known.
    """

    __pydantic_config__: ClassVar[ConfigDict] = CONFIG

    source: Called
    record: tuple[RecordRule, ...]
    file: Layout = field(default_factory=Layout)
    people: Mapping[str, str] = field(default_factory=dict)
    other_people: OtherPeople = "leave out"
    rating_scale: str = ""
    source_wins: bool = False
    title: str = ""
    headers: Words = ()
