"""What of a Word template's pages and styles a paper meets: its width there, and what styles say of themselves."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from tracker.reports.branding.looks import USUAL, Look, hexadecimal
from tracker.reports.branding.package import main_part, related
from tracker.reports.branding.placeholders import REPORT, places
from tracker.reports.branding.text import W, in_body, pieces
from tracker.reports.branding.trees import tree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CENTIMETRE = 1440 / 2.54  # in twentieths of a point
_LETTER = 12240.0  # the page of Word where a section names none, in twentieths of a point
_NUMBER = re.compile(r"-?\d{1,7}(\.\d{1,9})?")
_OFF = ("0", "false", "off", "none")
_SIDES = {"both": "justified", "distribute": "justified", "center": "centred", "right": "set to the right"}
_INDENTS = ("left", "start", "right", "end", "firstLine", "hanging")
HEADINGS = ("heading 1", "heading 2", "heading 3")
_SHOWN = ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption")


class Styles:
    """The paragraph styles of a template by their names in small letters, each with what it has from its parents."""

    def __init__(self, root: "Element") -> None:
        self._root = root
        self._by_id: dict[str, Element] = {}
        self._by_name: dict[str, Element] = {}
        self.usual = ""  # the name of the style of a paragraph that names none
        for style in root.iter(f"{W}style"):
            name = style.find(f"{W}name")
            if name is None or style.get(f"{W}type", "paragraph") != "paragraph":
                continue
            self._by_id[style.get(f"{W}styleId", "")] = style
            self._by_name[name.get(f"{W}val", "").lower()] = style
            if style.get(f"{W}default") in ("1", "true"):
                self.usual = name.get(f"{W}val", "").lower()

    def chain(self, name: str) -> Iterator["Element"]:
        """Yield a style and those that it is made from, the nearest first."""
        style = self._by_name.get(name.lower())
        passed: list[Element] = []
        while style is not None and style not in passed:
            yield style
            passed.append(style)
            parent = style.find(f"{W}basedOn")
            style = None if parent is None else self._by_id.get(parent.get(f"{W}val", ""))

    def said(self, name: str, path: str) -> "Element | None":
        """Return the nearest element that a style or its parents have at a path such as ``pPr/ind``."""
        elements = (style.find(_path(path)) for style in self.chain(name))
        return next((element for element in elements if element is not None), None)

    def switched(self, name: str, path: str) -> bool:
        """Return whether something that is on or off, such as ``pPr/pageBreakBefore``, is on."""
        element = self.said(name, path)
        return element is not None and element.get(f"{W}val", "1") not in _OFF

    def says_itself(self, name: str, path: str) -> bool:
        """Return whether a style says something that the usual paragraph need not say for it."""
        usual = self._by_name.get(self.usual)
        return any(style.find(_path(path)) is not None for style in self.chain(name) if style is not usual)

    def usually(self, tag: str) -> Iterator["Element"]:
        """Yield what the usual paragraph has from its styles and from the file: the elements with a tag."""
        for style in self.chain(self.usual):
            yield from style.findall(_path(f"pPr/{tag}"))
        yield from self._root.iterfind(_path(f"docDefaults/pPrDefault/pPr/{tag}"))

    def look(self, name: str, style: str) -> Look:
        """Return how a style shows its text; ``name`` is what people call it."""
        switched = {tag: self._value(style, f"rPr/{tag}", default="1") for tag in ("caps", "smallCaps", "vanish")}
        on = {tag for tag, value in switched.items() if value and value not in _OFF}
        grounds = (self._value(style, path, "fill") for path in ("rPr/shd", "pPr/shd"))
        return Look(
            name,
            self._value(style, "pPr/spacing", "lineRule") == "exact",
            not on.isdisjoint(("caps", "smallCaps")),
            "vanish" in on,
            hexadecimal(self._value(style, "rPr/color")),
            next(filter(None, map(hexadecimal, grounds)), ""),
        )

    def _value(self, style: str, path: str, attribute: str = "val", default: str = "") -> str:
        """Return what a style, its parents or the file say by an attribute; empty where nothing has the element."""
        elements = [element for parent in self.chain(style) for element in parent.findall(_path(path))]
        group = path.partition("/")[0]
        elements += self._root.iterfind(_path(f"docDefaults/{group}Default/{path}"))
        values = (element.get(f"{W}{attribute}", default) for element in elements)
        return next(filter(None, values), "")

    def font(self) -> str:
        """Return the family of the usual paragraph's letters; empty where only a theme names it."""
        fonts = [style.find(_path("rPr/rFonts")) for style in self.chain(self.usual)]
        for font in (*fonts, self._root.find(_path("docDefaults/rPrDefault/rPr/rFonts"))):
            if font is not None and (f"{W}ascii" in font.attrib or f"{W}asciiTheme" in font.attrib):
                if f"{W}asciiTheme" in font.attrib:
                    return ""
                return str(font.get(f"{W}ascii"))
        return ""

    def numbered(self, name: str) -> bool:
        """Return whether paragraphs of a style number themselves."""
        number = self.said(name, "pPr/numPr/numId")
        return number is not None and number.get(f"{W}val", "0") != "0"


