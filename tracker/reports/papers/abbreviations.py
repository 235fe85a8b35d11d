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
        text = " ".join(texts_of(section))
        abbreviations = [name for name in meanings if re.search(rf"\b{name}\b", text)]
        legend = "; ".join(f"{name}: {meanings.pop(name)}" for name in abbreviations)
        blocks = [Paragraph(f"{legend}.")] if legend else []
        if marks and re.search("[●▲■○]", text):
            blocks.insert(0, Paragraph(marks))
            marks = ""
        source, *content = section.blocks
        yield replace(section, blocks=(source, *blocks, *content))
