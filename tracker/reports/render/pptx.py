"""A paper as slides (16:9): the position on one slide, then every part of the paper, with its words in the notes."""

from tracker.reports.model import Bullets, Paragraph, Report, Section
from tracker.reports.render.pptx_deck import Deck
from tracker.reports.render.pptx_flow import MOST_SLIDES, Flow, section_notes, small
from tracker.reports.render.pptx_page import ON_PAGE, one_page, pilot_slide, title_slide
from tracker.reports.rendering import PLAIN, Brand, Rendered

_MOST_TOGETHER = 3  # sections of a few words on one slide
# How many slides the parts of a pack get: it is talked through, and the paper is read.
_SLIDES = {
    **dict.fromkeys(("actions", "assurance", "interoperability", "journeys", "all-wins", "finance", "definitions"), 1),
    **dict.fromkeys(("all-changes", "benefits", "risk-report", "people-report", "forward"), 2),
    **dict.fromkeys(("agenda", "minutes", "not-kept", "quality", "records", "corrections"), 0),
}
_DECISION_SLIDES = 2
_SUMMARY = (*ON_PAGE, "changes", "about")  # a pack has a fuller part for each


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper as a .pptx file; what does not fit on a slide is in its notes, and the slide says so.

    Raises NotRendered when the logo cannot be drawn.
    """
    deck = Deck(report, brand)
    pack = any(section.new_page for section in report.sections)
    if pack:
        title_slide(deck)
    one_page(deck)
    summed_up = _SUMMARY if any(section.id in _SLIDES for section in report.sections) else ()
    shown = [one for one in report.sections if one.id not in summed_up and not (pack and one.one_page)]
    left_out = [section.title for section in shown if pack and _most(section) == 0]
    for group in _groups([section for section in shown if not pack or _most(section)], brand.accent):
        if len(group) == 1 and _is_pilot(group[0]):
            pilot_slide(deck, group[0])
        else:
            _slides(deck, group, _most(group[0]) if pack else MOST_SLIDES)
    if left_out:
        blocks = (Paragraph("These parts are in the paper and not on slides."), Bullets(tuple(left_out)))
        _slides(deck, [Section("left-out", "In the paper only", blocks)], 1)
    return Rendered(deck.save())


def _most(section: Section) -> int:
    """Return how many slides a section of a pack may take."""
    if section.id.startswith("decision-"):
        return _DECISION_SLIDES
    return _SLIDES.get(section.id, MOST_SLIDES)


def _is_pilot(section: Section) -> bool:
    return section.id.startswith("pilot-") and section.id != "pilot-pages"


def _slides(deck: Deck, group: list[Section], most: int) -> None:
    title = " · ".join(section.title for section in group)
    flow = Flow(deck, title, "\n\n".join(section_notes(section) for section in group), most=most)
    for section in group:
        flow.section(section, named=len(group) > 1)
    flow.done()


def _groups(sections: list[Section], accent: str) -> list[list[Section]]:
    """Return the sections, those of a few words that follow each other together, since they share a slide."""
    found: list[list[Section]] = []
    open_ = False
    for section in sections:
        fits = small(section, accent) and not section.new_page and not _is_pilot(section)
        if fits and open_ and len(found[-1]) < _MOST_TOGETHER:
            found[-1].append(section)
        else:
            found.append([section])
        open_ = fits
    return found
