"""The register of any kind: filter, sort, open, add, edit, remove, restore, undo and redo, by keys."""

from pathlib import Path

import pytest
from screen_app import WIDE, Driver, ana, many_risks, opened
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Input, Static

from screens.app import TrackerApp
from screens.dialogs import Confirm
from screens.form.form import EntityForm
from screens.lists import listing
from screens.lists.record_table import RecordTable
from screens.lists.register import Register, SortBy
from screens.record.page import RecordPage
from screens.shell.areas import areas
from screens.shell.main import MainScreen
from tracker.entities import all_entities
from tracker.services.records.writing import change, remove
from tracker.storage.queries import Condition, Query, rows
from tracker.storage.store import Store


def heading(driver: Driver) -> str:
    return str(driver.register.query_one(".register-heading", Static).content)


def own_keys(node: type[DOMNode]) -> set[str]:
    """Return the keys that a screen or widget gives something to do, the areas apart."""
    found = [
        binding for cls in node.__mro__ for binding in vars(cls).get("BINDINGS", ()) if isinstance(binding, Binding)
    ]
    return {key for binding in found if not (binding.id or "").startswith("area.") for key in binding.key.split(",")}


def test_every_kind_has_an_area_and_the_keys_stay_as_they_are() -> None:
    found = areas()
    shown = {e.kind for e in all_entities() if not e.hidden}
    requested = {e.kind for e in all_entities() if e.on_request}
    assert {area.id for area in found} == {"overview", *(shown - requested)}
    assert {area.id for area in areas(requested)} == {"overview", *shown}
    keys = [area.key for area in found if area.key]
    assert "".join(keys) == "1234567890JCMAOIFBDTNUERHKLVPQWXYZ"  # whoever knows them by heart goes on using them
    others = {key for kind in (MainScreen, Register, RecordTable, TrackerApp) for key in own_keys(kind)}
    assert not set(keys) & others


@pytest.mark.thorough
async def test_every_area_opens_with_its_key_and_shows_its_records(file: Path) -> None:
    async with opened(file, WIDE) as driver:
        for area in areas():
            if not area.key:
                continue
            await driver.keys(area.key)
            shown = "Pilots" if area.id == "overview" else area.label
            assert driver.lines[1].startswith(f" {areas()[0].key} Overview") and shown in driver.lines[1]
            assert driver.app.focused is driver.table
        await driver.keys("left_square_bracket")
        assert heading(driver).startswith([area.label for area in areas() if area.key][-2])


async def test_the_filter_narrows_while_typing_and_escape_clears_it(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("5", "slash", "text:staff go")
        assert heading(driver).endswith("1 of 4")
        assert driver.refs() == ["R-003"]
        await driver.keys("enter")
        assert driver.app.focused is driver.table
        await driver.keys("escape")
        assert heading(driver).endswith("4")
        assert not driver.register.query_one(Input).display


async def test_letters_typed_into_the_filter_do_nothing_else(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("5", "slash", "text:aexuq5?")
        assert driver.register.query_one(Input).value == "aexuq5?"
        assert isinstance(driver.app.screen, MainScreen)
        assert "None of the 4 risks fits the filter" in driver.text


async def test_sorting_by_a_column_and_turning_it_round(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("5", "s")
        assert isinstance(driver.app.screen, SortBy)
        await driver.keys("4")  # the score
        assert driver.refs() == ["R-002", "R-001", "R-003", "R-004"]  # not judged comes last, not lowest
        assert "by score ↓" in heading(driver) and "Score ↓" in driver.text
        await driver.keys("S")
        assert driver.refs() == ["R-003", "R-001", "R-002", "R-004"]
        await driver.pilot.click(driver.table, offset=(2, 0))
        await driver.settle()
        assert driver.refs() == ["R-001", "R-002", "R-003", "R-004"]


async def test_the_cursor_stays_on_its_record_when_the_list_is_read_again(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("5", "s", "2", "down", "down")
        before = driver.ref
        driver.write("risk", {"title": "AAA comes first"})
        await driver.changed()
        assert driver.ref == before and driver.table.cursor == 3
        with Store.open(file) as store:
            uid = driver.table.row.uid if driver.table.row else ""
            remove(store, "risk", uid, ana(store), reason="a duplicate")
        await driver.changed()
        assert driver.table.cursor == 3 and driver.ref != before


async def test_a_long_list_is_read_in_windows(file: Path) -> None:
    with Store.open(file) as store:
        many_risks(store, 3000)
    async with opened(file) as driver:
        await driver.keys("5")
        assert heading(driver).endswith("3,004")
        await driver.keys("end")
        assert driver.refs()[-1] == driver.ref == "R-3004"
        assert "R-2990 " in driver.text  # a ref is never cut
        await driver.keys("home", *["pagedown"] * 3)
        assert "…" not in {line.strip() for line in driver.lines}


async def test_enter_opens_the_record_and_escape_goes_back(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("5", "down", "enter")
        page = driver.app.screen
        assert isinstance(page, RecordPage) and page.kind == "risk"
        await driver.keys("escape")
        assert isinstance(driver.app.screen, MainScreen) and driver.ref == "R-002"


async def test_adding_with_keys_moves_the_list_to_the_new_record(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("5", "s", "2", "a")
        assert isinstance(driver.app.screen, EntityForm)
        await driver.keys("text:Late parts", "ctrl+s")
        assert driver.ref == "R-005"
        assert "Late parts" in driver.text


async def test_editing_opens_the_form_of_the_record_but_a_report_is_never_changed(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("5", "down", "e")
        assert isinstance(driver.app.screen, EntityForm)
        assert driver.app.screen.uid
        await driver.keys("escape", "C", "e")
        assert isinstance(driver.app.screen, MainScreen)
        assert "never changed" in driver.said[-1]


async def test_remove_undo_redo_and_restore(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("5", "down", "x")
        assert isinstance(driver.app.screen, Confirm)
        assert driver.app.screen.question.startswith("Remove R-002 [@click=app.quit]x?")
        await driver.keys("text:a duplicate", "enter")
        assert "R-002" not in driver.refs()
        assert driver.said[-1] == "R-002 removed. Press u to undo."
        await driver.keys("u")
        assert driver.refs()[1] == "R-002"
        assert driver.said[-1].startswith("Undone: R-002 [@click=app.quit]x: back in the list.")
        await driver.keys("ctrl+y")
        assert "R-002" not in driver.refs()
        await driver.keys("d")
        assert driver.refs() == ["R-002"] and "1 removed" in heading(driver)
        await driver.keys("r")
        assert driver.refs() == [] and "No risks were removed" in driver.text
        await driver.keys("d", "ctrl+z")
        assert "R-002" not in driver.refs()


async def test_nothing_to_undo_is_said_and_nothing_is_changed(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("ctrl+r")
        assert driver.said == ["There is nothing of yours to redo."]


async def test_undo_says_which_fields_went_back(file: Path) -> None:
    with Store.open(file) as store:
        (found,) = rows(store, Query("win", (Condition("ref", "=", "W-001"),)), ())
        change(store, "win", found[0], {"title": "Two fields less", "credit": "Counter team"}, ana(store))
    async with opened(file) as driver:
        await driver.keys("u")
        assert driver.said[-1].startswith("Undone: W-001 One re-keyed field less: title, credit set back.")


@pytest.mark.parametrize(
    ("kind", "sort"),
    [("risk", ()), ("confidence", (("as_of", True),)), ("win", (("event_date", True),)), ("pilot", ())],
)
def test_dated_registers_open_with_the_newest_first(kind: str, sort: listing.Sort) -> None:
    assert listing.usual_sort(kind) == sort
