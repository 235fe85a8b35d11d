"""Native charts of an OpenDocument spreadsheet: small documents of their own, whose figures are cells of the sheets."""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.reports.charts.palette import INK, SOFT, TARGET, series_colours
from tracker.reports.model import Chart
from tracker.reports.render.native_charts import TINT, Drawn, Line, decimals, height_of, top_of
from tracker.reports.render.odf.parts import DECLARATION, SPACES, VERSION, Part, flat, quoted, words

MEDIA = "application/vnd.oasis.opendocument.chart"
_ALL = f'{SPACES} xmlns:chart="urn:oasis:names:tc:opendocument:xmlns:chart:1.0"'
_CM = 2.54 / 96  # of a pixel
_WIDE, _NARROW, _GAP = 20.0, 14.5, 0.5  # centimetres of a chart alone in its row, and of one of two
_ABOVE = 0.4
_TRUE = '"true"'
_LETTERS = f'<style:text-properties fo:font-size="12pt" fo:font-family="Arial" fo:color="{INK}"/>'
_HEAD = f'<style:text-properties fo:font-size="13pt" fo:font-weight="bold" fo:font-family="Arial" fo:color="{INK}"/>'


class Placed(NamedTuple):
    """The charts of a sheet: its rows of them as XML, the heights of those rows in centimetres, and their files."""

    rows: str
    heights: tuple[float, ...]
    parts: tuple[Part, ...]


def placed(charts: list[Drawn], first: int, columns: int, accent: str) -> Placed:
    """Return the charts that stand below a table, two beside each other when there are more than one.

    ``first`` is the number of the first of them among all charts of the file. A row is as high as its charts.
    """
    colours = series_colours(accent)
    across = 2
    width = _NARROW
    if len(charts) == 1:
        across = 1
        width = _WIDE
    rows = []
    heights = []
    parts = []
    for start in range(0, len(charts), across):
        beside = charts[start : start + across]
        height = round(max(height_of(native.chart) for native in beside) * _CM, 1)
        frames = ""
        for n, native in enumerate(beside):
            number = first + start + n
            frames += _frame(native.chart, number, (n * (width + _GAP), _ABOVE, width, height))
            path = f"Object {number}"
            parts += [
                Part(f"{path}/", b"", MEDIA),
                Part(f"{path}/content.xml", _content(native, width, height, colours)),
            ]
        heights.append(round(height + _ABOVE + 0.1, 1))
        empty = "<table:table-cell/>" * (columns - 1)
        cell = f"<table:table-cell>{frames}</table:table-cell>{empty}"
        rows.append(f'<table:table-row table:style-name="R{round(heights[-1] * 10)}">{cell}</table:table-row>')
    return Placed("".join(rows), tuple(heights), tuple(parts))


def row_style(height: float) -> str:
    """Return the style of a row that holds charts."""
    return (
        f'<style:style style:name="R{round(height * 10)}" style:family="table-row"><style:table-row-properties '
        f'style:row-height="{height:g}cm" style:use-optimal-row-height="false"/></style:style>'
    )


def _frame(chart: Chart, number: int, box: tuple[float, float, float, float]) -> str:
    place = 'svg:x="{:g}cm" svg:y="{:g}cm" svg:width="{:g}cm" svg:height="{:g}cm"'.format(*box)
    link = f'xlink:href="./Object {number}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    about = f"<svg:title>{flat(chart.title)}</svg:title><svg:desc>{flat(chart.alt)}</svg:desc>"
    name = f'draw:style-name="frame" draw:name="Chart {number}"'
    return f"<draw:frame {name} {place}><draw:object {link}/>{about}</draw:frame>"


def _content(native: Drawn, width: float, height: float, colours: Sequence[str]) -> bytes:
    """Return content.xml of a chart: bars across, or columns with their intervals and the line of a target."""
    chart = native.chart
    first = native.lines[0]
    bars = chart.form != "interval"
    series = [_series(line, n) for n, line in enumerate(native.lines)]
    styles = "".join(_series_style(chart, line, n, bars, colours) for n, line in enumerate(native.lines))
    if chart.target is not None and not bars:
        series.append(_target(first))
    legend = ""
    if len(series) > 1:
        legend = '<chart:legend chart:legend-position="bottom" chart:style-name="legend"/>'
    plot = (
        '<chart:plot-area chart:style-name="plot" chart:data-source-has-labels="both">'
        '<chart:axis chart:dimension="x" chart:name="primary-x" chart:style-name="x">'
        f"<chart:categories table:cell-range-address={_range(first, first.label)}/></chart:axis>"
        f'<chart:axis chart:dimension="y" chart:name="primary-y" chart:style-name="y"/>{"".join(series)}'
        '<chart:wall chart:style-name="wall"/></chart:plot-area>'
    )
    title = words(native.said or chart.title or "Untitled")
    head = f'<chart:title chart:style-name="title"><text:p>{title}</text:p></chart:title>'
    body = (
        f'<chart:chart svg:width="{width:g}cm" svg:height="{height:g}cm" chart:class="chart:bar" '
        f'chart:style-name="chart">{head}{legend}{plot}</chart:chart>'
    )
    xml = (
        f"<office:document-content {_ALL} {VERSION}><office:automatic-styles>{_styles(chart, bars)}{styles}"
        f"</office:automatic-styles><office:body><office:chart>{body}</office:chart></office:body>"
        "</office:document-content>"
    )
    return (DECLARATION + xml).encode()


