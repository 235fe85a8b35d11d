"""The blocks of a section put on slides one below the other; a new slide begins where one is full."""

from tracker.reports.charts.palette import SOFT
from tracker.reports.model import (
    Block,
    Bullets,
    Callout,
    Chart,
    Facts,
    Figures,
    Heading,
    Missing,
    PageBreak,
    Paragraph,
    Quote,
    Section,
    Signal,
    Table,
)
from tracker.reports.render.pptx_charts import put_chart
from tracker.reports.render.pptx_deck import BOTTOM, LEFT, ROOM, TOP, Deck, Page
from tracker.reports.render.pptx_matrix import MATRIX_NOTE, matrix_grid
from tracker.reports.render.pptx_tables import Grid, figures_xml, measured_for, put_grid
from tracker.reports.render.pptx_words import BODY, LEAST, Para, Run, fitted, heading, height, para, status_run
from tracker.reports.render.wording import said

MOST_SLIDES = 4  # of a section; the notes and the paper have the rest
_GAP = 0.35  # centimetres between things
_CHART_LEAST, _CHART_MOST, _CHART_WIDTH = 7.0, 14.0, 20.5
_FEW_ROWS = 3
_LAST_LINE = 0.7
_SOURCE = "Source: "  # where figures are from: for readers of the notes, not of a slide
_WIDEST_TEXT = 28.0  # longer lines are hard to read


def paras_of(block: Block, accent: str) -> list[Para]:
    """Return a block that is words as paragraphs; none for tables, charts and page breaks."""
    match block:
        case Heading():
            return [heading(block.text, accent, BODY + 2 if block.level <= 3 else BODY)]
        case Paragraph():
            return [para(block.text)]
        case Missing():
            return [Para((Run(block.text, False, SOFT),))]
        case Quote():
            return [Para((Run(f"“{block.text}” "), Run(f"— {block.source}", False, SOFT)))]
        case Facts():
            return [Para((Run(f"{label}: ", True), _value(value)), before=3) for label, value in block.items]
        case Bullets():
            mark = "number" if block.ordered else "bullet"
            return [para(item, mark=mark, before=3) for item in block.items]
        case Signal():
            return [Para((status_run(block.label), Run(f"  {block.sentence}")))]
        case Callout():
            return [Para((Run(f"{block.label}: ", True), Run(block.text)))]
        case Table() | Chart() | Figures() | PageBreak():
            return []
    raise TypeError(f"no slide for a {block.kind}")


def _value(text: str) -> Run:
    return status_run(text) if status_run(text).colour != Run("").colour else Run(text)


def small(section: Section, accent: str) -> bool:
    """Return whether a section is a few words, which can share a slide with others."""
    if any(isinstance(block, Table | Chart | Figures | PageBreak) for block in section.blocks):
        return False
    paras = [one for block in section.blocks for one in paras_of(block, accent)]
    return sum(height(one, _WIDEST_TEXT) for one in paras) < (BOTTOM - TOP) * 0.4


def section_notes(section: Section) -> str:
    """Return all words of a section, its tables as records, for the notes below a slide."""
    lines = [section.title]
    for block in section.blocks:
        for _, label, text in said(block):
            lines.append(f"{label}: {text}" if label else text)
        table = block.data if isinstance(block, Chart) else block
        if isinstance(table, Table):
            lines.append(table.caption)
            for row in table.rows:
                name, *rest = zip(table.columns, row, strict=True)
                lines.append(f"{name[1]}: " + "; ".join(f"{column.title} {cell}" for column, cell in rest if cell))
    return "\n".join(line for line in lines if line)


