"""Native charts of an OpenDocument spreadsheet: small documents of their own, whose figures are cells of the sheets."""

from typing import NamedTuple

from tracker.reports.charts.palette import INK, SERIES, SOFT, TARGET
from tracker.reports.model import Chart
from tracker.reports.render.native_charts import TINT, TOP, Drawn, Line, decimals, height_of, top_of
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


def placed(charts: list[Drawn], first: int, columns: int) -> Placed:
    """Return the charts that stand below a table, two beside each other when there are more than one.

    ``first`` is the number of the first of them among all charts of the file. A row is as high as its charts.
    """
    across, wide = (1, _WIDE) if len(charts) == 1 else (2, _NARROW)
    rows, heights, parts = [], [], []
    for start in range(0, len(charts), across):
        beside = charts[start : start + across]
        high = round(max(height_of(one.chart) for one in beside) * _CM, 1)
        frames = ""
        for n, one in enumerate(beside):
            number = first + start + n
            frames += _frame(one.chart, number, (n * (wide + _GAP), _ABOVE, wide, high))
            path = f"Object {number}"
            parts += [Part(f"{path}/", b"", MEDIA), Part(f"{path}/content.xml", _content(one, wide, high))]
        heights.append(round(high + _ABOVE + 0.1, 1))
        empty = "<table:table-cell/>" * (columns - 1)
        cell = f"<table:table-cell>{frames}</table:table-cell>{empty}"
        rows.append(f'<table:table-row table:style-name="R{round(heights[-1] * 10)}">{cell}</table:table-row>')
    return Placed("".join(rows), tuple(heights), tuple(parts))


def row_style(high: float) -> str:
    """Return the style of a row that holds charts."""
    return (
        f'<style:style style:name="R{round(high * 10)}" style:family="table-row"><style:table-row-properties '
        f'style:row-height="{high:g}cm" style:use-optimal-row-height="false"/></style:style>'
    )


def _frame(chart: Chart, number: int, box: tuple[float, float, float, float]) -> str:
    x, y, wide, high = (f"{one:g}cm" for one in box)
    place = f'svg:x="{x}" svg:y="{y}" svg:width="{wide}" svg:height="{high}"'
    link = f'xlink:href="./Object {number}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    said = f"<svg:title>{flat(chart.title)}</svg:title><svg:desc>{flat(chart.alt)}</svg:desc>"
    named = f'draw:style-name="frame" draw:name="Chart {number}"'
    return f"<draw:frame {named} {place}><draw:object {link}/>{said}</draw:frame>"


def _content(one: Drawn, wide: float, high: float) -> bytes:
    """Return content.xml of a chart: bars across, or columns with their intervals and the line of a target."""
    chart, bars = one.chart, one.chart.form != "interval"
    series = "".join(_series(chart, line, n, bars) for n, line in enumerate(one.lines))
    styles = "".join(_series_style(chart, line, n, bars) for n, line in enumerate(one.lines))
    if chart.target is not None and not bars:
        series += _target(one.lines[0])
    many = series.count("<chart:series ") > 1
    legend = '<chart:legend chart:legend-position="bottom" chart:style-name="legend"/>' if many else ""
    first = one.lines[0]
    plot = (
        '<chart:plot-area chart:style-name="plot" chart:data-source-has-labels="both">'
        '<chart:axis chart:dimension="x" chart:name="primary-x" chart:style-name="x">'
        f"<chart:categories table:cell-range-address={_range(first, first.label)}/></chart:axis>"
        f'<chart:axis chart:dimension="y" chart:name="primary-y" chart:style-name="y"/>{series}'
        '<chart:wall chart:style-name="wall"/></chart:plot-area>'
    )
    title = words(one.said or chart.title or "Untitled")
    head = f'<chart:title chart:style-name="title"><text:p>{title}</text:p></chart:title>'
    body = (
        f'<chart:chart svg:width="{wide:g}cm" svg:height="{high:g}cm" chart:class="chart:bar" '
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
    top = line.row - TOP + 1
    end = top + line.many - 1
    return quoted(f"'{line.sheet}'.{_letters(column)}{top}:{_letters(column)}{end}")


def _cell(line: Line) -> str:
    row, column = line.name
    return quoted(f"'{line.sheet}'.{_letters(column)}{row - TOP + 1}")


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)


