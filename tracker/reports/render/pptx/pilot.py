"""The one slide of a pilot: its facts and confidence on the left, what the evidence warns of on the right."""

from collections.abc import Iterable

from tracker.reports.model import Chart, Facts, Missing, Paragraph, Section, Signal, Table
from tracker.reports.render.native_charts import drawable
from tracker.reports.render.pptx.charts import put_chart
from tracker.reports.render.pptx.deck import BOTTOM, LEFT, ROOM, TOP, Deck, Page
from tracker.reports.render.pptx.tables import measured, put_grid
from tracker.reports.render.pptx.words import (
    LEAST,
    LINE,
    Para,
    Run,
    blocks_of,
    caption,
    fit_lines,
    fitted,
    heading,
    height,
    note,
    para,
    paras_of,
    section_notes,
    status_run,
)
from tracker.reports.render.statuses import is_status, rating_of

_TOP = TOP + 0.2
_GAP = 0.9
_WIDTH = (ROOM - _GAP) / 2
_POINTS = LEAST + 1
_LEAST_CHART, _MOST_CHART = 4.2, 9.0  # centimetres, with the title
_STRIP = 3.3  # of the ratings by date, with their title
_FULLER = ((_POINTS, 3), (LEAST, 3), (LEAST, 2))  # points and lines of a fact, the fuller first
_BAD = ("red", "amber_red", "amber", "amber_green")
_GOOD = ("green", "grey", "grey_unknown", "not_enough")
# Which charts and tables say most of a pilot: its outcomes, then its people and risks, then its pace.
_FORMS = ("interval", "before_after", "bars")
_TABLES = ("metrics", "training", "risks", "gates", "criteria", "moves")


class _Column:
    """One half of the slide, filled from the top; ``y`` is where things end."""

    def __init__(self, page: Page, x: float) -> None:
        self.page, self.x, self.y = page, x, _TOP

    @property
    def room(self) -> float:
        return BOTTOM - self.y

    def words(self, paras: list[Para]) -> None:
        """Put as many paragraphs as there is room for."""
        self.y += self.page.stack(fit_lines(paras, _WIDTH, self.room, 3), self.x, self.y, _WIDTH) + 0.3

    def chart(self, chart: Chart, room: float) -> None:
        """Put a chart with its title, if it can be drawn."""
        title = _title(caption(chart))
        above = height(title, _WIDTH) + 0.1
        size = put_chart(self.page, chart, (self.x, self.y + above + 0.1, _WIDTH, room - above - 0.1))
        if size is not None:
            self.page.stack([title], self.x, self.y, _WIDTH)
            self.y += above + 0.1 + size[1] + 0.4

    def table(self, table: Table) -> None:
        """Put a table where there is room for all of it and no cell has to be cut."""
        grid = measured(table, _WIDTH)
        title = _title(table.caption)
        above = height(title, _WIDTH) + 0.2
        high = above + grid.high()
        if grid.whole and not grid.dropped and high <= self.room:
            self.page.stack([title], self.x, self.y, _WIDTH)
            put_grid(self.page, grid, self.x, self.y + above)
            self.y += high + 0.4


def _title(text: str) -> Para:
    return fitted(para(text, _POINTS, bold=True, before=0), _WIDTH, 1.2)


def pilot_slide(deck: Deck, section: Section) -> None:
    """Add the slide of a pilot; what does not fit is in its notes, and the slide says so."""
    page = deck.slide(section.title, section_notes(section))
    remark = note("The whole page of this pilot is in the notes and the paper.")
    page.words([remark], (LEFT, _TOP - LINE, ROOM, LINE))
    accent = deck.brand.accent
    charts = section.of(Chart)
    tables = [table for table in section.of(Table) if table.rows]
    left, right = columns = _Column(page, LEFT), _Column(page, LEFT + _WIDTH + _GAP)
    past = [chart for chart in charts if chart.form == "history"][:1]
    left.words(_facts(section, accent, left.room - _STRIP * len(past)))
    for chart in past:
        left.chart(chart, left.room)
    levels = [table for table in tables if (len(table.columns) > 1 and is_status(table.rows[0][0]))][:1]
    warnings = _worst_rows(levels[0]) if levels else _worst_signals(section, accent)
    if warnings:
        right.words([heading("What the evidence warns of", accent, _POINTS + 1, 0), *warnings])
    outcomes = [chart for form in _FORMS for chart in charts if chart.form == form]
    put = _charts(outcomes, columns)
    for table in sorted((table for table in tables if table not in levels), key=_place):
        _emptier(columns).table(table)
    if not put:
        _charts([chart for chart in charts if chart.form == "rhythm"], columns)


def _emptier(columns: tuple[_Column, _Column]) -> _Column:
    return max(columns, key=lambda column: column.room)


def _facts(section: Section, accent: str, room: float) -> list[Para]:
    """Return what the pilot is and what was said of it last, as large and as long as there is room for."""
    facts = section.of(Facts)[:1]
    notes = [block for block in blocks_of(section) if isinstance(block, Paragraph | Missing)][:1]
    paras = [paragraph for block in (*facts, *notes) for paragraph in paras_of(block, accent)]
    fitting: list[Para] = []
    for points, lines in _FULLER if paras else ():
        fitting = fit_lines([paragraph._replace(points=points) for paragraph in paras], _WIDTH, room, lines)
        # Else the last says how many more there are.
        if len(fitting) == len(paras) and paras[-1].text.startswith(fitting[-1].text[:6]):
            break
    return fitting


def _worst_signals(section: Section, accent: str) -> list[Para]:
    """Return the signals that are not good, the worst first; the first of all says what the evidence is."""
    signals = section.of(Signal)
    worst = sorted(signals[1:], key=lambda signal: _severity(signal.level))
    bad = [signal for signal in (*signals[:1], *worst) if signal.level not in _GOOD]
    return [paragraph._replace(points=LEAST) for signal in bad for paragraph in paras_of(signal, accent)]


def _worst_rows(table: Table) -> list[Para]:
    """Return the rows of a table of levels that are not good, the worst first below the first of all."""
    worst = sorted(table.rows[1:], key=lambda row: _severity(rating_of(row[0])))
    paras = []
    for row in (table.rows[0], *worst):
        if rating_of(row[0]) in _BAD:
            label = f"{row[0]}: {row[1].lower()}" if len(row) > 2 else row[0]
            paras.append(Para((status_run(label), Run(f"  {row[-1]}")), LEAST))
    return paras


def _severity(level: str) -> int:
    """Return the place of a level among the bad ones, the worst first."""
    return _BAD.index(level) if level in _BAD else len(_BAD)


def _charts(charts: Iterable[Chart], columns: tuple[_Column, _Column]) -> bool:
    """Put two charts that say more than one figure where there is most room; return whether there was any."""
    put = False
    for chart in [chart for chart in charts if drawable(chart) and len(chart.labels) > 1][:2]:
        column = _emptier(columns)
        if column.room >= _LEAST_CHART:
            column.chart(chart, min(column.room, _MOST_CHART))
            put = True
    return put


def _place(table: Table) -> int:
    """Return the place of a table among those that say most."""
    return next((n for n, kind in enumerate(_TABLES) if table.id.endswith(kind)), len(_TABLES))