class Flow:
    """Slides of one title, filled from the top; what ``most`` slides cannot hold is counted and said."""

    def __init__(self, deck: Deck, title: str, notes: str, *, most: int = MOST_SLIDES) -> None:
        self.deck, self.title, self.most = deck, title, most
        self.page: Page = deck.slide(title, notes)
        self.used = 1
        self.y = TOP
        self.waiting: list[Para] = []
        self.left_out = 0

    @property
    def bottom(self) -> float:
        """Where things have to end: the last slide keeps a line for what was left out."""
        return BOTTOM - (_LAST_LINE if self.used >= self.most else 0)

    def section(self, section: Section, *, named: bool = False) -> None:
        """Add a section; ``named``: its title stands above it, since the slide has others too."""
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
                if block.items and self._room(high):
                    self.page.graphic(xml, (LEFT, self.y, ROOM, high), "Key figures", _figures_said(block))
                    self.y += high + _GAP
            case PageBreak():
                if self.y > TOP or self.waiting:
                    self._turn()
            case Paragraph() if block.text.startswith(_SOURCE):
                pass
            case _:
                for one in paras_of(block, self.deck.brand.accent):
                    self.para(one)

    def para(self, one: Para) -> None:
        """Add a paragraph; one that no slide can hold is cut."""
        whole = self.bottom - TOP
        one = fitted(one, _WIDEST_TEXT, whole * 0.6)
        high = height(one, _WIDEST_TEXT)
        free = self.bottom - self.y - self._waiting_height()
        if high + (1.2 if one.heads else 0) > free and not self._turn(keep=self._hanging()):
            self.left_out += 1
            return
        self.waiting.append(one)

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
        if self.used >= self.most or self.left_out:
            self.left_out += len(keep or [])
            return False
        self.page = self.deck.slide(self.title, f"{self.title}, continued.")
        self.used += 1
        self.y = TOP
        self.waiting = list(keep or [])
        return True

    def _room(self, high: float) -> bool:
        """Make room of a height on this slide or a new one; False when there may be no more slides."""
        if self.y + high <= self.bottom:
            return True
        if self.y <= TOP:
            return True
        if self._turn():
            return True
        self.left_out += 1
        return False

    def table(self, table: Table) -> None:
        """Add a table, on two slides when it has to be; how many more rows there are is said."""
        if not table.columns or not table.rows:
            self.para(para(f"{table.caption}: none recorded." if table.caption else "None recorded."))
            return
        keep = self._hanging()
        self._flush()
        captions = [*keep, *([para(table.caption, bold=True)] if table.caption else [])]
        above = sum(height(one, _WIDEST_TEXT) for one in captions) + 0.1
        last = 1.4 if table.note else 0.7  # what stands below: how many more rows, and the note
        grid = measured_for(table, ROOM, self.bottom - TOP - above - last)
        whole = grid.high(len(grid.table.rows))
        least = whole if whole < 6.5 else grid.high(_FEW_ROWS)
        if not self._room(above + last + least):
            self.left_out += len(keep)
            return
        done = self._rows(grid, captions, last)
        if done < len(table.rows) and self.used < self.most and self._turn():
            again = [para(f"{table.caption} (continued)", bold=True)] if table.caption else []
            rest = grid.after(done)
            done += self._rows(rest, again, last)
        self._below(table, len(table.rows) - done, grid.dropped)

    def _rows(self, grid: Grid, captions: list[Para], last: float) -> int:
        """Put a caption and the rows that fit; return how many."""
        self.waiting = captions
        self._flush()
        self.y -= _GAP - 0.1 if captions else 0
        free = self.bottom - self.y
        rows = grid.rows_in(free)
        if rows < len(grid.table.rows):
            rows = grid.rows_in(free - last)
        rows = max(min(rows, len(grid.table.rows)), 1)
        put_grid(self.page, grid, LEFT, self.y, rows)
        self.y += grid.high(rows) + 0.15
        return rows

    def _below(self, table: Table, more: int, dropped: tuple[str, ...]) -> None:
        told = [f"{more} more in the paper."] if more else []
        told += [f"In the notes and the paper: {', '.join(dropped)}."] if dropped else []
        told += [table.note] if table.note else []
        if told:
            one = Para((Run(" ".join(told), False, SOFT),), LEAST, "", 2)
            self.waiting = [fitted(one, _WIDEST_TEXT, max(self.bottom - self.y, 0.6))]
            self._flush()
        self.y += 0.2

    def chart(self, chart: Chart) -> None:
        """Add a chart with its title; one that cannot be drawn is given as its table."""
        keep = self._hanging()
        self._flush()
        captions = [*keep, para(caption(chart), bold=True)]
        above = sum(height(one, _WIDEST_TEXT) for one in captions) + 0.2
        least = matrix_grid(chart).high(5) if chart.form == "matrix" else _CHART_LEAST
        if not self._room(above + least):
            return
        self.waiting = captions
        self._flush()
        place = (LEFT, self.y, _CHART_WIDTH, min(self.bottom - self.y - 0.1, _CHART_MOST))
        put = put_chart(self.page, chart, place)
        if put is None:
            self.table(chart.data)
            return
        wide, high = put
        x = LEFT + wide + 0.9
        room = LEFT + ROOM - x
        words = f"{chart.alt}\n{MATRIX_NOTE}" if chart.form == "matrix" else chart.alt
        said = fitted(para(words, BODY - 2, before=0), room, self.bottom - self.y - 0.2)
        self.page.words([said], (x, self.y, room, height(said, room) + 0.1))
        self.y += max(high, height(said, room)) + _GAP

    def done(self) -> None:
        """Put what waits, and say what was left out."""
        self._flush()
        if self.left_out:
            noun = "part" if self.left_out == 1 else "parts"
            words = [Para((Run(f"{self.left_out} more {noun} in the paper.", False, SOFT),), LEAST, "", 0)]
            self.page.words(words, (LEFT, BOTTOM - 0.55, ROOM, 0.55))


def caption(chart: Chart) -> str:
    """Return the title of a chart with its unit and target."""
    unit = f" {chart.unit}" if chart.unit else ""
    target = f"; target {chart.target:g}{unit}" if chart.target is not None else ""
    return f"{chart.title}{f', in {chart.unit}' if chart.unit else ''}{target}"


def _figures_said(figures: Figures) -> str:
    return "Key figures: " + "; ".join(f"{value} {what}" for value, what, _ in figures.items)
