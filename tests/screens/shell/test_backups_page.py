"""The page of backups: which there are, making and verifying one, and putting one back without a slip of the keys."""

import shutil
from pathlib import Path

from copies_help import alter
from screen_app import NOW, TODAY, Driver, ana, opened

from screens.dialogs import Confirm
from screens.shell.backups import BackupsPage, size_words
from tracker.entities import Win
from tracker.services.backups import back_up, backups
from tracker.services.programme_file import create_programme
from tracker.services.records.writing import add
from tracker.storage import records
from tracker.storage.backup import backup_folder
from tracker.storage.store import Store

WIDE = (120, 30)


def titles(file: Path) -> list[str]:
    with Store.open(file) as store:
        return [win.title for win in records(store, Win)]


def win_after_backup(file: Path) -> None:
    """Make a backup, then a win that it does not have."""
    with Store.open(file) as store:
        back_up(store, now=NOW)
        add(store, "win", {"title": "After the copy"}, ana(store))


async def open_page(driver: Driver) -> BackupsPage:
    await driver.keys("colon", "text:backups", "enter")
    page = driver.app.screen
    assert isinstance(page, BackupsPage)
    return page


async def test_one_is_made_and_verified_by_a_key(file: Path) -> None:
    async with opened(file, WIDE) as driver:
        await open_page(driver)
        assert "No backups yet: press n to make one." in driver.text
        await driver.keys("n")
        (copy,) = backups(str(file))
        assert driver.said == [f"{copy.name} was made and verified."]
        row = next(line for line in driver.lines if "By hand" in line)
        assert "0 minutes" in row
        assert "✓ when made" in row
        await driver.keys("v")
        assert driver.said[-1] == f"{copy.name} holds: pages, journal and chain."
        assert "✓ just now" in driver.text
        assert driver.lines[0].startswith(" 1 backup of sample.db in ")


async def test_one_that_was_altered_does_not_hold_and_asks_before_it_is_put_back(file: Path) -> None:
    win_after_backup(file)
    (copy,) = backups(str(file))
    alter(copy)
    async with opened(file, WIDE) as driver:
        await open_page(driver)
        assert "✓ when made" in driver.text
        await driver.keys("v")
        assert "does not hold: " in driver.said[-1]
        assert "✗ does not hold" in driver.text
        await driver.keys("enter")
        question = driver.app.screen
        assert isinstance(question, Confirm)
        assert question.question.startswith("✗ ")
        assert "does not hold what was recorded" in question.question
        assert "Put it back all the same (y)" in driver.text
        await driver.keys("escape")
        assert "After the copy" in titles(file)


async def test_putting_one_back_says_what_goes_and_keeps_what_was(file: Path) -> None:
    win_after_backup(file)
    async with opened(file, WIDE) as driver:
        await driver.keys("6")
        assert "After the copy" in driver.text
        await open_page(driver)
        await driver.keys("enter")
        question = driver.app.screen
        assert isinstance(question, Confirm)
        assert "1 change that" in question.question
        assert "What stands now is kept first" in question.question
        await driver.keys("n")
        assert "After the copy" in titles(file)
        await driver.keys("enter", "y")
        assert titles(file) == ["One re-keyed field less"]
        assert "Restored. The state before is kept at" in driver.said[-1]
        assert "Before a restore" in driver.text
        await driver.keys("escape")
        assert "After the copy" not in driver.text
        assert "One re-keyed field less" in driver.text
        # What is written now has numbers that were there before; the lists follow all the same.
        await driver.keys("a", "text:Written since", "ctrl+s")
        assert "Written since" in driver.text
        await driver.keys("u")
        assert titles(file) == ["One re-keyed field less"]


async def test_keys_that_were_typed_before_do_not_put_one_back(file: Path) -> None:
    win_after_backup(file)
    async with opened(file, WIDE) as driver:
        await open_page(driver)
        for key in ("enter", "y", "y"):
            driver.app.simulate_key(key)
        await driver.settle()
        assert isinstance(driver.app.screen, Confirm)
        assert "After the copy" in titles(file)


async def test_of_one_of_another_programme_it_is_said_before_it_is_put_back(file: Path, tmp_path: Path) -> None:
    folder = backup_folder(str(file))
    folder.mkdir()
    create_programme(tmp_path / "other.db", {"name": "Another"}, "ana", NOW, TODAY).close()
    shutil.copy(tmp_path / "other.db", folder / "other.db")
    async with opened(file, WIDE) as driver:
        await open_page(driver)
        assert "? not verified" in driver.text
        await driver.keys("enter")
        question = driver.app.screen
        assert isinstance(question, Confirm)
        assert "holds another programme, “Simpler Services”" in question.question
        await driver.keys("n")
        assert titles(file) == ["One re-keyed field less"]


async def test_on_an_earlier_day_nothing_is_put_back(file: Path) -> None:
    win_after_backup(file)
    async with opened(file, WIDE) as driver:
        driver.app.programme.look_at(TODAY)
        await open_page(driver)
        await driver.keys("enter")
        assert not isinstance(driver.app.screen, Confirm)
        assert "nothing can be changed here" in driver.said[-1]


async def test_the_small_screen_shows_when_by_what_and_whether_it_was_verified(file: Path) -> None:
    win_after_backup(file)
    async with opened(file, (60, 20)) as driver:
        await open_page(driver)
        row = next(line for line in driver.lines if "By hand" in line)
        assert "23 Nov 2026" in row
        assert "✓ when made" in row
        assert "esc Back" in driver.lines[-1]


def test_sizes_are_in_words() -> None:
    assert [size_words(size) for size in (1, 1_000, 1_001, 1_400_000)] == ["1 kB", "1 kB", "2 kB", "1.4 MB"]