def _range(line: Line, column: int) -> str:
    """Return the cells of a column as an address; a header stands in the first row of a sheet here."""
    top = line.row + 1
    end = top + line.many - 1
    return quoted(f"'{line.sheet}'.{_letters(column)}{top}:{_letters(column)}{end}")


def _cell(line: Line) -> str:
    row, column = line.name
    return quoted(f"'{line.sheet}'.{_letters(column)}{row + 1}")


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)


def _series(line: Line, number: int) -> str:
    reach = ""
    if line.reach:
        reach = f'<chart:error-indicator chart:dimension="y" chart:style-name="reach{number}"/>'
    return _series_xml(f"s{number}", line, line.value, _cell(line), "bar", reach)


def _series_xml(style: str, line: Line, column: int, label: str, kind: str, reach: str = "") -> str:
    return (
        f'<chart:series chart:style-name="{style}" chart:values-cell-range-address={_range(line, column)} '
        f'chart:label-cell-address={label} chart:class="chart:{kind}">{reach}'
        f'<chart:data-point chart:repeated="{line.many}"/></chart:series>'
    )


def _target(line: Line) -> str:
    head = quoted(f"'{line.sheet}'.{_letters(line.target)}1")
    return _series_xml("target", line, line.target, head, "line")


def _styles(chart: Chart, bars: bool) -> str:
    """Return the looks of a chart and its axes; bars lie, and begin at zero."""
    ticks = ' chart:tick-marks-major-inner="false" chart:tick-marks-major-outer="false"'
    none = '<style:graphic-properties draw:stroke="none" draw:fill="none"/>'
    line = f'<style:graphic-properties draw:stroke="solid" svg:stroke-color="{SOFT}"/>'
    target = f'<style:graphic-properties draw:stroke="solid" svg:stroke-width="0.07cm" svg:stroke-color="{TARGET}"/>'
    lying = ""
    reverse = ""
    scale = line
    limits = ""
    if all(value >= 0 for series in chart.series for value in series.values if value is not None):
        limits = ' chart:minimum="0"'
    if bars:
        lying = f" chart:vertical={_TRUE}"
        reverse = f" chart:reverse-direction={_TRUE}"
        scale = none
    elif top := top_of(chart):
        limits += f' chart:maximum="{top:g}"'
    display = f' chart:display-label="{str(not bars).lower()}"'
    styles = (
        ("chart", "", none + _LETTERS),
        ("wall", "", none),
        ("title", "", _HEAD),
        ("legend", "", _LETTERS),
        ("plot", f'{lying} chart:treat-empty-cells="leave-gap"', ""),
        ("x", f" chart:display-label={_TRUE}{ticks}{reverse}", line + _LETTERS),
        ("y", f"{display}{ticks}{limits}", scale + _LETTERS),
        ("target", ' chart:symbol-type="none"', target),
    )
    return _figures(chart) + "".join(_style(*style) for style in styles)


def _figures(chart: Chart) -> str:
    """Return the number format of the figures of a chart."""
    places = len(decimals(chart).partition(".")[2])
    return (
        f'<number:number-style style:name="N"><number:number number:decimal-places="{places}" '
        f'number:min-decimal-places="{places}" number:min-integer-digits="1" number:grouping="true"/>'
        "</number:number-style>"
    )


def _series_style(chart: Chart, line: Line, number: int, bars: bool, colours: Sequence[str]) -> str:
    fill = colours[number % len(colours)]
    label = ' chart:data-label-number="value"'
    if not bars:
        label += ' chart:label-position="near-origin"'
        if len(chart.series) == 1:
            fill = TINT
    look = f'<style:graphic-properties draw:fill="solid" draw:fill-color="{fill}" draw:stroke="solid" '
    style = _style(f"s{number}", label, f'{look}svg:stroke-color="{INK}"/>{_LETTERS}')
    if not line.reach:
        return style
    ends = (
        f' chart:error-category="cell-range" chart:error-lower-range={_range(line, line.reach)} '
        f"chart:error-upper-range={_range(line, line.reach + 1)} chart:error-lower-indicator={_TRUE} "
        f"chart:error-upper-indicator={_TRUE}"
    )
    stroke = f'<style:graphic-properties draw:stroke="solid" svg:stroke-width="0.05cm" svg:stroke-color="{INK}"/>'
    return style + _style(f"reach{number}", ends, stroke)


def _style(name: str, properties: str, look: str) -> str:
    numbers = ""
    if name in ("y", "s0", "s1", "s2", "s3"):
        numbers = ' style:data-style-name="N"'
        properties += ' chart:link-data-style-to-source="false"'
    return (
        f'<style:style style:name="{name}" style:family="chart"{numbers}>'
        f"<style:chart-properties{properties}/>{look}</style:style>"
    )
