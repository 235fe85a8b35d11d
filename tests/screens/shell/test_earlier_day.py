"""An earlier day on all screens: what had been recorded by then, marked in words, and nothing that can be changed."""

from datetime import timedelta
from pathlib import Path

import pytest
from screen_app import NOW, TODAY, USUAL, Driver, ana, opened

from screens.board.paper import PaperScreen
from screens.earlier import marked
from screens.gate.taking import GateTaking
from screens.looking_back import AskDay
from screens.record.page import RecordPage
from tracker.entities import Action, Pilot, Risk, Win
from tracker.rules.wording import show_date
from tracker.services.records.writing import add, change
from tracker.storage import records
from tracker.storage.store import Acting, Store

EARLIER = TODAY - timedelta(20)
LATER = TODAY + timedelta(3)
MARK = f"As recorded by {show_date(TODAY)}"


@pytest.fixture
def grown(file: Path) -> Path:
    """The sample programme three days on: a title was changed, a win came."""
    with Store.open(file) as store:
        by = acting_on(store, 3)
        risk = records(store, Risk)[0]
        change(store, "risk", risk.uid, {"title": "Lookups fail everywhere"}, by)
        add(store, "win", {"title": "Came later"}, by)
    return file


def acting_on(store: Store, days: int) -> Acting:
    return ana(store)._replace(now=NOW + timedelta(days), today=TODAY + timedelta(days))


async def look_at(driver: Driver, day: str) -> None:
    await driver.keys("at", f"text:{day}", "enter")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screen_app.TODAY", LATER)
    monkeypatch.setattr("screen_app.NOW", NOW + timedelta(3))


@pytest.mark.usefixtures("later")
async def test_lists_overview_and_pages_show_the_day_and_say_so(grown: Path) -> None:
    async with opened(grown, (120, 40)) as driver:
        assert "Came later" in driver.text
        await look_at(driver, TODAY.isoformat())
        assert MARK in driver.lines[-2]
        assert driver.lines[0].startswith(f" As recorded by {show_date(TODAY)} · ")
        assert "Came later" not in driver.text
        assert "One re-keyed field less" in driver.text
        await driver.keys("5")
        assert MARK in driver.lines[-2]
        assert "Address lookups fail" in driver.text
        assert "everywhere" not in driver.text
        await driver.keys("enter")
        assert isinstance(driver.app.screen, RecordPage)
        assert MARK in driver.lines[-2]
        assert "everywhere" not in driver.text
        await driver.keys("escape", "f", "text:everywhere")
        assert "No record holds" in driver.text


@pytest.mark.usefixtures("later")
async def test_escape_leads_from_a_page_to_its_list_and_from_there_to_today(grown: Path) -> None:
    async with opened(grown, (120, 40)) as driver:
        await driver.keys("5")
        await look_at(driver, TODAY.isoformat())
        await driver.keys("slash", "text:lookups", "enter", "enter", "escape")
        assert MARK in driver.text
        await driver.keys("escape")
        assert "lookups" not in driver.lines[2]
        assert MARK in driver.text
        await driver.keys("escape")
        assert MARK not in driver.text
        assert "everywhere" in driver.text


