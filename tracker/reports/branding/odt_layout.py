"""What of a Writer template's pages and styles a paper meets: its width there, and what styles say of themselves."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from tracker.reports.branding.looks import USUAL, Look, hexadecimal
from tracker.reports.branding.placeholders import REPORT, places
from tracker.reports.branding.text import odt_text
from tracker.reports.branding.trees import tree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_STYLE, _TEXT, _FO = (_OASIS + name for name in ("style:1.0}", "text:1.0}", "xsl-fo-compatible:1.0}"))
_SVG = f"{_OASIS}svg-compatible:1.0}}"
_LENGTH = re.compile(r"(-?[\d.]{1,9})\s*(mm|cm|in|pt|pc)")
_CENTIMETRES = {"mm": 0.1, "cm": 1.0, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6}
_SIDES = {"justify": "justified", "center": "centred", "end": "set to the right", "right": "set to the right"}
_INDENTS = ("margin-left", "margin-right", "margin", "text-indent")
_LEVELS = (1, 2, 3, 4)
_SHOWN = ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Caption")


class OdtLayout(NamedTuple):
    """The place of the paper: ``columns`` of text side by side and the width of one in centimetres, 0 if unknown.

    ``tall`` is the height of a page's text in centimetres, 0 if unknown.

    ``numbered`` and ``breaking`` are the levels of headings that number themselves and that begin a page. ``shifted``
    says how the usual paragraph stands otherwise than at the left. ``titled``: the template has a title of its own;
    ``caption_indented``: its style of captions says itself how far it is indented. ``font`` is the family of its
    letters. ``looks`` is how the styles that papers use show their texts.
    """

    columns: int
    room: float
    tall: float
    numbered: tuple[int, ...]
    breaking: tuple[int, ...]
    shifted: tuple[str, ...]
    titled: bool
    caption_indented: bool
    font: str
    looks: tuple[Look, ...]


def odt_layout(data: bytes) -> OdtLayout:
    """Return the layout that a paper meets in a template that was read as safe. Raises ValueError, KeyError."""
    with ZipFile(BytesIO(data)) as file:
        content, styles = (tree(file.read(name)) for name in ("content.xml", "styles.xml"))
    return _Reader(content, styles).layout()


class _Reader:
    """The two parts of a Writer document, and its styles by family and name."""

    def __init__(self, content: "Element", styles: "Element") -> None:
        self._content = content
        self._parts = (content, styles)
        self._styles: dict[tuple[str, str], Element] = {}
        for part in reversed(self._parts):
            for style in part.iter(f"{_STYLE}style"):
                self._styles[style.get(f"{_STYLE}family", ""), style.get(f"{_STYLE}name", "")] = style

    def layout(self) -> OdtLayout:
        columns, room, tall = self._page(self._master())
        for section in self._sections():
            section_columns, less = _section(section)
            columns = max(columns, section_columns)
            room -= less
        headings = [(level, f"Heading_20_{level}") for level in _LEVELS]
        return OdtLayout(
            columns,
            room / columns,
            tall,
            tuple(level for level, name in headings if self._numbered(level, name)),
            tuple(level for level, name in headings if self._said(name, "break-before") == "page"),
            self._shifted(),
            self._titled(),
            self._says_indent("Caption"),
            self._font(),
            (self._look(USUAL, "Text_20_body"), *(self._look(name, name.replace(" ", "_20_")) for name in _SHOWN)),
        )

    def _anchor(self) -> "Element | None":
        paragraphs = self._content.iter(f"{_TEXT}p", f"{_TEXT}h")
        for paragraph in paragraphs:
            if any(place.name == REPORT for place in places("".join(odt_text(paragraph)))):
                return paragraph
        return None

    def _chain(self, family: str, name: str) -> Iterator["Element"]:
        passed: list[Element] = []
        style = self._styles.get((family, name))
        while style is not None and style not in passed:
            yield style
            passed.append(style)
            style = self._styles.get((family, style.get(f"{_STYLE}parent-style-name", "")))

    def _defaults(self) -> Iterator["Element"]:
        for default in self._parts[1].iter(f"{_STYLE}default-style"):
            if default.get(f"{_STYLE}family") == "paragraph":
                yield default

    def _said(self, name: str, attribute: str) -> str:
        """Return what the nearest style in a chain says of its paragraphs; empty when none says anything."""
        return self._property(name, "paragraph", f"{_FO}{attribute}")

    def _property(self, name: str, kind: str, attribute: str) -> str:
        """Return what the nearest style in a chain says of its paragraphs or its letters (``kind``: ``text``)."""
        for style in (*self._chain("paragraph", name), *self._defaults()):
            properties = style.find(f"{_STYLE}{kind}-properties")
            if properties is not None and attribute in properties.attrib:
                return str(properties.get(attribute, ""))
        return ""

    def _look(self, name: str, style: str) -> Look:
        height = self._said(style, "line-height")
        grounds = (self._property(style, kind, f"{_FO}background-color") for kind in ("text", "paragraph"))
        capitals = self._property(style, "text", f"{_FO}text-transform") == "uppercase"
        return Look(
            name,
            _LENGTH.fullmatch(height.strip()) is not None,
            capitals or self._property(style, "text", f"{_FO}font-variant") == "small-caps",
            self._property(style, "text", f"{_TEXT}display") == "none",
            hexadecimal(self._property(style, "text", f"{_FO}color")),
            next(filter(None, map(hexadecimal, grounds)), ""),
        )

    def _numbered(self, level: int, name: str) -> bool:
        for style in self._chain("paragraph", name):
            if f"{_STYLE}list-style-name" in style.attrib:
                return bool(style.get(f"{_STYLE}list-style-name"))
        return any(
            element.get(f"{_TEXT}level") == str(level) and bool(element.get(f"{_STYLE}num-format"))
            for element in self._parts[1].iter(f"{_TEXT}outline-level-style")
        )

    def _shifted(self) -> tuple[str, ...]:
        words = []
        if any(_centimetres(self._said("Text_20_body", indent)) for indent in _INDENTS):
            words.append("indented")
        side = self._said("Text_20_body", "text-align")
        if side in _SIDES:
            words.append(_SIDES[side])
        return tuple(words)

    def _font(self) -> str:
        faces = {face.get(f"{_STYLE}name"): face for part in self._parts for face in part.iter(f"{_STYLE}font-face")}
        for style in (*self._chain("paragraph", "Text_20_body"), *self._defaults()):
            properties = style.find(f"{_STYLE}text-properties")
            if properties is None:
                continue
            face = faces.get(properties.get(f"{_STYLE}font-name"))
            family = properties.get(f"{_FO}font-family") if face is None else face.get(f"{_SVG}font-family")
            if family:
                return str(family).partition(",")[0].strip("'\" ")
        return ""

    def _says_indent(self, name: str) -> bool:
        for style in self._chain("paragraph", name):
            properties = style.find(f"{_STYLE}paragraph-properties")
            usual = style.get(f"{_STYLE}name") in ("Standard", "Text_20_body")
            if not usual and properties is not None and f"{_FO}margin-left" in properties.attrib:
                return True
        return False

    def _titled(self) -> bool:
        names = (paragraph.get(f"{_TEXT}style-name", "") for paragraph in self._content.iter(f"{_TEXT}p"))
        styles = ({name, *(style.get(f"{_STYLE}name") for style in self._chain("paragraph", name))} for name in names)
        return any("Title" in chain for chain in styles)

    def _sections(self) -> Iterator["Element"]:
        anchor = self._anchor()
        for section in () if anchor is None else anchor.iterancestors(f"{_TEXT}section"):
            style = self._styles.get(("section", section.get(f"{_TEXT}style-name", "")))
            properties = None if style is None else style.find(f"{_STYLE}section-properties")
            if properties is not None:
                yield properties

    def _master(self) -> str:
        """Return the kind of page on which the anchor stands: the last that a paragraph or table before it began."""
        anchor = self._anchor()
        master = "Standard"
        for element in self._content.iter(f"{_TEXT}p", f"{_TEXT}h", f"{_OASIS}table:1.0}}table"):
            names = [value for key, value in element.items() if key.endswith("}style-name")]
            families = ("paragraph", "table")
            styles = [style for family in families for name in names for style in self._chain(family, name)]
            masters_of_styles = (style.get(f"{_STYLE}master-page-name") for style in styles)
            master = next(filter(None, masters_of_styles), master)
            if element is anchor:
                break
        return master

    def _page(self, master: str) -> tuple[int, float, float]:
        """Return how many columns a kind of page has, and how wide and how tall its text is in centimetres."""
        masters = list(self._parts[1].iter(f"{_STYLE}master-page"))
        usual = [page for page in masters if page.get(f"{_STYLE}name") == master]
        layouts = [page.get(f"{_STYLE}page-layout-name") for page in (*usual, *masters)]
        for layout in self._parts[1].iter(f"{_STYLE}page-layout"):
            properties = layout.find(f"{_STYLE}page-layout-properties")
            if properties is not None and layout.get(f"{_STYLE}name") in layouts[:1]:
                width = _centimetres(properties.get(f"{_FO}page-width", ""))
                height = _centimetres(properties.get(f"{_FO}page-height", ""))
                tall = max(height - _beside(properties, ("top", "bottom")), 0.0)
                return _columns(properties), width - _beside(properties), tall
        return 1, 0.0, 0.0


def _section(properties: "Element") -> tuple[int, float]:
    """Return how many columns a section has, and by how many centimetres it is narrower than what it stands in."""
    return _columns(properties), _beside(properties)


def _columns(properties: "Element") -> int:
    columns = properties.find(f"{_STYLE}columns")
    count = "" if columns is None else columns.get(f"{_FO}column-count", "")
    if count.isdecimal() and len(count) < 3:
        return max(int(count), 1)
    return 1


def _beside(properties: "Element", edges: tuple[str, str] = ("left", "right")) -> float:
    """Return what is left free at two edges of a page or a section, in centimetres."""
    free = 0.0
    for kind in ("margin", "padding"):
        sides = properties.get(f"{_FO}{kind}", "")
        free += sum(_centimetres(properties.get(f"{_FO}{kind}-{side}", sides)) for side in edges)
    return free


def _centimetres(length: str) -> float:
    match = _LENGTH.fullmatch(length.strip())
    try:
        if match is None:
            return 0.0
        return float(match[1]) * _CENTIMETRES[match[2]]
    except ValueError:
        return 0.0
