"""Abbreviations and marks that a lay member need not know, explained in the section that uses them first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace

from tracker.reports.model import Paragraph, Section

MEANINGS = {
    "DPIA": "data protection impact assessment",
    "ATRS": "algorithmic transparency record, which says in public what an algorithmic tool does",
    "API": "application programming interface, by which programs exchange data",
}


MARKS = "Marks: ● green, ▲ amber, ■ red, ○ not rated or not known. The word beside a mark says what it means there."


def explained(sections: Iterable[Section]) -> Iterator[Section]:
    """Yield sections of a paper, each with lines on the marks and abbreviations that it is the first to use.

    One that has to fit on a page has no room for them: the next that uses them tells.
    """
    meanings = dict(MEANINGS)
    marks = MARKS
    for section in sections:
        if section.one_page:
            yield section
            continue
        text = " ".join(_texts(section))
        abbreviations = [name for name in meanings if re.search(rf"\b{name}\b", text)]
        legend = "; ".join(f"{name}: {meanings.pop(name)}" for name in abbreviations)
        blocks = [Paragraph(f"{legend}.")] if legend else []
        if marks and re.search("[●▲■○]", text):
            blocks.insert(0, Paragraph(marks))
            marks = ""
        source, *content = section.blocks
        yield replace(section, blocks=(source, *blocks, *content))


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a section."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
