"""Each kind of block as the body of a Word document."""

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
from tracker.reports.paged import Narrow, beside, stepped
from tracker.reports.render.chart_pictures import caption_of, drawn, figures_below, room_of, where_figures_are
from tracker.reports.render.docx.body import Body
from tracker.reports.render.docx.styles import BULLETS, NUMBERS, level_style
from tracker.reports.render.docx.tables import across, add_figures, add_table
from tracker.reports.render.docx.xml import TAB, runs
from tracker.reports.render.one_page import AROUND, HEADING, condensed, facts_indent, quoted_by
from tracker.reports.typography.measuring import PAGE

_DEEPEST = 3
_PIXELS = 1200  # across the page: sharp in print, small in the file
_TALLEST = 9.5  # centimetres
_LETTERS = 12  # points
_LEAST_LABEL = 3.2  # centimetres
_TOGETHER = 10  # facts that stay on a page
_SMALL = (14, 12)  # rows and columns of a table that a chart has below it


def add_section(body: Body, section: Section, mark: str) -> None:
    """Add a section with all its blocks; ``mark`` is the name that links find it by."""
    shares = bool(section.one_page and body.page_points)
    if section.new_page:
        body.fresh_page()
    if shares and body.parts:
        body.end_section(close=False)
    usual = body.room
    title = section.title if section.title.strip() else "Untitled"
    if shares:
        body.points, body.room = body.page_points, body.page_room
    _heading(body, title, 1, mark)
    begun = False  # a page break right below the title of a page would leave that alone on it
    blocks = stepped(condensed(section) if body.points else section.blocks, _DEEPEST)
    for block in beside(blocks) if body.figures else blocks:
        if isinstance(block, tuple):
            _charts(body, block)
        elif begun or not isinstance(block, PageBreak):
            add_block(body, block)
        begun = True
    if shares:
        body.end_section(close=True)
    body.points, body.room = 0.0, usual


def _heading(body: Body, text: str, level: int, mark: str = "") -> None:
    body.under = text
    said = runs(text if text.strip() else "Untitled", size=body.points * HEADING)
    around = AROUND["heading"] if body.points else None
    body.paragraph(f"Heading {level}", body.marked(mark, said) if mark else said, text, around=around)


def add_block(body: Body, block: Block) -> None:
    """Add a block of any kind. Raises TypeError for one that no paper has."""
    match block:
        case Heading():
            _heading(body, block.text, block.level)
        case Paragraph():
            body.paragraph("Normal", runs(block.text), block.text)
        case Quote():
            if body.points:
                body.paragraph("Quote", runs(quoted_by(block)), block.text)
                return
            body.paragraph("Quote", runs(f"“{block.text}”"), block.text, keep=True)
            body.paragraph("Paper Source", runs(f"— {block.source}"), block.source)
        case Facts():
            add_facts(body, block.items)
        case Bullets():
            _bullets(body, block)
        case Signal():
            said = runs(f"{block.label}: ", bold=True) + runs(block.sentence)
            body.paragraph(level_style(block.level), said, block.sentence)
        case Callout():
            body.paragraph("Paper Callout", runs(f"{block.label}: ", bold=True) + runs(block.text), block.text)
        case Missing():
            body.paragraph("Paper Missing", runs(block.text), block.text)
        case Figures():
            add_figures(body, block)
        case PageBreak():
            body.fresh_page()
        case Table():
            add_table(body, block)
        case Chart():
            _chart(body, block)
        case _:
            raise TypeError(f"no Word text for a {block.kind}")


def add_facts(body: Body, items: tuple[tuple[str, str], ...]) -> None:
    """Add labels and their values, one under the other, the values in line."""
    labels = max((PAGE.width(f"{label}:", _LETTERS, bold=True) for label, _ in items), default=0.0) + 0.4
    indent = min(max(labels, 0.0 if body.long else _LEAST_LABEL), body.room * 0.45)
    if body.points:
        indent = facts_indent(items, body.points, body.room)
    for number, (label, value) in enumerate(items, 1):
        together = number < len(items) <= _TOGETHER
        said = runs(f"{label}:", bold=True) + TAB + runs(value)
        body.paragraph("Paper Facts", said, label, keep=together, hanging=indent)


def _bullets(body: Body, bullets: Bullets) -> None:
    numbered = body.new_list(bullets.ordered) if bullets.items else 0
    style = NUMBERS if bullets.ordered else BULLETS
    for item in bullets.items:
        body.paragraph(style, runs(item), item, numbered=numbered)


def _charts(body: Body, charts: Narrow) -> None:
    """Add charts whose figures stand in an annex; narrow ones side by side, one caption for both."""
    caption = caption_of(charts, body.figures)
    body.paragraph("Caption", runs(caption), charts[0].title, keep=True)
    most = (room_of(charts, body.room), _TALLEST)
    pngs = zip(drawn(charts, _PIXELS), charts, strict=True)
    pictures = [body.picture(one, chart.title, chart.alt, most) for one, chart in pngs]
    body.paragraph("Paper Picture", runs("  ").join(pictures))


def _chart(body: Body, chart: Chart) -> None:
    """Add a chart as a picture, and its figures below it unless they would fill a page."""
    from tracker.reports.charts import svg
    from tracker.reports.typography.raster import png

    if body.figures:
        _charts(body, (chart,))
        return
    body.paragraph("Caption", runs(chart.title), chart.title, keep=True)
    picture = body.picture(png(svg(chart), _PIXELS), chart.title, chart.alt, (body.room, _TALLEST))
    body.paragraph("Paper Picture", picture)
    if table := figures_below(chart, _SMALL):
        add_table(body, across(table, body.room))
    else:
        body.paragraph("Paper Note", runs(f"{chart.alt} {where_figures_are(chart)}"), chart.alt)
