"""The first screen: what it works out, what it shows, and that it leads to the records."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from golden_files import matches
from screen_app import NOW, SMALL, TODAY, USUAL, WIDE, ana, opened
from textual.content import Content

from screens.app import TrackerApp
from screens.lists.listing import distance
from screens.record.page import RecordPage
from screens.shell.main import MainScreen
from tracker.fields import Nothing
from tracker.services.late import DAYS_AHEAD, late_and_due
from tracker.services.overview import overview
from tracker.services.programme_file import create_programme
from tracker.services.records.writing import change
from tracker.storage.connection import trouble
from tracker.storage.queries import Query, rows
from tracker.storage.store import Store


def test_a_rating_holds_since_the_first_report_of_its_run(file: Path) -> None:
    with Store.open(file) as store:
        found = {line.name: line for line in overview(store, TODAY).pilots}
        assert found["Parking permits self-service"][4:6] == ("amber", TODAY - timedelta(30))
        assert found["Blue Badge renewals"][4:6] == ("green", TODAY - timedelta(60))
        assert found["図書館カードの更新 and library cards"][4:6] == (None, None)  # nothing reported is not green


def test_what_is_late_or_due_is_in_the_order_of_days(file: Path) -> None:
    with Store.open(file) as store:
        found = overview(store, TODAY)
        what = [(thing.label, (thing.day - TODAY).days) for thing in found.due]
        assert what == [
            ("Action", -6),
            ("Review", -6),  # very high: 14 days after it was judged
            ("Review", -6),
            ("Review", -6),  # not judged waits no longer
            ("Decision", -3),
            ("Action", 2),
            ("Training session", 4),
            ("Decision", 9),
            ("Decision", 20),
        ]
        assert (found.late, found.soon, found.apart) == (5, 4, 0)
        assert found.parts == "3 reviews, 1 action and 1 decision"


def test_what_is_due_on_the_day_itself_is_not_late_yet(file: Path) -> None:
    with Store.open(file) as store:
        due = overview(store, TODAY).due[0].day
        assert (overview(store, due).late, overview(store, due + timedelta(1)).late) == (0, 4)
        assert [thing.day for thing in overview(store, due).due][:4] == [due] * 4
        last = TODAY + timedelta(20)
        assert overview(store, last - timedelta(DAYS_AHEAD)).due[-1].day == last


def test_done_things_and_far_days_are_not_due(file: Path) -> None:
    with Store.open(file) as store:
        (late,) = [row for row in rows(store, Query("action"), ["due"]) if row[2] < TODAY]
        change(store, "action", late[0], {"status": "done"}, ana(store))
        assert "A-001" not in [thing.ref for thing in overview(store, TODAY).due]
        assert all(thing.day <= TODAY + timedelta(DAYS_AHEAD) for thing in overview(store, TODAY).due)


def test_the_gravest_risks_come_first_and_one_not_judged_is_not_low(file: Path) -> None:
    with Store.open(file) as store:
        found = overview(store, TODAY)
        assert [(line.ref, line.score, line.band) for line in found.risks] == [
            ("R-002", 25, "Very high"),
            ("R-001", 20, "Very high"),
            ("R-003", 9, "Medium"),
            ("R-004", None, "Not assessed"),
        ]


def test_it_takes_few_statements(file: Path) -> None:
    with Store.open(file) as store:
        said: list[str] = []
        store.connection.set_trace_callback(said.append)
        overview(store, TODAY)
        assert 0 < len([line for line in said if line.lstrip().startswith("SELECT")]) <= 80


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (5, "in 5 days"),
        (-1, "1 day late"),
        (-90, "90 days late"),
        (-4000, "10 years late"),
    ],
)
def test_distances_are_short_words(days: int, words: str) -> None:
    assert distance(TODAY + timedelta(days), TODAY) == words
    assert len(words) <= 13


@pytest.mark.parametrize(("size", "name"), [(WIDE, "120x40"), (USUAL, "80x24"), (SMALL, "60x20")])
async def test_it_looks_as_it_did(file: Path, size: tuple[int, int], name: str) -> None:
    async with opened(file, size) as driver:
        matches(f"screens/overview-{name}.txt", driver.text)
        assert all(Content(line).cell_length <= size[0] for line in driver.lines)


@pytest.mark.parametrize(("size", "name"), [(WIDE, "120x40"), (USUAL, "80x24")])
async def test_a_register_looks_as_it_did(file: Path, size: tuple[int, int], name: str) -> None:
    async with opened(file, size) as driver:
        await driver.keys("2")
        matches(f"screens/pilots-{name}.txt", driver.text)


async def test_tab_and_the_edges_lead_through_the_lists_and_enter_opens(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("end", "down")
        assert driver.table.id == "overview-due"
        await driver.keys("up")
        assert (driver.table.id, driver.table.cursor) == ("overview-pilots", 3)
        await driver.keys("tab", "tab", "enter")
        page = driver.app.screen
        assert isinstance(page, RecordPage) and page.kind == "risk"
        await driver.keys("escape")
        assert driver.table.id == "overview-risks"


async def test_a_change_is_shown_where_the_cursor_was(file: Path) -> None:
    async with opened(file, WIDE) as driver:
        await driver.keys("down", "down")
        before = driver.table.row
        driver.write("pilot", {"name": "Bulky waste"})
        await driver.changed()
        assert "Bulky waste" in driver.text
        assert driver.table.row == before


async def test_a_new_programme_says_what_to_do_first(tmp_path: Path) -> None:
    with create_programme(tmp_path / "new.db", {"name": "New"}, "ana", NOW, TODAY):
        pass
    async with opened(tmp_path / "new.db") as driver:
        assert "No pilots yet: press 2, then a to add the first." in driver.text
        assert "Nothing that has a day is late, or due in the next 28 days." in driver.text
        assert "Green" not in driver.text


@pytest.mark.parametrize("size", [(39, 24), (80, 9), (1, 1)])
async def test_a_tiny_window_says_what_it_needs_and_comes_back(file: Path, size: tuple[int, int]) -> None:
    async with opened(file) as driver:
        await driver.pilot.resize_terminal(*size)
        await driver.settle()
        if size != (1, 1):
            assert "40 × 10" in driver.text and "Pilots" not in driver.text
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        assert "Parking permits" in driver.text


async def test_the_keys_line_presses_keys_and_the_bar_opens_areas(file: Path) -> None:
    async with opened(file) as driver:
        await driver.pilot.click("AreaBar", offset=(14, 0))
        await driver.settle()
        assert driver.register.kind == "pilot"
        await driver.pilot.click("KeyLine", offset=(driver.lines[-1].index("Find"), 0))
        await driver.settle()
        assert not isinstance(driver.app.screen, MainScreen)


async def test_a_busy_file_is_a_sentence_not_a_crash(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(file) as driver:
        with monkeypatch.context() as patched:
            patched.setattr("tracker.storage.store.Store.read", _locked)
            await driver.changed()
        assert "is being written by another program" in driver.said[-1]
        assert isinstance(driver.app, TrackerApp) and driver.app.is_running
        assert "Parking permits" in driver.text


def _locked(store: Store, *_: object) -> None:
    raise trouble(sqlite3.OperationalError("database is locked"), store.path)


def test_the_day_given_decides(file: Path) -> None:
    with Store.open(file) as store:
        assert overview(store, date(2020, 1, 1)).late == 0


async def test_the_parts_of_late_add_up_and_stand_in_the_heading(file: Path) -> None:
    with Store.open(file) as store:
        result = late_and_due(store, TODAY)
    async with opened(file, WIDE) as driver:
        assert f"Due  {len(result.late)} late · {len(result.due)} in the next 28 days" in driver.text
        assert driver.text.count("days late") >= len(result.late)


async def test_late_has_words_in_lists_and_on_pages_and_under_the_cursor(file: Path) -> None:
    async with opened(file, WIDE) as driver:
        await driver.keys("7")
        assert driver.table.row is not None and "6 days late" in driver.table.row.cells  # the cursor is on it
        assert "6 days late" in driver.text
        await driver.keys("enter")
        assert "! 6 days late" in driver.text
        await driver.keys("escape", "5")
        assert driver.text.count("6 days late") == 3  # reviews of risks, of which no field of the list says it


@pytest.mark.parametrize("no_color", ["", "1"])
async def test_late_is_bold_with_and_without_colours(
    file: Path, monkeypatch: pytest.MonkeyPatch, no_color: str
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", no_color)
    async with opened(file, WIDE) as driver:
        await driver.keys("5", "end")
        lines = [driver.table.render_line(y) for y in range(1, 5)]
        bold = [segment.text.strip() for line in lines[:3] for segment in line if segment.style and segment.style.bold]
        assert "6 days late" in bold


async def test_a_heading_that_is_no_field_does_not_sort(file: Path) -> None:
    async with opened(file, WIDE) as driver:
        await driver.keys("7")
        column = driver.table.region.x + 9
        await driver.pilot.click(offset=(column, driver.table.region.y))
        await driver.settle()
        assert "by late" not in driver.text
        await driver.keys("s")
        assert "Late" not in driver.text.partition("Sort by")[2].splitlines()[1]


async def test_why_there_is_no_decision_and_no_lead_stands_in_their_places(file: Path) -> None:
    with Store.open(file) as store:
        pilot = store.read("SELECT uid FROM pilot WHERE ref = 'P-02'")[0][0]
        said = {"decision_due": Nothing("not_applicable"), "delivery_lead": Nothing("not_yet_known")}
        change(store, "pilot", pilot, said, ana(store), reason="nobody decides on it")
    async with opened(file, (160, 40)) as driver:
        (line,) = [line for line in driver.lines if " P-02 " in line and "Blue Badge" in line]
        assert "– not applicable" in line and "? not yet known" in line
