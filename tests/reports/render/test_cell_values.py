"""Which texts of a table are numbers, shares, money or days in a spreadsheet, and which stay texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.reports.model import Column, Table
from tracker.reports.render.cell_values import Value, cells, day, number
from tracker.reports.render.odf.sheet_styles import formats
from tracker.reports.render.odf.sheets import cell_xml


@pytest.mark.parametrize(
    ("said", "kind", "value"),
    [
        ("0", "float", "0"),
        ("−11.5", "float", "-11.5"),
        ("-3", "float", "-3"),
        ("+34,800", "float", "34800"),
        ("1,234,567.50", "float", "1234567.50"),
        ("28%", "percentage", "0.28"),
        ("78.4%", "percentage", "0.784"),
        ("5%", "percentage", "0.05"),
        ("120%", "percentage", "1.20"),
        ("GBP 58,000", "currency", "58000"),
        ("EUR −12.50", "currency", "-12.50"),
    ],
)
def test_what_is_plainly_a_number(said: str, kind: str, value: str) -> None:
    found = number(said)
    assert found is not None and (found.kind, found.value, found.text) == (kind, value, said)


@pytest.mark.parametrize(
    "said",
    [
        *("", "–", "not known", "<10", "5 of 18", "007", "1,23", "12,34,567", "1.234.567", "1e5", "=1+1", "+"),
        *("GBP", "gbp 5", "GBP  5", "1 234", "58 days", "१२", "--5", "5%%", "1" * 16, ".5", "5.", "٣"),
    ],
)
def test_what_is_not_plainly_a_number_stays_a_text(said: str) -> None:
    assert number(said) is None


def test_days() -> None:
    for said in ("12 Nov 2026", "2026-11-12"):
        found = day(said)
        assert found is not None and (found.value, found.text) == ("2026-11-12", "12 Nov 2026")
    for said in ("31 Feb 2026", "12 nov 2026", "12 Nov", "2026-13-01", "30 Oct 2026 (overdue)", "1 Jan 1900"):
        assert day(said) is None


def kinds(column: Column, *said: str) -> list[str]:
    return [row[0].kind for row in cells(Table("t", "", (column,), tuple((one,) for one in said)))]


def test_a_column_of_nothing_but_days_holds_days() -> None:
    assert kinds(Column("When"), "12 Nov 2026", "", "–") == ["date", "string", "string"]
    assert kinds(Column("When"), "12 Nov 2026", "Ended 30 Sep 2026") == ["string", "string"]
    assert kinds(Column("When"), "", "–") == ["string", "string"]


def test_numbers_stand_only_in_columns_on_the_right() -> None:
    assert kinds(Column("Ref"), "12", "13") == ["string", "string"]
    assert kinds(Column("Days", "right"), "12", "late") == ["float", "string"]


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.decimals(-999_999, 999_999, places=2, allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_value(value: object) -> None:
    for said in (f"{value:,}", f"GBP {value:,}"):
        found = number(said)
        assert found is not None and float(found.value) == float(str(value))
    share = number(f"{value}%")
    assert share is not None and float(share.value) == pytest.approx(float(str(value)) / 100, abs=1e-9)


def test_each_format_has_a_style() -> None:
    used = {one.form for said in ("+5", "1,234.5", "28%", "GBP −5") if (one := number(said))} | {"right", "date"}
    xml = formats(used)
    for form in used:
        assert f'<style:style style:name="{form}"' in xml
    assert "value()&lt;0" in xml  # +5 may become a −5 when somebody types it
    with pytest.raises(ValueError, match="no number format"):
        formats({"float"})


def test_a_text_is_never_anything_else() -> None:
    lines = "<text:p>=1+1</text:p><text:p>&lt;b&gt;</text:p>"
    expected = f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
    assert cell_xml(Value("string", "", "=1+1\n<b>")) == expected
