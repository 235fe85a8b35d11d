"""History by day, person, field and register, and lists by alternatives and for oneself, as they are typed."""

import csv
from datetime import date

import pytest
from shell import Shell, prepared


@prepared
def told(shell: Shell) -> None:
    """Three weeks of changes by two people."""
    shell.done("pilot", "add", "Parking", "--budget", "6m")
    shell.done("risk", "add", "Lookups fail", "--likelihood", "4", "--impact", "3", "--owner", "ana")
    shell.day, shell.who = date(2026, 10, 8), "ben"
    shell.done("pilot", "set", "P-01", "--budget", "7m", "--reason", "Agreed")
    shell.done("risk", "set", "R-001", "--likelihood", "5")
    shell.day, shell.who = date(2026, 10, 15), "ana"
    shell.done("pilot", "set", "P-01", "--budget", "8m", "--phase", "alpha", "--reason", "Again")
    shell.done("risk", "add", "Nobody comes", "--owner", "ben")


def what(shell: Shell, *words: str) -> list[str]:
    return [command["command"] for command in shell.json("history", *words)]


def test_commands_by_day_person_and_register(told: Shell) -> None:
    assert what(told, "--since", "2026-10-15") == ["risk.add", "pilot.set"]
    assert what(told, "--since", "2026-10-02", "--until", "2026-10-14") == ["risk.set", "pilot.set", "join"]
    assert what(told, "--who", "ben") == ["risk.set", "pilot.set", "join"]
    assert what(told, "--who", "me", "--since", "2026-10-02") == ["risk.add", "pilot.set"]
    assert what(told, "--kind", "risk", "--who", "ana") == ["risk.add", "risk.add"]
    assert what(told, "--kind", "risk", "--limit", "1") == ["risk.add"]
    assert what(told, "--until", "2026-09-01") == []
    assert told.done("history", "--until", "2026-09-01").count("\n") == 1 and "No such change." in told.words


def test_the_changes_of_a_field(told: Shell) -> None:
    budgets = told.json("history", "--field", "budget")
    assert [(change["record"]["ref"], change["old"], change["new"], change["who"]) for change in budgets] == [
        ("P-01", 700000000, 800000000, "ana"),
        ("P-01", 600000000, 700000000, "ben"),
    ]
    assert len(told.json("history", "--field", "budget", "--who", "ben", "--kind", "pilot")) == 1
    assert told.json("history", "--field", "budget", "--kind", "pilot", "--since", "2026-10-15", "--who", "ben") == []
    (header, row) = csv.reader(told.done("history", "--field", "Budget", "--until", "2026-10-10", "--csv").splitlines())
    assert dict(zip(header, row, strict=True))["To"] == "7,000,000"
    assert "No register has a field “colour”" in told.refused(1, "history", "--field", "colour")
    assert "A risk has no field “budget”" in told.refused(1, "history", "--field", "budget", "--kind", "risk")


def test_of_one_record(told: Shell) -> None:
    assert [change["field"] for change in told.json("history", "P-01", "--field", "phase")] == ["phase"]
    assert {change["who"] for change in told.json("history", "P-01", "--who", "ben")} == {"ben"}
    newest = told.json("history", "P-01", "--since", "2026-10-15", "--field", "budget")
    assert [change["new"] for change in newest] == [800000000]
    scored = told.done("history", "R-001", "--field", "likelihood", "--since", "2026-10-08")
    assert "Likelihood 5" in scored and scored.count("\n") == 2
    assert told.json("history", "P-01", "--who", "me", "--until", "2026-10-08") == [
        change for change in told.json("history", "P-01") if change["field"] == "*"
    ]


def test_the_changes_of_a_field_hold_kinds_of_nothing_and_what_is_read_from_newer_records(told: Shell) -> None:
    told.day = date(2026, 10, 20)
    told.done("pilot", "add", "Permits")
    told.done("pilot", "set", "P-02", "--budget", "withheld: commercial", "--reason", "Asked to")
    (newest, *_) = csv.DictReader(told.done("history", "--field", "budget", "--csv").splitlines())
    assert (newest["Record"], newest["From"], newest["To"]) == ("P-02", "", "⊘ withheld (commercial)")
    told.done("pilot", "set", "P-02", "--budget", "5m", "--reason", "Told")
    assert [change["new"] for change in told.json("history", "--field", "budget", "--limit", "2")] == [
        500000000,
        None,
    ]
    rows = [*csv.DictReader(told.done("history", "--field", "likelihood", "--kind", "risk", "--csv").splitlines())]
    assert [(row["Record"], row["To"].split(",")[0]) for row in rows] == [
        ("R-001", "Likelihood 5"),
        ("R-001", "Likelihood 4"),
    ]
    assert rows[:1] == [
        *csv.DictReader(
            told.done("history", "R-001", "--field", "likelihood", "--since", "2026-10-08", "--csv").splitlines()
        )
    ]
    assert what(told, "--kind", "risk", "--who", "ben") == ["risk.set"]  # by a new assessment
    told.done("pilot", "set", "P-02", "--delivery-lead", "tbc", "--reason", "Nobody yet")
    assert what(told, "--kind", "pilot", "--limit", "1") == ["pilot.set"]


