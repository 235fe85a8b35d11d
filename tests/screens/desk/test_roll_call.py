"""The roll of a meeting called by keys, and answers to decisions with their reasons and conditions."""

from pathlib import Path

import pytest
from conftest import NOW
from screen_host import HostApp, keys, picture, reading, settle, show, typed

from screens.board.answer import AnswerDialog
from screens.board.meeting import BoardMeetingScreen
from screens.board.roll_call import RollCall
from screens.dialogs import Confirm
from tracker.entities import Action, BoardAttendee, Decision
from tracker.services.records.writing import add
from tracker.storage.queries import records
from tracker.storage.store import Acting, Store

QUESTION = {"status": "sought", "question": "Shall it?", "options": "Do nothing\nDo it", "needed_by": NOW.date()}


@pytest.fixture
def board(store: Store, ana: Acting) -> str:
    """A meeting of a body with two members and a clerk, who are not put down for it yet."""
    body = add(store, "body", {"name": "Steering group", "quorum": 2}, ana).uid
    for name, role, votes in (("Cha", "Chair", True), ("Mem", "Member", True), ("Cle", "Clerk", False)):
        person = add(store, "person", {"display_name": name}, ana).uid
        add(store, "member", {"person": person, "body": body, "role": role, "votes": votes}, ana)
    return add(store, "board", {"title": "October group", "meets_on": NOW.date(), "body": body}, ana).uid


@pytest.fixture
def host(path: Path, board: str, tmp_path: Path) -> HostApp:
    return HostApp(path, NOW, tmp_path / "drafts")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_the_roll_is_called_with_a_key_for_each(
    host: HostApp, path: Path, board: str, size: tuple[int, int]
) -> None:
    async with host.run_test(size=size) as pilot:
        await show(pilot, BoardMeetingScreen(board))
        await keys(pilot, "w")
        await settle(pilot)
        assert isinstance(host.screen, RollCall)
        assert "v invites 3 members; + adds somebody." in "\n".join(picture(host))
        await keys(pilot, "v")
        await settle(pilot)
        await keys(pilot, "p", "d")
        assert isinstance(host.screen, Confirm)
        await typed(pilot, "Head of Digital")
        await keys(pilot, "enter", "o")
        await settle(pilot)
        shown = "\n".join(picture(host))
        assert "● Present     Cha (Chair)" in shown
        assert "● Deputy      Mem (Member)  by Head of Digital" in shown
        assert "○ Apologies   Cle (Clerk)  no vote" in shown
        assert "2 members present, 2 needed: quorate" in shown.replace("\n", " ")
    with reading(path) as store:
        came = [(attendee.attendance, attendee.deputy) for attendee in records(store, BoardAttendee)]
    assert came == [("present", None), ("deputy", "Head of Digital"), ("apologies", None)]


async def test_an_interest_is_declared_from_the_roll(host: HostApp, path: Path, board: str) -> None:
    async with host.run_test(size=(80, 24)) as pilot:
        await show(pilot, RollCall(board))
        await keys(pilot, "v")
        await settle(pilot)
        await keys(pilot, "i")
        await settle(pilot)
        await typed(pilot, "Item 2: owns a share")
        await keys(pilot, "ctrl+s")
        await settle(pilot)
        assert "interest: Item 2: owns a share" in "\n".join(picture(host))


async def test_an_answer_keeps_what_was_typed_when_it_is_refused(
    host: HostApp, path: Path, board: str, store: Store, ana: Acting
) -> None:
    asked = add(store, "decision", {"title": "Scale it", "board": board, **QUESTION}, ana).uid
    add(store, "item", {"title": "Scale it", "board": board, "decision": asked, "item_kind": "decision"}, ana)
    async with host.run_test(size=(80, 24)) as pilot:
        await show(pilot, BoardMeetingScreen(board))
        await keys(pilot, "d", "down", "enter")
        assert isinstance(host.screen, AnswerDialog)
        await typed(pilot, "It pays for itself")
        await keys(pilot, "enter")
        await typed(pilot, "Agree the rota; due 11 Oct")
        await keys(pilot, "ctrl+s")
        await settle(pilot)
        shown = "\n".join(picture(host))
        assert isinstance(host.screen, AnswerDialog)
        assert "say who owns it" in shown and "It pays for itself" in shown and "Agree the rota" in shown
        await keys(pilot, "escape")
        assert isinstance(host.screen, Confirm)
        await keys(pilot, "n")
        await keys(pilot, "ctrl+end")
        await typed(pilot, "; owner Cha")
        await keys(pilot, "enter")
        await typed(pilot, "Tell the staff; owner Mem; due 12 Oct")
        await keys(pilot, "ctrl+s")
        await settle(pilot)
        assert isinstance(host.screen, BoardMeetingScreen)
    with reading(path) as now:
        (decision,) = records(now, Decision)
        actions = [action.text for action in records(now, Action)]
    assert (decision.outcome, decision.rationale) == ("approved_with_conditions", "It pays for itself")
    assert actions == ["Agree the rota", "Tell the staff"]


async def test_minutes_go_on_behind_what_is_there(host: HostApp, path: Path, board: str, ana: Acting) -> None:
    with reading(path) as store:
        add(store, "item", {"title": "Opening", "board": board, "minutes": "The chair opened."}, ana)
    async with host.run_test(size=(80, 24)) as pilot:
        await show(pilot, BoardMeetingScreen(board))
        await keys(pilot, "m")
        await settle(pilot)
        await typed(pilot, " Nobody objected.")
        await keys(pilot, "ctrl+s")
        await settle(pilot)
        assert "The chair opened. Nobody objected." in "\n".join(picture(host))
