"""Five kinds of nothing in figures: every total equals its parts, and nothing missing has a colour or a consequence."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules.evidence_cases import DAY, evidence, make, pilot

from tracker.entities.pilot import ENDING_OUTCOMES, Pilot
from tracker.fields import MARKS, Nothing
from tracker.reports.model import Facts, Missing, Table
from tracker.reports.papers.data import SummaryData
from tracker.reports.sections.delivery import finance, money
from tracker.reports.sections.people import people_report, trained
from tracker.reports.sections.pilots import headline
from tracker.reports.sections.registers import benefits_by_year, register_tables
from tracker.rules.changes.since import Facts as JournalFacts
from tracker.rules.day import Day
from tracker.rules.signals.pilot.cost import cost_signal
from tracker.rules.signals.pilot.time import time_signal
from tracker.rules.signals.programme import programme_signals
from tracker.rules.totals import total

steady = settings(derandomize=True, max_examples=60, deadline=None)
PHASES = (None, "discovery", "alpha", "private_beta", "public_beta", "live", "paused", "retirement", "stopped")
FIGURES = ("budget", "forecast_cost", "spend_to_date")

figure = st.one_of(st.integers(0, 10**12), st.sampled_from([*MARKS, None]))
facts = st.fixed_dictionaries(
    {
        **dict.fromkeys(FIGURES, figure),
        "baseline_end": st.one_of(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sampled_from([*MARKS, None])),
        "phase": st.sampled_from(PHASES),
        "outcome": st.sampled_from(["none", "scaled", "stopped", "extended", "paused"]),
        "actual_end": st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    }
)


def day_of(portfolio: list[dict[str, Any]]) -> Day:
    """Return the evidence of pilots whose figures are values or kinds of nothing."""
    pilots, said = [], {}
    for number, values in enumerate(portfolio, 1):
        ref = f"P-{number:02}"
        for field in (*FIGURES, "baseline_end"):
            if isinstance(values[field], str):
                said[ref, field] = Nothing(values[field])
        plain = {name: None if name != "phase" and value in MARKS else value for name, value in values.items()}
        pilots.append(pilot(ref, **plain))
    return evidence(*pilots, nothings=said)


def paper(day: Day) -> SummaryData:
    """Return what a paper of a day is made from, with nothing to compare."""
    return SummaryData(day, None, None, JournalFacts(), day.updated, "0" * 64, programme_signals(day))


@steady
@given(st.lists(facts, min_size=1, max_size=12))
def test_every_total_equals_its_parts_and_says_of_how_many_it_is(portfolio: list[dict[str, Any]]) -> None:
    day = day_of(portfolio)
    for field in FIGURES:
        whole = total(day, day.all(Pilot), field)
        values = [values[field] for values in portfolio]
        assert whole.amount == sum(value for value in values if isinstance(value, int))
        assert whole.given + sum(count for _, count in whole.nothings) == whole.of == len(portfolio)
        for kind, count in whole.nothings:
            said = values.count(kind) + (values.count(None) if kind == "missing" else 0)
            assert count == said and f"{count} {kind.replace('_', ' ')}" in whole.scope()


@steady
@given(st.lists(facts, min_size=1, max_size=12))
def test_a_printed_total_is_that_of_the_rows_of_the_pilots_that_run(portfolio: list[dict[str, Any]]) -> None:
    data = paper(day_of(portfolio))
    section = finance(data)
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    rows = [row for row in table.rows if "(ended)" not in row[0]]
    sums = [rows.pop()] if rows and rows[-1][0].startswith("Total of") else []
    assert len(rows) == len(data.running) and bool(sums) == (len(rows) > 1)
    assert len(table.rows) == len(portfolio) + len(sums)
    for place in (1, 2, 5) if sums else ():
        assert sums[0][place] in (_summed(row[place] for row in rows), "Not known")
    for block in section.blocks:
        for label, words in block.items if isinstance(block, Facts) else ():
            column = {"Budget": 1, "Forecast": 2, "Spent": 5}.get(label)
            if column is None or words[0] != "£" or words.startswith("Not stated"):
                continue
            printed = words.partition(" over ")[0].replace("£", "")
            assert printed == _summed(row[column] for row in rows)
    assert f"of {len(rows)} running pilot" in money(data)[0][1] or not rows or "Budget £" in money(data)[0][1]
    tally = [block.text for block in headline(data).blocks if hasattr(block, "text")]
    assert not rows or any(text.startswith(f"{len(rows)} running pilot") for text in tally)


def _summed(cells: Any) -> str:
    pence = 0
    for cell in cells:
        if re.fullmatch(r"[0-9,]+(\.[0-9]{2})?", cell):
            whole, _, part = cell.replace(",", "").partition(".")
            pence += int(whole) * 100 + int(part or 0)
    whole, part = divmod(pence, 100)
    return f"{whole:,}" + (f".{part:02}" if part else "")


@steady
@given(facts)
def test_nothing_that_is_missing_is_green_or_red_or_a_reason_to_recommend(values: dict[str, Any]) -> None:
    day = day_of([values])
    (one,) = day.all(Pilot)
    if one.budget is None or (not isinstance(values["forecast_cost"], int) and one.spend_to_date is None):
        assert cost_signal(day, one).level == "grey"
    if one.baseline_end is None:
        assert time_signal(day, one).level == "grey"
    for signals in programme_signals(day).pilots:
        assert signals.scaling.recommendation == ""
        assert signals.evidence.level in ("not_enough", "amber", "red")
        assert signals.evidence.dimensions["cost"].level != "red" or one.budget


@pytest.mark.parametrize(
    ("kind", "sentence", "missing"),
    [
        ("missing", "No budget is recorded, so nobody can tell what is too much.", ("the budget",)),
        ("withheld", "The budget is withheld, so nobody can tell what is too much.", ()),
        ("not_yet_known", "The budget is not yet known, so nobody can tell what is too much.", ()),
        ("not_applicable", "No budget applies, so nobody can tell what is too much.", ()),
    ],
)
def test_each_kind_of_nothing_has_its_own_sentence(kind: str, sentence: str, missing: tuple[str, ...]) -> None:
    one = pilot(budget=None, forecast_cost=5)
    signal = cost_signal(evidence(one, nothings={("P-01", "budget"): Nothing(kind)}), one)
    assert (signal.level, signal.headline, signal.missing) == ("grey", sentence, missing)
    zero = pilot(budget=0, forecast_cost=5)
    assert cost_signal(evidence(zero), zero).headline.startswith("The budget is 0:")


@pytest.mark.parametrize(
    ("values", "ended"),
    [
        ({"phase": "stopped"}, True),
        ({"phase": "retirement"}, True),
        ({"phase": "live", "actual_end": DAY}, True),
        ({"phase": "alpha", "actual_end": DAY - timedelta(1)}, True),
        ({"phase": "alpha", "actual_end": DAY + timedelta(1)}, False),
        *(({"outcome": outcome}, True) for outcome in ENDING_OUTCOMES),
        ({"outcome": "extended"}, False),
        ({"phase": None}, False),
    ],
)
def test_a_pilot_that_has_ended_is_not_running(values: dict[str, Any], ended: bool) -> None:
    day = evidence(pilot(**values))
    assert (day.running == []) is ended
    if values.get("phase") != "live":
        assert (programme_signals(day).pilots == ()) is ended


def test_attendance_that_is_not_known_is_counted_apart() -> None:
    day = evidence(
        pilot(phase="private_beta"),
        make("need", role_group="Staff", pilot="P-01", headcount=10),
        make("session", "T-01", title="Workshop", pilot="P-01", starts_on=DAY - timedelta(9), status="held"),
        make("attendance", "AT-001", session="T-01", role_group="Staff", present=4),
        make("attendance", "AT-002", session="T-01", role_group="Others", present=None),
        nothings={("AT-002", "present"): Nothing("withheld")},
    )
    data = paper(day)
    assert "Attendance of sessions held not known, and nobody counted for it: Others (P-01)." in trained(data)[0][1]
    tables = {block.id: block for block in people_report(data).blocks if isinstance(block, Table)}
    assert tables["sessions"].rows[0][5] == "4 (of 1 of 2 groups; 1 withheld)"


def test_benefits_of_a_year_add_up_by_kind_and_say_of_how_many() -> None:
    def worth(ref: str, benefit: str, year: int, **facts: Any) -> Any:
        return make("figure", ref, benefit=benefit, year=date(year, 4, 1), **facts)

    kinds = {"BN-001": "cash_releasing", "BN-002": "cash_releasing", "BN-003": "qualitative", "BN-004": "economic"}
    benefits = [make("benefit", ref, title=ref, benefit_kind=kind) for ref, kind in kinds.items()]
    dropped = make("benefit", "BN-005", title="x", benefit_kind="economic", status="dropped", dropped_reason="Not so")
    worse = make("benefit", "BN-006", title="Longer calls", benefit_kind="economic", dis_benefit=True)
    figures = [
        worth("BF-001", "BN-001", 2026, target=900_000, forecast=820_050, realised=0),
        worth("BF-002", "BN-002", 2026, target=100_000),
        worth("BF-003", "BN-003", 2026),
        worth("BF-004", "BN-004", 2027, target=-500),
        worth("BF-005", "BN-005", 2026, target=7),
        worth("BF-006", "BN-006", 2026, target=300_000),
    ]
    day = evidence(*benefits, dropped, worse, *figures, nothings={("BF-002", "forecast"): Nothing("withheld")})
    (table,) = benefits_by_year(paper(day))
    assert table.rows == (
        ("1 Apr 2026", "Cash-releasing", "10,000", "8,200.50 (1 of 2; 1 withheld)", "0 (1 of 2; 1 missing)"),
        ("1 Apr 2026", "Dis-benefit", "3,000", "– (0 of 1; 1 missing)", "– (0 of 1; 1 missing)"),
        ("1 Apr 2026", "Qualitative", *["– (0 of 1; 1 missing)"] * 3),
        ("1 Apr 2027", "Economic", "−5", "– (0 of 1; 1 missing)", "Not yet"),
    )
    assert benefits_by_year(paper(evidence(*benefits))) == []


def test_a_register_whose_records_have_all_ended_has_none_open_and_was_not_left_empty() -> None:
    resolved = make("incident", "INC-001", title="x", status="resolved", detected_on=DAY, resolved_on=DAY)
    (section,) = register_tables(paper(evidence(resolved)))
    assert "None open – checked." in [block.text for block in section.blocks if isinstance(block, Missing)]
