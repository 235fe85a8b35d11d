"""The blocks of a section put on slides one below the other; a new slide begins where one is full."""

import re

from tracker.reports.charts.palette import SOFT
from tracker.reports.model import Block, Chart, Figures, PageBreak, Paragraph, Section, Table
from tracker.reports.render.native_charts import drawable
from tracker.reports.render.pptx.charts import put_chart
from tracker.reports.render.pptx.deck import BOTTOM, LEFT, ROOM, TOP, Deck, Page
from tracker.reports.render.pptx.matrix import MATRIX_NOTE, matrix_grid
from tracker.reports.render.pptx.paragraphs import SOURCE, caption, paras_of
from tracker.reports.render.pptx.tables import Grid, figures_xml, measured_for, put_grid
from tracker.reports.render.pptx.words import BODY, LEAST, Para, Run, fitted, heading, height, para
from tracker.reports.typography.measuring import ARIAL

MOST_SLIDES = 4  # of a section; the notes and the paper have the rest
_GAP = 0.35  # centimetres between things
_CHART_LEAST, _CHART_MOST, _CHART_WIDTH = 7.0, 14.0, 20.5
_FEW_ROWS = 3
_LAST_LINE = 1.1  # two lines at the least size
_STRIP = 2.0
_NARROW_CHART, _LOW_CHART = 12.0, 6.0  # centimetres of a chart beside a table: across, and down
_NAMED = 9.0  # centimetres of the name of a part that is left out
_WIDEST_TEXT = 28.0  # longer lines are hard to read


