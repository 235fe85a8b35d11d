"""How a paper's own styles stand clear of a Word template: what would be taken over from its usual paragraph is undone.

Tables, boxes and captions are made for the width of the page; indented, justified or set across they cannot be read.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from tracker.reports.branding.text import W
from tracker.reports.branding.word_layout import HEADINGS, Styles, WordLayout
from tracker.reports.render.docx.styles import Style

_PLAIN_INDENT = {"left": "0", "right": "0", "firstLine": "0"}
# In the order of the schema: Word is strict about it.
_PARAGRAPH = (
    ("keepNext", '<w:keepNext w:val="0"/>'),
    ("keepLines", '<w:keepLines w:val="0"/>'),
    ("pageBreakBefore", '<w:pageBreakBefore w:val="0"/>'),
    ("numPr", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
    ("pBdr", ""),
    ("shd", ""),
    ("tabs", ""),
    ("suppressAutoHyphens", "<w:suppressAutoHyphens/>"),
    ("spacing", ""),
    ("ind", ""),
    ("contextualSpacing", '<w:contextualSpacing w:val="0"/>'),
    ("jc", '<w:jc w:val="left"/>'),
    ("outlineLvl", ""),
)
_NO_BORDERS = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "between", "bar"))
_LETTERS = (
    ("b", '<w:b w:val="0"/><w:bCs w:val="0"/>'),
    ("i", '<w:i w:val="0"/><w:iCs w:val="0"/>'),
    ("caps", '<w:caps w:val="0"/>'),
    ("smallCaps", '<w:smallCaps w:val="0"/>'),
    ("color", ""),
    ("spacing", '<w:spacing w:val="0"/>'),
    ("w", '<w:w w:val="100"/>'),
    ("sz", ""),
)
_ELEMENT = re.compile(r"<w:(\w+)(?: [^<>]*)?/>|<w:(\w+)(?: [^<>]*)?>.*?</w:\2>")
_ATTRIBUTE = re.compile(r'w:(\w+)="([^"]*)"')


class Amendment(NamedTuple):
    """What a paragraph says against its style in a template, as XML: of its numbering, and of what is around it."""

    numbering: str = ""
    around: str = ""


def amendments(styles: Styles, layout: WordLayout) -> Mapping[str, Amendment]:
    """Return what paragraphs say against styles of a template, by the names of these in small letters."""
    no_number = Amendment('<w:numPr><w:numId w:val="0"/></w:numPr>')
    numbered = [HEADINGS[level - 1] for level in layout.numbered]
    numbered += [name for name in ("toc heading", "title", "subtitle", "caption") if styles.numbered(name)]
    amended = dict.fromkeys(numbered, no_number)
    if not styles.says_itself("caption", "pPr/ind"):
        around = f"<w:ind{_attributes(_PLAIN_INDENT)}/>"
        amended["caption"] = amended.get("caption", Amendment())._replace(around=around)
    return amended


def standing_clear(style: Style, styles: Styles) -> Style:
    """Return a style of ours that has nothing but its font and its colour from the template's usual paragraph."""
    if not style.name.startswith("Paper "):
        return style
    values = _elements(style.paragraph)
    inherited = {
        "pBdr": f"<w:pBdr>{_NO_BORDERS}</w:pBdr>",
        "shd": '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>',
        "tabs": _cleared(styles),
    }
    values["spacing"] = _spacing(values.get("spacing", "<w:spacing/>"))
    values["ind"] = _indent(values.get("ind", ""), styles)
    paragraph = "".join(
        values.get(tag) or plain or (inherited.get(tag, "") if any(styles.usually(tag)) else "")
        for tag, plain in _PARAGRAPH
    )
    letters = _elements(style.letters)
    looks = (letters.get(tag, "") + letters.get(f"{tag}Cs", "") or plain for tag, plain in _LETTERS)
    return style._replace(paragraph=paragraph, letters="".join(looks))


def _elements(xml: str) -> dict[str, str]:
    """Return the elements of a piece of XML by their names; none of them holds one of its own name."""
    return {match[1] or match[2]: match[0] for match in _ELEMENT.finditer(xml)}


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f" w:{name}={quoteattr(value)}" for name, value in values.items())


def _spacing(xml: str) -> str:
    values = {"before": "0", "after": "0"} | dict(_ATTRIBUTE.findall(xml))
    return f"<w:spacing{_attributes(values | {'beforeAutospacing': '0', 'afterAutospacing': '0'})}/>"


def _indent(xml: str, styles: Styles) -> str:
    """Return an indent that says all that the usual one says; one by signs would count more than one by length."""
    values = dict(_ATTRIBUTE.findall(xml))
    plain = dict(_PLAIN_INDENT)
    if "hanging" in values:
        del plain["firstLine"]
    by_signs = {
        key.removeprefix(W): "0"
        for indent in styles.usually("ind")
        for key in map(str, indent.attrib)
        if key.endswith("Chars")
    }
    return f"<w:ind{_attributes(plain | by_signs | values)}/>"


def _cleared(styles: Styles) -> str:
    """Return the tab stops of the usual paragraph, cleared: texts would stop at them on the way to ours."""
    positions = {tab.get(f"{W}pos", "") for tabs in styles.usually("tabs") for tab in tabs}
    stops = "".join(f'<w:tab w:val="clear" w:pos={quoteattr(position)}/>' for position in sorted(positions - {""}))
    if stops:
        return f"<w:tabs>{stops}</w:tabs>"
    return ""
