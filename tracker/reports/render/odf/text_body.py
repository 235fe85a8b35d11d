"""The parts of a report as the text of an OpenDocument: XML, the styles it needs, its pictures."""

from collections.abc import Iterable, Mapping

from tracker.reports.render.flow.parts import (
    Bullets,
    Cell,
    Contents,
    Facts,
    Grid,
    Heading,
    Items,
    PageBreak,
    PageHead,
    Paragraph,
    Part,
    Picture,
    Pictures,
    Row,
    Turn,
    style_name,
)
from tracker.reports.render.flow.tables import Limits
from tracker.reports.render.flow.walk import Layout
from tracker.reports.render.odf import parts as odf
from tracker.reports.render.odf.automatic import CLOSE, PREFIX, automatic_styles
from tracker.reports.render.odf.parts import flat, linked, quoted, words
from tracker.reports.render.odf.styles import FACT_INDENT, NAMES, SMALLER, around, key, size
from tracker.reports.render.office_look import BODY, PAGE, level_name, right_to_left
from tracker.reports.render.one_page import AROUND, HEADING, SECTION, TITLE
from tracker.reports.typography.measuring import SANS
from tracker.rules.wording import optional

_KEEP = 'fo:keep-with-next="always"'
_LAST = 'fo:margin-bottom="0.25cm"'
_KEEPING = ("Paper Quote",)  # styles that say themselves that they stay with what follows
_FACT_WIDER = 6.8  # centimetres, for facts with a long label
_CONTENTS = (
    f'<text:table-of-content text:name="Paper contents" text:style-name="{PREFIX}Contents">'
    '<text:table-of-content-source text:outline-level="1">'
    '<text:index-title-template text:style-name="Contents_20_Heading">Contents</text:index-title-template>'
    '<text:table-of-content-entry-template text:outline-level="1" text:style-name="Contents_20_1">'
    "<text:index-entry-link-start/><text:index-entry-text/>"
    '<text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/>'
    "<text:index-entry-link-end/></text:table-of-content-entry-template></text:table-of-content-source>"
    '<text:index-body><text:index-title text:name="Paper contents title">'
    '<text:p text:style-name="Contents_20_Heading">Contents</text:p></text:index-title>'
)


def _widths(items: Items) -> list[float]:
    """Return the widths of labels in centimetres."""
    return [SANS.width(_label(label), BODY, True) for label, _ in items]


def _label(label: str) -> str:
    return " ".join(label.split()) + ":"


def _indent(items: Items, room: float, long: bool) -> float:
    widest = max(_widths(items), default=0.0)
    indent = FACT_INDENT if widest < FACT_INDENT else _FACT_WIDER
    if long:
        return min(indent, round(widest + 0.3, 1))
    return indent


LAYOUT = Layout(
    limits=Limits(sentence=4.2, lines=6, high=7.0, rows=11),
    indent=_indent,
    deepest=4,
    pixels=1100,  # 160 an inch: sharp in print, small in the file, quick to make
    tallest=12.0,
    small=(12, 8),
    across=False,
    contents=0,
    tall=27.0,
)


