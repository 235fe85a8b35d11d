"""A paper with passages blacked out: whole rows, sentences and pictures that hold some words, and nothing else."""

from collections.abc import Callable, Collection
from dataclasses import replace

from tracker.reports.model import (
    Block,
    Bullets,
    Cells,
    Chart,
    Facts,
    Figures,
    Heading,
    Paragraph,
    Report,
    Section,
    Table,
)
from tracker.reports.texts import texts_of
from tracker.reports.visible.texts import without

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


def blacked_section(section: Section, words: Collection[str]) -> Section:
    """Return a section in which every passage that holds some of the words is blacked out."""
    return _section(section, 0, lambda value: holds(value, words))


def _section(section: Section, number: int, hit: Hit) -> Section:
    if hit(section.title):
        return replace(section, id=f"blacked-out-{number}", title=BLACK, blocks=(Paragraph(BLACK),))
    return replace(section, blocks=tuple(_block(block, hit) for block in section.blocks))


def _block(block: Block, hit: Hit) -> Block:
    if not hit(block):
        return block
    match block:
        case Table() if not hit(block.columns) and not hit(block.caption):
            rows = tuple(_row(row, hit) for row in block.rows)
            return replace(block, rows=rows, note=_text(block.note, hit))
        case Facts(items):
            return Facts(tuple(_fact(label, value, hit) for label, value in items))
        case Bullets(items, ordered):
            return Bullets(tuple(_text(item, hit) for item in items), ordered)
        case Figures(items):
            return Figures(tuple(_figure(figure, hit) for figure in items))
        case Heading(_, level):
            return Heading(BLACK, level)
        case Chart(_, _, title):
            return Paragraph(f"{_text(title, hit)}: {BLACK}")
    return Paragraph(BLACK)


def _fact(label: str, value: str, hit: Hit) -> tuple[str, str]:
    if hit(label):
        return BLACK, BLACK
    return label, _text(value, hit)


def _text(text: str, hit: Hit) -> str:
    if hit(text):
        return BLACK
    return text


def _row(row: Cells, hit: Hit) -> Cells:
    if hit(row):
        return (BLACK,) * len(row)
    return row


def _figure(figure: tuple[str, str, str], hit: Hit) -> tuple[str, str, str]:
    if hit(figure):
        return "", BLACK, ""
    return figure
