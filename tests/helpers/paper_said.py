"""What a section of a paper says, as text to look for."""

from tracker.reports.model import Block, Bullets, Callout, Facts, Missing, Paragraph, Quote, Report, Table

FORMATS = ("md", "txt", "json")


def blocks(report: Report, section: str) -> tuple[Block, ...]:
    (found,) = [one for one in report.sections if one.id == section]
    return found.blocks


def said(report: Report, section: str) -> str:
    """Return all that a section says, table cells included."""
    parts: list[str] = []
    for block in blocks(report, section):
        match block:
            case Paragraph() | Missing():
                parts.append(block.text)
            case Quote():
                parts += [block.text, block.source]
            case Callout():
                parts.append(f"{block.label}: {block.text}")
            case Bullets():
                parts += block.items
            case Table():
                parts += [" · ".join(row) for row in block.rows]
                parts.append(block.note)
            case _:
                parts.append(str(block))
    return "\n".join(parts)


def line(report: Report, label: str) -> str:
    """Return what stands after a label in the last part."""
    [found] = [block for block in blocks(report, "also") if isinstance(block, Facts)]
    return dict(found.items).get(label, "")
