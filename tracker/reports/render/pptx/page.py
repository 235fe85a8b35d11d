"""The slides of their own: the title, and the whole position on one slide."""

from collections.abc import Sequence
from io import BytesIO

from tracker.reports.model import Block, Chart, Facts, Figures, Heading, Report, Section, Table
from tracker.reports.render.heading import header_facts, position_label
from tracker.reports.render.office_look import logo, logo_alt, size
from tracker.reports.render.one_page import needed_first, parts_of
from tracker.reports.render.pptx.deck import BOTTOM, LEFT, ROOM, TOP, Box, Deck, Page, lengths
from tracker.reports.render.pptx.tables import Grid, in_lines, measured, put_grid
from tracker.reports.render.pptx.words import (
    LEAST,
    LINE,
    Para,
    Run,
    cut_to_lines,
    fit_lines,
    heading,
    height,
    heights,
    more_note,
    note,
    notes_of,
    para,
    paras_of,
)

_ASIDE = ("risks", "outcomes", "training", "people", "freshness", "wins", "money", "interop")
ON_PAGE = ("decisions", "headline", "pilots", *_ASIDE)
_GAP = 0.6
_FACTS = 15.0  # centimetres of what a paper says of itself on its title slide
_FIRST_ROW = (3.4, 6.2)  # centimetres: the least and the most that decisions and headline take
_FIRST = 2  # parts in the first row
_PILOTS = 22.6  # centimetres across of the table of pilots beside other parts
_BELOW = 2.0  # centimetres below the pilots that are worth using
_PILOTS_HIGH = 8.0  # centimetres of the table of pilots, above which each is given one line
_LEAST_NAME = 5.0
_FEW_FACTS = 4
_MANY_FACTS = 8  # more are set smaller on the first slide
_TINT = "#F2F5F8"
_FRAME = "#C8CDD2"


def title_slide(deck: Deck, contents: list[str]) -> None:
    """Add the slide that says whose paper this is, and which, and what is on the slides."""
    header = deck.report.header
    brand = deck.brand
    page = deck.slide(": ".join(part for part in (header.programme, header.title) if part) or "Paper")
    facts = [("Organisation", brand.organisation), *header_facts(header)]
    facts = [fact for fact in facts if fact[1]]
    size = 18 if len(facts) <= _MANY_FACTS else 14
    items = [Para((Run(f"{label}: ", True, brand.accent), Run(value)), size, "", 6) for label, value in facts]
    top = TOP + 1.2
    page.words(fit_lines(items, _FACTS, BOTTOM - TOP - 1.5, 3), (LEFT, top, _FACTS, BOTTOM - top))
    x = LEFT + _FACTS + _GAP
    y = top
    if brand.logo:
        y += _logo(page) + _GAP
    listed = [_head("On these slides", brand.accent), *(para(title, 14, mark="bullet", before=3) for title in contents)]
    wide = LEFT + ROOM - x
    page.words(fit_lines(listed, wide, BOTTOM - y, 3), (x, y, wide, BOTTOM - y))


def _logo(page: Page) -> float:
    """Put the logo at the right; return how many centimetres high it is."""
    brand = page.deck.brand
    data, _ = logo(brand, 500)
    wide, high = size(data)
    scale = min(6.0 / wide, 3.0 / high)
    box = (LEFT + ROOM - wide * scale, TOP + 1.2, wide * scale, high * scale)
    picture = page.slide.shapes.add_picture(BytesIO(data), *lengths(*box))
    page.described(picture, "Logo", logo_alt(brand, page.deck.report.header))
    return high * scale


def one_page(deck: Deck) -> None:
    """Add the slide that a board understands in a minute: decisions, headline, pilots, and the rest in a column."""
    first, pilots, aside = _chosen(deck.report)
    page = deck.slide(f"{deck.report.header.programme}: the position on one page", notes_of([*first, *pilots, *aside]))
    split = _PILOTS if aside else ROOM
    grid = _pilot_grid(pilots, split)
    need = grid.high() + 0.8 if grid else 6.0
    top = _facts_line(page)
    top = _first_row(page, first, top, min(max(BOTTOM - top - 0.35 - need, _FIRST_ROW[0]), _FIRST_ROW[1]))
    x = LEFT
    for section in pilots:
        end = _pilots(page, section, grid, (LEFT, top, split, BOTTOM - top))
        x += split + _GAP
        if len(aside) > 1 and BOTTOM - end > _BELOW:
            # What would be crowded out beside the table has the room below it.
            *aside, last = aside
            _column(page, [last], (LEFT, end + 0.3, split, BOTTOM - end - 0.3))
    if aside:
        _column(page, aside, (x, top, LEFT + ROOM - x, BOTTOM - top))


def _chosen(report: Report) -> tuple[list[Section], list[Section], list[Section]]:
    """Return what stands in the first row of the slide, the section with the pilots if any, and what stands beside."""
    parts = parts_of([section for section in report.sections if section.one_page])
    if parts:
        pilots = [part for part in parts if part.of(Table)][:1]
        parts_left = [part for part in parts if part not in pilots]
        return parts_left[:_FIRST], pilots, parts_left[_FIRST:]
    # A paper from before parts were marked as sharing a page, or of another kind.
    sections: dict[str, Section] = {}
    for section in report.sections:
        sections.setdefault(section.id, section)

    def named(names: Sequence[str]) -> list[Section]:
        return [sections[name] for name in names if name in sections]

    return named(("decisions", "headline")) or list(report.sections[:1]), named(("pilots",)), named(_ASIDE)