def _series(chart: Chart, line: Line, number: int, bars: bool) -> str:
    reach = ""
    if line.reach:
        reach = f'<chart:error-indicator chart:dimension="y" chart:style-name="reach{number}"/>'
    points = f'<chart:data-point chart:repeated="{line.many}"/>'
    return (
        f'<chart:series chart:style-name="s{number}" chart:values-cell-range-address={_range(line, line.value)} '
        f'chart:label-cell-address={_cell(line)} chart:class="chart:bar">{reach}{points}</chart:series>'
    )


def _target(line: Line) -> str:
    head = quoted(f"'{line.sheet}'.{_letters(line.target)}1")
    return (
        f'<chart:series chart:style-name="target" chart:values-cell-range-address={_range(line, line.target)} '
        f'chart:label-cell-address={head} chart:class="chart:line">'
        f'<chart:data-point chart:repeated="{line.many}"/></chart:series>'
    )


def _styles(chart: Chart, bars: bool) -> str:
    """Return the looks of a chart and its axes; bars lie, and begin at nought."""
    known = [v for one in chart.series for v in one.values if v is not None]
    least = ' chart:minimum="0"' if all(v >= 0 for v in known) else ""
    most = f' chart:maximum="{top:g}"' if not bars and (top := top_of(chart)) else ""
    lying = ' chart:vertical="true"' if bars else ""
    ticks = ' chart:tick-marks-major-inner="false" chart:tick-marks-major-outer="false"'
    none = '<style:graphic-properties draw:stroke="none" draw:fill="none"/>'
    line = f'<style:graphic-properties draw:stroke="solid" svg:stroke-color="{SOFT}"/>'
    return (
        _figures(chart)
        + _style("chart", "", none + _LETTERS)
        + _style("wall", "", none)
        + _style("title", "", _HEAD)
        + _style("legend", "", _LETTERS)
        + _style("plot", f'{lying} chart:treat-empty-cells="leave-gap"', "")
        + _style(
            "x",
            f' chart:display-label="true"{ticks}{" chart:reverse-direction=" + _TRUE if bars else ""}',
            line + _LETTERS,
        )
        + _style(
            "y",
            f' chart:display-label="{"false" if bars else "true"}"{ticks}{least}{most}',
            (none if bars else line) + _LETTERS,
        )
        + _style(
            "target",
            ' chart:symbol-type="none"',
            f'<style:graphic-properties draw:stroke="solid" svg:stroke-width="0.07cm" svg:stroke-color="{TARGET}"/>',
        )
    )


def _figures(chart: Chart) -> str:
    """Return the number format of the figures of a chart."""
    places = len(decimals(chart).partition(".")[2])
    return (
        f'<number:number-style style:name="N"><number:number number:decimal-places="{places}" '
        f'number:min-decimal-places="{places}" number:min-integer-digits="1" number:grouping="true"/>'
        "</number:number-style>"
    )


def _series_style(chart: Chart, line: Line, number: int, bars: bool) -> str:
    fill = TINT if not bars and len(chart.series) == 1 else SERIES[number % len(SERIES)]
    label = ' chart:data-label-number="value"' + ("" if bars else ' chart:label-position="near-origin"')
    look = f'<style:graphic-properties draw:fill="solid" draw:fill-color="{fill}" draw:stroke="solid" '
    found = _style(f"s{number}", label, f'{look}svg:stroke-color="{INK}"/>{_LETTERS}')
    if line.reach:
        below, above = (_range(line, line.reach + n) for n in (0, 1))
        ends = f" chart:error-lower-range={below} chart:error-upper-range={above}"
        shown = f" chart:error-lower-indicator={_TRUE} chart:error-upper-indicator={_TRUE}"
        stroke = f'<style:graphic-properties draw:stroke="solid" svg:stroke-width="0.05cm" svg:stroke-color="{INK}"/>'
        found += _style(f"reach{number}", f' chart:error-category="cell-range"{ends}{shown}', stroke)
    return found


def _style(name: str, properties: str, rest: str) -> str:
    numbers = "" if name not in ("y", "s0", "s1", "s2", "s3") else ' style:data-style-name="N"'
    unlinked = ' chart:link-data-style-to-source="false"' if numbers else ""
    return (
        f'<style:style style:name="{name}" style:family="chart"{numbers}>'
        f"<style:chart-properties{properties}{unlinked}/>{rest}</style:style>"
    )
