"""The slides of their own: the title, and the whole position on one slide."""

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO

from tracker.reports.charts.palette import SOFT
from tracker.reports.model import Chart, Facts, Figures, Heading, Report, Section, Table
from tracker.reports.render.heading import header_facts
from tracker.reports.render.office_pictures import logo, size
from tracker.reports.render.one_page import needed_first, parts_of
from tracker.reports.render.pptx.deck import BOTTOM, LEFT, ROOM, TOP, Deck, Page, emu
from tracker.reports.render.pptx.paragraphs import paras_of, section_notes
from tracker.reports.render.pptx.tables import Grid, in_lines, measured, put_grid
from tracker.reports.render.pptx.words import LEAST, LINE, Para, Run, fit_lines, fitted, heading, height, para

_ASIDE = ("risks", "outcomes", "training", "people", "freshness", "wins", "money", "interop")
ON_PAGE = ("decisions", "headline", "pilots", *_ASIDE)
_GAP = 0.6
_FACTS = 15.0  # centimetres of what a paper says of itself on its title slide
_FIRST_ROW = (3.4, 6.2)  # centimetres: the least and the most that decisions and headline take
_FIRST = 2  # parts in the first row
_BELOW = 2.0  # centimetres below the pilots that are worth using
_PILOTS_HIGH = 8.0  # centimetres of the table of pilots, above which each is given one line
_LEAST_NAME = 5.0
_FEW_FACTS = 4
_TINT = "#F2F5F8"
Box = tuple[float, float, float, float]


def title_slide(deck: Deck, contents: list[str]) -> None:
    """Add the slide that says whose paper this is, and which, and what is on the slides."""
    header, brand = deck.report.header, deck.brand
    page = deck.slide(f"{header.programme}: {header.title}" if header.title else header.programme or "Paper")
    facts = [("Organisation", brand.organisation)] if brand.organisation else []
    items = [
        Para((Run(f"{label}: ", True, brand.accent), Run(value)), 18, "", 6)
        for label, value in [*facts, *header_facts(header)]
    ]
    top = TOP + 1.2
    page.words(fit_lines(items, _FACTS, BOTTOM - TOP - 1.5, 2), (LEFT, top, _FACTS, BOTTOM - top))
    x, y = LEFT + _FACTS + _GAP, top
    if brand.logo:
        y += _logo(page) + _GAP
    listed = [_head("On these slides", brand.accent), *(para(one, 14, mark="bullet", before=3) for one in contents)]
    wide = LEFT + ROOM - x
    page.words(fit_lines(listed, wide, BOTTOM - y, 1), (x, y, wide, BOTTOM - y))


def _logo(page: Page) -> float:
    """Put the logo at the right; return how many centimetres high it is."""
    brand = page.deck.brand
    data, _ = logo(brand, 500)
    wide, high = size(data)
    scale = min(6.0 / wide, 3.0 / high)
    box = (LEFT + ROOM - wide * scale, TOP + 1.2, wide * scale, high * scale)
    picture = page.slide.shapes.add_picture(BytesIO(data), *map(emu, box))
    alt = brand.logo_alt or f"Logo of {brand.organisation or page.deck.report.header.programme}"
    page.described(picture, "Logo", alt)
    return high * scale


def one_page(deck: Deck) -> None:
    """Add the slide that a board understands in a minute: decisions, headline, pilots, and the rest in a column."""
    first, pilots, aside = _chosen(deck.report)
    shown = [*first, *([pilots] if pilots is not None else []), *aside]
    header = deck.report.header
    notes = "\n\n".join(section_notes(section) for section in shown)
    page = deck.slide(f"{header.programme}: the position on one page", notes)
    split = 22.6 if aside else ROOM
    grid = _pilot_grid(pilots, split)
    need = grid[0].high(len(grid[0].table.rows)) + 0.8 if grid is not None else 6.0
    top = _facts_line(page)
    top = _first_row(page, first, top, min(max(BOTTOM - top - 0.35 - need, _FIRST_ROW[0]), _FIRST_ROW[1]))
    if pilots is not None:
        end = _pilots(page, pilots, grid, (LEFT, top, split, BOTTOM - top))
        if len(aside) > 1 and BOTTOM - end > _BELOW:
            # What would be crowded out beside the table has the room below it.
            *aside, last = aside
            _column(page, [last], (LEFT, end + 0.3, split, BOTTOM - end - 0.3))
    if aside:
        x = LEFT + (split + _GAP if pilots is not None else 0)
        _column(page, aside, (x, top, LEFT + ROOM - x, BOTTOM - top))


def _chosen(report: Report) -> tuple[list[Section], Section | None, list[Section]]:
    """Return what stands in the first row of the slide, the section with the pilots, and what stands beside them."""
    parts = parts_of([section for section in report.sections if section.one_page])
    if parts:
        tabled = [part for part in parts if any(isinstance(block, Table) for block in part.blocks)]
        pilots = tabled[0] if tabled else None
        others = [part for part in parts if part is not pilots]
        return others[:_FIRST], pilots, others[_FIRST:]
    # A paper from before parts were marked as sharing a page, or of another kind.
    sections: dict[str, Section] = {}
    for section in report.sections:
        sections.setdefault(section.id, section)
    first = [sections[name] for name in ("decisions", "headline") if name in sections] or list(report.sections[:1])
    return first, sections.get("pilots"), [sections[name] for name in _ASIDE if name in sections]


