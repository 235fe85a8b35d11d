"""Word's XML for text: whatever people typed is escaped here, and each script gets what Word needs to set it."""

import re
from xml.sax.saxutils import escape

from tracker.reports.typography.measuring import joined

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PICTURE_SPACES = f'xmlns:a="{DRAWING}/main" xmlns:pic="{DRAWING}/picture"'
SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    f'xmlns:wp="{DRAWING}/wordprocessingDrawing" {PICTURE_SPACES}'
)
POINT = 20  # twentieths of a point are Word's unit of length
CENTIMETRE = 1440 / 2.54
EMU = 635  # English metric units in a twentieth of a point, Word's unit of pictures
INDIC_FONT = "Nirmala UI"

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FROM_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_INDIC = "\u0900-\u109f\u1780-\u17ff\u1cd0-\u1cff\ua8e0-\ua8ff"
_BETWEEN = "[ \u00a0\u200c\u200d.,:;/()\\-]+"
_SCRIPTS = re.compile(
    f"(?P<right>[{_FROM_RIGHT}]+(?:{_BETWEEN}[{_FROM_RIGHT}]+)*)|(?P<indic>[{_INDIC}]+(?:{_BETWEEN}[{_INDIC}]+)*)"
)


def words(text: str) -> str:
    """Return text for an element."""
    return escape(_NOT_XML.sub("\ufffd", text))


def quoted(text: str) -> str:
    """Return text for an attribute, in quotes, on one line."""
    return '"' + escape(" ".join(_NOT_XML.sub("\ufffd", text).split()), {'"': "&quot;"}) + '"'


def runs(text: str, *, bold: bool = False, size: float = 0, colour: str = "") -> str:
    """Return a text as runs, one for each script in it; a newline is a line break. ``size`` is in points."""
    text = joined(text)
    if text.isascii():
        return _run(text, "", bold, size, colour)
    found, done = [], 0
    for part in _SCRIPTS.finditer(text):
        found += [_run(text[done : part.start()], "", bold, size, colour)] if part.start() > done else []
        found.append(_run(part[0], part.lastgroup or "", bold, size, colour))
        done = part.end()
    return "".join([*found, *([_run(text[done:], "", bold, size, colour)] if done < len(text) else [])])


def _run(text: str, script: str, bold: bool, size: float, colour: str) -> str:
    # In the order of the schema: Word is strict about it.
    said = f'<w:rFonts w:cs="{INDIC_FONT}"/>' if script == "indic" else ""
    said += "<w:b/><w:bCs/>" if bold else ""
    said += f'<w:color w:val="{colour.lstrip("#").upper()}"/>' if colour else ""
    said += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    said += '<w:rtl/><w:lang w:bidi="ar-SA"/>' if script == "right" else ""
    said += '<w:cs/><w:lang w:bidi="hi-IN"/>' if script == "indic" else ""
    lines = [f'<w:t xml:space="preserve">{words(line)}</w:t>' if line else "" for line in text.split("\n")]
    inside = f"<w:rPr>{said}</w:rPr>" if said else ""
    inside += "<w:br/>".join(lines)
    return f"<w:r>{inside}</w:r>" if inside else "<w:r/>"


TAB = "<w:r><w:tab/></w:r>"


def field(code: str, shown: str = "1") -> str:
    """Return a field that Word works out, with what stands there until then."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{runs(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
