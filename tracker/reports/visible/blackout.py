"""A paper with passages blacked out: whole rows, sentences and pictures that hold some words, and nothing else."""

from collections.abc import Callable, Collection
from dataclasses import replace

from tracker.reports.model import (
    Block,
    Bullets,
    Chart,
    Facts,
    Figures,
    Heading,
    Paragraph,
    Report,
    Section,
    Table,
)
from tracker.reports.visible.texts import texts_of, without

BLACK = "[blacked out]"
Hit = Callable[[object], bool]


def holds(value: object, words: Collection[str]) -> bool:
    """Return whether a text, a block, or a part of one holds some of the words."""
    return bool(words) and any(without(text, words, "") != text for text in texts_of(value))


def blacked_out(paper: Report, words: Collection[str]) -> Report:
    """Return a paper in which every passage that holds some of the words is blacked out."""

    def hit(value: object) -> bool:
        return holds(value, words)

    sections = tuple(_section(section, number, hit) for number, section in enumerate(paper.sections))
    names = ("title", "programme", "board", "meeting", "withheld")
    header = {name: BLACK for name in names if hit(getattr(paper.header, name))}
    return Report(replace(paper.header, **header), sections)  # type: ignore[arg-type]


def _section(section: Section, number: int, hit: Hit) -> Section:
    if hit(section.title):
        return replace(section, id=f"blacked-out-{number}", title=BLACK, blocks=(Paragraph(BLACK),))
    return replace(section, blocks=tuple(_block(block, hit) if hit(block) else block for block in section.blocks))


def _block(block: Block, hit: Hit) -> Block:
    match block:
        case Table() if not hit(block.columns) and not hit(block.caption):
            rows = tuple((BLACK,) * len(row) if hit(row) else row for row in block.rows)
            return replace(block, rows=rows, note=BLACK if hit(block.note) else block.note)
        case Facts(items):
            return Facts(tuple(_fact(label, value, hit) for label, value in items))
        case Bullets(items, ordered):
            return Bullets(tuple(BLACK if hit(item) else item for item in items), ordered)
        case Figures(items):
            return Figures(tuple(("", BLACK, "") if hit(item) else item for item in items))
        case Heading(_, level):
            return Heading(BLACK, level)
        case Chart(_, _, title):
            return Paragraph(BLACK if hit(title) else f"{title}: {BLACK}")
    return Paragraph(BLACK)


def _fact(label: str, value: str, hit: Hit) -> tuple[str, str]:
    if hit(label):
        return BLACK, BLACK
    return label, BLACK if hit(value) else value
