"""Forms take the day on which something was so, as ``--as-at`` does in the shell."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import NOW, at
from screen_host import HostApp, keys, picture, reading, show, typed

from screens.form.form import EntityForm
from screens.form.saving import TRUE_ON
from tracker.entities import Pilot as PilotRecord
from tracker.entities import Risk, Win
from tracker.services.reading import on_day
from tracker.services.records.writing import add, change
from tracker.storage import records
from tracker.storage.store import Acting, Store

TODAY = NOW.date()
EARLIER = TODAY - timedelta(20)  # Friday 11 September 2026
DAY = "Recorded as true on Friday 11 September 2026"
ROOM = (100, 50)


@pytest.fixture
def host(path: Path, store: Store, tmp_path: Path) -> HostApp:
    return HostApp(path, NOW, tmp_path / "drafts")


@pytest.fixture
def long_ago(ana: Acting) -> Acting:
    return at(ana, TODAY - timedelta(60))


def whole(host: HostApp) -> str:
    return " ".join("\n".join(picture(host)).replace("│", " ").replace("▌", " ").split())


async def test_what_is_added_as_true_on_a_day_is_known_of_that_day(host: HostApp, path: Path, store: Store) -> None:
    async with host.run_test(size=ROOM) as pilot:
        await show(pilot, EntityForm("win"))
        await typed(pilot, "One form less")
        assert DAY not in whole(host)
        await keys(pilot, "ctrl+o")
        await typed(pilot, "11 sep")
        assert "→ Friday 11 September 2026, about 3 weeks ago" in whole(host)
        assert DAY in whole(host)
        await keys(pilot, "ctrl+s")
        assert host.said[-1] == "W-001 saved. Recorded as true on 11 Sep 2026."
        with reading(path) as found, on_day(found, EARLIER, known=True) as known:
            (win,) = records(known, Win)
            assert win.event_date == EARLIER
        with reading(path) as found, on_day(found, EARLIER) as recorded:
            assert records(recorded, Win) == []


async def test_a_change_as_true_on_a_day_leaves_what_is_true_later(
    host: HostApp, path: Path, store: Store, ana: Acting, long_ago: Acting
) -> None:
    uid = add(store, "risk", {"title": "Lookups fail"}, long_ago).uid
    change(store, "risk", uid, {"title": "Lookups fail everywhere"}, at(ana, TODAY - timedelta(5)))
    async with host.run_test(size=ROOM) as pilot:
        form = EntityForm("risk", uid)
        await show(pilot, form)
        form.body.fill({"title": "Lookups fail in the north", TRUE_ON.name: "2026-09-11"})
        await keys(pilot, "ctrl+s")
        assert "R-001 saved." in host.said[-1]
        assert (
            "Recorded as true on 2026-09-11. What is shown today stays, for it is true later: Title." in host.said[-1]
        )
        with reading(path) as found:
            assert records(found, Risk)[0].title == "Lookups fail everywhere"
            with on_day(found, EARLIER, known=True) as known:
                assert records(known, Risk)[0].title == "Lookups fail in the north"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("tomorrow", "2026-10-02 is still to come: only what was true by today can be recorded."),
        ("1900-01-01", "1900-01-01 is too long ago: what was true can be recorded from 1990-01-01 on."),
        ("when it rained", "True on: “when it rained”"),
    ],
)
async def test_a_day_to_come_or_no_day_is_refused_beside_the_line(
    host: HostApp, path: Path, store: Store, text: str, answer: str
) -> None:
    async with host.run_test(size=ROOM) as pilot:
        form = EntityForm("win")
        await show(pilot, form)
        form.body.fill({"title": "One form less", TRUE_ON.name: text})
        await keys(pilot, "ctrl+s")
        assert host.screen is form
        assert answer in whole(host)
        row = form.body.rows[TRUE_ON.name]
        assert row.has_focus_within
        assert DAY not in whole(host)
        with reading(path) as found:
            assert records(found, Win) == []


async def test_a_day_goes_without_a_template(host: HostApp, path: Path, store: Store) -> None:
    async with host.run_test(size=ROOM) as pilot:
        form = EntityForm("pilot", None, {"template": "back-office"})
        await show(pilot, form)
        form.body.fill({"name": "Case work", TRUE_ON.name: "11 sep"})
        await keys(pilot, "ctrl+s")
        assert "An earlier day goes without a template" in whole(host)
        with reading(path) as found:
            assert records(found, PilotRecord) == []


async def test_a_day_is_part_of_the_text_that_is_kept(host: HostApp, store: Store) -> None:
    async with host.run_test(size=ROOM) as pilot:
        await show(pilot, EntityForm("win"))
        await typed(pilot, "One form less")
        await keys(pilot, "ctrl+o")
        await typed(pilot, "11 sep")
        await keys(pilot, "escape", "y")
        await show(pilot, EntityForm("win"))
        assert DAY not in whole(host)
        await keys(pilot, "ctrl+t")
        assert DAY in whole(host)
        await keys(pilot, "ctrl+t")
        assert DAY not in whole(host)


async def test_today_is_no_earlier_day(host: HostApp, store: Store) -> None:
    async with host.run_test(size=ROOM) as pilot:
        form = EntityForm("win")
        await show(pilot, form)
        form.body.fill({"title": "One form less", TRUE_ON.name: date.isoformat(TODAY)})
        assert "Recorded as true" not in whole(host)
        await keys(pilot, "ctrl+s")
        assert host.said[-1].startswith("W-001 saved.")
