"""What changed since the last board, as the pack tells it of commands that were typed."""

from datetime import date

import pytest
from shell import Shell

PREV, DAY = date(2026, 10, 8), date(2026, 11, 12)


def changes(shell: Shell) -> str:
    """Return the section on changes since the earlier day, as text on one line."""
    text = shell.done("report", "pack", "--since", PREV.isoformat(), "--as-of", DAY.isoformat())
    section = text.partition("Changes since 8 Oct 2026")[2].partition("\n5")[0]
    return " ".join(section.replace("|", " ").split())


@pytest.fixture
def pilot(shell: Shell) -> Shell:
    """A pilot with money and dates, and a person who leads it."""
    shell.day = date(2026, 10, 1)
    shell.done("person", "add", "Bo Lind")
    shell.done("service", "add", "Permits", "--department", "Streets")
    given = ("--budget", "6m", "--forecast-end", "2027-03-31", "--start", "2026-09-01", "--delivery-lead", "Bo Lind")
    shell.done("pilot", "add", "Parking permits", *given, "--phase", "alpha")
    return shell


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("--budget", "41m"), "Budget rose from £6,000,000 to £41,000,000: Merged"),
        (("--budget", ""), "Budget taken away (was £6,000,000): Merged"),
        (("--budget", "withheld: commercial"), "Budget withheld (commercial), was £6,000,000: Merged"),
        (("--name", "Quite another programme"), "Renamed, was “Parking permits”: Merged"),
        (("--start", "2026-09-15"), "Start moved from 1 Sep 2026 to 15 Sep 2026: Merged"),
        (("--delivery-lead", ""), "Delivery lead: Bo Lind → not given: Merged"),
        (("--service", "Permits"), "Service: not given → S-01 Permits: Merged"),
        (("--scope-in", "Residents only"), "In scope: not given → “Residents only”: Merged"),
        (("--exit-cost", "2m"), "Exit cost: £2,000,000, not given before: Merged"),
        (("--decision-due", "2027-02-01"), "Decision due: 1 Feb 2027, not given before: Merged"),
        (("--min-observation-days", "10"), "Observation days: 56 → 10: Merged"),
        (("--forecast-end", "withheld: procurement"), "Forecast end withheld (procurement), was 31 Mar 2027: Merged"),
        (("--forecast-cost", "7m"), "Forecast cost: £7,000,000, not given before: Merged"),
    ],
)
def test_every_field_that_matters_is_told(pilot: Shell, typed: tuple[str, ...], sentence: str) -> None:
    pilot.day = date(2026, 10, 20)
    pilot.done("pilot", "set", "P-01", *typed, "--reason", "Merged")
    pilot.day = DAY
    told = changes(pilot)
    assert sentence in told
    assert "None recorded" not in told
    summary = pilot.done("report", "summary", "--since", PREV.isoformat())
    assert "Not comparable P-01" in summary or any(f"1 {words}" in summary for words in ("changed", "moved"))


def test_a_department_is_told_of_a_service(pilot: Shell) -> None:
    pilot.day = date(2026, 10, 20)
    pilot.done("service", "set", "S-01", "--department", "Housing")
    pilot.day = DAY
    assert "Department: “Streets” → “Housing”" in changes(pilot)


def test_none_is_recorded_only_where_nothing_was(pilot: Shell) -> None:
    pilot.day = date(2026, 10, 20)
    pilot.done("pilot", "set", "P-01", "--problem", "Queues")
    pilot.day = DAY
    pilot.done("confidence", "add", "P-01", "--rating", "green", "--narrative", "All of it goes as it was planned")
    pilot.day = date(2026, 10, 8)
    text = pilot.done("report", "pack", "--since", "2026-10-07", "--as-of", "2026-10-08")
    section = text.partition("Changes since 7 Oct 2026")[2].partition("\n5 ")[0]
    assert "None recorded – checked." in section


def test_a_date_that_was_cleared_and_given_again_is_one_slip(pilot: Shell) -> None:
    pilot.day = date(2026, 10, 5)
    pilot.done("pilot", "set", "P-01", "--forecast-end", "", "--reason", "Supplier left")
    pilot.day = date(2026, 11, 2)
    pilot.done("pilot", "set", "P-01", "--forecast-end", "2027-12-31")
    pilot.day = DAY
    shown = pilot.done("pilot", "show", "P-01")
    assert "Forecast end moved on 2026-10-05 from 2027-03-31 to empty: Supplier left" in shown
    assert "Forecast end moved on 2026-11-02 from 2027-03-31 to 2027-12-31" in shown
    told = changes(pilot)
    assert "Forecast end moved from 31 Mar 2027 to 31 Dec 2027, taken away in between: Supplier left" in told
    assert "move)" not in told
    page = " ".join(pilot.done("report", "pack", "--since", PREV.isoformat()).split())
    assert "Forecast end from 31 Mar 2027 to 31 Dec 2027 Why: Supplier left" in page
    assert "Forecast end moved to 31 Dec 2027" in " ".join(
        pilot.done("report", "summary", "--since", "2026-10-08").split()
    )
    pilot.day = date(2026, 11, 10)
    pilot.done("pilot", "set", "P-01", "--forecast-end", "2028-01-31", "--reason", "Again")
    pilot.day = DAY
    assert "Forecast end moved from 31 Mar 2027 to 31 Jan 2028, taken away in between (2nd move): Again" in changes(
        pilot
    )


def test_the_day_that_comes_back_as_it_was_is_no_slip(pilot: Shell) -> None:
    pilot.day = date(2026, 10, 5)
    pilot.done("pilot", "set", "P-01", "--forecast-end", "", "--reason", "Supplier left")
    pilot.day = date(2026, 11, 2)
    pilot.done("pilot", "set", "P-01", "--forecast-end", "2027-03-31")
    pilot.day = DAY
    assert "Forecast end given again: 31 Mar 2027" in (told := changes(pilot))
    assert "moved" not in told.lower()