class Flow:
    """Slides of one title, filled from the top; what ``most`` slides cannot hold is counted and said."""

    def __init__(self, deck: Deck, title: str, notes: str, *, most: int = MOST_SLIDES) -> None:
        self.deck, self.title, self.most = deck, title, most
        self.page: Page = deck.slide(title, notes)
        self.used = 1
        self.y = TOP
        self.waiting: list[Para] = []
        self.left_out: list[str] = []
        self.words_left = 0
        self.said = ""  # the title of the section that is added, which a caption need not say again
        self.under = ""  # the heading that stands above what comes
        self.side: tuple[float, float] | None = None  # where there is room beside a narrow table: x and top

    @property
    def bottom(self) -> float:
        """Where things have to end: the last slide keeps a line for what was left out."""
        return BOTTOM - (_LAST_LINE if self.used >= self.most else 0)

    def section(self, section: Section, *, named: bool = False) -> None:
        """Add a section; ``named``: its title stands above it, since the slide has others too."""
        self.said = section.title
        if named:
            self.para(heading(section.title, self.deck.brand.accent, BODY + 2))
        for block in section.blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        """Add a block."""
        match block:
            case Table():
                self.table(block)
            case Chart():
                self.chart(block)
            case Figures():
                self._flush()
                xml, high = figures_xml(block, self.deck.language, self.deck.brand.accent, ROOM)
                if block.items and self._room(high, "Key figures"):
                    self.page.graphic(xml, (LEFT, self.y, ROOM, high), "Key figures", _figures_said(block))
                    self.y += high + _GAP
            case PageBreak():
                if self.y > TOP or self.waiting:
                    self._turn()
            case Paragraph() if block.text.startswith(SOURCE):
                pass
            case _:
                for one in paras_of(block, self.deck.brand.accent):
                    self.para(one)

    def para(self, one: Para) -> None:
        """Add a paragraph; one that no slide can hold is cut."""
        whole = self.bottom - TOP
        one = fitted(one, _WIDEST_TEXT, whole * 0.6)
        self.under = one.text if one.heads else self.under
        high = height(one, _WIDEST_TEXT)
        free = self.bottom - self.y - self._waiting_height()
        if high + (1.2 if one.heads else 0) > free and not self._turn(keep=self._hanging()):
            self._leave(one.text if one.heads else self.under)
            return
        self.waiting.append(one)

    def _leave(self, what: str, rows: int = 0) -> None:
        """Remember what is left to the notes and the paper, once; nothing to name: some words."""
        named = ARIAL.shortened(" ".join(what.split()), _NAMED, LEAST, 1)
        if rows and str(rows) not in re.findall(r"\d+", named):
            named += f" ({rows} {'row' if rows == 1 else 'rows'})"
        if not named:
            self.words_left += 1
        elif named not in self.left_out:
            self.left_out.append(named)

    def _hanging(self) -> list[Para]:
        """Return the headings at the end, which go with what follows them."""
        found: list[Para] = []
        while self.waiting and self.waiting[-1].heads:
            found.insert(0, self.waiting.pop())
        return found

    def _waiting_height(self) -> float:
        return sum(height(one, _WIDEST_TEXT) for one in self.waiting)

    def _flush(self) -> None:
        if self.waiting:
            high = self._waiting_height() + 0.1
            self.page.words(self.waiting, (LEFT, self.y, _WIDEST_TEXT, high))
            self.y += high + _GAP
            self.waiting = []

    def _turn(self, keep: list[Para] | None = None) -> bool:
        """Begin a new slide; False when there may be no more."""
        self._flush()
        if self.used >= self.most or self.left_out or self.words_left:
            for one in keep or []:
                self._leave(one.text)
            return False
        self.side = None
        self.page = self.deck.slide(self.title, f"{self.title}, continued.")
        self.used += 1
        self.y = TOP
        self.waiting = list(keep or [])
        return True

    def _room(self, high: float, what: str, rows: int = 0) -> bool:
        """Make room of a height on this slide or a new one; False when there may be no more slides."""
        if self.y <= TOP or self.y + high <= self.bottom or self._turn():
            return True
        self._leave(what, rows)
        return False

    def table(self, table: Table) -> None:
        """Add a table, on two slides when it has to be; how many more rows there are is said."""
        if not table.columns or not table.rows:
            self.para(para(f"{table.caption}: none recorded." if table.caption else "None recorded."))
            return
        keep = self._hanging()
        self._flush()
        captions = [*keep, *([para(table.caption, bold=True)] if table.caption and table.caption != self.said else [])]
        above = sum(height(one, _WIDEST_TEXT) for one in captions) + 0.1
        last = 1.4 if table.note else 0.7  # what stands below: how many more rows, and the note
        grid = measured_for(table, ROOM, self.bottom - TOP - above - last)
        whole = grid.high(len(grid.table.rows))
        least = whole if whole < 6.5 and self.used < self.most else grid.high(_FEW_ROWS)
        if not self._room(above + last + least, table.caption or "A table", len(table.rows)):
            return
        done = self._rows(grid, captions, last)
        beside = LEFT + sum(grid.widths) + 0.9
        if LEFT + ROOM - beside >= _NARROW_CHART and done == len(table.rows):
            self.side = (beside, self.y - grid.high(done) - 0.15)
        if done < len(table.rows) and self.used < self.most and self._turn():
            again = [para(f"{table.caption} (continued)", bold=True)] if table.caption else []
            rest = grid.after(done)
            done += self._rows(rest, again, last)
        self._below(table, len(table.rows) - done, grid.dropped)

    def _rows(self, grid: Grid, captions: list[Para], last: float) -> int:
        """Put a caption and the rows that fit; return how many."""
        self.side = None
        self.waiting = captions
        self._flush()
        self.y -= _GAP - 0.1 if captions else 0
        free = self.bottom - self.y
        rows = grid.rows_in(free)
        if rows < len(grid.table.rows):
            rows = grid.rows_in(free - last)
        rows = max(min(rows, len(grid.table.rows)), 1)
        lacking = _FEW_ROWS - (len(grid.table.rows) - rows)
        if 0 < lacking < _FEW_ROWS and rows > lacking + _FEW_ROWS:  # no slide for a row or two
            rows -= lacking
        put_grid(self.page, grid, LEFT, self.y, rows)
        self.y += grid.high(rows) + 0.15
        return rows

    def _below(self, table: Table, more: int, dropped: tuple[str, ...]) -> None:
        told = [f"{more} more in the notes and the paper."] if more else []
        told += [f"In the notes and the paper: {', '.join(dropped)}."] if dropped else []
        told += [table.note] if table.note else []
        if told:
            one = Para((Run(" ".join(told), False, SOFT),), LEAST, "", 2)
            self.waiting = [fitted(one, _WIDEST_TEXT, max(self.bottom - self.y, 0.6))]
            self._flush()
        self.y += 0.2

    def chart(self, chart: Chart) -> None:
        """Add a chart with its title; one that cannot be drawn is given as its table."""
        if chart.form == "history" or not (chart.form == "matrix" or drawable(chart)):
            self._as_table(chart)
            return
        if self._at_side(chart):
            return
        keep = self._hanging()
        beside = self._beside(chart, keep)
        if not beside:
            self._flush()
        captions = [*keep, para(caption(chart), bold=True)]
        above = sum(height(one, _WIDEST_TEXT) for one in captions) + 0.2
        least = matrix_grid(chart).high(5) if chart.form == "matrix" else _CHART_LEAST
        if not beside and not self._room(above + least, chart.title):
            return
        self.waiting = captions
        self._flush()
        place = (LEFT, self.y, _CHART_WIDTH, min(self.bottom - self.y - 0.1, _CHART_MOST))
        wide, high = put_chart(self.page, chart, place) or (0.0, 0.0)
        x = LEFT + wide + 0.9
        room = LEFT + ROOM - x
        words = f"{chart.alt}\n{MATRIX_NOTE}" if chart.form == "matrix" else chart.alt
        paras = beside or [fitted(para(words, BODY - 2, before=0), room, self.bottom - self.y - 0.2)]
        told = sum(height(one, room) for one in paras)
        self.page.words(paras, (x, self.y, room, told + 0.1))
        self.y += max(high, told) + _GAP

    def _at_side(self, chart: Chart) -> bool:
        """Put a chart beside the narrow table above it; return whether there was room."""
        room = self.y - self.side[1] if self.side else 0.0
        if self.side is None or self.waiting or room < _LOW_CHART or chart.form == "matrix":
            return False
        x, top = self.side
        wide = LEFT + ROOM - x
        title = fitted(para(caption(chart), bold=True), wide, 1.4)
        high = height(title, wide) + 0.1
        self.page.words([title], (x, top, wide, high))
        put_chart(self.page, chart, (x, top + high, wide, room - high - _GAP))
        self.side = None
        return True

    def _as_table(self, chart: Chart) -> None:
        keep = self._hanging()
        self._flush()
        above = sum(height(one, _WIDEST_TEXT) for one in keep) + 0.9
        if chart.form != "history" or not chart.data.rows or not self._room(above + _STRIP, chart.title):
            self.waiting += keep
            self.table(chart.data)
            return
        self.waiting = [*keep, para(caption(chart), bold=True)]
        self._flush()
        put = put_chart(self.page, chart, (LEFT, self.y, ROOM, self.bottom - self.y)) or (0.0, 0.0)
        self.y += put[1] + _GAP

    def _beside(self, chart: Chart, keep: list[Para]) -> list[Para]:
        """Return the words above a chart that go beside it, since both do not fit below each other; else none."""
        least = matrix_grid(chart).high(5) if chart.form == "matrix" else _CHART_LEAST
        if self.y > TOP or not self.waiting or keep or self._waiting_height() + least + 1.2 <= self.bottom - self.y:
            return []
        wide = sum(matrix_grid(chart).widths) if chart.form == "matrix" else _CHART_WIDTH
        room = ROOM - wide - 0.9
        more = [para(MATRIX_NOTE)] if chart.form == "matrix" else []
        for points in (BODY - 2, BODY - 3, LEAST):
            sized = [one._replace(points=min(one.points, points)) for one in (*self.waiting, *more)]
            if sum(height(one, room) for one in sized) <= self.bottom - TOP - 1.4:
                self.waiting = []
                return sized
        return []

    def done(self) -> None:
        """Put what waits, and say what was left out."""
        self._flush()
        if self.words_left:
            self.left_out.append("more words" if self.left_out else "the rest of its words")
        if self.left_out:
            words = f"In the notes and the paper: {'; '.join(self.left_out)}."
            one = fitted(Para((Run(words, False, SOFT),), LEAST, "", 0), ROOM, _LAST_LINE)
            self.page.words([one], (LEFT, BOTTOM - _LAST_LINE, ROOM, _LAST_LINE))


def _figures_said(figures: Figures) -> str:
    return "Key figures: " + "; ".join(f"{value} {what}" for value, what, _ in figures.items)
