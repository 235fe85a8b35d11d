"""Yes or no, which one, and why: answered with keys."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import NOW
from quiet import quiet
from screen_host import HostApp, keys, picture, show, typed
from textual.events import Key
from textual.widgets import Input

from screens.dialogs import Choose, Confirm, ConflictDialog
from screens.lists.register import SortBy
from tracker.errors import Clash, Conflict

SMALL = (80, 24)
HOSTILE = "[/foo] [red]a[b"


@pytest.fixture
def host(tmp_path: Path) -> HostApp:
    return HostApp(tmp_path / "none.db", NOW, tmp_path / "drafts")


@pytest.mark.parametrize(
    ("key", "answer"), [("y", "yes"), ("n", None), ("escape", None), ("enter", "yes"), ("right,enter", None)]
)
async def test_a_question_is_answered_with_a_key(host: HostApp, key: str, answer: str | None) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, Confirm(f"Leave {HOSTILE}?", HOSTILE, "No"))
        shown = "\n".join(picture(host))
        assert f"Leave {HOSTILE}?" in shown
        assert f"{HOSTILE} (y)" in shown
        await keys(pilot, *key.split(","))
        assert host.answers == [answer]


async def test_a_reason_must_say_something(host: HostApp) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, Confirm("Remove it?", reason=True))
        await typed(pilot, "  ny ")
        await keys(pilot, "enter")
        assert not host.answers
        assert any("✗ Say why, in 5 characters or more." in line for line in picture(host))
        host.screen.query_one(Input).value += "\x1b[31many"  # as a paste brings it
        await keys(pilot, "enter")
        assert host.answers == ["ny any"]


async def test_no_reason_is_no_answer(host: HostApp) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, Confirm("Remove it?", reason=True))
        await typed(pilot, "a good reason")
        await keys(pilot, "escape")
        assert host.answers == [None]


async def test_one_of_several_is_chosen(host: HostApp) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, Choose("Which?", [("a", "First"), ("b", HOSTILE)]))
        assert HOSTILE in "\n".join(picture(host))
        await keys(pilot, "j", "enter")
        assert host.answers == ["b"]


NINE = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)


def clash(field: str) -> Clash:
    return Clash(
        field, field.title(), "before", f"mine {HOSTILE}", "theirs", "bea", datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    )


async def test_every_field_of_a_conflict_is_decided(host: HostApp) -> None:
    async with host.run_test(size=(80, 40)) as pilot:
        await show(pilot, ConflictDialog(Conflict("R-001", [clash("cause"), clash("event")], {})))
        shown = "\n".join(picture(host))
        assert shown.count(f"mine {HOSTILE}") == 2
        assert shown.count("bea, 1 Oct 2026 09:00") == 2
        await keys(pilot, "t", "c")
        assert host.clipboard == f"mine {HOSTILE}\ntheirs"
        await keys(pilot, "ctrl+s")
        assert not host.answers
        await keys(pilot, "m", "enter")
        assert host.answers == [{"cause": "theirs", "event": "mine"}]


async def test_a_conflict_can_be_left_undecided(host: HostApp) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, ConflictDialog(Conflict("R-001", [clash("cause")], {})))
        await keys(pilot, "m", "escape")
        assert host.answers == [None]


async def test_a_dialog_that_is_answered_twice_at_once_takes_nothing_else_away(host: HostApp) -> None:
    async with host.run_test(size=SMALL) as pilot:
        below = list(host.screen_stack)
        await show(pilot, SortBy([("title", "Title"), ("score", "Score")]))
        for key in ("1", "2", "escape"):  # a slow line brings keys together
            host.screen.post_message(Key(key, key if len(key) == 1 else None))
        await quiet(host)
        assert host.answers == ["title"]
        assert host.screen_stack == below


async def test_a_dialog_that_is_left_while_it_is_covered_goes_when_it_is_seen_again(host: HostApp) -> None:
    async with host.run_test(size=SMALL) as pilot:
        below = list(host.screen_stack)
        covered = Choose("Which?", [("a", "First")])
        await show(pilot, covered)
        await show(pilot, Confirm("Remove it?"))
        covered.dismiss("a")
        await quiet(host)
        assert isinstance(host.screen, Confirm)
        await keys(pilot, "n")
        assert host.screen_stack == below
        assert host.answers == [None, "a"]
