"""A paper as Markdown (CommonMark and GitHub's tables); whatever people typed stays text."""

import re

from tracker.reports.model import (
    PLAIN,
    Block,
    Brand,
    Bullets,
    Callout,
    Chart,
    Facts,
    Figures,
    Heading,
    Missing,
    PageBreak,
    Pairs,
    Paragraph,
    Quote,
    Rendered,
    Report,
    Signal,
    Table,
)
from tracker.reports.render.heading import footer, header_facts, header_line, named_once
from tracker.reports.render.one_page import in_brief
from tracker.reports.render.text import list_marks
from tracker.rules.wording import optional

_SIGNS = re.compile(r"[\\`*_{}\[\]<>|~#$@]|!(?=\[)|&(?=[#A-Za-z0-9])")
_START = re.compile(r"^(?:(?P<number>\d+)(?=[.)])|(?=[-+=]))(?P<mark>[-+=.)])")
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)  # GitHub makes links of bare addresses


def escape(text: str) -> str:
    """Return text that Markdown shows as it is, on one line: no link, picture, table, list or HTML comes of it."""
    line = " ".join(text.split())
    line = _SIGNS.sub(lambda sign: "\\" + sign[0], line)
    line = _ADDRESS.sub(lambda sign: "\\" + sign[0], line)
    return _START.sub(r"\g<number>\\\g<mark>", line)


def _lines(text: str) -> list[str]:
    return [escape(line) for line in text.split("\n") if line.strip()]


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper as UTF-8 Markdown; a section on a page of its own begins below a line."""
    report = in_brief(report, brand)
    header = report.header
    parts = [f"# {escape(header.programme)}: {escape(header.title)}", escape(brand.organisation)]
    parts.append(escape(header_line(header)) if report.one_page else _facts(header_facts(header)))
    for number, section in enumerate(report.sections):
        parts.append("---" if section.new_page and number else "")
        parts.append(f"## {escape(section.title)}")
        parts += [_block(block) for block in named_once(section)]
    parts += ["---", escape(footer(report))]
    return Rendered(("\n\n".join(part for part in parts if part) + "\n").encode())


def _facts(items: Pairs) -> str:
    return "\n".join(f"- **{escape(label)}:** {escape(value)}" for label, value in items)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {escape(block.text)}"
        case Paragraph():
            return "\\\n".join(_lines(block.text))
        case Quote():
            return "\n".join(f"> {line}\\" for line in _lines(block.text)) + f"\n> — {escape(block.source)}"
        case Facts():
            return _facts(list(block.items))
        case Bullets():
            marks = list_marks(block)
            return "\n".join(f"{mark} {escape(item)}" for mark, item in zip(marks, block.items, strict=True))
        case Signal():
            return f"**{escape(block.label)}:** {escape(block.sentence)}"
        case Callout():
            return f"> **{escape(block.label)}:** {escape(block.text)}"
        case Missing():
            return f"*{escape(block.text)}*"
        case Table():
            return _table(block)
        case Figures():
            return "\n".join(
                f"- **{escape(value)}** {escape(label)}{optional(' (', escape(note), ')')}"
                for value, label, note in block.items
            )
        case Chart():
            return "\n\n".join((f"**{escape(block.title)}**", escape(block.alt), _table(block.data)))
        case PageBreak():
            return "---"
    raise TypeError(f"no Markdown for a {block.kind}")


def _table(table: Table) -> str:
    rows = [
        _row([escape(column.title) for column in table.columns]),
        _row(["---:" if column.right else "---" for column in table.columns]),
    ]
    for row in table.rows:
        cells = [escape(cell) for cell in row]
        if table.row_header and cells[0]:
            cells[0] = f"**{cells[0]}**"
        rows.append(_row(cells))
    caption = optional("*", escape(table.caption), "*")
    return "\n\n".join(part for part in (caption, "\n".join(rows), escape(table.note)) if part)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
