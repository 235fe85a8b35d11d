"""Charts: drawn from their figures alone, readable without colour, and safe whatever their labels say."""

import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hostile import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_report import sample

from tracker.ratings import RATING_MARKS
from tracker.reports.charts import FORMS, palette, svg
from tracker.reports.charts.draw import NO_DATA, SIZE, SMALL, cut, dates_below, measured, number, ticks, wide, wrapped
from tracker.reports.model import Chart, Column, Series, Table

SVG = "{http://www.w3.org/2000/svg}"
DATA = Table("d", "Figures", (Column("Label"),), ())
PLAIN_SVG = {
    "svg",
    "title",
    "desc",
    "rect",
    "text",
    "line",
    "polyline",
    "polygon",
    "circle",
    "path",
    "g",
    "defs",
    "pattern",
}
CHARTS = {chart.id: chart for part in sample().sections for chart in part.blocks if isinstance(chart, Chart)}
steady = settings(derandomize=True, max_examples=60, deadline=None)
figure = st.none() | st.floats(-1e15, 1e15) | st.integers(-3, 100).map(float)


def chart(form: str, *values: tuple[float | None, ...], **more: object) -> Chart:
    labels = tuple(f"Label {n}" for n in range(max((len(one) for one in values), default=0)))
    series = tuple(Series(f"Series {n}", one) for n, one in enumerate(values))
    made = Chart("c", form, "Title", "Alternative", labels, series, DATA)
    return replace(made, **more)  # type: ignore[arg-type]


def read(drawing: str) -> ElementTree.Element:
    """Return a drawing that was read as XML."""
    return ElementTree.fromstring(drawing)


def said(drawing: str) -> list[str]:
    """Return the texts of a drawing."""
    return ["".join(found.itertext()) for found in read(drawing).iter(f"{SVG}text")]


def test_a_drawing_is_in_the_colour_of_the_house_and_its_series_stay_apart() -> None:
    drawn = svg(chart("bars", (1.0, 2.0), (2.0, 3.0)), accent="#7a1e48")
    assert "#7a1e48" in drawn and palette.BLUE not in drawn
    assert palette.series_colours("#7a1e48") == ("#7a1e48", palette.TEAL, palette.BLUE, palette.ORANGE)
    assert palette.series_colours(palette.BLUE) == palette.SERIES


def test_a_scale_that_does_not_begin_at_zero_says_so() -> None:
    far = chart("interval", (69.0, 83.0), unit="%")
    assert any(re.fullmatch(r"The scale begins at 65%", words) for words in said(svg(far)))
    assert any(words.startswith("Minutes; the scale begins at") for words in said(svg(replace(far, unit="minutes"))))
    assert not any("begins" in words for words in said(svg(chart("bars", (69.0, 83.0), unit="%"))))


def test_marks_and_words_have_contrast() -> None:
    on_white = [*palette.SERIES, palette.TARGET, *(rule for rule, _ in palette.RATINGS.values())]
    assert all(palette.contrast(colour, palette.WHITE) >= 3 for colour in on_white)
    assert palette.contrast(palette.INK, palette.WHITE) >= 4.5 <= palette.contrast(palette.SOFT, palette.WHITE)
    grounds = [*(fill for _, fill in palette.SHADES), *(fill for _, fill in palette.RATINGS.values())]
    assert all(palette.contrast(palette.INK, fill) >= 4.5 for fill in grounds)
    assert all(palette.contrast(rule, fill) >= 3 for rule, fill in palette.RATINGS.values())
    assert all(palette.contrast(palette.PLUM, fill) >= 3 for _, fill in palette.SHADES)
    assert set(palette.RATINGS) == set(RATING_MARKS)
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast(palette.lighter("#12436d", palette.DARK, 7), palette.DARK) >= 7


def test_words_use_no_other_colour() -> None:
    for one in CHARTS.values():
        for found in read(svg(one)).iter(f"{SVG}text"):
            assert found.get("fill") in (palette.INK, palette.SOFT)
            assert float(found.get("font-size", "0")) >= 12


@pytest.mark.parametrize("name", sorted(CHARTS))
@pytest.mark.parametrize("width", [360, 560, 640])
def test_drawings_are_plain_and_described(name: str, width: int) -> None:
    one = CHARTS[name]
    drawing = svg(one, width=width, ids="x-")
    root = read(drawing)
    assert root.get("role") == "img" and root.get("viewBox", "").startswith(f"0 0 {width} ")
    title, desc = root[0], root[1]
    assert (title.tag, title.text) == (f"{SVG}title", one.title) and (desc.tag, desc.text) == (f"{SVG}desc", one.alt)
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert {found.tag.removeprefix(SVG) for found in root.iter()} <= PLAIN_SVG
    for found in root.iter():
        assert not {"class", "style", "fill-opacity", "opacity", "href"} & set(found.attrib)
        assert not any(key.startswith("on") for key in found.attrib)
    assert drawing == svg(one, width=width, ids="x-")


