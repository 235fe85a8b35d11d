"""What a block says on a slide: its words as paragraphs, its title, and the notes below."""

from tracker.reports.charts.palette import SOFT
from tracker.reports.model import (
    Block,
    Bullets,
    Callout,
    Chart,
    Facts,
    Figures,
    Heading,
    Missing,
    PageBreak,
    Paragraph,
    Quote,
    Section,
    Signal,
    Table,
)
from tracker.reports.render.pptx.words import BODY, Para, Run, heading, para, status_run
from tracker.reports.render.wording import said

SOURCE = "Source: "  # where figures are from: for readers of the notes, not of a slide


def paras_of(block: Block, accent: str) -> list[Para]:
    """Return a block that is words as paragraphs; none for tables, charts and page breaks."""
    match block:
        case Heading():
            return [heading(block.text, accent, BODY + 2 if block.level <= 3 else BODY)]
        case Paragraph():
            return [para(block.text)]
        case Missing():
            return [Para((Run(block.text, False, SOFT),))]
        case Quote():
            return [Para((Run(f"“{block.text}” "), Run(f"— {block.source}", False, SOFT)))]
        case Facts():
            return [Para((Run(f"{label}: ", True), _value(value)), before=3) for label, value in block.items]
        case Bullets():
            mark = "number" if block.ordered else "bullet"
            return [para(item, mark=mark, before=3) for item in block.items]
        case Signal():
            return [Para((status_run(block.label), Run(f"  {block.sentence}")))]
        case Callout():
            return [Para((Run(f"{block.label}: ", True), Run(block.text)))]
        case Table() | Chart() | Figures() | PageBreak():
            return []
    raise TypeError(f"no slide for a {block.kind}")


def _value(text: str) -> Run:
    return status_run(text) if status_run(text).colour != Run("").colour else Run(text)


def section_notes(section: Section) -> str:
    """Return all words of a section, its tables as records, for the notes below a slide."""
    lines = [section.title]
    for block in section.blocks:
        for _, label, text in said(block):
            lines.append(f"{label}: {text}" if label else text)
        table = block.data if isinstance(block, Chart) else block
        if isinstance(table, Table):
            lines.append(table.caption)
            for row in table.rows:
                name, *rest = zip(table.columns, row, strict=True)
                lines.append(f"{name[1]}: " + "; ".join(f"{column.title} {cell}" for column, cell in rest if cell))
    return "\n".join(line for line in lines if line)


def caption(chart: Chart) -> str:
    """Return the title of a chart with its unit and target."""
    unit = f" {chart.unit}" if chart.unit else ""
    target = f"; target {chart.target:g}{unit}" if chart.target is not None else ""
    return f"{chart.title}{f', in {chart.unit}' if chart.unit else ''}{target}"