def _path(path: str) -> str:
    return "/".join(f"{W}{tag}" for tag in path.split("/"))


class WordLayout(NamedTuple):
    """The place of the paper: ``columns`` of text side by side and the width of one in centimetres, 0 if unknown.

    ``tall`` is the height of a page's text in centimetres, 0 if unknown.

    ``numbered`` and ``breaking`` are the levels of headings that number themselves and that begin a page. ``shifted``
    says how the usual paragraph stands otherwise than at the left: “indented”, “justified”. ``font`` is the family of
    its letters; empty where only a theme names it. ``looks`` is how the styles that papers use show their texts.
    """

    columns: int
    room: float
    tall: float
    numbered: tuple[int, ...]
    breaking: tuple[int, ...]
    shifted: tuple[str, ...]
    font: str
    looks: tuple[Look, ...]


def word_file_layout(data: bytes) -> WordLayout:
    """Return the layout that a paper meets in a file that was read as safe. Raises ValueError."""
    with ZipFile(BytesIO(data)) as file:
        path = main_part(file)
        main = tree(file.read(path))
        sheets = [tree(file.read(part.path)) for part in related(file, path) if part.kind == "styles"]
    empty = main.makeelement(f"{W}styles")
    return word_layout(main, Styles([*sheets, empty][0]), report_paragraph(main))


def word_layout(main: "Element", styles: Styles, anchor: "Element | None") -> WordLayout:
    """Return the layout that a paper in the place of a paragraph, the ``anchor``, meets."""
    section = _section(main, anchor)
    columns, room, tall = 1, 0.0, 0.0
    if section is not None:
        columns, room = _columns(section)
        tall = _height(section)
    levels = list(enumerate(HEADINGS, 1))
    return WordLayout(
        columns,
        room,
        tall,
        tuple(level for level, name in levels if styles.numbered(name)),
        tuple(level for level, name in levels if styles.switched(name, "pPr/pageBreakBefore")),
        _shifted(styles),
        styles.font(),
        (styles.look(USUAL, styles.usual), *(styles.look(name, name) for name in _SHOWN)),
    )


def _section(main: "Element", anchor: "Element | None") -> "Element | None":
    """Return what says how the pages of the section are that the anchor stands in; None where nothing does."""
    after = anchor is None
    for element in main.iter(f"{W}p", f"{W}sectPr"):
        after = after or element is anchor
        if after and element.tag == f"{W}sectPr":
            return element
    return None


def _height(section: "Element") -> float:
    """Return how tall the text of a page is in centimetres, 0 where the page does not say how tall it is."""
    margins = section.find(f"{W}pgMar")
    page = _number(section.find(f"{W}pgSz"), "h")
    return max(page - sum(_number(margins, side) for side in ("top", "bottom")), 0.0) / _CENTIMETRE


def _columns(section: "Element") -> tuple[int, float]:
    """Return how many columns a section has, and how wide the text of one is in centimetres."""
    width = _number(section.find(f"{W}pgSz"), "w") or _LETTER
    margins = section.find(f"{W}pgMar")
    text = width - sum(_number(margins, side) for side in ("left", "right", "gutter"))
    columns = section.find(f"{W}cols")
    if columns is None:
        return 1, text / _CENTIMETRE
    unequal = columns.findall(f"{W}col") if columns.get(f"{W}equalWidth", "1") in _OFF else []
    number = len(unequal) or int(_number(columns, "num") or 1)
    between = _number(columns, "space") or 720.0
    width = (text - between * (number - 1)) / number
    if unequal:
        width = min(_number(column, "w") for column in unequal)
    return number, width / _CENTIMETRE


def _number(element: "Element | None", name: str) -> float:
    """Return the number that an attribute holds; 0 where it holds none."""
    text = "" if element is None else element.get(f"{W}{name}", "")
    if _NUMBER.fullmatch(text):
        return float(text)
    return 0.0


def _shifted(styles: Styles) -> tuple[str, ...]:
    words = []
    if any(_number(indent, side) for indent in styles.usually("ind") for side in _INDENTS):
        words.append("indented")
    side = next(styles.usually("jc"), None)
    if side is not None and side.get(f"{W}val", "") in _SIDES:
        words.append(_SIDES[side.get(f"{W}val", "")])
    return tuple(words)


def report_paragraph(main: "Element") -> "Element | None":
    """Return the paragraph of the body that holds ``{{ report }}``; None where there is none."""
    for paragraph in main.iter(f"{W}p"):
        text = "".join(piece.text or "" for piece in pieces(paragraph))
        if any(place.name == REPORT for place in places(text)) and in_body(paragraph):
            return paragraph
    return None


def controls_around(paragraph: "Element") -> list["Element"]:
    """Return the content controls that a paragraph stands in, the innermost first; none where it is in no body."""
    if in_body(paragraph):
        return list(paragraph.iterancestors(f"{W}sdt"))
    return []
