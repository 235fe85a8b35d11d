"""A new pilot from a template on the screens: chosen, filled in, and opened with all that came with it."""

from pathlib import Path

from screen_app import WIDE, opened

from screens.dialogs import Choose
from screens.form.form import EntityForm
from screens.record.page import RecordPage
from tracker.storage.queries import Condition, Query, count, records
from tracker.storage.store import Store


async def test_a_pilot_is_made_from_a_template_that_was_chosen(file: Path) -> None:
    async with opened(file, WIDE) as driver:
        await driver.keys("colon", "text:new pilot from", "enter")
        assert isinstance(driver.app.screen, Choose)
        assert "Back-office change  (back-office)" in driver.text
        await driver.keys("enter")
        form = driver.app.screen
        assert isinstance(form, EntityForm) and form.kind == "pilot"
        await driver.keys("text:Triage", "ctrl+s")
        page = driver.app.screen
        assert isinstance(page, RecordPage) and page.kind == "pilot"
        assert any("Made with it: 3 gates" in said for said in driver.said)
        with Store.open(file) as store:
            (pilot,) = records(store, Query("pilot", (Condition("name", "=", "Triage"),)))
            assert pilot.template == "back-office"  # type: ignore[attr-defined]
            assert count(store, Query("gate", (Condition("pilot", "=", page.uid),))) == 3
        await driver.keys("ctrl+p", "text:new gate from", "enter", "enter")
        form = driver.app.screen
        assert isinstance(form, EntityForm) and form.kind == "gate"
        assert form.preset["pilot"] == page.uid
