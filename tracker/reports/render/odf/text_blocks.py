"""Each kind of block as the text of an OpenDocument."""

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
from tracker.reports.render.odf.parts import quoted, words
from tracker.reports.render.odf.styles import FACT_INDENT, size
from tracker.reports.render.odf.text_body import KEEP, PREFIX, Body
from tracker.reports.render.odf.text_tables import add_figures, add_table
from tracker.reports.render.office_look import BODY, level_name
from tracker.reports.render.one_page import AROUND, HEADING, condensed, facts_indent, quoted_by
from tracker.reports.typography.measuring import CM, PAGE

_DEEPEST = 4
_PIXELS = 1100  # across the page, 160 an inch: sharp in print, small in the file, quick to make
_TALLEST = 12.0  # centimetres
_FACT_WIDER = 6.8  # centimetres, for facts with a long label
_TOGETHER = 10  # facts that stay on a page
_SMALL = (12, 8)  # rows and columns of a table that a chart has below it


def bold(text: str) -> str:
    """Return a text in bold letters."""
    return f'<text:span text:style-name="{PREFIX}Bold">{words(text)}</text:span>'


def add_heading(body: Body, text: str, level: int, mark: str = "") -> None:
    """Add a heading; 1 is a section's. ``mark`` is the name that links and page numbers find it by."""
    body.under = text
    look, letters = KEEP, ""  # a template may not say so
    if body.points:
        look, letters = f"{KEEP} {close(*AROUND['heading'])}", size(body.points * HEADING)
    style = body.style(f"Heading {level}", text, paragraph=look, letters=letters)
    inside = words(text) if text.strip() else "Untitled"
    if mark:
        inside = f"<text:bookmark-start text:name={quoted(mark)}/>{inside}<text:bookmark-end text:name={quoted(mark)}/>"
    body.add(f'<text:h text:style-name="{style}" text:outline-level="{level}">{inside}</text:h>')


def close(before: float, after: float) -> str:
    """Return the attributes of a paragraph for the points above and below it."""
    return f'fo:margin-top="{before * CM:.3f}cm" fo:margin-bottom="{after * CM:.3f}cm"'


def add_section(body: Body, section: Section, mark: str) -> None:
    """Add a section with all its blocks."""
    if section.new_page:
        body.fresh_page()
    shares = bool(section.one_page and body.page_points)
    if body.masters and shares != body.apart:
        body.apart = shares
        body.turn_to(body.masters[shares])
    body.points = body.page_points if shares else 0.0
    usual, body.room = body.room, body.page_room if shares else body.room
    add_heading(body, section.title, 1, mark)
    blocks = stepped(condensed(section) if body.points else section.blocks, _DEEPEST)
    for block in beside(blocks) if body.figures else blocks:
        if isinstance(block, tuple):
            _charts(body, block)
        else:
            add_block(body, block)
    body.points, body.room = 0.0, usual


def add_block(body: Body, block: Block) -> None:
    """Add a block of any kind. Raises TypeError for one that no paper has."""
    match block:
        case Heading():
            add_heading(body, block.text, block.level)
        case Paragraph():
            body.paragraph("Text body", words(block.text), block.text)
        case Quote():
            _quote(body, block)
        case Facts():
            add_facts(body, block.items)
        case Bullets():
            _bullets(body, block)
        case Signal():
            said = f"{bold(block.label)}: {words(block.sentence)}"
            body.paragraph(f"Paper {level_name(block.level).replace('_', ' ').title()}", said)
        case Callout():
            body.paragraph("Paper Callout", f"{bold(block.label)}: {words(block.text)}", block.text)
        case Missing():
            body.paragraph("Paper Missing", words(block.text), block.text)
        case Figures():
            add_figures(body, block)
        case PageBreak():
            body.fresh_page()
        case Table():
            add_table(body, block)
        case Chart():
            _chart(body, block)
        case _:
            raise TypeError(f"no OpenDocument text for a {block.kind}")


def add_facts(body: Body, items: tuple[tuple[str, str], ...]) -> None:
    """Add labels and their values, one under the other."""
    called = [" ".join(label.split()) + ":" for label, _ in items]
    indent = FACT_INDENT if all(PAGE.width(one, BODY, True) < FACT_INDENT for one in called) else _FACT_WIDER
    if body.long:
        indent = min(indent, round(max((PAGE.width(one, BODY, True) for one in called), default=0.0) + 0.3, 1))
    if body.points:
        indent = facts_indent(items, body.points, body.room)
    moved = "" if indent == FACT_INDENT else f'fo:margin-left="{indent}cm" fo:text-indent="-{indent}cm"'
    for number, (label, (_, value)) in enumerate(zip(called, items, strict=True), 1):
        last = number == len(items)
        look = [
            moved,
            'fo:margin-bottom="0.25cm"' if last and not body.points else KEEP if len(items) <= _TOGETHER else "",
        ]
        style = body.style("Paper Facts", label, paragraph=" ".join(part for part in look if part))
        gap = "<text:tab/>" if body.points or PAGE.width(label, BODY, True) < indent else " "
        body.add(f'<text:p text:style-name="{style}">{bold(label)}{gap}{words(value)}</text:p>')


def _quote(body: Body, quote: Quote) -> None:
    if body.points:
        body.paragraph("Paper Quote", words(quoted_by(quote)), quote.text)
        return
    body.paragraph("Paper Quote", words(f"“{quote.text}”"), quote.text)
    body.paragraph("Paper Source", words(f"— {quote.source}"), quote.source)


def _bullets(body: Body, bullets: Bullets) -> None:
    last = len(bullets.items) - 1
    styles = [
        body.style("List", item, paragraph='fo:margin-bottom="0.25cm"' if n == last and not body.points else "")
        for n, item in enumerate(bullets.items)
    ]
    items = "".join(
        f'<text:list-item><text:p text:style-name="{style}">{words(item)}</text:p></text:list-item>'
        for style, item in zip(styles, bullets.items, strict=True)
    )
    kind = "Numbers" if bullets.ordered else "Bullets"
    if items:
        body.add(f'<text:list text:style-name="{PREFIX}{kind}">{items}</text:list>')


def _charts(body: Body, charts: Narrow) -> None:
    """Add charts whose figures stand in an annex; narrow ones side by side, one caption for both."""
    caption = caption_of(charts, body.figures)
    body.paragraph("Caption", words(caption), charts[0].title, keep=True)
    most = (room_of(charts, body.room), _TALLEST)
    pngs = zip(drawn(charts, _PIXELS), charts, strict=True)
    pictures = [body.picture(one, chart.title, chart.alt, most) for one, chart in pngs]
    body.paragraph("Paper Picture", " ".join(pictures))


def _chart(body: Body, chart: Chart) -> None:
    """Add a chart as a picture, and its figures below it unless they would fill a page."""
    from tracker.reports.charts import svg
    from tracker.reports.typography.raster import png

    if body.figures:
        _charts(body, (chart,))
        return
    body.paragraph("Caption", words(chart.title), chart.title, keep=True)
    picture = body.picture(png(svg(chart), _PIXELS), chart.title, chart.alt, (body.room, _TALLEST))
    body.paragraph("Paper Picture", picture)
    if table := figures_below(chart, _SMALL):
        add_table(body, table)
    else:
        body.paragraph("Paper Note", f"{words(chart.alt)} {where_figures_are(chart)}")