@pytest.mark.usefixtures("later")
async def test_the_same_key_leads_back_to_today_from_a_page(grown: Path) -> None:
    async with opened(grown, (120, 40)) as driver:
        await driver.keys("5", "home")
        await look_at(driver, TODAY.isoformat())
        await driver.keys("enter")
        page = driver.app.screen
        assert isinstance(page, RecordPage)
        await driver.keys("at")
        assert driver.app.screen is page
        assert MARK not in driver.text
        assert driver.lines[-1].split()[0] in ("h", "e", "enter")
        await driver.keys("escape")
        assert MARK not in driver.text


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("key", ["a", "e", "x", "u", "ctrl+r"])
async def test_nothing_is_changed_from_a_list(grown: Path, key: str) -> None:
    async with opened(grown) as driver:
        await driver.keys("5")
        await look_at(driver, TODAY.isoformat())
        screen = driver.app.screen
        await driver.keys(key)
        assert driver.app.screen is screen
        assert driver.said[-1] == (
            f"This is what had been recorded by {show_date(TODAY)}: nothing can be changed here. "
            f"Press @ to go back to today."
        )
        with Store.open(grown) as store:
            assert records(store, Win)[-1].title == "Came later"


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("key", ["e", "a", "t", "x", "u"])
async def test_nothing_is_changed_from_a_page(grown: Path, key: str) -> None:
    async with opened(grown) as driver:
        await driver.keys("2")
        await look_at(driver, TODAY.isoformat())
        await driver.keys("enter")
        screen = driver.app.screen
        assert isinstance(screen, RecordPage)
        await driver.keys(key)
        assert driver.app.screen is screen
        assert "nothing can be changed here" in driver.said[-1]


@pytest.mark.usefixtures("later")
async def test_nothing_is_added_from_the_palette(grown: Path) -> None:
    async with opened(grown) as driver:
        await look_at(driver, TODAY.isoformat())
        for command in ("add win", "new pilot from"):
            screen = driver.app.screen
            await driver.keys("colon", f"text:{command}", "enter")
            assert driver.app.screen is screen
            assert "nothing can be changed here" in driver.said[-1]


@pytest.mark.usefixtures("later")
async def test_what_was_not_there_yet_is_said_on_its_page(grown: Path) -> None:
    async with opened(grown) as driver:
        await driver.keys("6", "home", "enter")
        assert "Came later" in driver.text
        await look_at(driver, TODAY.isoformat())
        assert driver.said[-1] == f"This win had not been recorded by {show_date(TODAY)}."
        assert not isinstance(driver.app.screen, RecordPage)


async def test_late_is_judged_on_the_day_that_is_shown(file: Path) -> None:
    with Store.open(file) as store:
        add(store, "action", {"text": "Due soon", "owner": ana(store).person, "due": TODAY}, ana(store))
        assert len(records(store, Action)) == 4
    async with opened(file, (120, 40)) as driver:
        driver.app.programme.present = lambda: TODAY + timedelta(30)
        await driver.changed()
        assert "30 days late" in driver.text
        await look_at(driver, TODAY.isoformat())
        assert "30 days late" not in driver.text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("tomorrow", "nobody knows that day yet"),
        ("today", "That is today"),
        ("2020-01-01", "Nothing had been recorded by 1 Jan 2020"),
        ("soon", "“soon”"),
    ],
)
async def test_a_day_that_cannot_be_looked_at_is_refused_with_the_reason(file: Path, typed: str, answer: str) -> None:
    async with opened(file) as driver:
        await look_at(driver, typed)
        assert isinstance(driver.app.screen, AskDay)
        assert answer in " ".join(driver.text.replace("│", " ").split())
        await driver.keys("escape")
        assert driver.app.programme.earlier is None


@pytest.mark.parametrize("width", [119, 79, 59, 39])
def test_the_day_is_marked_in_every_width(width: int) -> None:
    line = marked(MARK, width)
    assert show_date(TODAY) in line
    assert "@" in line
    assert len(line) <= width


async def test_a_form_is_left_before_an_earlier_day_is_looked_at(file: Path) -> None:
    async with opened(file, USUAL) as driver:
        await driver.keys("6", "a")
        form = driver.app.screen
        driver.app.action_earlier()
        await driver.settle()
        assert driver.app.screen is form
        assert driver.said[-1].startswith("Leave what is open first")


@pytest.mark.usefixtures("later")
async def test_a_paper_and_signals_that_are_open_follow_the_day(grown: Path) -> None:
    async with opened(grown, (120, 40)) as driver:
        await driver.keys("colon", "text:preview and", "enter")
        assert f"Position as of: {show_date(LATER)}" in driver.text
        await look_at(driver, TODAY.isoformat())
        assert f"Position as of: {show_date(TODAY)}" in driver.text
        await driver.keys("at")
        assert f"Position as of: {show_date(LATER)}" in driver.text
        await driver.keys("escape", "2", "enter", "v")
        await look_at(driver, TODAY.isoformat())
        assert MARK in driver.text
        assert "P-01" in driver.text


