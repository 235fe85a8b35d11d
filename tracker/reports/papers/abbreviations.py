"""Abbreviations and marks that a lay member need not know, explained in the section that uses them first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tracker.reports.model import Paragraph, Section
from tracker.reports.texts import texts_of

MEANINGS = {
    "DPIA": "data protection impact assessment",
    "ATRS": "algorithmic transparency record, which says in public what an algorithmic tool does",
    "API": "application programming interface, by which programs exchange data",
}


MARKS = "● green, ▲ amber, ■ red, ○ not known."


def explained(sections: Iterable[Section]) -> Iterator[Section]:
    """Yield sections of a paper, each with lines on the marks and abbreviations that it is the first to use.

    One that has to fit on a page has no room for abbreviations: the next that uses them tells.
    """
    meanings = dict(MEANINGS)
    marks = MARKS
    for section in sections:
        text = " ".join(texts_of(section))
        if section.one_page:
            yield section
            marks *= MARKS not in text
            continue
        abbreviations = [name for name in meanings if re.search(rf"\b{name}\b", text)]
        legend = "; ".join(f"{name}: {meanings.pop(name)}" for name in abbreviations)
        blocks = [Paragraph(f"{legend}.")] if legend else []
        if marks and re.search("[●▲■○]", text):
            blocks.insert(0, Paragraph(marks))
            marks = ""
        source, *content = section.blocks
        yield replace(section, blocks=(source, *blocks, *content))
