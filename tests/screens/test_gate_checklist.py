"""The checklist of a gate on the screens: answered by keys, saved per answer, and taken."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, at
from screen_app import opened
from screen_host import HostApp, keys, picture, reading, settle, show, typed

from screens.dialogs import Confirm
from screens.gate.checklist import GateChecklist
from screens.gate.rows import CriterionRow
from screens.gate.taking import GateTaking
from screens.record.page import RecordPage
from tracker.entities import GateCriterion
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.writing import add, change
from tracker.storage.queries import Query, record, records, rows
from tracker.storage.store import Store

SMALL, LARGE = (80, 24), (120, 40)
TEXTS = ("People complete the task", "DPIA [/foo] [red]signed", "Security approved", "Code open")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pilot in alpha with a gate of four criteria, one of them not mandatory, made once and copied for each test."""
    path = tmp_path_factory.mktemp("gates") / "made.db"
    with create_programme(path, {"name": "Simpler Services"}, "ana", NOW, NOW.date()) as store:
        by = at(acting(store, "ana", "cli", NOW, NOW.date()), date(2026, 9, 1))
        add(store, "person", {"display_name": "Delivery lead, Housing"}, by)
        pilot = add(store, "pilot", {"name": "Parking [/x]", "phase": "alpha"}, by).uid
        values = {"name": "Private beta gate", "pilot": pilot, "opens_phase": "private_beta"}
        gate = add(store, "gate", values, by).uid
        for text in TEXTS:
            add(store, "criterion", {"text": text, "gate": gate, "mandatory": text != TEXTS[-1]}, by)
    return path


@pytest.fixture
def host(made: Path, path: Path, tmp_path: Path) -> HostApp:
    shutil.copy(made, path)
    return HostApp(path, NOW, tmp_path / "drafts")


def gate_of(path: Path) -> str:
    with reading(path) as store:
        return str(rows(store, Query("gate"), [])[0][0])


def criteria(path: Path) -> list[GateCriterion]:
    with reading(path) as store:
        return records(store, GateCriterion)


def results(path: Path) -> list[str]:
    return [one.result for one in criteria(path)]


def whole(host: HostApp) -> str:
    return "\n".join(picture(host))


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_page_of_a_gate_opens_its_checklist(host: HostApp, path: Path, size: tuple[int, int]) -> None:
    async with host.run_test(size=size) as pilot:
        await show(pilot, RecordPage("gate", gate_of(path)))
        assert "v Checklist" in whole(host)
        await keys(pilot, "v")
        assert isinstance(host.screen, GateChecklist)
        seen = whole(host)
        for text in (*TEXTS, "P-01 Parking [/x], in alpha, opens private beta · ○ Pending", "not mandatory"):
            assert text in seen
        assert seen.count("○ Not assessed") == 4
        assert "■ 0 of 3 mandatory criteria are settled." in seen
        assert "In the way of green: GC-001, GC-002 and GC-003." in " ".join(seen.split())
        for key in ("m Met", "p Partly", "n Not met", "a Not applicable", "t Take it", "esc Back"):
            assert key in " ".join(picture(host)[-1].split())
        await keys(pilot, "escape", "escape")


async def test_other_pages_have_no_checklist(host: HostApp, path: Path) -> None:
    with reading(path) as store:
        other = rows(store, Query("person"), [])[0][0]
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, RecordPage("person", other))
        await keys(pilot, "v")
        assert "Checklist" not in whole(host)
        assert isinstance(host.screen, RecordPage)


async def test_each_key_saves_an_answer_at_once(host: HostApp, path: Path) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, GateChecklist(gate_of(path)))
        await keys(pilot, "p")
        assert results(path)[0] == "partly"
        await keys(pilot, "down", "n")
        assert results(path) == ["partly", "not_met", "not_assessed", "not_assessed"]
        assert "■ Not met" in whole(host)
        await keys(pilot, "u")
        assert results(path)[1] == "not_assessed"
        assert "Undone" in host.said[-1]
        await keys(pilot, "up", "up", "n")
        assert results(path)[0] == "not_met"


async def test_met_asks_for_its_evidence_in_place(host: HostApp, path: Path) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, GateChecklist(gate_of(path)))
        await keys(pilot, "j", "m", "enter")
        assert "✗ A criterion is met only with evidence" in whole(host)
        await typed(pilot, "9 of 10 [/b] map")
        await keys(pilot, "tab", "down")
        with reading(path) as store:  # somebody else writes meanwhile; what was typed stays
            by = acting(store, "bea", "cli", NOW, NOW.date())
            change(store, "criterion", criteria(path)[2].uid, {"result": "partly"}, by)
        host.screen.records_changed()  # type: ignore[attr-defined]
        await settle(pilot)
        await keys(pilot, "enter")
        found = criteria(path)[1]
        assert (found.result, found.evidence, found.evidence_added_on) == ("met", "9 of 10 [/b] map", NOW.date())
        assert "Evidence: 9 of 10 [/b] map (1 Oct 2026)" in whole(host)
        assert "▲ Partly" in whole(host)
        await keys(pilot, "m", "escape")
        assert isinstance(host.screen, GateChecklist)
        focused = host.focused
        assert isinstance(focused, CriterionRow)
        assert focused.criterion.ref == "GC-002"


