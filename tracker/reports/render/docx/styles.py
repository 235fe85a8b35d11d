"""The styles of a Word paper, all or those that a template lacks, and Word's XML for text, where all is escaped."""

import re
from typing import NamedTuple
from xml.sax.saxutils import escape

from tracker.reports.charts.palette import INK, SOFT
from tracker.reports.model import Brand
from tracker.reports.render.flow.parts import style_name
from tracker.reports.render.links import pieces
from tracker.reports.render.office_look import BODY, LEVELS, PAGE, RULE
from tracker.reports.render.one_page import AROUND, table_points
from tracker.reports.typography.measuring import joined
from tracker.rules.wording import optional

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PICTURE_SPACES = f'xmlns:a="{DRAWING}/main" xmlns:pic="{DRAWING}/picture"'
SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    f'xmlns:wp="{DRAWING}/wordprocessingDrawing" {PICTURE_SPACES}'
)
CENTIMETRE = 1440 / 2.54  # in twentieths of a point, Word's unit of length
EMU = 635  # English metric units in a twentieth of a point, Word's unit of pictures
_LINK_COLOUR = '<w:color w:val="0B4F9E"/>'
_UNDERLINE = '<w:u w:val="single"/>'
TAB = "<w:r><w:tab/></w:r>"

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_INDIC = "\u0900-\u109f\u1780-\u17ff\u1cd0-\u1cff\ua8e0-\ua8ff"
_BETWEEN = "[ \u00a0\u200c\u200d.,:;/()\\-]+"
_SCRIPTS = re.compile(f"([{_RTL}]+(?:{_BETWEEN}[{_RTL}]+)*)|([{_INDIC}]+(?:{_BETWEEN}[{_INDIC}]+)*)")
BOLD = "<w:b/><w:bCs/>"
_RTL_LOOK = '<w:rtl/><w:lang w:bidi="ar-SA"/>'
_INDIC_FONT = '<w:rFonts w:cs="Nirmala UI"/>'
_INDIC_LOOK = '<w:cs/><w:lang w:bidi="hi-IN"/>'


def quoted(text: str) -> str:
    """Return text for an attribute, in quotes, on one line."""
    return '"' + escape(" ".join(_NOT_XML.sub("\ufffd", text).split()), {'"': "&quot;"}) + '"'


def size(points: float) -> str:
    """Return a size of letters, in all kinds of writing."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def linked(text: str, *, bold: bool = False, points: float = 0) -> str:
    """Return a text as ``runs`` does, in which addresses are links."""
    return "".join(
        _field(f'HYPERLINK "{piece.text}"', runs(piece.text, bold=bold, points=points, link=True))
        if piece.link
        else runs(piece.text, bold=bold, points=points)
        for piece in pieces(text)
    ) or runs("")


def runs(text: str, *, bold: bool = False, points: float = 0, link: bool = False) -> str:
    """Return a text as runs, one for each script in it; a newline is a line break. 0 ``points``: the style's size."""
    text = joined(text)
    look = size(points) if points else ""
    if link:
        look = f"{_LINK_COLOUR}{look}{_UNDERLINE}"
    if bold:
        look = BOLD + look
    if text.isascii():
        return _run(text, look) or "<w:r/>"
    plain, rtl, indic = (_SCRIPTS.split(text)[n::3] for n in range(3))
    return _run(plain[0], look) + "".join(
        _run(first, look + _RTL_LOOK) + _run(second, _INDIC_FONT + look + _INDIC_LOOK) + _run(after, look)
        for first, second, after in zip(rtl, indic, plain[1:], strict=True)
    )


def _run(text: str | None, look: str) -> str:
    if not text:
        return ""
    lines = (
        optional('<w:t xml:space="preserve">', escape(_NOT_XML.sub("\ufffd", line)), "</w:t>")
        for line in text.split("\n")
    )
    return f"<w:r>{optional('<w:rPr>', look, '</w:rPr>')}{'<w:br/>'.join(lines)}</w:r>"


def field(code: str) -> str:
    """Return a field that Word works out, with a 1 where its value stands until then."""
    return _field(code, runs("1"))


