"""What a form says is read whole, and the field in hand stays in sight, on small terminals too."""

from pathlib import Path

import pytest
from conftest import NOW
from screen_host import HostApp, keys, picture, settle, show, typed
from textual.widgets import Input

from screens.form.body import about
from screens.form.form import EntityForm
from screens.form.saving import TRUE_ON
from tracker.entities import ENTITIES
from tracker.services.records.writing import add
from tracker.storage.store import Acting, Store

SIZES = [(80, 24), (60, 20)]


@pytest.fixture
def host(path: Path, store: Store, tmp_path: Path) -> HostApp:
    return HostApp(path, NOW, tmp_path / "drafts")


def form_of(host: HostApp) -> EntityForm:
    assert isinstance(host.screen, EntityForm)
    return host.screen


def in_sight(host: HostApp) -> bool:
    """Return whether the line in which somebody types can be seen."""
    assert host.focused is not None
    return form_of(host).body.region.contains_region(host.focused.region)


@pytest.mark.parametrize(("kinds", "size"), [(ENTITIES, SIZES[0]), (("pilot", "person", "decision"), SIZES[1])])
async def test_the_longest_help_of_every_form_is_whole(
    host: HostApp, kinds: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with host.run_test(size=size) as pilot:
        for kind in kinds:
            await show(pilot, EntityForm(kind))
            rows = form_of(host).body.rows.values()
            for line in form_of(host).query(Input):
                assert len(line.placeholder) <= line.content_size.width, (kind, line.placeholder)
            longest = max(rows, key=lambda row: len(about(row.field, row.text)))
            longest.take_focus()
            await settle(pilot)
            help_lines = [line.strip("│ ") for line in picture(host)]
            assert " ".join(about(longest.field, longest.text).split()) in " ".join(help_lines), kind
            assert in_sight(host), kind
            await keys(pilot, "escape")


@pytest.mark.parametrize("size", SIZES)
async def test_the_field_in_hand_stays_in_sight_when_lines_come_above_it(
    host: HostApp, store: Store, ana: Acting, size: tuple[int, int]
) -> None:
    uid = add(store, "risk", {"title": "Lookups fail"}, ana).uid
    async with host.run_test(size=size) as pilot:
        await show(pilot, EntityForm("risk", uid))
        await keys(pilot, "ctrl+o")
        assert host.focused is form_of(host).body.rows[TRUE_ON.name].editor
        await typed(pilot, "yesterday")
        shown = "\n".join(picture(host))
        assert "Recorded as true on Wednesday 30 September 2026" in shown
        assert "→ Wednesday 30" in shown
        assert in_sight(host)


async def test_a_reading_of_several_lines_does_not_push_its_field_away(host: HostApp) -> None:
    async with host.run_test(size=(60, 20)) as pilot:
        await show(pilot, EntityForm("action"))
        for row in form_of(host).body.rows.values():
            if isinstance(row.editor, Input):
                row.take_focus()
                await settle(pilot)
                await typed(pilot, "fri 3 dec 2026")
                assert in_sight(host), row.field.name


async def test_what_was_refused_is_judged_anew_with_every_change(host: HostApp) -> None:
    async with host.run_test(size=(80, 24)) as pilot:
        await show(pilot, EntityForm("win"))
        rows = form_of(host).body.rows
        form_of(host).body.fill({"evidence": "link", "event_date": "fri 3 dec 2026"})
        await keys(pilot, "ctrl+s")
        assert {name for name, row in rows.items() if row.refused} == {"title", "event_date", "evidence_note"}
        await typed(pilot, "Less to type")  # the cursor is in the title
        assert {name for name, row in rows.items() if row.refused} == {"event_date", "evidence_note"}
        assert "✗ Title is needed." not in "\n".join(picture(host))
        rows["evidence"].text = "none"  # that another field is needed depends on this one
        await settle(pilot)
        assert {name for name, row in rows.items() if row.refused} == {"event_date"}
        rows["title"].text = ""
        rows["event_date"].text = ""
        await settle(pilot)
        assert not any(row.refused for row in rows.values())  # what is wrong besides is said when it is saved
        await keys(pilot, "ctrl+s")
        assert {name for name, row in rows.items() if row.refused} == {"title"}


async def test_a_reason_that_was_missing_is_judged_anew(host: HostApp, store: Store, ana: Acting) -> None:
    pilot_uid = add(store, "pilot", {"name": "Badges", "forecast_end": "2027-01-05"}, ana).uid
    async with host.run_test(size=(80, 24)) as pilot:
        await show(pilot, EntityForm("pilot", pilot_uid))
        form_of(host).body.fill({"forecast_end": "2027-02-05"})
        await keys(pilot, "ctrl+s")
        assert form_of(host).body.rows["(reason)"].refused
        await typed(pilot, "t")
        assert form_of(host).body.rows["(reason)"].refused
        await typed(pilot, "he supplier is late")
        assert not form_of(host).body.rows["(reason)"].refused
