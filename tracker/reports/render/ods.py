"""A paper's tables as an OpenDocument spreadsheet (ODF 1.3): a cover, its words, and a sheet for each table."""

from tracker.reports.canonical import digest
from tracker.reports.model import (
    Block,
    Bullets,
    Callout,
    Chart,
    Column,
    Facts,
    Figures,
    Heading,
    Missing,
    PageBreak,
    Paragraph,
    Quote,
    Report,
    Signal,
    Table,
)
from tracker.reports.render.heading import header_facts
from tracker.reports.render.odf_parts import (
    SHEET,
    SPACES,
    VERSION,
    description,
    flat,
    full_title,
    package,
    quoted,
    xml_part,
)
from tracker.reports.render.ods_formats import formats
from tracker.reports.render.ods_styles import column_style, cover_styles, frozen_rows, styles_xml
from tracker.reports.render.ods_values import Value, cells
from tracker.reports.rendering import PLAIN, Brand, Rendered

_DEFINITIONS = ("about", "definitions")  # sections that say what the figures mean
_FORBIDDEN = str.maketrans(dict.fromkeys("[]*?:/\\'\"", " "))
_LONGEST = 31
_NARROW, _WIDE = 2.2, 11.0  # centimetres
_EM = 0.21


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the paper's tables as an .ods file: figures are numbers, days are days, texts are never formulas."""
    tables = [table for section in report.sections for block in section.blocks if (table := _table_of(block))]
    wording = Table("text", "What the paper says in words", _WORDS, tuple(_wording(report)))
    every = [*([wording] if wording.rows else []), *tables]
    names = _names(every)
    cover = _cover(report, list(zip(names, every, strict=True)))
    sheets = [_sheet(name, table) for name, table in zip(("Cover", *names), (cover, *every), strict=True)]
    used = {value.form for _, _, rows in sheets for row in rows for value in row if value.form not in ("", "text")}
    widths = sorted({one for _, across, _ in sheets for one in across})
    looks = cover_styles() + "".join(column_style(one) for one in widths) + formats(used)
    content = (
        f"<office:document-content {SPACES} {VERSION}><office:automatic-styles>{looks}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(xml for xml, _, _ in sheets)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    parts = [
        description(report),
        xml_part("styles.xml", styles_xml(report, brand)),
        xml_part("settings.xml", frozen_rows(["Cover", *names])),
        xml_part("content.xml", content),
    ]
    return Rendered(package(SHEET, parts))


def _table_of(block: Block) -> Table | None:
    return block.data if isinstance(block, Chart) else block if isinstance(block, Table) else None


_WORDS = (Column("Section"), Column("Kind"), Column("Label"), Column("Text", long=True))


def _wording(report: Report) -> list[tuple[str, str, str, str]]:
    """Return a row for each thing that the paper says outside its tables."""
    return [
        (section.title, kind, label, text)
        for section in report.sections
        if section.id not in _DEFINITIONS  # they stand on the cover
        for block in section.blocks
        for kind, label, text in said(block)
    ]


def said(block: Block) -> list[tuple[str, str, str]]:
    """Return what a block says in words: kind, label and text of each part. Raises TypeError for an unknown block."""
    match block:
        case Heading():
            return [("Heading", "", block.text)]
        case Paragraph():
            return [("Paragraph", "", block.text)]
        case Quote():
            return [("Quote", block.source, block.text)]
        case Facts():
            return [("Fact", label, value) for label, value in block.items]
        case Bullets():
            return [("Item", str(n) if block.ordered else "", item) for n, item in enumerate(block.items, 1)]
        case Signal():
            return [("Signal", block.label, block.sentence)]
        case Callout():
            return [("Note", block.label, block.text)]
        case Missing():
            return [("Missing", "", block.text)]
        case Figures():
            return [("Figure", what, f"{value}; {note}" if note else value) for value, what, note in block.items]
        case Chart():
            return [("Chart", block.title, block.alt)]
        case Table():
            return [("Note", block.caption, block.note)] if block.note else []
        case PageBreak():
            return []
    raise TypeError(f"no spreadsheet for a {block.kind}")


def _cover(report: Report, sheets: list[tuple[str, Table]]) -> Table:
    """Return the first sheet: what this is, what the figures mean, and what is on each sheet."""
    header = report.header
    rows = [("Paper", full_title(header)), *header_facts(header), ("SHA-256", digest(report))]
    rows += [("Program", header.generator)] if header.generator else []
    for section in report.sections:
        if section.id in _DEFINITIONS:
            rows += [(section.title, text) for block in section.blocks for _, _, text in said(block)]
    rows += [(f"Sheet {name}", table.caption or name) for name, table in sheets]
    return Table("cover", full_title(header), (Column("About"), Column("Value", long=True)), tuple(rows))


def _names(tables: list[Table]) -> list[str]:
    """Return a name for each sheet: short, without signs that a program forbids, no two alike."""
    found: list[str] = []
    taken = {"cover"}
    for number, table in enumerate(tables, 1):
        plain = " ".join((table.id or table.caption).replace("-", " ").replace("_", " ").translate(_FORBIDDEN).split())
        name = (plain[:1].upper() + plain[1:])[:_LONGEST].strip() or f"Table {number}"
        again = 1
        first = name
        while name.casefold() in taken:
            again += 1
            name = f"{first[: _LONGEST - len(str(again)) - 1].strip()} {again}"
        taken.add(name.casefold())
        found.append(name)
    return found


def _sheet(name: str, table: Table) -> tuple[str, list[float], list[list[Value]]]:
    """Return a sheet as XML, the widths of its columns in centimetres, and its values."""
    rows = cells(table)
    widths = [_width([column.title, *(row[n] for row in table.rows)]) for n, column in enumerate(table.columns)]
    columns = "".join(f'<table:table-column table:style-name="C{round(one * 100)}"/>' for one in widths)
    head = "".join(
        Value("string", "", column.title or f"Column {n}", "head-right" if column.align == "right" else "head").xml()
        for n, column in enumerate(table.columns, 1)
    )
    body = "".join(_row("".join(value.xml() for value in row)) for row in rows)
    top = f"<table:table-header-rows>{_row(head)}</table:table-header-rows>"
    title = f"<table:title>{flat(table.caption)}</table:title>" if table.caption else ""
    xml = f'<table:table table:name={quoted(name)} table:style-name="sheet">{title}{columns}{top}{body}</table:table>'
    return xml, widths, rows


def _row(inside: str) -> str:
    return f'<table:table-row table:style-name="row">{inside}</table:table-row>'


def _width(texts: list[str]) -> float:
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    return round(min(max(longest * _EM + 0.5, _NARROW), _WIDE), 1)
