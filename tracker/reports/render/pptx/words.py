"""Text on slides: paragraphs, how high they are, and the part of them that fits."""

from typing import NamedTuple
from unicodedata import bidirectional
from xml.sax.saxutils import escape, quoteattr

from tracker.reports.charts.palette import INK, RATINGS, SOFT
from tracker.reports.render.statuses import rating_of
from tracker.reports.typography.measuring import ARIAL, CM, joined

_MARKS = {
    "bullet": '<a:buFont typeface="Arial"/><a:buChar char="•"/>',
    "number": '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>',
}
LEAST = 12.0  # points: smaller cannot be read in a board room
BODY = 16.0
LINE = 0.52  # centimetres, at the least size
LEADING = 1.22  # lines are set this far apart, whatever the font says, so that what was measured is what is shown


class _Run(NamedTuple):
    text: str
    bold: bool
    colour: str


class Run(_Run):
    """A part of a paragraph in one look; ``colour`` such as ``#0b0c0c``. What belongs together in it is joined."""

    __slots__ = ()

    def __new__(cls, text: str, bold: bool = False, colour: str = INK) -> "Run":
        """Return the part of a paragraph."""
        return super().__new__(cls, joined(text), bold, colour)


class Para(NamedTuple):
    """A paragraph: its runs, the size in points, ``bullet`` or ``number`` or nothing, and the points before it.

    ``heads``: it is a heading, which never stands alone at the end of a slide.
    """

    runs: tuple[Run, ...]
    points: float = BODY
    mark: str = ""
    before: float = 5
    heads: bool = False

    @property
    def text(self) -> str:
        """The words of all runs."""
        return "".join(run.text for run in self.runs)


def para(text: str, points: float = BODY, *, bold: bool = False, mark: str = "", before: float = 5) -> Para:
    """Return a paragraph in one look."""
    return Para((Run(text, bold),), points, mark, before)


def heading(text: str, accent: str, points: float = BODY) -> Para:
    """Return a heading in the colour of the house."""
    return Para((Run(text, True, accent),), points, "", 9, True)


def status_run(label: str) -> Run:
    """Return a label in the colour of its mark; both mark and word stay."""
    rating = rating_of(label)
    return Run(label, True, RATINGS[rating][0] if rating else INK)


def height(one: Para, width: float) -> float:
    """Return how many centimetres high a paragraph is."""
    inner = width - (0.7 if one.mark else 0)
    return (len(ARIAL.lines(one.text, inner, one.points, _heavy(one))) * one.points * LEADING + one.before) * CM


def _heavy(one: Para) -> bool:
    """Return whether most of a paragraph is bold, which makes it wider."""
    return 2 * sum(len(run.text) for run in one.runs if run.bold) > len(one.text)


def fitted(one: Para, width: float, room: float) -> Para:
    """Return a paragraph cut to the lines that ``room`` centimetres hold; at least one."""
    if height(one, width) <= room:
        return one
    lines = max(int((room / CM - one.before) / (one.points * LEADING)), 1)
    inner = width - (0.7 if one.mark else 0)
    left, runs = ARIAL.shortened(one.text, inner, one.points, lines, _heavy(one)), []
    for run in one.runs:
        kept = run.text if left.startswith(run.text) else left
        left = left[len(kept) :]
        runs.append(run._replace(text=kept))
    return one._replace(runs=tuple(run for run in runs if run.text))


def fit_lines(items: list[Para], width: float, room: float, lines: int) -> list[Para]:
    """Return the paragraphs that fit, each cut to so many lines, and how many more there are."""
    cut = [fitted(one, width, (lines * one.points * 1.23 + one.before) * CM) for one in items]
    found: list[Para] = []
    left = room
    for number, one in enumerate(cut):
        high = height(one, width)
        more = len(cut) - number - 1
        if high > left - (LINE if more else 0):
            words = f"{more + 1} more in the notes and the paper"
            return [*found, Para((Run(words, False, SOFT),), LEAST, "", 2)]
        found.append(one)
        left -= high
    return found


def paragraph_xml(one: Para, language: str, *, align: str = "") -> str:
    """Return a paragraph as DrawingML."""
    side = align or ("r" if turned(one.text) else "l")
    rtl = ' rtl="1"' if turned(one.text) else ""
    hang = ' marL="252000" indent="-252000"' if one.mark else ' marL="0" indent="0"'
    spacing = (
        f'<a:lnSpc><a:spcPts val="{round(one.points * LEADING * 100)}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{round(one.before * 100)}"/></a:spcBef>'
    )
    end = f'<a:endParaRPr lang={quoteattr(language)} sz="{round(one.points * 100)}"/>'
    props = f'<a:pPr{hang} algn="{side}"{rtl}>{spacing}{_MARKS.get(one.mark, "<a:buNone/>")}</a:pPr>'
    return f"<a:p>{props}{''.join(_run_xml(run, one.points, language) for run in one.runs)}{end}</a:p>"


def _run_xml(run: Run, points: float, language: str) -> str:
    look = (
        f'<a:rPr lang={quoteattr(language)} sz="{round(points * 100)}" b="{int(run.bold)}" dirty="0">'
        f'<a:solidFill><a:srgbClr val="{run.colour[1:].upper()}"/></a:solidFill></a:rPr>'
    )
    parts = (f"<a:r>{look}<a:t>{escape(part)}</a:t></a:r>" if part else "" for part in run.text.split("\n"))
    return f"<a:br>{look}</a:br>".join(parts)


def turned(text: str) -> bool:
    """Return whether a text begins in a script that is written from right to left."""
    return next((bidirectional(sign) for sign in text if bidirectional(sign) in ("L", "R", "AL")), "L") != "L"
