"""What is typed is what is stored: a shell says how it read a text, and refuses what may be two things or cannot be."""

from datetime import date

import click
import pytest
from shell import Shell, prepared

from tracker.cli.root import root
from tracker.cli.shell.session import Session

TODAY = date(2026, 11, 29)  # a Sunday
SAID = "Recorded in"


@prepared
def begun(shell: Shell) -> None:
    """Type a person, a pilot, a metric and a decision."""
    shell.day = TODAY
    shell.done("person", "add", "Data lead")
    shell.done("pilot", "add", "Parking", "--delivery-lead", "Data lead")
    shell.done("metric", "add", "Days", "--kind", "mean", "--pilot", "P-01", "--definition", "Working days")
    shell.done("board", "add", "November board", "--meets-on", "2026-11-12")
    shell.done("decision", "add", "Go on", "--question", "Go on?", "--board", "B-01", "--options", "Yes\nNo")


def reading(shell: Shell, *words: str) -> str:
    """Return what is said of how the texts of a command were read; empty where nothing is."""
    ref = shell.done(*words).strip()
    return next((line.partition(" · ")[2] for line in shell.words.splitlines() if line.startswith(f"{ref} · ")), "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("action add t --owner 'Data lead' --due '15 Jul'", "due Thursday 15 July 2027, in about 7 months"),
        (
            "action add t --owner 'Data lead' --due 'Wednesday 15 July 2026'",
            "due Wednesday 15 July 2026, about 5 months",
        ),
        ("action add t --owner data --due 2027-07-15", "owner PER-002 Data lead"),
        (
            "action add t --owner per2 --due 'this friday'",
            "owner PER-002 Data lead; due Friday 4 December 2026, in 5 days",
        ),
        ("action add t --owner PER-002 --due 2027-07-15 --pilot P-01", ""),
        ("action add t --owner 'data lead' --due 2027-07-15", ""),
        ("action add t --owner 'Data lead' --due 2027-07-15 --status in", "status in progress"),
        (
            "action add t --owner 'Data lead' --due 'end of year'",
            "due Wednesday 31 March 2027, in about 4 months (the financial",
        ),
        (
            "action add t --owner 'Data lead' --due 'end of calendar year'",
            "due Thursday 31 December 2026, in about 5 weeks",
        ),
        (
            "action add t --owner 'Data lead' --due 'Q4'",
            "due Q4 2026/27 (the financial year starts on 1 April), counted",
        ),
        (
            "action add t --owner 'Data lead' --due 'Jan-Mar 2027'",
            "due Jan–Mar 2027, counted as",
        ),
        (
            "action add t --owner 'Data lead' --due FY27",
            "due 2026/27 (the financial year starts on 1 April), counted as",
        ),
        ("pilot set P-01 --budget 1234,56", "budget £1,234.56"),
        ("pilot set P-01 --budget £1.2bn", "budget £1,200,000,000"),
        ("pilot set P-01 --budget 1,250", "budget £1,250"),
        ("pilot set P-01 --budget -7,169.20m", "budget −£7,169,200,000"),
        ("pilot set P-01 --budget (1,200)", "budget −£1,200"),
        ("pilot set P-01 --budget 1250.00", ""),
        (
            "pilot set P-01 --forecast-end 'March 2027'",
            "forecast end March 2027, counted as its last day, Wednesday 31",
        ),
        ("pilot set P-01 --forecast-end tbc", "forecast end ? not yet known"),
        ("metric set M-01 --target 12,5", "target 12.5"),
        ("metric set M-01 --target 12.5", ""),
        ("metric set M-01 --target 1.250", "target 1.25"),
        ("metric set M-01 --target 1,250", "target 1250"),
        ("metric set M-01 --target 8,5%", "target 8.5%"),
        ("service add Permits --failure-rate 8,5%", "failure rate 8.5%"),
        ("service add Permits --failure-rate 0.085", "failure rate 8.5%"),
        ("service add Permits --failure-rate 8.5%", ""),
        ("service add Permits --citizen-minutes 90", "citizen's time 1 h 30 min"),
        ("service add Permits --annual-volume '1 250'", "transactions a year 1250"),
        (
            "session add Workshop --starts-on 'Fri 4 Dec' --start-time 9.30",
            "date Friday 4 December 2026, in 5 days; time 09:30",
        ),
        ("session add Workshop --starts-on '15 Nov' --status held", "date Sunday 15 November 2026, 2 weeks ago"),
        ("board add Autumn --meets-on '15 Jul' --status held", "meets on Wednesday 15 July 2026, about 5 months ago"),
        ("programme set --financial-year-start '6 April'", "financial year starts 04-06"),
        ("pilot set park --budget 5", "pilot P-01 Parking"),
        ("pilot set Parking --budget 5", ""),
        ("pilot set p1 --budget 5", "pilot P-01 Parking"),
        ("pilot add Other --like park", "like P-01 Parking"),
        ("settings set reaction_low 3,7 --reason Agreed", "reaction_low 3.7"),
        ("settings set soon_days 30 --reason Agreed", ""),
        ("risk add Late --as-at '15 Jul'", "as at Wednesday 15 July 2026, about 5 months ago"),
        (
            "board decide D-001 --outcome approved --on '12 Nov' --review-on '15 Jul'",
            "on Thursday 12 November 2026, about 2",
        ),
        (
            "board decide D-001 --outcome approved --review-on '15 Jul'",
            "review on Thursday 15 July 2027, in about 7 months",
        ),
    ],
)
def test_a_shell_says_what_it_read_where_that_may_be_another_thing(begun: Shell, typed: str, said: str) -> None:
    words = reading(begun, *begun.split(typed))
    assert words.startswith(said) if said else words == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("action add t --owner 'Data lead' --due '20 Nov'", "Friday 20 November 2026 or Saturday 20 November 2027"),
        (
            "action add t --owner 'Data lead' --due 'Mon 4 Dec 2026'",
            "says Monday, and that day is Friday 4 December 2026.",
        ),
        ("action add t --owner 'Data lead' --due 'week 50'", "Monday 2026-12-07 or its Sunday 2026-12-13"),
        ("session add Workshop --starts-on Q4", "first day 2027-01-01 or its last 2027-03-31"),
        ("pilot set P-01 --start friday", "“next friday” (2026-12-04) or “last friday” (2026-11-27)"),
        ("pilot set P-01 --budget €500", "write the amount in GBP"),
        ("pilot set P-01 --budget 1.234", "may be 1.234 or 1,234"),
        ("pilot add Half --budget 1,50,000", "write 150000 if that is meant"),
        ("service add Permits --failure-rate 80,5", "write 80.5% if that is what you mean"),
        ("service add Permits --cost-per-transaction -5", "Cost per transaction must be 0 or more; you gave -5."),
        ("service add Permits --failure-rate 120%", "Failure rate must be from 0% to 100%; you gave 120%."),
        ("service add Permits --citizen-minutes '100 d'", "must be from 0 minutes to 100000 minutes; you gave 144000"),
        ("session add Workshop --starts-on 2026-12-04 --start-time 29:59", "no such time of day"),
        ("programme set --financial-year-start 13-35", "is a day of each year such as 1 April or 04-01"),
        ("pilot list --where budget=€5", "write the amount in GBP"),
    ],
)
def test_what_may_be_two_things_or_cannot_be_is_refused(begun: Shell, typed: str, said: str) -> None:
    before = begun.file.read_bytes()
    assert said in begun.refused(1, *begun.split(typed))
    assert begun.file.read_bytes() == before


