"""The one slide of a pilot: its facts and confidence on the left, what the evidence warns of on the right."""

from tracker.reports.charts.palette import SOFT
from tracker.reports.model import Chart, Facts, Missing, Paragraph, Section, Signal, Table
from tracker.reports.render.native_charts import drawable
from tracker.reports.render.pptx.charts import put_chart
from tracker.reports.render.pptx.deck import BOTTOM, LEFT, ROOM, TOP, Deck, Page
from tracker.reports.render.pptx.paragraphs import SOURCE, caption, paras_of, section_notes
from tracker.reports.render.pptx.tables import measured, put_grid
from tracker.reports.render.pptx.words import (
    LEAST,
    LINE,
    Para,
    Run,
    fit_lines,
    fitted,
    heading,
    height,
    para,
    status_run,
)
from tracker.reports.render.statuses import is_status, rating_of

_TOP = TOP + 0.2
_GAP = 0.9
_WIDTH = (ROOM - _GAP) / 2
_RIGHT = LEFT + _WIDTH + _GAP
_POINTS = LEAST + 1
_LEAST_CHART, _MOST_CHART = 4.2, 9.0  # centimetres, with the title
_STRIP = 3.3  # of the ratings by date, with their title
_FULLER = ((_POINTS, 3), (LEAST, 3), (LEAST, 2))  # points and lines of a fact, the fuller first
_GOOD = ("green", "grey", "grey_unknown", "not_enough")
_BAD = ("red", "amber_red", "amber", "amber_green")
# Which charts and tables say most of a pilot: its outcomes, then its people and risks, then its pace.
_TOLD = ("interval", "before_after", "bars")
_WANTED = ("metrics", "training", "risks", "gates", "criteria", "moves")


def pilot_slide(deck: Deck, section: Section) -> None:
    """Add the slide of a pilot; what does not fit is in its notes, and the slide says so."""
    page = deck.slide(section.title, section_notes(section))
    note = Para((Run("The whole page of this pilot is in the notes and the paper.", False, SOFT),), LEAST, "", 0)
    page.words([note], (LEFT, _TOP - LINE, ROOM, LINE))
    charts = [block for block in section.blocks if isinstance(block, Chart)]
    tables = [block for block in section.blocks if isinstance(block, Table) and block.rows]
    past = next((one for one in charts if one.form == "history"), None)
    y = _words(page, _facts(section, deck.brand.accent, BOTTOM - _TOP - (_STRIP if past else 0)), LEFT, _TOP)
    if past is not None:
        y = _chart(page, past, LEFT, y, BOTTOM - y)
    found = next((one for one in tables if _levels(one)), None)
    warnings = _of_rows(found) if found is not None else _signals(section, deck.brand.accent)
    ends = {LEFT: y, _RIGHT: _TOP}
    if warnings:
        head = heading("What the evidence warns of", deck.brand.accent, _POINTS + 1)._replace(before=0)
        ends[_RIGHT] = _words(page, [head, *warnings], _RIGHT, _TOP)
    told = _charts(page, [one for form in _TOLD for one in charts if one.form == form], ends)
    _tables(page, [one for one in tables if one is not found], ends)
    if not told:
        _charts(page, [one for one in charts if one.form == "rhythm"], ends)


def _facts(section: Section, accent: str, room: float) -> list[Para]:
    """Return what the pilot is and what was said of it last, as large and as long as there is room for."""
    facts = [block for block in section.blocks if isinstance(block, Facts)][:1]
    said = [block for block in section.blocks if isinstance(block, Paragraph | Missing)]
    notes = [block for block in said if not block.text.startswith(SOURCE)][:1]
    whole = [one for block in (*facts, *notes) for one in paras_of(block, accent)]
    shown: list[Para] = []
    for points, lines in _FULLER if whole else ():
        sized = [one._replace(points=points) for one in whole]
        shown = fit_lines(sized, _WIDTH, room, lines)
        if len(shown) == len(sized) and sized[-1].text.startswith(shown[-1].text[:6]):  # not how many more there are
            break
    return shown


