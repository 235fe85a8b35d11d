"""Text and keys arrive where they were meant to: none is lost, and none runs as a command."""

import stat
from pathlib import Path

import pytest
from screen_app import USUAL, WIDE, Driver, ana, opened
from textual.events import Key, Paste
from textual.widgets import Input

from screens.form.form import EntityForm
from screens.lists.record_table import RecordTable
from screens.lists.search import Search
from screens.record.page import RecordPage
from screens.remembered import NAME
from screens.shell.main import MainScreen
from tracker.paths import state_folder
from tracker.services.records.writing import change
from tracker.storage.journal.history import commands
from tracker.storage.queries import links
from tracker.storage.store import Store

pytestmark = pytest.mark.thorough

TINY = (30, 8)


async def burst(driver: Driver, *keys: str) -> None:
    """Send keys at once, as a slow line brings them; ``text:…`` types."""
    for name in keys:
        for char in name[5:] if name.startswith("text:") else ():
            driver.app.post_message(Key("space" if char == " " else char, char))
        if not name.startswith("text:"):
            driver.app.post_message(Key(name, name if len(name) == 1 else None))
    await driver.settle()


async def sized(driver: Driver, size: tuple[int, int]) -> None:
    await driver.pilot.resize_terminal(*size)
    await driver.settle()


def form(driver: Driver) -> EntityForm:
    assert isinstance(driver.app.screen, EntityForm)
    return driver.app.screen


def changes(file: Path) -> int:
    with Store.open(file) as store:
        return commands(store, limit=1)[0].tx


async def test_a_filter_goes_on_after_a_window_that_was_too_small(file: Path) -> None:
    async with opened(file, WIDE) as driver:
        before = changes(file)
        await driver.keys("5", "slash", "text:stat")
        await sized(driver, TINY)
        assert "40 × 10 is the least" in " ".join(driver.text.split())
        await driver.keys("text:us")
        await sized(driver, WIDE)
        await driver.keys("text:=open")
        assert isinstance(driver.app.focused, Input)
        assert driver.app.focused.value == "status=open"
        assert changes(file) == before


@pytest.mark.parametrize("area", ["1", "5"])
async def test_a_list_has_the_keys_again_after_a_window_that_was_too_small(file: Path, area: str) -> None:
    async with opened(file) as driver:
        before = changes(file)
        await driver.keys(area, "down")
        place = driver.table.row
        for key in ("u", "q", "2", "a", "x", "e", "f", "ctrl+z", "escape", "enter", "tab"):
            await sized(driver, TINY)
            await driver.keys(key)
            assert isinstance(driver.app.screen, MainScreen)
            await sized(driver, USUAL)
            assert isinstance(driver.app.focused, RecordTable)
            assert driver.table.row == place
        await driver.keys("up")
        assert driver.table.row != place
        assert changes(file) == before


