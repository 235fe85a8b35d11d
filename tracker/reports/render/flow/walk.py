"""A report walked once: the parts of its head, its contents and its sections, in the order in which they are read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from tracker.reports import model
from tracker.reports.model import Block, Brand, Chart, Header, Report, Section, Table, text_sizes
from tracker.reports.paged import NARROW, Narrow, Paged, alike, beside, paged, stepped
from tracker.reports.render.flow.filling import Filling
from tracker.reports.render.flow.parts import (
    Bullets,
    Contents,
    Facts,
    Heading,
    Items,
    PageBreak,
    PageHead,
    Paragraph,
    Part,
    Picture,
    Pictures,
    Turn,
)
from tracker.reports.render.flow.tables import Limits, Page, across, figure_grids, figures_below, grid_of, parted
from tracker.reports.render.heading import full_title, header_facts, header_line, visible_title
from tracker.reports.render.office_look import MARGIN, PAGES, level_name, logo_alt, page_size, size
from tracker.reports.render.one_page import SMALL_LOGO, condensed, facts_indent, fitting, page_text, quoted_by
from tracker.text import plain

_LOGO_PIXELS = 700
_UNITS, _NARROW_UNITS = 560, 280  # that a drawing is asked to be wide, across the page and beside another
_BETWEEN = 0.4  # centimetres


def logo_picture(brand: Brand, header: Header, limit: tuple[float, float]) -> Picture | None:
    """Return the organisation's logo, ``limit`` is its width and height in centimetres; None when there is none."""
    if not brand.logo:
        return None
    png = brand.logo
    if not png.startswith(b"\x89PNG"):
        png = _png(png.decode(), _LOGO_PIXELS)
    alt = plain(logo_alt(brand, header))
    return _picture(png, alt, alt, limit)


def chart_picture(chart: Chart, pixels: int, limit: tuple[float, float], accent: str) -> Picture:
    """Return a chart by itself, so many ``pixels`` wide, as large as the ``limit`` in centimetres."""
    from tracker.reports.charts import svg

    return _picture(_png(svg(chart, accent=accent), pixels), chart.title, chart.alt, limit)


def chart_row(charts: Narrow, pixels: int, limit: tuple[float, float], accent: str) -> tuple[Picture, ...]:
    """Return charts that share a line ``pixels`` wide, as large as the ``limit``; narrow ones take half of it each."""
    from tracker.reports.charts import svg

    room, tallest = limit
    units = _UNITS
    if charts[0].form in NARROW:
        units, pixels, room = _NARROW_UNITS, pixels // 2, (room - _BETWEEN) / 2
    return tuple(
        _picture(_png(svg(chart, width=units, accent=accent), pixels), chart.title, chart.alt, (room, tallest))
        for chart in charts
    )


def _png(drawing: str, pixels: int) -> bytes:
    from tracker.reports.typography.raster import png

    return png(drawing, pixels)


def _picture(png: bytes, title: str, alt: str, limit: tuple[float, float]) -> Picture:
    """Return a picture as large as its room (width and height in centimetres) lets it be."""
    across, down = size(png)
    width = min(limit[0], limit[1] * across / down)
    described = alt.strip() or title.strip() or "No description given"
    return Picture(png, title, described, width, width * down / across)


_LOGO = (6.0, 1.8)  # centimetres
_LEAD = 200  # signs of a text that leads to what follows
_TOGETHER = 10  # facts that stay on a page


class Layout(NamedTuple):
    """What a format's programs need, and the pages of a paper.

    ``limits`` are those of tables, ``indent`` gives how far values of facts are moved in for their labels, the room and
    whether the paper is long. Headings have ``deepest`` levels, pictures are ``pixels`` wide and ``tallest`` high at
    most; below a chart stand up to ``small`` rows and columns of figures, ``across`` the page where they fit. A paper
    has a list of contents from so many sections. A page of A4 holds ``tall`` centimetres of what ``Filling`` reckons,
    since programs and styles differ. ``room`` is the width of the text; where sections share a page it is
    ``shared_room``, and their text has ``points``: 0 when it is as large as elsewhere. ``breadth`` is how many times as
    wide as usual the letters may be.
    """

    limits: Limits
    indent: Callable[[Items, float, bool], float]
    deepest: int
    pixels: int
    tallest: float
    small: tuple[int, int]
    across: bool
    contents: int
    tall: float
    room: float = 0.0
    shared_room: float = 0.0
    points: float = 0.0
    breadth: float = 1.0

    def sized(self, report: Report, brand: Brand) -> "Layout":
        """Return the layout for the pages of a report that stands in no template."""
        shared_room, height = page_text(brand)
        if report.one_page and brand.logo:
            height -= SMALL_LOGO[1] / 2
        points = fitting(report, text_sizes(brand), shared_room, height)
        room = shared_room
        if not report.one_page:
            room = page_size(brand)[0] - 2 * MARGIN
        tall = self.tall + page_size(brand)[1] - PAGES["a4"][1]
        return self._replace(room=room, shared_room=shared_room, points=points, tall=tall)


