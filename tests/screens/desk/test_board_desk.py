"""The board desk and the meeting: the cycle by keys, from collecting to approved minutes."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from boards_help import UNNAMED, closed
from conftest import NOW
from screen_host import HostApp, keys, picture, reading, settle, show, typed
from textual.widgets import Input

from screens.board.answer import AnswerDialog
from screens.board.desk import BoardDesk
from screens.board.exporting import ArchiveDialog
from screens.board.meeting import BoardMeetingScreen
from screens.board.meeting_lines import time_words
from screens.board.paper import PaperScreen
from screens.dialogs import Choose, Confirm
from tracker.entities import BoardMeeting, Decision
from tracker.services.board.checking import accept, checked
from tracker.services.board.freezing import freeze
from tracker.services.board.publishing import publish
from tracker.services.records.people import acting
from tracker.services.records.writing import add
from tracker.storage.queries import E, Query, records
from tracker.storage.store import Store


@pytest.fixture
def host(path: Path, store: Store, tmp_path: Path) -> Iterator[HostApp]:
    by = acting(store, "ana", "cli", NOW, NOW.date())
    board = add(store, "board", {"title": "October board", "meets_on": NOW.date(), "quorum": 1}, by).uid
    asked = {"question": "Stop [/foo]?", "options": "Stop\nDo nothing", "status": "sought", "board": board}
    decision = add(store, "decision", {"title": "Stop it", **asked}, by).uid
    add(store, "item", {"title": "Stop", "board": board, "item_kind": "decision", "decision": decision}, by)
    add(store, "attendee", {"person": by.person, "board": board, "attendance": "present"}, by)
    app = HostApp(path, datetime.combine(NOW.date(), NOW.timetz()), tmp_path / "drafts")
    app.board = board  # type: ignore[attr-defined]
    yield app


def of(path: Path, register: type[E]) -> E:
    with reading(path) as store:
        return records(store, register)[0]


async def test_the_cycle_by_keys(host: HostApp, path: Path) -> None:
    async with host.run_test(size=(100, 30)) as pilot:
        await show(pilot, BoardDesk(host.board))  # type: ignore[attr-defined]
        shown = "\n".join(picture(host))
        assert "▲ Now" in shown and "Ask owners for what is missing" in shown
        await keys(pilot, "n")
        await settle(pilot)
        assert of(path, BoardMeeting).status == "collecting"
        while re.search(r"[1-9]\d* warnings? open", "\n".join(picture(host))):
            await keys(pilot, "a")
            assert isinstance(host.screen, Confirm)
            await typed(pilot, "known to the board")
            await keys(pilot, "enter")
            await settle(pilot)
        await keys(pilot, "n")
        assert isinstance(host.screen, Confirm)
        await keys(pilot, "y")
        await settle(pilot)
        assert of(path, BoardMeeting).status == "frozen"
        assert "frozen in SN-001" in "\n".join(picture(host))
        await keys(pilot, "p")
        await settle(pilot)
        assert isinstance(host.screen, PaperScreen)
        assert "SN-001" in "\n".join(picture(host))
        await keys(pilot, "escape", "n")
        await settle(pilot)
        assert of(path, BoardMeeting).status == "held"


async def test_the_archive_is_written_once_the_minutes_are_approved(
    host: HostApp, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.board.exporting.archive.USUAL", ("txt",))
    uid = host.board  # type: ignore[attr-defined]
    with Store.open(path) as store:
        by = acting(store, "ana", "cli", NOW, NOW.date())
        for one in checked(store, uid, by.today).open:
            accept(store, uid, [one.id], "Known to the board", by)
        freeze(store, uid, by)
        closed(store, by, uid)
    async with host.run_test(size=(100, 30)) as pilot:
        await show(pilot, BoardDesk(uid))
        shown = "\n".join(picture(host))
        assert "frozen in SN-001" in shown and "x writes the archive for the records." in shown
        await keys(pilot, "x")
        assert isinstance(host.screen, ArchiveDialog)
        folder = tmp_path / "records"
        host.screen.query_one(Input).value = str(folder)
        await keys(pilot, "ctrl+s")
        await settle(pilot)
        assert "✓ 1 file written to" in "\n".join(picture(host))
        assert [file.name for file in folder.iterdir()] == ["b-01-archive-2026-10-01.zip"]


async def test_what_was_published_is_withdrawn_with_a_key_and_a_reason(host: HostApp, path: Path) -> None:
    uid = host.board  # type: ignore[attr-defined]
    with Store.open(path) as store:
        by = acting(store, "ana", "cli", NOW, NOW.date())
        accept(store, uid, [warned.id for warned in checked(store, uid, by.today).open], "Known to the board", by)
        freeze(store, uid, by)
        closed(store, by, uid)
    async with host.run_test(size=(100, 30)) as pilot:
        await show(pilot, BoardDesk(uid))
        await keys(pilot, "w")
        assert isinstance(host.screen, BoardDesk)  # nothing is public yet
        with Store.open(path) as store:
            publish(store, uid, by, accepted=UNNAMED)
        host.screen.records_changed()
        await settle(pilot)
        assert "w withdraws it" in "\n".join(picture(host))
        await keys(pilot, "w")
        assert isinstance(host.screen, Confirm)
        await typed(pilot, "A figure was wrong")
        await keys(pilot, "enter")
        await settle(pilot)
        shown = " ".join("\n".join(picture(host)).split())
        assert "was withdrawn on 1 Oct 2026: A figure was wrong." in shown


async def test_a_decision_takes_two_keys_at_the_meeting(host: HostApp, path: Path) -> None:
    async with host.run_test(size=(80, 24)) as pilot:
        await show(pilot, BoardMeetingScreen(host.board))  # type: ignore[attr-defined]
        shown = "\n".join(picture(host))
        assert "Stop [/foo]?" in shown and "1. Stop" in shown and "1 needed: quorate" in shown
        await keys(pilot, "d")
        assert isinstance(host.screen, Choose)
        await keys(pilot, "down", "down", "enter")
        assert isinstance(host.screen, AnswerDialog)
        await keys(pilot, "enter")
        await settle(pilot)
        found = of(path, Decision)
        assert (found.status, found.outcome, found.decided_on) == ("taken", "rejected", date(2026, 10, 1))
        assert "✓ Decided: rejected" in "\n".join(picture(host))


async def test_a_condition_for_somebody_who_left_is_asked_about_at_the_meeting(host: HostApp, path: Path) -> None:
    with Store.open(path) as file:
        by = acting(file, "ana", "cli", NOW, NOW.date())
        add(file, "person", {"display_name": "Former lead", "left_on": date(2026, 9, 20)}, by)
    async with host.run_test(size=(80, 24)) as pilot:
        await show(pilot, BoardMeetingScreen(host.board))  # type: ignore[attr-defined]
        await keys(pilot, "d", "down", "enter")
        assert isinstance(host.screen, AnswerDialog)
        await keys(pilot, "tab")
        await typed(pilot, "Measure it; owner Former lead; due 1 Dec 2026")
        await keys(pilot, "ctrl+s")
        await settle(pilot)
        assert isinstance(host.screen, Confirm)
        assert "Former lead left 20 Sep 2026" in host.screen.question
        await keys(pilot, "y")
        await settle(pilot)
        assert of(path, Decision).outcome == "approved_with_conditions"


async def test_the_items_of_a_meeting_can_be_called_by_their_numbers(host: HostApp, store: Store) -> None:
    by = acting(store, "ana", "cli", NOW, NOW.date())
    board: str = host.board  # type: ignore[attr-defined]
    asked = records(store, Query("decision"))[0].uid
    add(store, "item", {"title": "Any other business", "board": board, "minutes_planned": 5}, by)
    add(
        store,
        "action",
        {"text": "Tell them", "owner": by.person, "due": NOW.date(), "board": board, "decision": asked},
        by,
    )
    async with host.run_test(size=(80, 24)) as pilot:
        await show(pilot, BoardMeetingScreen(board))
        assert "▶1  ·2" in picture(host)[1] and "• A-001 Tell them (ana, due 1 Oct 2026)" in "\n".join(picture(host))
        await keys(pilot, "2")
        assert "item 2 of 2 · 0 of 5 minutes" in picture(host)[0]
        assert "·1  ▶2" in picture(host)[1] and "Any other business" in "\n".join(picture(host))
        await keys(pilot, "3", "left")
        assert "item 1 of 2" in picture(host)[0]
        await keys(pilot, "m")
        await typed(pilot, "It was asked why.")
        await keys(pilot, "ctrl+s")
        assert "▶1  ·2" in picture(host)[1] and "It was asked why." in "\n".join(picture(host))


def test_an_item_that_takes_longer_than_planned_says_by_how_much() -> None:
    assert time_words(59, 5) == "0 of 5 minutes"
    assert time_words(300, 5) == "5 of 5 minutes"
    assert time_words(8 * 60 + 1, 5) == "8 of 5 minutes ▲ 3 over"
    assert time_words(60, None) == "1 minute"


async def test_every_part_of_the_desk_can_be_scrolled_to_on_a_small_terminal(host: HostApp, store: Store) -> None:
    by = acting(store, "ana", "cli", NOW, NOW.date())
    add(store, "risk", {"title": "A claim", "sensitivity": ("legal",)}, by)
    async with host.run_test(size=(60, 20)) as pilot:
        await show(pilot, BoardDesk(host.board))  # type: ignore[attr-defined]
        await keys(pilot, "n", "a")
        await typed(pilot, "known to the board")
        await keys(pilot, "enter")
        await keys(pilot, "end")
        assert "Accepted: " in "\n".join(picture(host))
        await keys(pilot, "a")
        assert host.said[-1] == "This warning is accepted already."
        await keys(pilot, "tab", "end")
        assert "1 accepted" in "\n".join(picture(host))
        await keys(pilot, "home")
        assert "Ask owners" in "\n".join(picture(host))