async def test_a_page_keeps_its_focus_in_a_small_window(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("2", "enter", "tab")
        focused = driver.app.focused
        await sized(driver, TINY)
        await sized(driver, USUAL)
        assert driver.app.focused is focused is not None
        await driver.keys("escape")
        assert isinstance(driver.app.focused, RecordTable)


async def test_where_nothing_has_the_focus_no_key_is_a_command(file: Path) -> None:
    async with opened(file) as driver:
        before = changes(file)
        await driver.keys("5")
        driver.app.screen.set_focus(None)
        await driver.keys("u")
        assert changes(file) == before
        assert isinstance(driver.app.focused, RecordTable)


async def test_a_burst_goes_into_the_form_that_it_opens(file: Path) -> None:
    async with opened(file) as driver:
        await burst(driver, "5", "a", "text:Burst u title")
        assert form(driver).body.rows["title"].text == "Burst u title"
        await burst(driver, "ctrl+s", "a", "text:Next")
        assert form(driver).body.rows["title"].text == "Next"
    with Store.open(file) as store:
        assert "Burst u title" in [link.name for link in links(store, "risk").values()]


async def test_a_burst_before_the_first_screen_is_there_waits_for_it(file: Path) -> None:
    async with opened(file) as driver:
        await burst(driver, "2", "e", "end", "text:!u")
        assert form(driver).body.rows["name"].text == "Parking permits self-service!u"


@pytest.mark.parametrize("keys", [("slash",), ("f",)])
async def test_a_burst_goes_into_the_line_that_it_opens(file: Path, keys: tuple[str, ...]) -> None:
    async with opened(file) as driver:
        before = changes(file)
        await burst(driver, "5", *keys, "text:u a q")
        assert isinstance(driver.app.focused, Input)
        assert driver.app.focused.value == "u a q"
        assert changes(file) == before


async def test_a_burst_on_a_page_reaches_what_it_opens(file: Path) -> None:
    async with opened(file) as driver:
        await burst(driver, "5", "enter", "e", "end", "text: u!")
        assert form(driver).body.rows["title"].text.endswith(" u!")
        await burst(driver, "escape", "d", "escape", "f", "text:new u")
        assert isinstance(driver.app.screen, Search)
        await burst(driver, "escape", "colon", "text:win u")
        assert isinstance(driver.app.focused, Input)
        assert driver.app.focused.value == "win u"


async def test_enter_and_text_that_follow_at_once_land_one_field_further(file: Path) -> None:
    async with opened(file, WIDE) as driver:
        await burst(driver, "7", "a", "text:Do it", "enter", "text:Delivery", "enter", "text:tomorrow")
        texts = form(driver).body.texts
        assert (texts["text"], texts["owner"][:4], texts["due"]) == ("Do it", "PER-", "tomorrow")


async def test_keys_after_a_filter_mean_the_record_that_it_leaves(file: Path) -> None:
    async with opened(file) as driver:
        await burst(driver, "5", "slash", "text:trained", "enter", "e")
        assert form(driver).body.rows["title"].text.startswith("Staff are not trained")


THREE = "Cases pile up\rwhen the legacy feed stops\r\rSecond paragraph"
JOINED = "Cases pile up when the legacy feed stops Second paragraph"


@pytest.mark.parametrize("keys", [("6", "a"), ("5", "slash"), ("f",), ("colon",), ("5", "x"), ("9", "a", "tab")])
async def test_a_paste_of_several_lines_is_joined_and_said(file: Path, keys: tuple[str, ...]) -> None:
    async with opened(file) as driver:
        await driver.keys(*keys)
        driver.app.post_message(Paste(THREE))
        await driver.settle()
        assert isinstance(driver.app.focused, Input)
        assert driver.app.focused.value == JOINED
        assert "3 pasted lines joined into one." in driver.text + " ".join(driver.said)


async def test_a_paste_into_a_reference_is_joined_and_the_sentence_goes_with_the_next_change(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("6", "a", "tab", "tab")
        driver.app.post_message(Paste("Parking\nelsewhere"))
        await driver.settle()
        assert form(driver).body.rows["pilot"].text == "Parking elsewhere"
        assert "2 pasted lines joined into one." in driver.text
        assert "no pilot matches this" in driver.text
        await driver.keys("text:x")
        assert "joined into one" not in driver.text


async def test_one_pasted_line_is_taken_as_it_is(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("6", "a")
        driver.app.post_message(Paste(" one  line \r"))
        await driver.settle()
        assert form(driver).body.rows["title"].text == " one  line "
        assert "joined" not in driver.text


async def test_a_paste_where_there_is_no_line_is_said(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("5")
        driver.app.post_message(Paste("u"))
        await driver.settle()
        assert driver.said == ["There is no line here into which text could be pasted."]


async def test_a_choice_takes_a_paste_of_its_name_and_says_what_is_none(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("2", "a", "tab")
        row = form(driver).body.rows["phase"]
        row.take_focus()
        await driver.settle()
        driver.app.post_message(Paste("Private beta\n"))
        await driver.settle()
        assert row.text == "private_beta"
        driver.app.post_message(Paste("Gamma"))
        await driver.settle()
        assert (row.text, driver.said) == ("private_beta", ["“Gamma” is none of the choices."])


async def test_undo_of_the_line_is_not_undo_of_the_programme(file: Path) -> None:
    with Store.open(file) as store:
        (uid, *_) = links(store, "risk")
        change(store, "risk", uid, {"controls": "Weekly call"}, ana(store))
    async with opened(file) as driver:
        before = changes(file)
        await driver.keys("5", "slash", "text:ab")
        for key in ("ctrl+z", "ctrl+y", "ctrl+r", "ctrl+u", "ctrl+w", "ctrl+k", "ctrl+f", "delete", "home", "end"):
            await driver.keys(key)
            assert isinstance(driver.app.screen, MainScreen)
        assert changes(file) == before


async def test_adding_from_the_palette_comes_back_to_where_one_was(file: Path) -> None:
    async with opened(file) as driver:
        await burst(driver, "5", "enter", "ctrl+p", "text:Add win")
        await driver.keys("enter")
        await burst(driver, "text:Staying here", "ctrl+s")
        assert isinstance(driver.app.screen, RecordPage)
        assert driver.app.screen.kind == "risk"
        await driver.keys("escape")
        assert driver.register.kind == "risk"
    with Store.open(file) as store:
        assert "Staying here" in [link.name for link in links(store, "win").values()]


async def test_the_theme_and_the_order_of_a_list_stay(file: Path) -> None:
    async with opened(file) as driver:
        await driver.keys("colon", "text:theme contrast", "enter", "5", "s", "2")
        assert driver.app.theme == "tracker-contrast"
        order = driver.register._query.sort
    async with opened(file) as driver:
        await driver.keys("5")
        assert (driver.app.theme, driver.register._query.sort) == ("tracker-contrast", order)
    assert stat.S_IMODE((state_folder() / NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "[]", '{"theme": 1}', '{"theme": "x", "orders": {"risk": [["ghost", true]]}}'])
async def test_a_strange_memory_is_left_alone(file: Path, content: str) -> None:
    state_folder().mkdir(parents=True)
    (state_folder() / NAME).write_text(content)
    async with opened(file) as driver:
        await driver.keys("5")
        assert "Address lookups" in driver.text
        assert driver.app.theme == "tracker-dark"