async def test_not_applicable_asks_why_and_evidence_may_be_added_alone(host: HostApp, path: Path) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, GateChecklist(gate_of(path)))
        await keys(pilot, "a")
        await typed(pilot, "No")
        await keys(pilot, "enter")
        assert "5 characters or more" in whole(host)
        await typed(pilot, "body pays")
        await keys(pilot, "enter")
        assert (criteria(path)[0].result, criteria(path)[0].not_applicable_reason) == ("not_applicable", "Nobody pays")
        await keys(pilot, "j", "enter")
        await typed(pilot, "A link")
        await keys(pilot, "enter")
        assert (criteria(path)[1].result, criteria(path)[1].evidence) == ("not_assessed", "A link")


async def test_the_gate_is_taken_with_conditions(host: HostApp, path: Path) -> None:
    gate = gate_of(path)
    async with host.run_test(size=LARGE) as pilot:
        await show(pilot, GateChecklist(gate))
        await keys(pilot, "t", "ctrl+s")
        assert isinstance(host.screen, GateTaking)
        assert "✗ Choose an outcome first." in whole(host)
        await keys(pilot, "g", "enter")
        assert "Green needs every mandatory criterion" in whole(host)
        await keys(pilot, "ctrl+s")
        assert isinstance(host.screen, GateTaking)
        await keys(pilot, "shift+tab", "a", "enter", "ctrl+s")
        assert "at least one condition" in whole(host)
        await keys(pilot, "tab", "tab")
        await typed(pilot, "Measure the old route; owner Delivery lead, Housing; due 1 Dec")
        await keys(pilot, "tab", "y", "enter", "ctrl+s")
        assert isinstance(host.screen, GateChecklist)
        assert "▲ Amber" in whole(host) and "in private beta" in whole(host)
        assert "CN-001" in whole(host)
    with reading(path) as store:
        held: Any = record(store, "gate", gate)
        moved: Any = record(store, "pilot", held.pilot)
        (condition,) = rows(store, Query("condition"), ["text", "owner", "due"])
    assert (held.outcome, held.held_on, moved.phase) == ("amber", NOW.date(), "private_beta")
    assert (condition[2], condition[3].name, condition[4]) == (
        "Measure the old route",
        "Delivery lead, Housing",
        date(2026, 12, 1),
    )
    assert host.said[-1].startswith("G-01 taken: ▲ Amber. Press u to undo.")


async def test_a_condition_for_somebody_who_left_is_asked_about(host: HostApp, path: Path) -> None:
    with Store.open(path) as store:
        by = acting(store, "ana", "cli", NOW, NOW.date())
        add(store, "person", {"display_name": "Former lead", "left_on": date(2026, 9, 20)}, by)
    async with host.run_test(size=LARGE) as pilot:
        await show(pilot, GateChecklist(gate_of(path)))
        await keys(pilot, "t", "a", "enter", "tab", "tab")
        await typed(pilot, "Measure the old route; owner Former lead")
        await keys(pilot, "ctrl+s")
        assert isinstance(host.screen, Confirm)
        assert "Former lead left 20 Sep 2026" in host.screen.question
        await keys(pilot, "n")
        assert isinstance(host.screen, GateTaking)
        await keys(pilot, "ctrl+s", "y")
        assert isinstance(host.screen, GateChecklist)
        assert "CN-001" in whole(host)


async def test_red_may_pause_the_pilot_and_what_was_written_is_not_lost_by_a_key(host: HostApp, path: Path) -> None:
    gate = gate_of(path)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, GateChecklist(gate))
        await keys(pilot, "t", "tab", "tab")
        await typed(pilot, "Later")
        await keys(pilot, "escape", "n")
        assert isinstance(host.screen, GateTaking) and "Later" in whole(host)
        await keys(pilot, "shift+tab", "shift+tab", "r", "enter")
        assert "P-01 to private beta" not in whole(host)
        await keys(pilot, "tab", "tab", "tab", "y", "enter", "ctrl+s")
        assert isinstance(host.screen, GateChecklist)
    with reading(path) as store:
        held: Any = record(store, "gate", gate)
        halted: Any = record(store, "pilot", held.pilot)
    assert (held.outcome, held.recommendation, halted.phase) == ("red", "Later", "paused")


async def test_the_palette_opens_the_checklist_from_the_page_and_by_the_name_of_the_gate(
    host: HostApp, path: Path
) -> None:
    async with opened(path) as driver:
        driver.app.push_screen(RecordPage("gate", gate_of(path)))
        await driver.settle()
        await driver.keys("ctrl+p", "text:checklist of", "enter")
        assert isinstance(driver.app.screen, GateChecklist)
        await driver.keys("escape", "escape", "colon", "text:private beta")
        assert "Checklist of G-01 Private beta gate" in driver.text


async def test_a_gate_that_was_taken_asks_before_its_answers_change(host: HostApp, path: Path) -> None:
    gate = gate_of(path)
    with reading(path) as store:
        by = acting(store, "ana", "cli", NOW, NOW.date())
        change(store, "gate", gate, {"outcome": "red", "held_on": NOW.date()}, by)
        before = rows(store, Query("criterion"), ["result"])
    async with host.run_test(size=LARGE) as pilot:
        await show(pilot, GateChecklist(gate))
        await keys(pilot, "n")
        assert isinstance(host.screen, Confirm)
        await keys(pilot, "n")
        with reading(path) as store:
            assert rows(store, Query("criterion"), ["result"]) == before
        await keys(pilot, "p", "y")
        with reading(path) as store:
            assert rows(store, Query("criterion"), ["result"]) != before
