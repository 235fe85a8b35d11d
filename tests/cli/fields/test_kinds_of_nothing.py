"""Five kinds of nothing and days that are less than exact, typed as values, and shown wherever the value is."""

from datetime import date

import pytest
from shell import Shell, prepared

from tracker.entities import entity
from tracker.fields import Nothing, VagueDay, earliest, latest, same
from tracker.rules.reading import NotRead, read, write

TODAY = date(2026, 10, 1)


@prepared
def begun(shell: Shell) -> None:
    """Type three pilots: one of withheld budget and vague end, one of no cost, one of which nothing is known."""
    shell.done("pilot", "add", "Parking", "--budget", "withheld: commercial", "--forecast-end", "March 2027")
    shell.done("pilot", "add", "Waste", "--budget", "0", "--forecast-end", "2027-03-31")
    shell.done("pilot", "add", "Libraries")


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("budget", "withheld", Nothing("withheld")),
        ("budget", "Withheld (Section 43)", Nothing("withheld", "Section 43")),
        ("budget", "TBC", Nothing("not_yet_known")),
        ("delivery_lead", "n/a", Nothing("not_applicable")),
        ("budget", "missing: nobody answered", Nothing("missing", "nobody answered")),
        ("budget", "missing", None),
        ("budget", "0", 0),
        ("name", "withheld", "withheld"),
        ("status_note", "not yet known: the cost", "not yet known: the cost"),
        ("forecast_end", "not-yet-known: after the tender", Nothing("not_yet_known", "after the tender")),
        ("forecast_end", "March 2027", VagueDay.of(date(2027, 3, 31), "month")),
        ("forecast_end", "2027-02", VagueDay.of(date(2027, 2, 28), "month")),
        ("forecast_end", "oct–dec 2027", VagueDay.of(date(2027, 12, 31), "quarter")),
        ("forecast_end", "2027", VagueDay.of(date(2027, 12, 31), "year")),
        ("start", "Apr-Jun 2027", VagueDay.of(date(2027, 4, 1), "quarter")),
    ],
)
def test_what_is_typed_is_read_as_a_value_or_as_a_kind_of_nothing(field: str, text: str, value: object) -> None:
    pilot = entity("pilot").fields()[field]
    result = read(pilot, text, TODAY)
    assert same(result, value)
    assert same(read(pilot, write(pilot, result), TODAY), value)


@pytest.mark.parametrize(
    ("kind", "field", "text"),
    [
        ("measurement", "period_end", "March 2026"),
        ("board", "meets_on", "withheld"),
        ("pilot", "min_observation_days", "withheld"),
        ("pilot", "budget", "withheld: " + "x" * 401),
        ("pilot", "forecast_end", "Q5 2027"),
        ("pilot", "forecast_end", "2027-13"),
        ("pilot", "forecast_end", "March"),
    ],
)
def test_what_always_has_a_value_takes_no_kind_of_nothing(kind: str, field: str, text: str) -> None:
    with pytest.raises(NotRead):
        read(entity(kind).fields()[field], text, TODAY)


@pytest.mark.parametrize("precision", ["month", "quarter", "year"])
def test_a_vague_day_lies_in_its_span_and_what_is_worked_out_from_it_is_a_day(precision: str) -> None:
    for day in (date(2028, 2, 29), date(2027, 12, 31), date(2027, 1, 1)):
        vague = VagueDay.of(day, precision)
        assert earliest(vague) <= day <= latest(vague)
        assert earliest(latest(vague)) == latest(vague)
        assert vague == day


def test_kinds_of_nothing_are_shown_filtered_and_sorted_last(begun: Shell) -> None:
    listed = begun.done("pilot", "list", "--columns", "budget,forecast_end", "--sort", "-budget").splitlines()
    assert listed[1:] == ["P-02\t0\t2027-03-31", "P-01\t⊘ withheld\tMarch 2027", "P-03\t\t"]
    assert "⊘ withheld (commercial)" in begun.done("pilot", "show", "P-01")
    assert "P-01,withheld: commercial" in begun.done("pilot", "list", "--columns", "budget", "--csv")

    def refs(*where: str) -> list[str]:
        options = [word for condition in where for word in ("--where", condition)]
        return [record["ref"] for record in begun.json("pilot", "list", *options)]

    assert refs("budget=withheld") == ["P-01"]
    assert refs("budget!=withheld") == ["P-02", "P-03"]
    assert refs("budget=missing") == ["P-03"]
    assert refs("budget!=missing") == ["P-01", "P-02"]
    assert refs("budget!=missing", "budget=withheld") == ["P-01"]
    assert refs("budget=") == ["P-03"]
    assert refs("budget!=") == ["P-01", "P-02"]
    assert refs("budget=missing|withheld") == ["P-01", "P-03"]
    assert refs("budget!=missing|withheld") == ["P-02"]
    assert refs("forecast_end=March 2027") == ["P-01", "P-02"]
    assert refs("forecast_end>2027-03") == []
    listed_states = begun.json("pilot", "list", "--columns", "budget", "--limit", "1")[0]["states"]
    assert listed_states == {"budget": {"state": "withheld", "words": "commercial", "precision": None}}
    shown = begun.json("pilot", "show", "P-01")
    assert (shown["budget"], shown["forecast_end"]) == (None, "2027-03-31")
    assert shown["states"] == {
        "budget": {"state": "withheld", "words": "commercial", "precision": None, "source": None},
        "forecast_end": {"state": "given", "words": None, "precision": "month", "source": None},
    }


