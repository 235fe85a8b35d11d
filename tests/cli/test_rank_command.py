"""``tracker service rank``: both axes, the range of places, and what is not recorded."""

import csv
import io
from datetime import date

from shell import Shell, prepared

SERVICES = (
    ("Change of address", "61000", "14", "33%", "5.10", "4", "3", "5", "4"),
    ("Welfare grants", "3100", "75", "41%", "64", "9", "5", "2", "3"),
    ("Missed bins", "33000", "6", "12%", "2.90", "2", "2", "5", "5"),
)
OPTIONS = (
    *("--annual-volume", "--citizen-minutes", "--failure-rate", "--cost-per-transaction", "--manual-handoffs"),
    *("--vulnerability", "--readiness", "--data-readiness"),
)


@prepared
def borough(shell: Shell) -> None:
    """Three services of which all is known, one of which nothing is, and one that is live."""
    for name, *facts in SERVICES:
        shell.done("service", "add", name, *(word for pair in zip(OPTIONS, facts, strict=True) for word in pair))
    shell.done("service", "add", "Unknown", "--legal-deadline", "2026-09-21")
    shell.done("service", "add", "Library", "--lifecycle", "live")


def table(shell: Shell, *words: str) -> list[list[str]]:
    return [line.split("\t") for line in shell.done("service", "rank", *words).splitlines()]


def test_both_axes_are_shown(borough: Shell) -> None:
    header, *rows = table(borough)
    assert header[:6] == ["Quadrant", "Rank", "Ref", "Service", "Impact", "Feasibility"]
    assert [row[:4] for row in rows] == [
        ["A", "1st (1–2)", "S-01", "Change of address"],
        ["B", "2nd (1–2)", "S-02", "Welfare grants"],
        ["C", "3rd", "S-03", "Missed bins"],
        ["", "not enough data", "S-04", "Unknown"],
        ["", "live", "S-05", "Library"],
    ]
    assert rows[0][4:11] == ["74.0", "90.0", "", "14,233", "311,100", "33%", "4"]
    assert rows[3][6] == "21 Sep 2026" and rows[3][-1].startswith("transactions a year, ")


def test_words_say_what_the_table_cannot(borough: Shell) -> None:
    borough.done("service", "rank")
    assert "3 services ranked by impact. 1 candidate without enough data." in borough.words
    assert "■ Red: Unknown (S-04): the legal deadline of 21 Sep 2026 passed 10 days ago." in borough.words
    assert "○ No data: Unknown (S-04) is not ranked" in borough.words
    assert "up to 25% up or down" in borough.words


def test_json_and_csv(borough: Shell) -> None:
    found = borough.json("service", "rank")
    assert [(one["service"]["ref"], one["state"], one["rank"], one["rank_low"], one["rank_high"]) for one in found] == [
        ("S-01", "ranked", 1, 1, 2),
        ("S-02", "ranked", 2, 1, 2),
        ("S-03", "ranked", 3, 3, 3),
        ("S-04", "not_enough_data", None, None, None),
        ("S-05", "live", None, None, None),
    ]
    assert (found[0]["annual_cost"], found[3]["legal_deadline"], found[3]["impact"]) == (31_110_000, "2026-09-21", None)
    header, *rows = csv.reader(io.StringIO(borough.done("service", "rank", "--csv")))
    assert len({len(row) for row in (header, *rows)}) == 1
    first = dict(zip(header, rows[0], strict=True))
    assert (first["Ref"], first["Impact"], first["Annual cost"]) == ("S-01", str(found[0]["impact"]), "311100")
    assert borough.words == ""


def test_weights_and_an_earlier_day(borough: Shell) -> None:
    borough.day = date(2026, 10, 20)
    borough.done("settings", "set", "weight_hours", "0", "--reason", "As the board agreed")
    assert [row[:3] for row in table(borough)[1:3]] == [["A", "2nd", "S-01"], ["B", "1st", "S-02"]]
    assert table(borough, "--as-of", "2026-10-01")[1][:3] == ["A", "1st (1–2)", "S-01"]


def test_nothing_to_rank(shell: Shell) -> None:
    assert shell.json("service", "rank") == []
    shell.done("service", "rank")
    assert "There is no candidate service to rank." in shell.words
