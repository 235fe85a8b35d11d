"""What the page template is given of sections and blocks: plain dicts, with ids, levels and looks worked out."""

import re

from tracker.reports.charts import svg
from tracker.reports.charts.palette import RATINGS
from tracker.reports.model import (
    Block,
    Bullets,
    Callout,
    Cells,
    Chart,
    Facts,
    Figures,
    Heading,
    Missing,
    PageBreak,
    Paragraph,
    Plain,
    Quote,
    Section,
    Signal,
    Table,
)
from tracker.reports.paged import stepped
from tracker.reports.printed import kept_cells
from tracker.reports.render.heading import visible_title
from tracker.reports.render.statuses import rating_of
from tracker.reports.render.wording import unused

BROAD, SLIM = 640, 360  # units: drawings for screens and paper, and for telephones
SHORT = 16  # a cell of so few characters, such as a date or a figure, stays on one line
NAME = 14  # a first column with longer cells has a least width
CARDS = 3  # columns from which a table becomes a card for each row on a narrow screen, so that nothing is out of sight
EMPTY = "No rows."
NO_ALT = "No description given."
DEEPEST = 6


class Page:
    """Gives out the ids and names of one page, none of them twice."""

    def __init__(self, accent: str) -> None:
        self.accent = accent
        self.ids: set[str] = {"main", "contents"}
        self.names: set[str] = set()
        self.charts = 0
        self.under = ""  # the title or heading above

    def section(self, section: Section) -> Plain:
        """Return a section for the template."""
        self.under = section.title
        blocks = list(section.blocks)
        new = section.new_page
        while blocks and isinstance(blocks[0], PageBreak):  # its heading belongs on the new page, too
            blocks, new = blocks[1:], True
        while blocks and isinstance(blocks[-1], PageBreak):
            blocks.pop()
        displayed = [self.block(block) for block in stepped(blocks, DEEPEST - 1)]
        name = re.sub(r"[^A-Za-z0-9_-]+", "-", section.id) or "part"
        return {
            "id": unused(f"s-{name}", self.ids, "-"),
            "title": visible_title(section.title),
            "new": new,
            "shared": section.one_page,
            "blocks": [block for block in displayed if block],
        }

    def block(self, block: Block) -> Plain:
        """Return a block of ``stepped`` for the template; nothing for one that shows nothing. Raises TypeError."""
        match block:
            case Heading():
                self.under = block.text
                depth = block.level + 1  # 1 is the paper's title
                return {"kind": block.kind, "level": depth, "text": visible_title(block.text)}
            case Paragraph() | Missing() if not block.text.strip():
                return {}
            case Paragraph() | Missing():
                return {"kind": block.kind, "text": block.text}
            case Quote():
                return {"kind": block.kind, "text": block.text, "source": block.source}
            case Facts() | Figures() if not block.items:
                return {}
            case Facts():
                return {"kind": block.kind, "pairs": [(label, _cell(value)) for label, value in block.items]}
            case Bullets():
                points = [item for item in block.items if item.strip()]
                return {"kind": block.kind, "ordered": block.ordered, "points": points} if points else {}
            case Signal():
                level = block.level if block.level in RATINGS else "not_rated"
                return {"kind": block.kind, "level": level, "label": block.label, "sentence": block.sentence}
            case Callout():
                return {"kind": block.kind, "label": block.label, "text": block.text}
            case Figures():
                return {"kind": block.kind, "figures": block.items}
            case Table():
                return self._table(block)
            case Chart():
                return self._chart(block)
            case PageBreak():
                return {"kind": block.kind}
        raise TypeError(f"no HTML for a {block.kind}")

    def _table(self, table: Table) -> Plain:
        caption = visible_title(table.caption)
        looks = [_look(table, n) for n in range(len(table.columns))]
        rows = [
            [
                _cell(text, look, head=n == 0 and table.row_header)
                for n, (text, look) in enumerate(zip(row, _row_looks(table, row, looks), strict=True))
            ]
            for row in table.rows
        ]
        return {
            "kind": table.kind,
            "name": unused(f"Table: {caption}", self.names, ", "),
            "caption": caption,
            "columns": [{"text": c.title, "look": look} for c, look in zip(table.columns, looks, strict=True)],
            "rows": rows,
            "short": sum(not column.long for column in table.columns) if table.long else 0,
            "cards": len(table.columns) >= CARDS,
            "empty": EMPTY,
            "same": caption == self.under,
            "note": table.note,
        }

    def _chart(self, chart: Chart) -> Plain:
        from markupsafe import Markup

        self.charts += 1
        return {
            "kind": chart.kind,
            "title": visible_title(chart.title),
            "alt": chart.alt if chart.alt.strip() else NO_ALT,
            # Our own drawings: every text in them is escaped where it is drawn.
            "broad": Markup(svg(chart, width=BROAD, ids=f"{self.charts}-b-", accent=self.accent)),
            "slim": Markup(svg(chart, width=SLIM, ids=f"{self.charts}-s-", accent=self.accent)),
            "table": self._table(chart.data),
        }


def _row_looks(table: Table, row: Cells, looks: list[str]) -> list[str]:
    """Return the classes of the cells of a row; of a table that may be cut, ``more`` is what can go in print."""
    if not table.counted_as:
        return looks
    kept = kept_cells(row, table.long)
    return [look + " more" * (text != part) for look, text, part in zip(looks, row, kept, strict=True)]


def _look(table: Table, n: int) -> str:
    """Return the classes of a column: right-aligned, long, named."""
    column = table.columns[n]
    if column.long:
        return "l" + " spare" * column.spare
    if column.right:
        return "r"
    named = n == 0 and any(len(row[0]) > NAME for row in table.rows)
    return "m" if named else ""


_WHOLE = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}|[A-Z]{1,4}-\d+|\d+ days? late")  # a day, a ref, how late


def _cell(text: str, look: str = "", *, head: bool = False) -> Plain:
    """Return a cell; a rating in it has a level, and short ones stay on one line."""
    if len(text) <= SHORT and look[:1] != "l" and not head:
        look = f"{look} w".strip()
    if _WHOLE.fullmatch(text):
        look = f"{look} d".strip()  # on a line in print too
    return {"text": text, "level": rating_of(text), "look": look, "head": head}
