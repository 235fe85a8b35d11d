"""What a cell says of a field: units, days by their order, kinds of nothing, words of other scales, long texts."""

from datetime import date
from decimal import Decimal

import pytest

from tracker.entities import entity
from tracker.fields import Nothing, VagueDay
from tracker.rules.importing.cells import CellReader, CellReading, shortened
from tracker.rules.importing.mapping import Origin
from tracker.rules.importing.sheets import Cell, CellKind
from tracker.rules.typed.conventions import USUAL

NOTHINGS = {"exempt*": "withheld", "tbc": "not_yet_known", "n/a": "not_applicable", "-": "missing"}
SCALES = {"high": "4", "likely": "4", "major": "4", "possible": "3"}
TODAY = date(2026, 10, 1)


def read(kind: str, field: str, text: str, origin: Origin | None = None, was: CellKind = "text") -> CellReading:
    reader = CellReader(entity(kind).fields()[field], origin or Origin(), TODAY, USUAL, NOTHINGS, SCALES)
    return reader.read(Cell(text, was))


@pytest.mark.parametrize(
    ("text", "origin", "pence"),
    [
        ("1,234.5", Origin(factor=Decimal(1_000_000)), 123_450_000_000),
        ("£26.19m", Origin(factor=Decimal(1_000_000)), 2_619_000_000),  # says its unit itself
        ("£3,330", Origin(factor=Decimal(1_000_000)), 333_000_000_000),
        ("(7,169.20)", Origin(factor=Decimal(1_000_000)), -716_920_000_000),
        ("-£0.5", Origin(factor=Decimal(1000)), -50_000),
        ("£26.19m", Origin(), 2_619_000_000),
    ],
)
def test_money_in_the_unit_of_its_column(text: str, origin: Origin, pence: int) -> None:
    assert read("pilot", "budget", text, origin) == CellReading(pence)


def test_what_is_more_exact_than_pence_is_rounded_aloud() -> None:
    reading = read("pilot", "budget", "26.192345678", Origin(factor=Decimal(1_000_000)))
    assert reading.value == 2_619_234_568
    assert reading.remark is not None
    assert reading.remark.words == "“26.192345678” is kept as 26,192,345.68"


@pytest.mark.parametrize(
    ("text", "origin", "day"),
    [
        ("31.03.20", Origin(century=1950), date(2020, 3, 31)),
        ("01.12.98", Origin(century=1950), date(1998, 12, 1)),
        ("04/05/2011", Origin(), date(2011, 5, 4)),
        ("04/05/2011", Origin(days="month first"), date(2011, 4, 5)),
        ("04.05.2011", Origin(days="month first"), date(2011, 5, 4)),
        ("2011/05/04", Origin(), date(2011, 5, 4)),
        ("2017-11-01 00:00:00", Origin(), date(2017, 11, 1)),
        ("2025-01-15T17:00:00.000+0000", Origin(), date(2025, 1, 15)),
        ("03/Apr/26 10:00 AM", Origin(century=1970), date(2026, 4, 3)),
        ("December 1, 2016", Origin(), date(2016, 12, 1)),
    ],
)
def test_days_as_other_people_write_them(text: str, origin: Origin, day: date) -> None:
    assert read("pilot", "forecast_end", text, origin) == CellReading(day)


def test_a_day_keeps_how_exact_it_is() -> None:
    value = read("pilot", "forecast_end", "Nov 2014").value
    assert isinstance(value, VagueDay)
    assert (value.precision, value) == ("month", date(2014, 11, 30))


def test_a_number_is_a_day_only_where_the_mapping_says_so() -> None:
    assert read("pilot", "forecast_end", "46115", Origin(days="serial"), "number").value == date(2026, 4, 3)
    doubtful = read("pilot", "forecast_end", "46115", was="number")
    assert doubtful.value == Nothing("missing", "46115")
    assert doubtful.whole == "46115"
    hours = read("pilot", "forecast_end", "00001", Origin(days="serial"), "number")
    assert hours.remark is not None
    assert hours.remark.kind == "unread"