class Body:
    """The text so far; a ``long`` paper is set more closely.

    ``masters`` are the usual kind of page and the one that sections share; None when there is one kind. In a template,
    ``amended`` is what paragraphs say against its styles, by their names; ``numbered`` and ``breaking`` are the
    levels of its headings that number themselves and that begin a page.
    """

    def __init__(
        self,
        accent: str,
        *,
        long: bool,
        masters: tuple[str, str] | None = None,
        amended: Mapping[str, str] | None = None,
        numbered: tuple[int, ...] = (),
        breaking: tuple[int, ...] = (),
    ) -> None:
        self.parts: list[str] = []
        self.pictures: list[odf.Part] = []
        self._accent = accent
        self._long = long
        self._masters = masters
        self._points = 0.0  # of the text, where sections share a page
        self._fresh = False  # what comes next begins a page
        self._master = ""  # the kind of page that begins with what comes next, as an attribute
        self._styles: dict[str, str] = {}
        self._variants: dict[tuple[str, str, str], str] = {}
        self._counts: dict[str, int] = {}
        self._amended = amended or {}
        self._numbered = numbered
        self._breaking = breaking
        self._headed = 0  # how many parts there were after a heading

    def styles(self) -> str:
        """Return every automatic style as XML."""
        inset = 0.03 if self._long else 0.1
        return "".join([*automatic_styles(self._accent, inset), *self._styles.values()])

    def add_all(self, parts: Iterable[Part]) -> None:
        """Add the parts of a report."""
        for part in parts:
            self.add(part)

    def add(self, part: Part) -> None:
        """Add a part below what is there."""
        match part:
            case Paragraph(style, text, label, keep):
                inside = linked(text)
                if label:
                    inside = f"{_bold(label)}: {inside}"
                name = style_name(style, NAMES)
                look = _KEEP if keep and name not in _KEEPING else ""
                self._paragraph(self._style(name, text, look), inside)
            case Grid():
                self._table(part)
            case Heading():
                self._heading(part)
            case Facts():
                self._facts(part)
            case Bullets():
                self._bullets(part)
            case Pictures(pictures):
                self._paragraph(self._style("Paper Picture"), " ".join(map(self._picture, pictures)))
            case PageHead():
                self._page_head(part)
            case PageBreak():
                self._fresh = bool(self.parts)
            case Turn(points):
                self._points = points
                if self._masters is not None:
                    self._master = f' style:master-page-name="{self._masters[bool(points)]}"'
            case Contents(entries):
                lines = "".join(_entry(number, title) for number, title in entries)
                self.parts.append(f"{_CONTENTS}{lines}</text:index-body></text:table-of-content>")

    def _next_name(self, kind: str) -> str:
        """Return a name that nothing else in the document has."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"{kind} {self._counts[kind]}"

    def _begins_page(self) -> bool:
        """Return whether a page begins with what is added now."""
        fresh = self._fresh and not self._master
        self._fresh = False
        return fresh

    def _style(self, name: str, text: str = "", paragraph: str = "", letters: str = "") -> str:
        """Return the style for a paragraph: the named one, or one made from it where something differs.

        A text that begins in a script written from right to left gets that direction.
        """
        if self._points and name in SMALLER:
            name = PAGE + name
        look = f"{self._amended.get(name, '')} {paragraph}".strip()
        if self._begins_page():
            look += ' fo:break-before="page"'
        if right_to_left(text):
            # “start” is taken for the left side by LibreOffice, whatever the direction.
            look += ' style:writing-mode="rl-tb"'
            if "fo:text-align" not in look:
                look += ' fo:text-align="right"'
        if not look and not letters and not self._master:
            return key(name)
        master, self._master = self._master, ""
        variant = (name, look, letters + master)
        if variant not in self._variants:
            style = f"{PREFIX}P{len(self._variants) + 1}"
            self._variants[variant] = style
            inside = ""
            if look:
                inside += f"<style:paragraph-properties {look.strip()}/>"
            if letters:
                inside += f"<style:text-properties {letters}/>"
            self._styles[style] = (
                f'<style:style style:name="{style}" style:family="paragraph" '
                f'style:parent-style-name="{key(name)}"{master}>{inside}</style:style>'
            )
        return self._variants[variant]

    def _paragraph(self, style: str, inside: str) -> None:
        self.parts.append(f'<text:p text:style-name="{style}">{inside}</text:p>')

    def _heading(self, heading: Heading) -> None:
        look, letters = _KEEP, ""  # a template may not say so
        if self._points:
            look = f"{_KEEP} {around(*AROUND['heading'])}"
            step = SECTION if heading.level == 1 and self._masters is not None else 1
            letters = size(self._points * HEADING * step)
        if heading.level in self._breaking and self._headed and self._headed == len(self.parts):
            look += ' fo:break-before="auto"'
        style = self._style(f"Heading {heading.level}", heading.text, look, letters)
        inside = words(heading.text)
        if heading.number:
            mark = quoted(_mark(heading.number))
            inside = f"<text:bookmark-start text:name={mark}/>{inside}<text:bookmark-end text:name={mark}/>"
        bare = ' text:is-list-header="true"' if heading.level in self._numbered else ""
        self.parts.append(
            f'<text:h text:style-name="{style}" text:outline-level="{heading.level}"{bare}>{inside}</text:h>'
        )
        self._headed = len(self.parts)

    def _page_head(self, head: PageHead) -> None:
        style = self._style("Title", head.text, around(*AROUND["heading"]), size(self._points * TITLE))
        inside = words(head.text)
        if head.logo:
            inside = self._picture(head.logo) + words("  ") + inside
        self._paragraph(style, inside)

    def _facts(self, facts: Facts) -> None:
        indent = facts.indent
        moved = []
        if indent != FACT_INDENT:
            moved = [f'fo:margin-left="{indent}cm" fo:text-indent="-{indent}cm"']
        last = len(facts.items) - 1
        for n, ((label, value), width) in enumerate(zip(facts.items, _widths(facts.items), strict=True)):
            look = list(moved)
            if n == last and not self._points:
                look.append(_LAST)
            elif facts.together:
                look.append(_KEEP)
            style = self._style("Paper Facts", label, " ".join(look))
            gap = "<text:tab/>" if self._points or width < indent else " "
            self._paragraph(style, f"{_bold(_label(label))}{gap}{linked(value)}")

    def _bullets(self, bullets: Bullets) -> None:
        looks = [""] * len(bullets.items)
        if not self._points:
            looks[-1] = _LAST
        items = "".join(
            f'<text:list-item><text:p text:style-name="{self._style("List", item, look)}">{linked(item)}</text:p>'
            "</text:list-item>"
            for item, look in zip(bullets.items, looks, strict=True)
        )
        kind = "Numbers" if bullets.ordered else "Bullets"
        self.parts.append(f'<text:list text:style-name="{PREFIX}{kind}">{items}</text:list>')

    def _table(self, grid: Grid) -> None:
        letters = size(grid.points) if grid.points else ""
        head, *rows = [self._row(row, letters) for row in grid.rows]
        columns = [f'<table:table-column table:style-name="{self._column_style(width)}"/>' for width in grid.widths]
        if grid.named:
            columns[0] = f"<table:table-header-columns>{columns[0]}</table:table-header-columns>"
        style = self._table_style(sum(grid.widths), unsplit=grid.unsplit)
        title = optional("<table:title>", flat(grid.title), "</table:title>")
        self.parts.append(
            f'<table:table table:name={quoted(self._next_name("Paper table"))} table:style-name="{style}">'
            f"{title}{''.join(columns)}<table:table-header-rows>{head}</table:table-header-rows>{''.join(rows)}</table:table>"
        )

    def _row(self, row: Row, letters: str) -> str:
        cells = "".join(self._cell(cell, letters) for cell in row.cells)
        kind = "Tall" if row.tall else "Row"
        return f'<table:table-row table:style-name="{PREFIX}{kind}">{cells}</table:table-row>'

    def _cell(self, cell: Cell, letters: str) -> str:
        name = style_name(cell.look, NAMES)
        look = "Cell"
        if cell.look == "column":
            look = "Head"
        if cell.strong:
            name = "Paper Row Name"
        if cell.rating:
            look = f"Cell_{level_name(cell.rating)}"
        if self._points:
            look = CLOSE + look
        side = 'fo:text-align="end"' if cell.right else ""
        inside = f'<text:p text:style-name="{self._style(name, cell.text, side, letters)}">{linked(cell.text)}</text:p>'
        return (
            f'<table:table-cell table:style-name="{PREFIX}{look}" office:value-type="string">{inside}'
            "</table:table-cell>"
        )

    def _table_style(self, width: float, *, unsplit: bool) -> str:
        """Return the style of a table of that width; ``unsplit``: on one page. It may begin a page."""
        mark = ""
        look = ""
        fresh = self._begins_page()
        if fresh:
            look += ' fo:break-before="page"'
        if unsplit:
            mark, look = "W", look + ' style:may-break-between-rows="false"'
        if fresh:
            mark += "F"
        below = 0.2 if self._long else 0.35
        if self._points:
            mark, below = mark + "S", 0.1
        style = f"{PREFIX}T{round(width * 100)}{mark}"
        self._styles[style] = (
            f'<style:style style:name="{style}" style:family="table"><style:table-properties '
            f'style:width="{width:.2f}cm" table:align="left" fo:margin-bottom="{below:g}cm" '
            f'table:border-model="collapsing"{look}/></style:style>'
        )
        return style

    def _column_style(self, width: float) -> str:
        style = f"{PREFIX}C{round(width * 100)}"
        self._styles[style] = (
            f'<style:style style:name="{style}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width:.2f}cm"/></style:style>'
        )
        return style

    def _picture(self, picture: Picture) -> str:
        """Return a frame with a picture."""
        path = f"Pictures/{PREFIX}{len(self.pictures) + 1}.png"
        self.pictures.append(odf.Part(path, picture.png, "image/png"))
        return (
            f'<draw:frame draw:name={quoted(self._next_name("Picture"))} draw:style-name="{PREFIX}Frame" '
            f'text:anchor-type="as-char" svg:width="{picture.width:.2f}cm" svg:height="{picture.height:.2f}cm">'
            f'<draw:image xlink:href="{path}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
            f"<svg:title>{flat(picture.title)}</svg:title><svg:desc>{flat(picture.alt)}</svg:desc></draw:frame>"
        )


def _bold(text: str) -> str:
    return f'<text:span text:style-name="{PREFIX}Bold">{words(text)}</text:span>'


def _mark(number: int) -> str:
    """Return the name by which links and page numbers find a section."""
    return f"{PREFIX}-section-{number}"


def _entry(number: int, title: str) -> str:
    """Return a line of the list of contents: a link and a page number, which an editor brings up to date."""
    mark = _mark(number)
    # The span takes away the blue and the line that editors give to links.
    link = (
        f'<text:a xlink:type="simple" xlink:href="#{mark}"><text:span text:style-name="{PREFIX}Link">'
        f"{flat(title)}</text:span></text:a>"
    )
    page = f'<text:bookmark-ref text:reference-format="page" text:ref-name={quoted(mark)}> </text:bookmark-ref>'
    return f'<text:p text:style-name="Contents_20_1">{link}<text:tab/>{page}</text:p>'
