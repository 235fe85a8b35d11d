"""A paper's tables as an OpenDocument spreadsheet (ODF 1.3): a cover, its words, and a sheet for each kind of table."""

from tracker.reports.files.canonical import digest
from tracker.reports.model import Column, Report, Table
from tracker.reports.render.cell_values import Value, cells
from tracker.reports.render.heading import header_facts
from tracker.reports.render.native_charts import drawings, undrawn
from tracker.reports.render.odf.parts import (
    SHEET,
    SPACES,
    VERSION,
    Part,
    description,
    flat,
    full_title,
    package,
    quoted,
    typed,
    xml_part,
)
from tracker.reports.render.odf.sheet_charts import placed, row_style
from tracker.reports.render.odf.sheet_formats import formats
from tracker.reports.render.odf.sheet_styles import SHARED, column_style, cover_styles, frozen_rows, styles_xml
from tracker.reports.render.sheets import NOTHING, Sheet, sheets_of
from tracker.reports.render.statuses import is_status, rating_of
from tracker.reports.render.wording import meanings
from tracker.reports.rendering import PLAIN, Brand, Rendered
from tracker.reports.typography.table_widths import sheet_widths

_ROOM = 30.0  # centimetres: a landscape page, a little smaller


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper's tables as an .ods file: figures are numbers, days are days, texts are never formulas.

    Its notes say when there were too many charts.
    """
    every = sheets_of(report)
    drawn, figures = drawings(every)
    every += [figures] if figures is not None else []
    sheets = [_sheet("Cover", _cover(report, every), links={one.name: _link(one) for one in every})]
    objects: list[Part] = []
    heights: set[float] = set()
    for one in every:
        below = placed(drawn.get(one.name, []), len(objects) // 2 + 1, len(one.table.columns))
        sheets.append(_sheet(one.name, one.table, below.rows))
        objects += below.parts
        heights |= set(below.heights)
    used = {value.form for _, _, rows in sheets for row in rows for value in row}
    widths = sorted({one for _, across, _ in sheets for one in across})
    looks = cover_styles() + "".join(column_style(one) for one in widths) + formats(used - SHARED)
    looks += "".join(row_style(one) for one in sorted(heights))
    content = (
        f"<office:document-content {SPACES} {VERSION}><office:automatic-styles>{looks}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(xml for xml, _, _ in sheets)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    parts = [
        description(report),
        xml_part("styles.xml", styles_xml(report, brand)),
        xml_part("settings.xml", frozen_rows(["Cover", *(one.name for one in every)])),
        xml_part("content.xml", content),
        *objects,
    ]
    return Rendered(package(SHEET, parts), undrawn("ODS", every, drawn))


def _cover(report: Report, sheets: list[Sheet]) -> Table:
    """Return the first sheet: what this is, what is on each sheet, and what the figures mean."""
    header = report.header
    rows = [("Paper", full_title(header)), *header_facts(header), ("SHA-256", digest(report))]
    rows += [("Program", header.generator)] if header.generator else []
    rows += [(one.name, one.table.caption or one.name) for one in sheets]
    rows += meanings(report)
    return Table("cover", full_title(header), (Column("About"), Column("Value", long=True)), tuple(rows))


def _link(sheet: Sheet) -> str:
    """Return a cell that leads to a sheet, as XML."""
    place = quoted(f"#'{sheet.name}'.A1")
    said = f'<text:p><text:a xlink:type="simple" xlink:href={place}>{flat(sheet.name)}</text:a></text:p>'
    return f'<table:table-cell table:style-name="text" office:value-type="string">{said}</table:table-cell>'


def _sheet(
    name: str, table: Table, below: str = "", links: dict[str, str] | None = None
) -> tuple[str, list[float], list[list[Value]]]:
    """Return a sheet as XML, the widths of its columns in centimetres, and its values; an empty one says so.

    ``below`` are more rows; ``links`` are cells that stand for texts of the first column.
    """
    rows = cells(table) or [[Value("string", "", NOTHING if n == 0 else "", "text") for n in range(len(table.columns))]]
    rows = [[_looked(value, named=table.row_header and n == 0) for n, value in enumerate(row)] for row in rows]
    widths = [round(one, 1) for one in sheet_widths(table, _ROOM)]
    columns = "".join(f'<table:table-column table:style-name="C{round(one * 100)}"/>' for one in widths)
    head = "".join(
        cell_xml(
            Value("string", "", column.title or f"Column {n}", "head-right" if column.align == "right" else "head")
        )
        for n, column in enumerate(table.columns, 1)
    )
    body = "".join(
        _row("".join([(links or {}).get(row[0].text) or cell_xml(row[0]), *(cell_xml(value) for value in row[1:])]))
        for row in rows
    )
    top = f"<table:table-header-rows>{_row(head)}</table:table-header-rows>"
    title = f"<table:title>{flat(table.caption)}</table:title>" if table.caption else ""
    inside = f"{title}{columns}{top}{body}{below}"
    return f'<table:table table:name={quoted(name)} table:style-name="sheet">{inside}</table:table>', widths, rows


def _looked(value: Value, *, named: bool) -> Value:
    """Return a text in the look of a rating, or of what names a row."""
    if value.form != "text":
        return value
    if is_status(value.text):
        return value._replace(form=f"status-{rating_of(value.text)}")
    return value._replace(form="name") if named else value


def _row(inside: str) -> str:
    return f'<table:table-row table:style-name="row">{inside}</table:table-row>'


def cell_xml(value: Value) -> str:
    """Return a cell as XML; a text is a text, whatever it begins with."""
    style = f' table:style-name="{value.form}"' if value.form else ""
    if not value.text:
        return f"<table:table-cell{style}/>"
    said = f'office:value-type="{value.kind}"'
    if value.kind == "date":
        said += f' office:date-value="{value.value}"'
    elif value.kind != "string":
        said += f' office:value="{value.value}"'
    if value.kind == "currency":
        said += f' office:currency="{flat(value.text[:3])}"'
    lines = "".join(f"<text:p>{typed(line)}</text:p>" for line in value.text.split("\n"))
    return f"<table:table-cell{style} {said}>{lines}</table:table-cell>"