def test_ids_are_set_apart() -> None:
    one, other = (set(re.findall(r' id="([^"]+)"', svg(CHARTS["bars"], ids=ids))) for ids in ("1-", "2-"))
    assert len(one) == 3 and not one & other  # title, description, hatch
    assert all(re.fullmatch(r"[A-Za-z][\w-]*", name) for name in one)
    strange = svg(replace(CHARTS["bars"], id='"><script> ü'))
    assert "<script" not in strange and read(strange) is not None


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_said_not_drawn(form: str) -> None:
    for empty in (chart(form), chart(form, ()), chart(form, (None, None))):
        drawing = svg(empty)
        assert said(drawing) == ["There are no data for this chart."]
        assert len(list(read(drawing))) == 4


@pytest.mark.parametrize("form", ["bars", "interval", "rhythm"])
def test_what_is_not_known_is_no_zero(form: str) -> None:
    known, unknown = svg(chart(form, (5.0, 0.0))), svg(chart(form, (5.0, None)))
    assert NO_DATA in said(unknown) and NO_DATA not in said(known)
    assert unknown.count("<rect") + unknown.count("<circle") < known.count("<rect") + known.count("<circle")


def test_an_unknown_half_of_a_pair() -> None:
    assert "45 to no data" in said(svg(chart("before_after", (45.0,), (None,))))
    assert NO_DATA in said(svg(chart("before_after", (45.0, None), (20.0, None))))


def test_pairs_that_are_unlike_have_scales_of_their_own() -> None:
    far, near = (svg(chart("before_after", (45.0, last), (20.0, 30.0))) for last in (15840.0, 60.0))
    own = "Every line has its own scale, from zero (no unit)"
    assert own in said(far) and own not in said(near)
    assert "60" in said(near) and "15,840 to 30" in said(far)


def test_history_has_a_lane_for_each_rating_and_a_mark_for_each_board() -> None:
    found = said(svg(CHARTS["history"]))
    assert [found.count(word) for word in ("Green", "Amber", "Red", "Not rated", "Reported", "Evidence")] == [1] * 6
    assert svg(CHARTS["history"]).count("<rect") == 1 + 3  # the ground, and a square for each red
    five = svg(chart("history", (3, 2.5, 2, 1.5, 1, None)))
    marks = read(five)
    assert {"Amber/Green", "Amber/Red"} <= set(said(five))
    assert len(list(marks.iter(f"{SVG}polyline"))) == 1  # the steps stop where nothing was rated
    parted = read(svg(chart("history", (3, 2, None, 2, 1))))
    assert len(list(parted.iter(f"{SVG}polyline"))) == 2


def test_intervals_and_targets_are_told() -> None:
    found = said(svg(CHARTS["interval"]))
    assert {"61% (57.2 to 64.8)", "78.4% (75.1 to 81.7)", "Target 80%"} <= set(found)
    assert {"21 days, 7 longer", "14 days", "Usual gap 14 days", NO_DATA} <= set(said(svg(CHARTS["rhythm"])))


def test_the_matrix_names_cells_and_moves() -> None:
    drawing = svg(CHARTS["matrix"])
    found = said(drawing)
    assert {"R-001", "R-002", "R-003 new", "R-004", "Almost", "Severe", "25"} <= set(found)
    assert len(list(read(drawing).iter(f"{SVG}polygon"))) == 2  # moved, R-002 stayed, R-003 is new
    crowd = (*((f"R-{n:03}", 3, 3, 3, 3) for n in range(1, 31)), ("R-099", 0, 6, 0, 0))
    crowded = said(svg(chart("matrix", points=crowd)))
    (more,) = [words for words in crowded if words.endswith(" more")]
    assert int(more[1:3]) + sum(words.startswith("R-") for words in crowded) == 30
    assert "Not scored: R-099." in crowded
    assert len(list(read(svg(chart("matrix", points=crowd))).iter(f"{SVG}polygon"))) == 0


def test_rows_of_the_matrix_are_as_high_as_their_refs_need() -> None:
    def high(*points: tuple[str, int, int, int, int]) -> float:
        return float(read(svg(chart("matrix", points=points))).get("viewBox", "").split()[3])

    stays = [(f"R-{n:03}", 3, 3, 3, 3) for n in range(1, 4)]
    assert high(*stays) - high(stays[0]) == 20
    assert high(*stays, *((ref, 5, 1, 5, 1) for ref, *_ in stays)) - high(stays[0]) == 40


