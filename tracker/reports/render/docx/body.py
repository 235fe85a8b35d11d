"""What is gathered while a paper becomes the body of a Word document: XML, pictures, lists, names that exist once."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from tracker.reports.render.docx.styles import SMALLER, key
from tracker.reports.render.docx.xml import CENTIMETRE, DRAWING, EMU, from_the_right, quoted
from tracker.reports.render.office_look import PAGE

NONE = (0.0, 0.0)  # points above and below
_CLOSE = '<w:spacing w:before="0" w:after="0"/>'
_NAME_LENGTH = 40  # of a bookmark: Word allows no more


class Body:
    """The body so far; ``room`` is the width of the text in centimetres, ``styles`` the ids of styles by name.

    ``figures`` names the annex with the figures of the charts, if there is one; a ``long`` paper is set more closely.
    """

    def __init__(self, part: Any, room: float, styles: Mapping[str, str], new_list: Callable[[bool], int], first: int):
        self.room = room
        self.parts: list[str] = []
        self.figures = ""
        self.long = False
        self._part = part
        self._styles = styles
        self._new_list = new_list
        self._number = first
        self._fresh = False
        self._gap = 0
        self.page_points = 0.0  # of the text of what shares a page; 0: nothing is set smaller
        self.points = 0.0  # the same, while that is being added
        self.page_room = room  # width of the text where a page is shared
        self.ends: tuple[str, str] | None = None  # what ends a section with the usual margins, and with narrow ones
        self.under = ""

    def fresh_page(self) -> None:
        """Let what comes next begin on a new page, if anything stands before it."""
        self._fresh = bool(self.parts)
        if self._gap and self._gap == len(self.parts):
            del self.parts[-1]  # at the foot of a full page the gap would begin a page and leave it empty

    def add(self, xml: str) -> None:
        """Put XML below what is there."""
        self.parts.append(xml)

    def style(self, name: str) -> str:
        """Return the id of a style by its name; of the smaller one while what shares a page is added."""
        name = PAGE + name if self.points and name in SMALLER else name
        return self._styles.get(name.lower(), key(name))

    def number(self) -> int:
        """Return a number that no picture and no bookmark of the document has."""
        self._number += 1
        return self._number

    def paragraph(
        self,
        style: str,
        inside: str,
        text: str = "",
        *,
        keep: bool = False,
        numbered: int = 0,
        hanging: float = 0,
        around: tuple[float, float] | None = None,
    ) -> None:
        """Add a paragraph of finished runs; ``text`` tells the direction of its script, ``keep``: with the next.

        ``hanging`` is how far its lines after the first, and what follows a tab, are moved in, in centimetres.
        """
        fresh, self._fresh = self._fresh, False
        made = self.paragraph_xml(
            style, inside, text, keep=keep, fresh=fresh, numbered=numbered, hanging=hanging, around=around
        )
        self.add(made)

    def paragraph_xml(
        self,
        style: str,
        inside: str,
        text: str = "",
        *,
        keep: bool = False,
        fresh: bool = False,
        numbered: int = 0,
        hanging: float = 0,
        right: bool = False,
        around: tuple[float, float] | None = None,
    ) -> str:
        """Return a paragraph as XML; ``right``: its lines end at the right side; ``around``: points above and below."""
        # In the order of the schema: Word is strict about it.
        said = "<w:keepNext/>" if keep else ""
        said += "<w:pageBreakBefore/>" if fresh else ""
        said += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbered}"/></w:numPr>' if numbered else ""
        turned = from_the_right(text)
        said += "<w:bidi/>" if turned else ""
        if around is not None:
            said += f'<w:spacing w:before="{round(around[0] * 20)}" w:after="{round(around[1] * 20)}"/>'
        deep = round(hanging * CENTIMETRE)
        said += f'<w:ind w:left="{deep}" w:hanging="{deep}"/>' if deep else ""
        # In a paragraph that runs from the right, Word means the left side by “right”.
        said += f'<w:jc w:val="{"left" if turned else "right"}"/>' if right else ""
        return f"<w:p><w:pPr><w:pStyle w:val={quoted(self.style(style))}/>{said}</w:pPr>{inside}</w:p>"

    def end_section(self, *, close: bool) -> None:
        """End what stands so far as a section in Word's sense, with narrow margins if ``close``."""
        if self.ends is not None:
            self._fresh = False
            style = quoted(self.style("Paper Gap"))
            self.add(f"<w:p><w:pPr><w:pStyle w:val={style}/>{self.ends[close]}</w:pPr></w:p>")

    def gap(self) -> None:
        """Add the small space that keeps two tables apart."""
        xml = self.paragraph_xml("Paper Gap", "", around=NONE if self.long else None)
        self.add(xml.replace(_CLOSE, f'{_CLOSE[:-2]} w:line="90" w:lineRule="exact"/>'))
        self._gap = len(self.parts)

    def start_page(self) -> None:
        """Begin the new page that is due, for what is no paragraph."""
        if self._fresh:
            self.paragraph("Paper Gap", "")

    def new_list(self, ordered: bool) -> int:
        """Return the number of a list that begins anew; 0 when its style says all."""
        return self._new_list(ordered)

    def marked(self, name: str, inside: str) -> str:
        """Return runs with a bookmark around them, which links find them by."""
        number = self.number()
        return (
            f'<w:bookmarkStart w:id="{number}" w:name={quoted(name[:_NAME_LENGTH])}/>{inside}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )

    def picture(self, png: bytes, title: str, alt: str, most: tuple[float, float]) -> str:
        """Return a run with a PNG, as large as its room (width, height in centimetres) lets it be."""
        across, down = int.from_bytes(png[16:20], "big") or 1, int.from_bytes(png[20:24], "big") or 1
        width = min(most[0], most[1] * across / down)
        wide, high = round(width * CENTIMETRE) * EMU, round(width * down / across * CENTIMETRE) * EMU
        relation = self._part.get_or_add_image(BytesIO(png))[0]
        number = self.number()
        said = f"descr={quoted(alt.strip() or title.strip() or 'No description given')}"
        named = f'id="{number}" name="Picture {number}"'
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
            f"<wp:docPr {named} {said} title={quoted(title)}/>"
            f'<a:graphic><a:graphicData uri="{DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr {named} {said}/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/>'
            f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/>'
            '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
            "</a:graphic></wp:inline></w:drawing></w:r>"
        )