def test_another_currency_says_what_becomes_of_amounts_and_asks_why(begun: Shell) -> None:
    begun.done("pilot", "set", "P-01", "--budget", "1.5m", "--forecast-cost", "1.4m")
    words = "2 amounts are recorded in GBP and not converted: they stand as EUR from now on."
    assert f"{words} Say why the currency changes (--reason" in begun.refused(
        1, "programme", "set", "--currency", "EUR"
    )
    begun.done("programme", "set", "--currency", "EUR", "--reason", "We joined the euro")
    assert words in begun.words


def test_the_programmes_own_currency_and_year_decide(begun: Shell) -> None:
    begun.done("programme", "set", "--currency", "AUD", "--financial-year-start", "1 July")
    assert reading(begun, "pilot", "set", "P-01", "--budget", "A$1.5m") == "budget AUD 1,500,000"
    assert "write the amount in AUD" in begun.refused(1, "pilot", "set", "P-01", "--budget", "£5")
    begun.done("pilot", "set", "P-01", "--forecast-end", "FY27", "--reason", "As the plan says")
    assert "P-01\t2026/27" in begun.done(
        "pilot", "list", "--columns", "forecast_end", "--where", "forecast_end=2026/27"
    )
    (pilot,) = begun.json("pilot", "list", "--columns", "forecast_end")
    assert pilot["forecast_end"] == "2027-06-30"
    assert pilot["states"]["forecast_end"]["precision"] == "financial_year"
    begun.done("programme", "set", "--financial-year-start", "04-01")
    assert "2026/27" in begun.done("pilot", "show", "P-01")


