"""Finding anything: the search, the palette of commands, and the page of keys."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from screen_app import USUAL, WIDE, Driver, ana, opened
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from screens.board.desk import BoardDesk
from screens.form.form import EntityForm
from screens.lists.search import Search
from screens.record.page import RecordPage
from screens.shell.help import Help
from screens.shell.main import MainScreen
from tracker.entities import all_entities
from tracker.services.records.writing import change, remove
from tracker.storage.store import Store


async def test_the_search_finds_while_typing_and_enter_opens(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("f", "text:parking")
        assert isinstance(driver.app.screen, Search)
        assert " P-01 " in driver.text and " T-01 " in driver.text
        await driver.keys("text: perm")
        assert " P-01 " in driver.text and " T-01 " not in driver.text
        await driver.keys("enter")
        page = driver.app.screen
        assert isinstance(page, RecordPage) and page.kind == "pilot"


async def test_arrows_move_in_what_was_found_while_typing(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("f", "text:parking", "down")
        assert isinstance(driver.app.focused, Input)
        table = driver.app.screen.query_one("RecordTable")
        assert table.cursor == 1  # type: ignore[attr-defined]
        await driver.keys("escape")
        assert isinstance(driver.app.screen, MainScreen)


async def test_the_search_says_when_there_is_nothing(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("f", "text:zzz [/b]")
        assert "No record holds “zzz [/b]”." in driver.text
        await driver.keys("enter")
        assert isinstance(driver.app.screen, Search)


@pytest.mark.parametrize("text", ["'", '"', "*", "a*b", "NEAR(", "x OR", "-", "(", "\\", "%"])
async def test_signs_of_the_search_language_are_just_text(file: Path, text: str) -> None:
    async with opened(file) as driver:
        await driver.keys("f", f"text:{text}")
        assert isinstance(driver.app.screen, Search)


def prompts(driver: Driver) -> list[str]:
    found = driver.app.screen.query_one(OptionList)
    return [str(found.get_option_at_index(n).prompt) for n in range(found.option_count)]


async def palette(driver: Driver, text: str) -> list[str]:
    await driver.keys("colon")
    assert isinstance(driver.app.screen, CommandPalette)
    await driver.keys(f"text:{text}")
    return prompts(driver)


async def test_the_palette_offers_every_area_and_every_kind(file: Path) -> None:
    async with opened(file, WIDE) as driver:
        await driver.keys("ctrl+p")
        offered = "\n".join(prompts(driver)).lower()
        for entity in all_entities():
            if entity.on_request:  # nobody uses it here
                assert f"go to {entity.plural}" not in offered and f"add {entity.noun}" not in offered.splitlines()
            elif not entity.hidden:
                assert f"go to {entity.plural}" in offered
                assert f"add {entity.noun}" in offered or entity.kind == "programme"
        for word in ("undo", "redo", "theme: contrast", "find a record", "quit"):
            assert word in offered


async def test_a_record_with_a_name_like_markup_can_be_opened_from_the_palette(file: Path) -> None:
    async with opened(file) as driver:
        offered = await palette(driver, "foo")
        assert any("[/foo] [red]x" in name for name in offered)
        await driver.keys("enter")
        page = driver.app.screen
        assert isinstance(page, RecordPage) and page.kind == "pilot"
        await driver.keys("question_mark")
        assert isinstance(driver.app.screen, Help) and "This page" in driver.text and "Signals" in driver.text
        await driver.keys("escape")
        back: object = driver.app.screen
        assert back is page


async def test_commands_of_the_palette_do_what_they_say(file: Path) -> None:
    async with opened(file) as driver:
        await palette(driver, "go to wins")
        await driver.keys("enter")
        assert driver.register.kind == "win"
        await palette(driver, "add risk")
        await driver.keys("enter")
        assert isinstance(driver.app.screen, EntityForm) and driver.app.screen.kind == "risk"
        await driver.keys("escape")
        await palette(driver, "theme: light")
        await driver.keys("enter")
        assert driver.app.theme == "tracker-light"
        await palette(driver, "board desk")
        await driver.keys("enter")
        assert any("There is no board meeting ahead" in said for said in driver.said)
        board = driver.write("board", {"title": "October board", "meets_on": date(2026, 10, 8)})
        await driver.changed()
        await palette(driver, "board desk")
        await driver.keys("enter")
        assert isinstance(driver.app.screen, BoardDesk) and driver.app.screen.uid == board


@pytest.mark.parametrize("area", ["1", "5"])
async def test_help_lists_every_key_of_where_one_is(file: Path, area: str) -> None:
    async with opened(file, (120, 120)) as driver:
        await driver.keys(area)
        described = {
            active.binding.description
            for active in driver.app.screen.active_bindings.values()
            if active.binding.description and not active.binding.system
        }
        await driver.keys("question_mark")
        assert isinstance(driver.app.screen, Help)
        assert len(described) > 15
        missing = {words for words in described if words not in driver.text}
        assert missing == set()
        await driver.keys("escape")
        assert isinstance(driver.app.screen, MainScreen)


async def test_f1_opens_help_and_every_own_binding_has_a_name_to_change_it_by(file: Path) -> None:
    async with opened(file, USUAL) as driver:
        await driver.keys("5")
        nodes = {type(active.node) for active in driver.app.screen.active_bindings.values()}
        classes = [cls for node in nodes for cls in node.__mro__ if cls.__module__.startswith("screens.")]
        ours = [binding for cls in classes for binding in vars(cls).get("BINDINGS", ())]
        assert len(ours) > 20 and [binding.key for binding in ours if not binding.id] == []
        await driver.keys("f1")
        assert isinstance(driver.app.screen, Help)


@pytest.mark.parametrize("typed", ["p1", "p 1", "P-1", "P 01"])
async def test_a_ref_is_found_however_it_is_typed(file: Path, typed: str) -> None:
    async with opened(file) as driver:
        await driver.keys("f", f"text:{typed}", "enter")
        page = driver.app.screen
        assert isinstance(page, RecordPage) and page.kind == "pilot"


async def test_what_was_sought_is_there_again_and_typing_takes_its_place(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("f", "text:parking", "escape", "f")
        assert driver.app.screen.query_one(Input).value == "parking"
        assert " P-01 " in driver.text and " T-01 " in driver.text
        await driver.keys("text:badge")
        assert driver.app.screen.query_one(Input).value == "badge"
        assert " P-02 " in driver.text and " P-01 " not in driver.text


async def test_a_former_name_is_found_and_said_in_search_and_lists(file: Path) -> None:
    with Store.open(file) as store:
        pilot = store.read("SELECT uid FROM pilot WHERE ref = 'P-02'")[0][0]
        change(store, "pilot", pilot, {"name": "Disabled parking"}, ana(store))
    async with opened(file) as driver:
        await driver.keys("f", "text:blue badge")
        assert "Disabled parking" in driver.text and "called “Blue Badge" in driver.text
        await driver.keys("escape", "2", "slash", "text:badge")
        assert driver.refs() == ["P-02"]
        assert "P-02 was called “Blue Badge renewals” before." in driver.text


async def test_the_search_says_what_became_of_a_removed_record(file: Path) -> None:
    with Store.open(file) as store:
        risk = store.read("SELECT uid FROM risk WHERE ref = 'R-003'")[0][0]
        remove(store, "risk", risk, ana(store), reason="Entered [b]twice[/b]")
    async with opened(file) as driver:
        await driver.keys("f", "text:R-003")
        shown = " ".join(driver.text.split())
        assert "R-003 was removed on " in shown and "Entered [b]twice[/b]. To bring it back, press d" in shown
        assert "No record holds" not in shown
        await driver.keys("text:zzz")
        assert "was removed" not in driver.text and "No record holds “R-003zzz”." in driver.text


async def test_conditions_are_typed_into_the_filter_of_a_list(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("5", "slash", "text:score>=12")
        assert driver.refs() == ["R-001", "R-002"]
        await driver.keys("text: lookups")
        assert driver.refs() == ["R-001"]
        await driver.keys("escape", "slash", "text:score=25|9 status=open|draft")
        assert sorted(driver.refs()) == ["R-002", "R-003"]
        await driver.keys("escape", "slash", "text:owner=me")
        assert driver.refs() == []
        await driver.keys("escape", "slash", 'text:owner="Delivery lead, Parking"')
        assert len(driver.refs()) == 4


async def test_a_condition_that_cannot_be_read_is_said_and_left_out(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("5", "slash", "text:status=cabbage")
        assert "Status" in driver.text and "cabbage" in driver.text
        assert len(driver.refs()) == 4


async def test_search_and_commands_are_at_hand_on_a_page(file: Path) -> None:
    async with opened(file, (120, 40)) as driver:
        await driver.keys("5", "enter")
        page = driver.app.screen
        assert isinstance(page, RecordPage)
        await driver.keys("f", "text:workshop", "enter")
        assert "Parking workshop" in driver.lines[0]
        await driver.keys("escape")
        assert driver.app.screen is page
        await driver.keys("colon", "text:go to wins", "enter")
        assert "One re-keyed field less" in driver.text


@pytest.mark.parametrize("sought", ["remov", "record remov", "show removed records", "emoved"])
async def test_the_palette_finds_what_a_key_does_by_parts_of_its_words(file: Path, sought: str) -> None:
    async with opened(file) as driver:
        await driver.keys("5")
        offered = await palette(driver, sought)
        assert any("Show removed records" in line for line in offered)
        await driver.keys("escape", "colon", "text:show removed", "enter")
        assert driver.register.shows_removed


async def test_what_a_key_changes_is_refused_on_an_earlier_day_in_the_palette_too(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("5")
        driver.app.programme.look_at(driver.app.programme.present() - timedelta(1))
        await driver.changed()
        await driver.keys("colon", "text:edit", "enter")
        assert "nothing can be changed here" in driver.said[-1]


async def test_on_the_page_of_a_record_the_palette_begins_with_what_concerns_it(file: Path) -> None:
    async with opened(file, WIDE) as driver:
        await driver.keys("5", "enter", "colon")
        offered = prompts(driver)
        assert offered[0].startswith(("Edit", "History"))
        moving = [offered.index(name) for name in offered if name.startswith(("Down", "Up", "Page ", "Home", "End"))]
        record = [
            offered.index(name) for name in offered if name.startswith(("History", "Edit", "Add", "Note", "Remove"))
        ]
        assert moving and max(record[:4]) < min(moving)
