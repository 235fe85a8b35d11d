"""A paper as slides (16:9): the position on one slide, then every part of the paper, with its words in the notes."""

from itertools import groupby

from tracker.reports.model import Block, Bullets, Heading, Paragraph, Report, Section
from tracker.reports.render.pptx.columns import column_slide, columns_of, shared, title_of, words_of, words_only
from tracker.reports.render.pptx.deck import Deck
from tracker.reports.render.pptx.flow import MOST_SLIDES, Flow
from tracker.reports.render.pptx.page import ON_PAGE, one_page, title_slide
from tracker.reports.render.pptx.paragraphs import section_notes
from tracker.reports.render.pptx.pilot import pilot_slide
from tracker.reports.rendering import PLAIN, Brand, Rendered
from tracker.rules.wording import counted

# How many slides the parts of a pack get: it is talked through, and the paper is read.
_SLIDES = {
    **dict.fromkeys(("actions", "assurance", "interoperability", "journeys", "all-wins", "finance"), 1),
    **dict.fromkeys(("all-changes", "benefits", "people-report", "forward"), 2),
    "risk-report": 3,
    **dict.fromkeys(("agenda", "not-kept", "quality", "definitions", "records", "corrections"), 0),
}
_DECISION_SLIDES = 2
_SUMMARY = (*ON_PAGE, "changes", "about")  # a pack has a fuller part for each
_LEFT_OUT = "What is not on these slides"


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper as a .pptx file; what does not fit on a slide is in its notes, and the slide says so.

    Raises NotRendered when the logo cannot be drawn.
    """
    deck = Deck(report, brand)
    pack = any(section.new_page for section in report.sections)
    summed_up = _SUMMARY if pack and any(section.id in _SLIDES for section in report.sections) else ()
    shown = [one for one in report.sections if one.id not in summed_up and not (pack and one.one_page)]
    groups = _groups([section for section in shown if not pack or _most(section)], brand.accent)
    if pack:
        title_slide(deck, _contents(groups))
    one_page(deck)
    for group in groups:
        if len(group) == 1 and _is_pilot(group[0]):
            pilot_slide(deck, group[0])
        else:
            _slides(deck, group, _most(group[0]) if pack else MOST_SLIDES)
    left_out = [section for section in shown if pack and _most(section) == 0]
    if left_out:
        about = [section for section in report.sections if section.id == "about" and section.id in summed_up]
        _slides(deck, [_missing(left_out, about)], 1)
    return Rendered(deck.save())


def _contents(groups: list[list[Section]]) -> list[str]:
    """Return what is on the slides, the pilots together."""
    found = ["The position on one page"]
    for pilots, some in groupby(groups, lambda group: _is_pilot(group[0])):
        run = list(some)
        found += [counted(len(run), "pilot") + ", a slide each"] if pilots else [title_of(group) for group in run]
    return found


def _most(section: Section) -> int:
    """Return how many slides a section of a pack may take."""
    if section.id.startswith("decision-"):
        return _DECISION_SLIDES
    return _SLIDES.get(section.id, MOST_SLIDES)


def _missing(left_out: list[Section], about: list[Section]) -> Section:
    """Return a section that says which parts are only in the paper, and what its words mean."""
    words = (
        "These parts of the paper have no slide. They are in the same paper as a document (PDF, DOCX, ODT, HTML), "
        "and their tables are in the workbook (XLSX, ODS)."
    )
    blocks: list[Block] = [Paragraph(words), Bullets(tuple(section.title for section in left_out))]
    for section in about:
        blocks += [Heading(section.title), *section.blocks]
    return Section("left-out", _LEFT_OUT, tuple(blocks))


def _is_pilot(section: Section) -> bool:
    return section.id.startswith("pilot-") and section.id != "pilot-pages"


def _slides(deck: Deck, group: list[Section], most: int) -> None:
    if all(words_only(section) for section in group):
        columns = columns_of(words_of(group, deck.brand.accent))
        if columns is not None:
            column_slide(deck, group, columns)
            return
    title = title_of(group)
    flow = Flow(deck, title, "\n\n".join(section_notes(section) for section in group), most=most)
    for section in group:
        flow.section(section, named=len(group) > 1)
    flow.done()


def _groups(sections: list[Section], accent: str) -> list[list[Section]]:
    """Return the sections; those of words that follow each other share slides."""
    found: list[list[Section]] = []
    for together, some in groupby(sections, lambda one: words_only(one) and not one.new_page and not _is_pilot(one)):
        run = list(some)
        found += shared(run, accent) if together else [[one] for one in run]
    return found
