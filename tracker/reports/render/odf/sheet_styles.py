"""How the sheets of a spreadsheet look and print, one page across, and the number formats of its values."""

import re

from tracker.reports.charts.palette import RATINGS
from tracker.reports.model import Brand, Report
from tracker.reports.render.odf.parts import SPACES, VERSION, flat, language_attributes, origin, quoted
from tracker.reports.render.odf.styles import BOLD, fonts, size
from tracker.reports.render.office_look import page_size
from tracker.rules.wording import optional

_POINTS = 12.0
_LINE, _AROUND = 0.49, 0.12  # centimetres: from line to line, and around the lines of a row
SHARED = frozenset({"", "text", "name", *(f"status-{level}" for level in RATINGS)})  # cell styles of every file


def styles_xml(report: Report, brand: Brand) -> str:
    """Return styles.xml: fonts, language, page and footer."""
    letters = (
        'style:font-name="Paper" style:font-name-asian="Paper Asian" style:font-name-complex="Paper Complex" '
        f"{size(_POINTS)} {language_attributes(report.header.language)}"
    )
    pad = 'fo:padding="0.05cm" fo:padding-left="0.12cm" fo:padding-right="0.12cm"'
    look = f'<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top" {pad}/>'
    styles = (
        f'<style:default-style style:family="table-cell"><style:text-properties {letters}/></style:default-style>'
        f'<style:style style:name="Default" style:family="table-cell">{look}</style:style>'
        '<style:style style:name="Paper_20_cell" style:display-name="Paper cell" style:family="table-cell" '
        'style:parent-style-name="Default"><style:table-cell-properties fo:border-bottom="0.5pt solid #c8ccd0"/>'
        "</style:style>"
        f'<style:style style:name="Heading_20_row" style:display-name="Heading row" style:family="table-cell" '
        f'style:parent-style-name="Default"><style:table-cell-properties fo:background-color="#e8edf2" '
        f'fo:border-bottom="1.5pt solid {brand.accent}" style:vertical-align="bottom"/>'
        f"<style:text-properties {BOLD}/></style:style>"
    )
    tall, wide = page_size(brand)
    band = '<style:header-footer-properties fo:min-height="0.7cm" fo:margin-{}="0.3cm"/>'
    layout = (
        f'<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="{wide:g}cm" '
        f'fo:page-height="{tall:g}cm" style:print-orientation="landscape" fo:margin="1.5cm" '
        'style:scale-to-X="1"/>'
        f"<style:header-style>{band.format('bottom')}</style:header-style>"
        f"<style:footer-style>{band.format('top')}</style:footer-style></style:page-layout>"
    )
    return (
        f"<office:document-styles {SPACES} {VERSION}><office:font-face-decls>{fonts()}</office:font-face-decls>"
        f"<office:styles>{styles}</office:styles><office:automatic-styles>{layout}</office:automatic-styles>"
        f"<office:master-styles>{_master(report)}</office:master-styles></office:document-styles>"
    )


def _master(report: Report) -> str:
    paper = " · ".join(filter(None, (report.header.programme, report.header.classification)))
    return (
        '<style:master-page style:name="Default" style:page-layout-name="Page">'
        "<style:header><text:p><text:sheet-name>Sheet</text:sheet-name></text:p></style:header>"
        f"<style:footer><text:p>{flat(paper)} · {flat(origin(report))} · Page <text:page-number>1</text:page-number> "
        "of <text:page-count>1</text:page-count></text:p></style:footer></style:master-page>"
    )


def row_name(lines: int) -> str:
    """Return the name of the style of rows of so many lines."""
    if lines == 1:
        return "row"
    return f"lines{lines}"


def lines_style(lines: int) -> str:
    """Return the style of rows of so many lines: left to itself, an office cuts the last when it prints."""
    if lines == 1:
        return ""
    return (
        f'<style:style style:name="{row_name(lines)}" style:family="table-row"><style:table-row-properties '
        f'style:row-height="{_AROUND + lines * _LINE:.2f}cm" style:use-optimal-row-height="false"/></style:style>'
    )


def cover_styles() -> str:
    """Return the styles that every sheet uses."""
    end = '<style:paragraph-properties fo:text-align="end"/>'
    head = 'style:family="table-cell" style:parent-style-name="Heading_20_row"'
    return (
        '<style:style style:name="sheet" style:family="table" style:master-page-name="Default">'
        '<style:table-properties table:display="true"/></style:style>'
        '<style:style style:name="row" style:family="table-row">'
        '<style:table-row-properties style:use-optimal-row-height="true"/></style:style>'
        f'<style:style style:name="text" style:family="table-cell" style:parent-style-name="Paper_20_cell"/>'
        f'<style:style style:name="name" style:family="table-cell" style:parent-style-name="Paper_20_cell">'
        f"<style:text-properties {BOLD}/></style:style>{''.join(map(_status, RATINGS))}"
        '<style:style style:name="frame" style:family="graphic"><style:graphic-properties draw:stroke="none" '
        'draw:fill="none"/></style:style>'
        f'<style:style style:name="head" {head}/><style:style style:name="head-right" {head}>{end}</style:style>'
    )