def _options_of_a_state(group: click.Group, words: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return each command that shows a state of a day, with its arguments and the option that gives the day."""
    found = []
    context = click.Context(group, obj=Session())
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            found += _options_of_a_state(command, (*words, name))
        elif command is not None:
            arguments = ["P-01" for param in command.params if isinstance(param, click.Argument) and param.required]
            fields = {"field_as_of"}
            options = {
                option
                for param in command.params
                if isinstance(param, click.Option) and param.name not in fields
                for option in param.opts
                if option in ("--as-of", "--true-on", "--since")
            }
            found += [(*words, name, *arguments, option) for option in sorted(options)]
    return found


STATES = _options_of_a_state(root)


def test_every_kind_of_command_that_shows_a_state_is_found() -> None:
    commands = {" ".join(words[:2]) for words in STATES}
    assert {"risk list", "risk show", "report summary", "report pack", "report public", "report calendar"} <= commands
    assert {"signals --as-of", "signals --since", "settings list", "metric compare", "service rank"} <= commands


def test_a_state_of_a_day_to_come_is_refused_with_the_day(begun: Shell) -> None:
    for words in STATES:
        said = begun.refused(1, *words, "tomorrow")
        sentence = f"{words[-1]} was read as Monday 30 November 2026, tomorrow: nobody knows that day yet."
        assert sentence in said, words


def test_on_a_terminal_one_is_asked_which_day_is_meant(begun: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.cli.shell.days._somebody_answers", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: "2")
    assert begun.done("action", "add", "t", "--owner", "Data lead", "--due", "20 Nov") == "A-001\n"
    assert "  1  Friday 20 November 2026, 9 days ago" in begun.words
    assert "  2  Saturday 20 November 2027, in about 12 months" in begun.words
    assert begun.json("action", "show", "A-001")["due"] == "2027-11-20"


def test_a_day_that_the_field_would_refuse_is_never_offered(begun: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.cli.shell.days._somebody_answers", lambda: True)
    begun.day = date(2026, 11, 30)
    sentence = "cannot be Tuesday 1 December 2026, which is still to come: write 2025-12-01 if"
    for words in (("win", "add", "Halved the queue", "--date", "1 Dec"), ("risk", "list", "--as-of", "1 Dec")):
        assert sentence in begun.refused(1, *words)


def test_papers_say_no_per_cent_of_budgets_below_zero(begun: Shell) -> None:
    begun.done("pilot", "add", "Income", "--budget", "-500", "--forecast-cost", "(400)")
    begun.done("pilot", "add", "Works", "--budget", "1000", "--forecast-cost", "1100")
    summary = " ".join(begun.done("report", "summary").split())
    assert "Budget £500 over 2 of 3 running pilots; 1 missing." in summary
    assert "2 state both: budget £500, forecast £700, £200 over. Over 5%: P-03 10.0%. Interop" in summary
    pack = " ".join(begun.done("report", "pack").split())
    finance = pack[pack.index("Money of each pilot") :]
    assert "Budget: −500 · Forecast: −400 · Variance: +100" in finance
    assert "Budget: 1,000 · Forecast: 1,100 · Variance: +100 · In per cent: +10.0%" in finance
    assert "below 0: not enough data" in begun.done("pilot", "explain", "P-02")


def test_the_record_that_takes_over_is_said_when_it_was_named_in_part(begun: Shell) -> None:
    begun.done("person", "add", "Design lead")
    begun.done("pilot", "add", "Permits online")
    begun.done("action", "add", "Write", "--owner", "PER-002", "--due", "2027-01-15", "--pilot", "P-01")
    begun.done("hand-over", "PER-002", "PER-003", "--pilot", "park", "--only", "action")
    assert "PER-003 · pilot P-01 Parking\n" in begun.words
    assert reading(begun, "pilot", "remove", "P-01", "--reason", "Entered twice", "--move-to", "permits") == (
        "move to P-02 Permits online"
    )
    begun.done("undo")
    assert reading(begun, "pilot", "remove", "P-01", "--reason", "Entered twice", "--move-to", "P-02") == ""


def test_a_share_is_read_in_per_cent_where_a_metric_has_shares(shell: Shell) -> None:
    made = ("--definition", "Finished of those begun", "--better", "up")
    shell.done("metric", "add", "Completion", "--kind", "proportion", *made, "--target", "0.8")
    assert "M-01 · target 80%" in shell.words
    shell.done("metric", "add", "Index", "--kind", "index", *made, "--unit", "points", "--target", "0.8")
    rows = [line.split("\t") for line in shell.done("metric", "list").splitlines()]
    place = rows[0].index("Target")
    assert [row[place] for row in rows[1:]] == ["80%", "0.8"]
    assert "80%" in shell.done("metric", "show", "M-01") and "80%" not in shell.done("metric", "show", "M-02")
    assert [metric["target"] for metric in shell.json("metric", "list")] == [0.8, 0.8]
    shell.done("metric", "set", "M-01", "--target", "85%", "--reason", "It was too easy")
    assert shell.json("metric", "show", "M-01")["target"] == 0.85


def test_what_became_of_a_share_is_told_in_per_cent_as_its_record_was_then(shell: Shell) -> None:
    words = ("--definition", "Completed of begun", "--target", "80%")
    shell.done("metric", "add", "Completion", "--kind", "proportion", *words)
    shell.done("metric", "set", "M-01", "--target", "90%", "--reason", "Agreed")
    shell.done("undo")
    assert "Target 90% → 80%" in shell.words
    shell.done("metric", "set", "M-01", "--kind", "mean", "--target", "12", "--unit", "minutes", "--reason", "Minutes")
    shell.done("metric", "set", "M-01", "--target", "0.8", "--reason", "A joke")
    rows = [line.split("\t") for line in shell.done("history", "M-01").splitlines()]
    field, old, new = (rows[0].index(head) for head in ("Field", "From", "To"))
    moves = [(row[old], row[new]) for row in rows if row[field] == "Target"]
    assert moves == [("80%", "90%"), ("90%", "80%"), ("80%", "12"), ("12", "0.8")]
