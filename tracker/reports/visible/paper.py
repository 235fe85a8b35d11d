"""A whole paper that knows what it leaves out: the one place that every paper goes through."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import fields, replace
from difflib import SequenceMatcher
from typing import TypeVar, cast

from tracker.reports.model import Block, Missing, Paragraph, Report, Section
from tracker.reports.visible.blocks import sayable_blocks
from tracker.reports.visible.texts import only, without

B = TypeVar("B", bound=Block)
IN_PLACE = "[not shown]"
NOUNS = {"decision": "decision", "pilot": "pilot", "item": "agenda item"}  # of sections that are one record each
PLAIN_FIELDS = ("id", "kind", "form", "level", "align")  # texts that a program reads


def sayable_paper(visible: Report, masked: Report, words: Collection[str]) -> Report:
    """Return a paper of what is shown as it may be sent, beside the same paper of everything with masks.

    ``words`` give hidden records away, wherever somebody wrote them. Sections that only everything has are counted.
    """
    return blacked(replace(visible, sections=tuple(_sections(visible, masked))), words, IN_PLACE)


def _sections(visible: Report, masked: Report) -> Iterator[Section]:
    ids = [section.id for section in visible.sections]
    twins = [section.id for section in masked.sections]
    waiting: Section | None = None  # counts of hidden sections are put at its end
    for tag, start, end, first, last in SequenceMatcher(None, ids, twins, autojunk=False).get_opcodes():
        if tag == "equal":
            for section, twin in zip(visible.sections[start:end], masked.sections[first:last], strict=True):
                if waiting is not None:
                    yield waiting
                waiting = _section(section, twin)
            continue
        hidden = masked.sections[first:last]
        for section in visible.sections[start:end]:
            if waiting is not None:
                yield waiting
            waiting = _contradicted(section, len(hidden))
            hidden = ()
        if hidden and waiting is not None:
            noun = NOUNS.get(hidden[0].id.partition("-")[0], "part")
            sentence = f"{len(hidden)} more {noun}{'s' * (len(hidden) > 1)}, not shown."
            waiting = replace(waiting, blocks=(*waiting.blocks, Paragraph(sentence)))
    if waiting is not None:
        yield waiting


def _section(visible: Section, masked: Section) -> Section:
    if visible == masked:
        return visible
    return replace(visible, blocks=tuple(sayable_blocks(visible.blocks, masked.blocks)))


def _contradicted(section: Section, hidden: int) -> Section:
    """Return a section that everything does not have, such as one that says that there is no decision."""
    blocks = list(section.blocks)
    for number, block in enumerate(blocks):
        if isinstance(block, Missing):
            blocks[number] = Missing(f"{only(hidden)}.")
    return replace(section, blocks=tuple(blocks))


def blacked(paper: B, words: Collection[str], instead: str) -> B:
    """Return a paper, or a part of it, with others in place of some words, in every text that people read."""

    def mended(text: str) -> str:
        return without(text, words, instead)

    return cast("B", _blacked(paper, mended))


def _blacked(value: object, mended: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return mended(value)
    if isinstance(value, tuple):
        return tuple(_blacked(part, mended) for part in value)
    if not isinstance(value, Block):
        return value
    changes = {
        field.name: new
        for field in fields(value)  # type: ignore[arg-type]
        if field.name not in PLAIN_FIELDS and (new := _blacked(old := getattr(value, field.name), mended)) != old
    }
    return replace(value, **changes)  # type: ignore[type-var]
