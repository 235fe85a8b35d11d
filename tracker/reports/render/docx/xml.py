"""Word's XML for text: whatever people typed is escaped here, and each script gets what Word needs to set it."""

import re
from xml.sax.saxutils import escape

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


def runs(text: str, *, bold: bool = False, points: float = 0) -> str:
    """Return a text as runs, one for each script in it; a newline is a line break. 0 ``points``: the style's size."""
    text = joined(text)
    look = size(points) if points else ""
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
    lines = (optional('<w:t xml:space="preserve">', _escaped(line), "</w:t>") for line in text.split("\n"))
    return f"<w:r>{optional('<w:rPr>', look, '</w:rPr>')}{'<w:br/>'.join(lines)}</w:r>"


def _escaped(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


def field(code: str) -> str:
    """Return a field that Word works out, with a 1 where its value stands until then."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{runs("1")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
