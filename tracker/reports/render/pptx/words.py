"""Text on slides: paragraphs, how high they are, the part of them that fits, and what a block says in them."""

from collections.abc import Iterable
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from tracker.reports.charts.palette import INK, RATINGS, SOFT
from tracker.reports.model import Block, Chart, Figures, PageBreak, Section, Table, table_of
from tracker.reports.model import Paragraph as Text
from tracker.reports.render.flow.parts import Bullets, Heading, Paragraph
from tracker.reports.render.flow.walk import paragraphs
from tracker.reports.render.office_look import right_to_left
from tracker.reports.render.statuses import rating_of
from tracker.reports.render.wording import statements
from tracker.reports.typography.measuring import ARIAL, CM, ELSEWHERE, joined

# How far an item is moved in, in the unit of Office files, and its mark.
_MARKS = {
    "": (0, "<a:buNone/>"),
    "bullet": (252_000, '<a:buFont typeface="Arial"/><a:buChar char="•"/>'),
    "number": (252_000, '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>'),
}
LEAST = 12.0  # points: smaller cannot be read in a board room
BODY = 16.0
LINE = 0.52  # centimetres, at the least size
LEADING = 1.22  # lines are set this far apart, whatever the font says, so that what was measured is what is shown
MOST_LINES = 8  # of a sentence or a name, which is never cut
_INDENT = 0.7  # centimetres that an item is moved in for its mark
_INK = (INK,)


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

    @property
    def heavy(self) -> bool:
        """Whether most of it is bold, which makes it wider."""
        return 2 * sum(len(run.text) for run in self.runs if run.bold) > len(self.text)

    def inner(self, width: float) -> float:
        """Return how many of ``width`` centimetres its words have."""
        return width - _INDENT if self.mark else width


def para(text: str, points: float = BODY, *, bold: bool = False, mark: str = "", before: float = 5) -> Para:
    """Return a paragraph in one look."""
    return Para((Run(text, bold),), points, mark, before)


def heading(text: str, accent: str, points: float = BODY, before: float = 9) -> Para:
    """Return a heading in the colour of the house."""
    return Para((Run(text, True, accent),), points, "", before, True)


def note(text: str, before: float = 0) -> Para:
    """Return a note in small soft letters."""
    return Para((Run(text, False, SOFT),), LEAST, "", before)


def more_note(count: int, before: float = 0) -> Para:
    """Return the note that so many more are not on the slide."""
    return note(f"{count} more in the notes and the paper", before)


def status_run(label: str) -> Run:
    """Return a label in the colour of its mark; both mark and word stay."""
    return Run(label, True, RATINGS.get(rating_of(label), _INK)[0])


def height(paragraph: Para, width: float) -> float:
    """Return how many centimetres high a paragraph is."""
    points = paragraph.points
    lines = ARIAL.lines(paragraph.text, paragraph.inner(width), points, paragraph.heavy)
    return (len(lines) * points * LEADING + paragraph.before) * CM


def heights(paras: Iterable[Para], width: float) -> float:
    """Return how many centimetres high paragraphs are together."""
    return sum(height(paragraph, width) for paragraph in paras)


def fitted(paragraph: Para, width: float, room: float) -> Para:
    """Return the first sentences of a paragraph that ``room`` centimetres hold; the notes have the others."""
    if height(paragraph, width) <= room:
        return paragraph
    lines = int((room / CM - paragraph.before) / (paragraph.points * LEADING))
    return cut_to_lines(paragraph, width, max(lines, 1), 0)


def cut_to_lines(paragraph: Para, width: float, lines: int, longest: int = MOST_LINES) -> Para:
    """Return the first sentences of a paragraph that so many lines hold; the first alone may take ``longest``."""
    inner = paragraph.inner(width)
    text = ARIAL.shortened(paragraph.text, inner, paragraph.points, lines, paragraph.heavy, longest=longest)
    if text == ELSEWHERE:
        *labels, last = paragraph.runs
        return paragraph._replace(runs=(*labels, last._replace(text=text)))
    runs = []
    for run in paragraph.runs:
        part = run._replace(text=run.text if text.startswith(run.text) else text)
        text = text[len(part.text) :]
        runs.append(part)
    return paragraph._replace(runs=tuple(run for run in runs if run.text))


def fit_lines(items: list[Para], width: float, room: float, lines: int) -> list[Para]:
    """Return the paragraphs that fit, each with the sentences of so many lines, and how many more there are."""
    paras: list[Para] = []
    for number, item in enumerate(items):
        paragraph = cut_to_lines(item, width, lines)
        high = height(paragraph, width)
        hidden = len(items) - number
        if high > room - LINE * (hidden > 1):
            return [*paras, more_note(hidden, 2)]
        paras.append(paragraph)
        room -= high
    return paras


