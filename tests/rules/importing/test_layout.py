"""Which rows of a sheet are what: headers, sections, totals, columns that are records."""

import pytest

from tracker.errors import TrackerError
from tracker.rules.importing.layout import Grid, grid_of, skipped_words
from tracker.rules.importing.mapping import Layout, Unpivot
from tracker.rules.importing.sheets import Cell, Row, Sheet, column_letters


def sheet(*rows: str) -> Sheet:
    """Return a sheet of rows whose cells are divided by upright bars; numbers are the rows' own."""
    numbered = [Row(number, tuple(Cell.of(text) for text in row.split("|"))) for number, row in enumerate(rows, 1)]
    return Sheet("Risks", numbered)


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in grid.rows]


def test_the_header_is_found_below_a_title_and_an_explanation() -> None:
    grid = grid_of(sheet("Risk log||", "", "As of|March|", "Ref|Risk|Owner", "1|Delay|Ana", "2|Cost|Ben"), Layout())
    assert grid.columns == ("Ref", "Risk", "Owner")
    assert texts(grid) == [["1", "Delay", "Ana"], ["2", "Cost", "Ben"]]
    assert [row.number for row in grid.rows] == [5, 6]
    assert list(skipped_words(grid.skipped)) == ["2 rows not taken (1, 3): above the header"]


def test_years_can_be_the_header_of_columns_and_a_row_that_runs_over_is_no_measure() -> None:
    grid = grid_of(sheet("Project|2023-24|2024", "Fees|5|on hold", "Fines|on hold|8"), Layout())
    assert grid.columns == ("Project", "2023-24", "2024")
    over = grid_of(sheet("No|Name", "1|London", "2|Berlin", "x|Tokyo|Japan|ask them"), Layout())
    assert over.columns[:2] == ("No", "Name")
    assert len(over.rows) == 3


def test_a_header_of_two_rows_is_joined_and_equal_names_are_told_apart() -> None:
    layout = Layout(header=(1, 2))
    grid = grid_of(sheet("|Score|||", "Risk|Now|Then|Note|Note", "Delay|3|2|a|b"), layout)
    assert grid.columns == ("Risk", "Score Now", "Score Then", "Score Note", "Score Note (2)")
    plain = grid_of(sheet("Risk||colour|colour", "Delay|x|a|b"), Layout(header=(1,)))
    assert plain.columns == ("Risk", "column B", "colour", "colour (2)")


def test_rows_that_do_not_count_are_said_with_their_reason() -> None:
    layout = Layout(until=("Total",), skip=("e.g.",), sections=True)
    grid = grid_of(
        sheet(
            "Risk|Score",
            "e.g. fire|9",
            "Money|",
            "Delay|3",
            "Risk|Score",
            "Staff|",
            "Leave|4",
            "Total|7",
            "Source: us|",
        ),
        layout,
    )
    assert grid.columns == ("Risk", "Score", "section")
    assert texts(grid) == [["Delay", "3", "Money"], ["Leave", "4", "Staff"]]
    assert list(skipped_words(grid.skipped)) == [
        "1 row not taken (2): begins with “e.g.”",
        "1 row not taken (3): names a section: Money",
        "1 row not taken (5): the header once more",
        "1 row not taken (6): names a section: Staff",
        "2 rows not taken (8, 9): at or below “Total”, which ends the table",
    ]


def test_records_in_columns_are_turned() -> None:
    grid = grid_of(sheet("Project|A|B", "Start|2015|2016"), Layout(transpose=True))
    assert grid.columns == ("Project", "Start")
    assert texts(grid) == [["A", "2015"], ["B", "2016"]]


def test_columns_that_are_values_become_rows() -> None:
    unpivot = Unpivot(columns=("2024", "2025"), header_as="year", value_as="users")
    grid = grid_of(sheet("Service|2024|2025|Owner", "Permits|10|20|Ana", "Fines||5|Ben"), Layout(unpivot=unpivot))
    assert grid.columns == ("Service", "Owner", "year", "users")
    assert texts(grid) == [
        ["Permits", "Ana", "2024", "10"],
        ["Permits", "Ana", "2025", "20"],
        ["Fines", "Ben", "2025", "5"],
    ]


def test_empty_cells_can_mean_what_stands_above() -> None:
    grid = grid_of(sheet("Pilot|Risk", "A|x", "|y", "B|z"), Layout(fill_down=("Pilot",)))
    assert texts(grid) == [["A", "x"], ["A", "y"], ["B", "z"]]


def test_a_column_is_named_by_its_header_its_beginning_or_its_place() -> None:
    grid = grid_of(sheet("Start date (latest)|End date|End date of phase", "1|2|3"), Layout(header=(1,)))
    assert [grid.position(name) for name in ("start  DATE", "End date", 3)] == [0, 1, 2]
    with pytest.raises(TrackerError, match=r"There is no column “Stat date”\. Did you mean"):
        grid.position("Stat date")
    with pytest.raises(TrackerError, match="“End” may be any of these columns: “End date”, “End date of phase”"):
        grid.position("End")
    with pytest.raises(TrackerError, match="There is no column 4; the table has 3"):
        grid.position(4)


def test_an_empty_sheet_and_a_header_that_is_not_there_are_refused() -> None:
    with pytest.raises(TrackerError, match="The sheet “Risks” is empty"):
        grid_of(sheet("", "  "), Layout())
    with pytest.raises(TrackerError, match="Row 7 is to be a header and is empty, or not there"):
        grid_of(sheet("a|b", "1|2"), Layout(header=(7,)))


def test_columns_have_the_letters_of_spreadsheets() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
