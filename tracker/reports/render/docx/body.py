"""The parts of a report as the body of a Word document: XML, pictures, lists, and names that exist once."""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from tracker.reports.charts.palette import RATINGS
from tracker.reports.render.docx.fitting_in import Amendment
from tracker.reports.render.docx.styles import (
    BULLETS,
    CENTIMETRE,
    DRAWING,
    EMU,
    NAMES,
    NUMBERS,
    PICTURE_SPACES,
    SMALLER,
    SPACES,
    TAB,
    TABLE,
    key,
    linked,
    quoted,
    runs,
    shade,
    space,
)
from tracker.reports.render.flow.parts import (
    Bullets,
    Cell,
    Contents,
    Facts,
    Grid,
    Heading,
    PageBreak,
    PageHead,
    Paragraph,
    Part,
    Picture,
    Pictures,
    Turn,
    style_name,
)
from tracker.reports.render.flow.tables import Limits
from tracker.reports.render.flow.walk import Layout
from tracker.reports.render.office_look import BODY, PAGE, SHADE, right_to_left
from tracker.reports.render.one_page import AROUND, HEADING, SECTION, TITLE
from tracker.reports.typography.measuring import SANS
from tracker.rules.wording import optional

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element
    from docx.parts.story import StoryPart

_LEAST_LABEL = 3.2  # centimetres
_NARROW_CELLS = (
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="68" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="68" w:type="dxa"/></w:tblCellMar>'
)
_CONTENTS_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z \\u '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_NEXT_LINE = "<w:r><w:br/></w:r>"
_STAYS = '<w:pageBreakBefore w:val="0"/>'  # on the page of what is above, whatever the style says
_NOT_AMENDED = Amendment()
_CONTENTS_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _indent(items: tuple[tuple[str, str], ...], room: float, long: bool) -> float:
    labels = max((SANS.width(f"{label}:", BODY, bold=True) for label, _ in items), default=0.0) + 0.4
    if not long:
        labels = max(labels, _LEAST_LABEL)
    return min(labels, room * 0.45)


LAYOUT = Layout(
    limits=Limits(sentence=5.0, high=6.0, rows=12),
    indent=_indent,
    deepest=3,
    pixels=1200,  # sharp in print, small in the file
    tallest=9.5,
    small=(14, 12),
    across=True,
    contents=4,
    tall=25.9,
)