def paragraph_xml(paragraph: Para, language: str, *, align: str = "") -> str:
    """Return a paragraph as DrawingML; ``align`` is ``l`` or ``r``, by default as its script is written."""
    points = paragraph.points
    before = paragraph.before
    rtl = ""
    if right_to_left(paragraph.text):
        rtl, align = ' rtl="1"', align or "r"
    indent, mark = _MARKS[paragraph.mark]
    spacing = (
        f'<a:lnSpc><a:spcPts val="{round(points * LEADING * 100)}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{round(before * 100)}"/></a:spcBef>'
    )
    look = f'<a:pPr marL="{indent}" indent="{-indent}" algn="{align or "l"}"{rtl}>'
    runs = "".join(_run_xml(run, points, language) for run in paragraph.runs)
    end = f'<a:endParaRPr lang={quoteattr(language)} sz="{round(points * 100)}"/>'
    return f"<a:p>{look}{spacing}{mark}</a:pPr>{runs}{end}</a:p>"


def _run_xml(run: Run, points: float, language: str) -> str:
    look = (
        f'<a:rPr lang={quoteattr(language)} sz="{round(points * 100)}" b="{int(run.bold)}" dirty="0">'
        f"{solid(run.colour)}</a:rPr>"
    )
    lines = (f"<a:r>{look}<a:t>{escape(line)}</a:t></a:r>" if line else "" for line in run.text.split("\n"))
    return f"<a:br>{look}</a:br>".join(lines)


def solid(colour: str) -> str:
    """Return a colour as the fill of DrawingML; no fill without one."""
    if not colour:
        return "<a:noFill/>"
    return f'<a:solidFill><a:srgbClr val="{colour[1:].upper()}"/></a:solidFill>'


_SOURCE = "Source: "  # where figures are from: for readers of the notes, not of a slide
PLACED = Table | Chart | Figures | PageBreak  # blocks that are not words


def blocks_of(section: Section) -> list[Block]:
    """Return the blocks of a section that slides have."""
    return [block for block in section.blocks if not (isinstance(block, Text) and block.text.startswith(_SOURCE))]


def paras_of(block: Block, accent: str) -> list[Para]:
    """Return a block that is words as paragraphs; none for tables, charts and page breaks."""
    paras: list[Para] = []
    if isinstance(block, PLACED):
        return paras
    for part in paragraphs(block):
        match part:
            case Heading():
                paras.append(heading(part.text, accent, BODY + 2 * (part.level <= 3)))
            case Bullets():
                mark = "number" if part.ordered else "bullet"
                paras += [para(item, mark=mark, before=3) for item in part.items]
            case Paragraph(look="source"):
                paras[-1] = Para((Run(f"{paras[-1].text} "), Run(part.text, False, SOFT)))
            case Paragraph():
                paras.append(_in_look(part))
    return paras


def _in_look(part: Paragraph) -> Para:
    """Return a paragraph of the flow in its look."""
    match part.look:
        case "text" | "quote":
            return para(part.text)
        case "missing":
            return Para((Run(part.text, False, SOFT),))
        case "facts":
            value = Run(part.text)
            if rating_of(part.text):
                value = status_run(part.text)
            return Para((Run(f"{part.label}: ", True), value), before=3)
        case "callout":
            return Para((Run(f"{part.label}: ", True), Run(part.text)))
    return Para((status_run(part.label), Run(f"  {part.text}")))


def section_notes(section: Section) -> str:
    """Return all words of a section, its tables as records, for the notes below a slide."""
    lines = [section.title]
    for block in section.blocks:
        lines += [f"{label}: {text}" if label else text for _, label, text in statements(block)]
        if table := table_of(block):
            lines.append(table.caption)
            for row in table.rows:
                name, *values = zip(table.columns, row, strict=True)
                cells = "; ".join(f"{column.title} {cell}" for column, cell in values if cell)
                lines.append(f"{name[1]}: {cells}")
    return "\n".join(line for line in lines if line)


def notes_of(sections: list[Section]) -> str:
    """Return all words of sections, for the notes below a slide."""
    return "\n\n".join(map(section_notes, sections))


def caption(chart: Chart) -> str:
    """Return the title of a chart with its unit and target."""
    title = chart.title
    if chart.unit:
        title += f", in {chart.unit}"
    if chart.target is None:
        return title
    return f"{title}; target {chart.target:g} {chart.unit}".rstrip()
