"""A paper as slides (16:9): the position on one slide, then every part of the paper, with its words in the notes."""

from itertools import groupby

from tracker.reports.model import PLAIN, Block, Brand, Bullets, Heading, Paragraph, Rendered, Report, Section
from tracker.reports.render.one_page import in_brief
from tracker.reports.render.pptx.columns import column_slide, columns_of, shared, title_of, words_of, words_only
from tracker.reports.render.pptx.deck import Deck
from tracker.reports.render.pptx.flow import MOST_SLIDES, Flow
from tracker.reports.render.pptx.page import ON_PAGE, one_page, title_slide
from tracker.reports.render.pptx.pilot import pilot_slide
from tracker.reports.render.pptx.words import notes_of
from tracker.rules.wording import counted

# How many slides the parts of a pack get: it is talked through, and the paper is read.
_SLIDES = {
    **dict.fromkeys(("actions", "assurance", "interoperability", "journeys", "all-wins", "finance"), 1),
    **dict.fromkeys(("all-changes", "benefits", "people-report", "forward"), 2),
    "risk-report": 3,
    **dict.fromkeys(("agenda", "quality", "definitions", "records", "corrections"), 0),
}
_DECISION_SLIDES = 2
_SUMMARY = (*ON_PAGE, "changes", "about")  # a pack has a fuller part for each
_LEFT_OUT = "What is not on these slides"


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper as a .pptx file; what does not fit on a slide is in its notes, and the slide says so.

    Raises NotRendered when the logo cannot be drawn.
    """
    report = in_brief(report, brand)
    deck = Deck(report, brand)
    pack = any(section.new_page for section in report.sections)
    summary: tuple[str, ...] = ()
    if pack and any(section.id in _SLIDES for section in report.sections):
        summary = _SUMMARY
    sections = [section for section in report.sections if section.id not in summary and not (pack and section.one_page)]
    groups = _groups([section for section in sections if not pack or _most(section)], brand.accent)
    if pack or report.header.audience == "Public":  # whose it is, of which day, and what readers may do with it
        title_slide(deck, _contents(groups))
    one_page(deck)
    for group in groups:
        if len(group) == 1 and _is_pilot(group[0]):
            pilot_slide(deck, group[0])
        else:
            _slides(deck, group, _most(group[0]) if pack else MOST_SLIDES)
    left_out = [section for section in sections if pack and _most(section) == 0]
    if left_out:
        about = [section for section in report.sections if section.id == "about" and section.id in summary]
        _slides(deck, [_missing(left_out, about)], 1)
    return Rendered(deck.save())


def _contents(groups: list[list[Section]]) -> list[str]:
    """Return what is on the slides, the pilots together."""
    titles = ["The position on one page"]
    for pilots, run in groupby(groups, lambda group: _is_pilot(group[0])):
        if pilots:
            titles.append(f"{counted(len(list(run)), 'pilot')}, a slide each")
        else:
            titles += map(title_of, run)
    return titles


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
    flow = Flow(deck, title_of(group), notes_of(group), most=most)
    for section in group:
        flow.section(section, named=len(group) > 1)
    flow.done()


def _shares(section: Section) -> bool:
    """Return whether a section may share slides with its neighbours: it is words, and no page of its own."""
    return words_only(section) and not section.new_page and not _is_pilot(section)


def _groups(sections: list[Section], accent: str) -> list[list[Section]]:
    """Return the sections; those of words that follow each other share slides."""
    groups: list[list[Section]] = []
    for shares, run in groupby(sections, _shares):
        if shares:
            groups += shared(list(run), accent)
        else:
            groups += [[section] for section in run]
    return groups
