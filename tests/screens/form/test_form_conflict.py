"""Two people change the same record: fields merge, and where both wrote in one, the later one decides."""

from pathlib import Path

import pytest
from conftest import NOW
from screen_host import HostApp, keys, picture, reading, show, typed

from screens.dialogs import ConflictDialog
from screens.form.form import EntityForm
from tracker.services.records.people import acting
from tracker.services.records.writing import add, change
from tracker.storage.journal.history import of_record
from tracker.storage.queries import record
from tracker.storage.store import Acting, Store

pytestmark = pytest.mark.thorough

SMALL = (80, 24)


@pytest.fixture
def host(path: Path, store: Store, tmp_path: Path) -> HostApp:
    return HostApp(path, NOW, tmp_path / "drafts")


@pytest.fixture
def uid(store: Store, ana: Acting) -> str:
    return add(store, "action", {"text": "Agree a plan", "owner": ana.person, "due": NOW.date()}, ana).uid


def meanwhile(path: Path, uid: str, **values: object) -> None:
    """Somebody else changes the record."""
    with reading(path) as store:
        change(store, "action", uid, values, acting(store, "bea", "cli", NOW, NOW.date()), reason="it had to be")


def now(path: Path, uid: str, name: str) -> object:
    with reading(path) as store:
        return getattr(record(store, "action", uid), name)


def fill(host: HostApp, **texts: str) -> None:
    assert isinstance(host.screen, EntityForm)
    host.screen.body.fill(texts)


async def test_different_fields_are_merged_without_a_question(host: HostApp, path: Path, uid: str) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("action", uid))
        meanwhile(path, uid, evidence="Bea saw it")
        fill(host, priority="high")
        await keys(pilot, "ctrl+s")
        assert host.answers[0].uid == uid
    assert (now(path, uid, "evidence"), now(path, uid, "priority")) == ("Bea saw it", "high")


@pytest.mark.parametrize(("key", "stands"), [("m", "Ana's [/foo]"), ("t", "Bea's")])
async def test_the_same_field_is_decided_in_a_dialog(
    host: HostApp, path: Path, uid: str, key: str, stands: str
) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("action", uid))
        meanwhile(path, uid, evidence="Bea's")
        fill(host, evidence="Ana's [/foo]", priority="high")
        await keys(pilot, "ctrl+s")
        assert isinstance(host.screen, ConflictDialog)
        shown = "\n".join(picture(host))
        assert all(part in shown for part in ("Evidence", "Ana's [/foo]", "Bea's", "bea, ", "It was", "(empty)"))
        await keys(pilot, "ctrl+s")  # nothing decided yet
        assert any("✗ Press m or t to decide about: Evidence." in line for line in picture(host))
        await keys(pilot, key, "ctrl+s")
        assert host.answers[0].uid == uid
        assert (host.clipboard == "Ana's [/foo]") is (key == "t")
    assert (now(path, uid, "evidence"), now(path, uid, "priority")) == (stands, "high")
    with reading(path) as store:
        assert next(c.new for c in of_record(store, uid) if c.field == "evidence") == "Bea's"


async def test_a_third_change_during_the_dialog_is_asked_about_again(host: HostApp, path: Path, uid: str) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("action", uid))
        meanwhile(path, uid, evidence="Bea's")
        fill(host, evidence="Ana's")
        await keys(pilot, "ctrl+s")
        meanwhile(path, uid, evidence="Bea's second")
        await keys(pilot, "m", "ctrl+s")
        assert isinstance(host.screen, ConflictDialog)
        assert "Bea's second" in "\n".join(picture(host))
        await keys(pilot, "m", "ctrl+s")
    assert now(path, uid, "evidence") == "Ana's"


async def test_going_back_keeps_the_form_as_it_was(host: HostApp, path: Path, uid: str) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("action", uid))
        meanwhile(path, uid, text="Bea's plan")
        await typed(pilot, "!")
        await keys(pilot, "ctrl+s", "escape")
        assert isinstance(host.screen, EntityForm)
        assert host.screen.body.rows["text"].text == "Agree a plan!"
    assert now(path, uid, "text") == "Bea's plan"


async def test_what_was_chosen_is_in_sight_in_a_small_window(host: HostApp, path: Path, uid: str) -> None:
    async with host.run_test(size=(50, 12)) as pilot:
        await show(pilot, EntityForm("action", uid))
        meanwhile(path, uid, text="A plan that is told in so many words that it takes more than one line of the dialog")
        fill(host, text="Mine, which is also told in so many words that it takes more than one line")
        await keys(pilot, "ctrl+s", "m")
        shown = picture(host)
        assert "(•) keep mine" in "\n".join(shown)
        assert shown[-1] == " m Keep mine  t Take theirs  ^s Save  esc Back"