@pytest.mark.usefixtures("later")
async def test_a_refusal_leaves_the_mark_of_the_day_in_sight(grown: Path) -> None:
    async with opened(grown) as driver:
        await driver.keys("5")
        await look_at(driver, TODAY.isoformat())
        await driver.keys("e")
        assert "nothing can be changed here" in driver.said[-1]
        assert driver.lines[-2].strip() == marked(MARK, USUAL[0] - 1)


async def test_a_page_that_holds_text_stays_where_it_is(file: Path) -> None:
    with Store.open(file) as store:
        pilot_uid = records(store, Pilot)[0].uid
        add(store, "gate", {"name": "Alpha gate", "pilot": pilot_uid, "stage": "alpha"}, ana(store))
    async with opened(file, (120, 40)) as driver:
        await driver.keys("A", "enter", "v", "t")
        taking = driver.app.screen
        assert isinstance(taking, GateTaking)
        driver.app.action_earlier()
        await driver.settle()
        assert driver.said[-1].startswith("Leave what is open first")
        await driver.keys("ctrl+p", "text:go to wins", "enter")
        assert driver.app.screen is taking


async def test_the_palette_leads_to_a_day_and_back(file: Path) -> None:
    async with opened(file) as driver:
        driver.app.programme.present = lambda: LATER
        await driver.keys("colon", "text:earlier day", "enter")
        await driver.keys(f"text:{TODAY.isoformat()}", "enter")
        assert MARK in driver.text
        await driver.keys("colon", "text:back to today", "enter")
        assert MARK not in driver.text


async def test_the_mark_stands_out_from_the_keys_below_it(file: Path) -> None:
    async with opened(file) as driver:
        driver.app.programme.present = lambda: LATER
        await look_at(driver, TODAY.isoformat())
        mark, keys = driver.app.screen._compositor.render_strips()[-2:]
        styles = [next(iter(strip)).style for strip in (mark, keys)]
        assert styles[0] is not None and styles[1] is not None
        assert styles[0].bgcolor != styles[1].bgcolor


@pytest.mark.usefixtures("later")
async def test_what_is_now_known_of_the_day_is_another_choice_and_says_so(grown: Path) -> None:
    with Store.open(grown) as store:
        uid = records(store, Risk)[1].uid
        change(store, "risk", uid, {"title": "Told of later"}, acting_on(store, 3), as_at=TODAY)
    async with opened(grown, (120, 40)) as driver:
        await driver.keys("5")
        await look_at(driver, TODAY.isoformat())
        assert "Told of later" not in driver.text
        await driver.keys("at", "at", f"text:{TODAY.isoformat()}", "tab", "enter", "down", "enter")
        assert "As now known of that day" in driver.text
        assert "→ " in driver.text
        await driver.keys("enter")
        known = f"s now known of {show_date(TODAY)}"
        assert f"A{known}" in driver.lines[-2]
        assert f"A{known}" in driver.lines[0]
        assert "Told of later" in driver.text
        assert "everywhere" not in driver.text
        await driver.keys("e")
        assert "some of it recorded later: nothing can be changed or frozen here" in driver.said[-1]
        await driver.keys("colon", "text:preview and export", "enter")
        assert isinstance(driver.app.screen, PaperScreen)
        assert "known" in driver.text
        await driver.keys("at")
        assert known not in driver.text
        assert not driver.app.programme.hindsight


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_question_for_a_day_fits(file: Path, size: tuple[int, int]) -> None:
    async with opened(file, size) as driver:
        await driver.keys("at", "tab", "space")
        said = " ".join(driver.text.replace("│", " ").split())
        assert "As recorded by the end of that day" in said
        assert "As now known of that day, whenever recorded" in said
