"""The lists of a Word document: each numbered one begins at 1."""

from typing import TYPE_CHECKING

from tracker.reports.render.docx.styles import BULLETS, NUMBERS, list_xml
from tracker.reports.render.docx.xml import MAIN, SPACES

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_W = f"{{{MAIN}}}"
_START_AGAIN = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'


class Lists:
    """The numbering of a document: what its list styles mean, and a number for each list that begins anew.

    In a ``blank`` document, which is no template, the styles say all about lists with bullets.
    """

    def __init__(self, document: "Document", *, blank: bool = False) -> None:
        self._element = _numbering(document)
        if blank:
            self._element[:] = []
        style_lists = {} if blank else _style_lists(document)
        self._styled = blank or BULLETS.lower() in style_lists
        bullets, numbers = self._define(bullet=True), self._define(bullet=False)
        self.bullets, self.numbers = self._add_list(bullets), self._add_list(numbers)
        self._ordered = self._definition_of(style_lists.get(NUMBERS.lower(), "")) or str(numbers)

    def begin(self, ordered: bool) -> int:
        """Return the number of a list that begins; 0 when the style of its paragraphs says all."""
        if ordered:
            return self._add_list(self._ordered, _START_AGAIN)
        return 0 if self._styled else self.bullets

    def _all(self, tag: str) -> list["Element"]:
        return list(self._element.findall(f"{_W}{tag}"))

    def _definition_of(self, number: str) -> str:
        """Return the definition of a list; empty when there is no such list."""
        for element in self._all("num"):
            if element.get(f"{_W}numId") == number:
                return str(element.find(f"{_W}abstractNumId").get(f"{_W}val"))
        return ""

    def _define(self, *, bullet: bool) -> int:
        from docx.oxml import parse_xml

        number = self._next("abstractNum", "abstractNumId")
        definition = parse_xml(list_xml(number, bullet))
        first = self._element.find(f"{_W}num")
        if first is None:
            self._element.append(definition)
        else:
            first.addprevious(definition)  # definitions stand before lists: Word is strict about it
        return number

    def _add_list(self, definition: int | str, override: str = "") -> int:
        from docx.oxml import parse_xml

        number = self._next("num", "numId")
        inside = f'<w:abstractNumId w:val="{definition}"/>{override}'
        last = (self._all("num") or self._all("abstractNum"))[-1]
        last.addnext(parse_xml(f'<w:num {SPACES} w:numId="{number}">{inside}</w:num>'))
        return number

    def _next(self, tag: str, name: str) -> int:
        return max((int(element.get(f"{_W}{name}")) for element in self._all(tag)), default=0) + 1


def _numbering(document: "Document") -> "Element":
    """Return the numbering of a document, made when it has none."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml import parse_xml
    from docx.parts.numbering import NumberingPart

    try:
        document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        empty = parse_xml(f"<w:numbering {SPACES}/>")
        place = PackURI("/word/numbering.xml")
        part = NumberingPart(place, CONTENT_TYPE.WML_NUMBERING, empty, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    element: Element = document.part.numbering_part.element
    return element


def _style_lists(document: "Document") -> dict[str, str]:
    """Return the number of the list that a style means, by the style's name in small letters."""
    styles = document.styles.element.xpath("./w:style[w:name][w:pPr/w:numPr/w:numId]")
    return {
        style.find(f"{_W}name").get(f"{_W}val").lower(): style.find(f"{_W}pPr/{_W}numPr/{_W}numId").get(f"{_W}val")
        for style in styles
    }
