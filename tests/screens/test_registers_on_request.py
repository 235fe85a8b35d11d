"""Registers on request in the screens: nothing of them until one is used, and then its area, without a key."""

from pathlib import Path

import pytest
from screen_app import USUAL, WIDE, ana, opened

from screens.dialogs import Choose
from screens.record.page import RecordPage
from tracker.services.records.writing import remove
from tracker.storage.store import Store


@pytest.mark.parametrize("size", [USUAL, WIDE])
async def test_an_area_is_there_once_it_has_a_record(file: Path, size: tuple[int, int]) -> None:
    async with opened(file, size) as driver:
        await driver.keys("left_square_bracket")
        assert driver.register.kind == "holiday"
        uid = driver.write("milestone", {"name": "Old form off"})
        await driver.changed()
        await driver.keys("left_square_bracket")
        assert driver.register.kind == "member"
        await driver.keys("1", "left_square_bracket")
        assert driver.register.kind == "milestone" and "Old form off" in driver.text
        with Store.open(file) as store:
            remove(store, "milestone", uid, ana(store), reason="Entered twice")
        await driver.changed()
        assert driver.register.kind == "milestone"


async def test_a_pilot_offers_what_is_used(file: Path) -> None:
    async with opened(file, WIDE) as driver:
        for used in (False, True):
            if used:
                driver.write("benefit", {"title": "Fewer calls", "benefit_kind": "economic"})
                await driver.changed()
            await driver.keys("2", "enter")
            assert isinstance(driver.app.screen, RecordPage)
            await driver.keys("a")
            assert isinstance(driver.app.screen, Choose)
            assert ("Benefit" in driver.text) == used and "Milestone" not in driver.text
            await driver.keys("escape", "escape")
