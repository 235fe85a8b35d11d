"""What a block says on a slide: its words as paragraphs, its title, and the notes below."""

from tracker.reports.charts.palette import SOFT
from tracker.reports.model import Block, Chart, Figures, PageBreak, Section, Table
from tracker.reports.model import Paragraph as Text
from tracker.reports.render.flow.parts import Bullets, Heading, Paragraph
from tracker.reports.render.flow.walk import paragraphs
from tracker.reports.render.pptx.words import BODY, Para, Run, heading, para, status_run
from tracker.reports.render.statuses import rating_of
from tracker.reports.render.wording import statements

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
                paras.append(_para(part))
    return paras


def _para(part: Paragraph) -> Para:
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
        table = block.data if isinstance(block, Chart) else block
        if isinstance(table, Table):
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