def _field(code: str, value: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{value}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


FONT = "Arial"
TABLE = "Paper Table"
BULLETS = "List Bullet"
NUMBERS = "List Number"
# What Word calls the looks of paragraphs that are not only ours.
NAMES = {"text": "Normal", **{name.lower(): name for name in ("Title", "Subtitle", "Quote", "Caption")}}
# Templates are expected to have these; the others are ours and are added without a word.
EXPECTED = ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption", BULLETS, NUMBERS, "Quote")
_WORDS_OWN = ("Normal", "Title", "Subtitle", "Caption", "Quote", "Header", "Footer", "TOC 1", "TOC Heading")

SMALLER = (
    *("Normal", "Caption", "Quote", BULLETS, NUMBERS),
    *("Paper Missing", "Paper Callout", "Paper Note", "Paper Facts", "Paper Cell", "Paper Column", "Paper Gap"),
)


class Style(NamedTuple):
    """A paragraph style: its name as people see it, its parent, and what it says of paragraphs and of letters."""

    name: str
    paragraph: str = ""
    letters: str = ""
    parent: str = "Normal"


def key(name: str) -> str:
    """Return the id that a style of ours has in the file."""
    return name.replace(" ", "")


def colour(value: str) -> str:
    """Return a colour of letters."""
    return f'<w:color w:val="{value.lstrip("#").upper()}"/>'


def shade(value: str) -> str:
    """Return a fill."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{value.lstrip("#").upper()}"/>'


def space(before: float = 0, after: float = 0, line: str = "") -> str:
    """Return the space around a paragraph in points."""
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{line}/>'


_UPRIGHT = '<w:i w:val="0"/><w:iCs w:val="0"/>'
_KEEP = "<w:keepNext/><w:keepLines/>"


def paragraph_styles(accent: str) -> list[Style]:
    """Return every paragraph style that a paper uses, in the organisation's colour."""
    return [*_common(accent), *_paper_styles(accent)]


def _common(accent: str) -> list[Style]:
    ink = colour(accent)
    numbering = '<w:numPr><w:numId w:val="{}"/></w:numPr>'
    close = "<w:contextualSpacing/>"
    hanging = '<w:ind w:left="454" w:hanging="340"/>'
    return [
        Style("Title", _KEEP + space(0, 4, ' w:line="240" w:lineRule="auto"'), BOLD + ink + size(24)),
        Style("Subtitle", _KEEP + space(0, 12), BOLD + colour(INK) + size(16)),
        Style("Heading 1", _KEEP + space(20, 8) + '<w:outlineLvl w:val="0"/>', BOLD + ink + size(18)),
        Style("Heading 2", _KEEP + space(14, 5) + '<w:outlineLvl w:val="1"/>', BOLD + ink + size(14)),
        Style("Heading 3", _KEEP + space(10, 4) + '<w:outlineLvl w:val="2"/>', BOLD + ink + size(12)),
        Style("Caption", _KEEP + space(10, 4), BOLD + _UPRIGHT + colour(INK) + size(11)),
        Style(BULLETS, numbering.format("{bullets}") + space(0, 4) + hanging + close),
        Style(NUMBERS, numbering.format("{numbers}") + space(0, 4) + hanging + close),
        Style("Quote", _KEEP + _bar(RULE, 18) + space(6, 2) + '<w:ind w:left="284"/>', _UPRIGHT + colour(INK)),
        *(Style(name, space() + '<w:ind w:left="0"/>', colour(SOFT) + size(10)) for name in ("Header", "Footer")),
        Style("TOC Heading", _KEEP + space(16, 6), BOLD + ink + size(14)),
        Style("TOC 1", space(0, 2, ' w:line="250" w:lineRule="auto"'), size(11)),
    ]


def _paper_styles(accent: str) -> list[Style]:
    cell = space(2, 2, ' w:line="240" w:lineRule="auto"')
    return [
        Style("Paper Facts", space(0, 3) + '<w:ind w:left="2835" w:hanging="2835"/>'),
        Style("Paper Callout", f"<w:keepLines/>{_bar(accent, 36)}{shade('#eef2f6')}{space(6, 10)}{_inside()}"),
        Style("Paper Missing", space(0, 6), colour(SOFT)),
        Style("Paper Source", space(0, 8) + '<w:ind w:left="284"/>', colour(SOFT) + size(11)),
        Style("Paper Note", space(4, 8), colour(SOFT) + size(11)),
        Style("Paper Picture", space(0, 8, ' w:line="240" w:lineRule="auto"')),
        Style("Paper Cell", cell, size(11)),
        Style("Paper Column", cell, BOLD + size(11)),
        Style("Paper Figure", cell, BOLD + colour(accent) + size(20)),
        Style("Paper Gap", space(0, 0, ' w:line="200" w:lineRule="exact"'), size(2)),
        *(
            Style(style_name(level, NAMES), f"<w:keepLines/>{_bar(rule, 36)}{shade(fill)}{space(3, 5)}{_inside()}")
            for level, (rule, fill) in LEVELS.items()
        ),
    ]


def _page_styles(points: float) -> list[Style]:
    """Return the styles of what shares a page, for a size of text: smaller ones of the same look; none for 0."""
    if not points:
        return []
    letters = size(points)
    cells = size(table_points(points))
    hanging = '<w:ind w:left="284" w:hanging="227"/>'
    around = {kind: space(*AROUND[kind], ' w:line="240" w:lineRule="auto"') for kind in AROUND}
    looks = {
        "Paper Facts": (around["facts"], letters),
        BULLETS: (around["item"] + hanging, letters),
        NUMBERS: (around["item"] + hanging, letters),
        "Paper Cell": (around["cell"], cells),
        "Paper Column": (around["cell"], cells),
        "Paper Gap": (space(0, 0, ' w:line="60" w:lineRule="exact"'), ""),
    }
    return [Style(PAGE + name, *looks.get(name, (around["text"], letters)), name) for name in SMALLER]


def _inside() -> str:
    return '<w:ind w:left="227" w:right="113"/>'


def _bar(ink: str, wide: int) -> str:
    """Return a bar at the left of a paragraph, ``wide`` eighths of a point."""
    return f'<w:pBdr><w:left w:val="single" w:sz="{wide}" w:space="8" w:color="{ink.lstrip("#").upper()}"/></w:pBdr>'


def style_xml(style: Style, bullets: int, numbers: int, normal: str = "Normal", parent: str = "") -> str:
    """Return a style as XML; the numbers are those of the lists that its numbering means.

    ``normal`` and ``parent`` are the ids of the usual style and of the one that it is made from, which is that one too
    unless it is given.
    """
    inside = style.paragraph.replace("{bullets}", str(bullets)).replace("{numbers}", str(numbers))
    custom = "" if _is_builtin(style.name) else ' w:customStyle="1"'
    look = ""
    if style.name.startswith(("Heading ", "Title", "Subtitle", "Caption", "TOC Heading")):
        look += f"<w:next w:val={quoted(normal)}/>"
    look += '<w:uiPriority w:val="1"/><w:qFormat/>'
    look += optional("<w:pPr>", inside, "</w:pPr>") + optional("<w:rPr>", style.letters, "</w:rPr>")
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId={quoted(key(style.name))}>'
        f"<w:name w:val={quoted(_word_name(style.name))}/><w:basedOn w:val={quoted(parent or normal)}/>{look}</w:style>"
    )