def test_a_pilots_history_says_whose_rating_it_is(told: Shell) -> None:
    why = ("--narrative", "A narrative of at least twenty characters.")
    told.done("confidence", "add", "P-01", "--kind", "assurance", "--rating", "red", *why)
    told.done("confidence", "add", "P-01", "--dimension", "cost", "--rating", "red", *why)
    told.done("confidence", "add", "P-01", "--rating", "amber", *why)
    told.done("confidence", "add", "P-01", "--rating", "withheld: exempt", *why)
    ratings = [row["To"] for row in csv.DictReader(told.done("history", "P-01", "--csv").splitlines())][-3:]
    assert [text.split(",")[0] for text in ratings] == [
        "Assurance ■ Red",
        "Reported ▲ Amber",
        "Reported ⊘ withheld (exempt)",
    ]
    assert len(told.json("history", "--field", "reported")) == 2
    assert len(told.json("history", "--field", "assurance")) == 1
    assert len(told.json("history", "P-01", "--field", "assurance")) == 1


@pytest.mark.parametrize(
    ("typed", "code", "sentence"),
    [
        (("--who", "Zebulon"), 1, "There is no person “Zebulon”"),
        (("--since", "2026-10-10", "--until", "2026-10-01"), 1, "nothing lies between"),
        (("--kind", "cabbage"), 1, "cabbage"),
        (("1", "--who", "ana"), 2, "leave the other options out"),
        (("--since", "some day"), 1, "some day"),
    ],
)
def test_what_cannot_be_asked_is_said(told: Shell, typed: tuple[str, ...], code: int, sentence: str) -> None:
    assert sentence in told.refused(code, "history", *typed)


def test_history_for_me_where_nobody_is_called_so(told: Shell) -> None:
    told.who = "carla"
    assert "“me” is “carla” here" in told.refused(1, "history", "--who", "me")


def refs(shell: Shell, kind: str, *where: str) -> list[str]:
    return [
        record["ref"] for record in shell.json(kind, "list", *(word for text in where for word in ("--where", text)))
    ]


def test_alternatives_in_a_condition(told: Shell) -> None:
    told.done(
        "risk",
        "set",
        "R-001",
        "--status",
        "closed",
        "--closing-reason",
        "expired",
        "--cause",
        "a",
        "--event",
        "b",
        "--consequence",
        "c",
    )
    assert refs(told, "risk", "status=closed|draft") == ["R-001", "R-002"]
    assert refs(told, "risk", "status=closed|open") == ["R-001"]
    assert refs(told, "risk", "status!=closed|open") == ["R-002"]
    assert refs(told, "risk", "title~look|nobody", "status=draft") == ["R-002"]
    assert refs(told, "risk", "likelihood=5|") == ["R-001", "R-002"]
    assert refs(told, "risk", "ref=R-001|r2") == ["R-001", "R-002"]
    assert refs(told, "risk", r"title=Lookups\|fail") == []
    assert "Status" in told.refused(1, "risk", "list", "--where", "status=open|shut")


def test_me_is_whoever_asks(told: Shell) -> None:
    assert refs(told, "risk", "owner=me") == ["R-001"]
    assert refs(told, "risk", "owner!=me") == ["R-002"]
    assert refs(told, "pilot", "updated_by=me") == ["P-01"]
    told.who = "ben"
    assert refs(told, "risk", "owner=me") == ["R-002"]
    assert refs(told, "risk", "owner=me|ana") == ["R-001", "R-002"]
    told.who = "carla"
    assert "nobody in this file is called so" in told.refused(1, "risk", "list", "--where", "owner=me")


def test_search_and_lists_say_a_former_name(told: Shell) -> None:
    told.done("pilot", "set", "P-01", "--name", "Street permits", "--reason", "Merged")
    (hit,) = told.json("search", "parking")
    assert (hit["title"], hit["former"], hit["snippet"]) == ("Street permits", "Parking", "called “Parking” before")
    assert "Street permits" in told.done("pilot", "list", "--text", "parking")
    assert "P-01 was called “Parking” before." in told.words
    told.done("pilot", "list", "--text", "street")
    assert told.words == ""
    assert told.done("pilot", "show", "parking").startswith("P-01  Street permits")
    assert "P-01 was called “Parking” before; now: Street permits." in told.words
    assert "now: Street permits" in told.refused(1, "pilot", "set", "Parking", "--budget", "9m")
    assert [hit["title"] for hit in told.json("search", "parking", "--as-of", "2026-10-08")] == ["Parking"]
    assert told.json("search", "nobody", "--as-of", "2026-10-08") == []


@pytest.mark.parametrize("typed", ["p1", "P 1", "p-01", "P-1", "p01"])
def test_a_ref_is_understood_however_it_is_typed(told: Shell, typed: str) -> None:
    assert told.json("search", typed)[0]["ref"] == "P-01"
    assert told.done("show", typed).startswith("P-01")