def _facts_line(page: Page) -> float:
    facts = dict(header_facts(page.deck.report.header))
    dates = [f"{label} {facts[label]}" for label in ("Position as of", "Changes since") if label in facts]
    said = [facts.get("Meeting") or facts.get("Board", ""), *dates, facts.get("Classification", "")]
    words = " · ".join(one for one in said if one)
    page.words([fitted(Para((Run(words, False, SOFT),), LEAST, "", 0), ROOM, LINE)], (LEFT, TOP - 0.3, ROOM, LINE))
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
    high = max((sum(height(one, inner) for one in some) for some in texts), default=0) + 0.35
    for number, some in enumerate(texts):
        box = (LEFT + number * (width + _GAP), top, width, high)
        page.words(some, box, fill=_TINT if number == 0 else "", bar=accent if number == 0 else "#C8CDD2")
    return top + high + 0.3


def _head(title: str, accent: str) -> Para:
    return heading(title, accent)._replace(before=0)


def _brief(section: Section, accent: str) -> list[Para]:
    """Return a section at the least size: its words, and the first cells of its tables."""
    found: list[Para] = []
    for block in section.blocks:
        if isinstance(block, Table):
            found += [_row(block, row) for row in block.rows]
        elif isinstance(block, Figures):
            found += [Para((Run(f"{value} ", True), Run(f"{what}")), LEAST, "", 2) for value, what, _ in block.items]
        elif isinstance(block, Chart):
            found.append(Para((Run(block.alt),), LEAST, "", 2))
        elif isinstance(block, Facts) and len(block.items) <= _FEW_FACTS:
            said = "; ".join(f"{label} {value}" for label, value in block.items)
            found.append(Para((Run(said),), LEAST, "", 2))
        elif not isinstance(block, Heading):
            found += [one._replace(points=LEAST, before=2) for one in paras_of(block, accent)]
    return found


def _row(table: Table, row: tuple[str, ...]) -> Para:
    rest = "; ".join(cell for cell in row[1:3] if cell)
    return Para((Run(row[0], True), Run(f": {rest}" if rest else "")), LEAST, "bullet", 2)


def _pilot_grid(section: Section | None, width: float) -> tuple[Grid, int] | None:
    """Return the table of pilots with the columns a board needs first, and how many pilots there are."""
    table = next((one for one in section.blocks if isinstance(one, Table)), None) if section is not None else None
    if table is None or not table.rows or not table.columns:
        return None
    kept = needed_first(table)
    rows = tuple(tuple(row[n] for n in kept) for row in table.rows)
    small = replace(table, columns=tuple(table.columns[n] for n in kept), rows=rows)
    grid = measured(small, width, lines=2)
    if grid.high(len(grid.table.rows)) > _PILOTS_HIGH:
        grid = in_lines(small, width, _LEAST_NAME) or grid
    return grid, len(rows)


def _pilots(page: Page, section: Section, found: tuple[Grid, int] | None, box: Box) -> float:
    """Put the pilots as reported and by the evidence, those that do not fit counted; return where they end."""
    x, y, width, room = box
    accent = page.deck.brand.accent
    if found is None:
        words = [_head(section.title, accent), *fit_lines(_brief(section, accent), width, room - 1, 3)]
        page.words(words, box)
        return y + sum(height(one, width) for one in words)
    page.words([_head(section.title, accent)], (x, y, width, 0.65))
    grid, count = found
    free = room - 0.7
    shown = grid.rows_in(free)
    if shown < count:
        shown = max(grid.rows_in(free - 0.6), 1)
    put_grid(page, grid, x, y + 0.7, shown)
    if shown < count:
        words = [Para((Run(f"{count - shown} more in the notes and the paper", False, SOFT),), LEAST, "", 0)]
        page.words(words, (x, y + 0.75 + grid.high(shown), width, 0.55))
    return y + 0.7 + grid.high(shown) + (0.6 if shown < count else 0)


def _column(page: Page, sections: Iterable[Section], box: Box) -> None:
    """Put short sections below each other: the first words of each, then what more there is room for."""
    x, y, width, room = box
    accent = page.deck.brand.accent
    items = [(number, one) for number, section in enumerate(sections) for one in _titled(section, accent, width)]
    firsts = [n for n, (number, _) in enumerate(items) if n == 0 or items[n - 1][0] != number]
    chosen: set[int] = set()
    left = room - LINE - 0.1
    for n in (*firsts, *(n for n in range(len(items)) if n not in firsts)):
        high = height(items[n][1], width)
        # A later item of a section says nothing without the first.
        if high <= left and (n in firsts or n - 1 in chosen):
            chosen.add(n)
            left -= high
    paras = [one for n, (_, one) in enumerate(items) if n in chosen]
    if len(chosen) < len(items):
        paras.append(
            Para((Run(f"{len(items) - len(chosen)} more in the notes and the paper", False, SOFT),), LEAST, "", 4)
        )
    page.words(paras, (x, y, width, room))


def _titled(section: Section, accent: str, width: float) -> list[Para]:
    """Return a section in brief, its title in front of its first words."""
    items = _brief(section, accent)
    if not items:
        return []
    first = items[0]._replace(runs=(Run(f"{section.title}: ", True, accent), *items[0].runs), mark="", before=4)
    return [fitted(one, width, (3 * LEAST * 1.23 + one.before) * 2.54 / 72) for one in (first, *items[1:])]
