"""The blocks of a section put on slides one below the other: tables, charts with what they show in words, and words."""

import re
from collections.abc import Sequence

from tracker.reports.model import Block, Chart, Figures, PageBreak, Section, Table
from tracker.reports.render.native_charts import drawable
from tracker.reports.render.pptx.charts import put_chart
from tracker.reports.render.pptx.deck import BOTTOM, LEFT, ROOM, TOP, Deck, Page
from tracker.reports.render.pptx.tables import MATRIX_NOTE, Grid, figures_xml, matrix_grid, measured_for, put_grid
from tracker.reports.render.pptx.words import (
    BODY,
    LEAST,
    Para,
    blocks_of,
    caption,
    fitted,
    heading,
    height,
    heights,
    note,
    para,
    paras_of,
)
from tracker.rules.wording import counted

MOST_SLIDES = 4  # of a section; the notes and the paper have the rest
GAP = 0.35  # centimetres between things
WIDEST_TEXT = 28.0  # longer lines are hard to read
_LAST_LINE = 1.1  # two lines at the least size
_ASIDE = 0.9  # centimetres between things beside each other
_CHART_LEAST = 7.0
_CHART_MOST = 14.0
_CHART_WIDTH = 20.5
_FEW_ROWS = 3
_ROWS_LEFT, _NOTE = 0.7, 0.7  # centimetres below a table: for how many more rows there are, and for its note
_LOW_TABLE = 6.5  # centimetres; one that is not higher is not parted
_STRIP = 2.0
_NARROW_CHART, _LOW_CHART = 12.0, 6.0  # centimetres of a chart beside a table: across, and down


class _Slides:
    """Slides of one title, filled from the top; what ``most`` slides cannot hold is counted and named."""

    def __init__(self, deck: Deck, title: str, notes: str, *, most: int = MOST_SLIDES) -> None:
        self.deck, self.title, self.most = deck, title, most
        self.page: Page = deck.slide(title, notes)
        self.used = 1
        self.y = TOP
        self.waiting: list[Para] = []
        self.left_out: list[str] = []
        self.words_left = 0
        self.under = ""  # the heading that stands above what comes
        self.section_title = ""  # of the section that is added, which a caption need not say again
        self.side: tuple[Page, float, float] | None = None  # where there is room beside a narrow table: x and top

    @property
    def bottom(self) -> float:
        """Where things have to end: the last slide keeps a line for what was left out."""
        return BOTTOM - (_LAST_LINE if self.used >= self.most else 0)

    @property
    def free(self) -> float:
        """How much room there is, in centimetres."""
        return self.bottom - self.y

    def para(self, paragraph: Para) -> None:
        """Add a paragraph; of one that no slide can hold the sentences that it holds."""
        paragraph = fitted(paragraph, WIDEST_TEXT, (self.bottom - TOP) * 0.6)
        need = height(paragraph, WIDEST_TEXT)
        if paragraph.heads:
            self.under = paragraph.text
            need += 1.2
        if " ".join(self.under.split()) in self.left_out and not paragraph.heads:
            return  # what it stands under is left out
        if need > self.free - self.waiting_height() and not self.turn(self.hanging()):
            self.leave(self.under)
            return
        self.waiting.append(paragraph)

    def leave(self, part: str, rows: int = 0) -> None:
        """Remember what is left to the notes and the paper, once; nothing to name: some words."""
        name = " ".join(part.split())
        if rows and str(rows) not in re.findall(r"\d+", name):
            name += f" ({counted(rows, 'row')})"
        if not name:
            self.words_left += 1
        elif name not in self.left_out:
            self.left_out.append(name)

    def hanging(self) -> list[Para]:
        """Return the headings at the end, which go with what follows them."""
        paras: list[Para] = []
        while self.waiting and self.waiting[-1].heads:
            paras.insert(0, self.waiting.pop())
        return paras

    def waiting_height(self) -> float:
        """Return how many centimetres high it is what waits to be put."""
        return heights(self.waiting, WIDEST_TEXT)

    def flush(self, paras: Sequence[Para] = ()) -> None:
        """Put what waits, and more paragraphs below it."""
        self.waiting += paras
        if self.waiting:
            self.y += self.page.stack(self.waiting, LEFT, self.y, WIDEST_TEXT) + GAP
            self.waiting = []

    def turn(self, keep: Sequence[Para] = ()) -> bool:
        """Begin a new slide; False when there may be no more."""
        self.flush()
        if self.used >= self.most or self.left_out or self.words_left:
            for paragraph in keep:
                self.leave(paragraph.text)
            return False
        self.page = self.deck.slide(self.title, f"{self.title}, continued.")
        self.used += 1
        self.y = TOP
        self.waiting = list(keep)
        return True

    def room(self, high: float, part: str, rows: int = 0) -> bool:
        """Make room of a height on this slide or a new one; False when there may be no more slides."""
        if self.y <= TOP or self.y + high <= self.bottom or self.turn():
            return True
        self.leave(part, rows)
        return False

    def done(self) -> None:
        """Put what waits, and say what was left out."""
        self.flush()
        if self.words_left:
            self.left_out.append("more words" if self.left_out else "the rest of its words")
        if self.left_out:
            lines = (self._left(named) for named in range(len(self.left_out), -1, -1))
            line = next(line for line in lines if height(line, ROOM) <= _LAST_LINE)
            self.page.words([line], (LEFT, BOTTOM - _LAST_LINE, ROOM, _LAST_LINE))

    def _left(self, named: int) -> Para:
        """Return what is left to the notes, so many parts by name and the others counted."""
        parts = self.left_out[:named]
        if more := len(self.left_out) - named:
            parts = [*parts, counted(more, "more part" if named else "part")]
        return note(f"In the notes and the paper: {'; '.join(parts)}.")


