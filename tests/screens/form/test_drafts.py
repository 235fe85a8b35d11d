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
from screens.form.draft_list import DraftList
from screens.form.drafts import Draft, Drafts, all_drafts
from screens.form.form import EntityForm
from screens.work import KeepsDraft
from tracker.entities import Win
from tracker.services.records.people import acting
from tracker.services.records.writing import add, change
from tracker.storage.queries import records
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


def found(drafts: Drafts) -> Draft | None:
    kept = drafts.offered(NOW)
    return kept.draft if kept else None


def left(folder: Path, place: Path, kind: str, about: str, draft: Draft) -> None:
    """Leave a draft as an earlier session does."""
    drafts = Drafts(folder, str(place), kind, about)
    drafts.keep(draft)
    drafts.leave()


def title(host: HostApp) -> str:
    assert isinstance(host.screen, EntityForm)
    return host.screen.body.rows["title"].text


def test_a_draft_is_private_and_comes_back_whole(drafts: Drafts, folder: Path) -> None:
    drafts.keep(DRAFT)
    assert stat.S_IMODE(drafts.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [file.name for file in folder.iterdir()] == [drafts.path.name]
    assert drafts.offered(NOW) is None  # a form is open that writes it
    drafts.leave()
    assert found(drafts) == DRAFT
    assert Drafts(folder, "/some/programme.db", "win", "another").offered(NOW) is None
    assert Drafts(folder, "/other/programme.db", "win", "new").offered(NOW) is None


def test_nothing_is_written_after_the_end(drafts: Drafts) -> None:
    drafts.keep(DRAFT)
    drafts.end()
    drafts.keep(DRAFT)
    assert not drafts.path.exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"texts": 1}', '{"texts": {}, "began": {}, "at": "noon"}', "é"])
def test_a_spoilt_draft_is_left_alone(drafts: Drafts, folder: Path, content: str) -> None:
    folder.mkdir()
    drafts.path.write_text(content, encoding="utf-8")
    assert drafts.offered(NOW) is None
    assert drafts.path.read_text(encoding="utf-8") == content


def test_what_another_session_writes_now_is_not_taken(drafts: Drafts) -> None:
    drafts.keep(DRAFT)
    drafts.leave()
    other = drafts.path.with_name(f"{drafts.key}-{os.getppid()}-0.json")  # a process that certainly runs
    drafts.path.rename(other)
    assert drafts.offered(NOW + timedelta(minutes=1)) is None
    kept = drafts.offered(NOW + timedelta(hours=1))  # left lying: perhaps another program has the number now
    assert kept == (DRAFT, other)


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
    assert found(drafts) == Draft({"title": "Half"}, {}, NOW)


async def test_what_was_typed_is_kept_by_itself_and_offered(path: Path, store: Store, folder: Path) -> None:
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
        assert title(later) == ""
        said = NOW.astimezone().strftime("Unsaved text from %H:%M: “Half a win” — ctrl+t takes it")
        assert any(said in line for line in picture(later))
        await keys(pilot, "ctrl+t")
        assert title(later) == "Half a win"
        await keys(pilot, "ctrl+s")
        assert later.answers[0].ref == "W-001"
    assert list(folder.iterdir()) == []


async def test_older_text_is_never_mixed_with_what_is_typed(path: Path, store: Store, folder: Path) -> None:
    left(folder, path, "win", "new", DRAFT)
    host = session(path, folder)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        await typed(pilot, "Where do I land")
        assert title(host) == "Where do I land"
        await keys(pilot, "ctrl+t")
        assert title(host) == "[/foo] é"
        await keys(pilot, "ctrl+t")
        assert title(host) == "Where do I land"
        await keys(pilot, "ctrl+s")
        assert host.answers[0].ref == "W-001"
        await show(pilot, EntityForm("win"))
        assert "[/foo] é" in "\n".join(picture(host))  # it was not part of what was saved


async def test_the_next_quick_change_holds_nothing_of_one_that_was_left(
    path: Path, store: Store, folder: Path, ana: Acting
) -> None:
    uid = add(store, "session", {"title": "Second workshop", "starts_on": NOW.date()}, ana).uid
    host = session(path, folder)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("session", uid))
        await typed(pilot, "u")
        await keys(pilot, "escape", "y")
        await show(pilot, EntityForm("session", uid))
        assert title(host) == "Second workshop"
        await keys(pilot, "ctrl+s")
        assert "Nothing to change" in " ".join(host.said) or host.answers[-1].tx == 0


@pytest.mark.parametrize("answer", ["d", "tab,enter"])
async def test_text_can_be_thrown_away_when_the_form_is_left(
    path: Path, store: Store, folder: Path, answer: str
) -> None:
    host = session(path, folder)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        await typed(pilot, "A win")
        assert isinstance(host.screen, EntityForm)
        host.screen.notice.keep()
        await keys(pilot, "escape", *answer.split(","))
        assert host.answers == [None]
        await show(pilot, EntityForm("win"))
        assert "A win" not in "\n".join(picture(host))
    assert not list(folder.iterdir())


async def test_an_offer_can_be_thrown_away(path: Path, store: Store, folder: Path) -> None:
    left(folder, path, "win", "new", DRAFT)
    host = session(path, folder)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        await keys(pilot, "ctrl+g", "ctrl+t")
        assert title(host) == ""
    assert not list(folder.iterdir())