def test_refs_that_came_from_below_stand_below_those_that_came_from_above() -> None:
    points = (("R-001", 3, 3, 1, 3), ("R-002", 3, 3, 3, 3), ("R-003", 3, 3, 5, 3))
    refs = [words for words in said(svg(chart("matrix", points=points))) if words.startswith("R-")]
    assert refs == ["R-003", "R-002", "R-001"]


@pytest.mark.parametrize("form", FORMS)
def test_labels_stay_text_and_on_the_drawing(form: str) -> None:
    texts = (*HOSTILE, "word" * 500, "<b>&amp;", "a " * 300, "")
    numbers = tuple(float(n % 3 + 1) for n in range(len(texts)))
    points = tuple((text, n % 5 + 1, 3, 1, 1) for n, text in enumerate(texts))
    series = (Series(texts[-2], numbers), Series("<i>", numbers))
    drawing = svg(Chart("c", form, texts[0], texts[-3], texts, series, DATA, "]]>" * 90, 2.0, points))
    for found in read(drawing).iter(f"{SVG}text"):
        words, size = "".join(found.itertext()), float(found.get("font-size", "0"))
        if words == "Likelihood":
            continue  # it runs upwards
        taken = wide(words, size, found.get("font-weight") == "600") * 0.8  # the measure is a wide font's
        x, anchor = float(found.get("x", "0")), found.get("text-anchor", "start")
        left = x - taken * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        assert left >= -1 and left + taken <= 641, words


@steady
@given(st.sampled_from(FORMS), st.lists(st.tuples(figure, figure), max_size=8), st.none() | st.floats(-1e9, 1e9))
def test_any_figures_can_be_drawn(
    form: str, rows: list[tuple[float | None, float | None]], target: float | None
) -> None:
    one, other = tuple(row[0] for row in rows), tuple(row[1] for row in rows)
    drawing = svg(chart(form, one, other, target=target))
    assert read(drawing) is not None
    assert not re.search(r'"-?(nan|inf)|e[+-]?\d+"', drawing)


def test_figures_are_written_the_same_way_everywhere() -> None:
    assert [number(v) for v in (None, 0.0, -0.0, 61.0, 78.4, 15840.0, -3.5, 0.004, -0.0078, float("nan"), 1e15)] == [
        NO_DATA, "0", "0", "61", "78.4", "15,840", "−3.5", "0.004", "−0.0078", NO_DATA, "1e+15",
    ]  # fmt: skip
    assert (measured(1.0, "days"), measured(2.0, "days"), measured(5.0, "")) == ("1 day", "2 days", "5")
    assert ticks(0, 18, 6) == [0, 5, 10, 15, 20]
    assert ticks(57.2, 81.7, 6)[0] <= 57.2 and ticks(57.2, 81.7, 6)[-1] >= 81.7
    assert ticks(5, 5, 4)[0] < 5 < ticks(5, 5, 4)[-1]


@steady
@given(st.text(max_size=80), st.floats(20, 400))
def test_cut_text_fits(words: str, room: float) -> None:
    assert wide(cut(words, room)) <= room or cut(words, room) == "…"
    lines = wrapped(words, room, limit=3)
    assert 1 <= len(lines) <= 3 and all(wide(line) <= room or line == "…" for line in lines)
    assert wide("W" * 10) > wide("i" * 10) > 0 == wide("") and SIZE == 14


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(ValueError, match="no chart of the form “pie”"):
        svg(chart("pie", (1.0,)))


@steady
@given(st.integers(1, 40), st.integers(120, 900), st.integers(0, 60))
def test_no_date_below_a_drawing_touches_the_next(count: int, width: int, first: int) -> None:
    labels = tuple(f"{n % 28 + 1} Sep 20{n % 70 + 26}" for n in range(count))
    column = (width - first) / count
    pieces, _ = dates_below(labels, lambda n: first + column * (n + 0.5), column, width, 0)
    rows: dict[str, list[tuple[float, float]]] = {}
    for piece in pieces:
        match = re.search(r'x="([\d.-]+)" y="([\d.-]+)"[^>]*>([^<]*)<', piece)
        assert match is not None, piece
        middle, half = float(match[1]), wide(match[3], SMALL) / 2
        rows.setdefault(match[2], []).append((middle - half, middle + half))
    assert pieces
    for spans in rows.values():
        spans.sort()
        assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans)), rows
