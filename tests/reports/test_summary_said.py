"""What the status summary says of a programme, record by record: what is missing, stale, moved, late or won."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from paper_said import FORMATS, blocks, line, said
from papers import DAY, PREV, at, begin

from tracker.errors import TrackerError
from tracker.reports.model import Report, Table
from tracker.services.papers.building import pack, render, summary
from tracker.services.records.settings import set_setting
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change, remove
from tracker.storage.store import Acting, Store


@pytest.fixture
def made(path: Path) -> Iterator[tuple[Store, Acting]]:
    store, by = begin(path, {"name": "Simpler Services"})
    with store:
        yield store, by


def of(made: tuple[Store, Acting], day: date = DAY, since: date | None = None) -> Report:
    return summary(made[0], day=day, since=since)


def packed(made: tuple[Store, Acting], day: date = DAY, since: date | None = None) -> Report:
    return pack(made[0], day=day, since=since)


def test_an_empty_programme_says_what_is_missing(made: tuple[Store, Acting]) -> None:
    found = of(made)
    assert said(found, "headline").startswith("○ No rating: no confidence report")
    assert said(found, "pilots") == "None recorded."
    assert said(found, "risks") == "None recorded."
    assert line(found, "Training") == "No training need recorded."
    assert line(found, "Small wins") == "None recorded."
    assert said(found, "outcomes") == "No metric is recorded."
    assert line(found, "Interoperability") == "No service is recorded."
    assert line(found, "Money") == "No pilot is running."
    assert "not compared" in line(found, "What changed")
    for kind in FORMATS:
        text = render(found, kind).decode()
        assert "Green" not in text and "●" not in text


def test_a_stale_pilot_is_not_green(made: tuple[Store, Acting]) -> None:
    store, by = made
    pilot = add(store, "pilot", {"name": "Parking"}, at(by, date(2026, 10, 1))).uid
    add(store, "confidence", {"pilot": pilot, "rating": "green"}, at(by, date(2026, 10, 1)))
    found = of(made)
    (table,) = blocks(found, "pilots")
    assert isinstance(table, Table) and table.rows[0][2] == "○ Stale, was ● Green"
    assert table.rows[0][-1].startswith("STALE: no update for 42 days")
    assert "1 ○ Not rated as reported (1 green report is stale and not counted as green)" in said(found, "headline")
    add(store, "iteration", {"pilot": pilot, "goal": "Go on", "start": DAY, "end": DAY}, at(by, date(2026, 11, 5)))
    assert "1 of 1 running pilot updated" in line(of(made), "Freshness")


def test_an_update_that_only_mends_words_is_not_fresh(made: tuple[Store, Acting]) -> None:
    store, by = made
    pilot = add(store, "pilot", {"name": "Praking"}, at(by, date(2026, 10, 1))).uid
    change(store, "pilot", pilot, {"name": "Parking"}, at(by, date(2026, 11, 11)))
    assert "stale: P-01 (42 days)" in line(of(made), "Freshness")
    change(store, "pilot", pilot, {"status_note": "The signs are up."}, at(by, date(2026, 11, 11)))
    assert "stale" not in line(of(made), "Freshness")


def test_the_second_move_counts_and_an_undone_one_does_not(made: tuple[Store, Acting]) -> None:
    store, by = made
    pilot = add(store, "pilot", {"name": "Repairs", "forecast_end": date(2026, 11, 1)}, at(by, PREV)).uid

    def move(to: date, on: date, reason: str) -> None:
        change(store, "pilot", pilot, {"forecast_end": to}, at(by, on), reason=reason)

    move(date(2026, 12, 18), date(2026, 10, 7), "first slip")
    move(date(2027, 6, 1), date(2026, 10, 9), "a slip of the finger")
    undo(store, at(by, date(2026, 10, 9)))
    move(date(2027, 1, 29), date(2026, 11, 3), "supplier capacity")
    text = said(packed(made, since=date(2026, 10, 9)), "all-changes").lower()
    assert "1 moved" in line(of(made, since=date(2026, 10, 9)), "What changed").lower()
    assert "forecast end moved from 18 dec 2026 to 29 jan 2027 (2nd move): supplier capacity" in text


def test_money_says_of_how_many_pilots(made: tuple[Store, Acting]) -> None:
    store, by = made
    add(store, "pilot", {"name": "One", "budget": 10_000_000, "forecast_cost": 10_880_000}, by)
    add(store, "pilot", {"name": "Two", "budget": 5_000_000}, by)
    add(store, "pilot", {"name": "Three"}, by)
    add(store, "pilot", {"name": "Four", "budget": 0, "forecast_cost": 0}, by)
    text, _, over = line(of(made), "Money").partition(" Over 5%: ")
    budget = "Budget £150,000 over 3 of 4 running pilots; 1 missing."
    forecast = "Forecast £108,800 over 2 of 4 running pilots; 2 missing."
    assert text == f"{budget} {forecast} 2 state both: budget £100,000, forecast £108,800, £8,800 over (8.8%)."
    assert over == "P-01 8.8%."


def test_a_pilot_far_over_its_budget_is_named_where_the_total_hides_it(made: tuple[Store, Acting]) -> None:
    store, by = made
    for budget, forecast, spent in ((100, 118, None), (1000, 900, None), (200, 210, 230), (50, 52, None)):
        values = {"budget": budget * 100, "forecast_cost": forecast * 100}
        add(store, "pilot", {"name": "One", **values, "spend_to_date": spent and spent * 100}, by)
    text = line(of(made), "Money")
    assert "£70 under" in text and text.endswith(" Over 5%: P-01 18.0% and P-03 15.0%.")
    set_setting(store, "cost_red_percent", "30", by, "Prices are up")
    set_setting(store, "cost_amber_percent", "20", by, "Prices are up")
    assert "Over" not in line(of(made), "Money")


def test_no_training_need_is_said_once(made: tuple[Store, Acting]) -> None:
    store, by = made
    add(store, "pilot", {"name": "Parking", "phase": "live"}, by)
    assert line(of(made), "Training") == "No training need recorded. P-01 is in a phase with real users."


def test_wins_verified_first_and_only_those_of_the_period(made: tuple[Store, Acting]) -> None:
    store, by = made
    other = add(store, "person", {"display_name": "Checker"}, by).uid
    for title, day, more in (
        ("Old", date(2026, 9, 20), {}),
        ("Newest", date(2026, 11, 1), {}),
        ("Linked", date(2026, 10, 12), {"evidence": "link", "evidence_note": "x"}),
        ("Verified", date(2026, 10, 11), {"verified_by": other}),
    ):
        add(store, "win", {"title": title, "event_date": day, **more}, at(by, day))
    found = line(of(made, since=PREV), "Small wins").removeprefix("1 of 3 verified: ").split("; ")
    assert [one.split()[0] for one in found] == ["Verified", "Linked", "Newest"]
    assert found[-1].endswith("(not verified, no evidence).")
    assert line(of(made), "Small wins").startswith("1 of 4 verified: ")


def test_overdue_actions_and_how_often_they_were_redated(made: tuple[Store, Acting]) -> None:
    store, by = made
    for n in range(7):
        action = add(store, "action", {"text": f"Do {n}", "owner": by.person, "due": date(2026, 9, 20 + n)}, by).uid
    change(store, "action", action, {"due": date(2026, 9, 28)}, by, reason="more time")
    change(store, "action", action, {"due": date(2026, 9, 15)}, by, reason="less time")
    add(store, "action", {"text": "Later", "owner": by.person, "due": DAY}, by)
    text = said(packed(made), "actions")
    assert text.partition("\n")[2].startswith(
        "7 of 8 open actions overdue.\nA-007 Do 6 · Ana | <b>Novak</b> · 15 Sep 2026 · twice"
    )
    assert "A-008 Later · Ana | <b>Novak</b> · 12 Nov 2026 · never · Medium" in text.splitlines()


def test_the_paper_is_of_its_day(made: tuple[Store, Acting]) -> None:
    store, by = made
    pilot = add(store, "pilot", {"name": "Parking"}, by).uid
    early = of(made, day=date(2026, 9, 30))
    add(store, "confidence", {"pilot": pilot, "rating": "red"}, at(by, date(2026, 10, 1)))
    risk = add(store, "risk", {"title": "Later"}, at(by, date(2026, 10, 1))).uid
    remove(store, "risk", risk, at(by, date(2026, 10, 2)), reason="duplicate")
    set_setting(store, "soon_days", "7", at(by, date(2026, 10, 2)), "a shorter view")
    for kind in FORMATS:
        assert render(of(made, day=date(2026, 9, 30)), kind) == render(early, kind)
    late = said(packed(made, since=date(2026, 9, 30)), "all-changes")
    assert "Recorded and removed in between (duplicate)" in late
    assert "Soon · 28 → 7; each day is judged by its own" in late
    first = line(of(made, since=date(2026, 9, 30)), "What changed")
    assert first.endswith(" Removed R-001; not comparable Soon.")


def test_days_that_cannot_be(made: tuple[Store, Acting]) -> None:
    with pytest.raises(TrackerError, match="must be before"):
        of(made, since=DAY)
    with pytest.raises(TrackerError, match="The file begins on 1 Sep 2026"):
        of(made, day=date(2026, 8, 1))
    assert "nothing was recorded yet on 1 Aug 2026" in line(of(made, since=date(2026, 8, 1)), "What changed")
    with pytest.raises(TrackerError, match="cannot be made as “odp”"):
        render(of(made), "odp")