def _status(level: str) -> str:
    """Return the style of a cell that is a rating and no more: its fill, beside the mark and the word."""
    return (
        f'<style:style style:name="status-{level}" style:family="table-cell" style:parent-style-name="Paper_20_cell">'
        f'<style:table-cell-properties fo:background-color="{RATINGS[level][1]}"/>'
        f"<style:text-properties {BOLD}/></style:style>"
    )


def column_style(width: float) -> str:
    """Return the style of a column so many centimetres wide."""
    return (
        f'<style:style style:name="C{round(width * 100)}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width:g}cm"/></style:style>'
    )


def frozen_rows(names: list[str]) -> str:
    """Return settings.xml, which keeps the header row of each sheet in sight."""
    rows = {"VerticalSplitMode": ("short", 2), "VerticalSplitPosition": ("int", 1), "ActiveSplitRange": ("short", 2)}
    rows |= {"PositionBottom": ("int", 1)}
    items = "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
        for name, (kind, value) in rows.items()
    )
    sheets = "".join(
        f"<config:config-item-map-entry config:name={quoted(name)}>{items}</config:config-item-map-entry>"
        for name in names
    )
    return (
        f"<office:document-settings {SPACES} {VERSION}><office:settings>"
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1'
        "</config:config-item>"
        f'<config:config-item-map-named config:name="Tables">{sheets}</config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )


_FORM = re.compile(r"(float|percentage|currency)(\d)(g?)(s?)(?:-([A-Z]{3}))?")
_END = '<style:paragraph-properties fo:text-align="end"/>'


def formats(forms: set[str]) -> str:
    """Return the number formats of these names, and the cell styles that use them, as XML.

    A name says the kind, the decimal places, g for grouped thousands, s for a plus that is shown, and a currency:
    “currency0gs-GBP”; or it is “date”, or “right” for a text in a column of numbers. Raises ValueError for another.
    """
    return "".join(_format(form) for form in sorted(forms))


def _format(form: str) -> str:
    if form == "right":
        return _cell_style(form, "", _END)
    if form == "date":
        return _days() + _cell_style(
            form, 'style:data-style-name="N-date"', '<style:paragraph-properties fo:text-align="start"/>'
        )
    match = _FORM.fullmatch(form)
    if match is None:
        raise ValueError(f"no number format “{form}”")
    return _number(form, *match.groups()) + _cell_style(form, f'style:data-style-name="N-{form}"', _END)


def _cell_style(form: str, attributes: str, inside: str) -> str:
    names = f'style:name="{form}" style:family="table-cell" style:parent-style-name="Paper_20_cell" {attributes}'
    return f"<style:style {names}>{inside}</style:style>"


def _days() -> str:
    gap = "<number:text> </number:text>"
    month = '<number:month number:textual="true"/>'
    year = '<number:year number:style="long"/>'
    return f'<number:date-style style:name="N-date"><number:day/>{gap}{month}{gap}{year}</number:date-style>'


def _number(form: str, kind: str, places: str, grouped: str, signed: str, code: str | None) -> str:
    """Return a format; one that shows a plus has others for what is below zero and for zero."""
    tag = "number-style"
    after = ""
    if kind == "percentage":
        tag = "percentage-style"
        after = "<number:text>%</number:text>"
    grouping = optional(' number:grouping="', grouped and "true", '"')
    before = optional("<number:text>", code, " </number:text>")
    digits = (
        f'<number:number number:decimal-places="{places}" number:min-decimal-places="{places}" '
        f'number:min-integer-digits="1"{grouping}/>'
    )

    def style(name: str, sign: str = "", rules: str = "") -> str:
        mark = optional("<number:text>", sign, "</number:text>")
        return f'<number:{tag} style:name="{name}">{before}{mark}{digits}{after}{rules}</number:{tag}>'

    if not signed:
        return style(f"N-{form}")
    rules = (
        f'<style:map style:condition="value()&lt;0" style:apply-style-name="N-{form}-below"/>'
        f'<style:map style:condition="value()=0" style:apply-style-name="N-{form}-zero"/>'
    )
    return style(f"N-{form}-below", "−") + style(f"N-{form}-zero") + style(f"N-{form}", "+", rules)
