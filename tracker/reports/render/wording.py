"""What a block says in words, for the formats that list words beside tables."""

from tracker.reports.files.canonical import digest
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
    Pairs,
    Paragraph,
    Quote,
    Report,
    Signal,
    Table,
)
from tracker.reports.render.heading import header_facts
from tracker.rules.wording import optional

_DEFINITIONS = ("about", "definitions")  # sections that say what the figures mean


def statements(block: Block) -> list[tuple[str, str, str]]:
    """Return what a block says in words: kind, label and text of each part. Raises TypeError for an unknown block."""
    match block:
        case Heading():
            return [("Heading", "", block.text)]
        case Paragraph():
            return [("Paragraph", "", block.text)]
        case Quote():
            return [("Quote", block.source, block.text)]
        case Facts():
            return [("Fact", label, value) for label, value in block.items]
        case Bullets():
            return [("Item", str(n) if block.ordered else "", item) for n, item in enumerate(block.items, 1)]
        case Signal():
            return [("Signal", block.label, block.sentence)]
        case Callout():
            return [("Note", block.label, block.text)]
        case Missing():
            return [("Missing", "", block.text)]
        case Figures():
            return [("Figure", label, value + optional("; ", note)) for value, label, note in block.items]
        case Chart():
            return [("Chart", block.title, block.alt)]
        case Table():
            return [("Note", block.caption, block.note)] if block.note else []
        case PageBreak():
            return []
    raise TypeError(f"no words for a {block.kind}")


def about(report: Report) -> Pairs:
    """Return what the first sheet of a workbook says of a paper."""
    header = report.header
    facts = [*header_facts(header), ("SHA-256", digest(report)), ("Program", header.generator)]
    return [fact for fact in facts if fact[1]]


def unused(name: str, used: set[str], joint: str) -> str:
    """Return a name that is not ``used`` yet, the given one or it with the first free number, and note that it is."""
    unique = name
    number = 1
    while unique in used:
        number += 1
        unique = f"{name}{joint}{number}"
    used.add(unique)
    return unique


def meanings(report: Report) -> Pairs:
    """Return label and words of everything that says what the figures of a paper mean."""
    return [
        (label or "Note", words)
        for section in report.sections
        if section.id in _DEFINITIONS
        for block in section.blocks
        for _, label, words in statements(block)
    ]
