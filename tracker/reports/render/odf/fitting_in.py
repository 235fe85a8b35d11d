"""How a paper's own styles stand clear of a Writer template: what they would take over from its usual paragraph."""

import re
from collections.abc import Mapping

from tracker.reports.branding.odt_layout import OdtLayout
from tracker.reports.render.odf.styles import Style

NO_INDENT = 'fo:margin-left="0cm" fo:margin-right="0cm" fo:text-indent="0cm"'
_PARAGRAPH = {
    "fo:margin-left": "0cm",
    "fo:margin-right": "0cm",
    "fo:text-indent": "0cm",
    "style:auto-text-indent": "false",
    "fo:text-align": "start",
    "fo:keep-with-next": "auto",
    "fo:break-before": "auto",
    "fo:background-color": "transparent",
}
_UNBORDERED = {"fo:border": "none", "fo:padding": "0cm"}
_LETTERS = {
    "fo:font-weight": "normal",
    "fo:font-style": "normal",
    "fo:text-transform": "none",
    "fo:font-variant": "normal",
    "fo:letter-spacing": "normal",
    "fo:hyphenate": "false",
}
_ONE_LINE = ("Paper Cell", "Paper Picture")  # whose lines have the height that is in them
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')


def standing_clear(style: Style) -> Style:
    """Return a style of ours that has nothing but its font and its colour from the template's usual paragraph."""
    if not style.name.startswith("Paper ") or style.parent.startswith("Paper "):
        return style
    attributes = dict(_ATTRIBUTE.findall(style.paragraph))
    plain = dict(_PARAGRAPH)
    if "fo:border-left" not in attributes:
        plain |= _UNBORDERED
    if style.name in _ONE_LINE:
        plain["fo:line-height"] = "100%"
    letters = _LETTERS | dict(_ATTRIBUTE.findall(style.text))
    return style._replace(paragraph=_attributes(plain | attributes), text=_attributes(letters))


def _attributes(values: Mapping[str, str]) -> str:
    return " ".join(f'{name}="{value}"' for name, value in values.items())


def amendments(layout: OdtLayout) -> Mapping[str, str]:
    """Return what paragraphs say against styles of a template, as attributes, by the names of these."""
    if layout.caption_indented:
        return {}
    return {"Caption": NO_INDENT}