def walk(
    report: Report,
    brand: Brand,
    layout: Layout,
    *,
    logo: bool = True,
    titled: bool = False,
    stated: frozenset[str] = frozenset(),
) -> Iterator[Part]:
    """Yield the parts of a whole report.

    In a template there is no ``logo``; ``titled``: it has a title above the paper, ``stated`` are the labels of the
    facts that it states in places of its own. Raises TypeError for a block that no paper has.
    """
    pages = paged(report)
    flow = _Flow(layout, pages, brand.accent)
    if not logo:
        brand = brand._replace(logo=b"")
    if layout.points and report.one_page:
        yield from flow.page_head(report.header, brand)
    else:
        yield from flow.head(report.header, brand, titled, stated)
    if len(report.sections) >= layout.contents and any(section.new_page for section in report.sections):
        yield Contents(tuple((number, visible_title(section.title)) for number, section in pages.contents))
    yield from flow.sections(pages.sections)


def paragraphs(block: Block, *, short: bool = False) -> Iterator[Heading | Paragraph | Bullets]:
    """Yield the parts of a block of words, whose layout needs no measuring; facts are paragraphs here, with a label.

    ``short``: a quote and its source stand on one line. Raises TypeError for a block that is no words.
    """
    match block:
        case model.Heading():
            yield Heading(visible_title(block.text), block.level)
        case model.Paragraph():
            yield Paragraph("text", block.text)
        case model.Quote() if short:
            yield Paragraph("quote", quoted_by(block))
        case model.Quote():
            yield Paragraph("quote", f"“{block.text}”", keep=True)
            yield Paragraph("source", f"— {block.source}")
        case model.Facts():
            yield from (Paragraph("facts", value, label) for label, value in block.items)
        case model.Bullets():
            if block.items:
                yield Bullets(block.items, block.ordered)
        case model.Signal():
            yield Paragraph(level_name(block.level), block.sentence, block.label)
        case model.Callout():
            yield Paragraph("callout", block.text, block.label)
        case model.Missing():
            yield Paragraph("missing", block.text)
        case _:
            raise TypeError(f"no words for a {block.kind}")


def _leads(block: model.Paragraph, after: Block | Narrow, below_heading: bool) -> bool:
    """Return whether a line or two stay with what follows: below a heading, or above a table or a picture."""
    if isinstance(after, model.PageBreak | Heading):
        return False
    table_or_picture = isinstance(after, Table | Chart | tuple)
    return len(block.text) <= _LEAD and (below_heading or table_or_picture)


