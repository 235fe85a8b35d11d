"""The one model of a paper, which every renderer walks (sections of plain-text blocks), its brand and its result."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal, NamedTuple, TypeVar

from tracker.errors import TrackerError
from tracker.text import plain

SCHEMA = 1
Plain = dict[str, object]  # of lists, texts, numbers, None and more such dicts
# Fields that came later are written only where they say something: a paper from before them keeps its hash.
LATER: Mapping[str, Mapping[str, object]] = {
    "section": {"one_page": False, "data_only": False},
    "table": {"counted_as": [], "elsewhere": "", "all_rows": False},
    "header": {
        "known": False,
        "publisher": "",
        "licence": "",
        **dict.fromkeys(("licence_address", "contact", "accessibility"), ""),
        "published": None,
    },
    "chart": {"scale": ""},
    "column": {"spare": False},
}
Align = Literal["left", "right"]
Cells = tuple[str, ...]  # of a row, or what is in it
Pairs = list[tuple[str, str]]  # mostly labels and their values
B = TypeVar("B", bound="Block")


def _safe(value: object) -> object:
    """Return a value with every text in it made plain."""
    if isinstance(value, str):
        return plain(value)
    if type(value) is tuple:  # tuples with names are made plain where they are made
        return tuple(map(_safe, value))
    return value


class Block:
    """A part of a section. All text is plain: nothing in it is markup, and no control character is left in it."""

    kind = "block"

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            object.__setattr__(self, field.name, _safe(getattr(self, field.name)))


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """A heading inside a section; ``level`` 3 or more, since 1 is the paper and 2 the section."""

    kind = "heading"
    text: str
    level: int = 3


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    """One or more sentences; a newline is a line break."""

    kind = "paragraph"
    text: str


@dataclass(frozen=True, slots=True)
class Quote(Block):
    """Words that a person wrote, and who and when."""

    kind = "quote"
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Facts(Block):
    """Labels and their values, in order."""

    kind = "facts"
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bullets(Block):
    """Items of a list."""

    kind = "bullets"
    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Signal(Block):
    """A level (green, amber, red or grey), the word for it with its mark, and the sentence the board reads."""

    kind = "signal"
    level: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Callout(Block):
    """A warning or a note that must not be missed: its first words, and the text."""

    kind = "callout"
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Missing(Block):
    """Says plainly that there is nothing, and of what."""

    kind = "missing"
    text: str = "None recorded."


@dataclass(frozen=True, slots=True)
class Column(Block):
    """A column of a table; a ``long`` one holds sentences, which narrow formats put below the row.

    A ``spare`` one is left out on a page that sections share: what it says stands whole elsewhere in the papers.
    """

    kind = "column"
    title: str
    align: Align = "left"
    long: bool = False
    spare: bool = False

    @property
    def right(self) -> bool:
        """Whether its cells stand at the right, as figures do."""
        return self.align == "right"


@dataclass(frozen=True, slots=True)
class Table(Block):
    """A table with a caption; every row has a cell for each column, and the first cell names the row.

    Where a page has no room for all rows, it shows the first ones; ``counted_as`` says of each row (empty: the table is
    never cut) as what it is counted when it is left out, and ``elsewhere`` where all of them stand.
    ``all_rows``: it is printed with every row, also in a paper of exceptions.
    """

    kind = "table"
    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Cells, ...]
    row_header: bool = True
    note: str = ""
    counted_as: Cells = ()
    elsewhere: str = ""
    all_rows: bool = False

    def __post_init__(self) -> None:
        Block.__post_init__(self)
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"table {self.id}: a row has {len(row)} cells for {len(self.columns)} columns")

    @property
    def titles(self) -> Cells:
        """The titles of its columns."""
        return tuple(column.title for column in self.columns)

    @property
    def long(self) -> list[int]:
        """Which of its columns hold sentences, but for the first, which names the row."""
        return [number for number, column in enumerate(self.columns) if column.long and number]

    @property
    def needed(self) -> "Table":
        """The table without its spare columns."""
        if not any(column.spare for column in self.columns):
            return self
        return self.part([number for number, column in enumerate(self.columns) if not column.spare])

    def others(self, numbers: Collection[int]) -> list[int]:
        """Return which columns it has but for some."""
        return [number for number in range(len(self.columns)) if number not in numbers]

    def part(self, numbers: Sequence[int]) -> "Table":
        """Return a table of some of its columns."""
        rows = tuple(tuple(row[number] for number in numbers) for row in self.rows)
        return replace(self, columns=tuple(self.columns[number] for number in numbers), rows=rows)


@dataclass(frozen=True, slots=True)
class Figures(Block):
    """A few key figures side by side: each a value, what it is, and a note (empty without)."""

    kind = "figures"
    items: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PageBreak(Block):
    """What follows begins on a new page, where there are pages."""

    kind = "page_break"


@dataclass(frozen=True, slots=True)
class Series(Block):
    """A line of figures for the labels of a chart; None: nothing known. ``low`` and ``high`` are intervals."""

    kind = "series"
    name: str
    values: tuple[float | None, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart(Block):
    """A picture of figures that stand in the table ``data`` too; ``alt`` says in words what it shows.

    ``form`` is one of ``history`` (ratings by date: 3 green, 2 amber, 1 red, None not rated; ``scale`` has their words,
    those of RAG when it is empty), ``interval`` (values
    with low and high), ``bars`` (one bar for each label and series), ``before_after`` (two values for each label),
    ``rhythm`` (days between ends) and ``matrix`` (``points``: ref, likelihood, impact, and both as they were last
    time, 0 when new).
    """

    kind = "chart"
    id: str
    form: str
    title: str
    alt: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    data: Table
    unit: str = ""
    target: float | None = None
    points: tuple[tuple[str, int, int, int, int], ...] = ()
    scale: str = ""


def table_of(block: Block) -> Table | None:
    """Return the table that a block is, or that holds the figures of the chart that it is; None for another block."""
    if isinstance(block, Chart):
        return block.data
    return block if isinstance(block, Table) else None


@dataclass(frozen=True, slots=True)
class Section(Block):
    """A titled part of a paper; ``id`` is stable, for links and tests. ``new_page``: it begins on a page of its own.

    ``one_page``: together with its neighbours that are so too it stands on one page, in letters as small as that takes.
    ``data_only``: its tables are data for portals and workbooks, and no printed paper has it.
    """

    kind = "section"
    id: str
    title: str
    blocks: tuple[Block, ...]
    new_page: bool = False
    one_page: bool = False
    data_only: bool = False

    def of(self, kind: type[B]) -> list[B]:
        """Return its blocks of a kind."""
        return [block for block in self.blocks if isinstance(block, kind)]


DRAFT_MINUTES = "draft minutes"  # what minutes are called until they are approved
CODE = 16  # hexadecimal digits of the journal's newest hash that papers and screens show


@dataclass(frozen=True, slots=True)
class Header(Block):
    """What stands on top of a paper; ``head`` is the code of the journal (CODE digits), which fixes what it shows.

    ``meeting`` is the board's date and title, ``frozen`` when the position was frozen (UTC; empty: a draft),
    ``pack`` the ref of the snapshot, ``withheld`` what a public version leaves out, ``generator`` the program.
    ``known``: it shows what is now known of its day, and not what had been recorded by then. From ``publisher`` on: who
    publishes a public version, what readers may do with it, where they ask, and when it was published (None: not yet).
    """

    kind = "header"
    title: str
    programme: str
    board: str
    as_of: date
    since: date | None
    audience: str
    classification: str
    version: str
    head: str
    language: str = "en-GB"
    meeting: str = ""
    frozen: str = ""
    pack: str = ""
    withheld: str = ""
    generator: str = ""
    known: bool = False
    publisher: str = ""
    licence: str = ""
    licence_address: str = ""
    contact: str = ""
    accessibility: str = ""
    published: date | None = None

    @property
    def draft(self) -> bool:
        """Whether it may still change: it was not frozen, and is no public version of what there is, and no notice."""
        return not self.frozen and self.audience != "Public" and self.version != "Notice"


@dataclass(frozen=True, slots=True)
class Report(Block):
    """A paper."""

    kind = "report"
    header: Header
    sections: tuple[Section, ...]

    @property
    def complete(self) -> "Report":
        """The paper with all its data, whose hash stands on every page that is printed of it."""
        return self

    @property
    def one_page(self) -> bool:
        """Whether it is a single page from its title to its end, as the status summary is."""
        return bool(self.sections) and all(section.one_page for section in self.sections)

    def to_dict(self) -> Plain:
        """Return the paper as plain dicts, lists, texts, numbers and None; dates are ISO texts."""
        return {"schema": SCHEMA, **_block_as_plain(self)}


def _block_as_plain(block: Block) -> Plain:
    values = {field.name: _as_plain(getattr(block, field.name)) for field in fields(block)}  # type: ignore[arg-type]
    later = LATER.get(block.kind, {})
    return {"kind": block.kind, **{key: part for key, part in values.items() if later.get(key, ...) != part}}


def _as_plain(value: object) -> object:
    if isinstance(value, Block):
        return _block_as_plain(value)
    if isinstance(value, tuple):
        return [_as_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


ACCENT = "#12436d"  # contrast with white 10.9


USUAL_TEXT = 12.0  # points: the size of a paper's text, where nothing has to fit a page
TEXT_SIZES = (USUAL_TEXT, 11.5, 11.0, 10.5, 10.0)


class Brand(NamedTuple):
    """The house style of an organisation; the plain one needs nothing.

    ``logo`` is the bytes of an SVG or PNG picture and ``logo_alt`` what it shows; ``accent`` a colour whose contrast
    with white is 4.5 or more; ``page`` is a4 or letter; ``fonts`` are font files; ``docx`` and ``odt`` are the bytes
    of the organisation's own templates, which were checked already. ``smallest_text`` is how small, in points, a page
    may be set that has to be one page: 12 forbids it.
    """

    organisation: str = ""
    logo: bytes = b""
    logo_type: str = ""
    logo_alt: str = ""
    accent: str = ACCENT
    page: str = "a4"
    fonts: tuple[bytes, ...] = ()
    docx: bytes = b""
    odt: bytes = b""
    smallest_text: float = 10


PLAIN = Brand()


def text_sizes(brand: Brand) -> tuple[float, ...]:
    """Return the sizes of text, in points and the largest first, of which a single page takes the first that fits."""
    return tuple(size for size in TEXT_SIZES if size >= brand.smallest_text) or (USUAL_TEXT,)


class Rendered(NamedTuple):
    """A finished file, and what the person who sends it should know (such as characters that had to be replaced)."""

    data: bytes
    notes: tuple[str, ...] = ()


class NotRendered(TrackerError):
    """A format that cannot be made here, with a sentence that says why and what to do."""