def _is_builtin(name: str) -> bool:
    return name in _WORDS_OWN or name.startswith(("Heading ", "List "))


def _word_name(name: str) -> str:
    """Return the name that Word itself gives a style of this name: some are in small letters."""
    capital = ("Title", "Subtitle", "Quote", BULLETS, NUMBERS, "TOC Heading")
    return name.lower() if _is_builtin(name) and name not in capital else name


def table_style_xml(parent: str = "") -> str:
    """Return the style of tables: a rule below each row, a stronger one below the header."""
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE.lstrip("#").upper()}"'
    sides = "".join(f'<w:{side} w:w="{wide}" w:type="dxa"/>' for side, wide in _MARGINS)
    based = optional('<w:basedOn w:val="', parent, '"/>')
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{key(TABLE)}"><w:name w:val="{TABLE}"/>{based}'
        f'<w:uiPriority w:val="59"/><w:tblPr><w:tblBorders><w:bottom {rule}/><w:insideH {rule}/></w:tblBorders>'
        f"<w:tblCellMar>{sides}</w:tblCellMar></w:tblPr></w:style>"
    )


_MARGINS = (("top", 28), ("left", 57), ("bottom", 28), ("right", 100))


def _defaults_xml(language: str, font: str, *, long: bool = False) -> str:
    """Return what holds where no style says anything: fonts for each kind of writing, size, language, and spaces."""
    after, line = (100, 252) if long else (140, 276)
    fonts = f'w:ascii={quoted(font)} w:hAnsi={quoted(font)} w:eastAsia="Microsoft YaHei" w:cs="{FONT}"'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>{size(BODY)}{language_xml(language)}</w:rPr>"
        "</w:rPrDefault><w:pPrDefault><w:pPr>"
        f'<w:spacing w:after="{after}" w:line="{line}" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )


def language_xml(language: str) -> str:
    """Return the languages of a text in each kind of writing."""
    return f'<w:lang w:val={quoted(language or "en-GB")} w:eastAsia="zh-CN" w:bidi="ar-SA"/>'


def styles_xml(brand: Brand, language: str, lists: tuple[int, int], points: float = 0, *, long: bool = False) -> str:
    """Return the whole set of styles of a paper that has no template; ``lists`` are the numbers of its two kinds.

    ``points`` is the size of what shares a page.
    """
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:rPr>{colour(INK)}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/>'
        "</w:style>"
    )
    styles = "".join(
        style_xml(style, *lists, parent=key(style.parent))
        for style in [*paragraph_styles(brand.accent), *_page_styles(points)]
    )
    head = _defaults_xml(language, _font_of(brand), long=long)
    return f"<w:styles {SPACES}>{head}{normal}{styles}{table_style_xml('TableNormal')}</w:styles>"


def _font_of(brand: Brand) -> str:
    """Return the family of the organisation's own font, or one that every machine has."""
    if not brand.fonts:
        return FONT
    from tracker.reports.typography.fonts import read_face

    return next((face.family for face in map(read_face, brand.fonts) if face.family), FONT)


def list_xml(number: int, bullet: bool) -> str:
    """Return the definition of a list: a bullet, or numbers from 1."""
    kind, text = ("bullet", "•") if bullet else ("decimal", "%1.")
    return (
        f'<w:abstractNum {SPACES} w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="454" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>'
    )
