"""Text that was typed and not saved outlives the program."""

import os
import signal
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOW
from screen_host import HostApp, keys, picture, reading, settle, show, typed

from screens.dialogs import ConflictDialog
from screens.form.drafts import Draft, Drafts
from screens.form.form import EntityForm
from screens.work import KeepsDraft
from tracker.services.records.people import acting
from tracker.services.records.writing import add, change
from tracker.storage.store import Acting, Store

SMALL = (80, 24)
DRAFT = Draft({"title": "[/foo] é"}, {"title": ""}, NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "drafts"


@pytest.fixture
def drafts(folder: Path) -> Drafts:
    return Drafts(folder, "/some/programme.db", "win", "new")


def session(path: Path, folder: Path, minutes: int = 0) -> HostApp:
    return HostApp(path, NOW + timedelta(minutes=minutes), folder)


def title(host: HostApp) -> str:
    assert isinstance(host.screen, EntityForm)
    return host.screen.body.rows["title"].text


def test_a_draft_is_private_and_comes_back_whole(drafts: Drafts, folder: Path) -> None:
    drafts.keep(DRAFT)
    assert stat.S_IMODE(drafts.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [file.name for file in folder.iterdir()] == [drafts.path.name]
    assert drafts.take(NOW) == DRAFT
    assert Drafts(folder, "/some/programme.db", "win", "another").take(NOW) is None
    assert Drafts(folder, "/other/programme.db", "win", "new").take(NOW) is None


def test_nothing_is_written_after_the_end(drafts: Drafts) -> None:
    drafts.keep(DRAFT)
    drafts.end()
    drafts.keep(DRAFT)
    assert not drafts.path.exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"texts": 1}', '{"texts": {}, "began": {}, "at": "noon"}', "é"])
def test_a_spoilt_draft_is_left_alone(drafts: Drafts, folder: Path, content: str) -> None:
    folder.mkdir()
    drafts.path.write_text(content, encoding="utf-8")
    assert drafts.take(NOW) is None
    assert drafts.path.read_text(encoding="utf-8") == content


def test_what_another_session_writes_now_is_not_taken(drafts: Drafts) -> None:
    drafts.keep(DRAFT)
    other = drafts.path.with_name(f"{drafts.key}-{os.getppid()}.json")  # a process that certainly runs
    drafts.path.rename(other)
    assert drafts.take(NOW + timedelta(minutes=1)) is None
    assert other.exists()
    assert drafts.take(NOW + timedelta(hours=1)) == DRAFT  # left lying: perhaps another program has the number now
    assert not other.exists()


def test_what_a_killed_session_wrote_is_taken_at_once(drafts: Drafts, folder: Path) -> None:
    code = (
        "import os, signal, sys; from datetime import datetime; from pathlib import Path\n"
        "from screens.form.drafts import Draft, Drafts\n"
        "at = datetime.fromisoformat(sys.argv[2])\n"
        "Drafts(Path(sys.argv[1]), '/some/programme.db', 'win', 'new').keep(Draft({'title': 'Half'}, {}, at))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder), NOW.isoformat()], check=False)
    assert done.returncode == -signal.SIGKILL
    assert drafts.take(NOW) == Draft({"title": "Half"}, {}, NOW)


async def test_what_was_typed_is_kept_by_itself_and_restored(path: Path, store: Store, folder: Path) -> None:
    host = session(path, folder)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        await typed(pilot, "Half a win")
        assert isinstance(host.screen, EntityForm)
        timer = host.screen.notice._timer
        assert timer is not None
        assert timer._interval == pytest.approx(0.4)
        host.screen.notice.keep()  # what the timer does
        await settle(pilot)
        assert len(list(folder.glob("*.json"))) == 1
    later = session(path, folder, minutes=31)
    async with later.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        assert title(later) == "Half a win"
        said = NOW.astimezone().strftime("You have unsaved text from %H:%M — restored; ctrl+u to discard it")
        assert any(said in line for line in picture(later))
        await keys(pilot, "ctrl+u")
        assert title(later) == ""
        await keys(pilot, "ctrl+u")
        assert title(later) == "Half a win"
        await keys(pilot, "ctrl+s")
        assert later.answers[0].ref == "W-001"
    assert list(folder.iterdir()) == []


async def test_a_hang_up_keeps_the_text_before_the_program_ends(path: Path, store: Store, folder: Path) -> None:
    host = session(path, folder)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        await typed(pilot, "Half a win")
        assert isinstance(host.screen, KeepsDraft)
        host.screen.keep_draft()
        assert len(list(folder.glob("*.json"))) == 1


async def test_discarded_text_is_not_offered_again(path: Path, store: Store, folder: Path) -> None:
    Drafts(folder, str(path), "win", "new").keep(DRAFT)
    host = session(path, folder)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        assert title(host) == "[/foo] é"
        await keys(pilot, "ctrl+u", "escape")
        assert host.answers == [None]
        await show(pilot, EntityForm("win"))
        assert title(host) == ""


async def test_a_draft_of_a_record_that_changed_since_does_not_overwrite_it(
    path: Path, store: Store, folder: Path, ana: Acting
) -> None:
    uid = add(store, "win", {"title": "A win", "credit": "Desk"}, ana).uid
    Drafts(folder, str(path), "win", uid).keep(Draft({"credit": "Counter"}, {"credit": "Desk"}, NOW))
    with reading(path) as other:
        change(other, "win", uid, {"credit": "Bea's team"}, acting(other, "bea", "cli", NOW, NOW.date()))
    host = session(path, folder)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win", uid))
        await keys(pilot, "ctrl+s")
        assert isinstance(host.screen, ConflictDialog)
        assert all(part in "\n".join(picture(host)) for part in ("Counter", "Bea's team", "Desk"))


async def test_a_folder_that_cannot_be_written_is_told_and_typing_goes_on(
    path: Path, store: Store, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    host = session(path, tmp_path / "file" / "drafts")
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        await typed(pilot, "Still saved")
        assert isinstance(host.screen, EntityForm)
        host.screen.notice.keep()
        await settle(pilot)
        assert "Unsaved text cannot be kept on this computer" in host.said[0]
        await keys(pilot, "ctrl+s")
        assert host.answers[0].ref == "W-001"
