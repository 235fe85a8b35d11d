"""The lists of a Word document: each numbered one begins at 1."""

from typing import Any

from tracker.reports.render.docx.styles import BULLETS, NUMBERS, list_xml
from tracker.reports.render.docx.xml import MAIN, SPACES

_W = f"{{{MAIN}}}"
_PLACE = "/word/numbering.xml"


class Lists:
    """The numbering of a document: what its list styles mean, and a number for each list that begins anew."""

    def __init__(self, document: Any, *, own: bool = False) -> None:
        self._element = _numbering(document)
        if own:
            self._element[:] = []
        styles = {} if own else _style_lists(document)
        self._bullet_style, number_style = BULLETS.lower() in styles, styles.get(NUMBERS.lower(), "")
        self._bullets, self._numbers = self._definition(True), self._definition(False)
        self.bullets, self.numbers = self._list(self._bullets), self._list(self._numbers)
        self._own = own
        self._ordered = self._meant(number_style) or str(self._numbers)

    def begin(self, ordered: bool) -> int:
        """Return the number of a list that begins; 0 when the style of its paragraphs says all."""
        if ordered:
            return self._list(self._ordered, anew=True)
        return 0 if self._own or self._bullet_style else self.bullets

    def _meant(self, number: str) -> str:
        """Return the definition that a list has."""
        for one in self._element.findall(f"{_W}num"):
            if number and one.get(f"{_W}numId") == number:
                return str(one.find(f"{_W}abstractNumId").get(f"{_W}val"))
        return ""

    def _definition(self, bullet: bool) -> int:
        from docx.oxml import parse_xml

        made = _next(self._element, "abstractNum", "abstractNumId")
        first = self._element.find(f"{_W}num")
        new = parse_xml(list_xml(made, bullet))
        # Definitions stand before lists: Word is strict about it.
        self._element.append(new) if first is None else first.addprevious(new)
        return made

    def _list(self, definition: int | str, *, anew: bool = False) -> int:
        from docx.oxml import parse_xml

        made = _next(self._element, "num", "numId")
        again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if anew else ""
        inside = f'<w:abstractNumId w:val="{definition}"/>{again}'
        last = self._element.findall(f"{_W}num")[-1:] or self._element.findall(f"{_W}abstractNum")[-1:]
        last[0].addnext(parse_xml(f'<w:num {SPACES} w:numId="{made}">{inside}</w:num>'))
        return made


def _next(element: Any, tag: str, name: str) -> int:
    used = [int(one.get(f"{_W}{name}")) for one in element.findall(f"{_W}{tag}")]
    return max(used, default=0) + 1


def _numbering(document: Any) -> Any:
    """Return the numbering of a document, made when it has none."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml import parse_xml
    from docx.parts.numbering import NumberingPart

    try:
        return document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        empty: Any = parse_xml(f"<w:numbering {SPACES}/>")
        part = NumberingPart(PackURI(_PLACE), CONTENT_TYPE.WML_NUMBERING, empty, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return part.element


def _style_lists(document: Any) -> dict[str, str]:
    """Return the number of the list that a style means, by the style's name."""
    found = {}
    for style in document.styles.element.findall(f"{_W}style"):
        name, numbered = style.find(f"{_W}name"), style.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        if name is not None and numbered is not None:
            found[name.get(f"{_W}val").lower()] = numbered.get(f"{_W}val")
    return found