class _Flow:
    """Walks a report; ``page`` is the kind of page that it is on, ``heading`` the last heading above."""

    def __init__(self, layout: Layout, pages: Paged, accent: str) -> None:
        self.layout = layout
        self.accent = accent
        self.figures = pages.figures
        self.usual = Page(layout.room, pages.long, breadth=layout.breadth)
        self.page = self.usual
        self.heading = ""
        self.alike: Mapping[tuple[str, ...], Table] = {}  # tables of the section that share their widths

    def turn(self, points: float) -> Turn:
        """Return the turn to the pages that sections share, set in so many points, or to the usual ones (0)."""
        self.page = self.usual
        if points:
            self.page = Page(self.layout.shared_room, self.usual.long, points)
        return Turn(points)

    def head(self, header: Header, brand: Brand, titled: bool, stated: frozenset[str]) -> Iterator[Part]:
        """Yield logo, title and facts of a paper."""
        if picture := logo_picture(brand, header, _LOGO):
            yield Pictures((picture,))
        title = header.title[:1].upper() + header.title[1:]
        if titled:
            yield Paragraph("subtitle", full_title(header))
        else:
            yield Paragraph("title", header.programme or title or "Untitled paper")
            if header.programme and title:
                yield Paragraph("subtitle", title)
        yield self.facts(tuple(fact for fact in header_facts(header) if fact[0] not in stated))

    def page_head(self, header: Header, brand: Brand) -> Iterator[Part]:
        """Yield logo, title and facts of a paper that is one page, in few lines."""
        yield self.turn(self.layout.points)
        yield PageHead(full_title(header), logo_picture(brand, header, SMALL_LOGO))
        yield Paragraph("text", header_line(header))

    def sections(self, sections: Sequence[Section]) -> Iterator[Part]:
        """Yield the sections; those that share a page stand between two turns.

        In a long paper a section runs on where it would otherwise leave the page before it nearly empty.
        """
        filling = Filling(self.usual.room, self.layout.tall)
        numbered = enumerate(sections, 1)
        for shares, run in groupby(numbered, lambda entry: bool(entry[1].one_page and self.layout.points)):
            for number, section in run:
                if section.new_page and (shares or not (self.usual.long and filling.runs_on)):
                    yield PageBreak()
                    filling.begin()
                if shares and not self.page.points:
                    yield self.turn(self.layout.points)
                for part in self.section(number, section):
                    filling.add(part)
                    yield part
            if shares:
                yield self.turn(0.0)
                filling.begin()

    def section(self, number: int, section: Section) -> Iterator[Part]:
        """Yield a section with all its blocks."""
        self.heading = visible_title(section.title)
        yield Heading(self.heading, 1, number)
        self.alike = {} if self.page.points else alike(section.blocks)
        blocks = stepped(condensed(section) if self.page.points else section.blocks, self.layout.deepest)
        flowing = list(beside(blocks) if self.figures else blocks)
        below_heading = True
        for n, block in enumerate(flowing):
            after = next(iter(flowing[n + 1 :]), None)
            if isinstance(block, tuple):
                yield from self.charts(block)
                below_heading = False
            elif isinstance(block, model.Paragraph) and after is not None and _leads(block, after, below_heading):
                yield from (part._replace(keep=True) for part in paragraphs(block) if isinstance(part, Paragraph))
                below_heading = False
            elif not (below_heading and isinstance(block, model.PageBreak)):  # it would leave the heading alone
                yield from self.block(block)
                below_heading = isinstance(block, model.Heading)

    def block(self, block: Block) -> Iterator[Part]:
        """Yield the parts of a block of any kind."""
        match block:
            case model.Facts():
                yield self.facts(block.items)
            case model.Figures():
                yield from figure_grids(block, self.page.room)
            case model.PageBreak():
                yield PageBreak()
            case model.Table():
                yield from self.table(block)
            case model.Chart() if self.figures:
                yield from self.charts((block,))
            case model.Chart():
                yield from self.chart(block)
            case _:
                if isinstance(block, model.Heading):
                    self.heading = block.text
                yield from paragraphs(block, short=bool(self.page.points))

    def facts(self, items: Items) -> Facts:
        """Return labels and values, these moved in so that they stand in line."""
        room, long, points, _ = self.page
        indent = self.layout.indent(items, room, long)
        if points:
            indent = facts_indent(items, points, room)
        return Facts(items, indent, len(items) <= _TOGETHER)

    def table(self, table: Table) -> Iterator[Part]:
        """Yield a table with its caption and note; sentences that would be squeezed follow in a table of their own."""
        for part in parted(table, self.page._replace(points=0.0), self.layout.limits):
            if part.caption and part.caption != self.heading:
                yield Paragraph("caption", part.caption, keep=True)
            if part.columns:
                yield grid_of(part, self.page, self.layout.limits, self.alike.get(part.titles))
        if table.note:
            yield Paragraph("note", table.note)
        elif not table.rows:
            yield Paragraph("missing", "None recorded.")

    def charts(self, charts: Narrow) -> Iterator[Part]:
        """Yield charts whose figures stand in an annex; narrow ones side by side, one caption for both."""
        title = " (left), ".join(chart.title for chart in charts)
        if len(charts) > 1:
            title += " (right)"
        yield Paragraph("caption", f"{title}; figures: {self.figures}", keep=True)
        limit = self.page.room, self.layout.tallest
        yield Pictures(chart_row(charts, self.layout.pixels, limit, self.accent))

    def chart(self, chart: model.Chart) -> Iterator[Part]:
        """Yield a chart as a picture, and its figures below it unless they would fill a page."""
        yield Paragraph("caption", chart.title, keep=True)
        room = self.page.room
        yield Pictures((chart_picture(chart, self.layout.pixels, (room, self.layout.tallest), self.accent),))
        table = figures_below(chart, self.layout.small)
        if table is None:
            yield Paragraph("note", f"{chart.alt} All {len(chart.data.rows)} rows of figures are in the data files.")
        elif self.layout.across:
            yield from self.table(across(table, room))
        else:
            yield from self.table(table)