def test_an_add_is_forgotten_after_a_day_and_a_change_is_not(folder: Path) -> None:
    left(folder, Path("/some/programme.db"), "win", "new", DRAFT._replace(kind="win"))
    left(folder, Path("/some/programme.db"), "win", "a-uid", DRAFT._replace(kind="win", uid="a-uid"))
    for about, hours, there in (("new", 24, True), ("a-uid", 200, True), ("new", 25, False)):
        kept = Drafts(folder, "/some/programme.db", "win", about).offered(NOW + timedelta(hours=hours))
        assert bool(kept) == there
    assert [kept.draft.uid for kept in all_drafts(folder, "/some/programme.db", NOW)] == ["a-uid"]
    assert all_drafts(folder, "/other/programme.db", NOW) == []


@pytest.mark.parametrize("key", ["ctrl+u", "ctrl+w", "ctrl+k", "home", "end", "ctrl+a", "ctrl+e", "ctrl+d", "delete"])
async def test_a_key_that_edits_acts_on_the_field_alone(path: Path, store: Store, folder: Path, key: str) -> None:
    left(folder, path, "win", "new", Draft({"title": "Older", "credit": "Desk"}, {}, NOW))
    host = session(path, folder)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        await keys(pilot, "ctrl+t", "tab")
        await typed(pilot, "yesterday")
        await keys(pilot, key)
        assert isinstance(host.screen, EntityForm)
        assert (title(host), host.screen.body.texts["credit"]) == ("Older", "Desk")
        assert host.screen.body.texts["event_date"] == ("" if key in ("ctrl+u", "ctrl+w") else "yesterday")


async def test_every_unsaved_text_is_listed_taken_and_thrown_away(
    path: Path, store: Store, folder: Path, ana: Acting
) -> None:
    uid = add(store, "pilot", {"name": "Parking"}, ana).uid
    host = session(path, folder)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, DraftList())
        assert "There is no unsaved text." in "\n".join(picture(host))
        await keys(pilot, "escape")
        await show(pilot, EntityForm("win", None, {"pilot": uid}))
        await typed(pilot, "A win of the pilot")
        await keys(pilot, "escape", "y")
        await show(pilot, EntityForm("pilot", uid))
        await typed(pilot, " permits")
        await keys(pilot, "escape", "y")
        await show(pilot, DraftList())
        shown = "\n".join(picture(host))
        assert "New win" in shown and "A win of the pilot" in shown
        assert "Change of P-01" in shown and "Parking permits" in shown
        lines = [line for line in shown.splitlines() if "New win" in line or "Change of" in line]
        await keys(pilot, *(["j"] if "New win" in lines[1] else []), "enter", "ctrl+s")
        with reading(path) as now:
            (win,) = records(now, Win)
            assert (win.title, win.pilot) == ("A win of the pilot", uid)
        await show(pilot, DraftList())
        await keys(pilot, "x")
        assert "There is no unsaved text." in "\n".join(picture(host))
    assert not list(folder.iterdir())


async def test_the_end_of_the_program_keeps_what_was_typed_since_the_last_pause(
    path: Path, store: Store, folder: Path
) -> None:
    host = session(path, folder)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        await typed(pilot, "unsaved title here")
    kept = all_drafts(folder, str(path), NOW)
    assert [each.draft.texts for each in kept] == [{"title": "unsaved title here"}]


async def test_a_hang_up_keeps_the_text_before_the_program_ends(path: Path, store: Store, folder: Path) -> None:
    host = session(path, folder)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        await typed(pilot, "Half a win")
        assert isinstance(host.screen, KeepsDraft)
        host.screen.keep_draft()
        assert len(list(folder.glob("*.json"))) == 1


async def test_a_draft_of_a_record_that_changed_since_does_not_overwrite_it(
    path: Path, store: Store, folder: Path, ana: Acting
) -> None:
    uid = add(store, "win", {"title": "A win", "credit": "Desk"}, ana).uid
    begun = Draft({"credit": "Counter"}, {"credit": "Desk"}, NOW, kind="win", uid=uid)
    left(folder, path, "win", uid, begun)
    with reading(path) as other:
        change(other, "win", uid, {"credit": "Bea's team"}, acting(other, "bea", "cli", NOW, NOW.date()))
    host = session(path, folder)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win", uid))
        await keys(pilot, "ctrl+t", "ctrl+s")
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


@pytest.mark.parametrize("size", [SMALL, (60, 20)])
async def test_what_belongs_into_a_field_stays_in_sight_below_an_offer(
    path: Path, store: Store, ana: Acting, folder: Path, size: tuple[int, int]
) -> None:
    left(folder, path, "risk", "new", DRAFT)
    host = session(path, folder)
    async with host.run_test(size=size) as pilot:
        await show(pilot, EntityForm("risk"))
        shown = picture(host)
        assert "[/foo] é" in shown[1]
        assert any("Title: What may happen" in line for line in shown[-5:])
        await keys(pilot, "ctrl+s")
        assert "✗ Title is needed." in "\n".join(picture(host))
        assert any("Title: What may happen" in line for line in picture(host)[-5:])