@pytest.mark.parametrize(
    ("field", "text", "value", "kind"),
    [
        ("budget", "Exempt under Section 43", Nothing("withheld", "Exempt under Section 43"), "withheld"),
        ("forecast_end", "TBC", Nothing("not_yet_known", "TBC"), "nothing"),
        ("forecast_end", "n/a", Nothing("not_applicable", "n/a"), "nothing"),
        ("budget", "-", Nothing("missing", "-"), "nothing"),
        ("phase", "TBC", None, "nothing"),
    ],
)
def test_words_in_place_of_a_value_are_a_kind_of_nothing(field: str, text: str, value: object, kind: str) -> None:
    reading = read("pilot", field, text)
    assert reading.value == value
    assert reading.remark is not None
    assert reading.remark.kind == kind


def test_words_in_a_text_are_a_text() -> None:
    assert read("pilot", "problem", "N/A").value == "N/A"


def test_words_of_another_scale_need_the_mapping() -> None:
    words = {"Severe": "5", "Not scored": ""}
    assert read("risk", "impact", "severe", Origin(values=words)).value == 5
    assert read("risk", "impact", "Not scored", Origin(values=words)) == CellReading()
    unmapped = read("risk", "category", "Data Quality")
    assert (unmapped.value, unmapped.whole) == (None, "Data Quality")
    assert unmapped.remark is not None
    assert unmapped.remark.kind == "unmapped"


def test_an_error_of_a_formula_is_no_value() -> None:
    reading = read("pilot", "budget", "#REF!", was="error")
    assert reading.value is None
    assert reading.remark is not None
    assert reading.remark.kind == "error"


def test_a_text_that_is_too_long_is_kept_whole() -> None:
    text = "The first sentence ends here. " * 20
    reading = read("risk", "title", text.strip())
    assert isinstance(reading.value, str)
    assert len(reading.value) <= 200
    assert reading.value.endswith("here.")
    assert reading.whole == text.strip()


def test_what_is_shortened_ends_with_a_sentence_or_a_mark() -> None:
    assert shortened("One. Two is longer.", 12) == "One."
    assert shortened("no sentence ends in this", 12) == "no sentence…"


def test_lists_are_divided_as_the_mapping_says() -> None:
    assert read("pilot", "tags", "a, b|c", Origin(split="|")).value == ("a b", "c")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        *(
            ("3 - Possible", 3),
            ("3-possible", 3),
            ("4 (Major)", 4),
            ("Likely (4)", 4),
            ("4: Likely", 4),
            ("4 Major", 4),
        ),
        *(("High – 4", 4), ("3.0", 3), ("3/5", 3), ("3 of 5", 3), ("3", 3)),
    ],
)
def test_a_level_is_read_with_its_word(text: str, level: int) -> None:
    assert read("risk", "likelihood", text) == CellReading(level)


def test_a_level_whose_word_nobody_knows_is_said() -> None:
    reading = read("risk", "impact", "5 (Off the chart)")
    assert reading.value == 5
    assert reading.remark is not None
    assert (reading.remark.kind, reading.remark.words) == ("assumed", "“5 (Off the chart)” is read as 5")
    assert reading.whole == "5 (Off the chart)"


def test_a_level_whose_word_says_another_is_nobodys() -> None:
    reading = read("risk", "impact", "High – 3")
    assert (reading.value, reading.whole) == (None, "High – 3")
    assert reading.remark is not None
    assert reading.remark.words == "“High – 3” says 3, and High is 4: say which in the mapping."


@pytest.mark.parametrize("text", ["3 - 4", "7 (Huge)", "3 (was 4)", "3/10", "less than 3", "not 5"])
def test_what_only_looks_like_a_level_is_not_read(text: str) -> None:
    assert read("risk", "impact", text).whole == text


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        *(("A/R", "amber_red"), ("AR", "amber_red"), ("a / g", "amber_green"), ("G/A", "amber_green"), ("A", "amber")),
        *(("Amber/Green", "amber_green"), ("amber - red", "amber_red"), ("R", "red"), ("Medium-high", "amber_green")),
    ],
)
def test_ratings_by_their_letters(text: str, rating: str) -> None:
    assert read("confidence", "rating", text) == CellReading(rating)