def _facts_line(page: Page) -> float:
    facts = dict(header_facts(page.deck.report.header))
    dates = [
        f"{label} {facts[label]}"
        for label in (position_label(page.deck.report.header), "Changes since")
        if label in facts
    ]
    parts = [facts.get("Meeting") or facts.get("Board", ""), *dates, facts.get("Classification", "")]
    lines = (note(" · ".join(filter(None, parts[n:]))) for n in range(len(parts)))
    line = next(line for line in lines if height(line, ROOM) <= LINE or line.text == parts[-1])
    page.words([line], (LEFT, TOP - 0.3, ROOM, LINE))
    return TOP + 0.45


def _first_row(page: Page, sections: list[Section], top: float, room: float) -> float:
    """Put what is asked and the headline side by side; return where they end."""
    accent = page.deck.brand.accent
    width = (ROOM - _GAP * (len(sections) - 1)) / max(len(sections), 1)
    inner = width - 0.6
    texts = [
        [_head(section.title, accent), *fit_lines(_brief(section, accent), inner, room - 1.0, 4)]
        for section in sections
    ]
    high = max((heights(paras, inner) for paras in texts), default=0) + 0.35
    looks = [(_TINT, accent), *[("", _FRAME)] * len(texts)]
    for number, (paras, (fill, bar)) in enumerate(zip(texts, looks, strict=False)):
        page.words(paras, (LEFT + number * (width + _GAP), top, width, high), fill=fill, bar=bar)
    return top + high + 0.3


def _head(title: str, accent: str) -> Para:
    return heading(title, accent, before=0)


def _brief(section: Section, accent: str) -> list[Para]:
    """Return a section at the least size: its words, and the first cells of its tables."""
    return [paragraph for block in section.blocks for paragraph in _brief_block(block, accent)]


def _brief_block(block: Block, accent: str) -> list[Para]:
    match block:
        case Table():
            return [_row(row) for row in block.rows]
        case Figures():
            return [_small(Run(f"{value} ", True), Run(label)) for value, label, _ in block.items]
        case Chart():
            return [_small(Run(block.alt))]
        case Facts() if len(block.items) <= _FEW_FACTS:
            return [_small(Run("; ".join(f"{label} {value}" for label, value in block.items)))]
        case Heading():
            return []
    return [paragraph._replace(points=LEAST, before=2) for paragraph in paras_of(block, accent)]


def _row(row: tuple[str, ...]) -> Para:
    cells = "; ".join(cell for cell in row[1:3] if cell)
    return _small(Run(row[0], True), Run(f": {cells}" if cells else ""))._replace(mark="bullet")


def _small(*runs: Run) -> Para:
    return Para(runs, LEAST, "", 2)


def _pilot_grid(sections: list[Section], width: float) -> Grid | None:
    """Return the table of pilots with the columns a board needs first."""
    tables = [table for section in sections for table in section.of(Table)]
    if not tables or not tables[0].rows or not tables[0].columns:
        return None
    table = tables[0].part(needed_first(tables[0]))
    grid = measured(table, width, lines=2)
    if grid.high() > _PILOTS_HIGH:
        return in_lines(table, width, _LEAST_NAME) or grid
    return grid


def _pilots(page: Page, section: Section, grid: Grid | None, box: Box) -> float:
    """Put the pilots as reported and by the evidence, those that do not fit counted; return where they end."""
    x, y, width, room = box
    accent = page.deck.brand.accent
    head = _head(section.title, accent)
    if grid is None:
        paras = [head, *fit_lines(_brief(section, accent), width, room - 1, 3)]
        page.words(paras, box)
        return y + heights(paras, width)
    page.words([head], (x, y, width, 0.65))
    count = len(section.of(Table)[0].rows)
    rows = grid.rows_in(room - 0.7)
    if rows < count:
        rows = max(grid.rows_in(room - 1.3), 1)
    end = y + 0.7 + put_grid(page, grid, x, y + 0.7, rows)[1]
    if rows < count:
        page.words([more_note(count - rows)], (x, end + 0.05, width, 0.55))
        end += 0.6
    return end


def _column(page: Page, sections: list[Section], box: Box) -> None:
    """Put short sections below each other: the first words of each, then what more there is room for."""
    width, room = box[2:]
    items = [(n, paragraph) for section in sections for n, paragraph in enumerate(_titled(section, page, width))]
    chosen: set[int] = set()
    room -= LINE + 0.1
    for at in sorted(range(len(items)), key=lambda at: items[at][0] > 0):
        place, paragraph = items[at]
        high = height(paragraph, width)
        # A later item of a section says nothing without the one before it.
        if high <= room and (not place or at - 1 in chosen):
            chosen.add(at)
            room -= high
    paras = [items[at][1] for at in sorted(chosen)]
    if len(paras) < len(items):
        paras.append(more_note(len(items) - len(paras), 4))
    page.words(paras, box)


def _titled(section: Section, page: Page, width: float) -> list[Para]:
    """Return a section in brief, its title in front of its first words."""
    accent = page.deck.brand.accent
    items = _brief(section, accent)
    for first in items[:1]:
        items[0] = first._replace(runs=(Run(f"{section.title}: ", True, accent), *first.runs), mark="", before=4)
    return [cut_to_lines(paragraph, width, 3) for paragraph in items]