class Flow(_Slides):
    """Slides that blocks are added to."""

    def section(self, section: Section, *, named: bool = False) -> None:
        """Add a section; ``named``: its title stands above it, since the slide has others too."""
        self.section_title = section.title
        if named:
            self.para(heading(section.title, self.deck.brand.accent, BODY + 2))
        for block in blocks_of(section):
            self.block(block)

    def block(self, block: Block) -> None:
        """Add a block."""
        match block:
            case Table():
                self.table(block)
            case Chart():
                self.chart(block)
            case Figures():
                self.figures(block)
            case PageBreak():
                if self.y > TOP or self.waiting:
                    self.turn()
            case _:
                for paragraph in paras_of(block, self.deck.brand.accent):
                    self.para(paragraph)

    def figures(self, figures: Figures) -> None:
        """Add key figures."""
        self.flush()
        xml, high = figures_xml(figures, self.deck.language, self.deck.brand.accent, ROOM)
        if figures.items and self.room(high, "Key figures"):
            alt = "; ".join(f"{value} {label}" for value, label, _ in figures.items)
            self.page.graphic(xml, (LEFT, self.y, ROOM, high), "Key figures", f"Key figures: {alt}")
            self.y += high + GAP

    def table(self, table: Table) -> None:
        """Add a table, on two slides when it has to be; how many more rows there are is said."""
        if not table.columns or not table.rows:
            self.para(para(f"{table.caption}: none recorded." if table.caption else "None recorded."))
            return
        captions = self.hanging()
        self.flush()
        if table.caption and table.caption != self.section_title:
            captions.append(para(table.caption, bold=True))
        above = heights(captions, WIDEST_TEXT) + 0.1
        below = _ROWS_LEFT + (_NOTE if table.note else 0.0)
        grid = measured_for(table, ROOM, self.bottom - TOP - above - below)
        least = grid.high()
        if least >= _LOW_TABLE or self.used >= self.most:
            least = grid.high(_FEW_ROWS)
        count = len(table.rows)
        if not self.room(above + below + least, table.caption or "A table", count):
            return
        rows = self._rows(grid, captions, below)
        beside = LEFT + grid.width + _ASIDE
        if LEFT + ROOM - beside >= _NARROW_CHART and rows == count:
            self.side = (self.page, beside, self.y - grid.high(rows) - 0.15)
        if rows < count and self.used < self.most and self.turn():
            again = [para(f"{table.caption} (continued)", bold=True)] if table.caption else []
            rows += self._rows(grid.after(rows), again, below)
        self._below(table, count - rows, grid.dropped)

    def _rows(self, grid: Grid, captions: list[Para], below: float) -> int:
        """Put a caption and the rows that fit; return how many."""
        self.side = None
        self.flush(captions)
        if captions:
            self.y -= GAP - 0.1
        count = len(grid.rows)
        rows = grid.rows_in(self.free - below + _ROWS_LEFT)
        if rows < count:
            rows = max(grid.rows_in(self.free - below), 1)
        over = count - rows
        if 0 < over < _FEW_ROWS and rows > 2 * _FEW_ROWS - over:  # no slide for a row or two
            rows -= _FEW_ROWS - over
        self.y += put_grid(self.page, grid, LEFT, self.y, rows)[1] + 0.15
        return rows

    def _below(self, table: Table, hidden: int, dropped: tuple[str, ...]) -> None:
        sentences = []
        if hidden:
            sentences.append(f"{hidden} more in the notes and the paper.")
        if dropped:
            sentences.append(f"In the notes and the paper: {', '.join(dropped)}.")
        if table.note:
            sentences.append(table.note)
        if sentences:
            self.flush([fitted(note(" ".join(sentences), 2), WIDEST_TEXT, max(self.free, 0.6))])
        self.y += 0.2

    def chart(self, chart: Chart) -> None:
        """Add a chart with its title; one that cannot be drawn is given as its table."""
        if chart.form == "history":
            self._strip(chart)
        elif chart.form != "matrix" and not drawable(chart):
            self.table(chart.data)
        elif not self._at_side(chart):
            self._with_words(chart)

    def _with_words(self, chart: Chart) -> None:
        """Put a chart, and beside it what it shows in words, or those above it when both do not fit."""
        captions = self.hanging()
        least = _CHART_LEAST
        words = chart.alt
        if chart.form == "matrix":
            least = matrix_grid(chart).high()
            words = f"{chart.alt}\n{MATRIX_NOTE}"
        beside = [] if captions else self._beside(chart, least)
        captions.append(para(caption(chart), bold=True))
        if not beside:
            self.flush()
            if not self.room(heights(captions, WIDEST_TEXT) + 0.2 + least, chart.title):
                return
        self.flush(captions)
        place = (LEFT, self.y, _CHART_WIDTH, min(self.free - 0.1, _CHART_MOST))
        wide, high = put_chart(self.page, chart, place) or (0.0, 0.0)
        x = LEFT + wide + _ASIDE
        room = LEFT + ROOM - x
        paras = beside or [fitted(para(words, BODY - 2, before=0), room, self.free - 0.2)]
        self.y += max(high, self.page.stack(paras, x, self.y, room) - 0.1) + GAP

    def _at_side(self, chart: Chart) -> bool:
        """Put a chart beside the narrow table above it; return whether there was room."""
        if self.side is None or self.waiting or chart.form == "matrix":
            return False
        page, x, top = self.side
        if page is not self.page or self.y - top < _LOW_CHART:
            return False
        wide = LEFT + ROOM - x
        title = fitted(para(caption(chart), bold=True), wide, 1.4)
        y = top + self.page.stack([title], x, top, wide)
        put_chart(self.page, chart, (x, y, wide, self.y - y - GAP))
        self.side = None
        return True

    def _strip(self, chart: Chart) -> None:
        """Put ratings by date across the slide."""
        captions = self.hanging()
        self.flush()
        above = heights(captions, WIDEST_TEXT) + 0.9
        if not chart.data.rows or not self.room(above + _STRIP, chart.title):
            self.waiting += captions
            self.table(chart.data)
            return
        self.flush([*captions, para(caption(chart), bold=True)])
        _, high = put_chart(self.page, chart, (LEFT, self.y, ROOM, self.free)) or (0.0, 0.0)
        self.y += high + GAP

    def _beside(self, chart: Chart, least: float) -> list[Para]:
        """Return the words above a chart that go beside it, since both do not fit below each other; else none."""
        if self.y > TOP or not self.waiting or self.waiting_height() + least + 1.2 <= self.free:
            return []
        wide = _CHART_WIDTH
        hidden = []
        if chart.form == "matrix":
            wide = matrix_grid(chart).width
            hidden = [para(MATRIX_NOTE)]
        room = ROOM - wide - _ASIDE
        for points in (BODY - 2, BODY - 3, LEAST):
            sized = [paragraph._replace(points=min(paragraph.points, points)) for paragraph in (*self.waiting, *hidden)]
            if heights(sized, room) <= self.bottom - TOP - 1.4:
                self.waiting = []
                return sized
        return []
