"""After a change only what can be seen is read again; what lies behind it waits until it is shown."""

from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from screen_app import WIDE, Driver, opened

from screens.form.form import EntityForm
from screens.lists import listing
from screens.live import Watch
from screens.record import page
from screens.record.page import RecordPage
from screens.shell import overview
from screens.shell.main import MainScreen
from screens.work import Failed, RecordsChanged
from tracker.errors import FileTrouble
from tracker.services.browsing import last_tx
from tracker.storage.store import Store


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each of them was read."""
    counter: Counter[str] = Counter()

    def count(module: ModuleType, function: str, name: str) -> None:
        original = getattr(module, function)

        def counting(*arguments: object) -> object:
            counter[name] += 1
            return original(*arguments)

        monkeypatch.setattr(module, function, counting)

    count(overview, "_load", "overview")
    count(overview, "_levels", "evidence")
    count(page, "read_page", "page")
    count(listing, "list_records", "list")
    return counter


async def save_from_the_page(driver: Driver) -> None:
    await driver.keys("e")
    assert isinstance(driver.app.screen, EntityForm)
    await driver.keys("text: now", "ctrl+s")
    assert isinstance(driver.app.screen, RecordPage)


async def test_the_overview_behind_a_page_is_read_once_it_is_shown_again(file: Path, reads: Counter[str]) -> None:
    async with opened(file, WIDE) as driver:
        assert (reads["overview"], reads["evidence"]) == (1, 1)
        await driver.keys("enter")
        for saves in (1, 2):
            await save_from_the_page(driver)
            assert (reads["overview"], reads["evidence"]) == (1, 1)
            assert reads["page"] > saves  # twice for a save where the watch of the file is faster than the form
        await driver.keys("escape")
        assert isinstance(driver.app.screen, MainScreen)
        assert (reads["overview"], reads["evidence"]) == (2, 2)
        assert "[red]x now now" in driver.text  # the worst stands first
        await driver.keys("enter", "escape")
        assert (reads["overview"], reads["evidence"]) == (2, 2)  # nothing has changed meanwhile


async def test_a_list_that_was_left_is_read_when_it_is_opened_again(file: Path, reads: Counter[str]) -> None:
    async with opened(file, WIDE) as driver:
        await driver.keys("5", "6")
        assert reads["list"] == 2
        await driver.changed()
        assert reads["list"] == 3
        await driver.keys("5")
        assert reads["list"] == 4
        await driver.keys("6", "5")
        assert reads == {"overview": 1, "evidence": 1, "list": 4}


async def test_the_list_moves_to_a_new_record_whoever_tells_of_it_first(file: Path, reads: Counter[str]) -> None:
    async with opened(file, WIDE) as driver:
        await driver.keys("5", "s", "2")
        uid = driver.write("risk", {"title": "Late parts"})
        with Store.open(file) as store:
            tx = last_tx(store)
        for message in (RecordsChanged(tx), RecordsChanged(tx, show=uid)):  # the watch was faster than the form
            driver.app.post_message(message)
            await driver.settle()
        assert driver.ref == "R-005"


@pytest.mark.parametrize("code", ["file.gone", "file.replaced"])
def test_a_file_that_is_not_there_any_more_is_said_once(code: str) -> None:
    posted: list[object] = []

    class Lost:
        """A programme whose file was taken away."""

        looks = 0

        def file(self) -> Store:
            self.looks += 1
            if self.looks == 3:
                watch.stop()
            raise FileTrouble("It is not there.", code)

    watch = Watch(Lost(), posted.append, every=0)  # type: ignore[arg-type]
    watch.run()
    assert [type(message) for message in posted] == [Failed]