def test_a_value_ends_what_was_said_and_one_undo_brings_both_back(begun: Shell) -> None:
    begun.done("pilot", "set", "P-01", "--budget", "5m")
    assert list(begun.json("pilot", "show", "P-01")["states"]) == ["forecast_end"]
    assert "⊘ withheld (commercial)\t5,000,000" in begun.done("history", "P-01")
    begun.done("undo")
    assert "Budget 5,000,000 → ⊘ withheld (commercial)" in begun.words
    assert begun.json("pilot", "show", "P-01")["states"]["budget"]["state"] == "withheld"
    assert "FS-" not in begun.done("history")
    begun.done("check")


def test_how_exact_a_day_is_changes_by_itself_and_is_in_the_history(begun: Shell) -> None:
    begun.done("pilot", "set", "P-01", "--forecast-end", "2027-03-31", "--reason", "The day was fixed")
    assert "Forecast end\tMarch 2027\t2027-03-31" in begun.done("history", "P-01")
    begun.done("pilot", "set", "P-01", "--forecast-end", "2027", "--reason", "Less is known")
    assert "Forecast end\t2027-03-31\t2027\t" in begun.done("history", "P-01")
    begun.done("pilot", "set", "P-01", "--forecast-end", "2027")
    assert "Nothing to change" in begun.words


def test_what_is_needed_may_be_withheld_and_papers_go_on(begun: Shell) -> None:
    begun.refused(1, "action", "add", "Sign the contract", "--owner", "tbc")
    begun.done("action", "add", "Sign the contract", "--owner", "tbc", "--due", "not yet known: after the board")
    begun.done("confidence", "add", "P-01", "--rating", "withheld", "--narrative", "Exempt under Section 43 of the act")
    assert "? not yet known" in begun.done("action", "list")
    assert begun.json("pilot", "list", "--columns", "rating")[0]["states"]["rating"]["state"] == "withheld"
    assert begun.json("pilot", "list", "--columns", "rating")[1]["states"] == {}
    for paper in (["report", "pack"], ["report", "summary"], ["signals"], ["pilot", "explain", "P-01"]):
        begun.done(*paper)
    begun.done("action", "set", "A-001", "--due", "2026-12-01", "--owner", "ana")
    assert begun.json("action", "show", "A-001")["states"] == {}


def test_an_end_within_the_month_of_the_start_is_not_before_it(begun: Shell) -> None:
    begun.done("pilot", "add", "Museums", "--start", "2026-03-10", "--actual-end", "March 2026")
    begun.refused(1, "pilot", "add", "Theatres", "--start", "2026-04-10", "--actual-end", "March 2026")


def test_a_value_has_a_source_of_its_own_which_one_undo_takes_back(begun: Shell) -> None:
    begun.done("pilot", "set", "P-02", "--source-of", "budget=Spending review 2026")
    assert "Budget: Spending review 2026" in begun.done("pilot", "show", "P-02")
    assert begun.json("pilot", "show", "P-02")["states"]["budget"]["source"] == "Spending review 2026"
    assert "Spending review 2026" in begun.done("history", "P-02")
    begun.done("undo")
    assert "Spending review" not in begun.done("pilot", "show", "P-02")
    begun.done("pilot", "add", "Museums", "--budget", "4m", "--source-of", "budget=The plan")
    assert "Budget: The plan" in begun.done("pilot", "show", "P-04")
    begun.done("pilot", "set", "P-04", "--budget", "withheld", "--source-of", "budget=The plan")
    assert begun.json("pilot", "show", "P-04")["states"]["budget"]["state"] == "withheld"
    begun.refused(1, "pilot", "set", "P-02", "--source-of", "name=The plan")
    begun.refused(2, "pilot", "set", "P-02", "--source-of", "budget")
    begun.done("check")


def test_history_of_an_undone_kind_of_nothing_still_says_it(begun: Shell) -> None:
    begun.done("pilot", "set", "P-02", "--budget", "withheld: commercial")
    begun.done("undo")
    history = begun.done("history", "P-02")
    assert "Budget\t0\t⊘ withheld (commercial)" in history
    assert "Budget\t⊘ withheld (commercial)\t0" in history
    assert begun.json("pilot", "show", "P-02")["budget"] == 0
