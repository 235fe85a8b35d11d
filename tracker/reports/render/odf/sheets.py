"""A paper's tables as an OpenDocument spreadsheet (ODF 1.3): a cover, its words, and a sheet for each kind of table."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tracker.reports.model import PLAIN, Brand, Column, Rendered, Report, Table
from tracker.reports.render.cell_values import Value, cells
from tracker.reports.render.heading import full_title
from tracker.reports.render.native_charts import drawings, undrawn
from tracker.reports.render.odf.parts import (
    SHEET,
    SPACES,
    VERSION,
    Part,
    description,
    flat,
    packed,
    quoted,
    typed,
    xml_part,
)
from tracker.reports.render.odf.sheet_charts import placed, row_style
from tracker.reports.render.odf.sheet_styles import (
    SHARED,
    column_style,
    cover_styles,
    formats,
    frozen_rows,
    lines_style,
    row_name,
    styles_xml,
)
from tracker.reports.render.sheets import NOTHING, Sheet, sheets_of
from tracker.reports.render.statuses import is_status, rating_of
from tracker.reports.render.wording import about, meanings
from tracker.reports.typography.table_widths import sheet_lines, sheet_widths
from tracker.rules.wording import optional

_ROOM = 30.0  # centimetres: a landscape page, a little smaller


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper's tables as an .ods file: figures are numbers, days are days, texts are never formulas.

    Its notes say when there were too many charts.
    """
    sheets = sheets_of(report)
    charts, figures = drawings(sheets)
    if figures is not None:
        sheets.append(figures)
    pages = [_page("Cover", _cover(report, sheets), links={sheet.name: _link(sheet) for sheet in sheets})]
    objects: list[Part] = []
    heights: set[float] = set()
    for sheet in sheets:
        below = placed(charts.get(sheet.name, []), len(objects) // 2 + 1, len(sheet.table.columns), brand.accent)
        pages.append(_page(sheet.name, sheet.table, below.rows))
        objects += below.parts
        heights |= set(below.heights)
    forms = {value.form for page in pages for row in page.rows for value in row}
    widths = sorted({width for page in pages for width in page.widths})
    looks = cover_styles() + "".join(map(column_style, widths)) + formats(forms - SHARED)
    looks += "".join(map(row_style, sorted(heights)))
    looks += "".join(map(lines_style, sorted(frozenset[int]().union(*(page.lines for page in pages)))))
    content = (
        f"<office:document-content {SPACES} {VERSION}><office:automatic-styles>{looks}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(page.xml for page in pages)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    parts = [
        description(report),
        xml_part("styles.xml", styles_xml(report, brand)),
        xml_part("settings.xml", frozen_rows(["Cover", *(sheet.name for sheet in sheets)])),
        xml_part("content.xml", content),
        *objects,
    ]
    return Rendered(packed(SHEET, parts), undrawn("ODS", sheets, charts))


def _cover(report: Report, sheets: list[Sheet]) -> Table:
    """Return the first sheet: what this is, what is on each sheet, and what the figures mean."""
    title = full_title(report.header)
    rows = [("Paper", title), *about(report)]
    rows += [sheet.entry for sheet in sheets]
    rows += meanings(report)
    return Table("cover", title, (Column("About"), Column("Value", long=True)), tuple(rows))


def _link(sheet: Sheet) -> str:
    """Return a cell that leads to a sheet, as XML."""
    place = quoted(f"#'{sheet.name}'.A1")
    link = f'<text:p><text:a xlink:type="simple" xlink:href={place}>{flat(sheet.name)}</text:a></text:p>'
    return f'<table:table-cell table:style-name="text" office:value-type="string">{link}</table:table-cell>'


class _Page(NamedTuple):
    """A sheet as XML, the widths of its columns in centimetres, and its values."""

    xml: str
    widths: list[float]
    rows: list[list[Value]]
    lines: frozenset[int]  # that its rows take


def _page(name: str, table: Table, below: str = "", links: Mapping[str, str] = MappingProxyType({})) -> _Page:
    """Return a sheet; an empty one says so. ``below`` are more rows, ``links`` cells for texts of the first column."""
    rows = cells(table)
    if not rows:
        texts = [NOTHING, *[""] * (len(table.columns) - 1)]
        rows = [[Value("string", "", text, "text") for text in texts]]
    rows = [[_looked(value, named=table.row_header and n == 0) for n, value in enumerate(row)] for row in rows]
    widths = [round(width, 1) for width in sheet_widths(table, _ROOM)]
    columns = "".join(f'<table:table-column table:style-name="C{round(width * 100)}"/>' for width in widths)
    head = "".join(
        cell_xml(Value("string", "", column.title or f"Column {n}", "head-right" if column.right else "head"))
        for n, column in enumerate(table.columns, 1)
    )
    lines = [_lines(row, widths) for row in rows]
    body = "".join(
        _row((links.get(row[0].text) or cell_xml(row[0])) + "".join(map(cell_xml, row[1:])), count)
        for row, count in zip(rows, lines, strict=True)
    )
    top = f"<table:table-header-rows>{_row(head)}</table:table-header-rows>"
    title = optional("<table:title>", flat(table.caption), "</table:title>")
    inside = f"{title}{columns}{top}{body}{below}"
    xml = f'<table:table table:name={quoted(name)} table:style-name="sheet">{inside}</table:table>'
    return _Page(xml, widths, rows, frozenset(lines))


def _lines(row: list[Value], widths: list[float]) -> int:
    """Return how many lines a row takes; its name is bold."""
    name = sheet_lines([row[0].text], widths[:1], bold=True)
    return max(name, sheet_lines([value.text for value in row[1:]], widths[1:]))


def _looked(value: Value, *, named: bool) -> Value:
    """Return a text in the look of a rating, or of what names a row."""
    if value.form != "text":
        return value
    if is_status(value.text):
        return value._replace(form=f"status-{rating_of(value.text)}")
    if named:
        return value._replace(form="name")
    return value


def _row(inside: str, lines: int = 1) -> str:
    return f'<table:table-row table:style-name="{row_name(lines)}">{inside}</table:table-row>'


def cell_xml(value: Value) -> str:
    """Return a cell as XML; a text is a text, whatever it begins with."""
    style = optional(' table:style-name="', value.form, '"')
    if not value.text:
        return f"<table:table-cell{style}/>"
    attributes = f'office:value-type="{value.kind}"'
    if value.kind == "date":
        attributes += f' office:date-value="{value.value}"'
    elif value.kind != "string":
        attributes += f' office:value="{value.value}"'
    if value.kind == "currency":
        attributes += f' office:currency="{flat(value.text[:3])}"'
    lines = "".join(f"<text:p>{typed(line)}</text:p>" for line in value.text.split("\n"))
    return f"<table:table-cell{style} {attributes}>{lines}</table:table-cell>"