def _signals(section: Section, accent: str) -> list[Para]:
    """Return the signals that are not good, the worst first; the first of all says what the evidence is."""
    signals = [block for block in section.blocks if isinstance(block, Signal)]
    first = [one for one in signals[:1] if one.level not in _GOOD]
    rest = sorted((one for one in signals[len(first) :] if one.level not in _GOOD), key=lambda one: _worst(one.level))
    return [one._replace(points=LEAST) for block in (*first, *rest) for one in paras_of(block, accent)]


def _levels(table: Table) -> bool:
    """Return whether a table is one of levels and the sentences for them."""
    return len(table.columns) > 1 and is_status(table.rows[0][0])


def _of_rows(table: Table) -> list[Para]:
    """Return the rows of a table of levels that are not good, the worst first below the first of all."""
    rows = [row for row in table.rows if rating_of(row[0]) in _BAD]
    first = rows[:1] if rows and rows[0] == table.rows[0] else []
    rest = sorted(rows[len(first) :], key=lambda row: _worst(rating_of(row[0])))
    return [
        Para((status_run(f"{row[0]}: {row[1].lower()}" if len(row) > 2 else row[0]), Run(f"  {row[-1]}")), LEAST)
        for row in (*first, *rest)
    ]


def _worst(level: str) -> int:
    return _BAD.index(level) if level in _BAD else len(_BAD)


def _words(page: Page, paras: list[Para], x: float, y: float) -> float:
    """Put as many paragraphs as there is room for; return where they end."""
    kept = fit_lines(paras, _WIDTH, BOTTOM - y, 3)
    high = sum(height(one, _WIDTH) for one in kept) + 0.1
    page.words(kept, (x, y, _WIDTH, high))
    return y + high + 0.3


def _charts(page: Page, charts: list[Chart], ends: dict[float, float]) -> int:
    """Put two charts that say more than one figure where there is most room; return how many.

    ``ends`` says where things end on either side.
    """
    put = 0
    for one in [one for one in charts if drawable(one) and len(one.labels) > 1][:2]:
        x = max(ends, key=lambda side: BOTTOM - ends[side])
        if BOTTOM - ends[x] >= _LEAST_CHART:
            ends[x] = _chart(page, one, x, ends[x], min(BOTTOM - ends[x], _MOST_CHART))
            put += 1
    return put


def _chart(page: Page, chart: Chart, x: float, y: float, room: float) -> float:
    """Put a chart with its title; return where it ends."""
    title = fitted(para(caption(chart), _POINTS, bold=True, before=0), _WIDTH, 1.2)
    high = height(title, _WIDTH) + 0.1
    put = put_chart(page, chart, (x, y + high + 0.1, _WIDTH, room - high - 0.1))
    if put is None:
        return y
    page.words([title], (x, y, _WIDTH, high))
    return y + high + 0.1 + put[1] + 0.4


def _tables(page: Page, tables: list[Table], ends: dict[float, float]) -> None:
    """Put the tables that say most where there is room for all of one and no cell has to be cut."""

    def place(table: Table) -> int:
        return next((n for n, kind in enumerate(_WANTED) if table.id.endswith(kind)), len(_WANTED))

    for table in sorted(tables, key=place):
        grid = measured(table, _WIDTH)
        title = fitted(para(table.caption, _POINTS, bold=True, before=0), _WIDTH, 1.2)
        above = height(title, _WIDTH) + 0.2
        high = above + grid.high(len(grid.table.rows))
        x = max(ends, key=lambda side: BOTTOM - ends[side])
        if grid.table.rows == table.rows and ends[x] + high <= BOTTOM:
            page.words([title], (x, ends[x], _WIDTH, above - 0.1))
            put_grid(page, grid, x, ends[x] + above, len(table.rows))
            ends[x] += high + 0.4