class Body:
    """The body so far; ``styles`` are the ids of styles by name, ``new_list`` the numbers of lists that begin.

    A ``long`` paper is set more closely. ``section_ends`` are what ends a section of the document with the usual
    margins and one with narrow margins, as XML; None when there is one kind of page. ``first`` is the highest number of
    a picture or bookmark that the document has. ``amended`` is what paragraphs say against their styles, by their
    names; ``breaking`` are the levels of headings whose style begins a page.
    """

    def __init__(
        self,
        part: "StoryPart",
        styles: Mapping[str, str],
        new_list: Callable[[bool], int],
        *,
        long: bool,
        first: int = 0,
        section_ends: tuple[str, str] | None = None,
        amended: Mapping[str, Amendment] | None = None,
        breaking: tuple[int, ...] = (),
    ) -> None:
        self.parts: list[str] = []
        self.long = long
        self._part = part
        self._styles = styles
        self._ids: dict[str, str] = {}
        self._new_list = new_list
        self._number = first
        self._section_ends = section_ends
        self._points = 0.0  # of the text, where sections share a page
        self._fresh = False  # what comes next begins a page
        self._gap = 0  # how many parts there were after a gap
        self._headed = 0  # how many parts there were after a heading
        self._amended = amended or {}
        self._breaking = breaking

    def xml(self) -> str:
        """Return everything that was added, for a document whose own names of XML are those of python-docx."""
        return "".join(self.parts)

    def elements(self) -> list["Element"]:
        """Return everything that was added as elements of a document."""
        from docx.oxml import parse_xml

        return list(parse_xml(f"<w:body {SPACES}>{self.xml()}</w:body>"))

    def add_all(self, parts: Iterable[Part]) -> None:
        """Add the parts of a report."""
        for part in parts:
            self.add(part)

    def add(self, part: Part) -> None:
        """Add a part below what is there."""
        match part:
            case Paragraph(look, text, label, keep):
                inside = linked(text)
                if label:
                    inside = runs(f"{label}: ", bold=True) + inside
                self._paragraph(style_name(look, NAMES), inside, text, keep=keep)
            case Grid():
                self._table(part)
            case Heading():
                self._heading(part)
            case Facts():
                self._facts(part)
            case Bullets(items, ordered):
                style = NUMBERS if ordered else BULLETS
                number = self._new_list(ordered)
                numbering = optional('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="', number, '"/></w:numPr>')
                for item in items:
                    self._paragraph(style, linked(item), item, numbering=numbering)
            case Pictures(pictures):
                self._paragraph("Paper Picture", runs("  ").join(map(self._picture, pictures)))
            case PageHead():
                self._page_head(part)
            case PageBreak():
                self._page_break()
            case Turn():
                self._turn(part.points)
            case Contents(entries):
                self._contents(entries)

    def _page_break(self) -> None:
        self._fresh = bool(self.parts)
        self._end_page()

    def _end_page(self) -> None:
        """Take away a gap above what begins a page: at the foot of a full one it would leave an empty page."""
        if self._gap and self._gap == len(self.parts):
            del self.parts[-1]

    def _turn(self, points: float) -> None:
        """End what stands so far as a section in Word's sense, if anything does."""
        if self._section_ends is not None and self.parts:
            self._fresh = False
            style = self._style("Paper Gap")
            end = self._section_ends[bool(self._points)]
            self.parts.append(f"<w:p><w:pPr><w:pStyle w:val={style}/>{end}</w:pPr></w:p>")
        self._points = points

    def _style(self, name: str) -> str:
        """Return the id of a style by its name, in quotes; of the smaller one where sections share a page."""
        if self._points and name in SMALLER:
            name = PAGE + name
        if name not in self._ids:
            self._ids[name] = quoted(self._styles.get(name.lower(), key(name)))
        return self._ids[name]

    def _next_number(self) -> int:
        """Return a number that no picture and no bookmark of the document has."""
        self._number += 1
        return self._number

    def _paragraph(
        self, style: str, inside: str, text: str = "", *, keep: bool = False, numbering: str = "", space: str = ""
    ) -> None:
        """Add a paragraph of finished runs that begins a page if that is due; see ``_paragraph_xml``."""
        if self._fresh:
            numbering = f"<w:pageBreakBefore/>{numbering}".replace(_STAYS, "")
        self._fresh = False
        xml = self._paragraph_xml(style, inside, text, keep=keep, numbering=numbering, space=space)
        if "<w:drawing>" in inside:
            xml = xml.replace("<w:p>", f"<w:p {PICTURE_SPACES}>", 1)
        self.parts.append(xml)

    def _paragraph_xml(
        self,
        style: str,
        inside: str,
        text: str = "",
        *,
        keep: bool = False,
        numbering: str = "",
        space: str = "",
        right: bool = False,
    ) -> str:
        """Return a paragraph of finished runs; ``text`` shows the direction of its script, ``space`` what is around it.

        ``keep``: on the page of what follows; ``right``: its lines end at the right side.
        """
        # In the order of the schema: Word is strict about it.
        amendment = self._amended.get(style.lower(), _NOT_AMENDED)
        look = numbering + amendment.numbering
        space = space or amendment.around
        side = "right"
        if keep:
            look = f"<w:keepNext/>{look}"
        if right_to_left(text):
            look += "<w:bidi/>"
            side = "left"  # where the lines run from right to left, Word means the left side by “right”
        look += space
        if right:
            look += f'<w:jc w:val="{side}"/>'
        return f"<w:p><w:pPr><w:pStyle w:val={self._style(style)}/>{look}</w:pPr>{inside}</w:p>"

    def _heading(self, heading: Heading) -> None:
        step = SECTION if heading.level == 1 and self._section_ends is not None else 1
        inside = runs(heading.text, points=self._points * HEADING * step)
        around = ""
        if self._points:
            around = space(*AROUND["heading"])
        stays = ""
        if heading.level in self._breaking:
            self._end_page()
            if self._headed and self._headed == len(self.parts):
                stays = _STAYS
        if heading.number:
            number = self._next_number()
            inside = (
                f'<w:bookmarkStart w:id="{number}" w:name="{_mark(heading.number)}"/>{inside}'
                f'<w:bookmarkEnd w:id="{number}"/>'
            )
        self._paragraph(f"Heading {heading.level}", inside, heading.text, numbering=stays, space=around)
        self._headed = len(self.parts)

    def _facts(self, facts: Facts) -> None:
        indent = round(facts.indent * CENTIMETRE)
        hanging = f'<w:ind w:left="{indent}" w:hanging="{indent}"/>'
        last = len(facts.items) - 1
        for n, (label, value) in enumerate(facts.items):
            # A label that reaches into the values would push its own to the next stop, out of line; on shared pages
            # the values are moved in for the widest.
            fits = bool(self._points) or SANS.width(f"{label}:", BODY, bold=True) <= facts.indent
            inside = runs(f"{label}:", bold=True) + (TAB if fits else _NEXT_LINE) + linked(value)
            keep = facts.together and n < last
            self._paragraph("Paper Facts", inside, label, keep=keep, space=hanging)

    def _page_head(self, head: PageHead) -> None:
        inside = runs(head.text, points=self._points * TITLE)
        if head.logo:
            inside = self._picture(head.logo) + runs("  ") + inside
        self._paragraph("Title", inside, head.text, space=space(0, AROUND["heading"][1]))

    def _contents(self, entries: tuple[tuple[int, str], ...]) -> None:
        """Add the list of sections: a field that Word can update (then with pages), its entries written out as links.

        Which page a section is on is known only to the program that lays it out, so no number is written that may be
        wrong.
        """
        links = [
            f'<w:hyperlink w:anchor="{_mark(number)}" w:history="1">{runs(title)}</w:hyperlink>'
            for number, title in entries
        ]
        links[0] = _CONTENTS_BEGIN + links[0]
        links[-1] += _CONTENTS_END
        lines = "".join(
            self._paragraph_xml("TOC 1", link, title) for link, (_, title) in zip(links, entries, strict=True)
        )
        heading = self._paragraph_xml("TOC Heading", runs("Contents"))
        self.parts.append(
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{heading}{lines}</w:sdtContent></w:sdt>"
        )

    def _table(self, grid: Grid) -> None:
        """Add a table; grid and cells have the same widths, since Word reads one of them."""
        if self._fresh:  # a table cannot begin a page
            self._paragraph("Paper Gap", "")
        widths = [round(width * CENTIMETRE) for width in grid.widths]
        named = int(grid.named)
        look = f'w:val="{("0420", "04A0")[named]}" w:firstRow="1" w:lastRow="0" w:firstColumn="{named}"'
        title = quoted(grid.title or "Table")
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        margins = _NARROW_CELLS if self._points else ""
        rows = [
            f"<w:tbl><w:tblPr><w:tblStyle w:val={self._style(TABLE)}/>"
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{margins}'
            f'<w:tblLook {look} w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f"<w:tblCaption w:val={title}/><w:tblDescription w:val={title}/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        ]
        head = "<w:tblHeader/>"
        for row in grid.rows:
            look = head if row.tall else f"<w:cantSplit/>{head}"
            head = ""
            cells = "".join(self._cell(cell, width, grid.points) for cell, width in zip(row.cells, widths, strict=True))
            rows.append(f"<w:tr>{optional('<w:trPr>', look, '</w:trPr>')}{cells}</w:tr>")
        self.parts.append("".join([*rows, "</w:tbl>"]))
        self._add_gap()

    def _cell(self, cell: Cell, width: int, points: float) -> str:
        look = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if cell.rating:
            look += shade(RATINGS[cell.rating][1])
        if cell.look == "column":
            look += shade(SHADE) + '<w:vAlign w:val="bottom"/>'
        inside = cell.text and linked(cell.text, bold=cell.strong, points=points)
        around = space() if self.long and not self._points else ""
        style = style_name(cell.look, NAMES)
        paragraph = self._paragraph_xml(style, inside, cell.text, keep=cell.keep, space=around, right=cell.right)
        return f"<w:tc><w:tcPr>{look}</w:tcPr>{paragraph}</w:tc>"

    def _add_gap(self) -> None:
        """Add the small space that keeps two tables apart."""
        around = space(line=' w:line="90" w:lineRule="exact"') if self.long else ""
        self.parts.append(self._paragraph_xml("Paper Gap", "", space=around))
        self._gap = len(self.parts)

    def _picture(self, picture: Picture) -> str:
        """Return a run with a picture."""
        wide, high = (round(length * CENTIMETRE) * EMU for length in (picture.width, picture.height))
        relation = self._part.get_or_add_image(BytesIO(picture.png))[0]
        number = self._next_number()
        alt = f"descr={quoted(picture.alt)}"
        name = f'id="{number}" name="Picture {number}"'
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
            f"<wp:docPr {name} {alt} title={quoted(picture.title)}/>"
            f'<a:graphic><a:graphicData uri="{DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr {name} {alt}/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/>'
            f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/>'
            '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
            "</a:graphic></wp:inline></w:drawing></w:r>"
        )


def _mark(number: int) -> str:
    """Return the name by which links find a section."""
    return f"paper_section_{number}"
