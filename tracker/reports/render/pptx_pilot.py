"""The one slide of a pilot: its facts and confidence on the left, what the evidence warns of on the right."""

from tracker.reports.charts.palette import SOFT
from tracker.reports.model import Chart, Facts, Missing, Paragraph, Section, Signal, Table
from tracker.reports.render.pptx_charts import put_chart
from tracker.reports.render.pptx_deck import BOTTOM, LEFT, ROOM, TOP, Deck, Page
from tracker.reports.render.pptx_said import caption, paras_of, section_notes
from tracker.reports.render.pptx_tables import measured, put_grid
from tracker.reports.render.pptx_words import LEAST, LINE, Para, Run, fit_lines, fitted, heading, height, para
from tracker.reports.render.xlsx_charts import drawable

_TOP = TOP + 0.2
_GAP = 0.9
_WIDTH = (ROOM - _GAP) / 2
_RIGHT = LEFT + _WIDTH + _GAP
_POINTS = LEAST + 1
_LEAST_CHART, _MOST_CHART = 4.2, 9.0  # centimetres, with the title
_GOOD = ("green", "grey", "grey_unknown", "not_enough")
_WORST = {"red": 0, "amber_red": 1, "amber": 2}
# Which chart says most of a pilot: its outcomes, then its people, then its pace.
_TOLD = ("interval", "before_after", "bars", "rhythm")


def pilot_slide(deck: Deck, section: Section) -> None:
    """Add the slide of a pilot; what does not fit is in its notes, and the slide says so."""
    page = deck.slide(section.title, section_notes(section))
    left, right = _facts(section, deck.brand.accent), _warnings(section, deck.brand.accent)
    charts = [block for block in section.blocks if isinstance(block, Chart)]
    note = Para((Run("The whole page of this pilot is in the notes and the paper.", False, SOFT),), LEAST, "", 0)
    page.words([note], (LEFT, _TOP - LINE, ROOM, LINE))
    y = _words(page, left, LEFT, _TOP, BOTTOM - _TOP)
    past = next((one for one in charts if one.form == "history"), None)
    if past is not None:
        y = _chart(page, past, LEFT, y, BOTTOM - y)
    below = _words(page, right, _RIGHT, _TOP, BOTTOM - _TOP) if right else _TOP
    native = [one for form in _TOLD for one in charts if one.form == form and _telling(one)]
    ends = {LEFT: y, _RIGHT: below}
    for one in native[:2]:
        x = max(ends, key=lambda side: BOTTOM - ends[side])
        if BOTTOM - ends[x] >= _LEAST_CHART:
            ends[x] = _chart(page, one, x, ends[x], min(BOTTOM - ends[x], _MOST_CHART))
    tables = [block for block in section.blocks if isinstance(block, Table) and block.rows]
    for x in (_RIGHT, LEFT):
        tables = _table(page, tables, x, ends[x])


def _telling(chart: Chart) -> bool:
    """Return whether a chart says more than one figure."""
    return drawable(chart) and len(chart.labels) > 1


def _facts(section: Section, accent: str) -> list[Para]:
    """Return what the pilot is and what was said of it last."""
    facts = [block for block in section.blocks if isinstance(block, Facts)][:1]
    notes = [block for block in section.blocks if isinstance(block, Paragraph | Missing)][:1]
    found = [one for block in (*facts, *notes) for one in paras_of(block, accent)]
    return [one._replace(points=_POINTS) for one in found]


def _warnings(section: Section, accent: str) -> list[Para]:
    """Return the signals that are not good, the worst first; the first of all says what the evidence is."""
    signals = [block for block in section.blocks if isinstance(block, Signal)]
    first = [one for one in signals[:1] if one.level not in _GOOD]
    rest = sorted(
        (one for one in signals[len(first) :] if one.level not in _GOOD), key=lambda one: _WORST.get(one.level, 3)
    )
    if not first and not rest:
        return []
    found = [heading("What the evidence warns of", accent, _POINTS + 1)._replace(before=0)]
    return found + [one._replace(points=LEAST) for block in (*first, *rest) for one in paras_of(block, accent)]


def _words(page: Page, paras: list[Para], x: float, y: float, room: float) -> float:
    """Put as many paragraphs as there is room for; return where they end."""
    kept = fit_lines(paras, _WIDTH, room, 3)
    high = sum(height(one, _WIDTH) for one in kept) + 0.1
    page.words(kept, (x, y, _WIDTH, high))
    return y + high + 0.3


def _chart(page: Page, chart: Chart, x: float, y: float, room: float) -> float:
    """Put a chart with its title; return where it ends."""
    title = fitted(para(caption(chart), _POINTS, bold=True, before=0), _WIDTH, 1.2)
    high = height(title, _WIDTH) + 0.1
    put = put_chart(page, chart, (x, y + high + 0.1, _WIDTH, room - high - 0.1))
    if put is None:
        return y
    page.words([title], (x, y, _WIDTH, high))
    return y + high + 0.1 + put[1] + 0.4


def _table(page: Page, tables: list[Table], x: float, y: float) -> list[Table]:
    """Put the first table that there is room for, whole and with no cell cut; return the others."""
    for at, table in enumerate(tables):
        grid = measured(table, _WIDTH)
        title = fitted(para(table.caption, _POINTS, bold=True, before=0), _WIDTH, 1.2)
        high = height(title, _WIDTH) + 0.1
        if grid.table.rows == table.rows and y + high + grid.high(len(table.rows)) <= BOTTOM:
            page.words([title], (x, y, _WIDTH, high))
            put_grid(page, grid, x, y + high + 0.1, len(table.rows))
            return [*tables[:at], *tables[at + 1 :]]
    return tables
