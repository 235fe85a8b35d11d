"""The page of a record: everything recorded, what points at it, its history, and what can be done with it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import NOW, at
from factories import values_of
from screen_host import HostApp, keys, picture, reading, settle, show, typed

from screens.dialogs import Choose, Confirm
from screens.form.form import EntityForm
from screens.record.data import Page, read_page
from screens.record.history import history
from screens.record.page import RecordPage
from screens.record.page_lines import LeadingLine
from tracker.entities import ENTITIES
from tracker.services.records.people import acting
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change, remove
from tracker.storage.queries import Query, count
from tracker.storage.store import Acting, Store

SMALL, LARGE = (80, 24), (120, 40)
NAME = "Parking [/foo] permits"


@pytest.fixture
def host(path: Path, store: Store, tmp_path: Path) -> HostApp:
    return HostApp(path, NOW, tmp_path / "drafts")


@pytest.fixture
def made(store: Store, ana: Acting) -> dict[str, str]:
    """A pilot with a record of each kind that may point at it."""
    by = at(ana, date(2026, 9, 1))
    pilot = add(store, "pilot", {"name": NAME, "problem": "Three weeks\nof waiting", "budget": 18200000}, by).uid
    uids = {"pilot": pilot, "person": ana.person}
    uids["confidence"] = add(store, "confidence", {"pilot": pilot, "rating": "amber"}, by).uid
    uids["risk"] = add(store, "risk", {"title": "Late", "pilot": pilot, "likelihood": 4, "impact": 3}, by).uid
    uids["win"] = add(store, "win", {"title": "One form less", "pilot": pilot}, by).uid
    due = date(2026, 11, 1)
    action = {"text": "Agree a plan", "owner": ana.person, "due": due, "pilot": pilot, "risk": uids["risk"]}
    uids["action"] = add(store, "action", action, by).uid
    return uids


def page_of(host: HostApp, kind: str, uid: str) -> Page:
    found = read_page(host.programme, kind, uid)
    assert found is not None
    return found


def lines(page: Page) -> dict[str, str]:
    return {line.label: line.text for part in page.parts for line in part.lines}


def whole(host: HostApp) -> str:
    return "\n".join(picture(host))


def test_a_page_holds_values_computed_values_and_links(host: HostApp, made: dict[str, str]) -> None:
    page = page_of(host, "risk", made["risk"])
    assert (page.ref, page.name) == ("R-001", "Late")
    shown = lines(page)
    assert (shown["Score"], shown["Likelihood"]) == ("12", "4")
    assert shown["Pilot"] == f"P-01 {NAME}"
    assert shown["Owner"] == "not recorded"
    assert "Cause" in [line.label for line in page.empty.lines]
    assert not {line.label for line in page.empty.lines} & set(shown)
    pilot = lines(page_of(host, "pilot", made["pilot"]))
    assert (pilot["Reported"], pilot["Budget"]) == ("▲ Amber", "182,000")


def test_a_rating_that_is_missing_says_so(host: HostApp, store: Store, ana: Acting) -> None:
    uid = add(store, "pilot", {"name": "New"}, ana).uid
    assert lines(page_of(host, "pilot", uid))["Reported"] == "○ No rating"


def test_what_points_at_a_record_is_listed(host: HostApp, made: dict[str, str], store: Store, ana: Acting) -> None:
    related = {one.kind: one for one in page_of(host, "pilot", made["pilot"]).related}
    assert set(related) == {"confidence", "risk", "win", "action"}
    assert related["risk"].lines[0].text == "Late · Draft · score 12 · 31 Oct 2026 (worked out)"
    assert related["risk"].lines[0].uid == made["risk"]
    assert [one.kind for one in page_of(host, "risk", made["risk"]).related] == ["assessment", "action"]
    for day in range(1, 12):
        add(store, "win", {"title": f"Win {day}", "pilot": made["pilot"], "event_date": date(2026, 9, day)}, ana)
    wins = next(one for one in page_of(host, "pilot", made["pilot"]).related if one.kind == "win")
    assert (wins.total, len(wins.lines)) == (12, 8)
    assert wins.lines[0].text.startswith("Win 11")


def test_the_history_tells_who_when_what_and_why(host: HostApp, made: dict[str, str], store: Store) -> None:
    bea = acting(store, "bea", "cli", NOW, NOW.date())
    change(store, "action", made["action"], {"due": date(2026, 12, 1), "pilot": None}, bea, reason="The board moved")
    remove(store, "action", made["action"], bea, reason="a duplicate")
    undo(store, bea)
    back, gone, changed, added = history(store, "action", made["action"]).events
    assert (changed.who, changed.front, changed.what, changed.reason) == ("bea", "cli", "changed", "The board moved")
    assert ("Due", "1 Nov 2026", "1 Dec 2026") in changed.steps
    assert ("Pilot", f"P-01 {NAME}", "(empty)") in changed.steps
    assert (gone.what, gone.reason, gone.steps) == ("removed", "a duplicate", ())
    assert back.what.startswith("brought back (undo of change ")
    assert (added.what, added.who) == ("added", "ana")


def test_a_change_outside_the_program_and_what_was_erased_are_named(
    host: HostApp, made: dict[str, str], store: Store
) -> None:
    store.connection.execute("UPDATE win SET title = 'Forged' WHERE uid = ?", (made["win"],))
    newest = history(store, "win", made["win"]).events[0]
    assert (newest.who, newest.when) == ("outside the program", "")
    assert newest.head == "outside the program · changed"
    change(store, "win", made["win"], {"credit": "A team"}, acting(store, "ana", "cli", NOW, NOW.date()))
    store.connection.execute("UPDATE change SET old = NULL, new = NULL, salt = NULL WHERE field = 'credit'")
    assert history(store, "win", made["win"]).events[0].steps == (("Credit", "(erased)", "(erased)"),)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_page_shows_hostile_text_as_it_is(host: HostApp, made: dict[str, str], size: tuple[int, int]) -> None:
    async with host.run_test(size=size) as pilot:
        await show(pilot, RecordPage("pilot", made["pilot"]))
        shown = picture(host)
        assert f"P-01  {NAME}  (pilot)" in shown[0]
        assert "▲ Amber" in whole(host)
        assert "Evidence: ○ Not enough evidence" in whole(host)
        if size == SMALL:  # what the evidence says comes first
            await keys(pilot, "space")
            shown = [shown[0], *picture(host)[1:]]
        column = next(line for line in shown if "Problem" in line).index("Three weeks")
        assert next(line for line in shown if "of waiting" in line).index("of waiting") == column
        assert "Edit" in shown[-1]
        assert "Back" in shown[-1]
        await keys(pilot, "h")
        assert "added" in whole(host)
        await keys(pilot, "g", "o")
        await keys(pilot, "end")
        assert "History (2)" in whole(host)


@pytest.mark.parametrize("kind", ENTITIES)
async def test_every_kind_has_a_page(host: HostApp, made: dict[str, str], store: Store, ana: Acting, kind: str) -> None:
    found = store.read(f'SELECT uid FROM "{kind}" LIMIT 1')
    uid = found[0][0] if found else add(store, kind, values_of(store, kind, ana), ana).uid
    page = page_of(host, kind, uid)
    assert page.ref
    assert page.parts[0].lines


async def test_tab_and_enter_follow_what_is_linked(host: HostApp, made: dict[str, str]) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, RecordPage("action", made["action"]))
        await keys(pilot, "tab")
        assert isinstance(host.focused, LeadingLine)
        await keys(pilot, "tab", "enter")
        assert "P-01" in picture(host)[0]
        await keys(pilot, "escape")
        assert "A-001" in picture(host)[0]
        await keys(pilot, "q")
        assert host.answers == [None]


async def test_remove_restore_and_undo(host: HostApp, made: dict[str, str], path: Path) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, RecordPage("win", made["win"]))
        await keys(pilot, "x")
        assert isinstance(host.screen, Confirm)
        await typed(pilot, "a duplicate")
        await keys(pilot, "enter")
        assert any("✗ Removed 1 Oct 2026 09:00 by ana: a duplicate." in line for line in picture(host))
        assert "Edit" not in picture(host)[-1]
        await keys(pilot, "r")
        assert host.said[-1] == "W-001 is back in the list."
        assert "Edit" in picture(host)[-1]
        await keys(pilot, "u")
        assert "✗ Removed" in whole(host)
    with reading(path) as store:
        assert count(store, Query("win", deleted=True)) == 1


async def test_undo_of_something_elsewhere_asks_first(host: HostApp, made: dict[str, str], path: Path) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, RecordPage("win", made["win"]))
        await keys(pilot, "u")
        assert isinstance(host.screen, Confirm)
        assert "Your last change was elsewhere: A-001 Agree a plan was added." in whole(host)
        await keys(pilot, "n")
        with reading(path) as store:
            assert count(store, Query("action")) == 1
        await keys(pilot, "u", "y")
    with reading(path) as store:
        assert count(store, Query("action")) == 0


async def test_editing_from_the_page_shows_the_new_value(host: HostApp, made: dict[str, str]) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, RecordPage("win", made["win"]))
        await keys(pilot, "e")
        assert isinstance(host.screen, EntityForm)
        await typed(pilot, " now")
        await keys(pilot, "ctrl+s")
        assert isinstance(host.screen, RecordPage)
        await settle(pilot)
        assert "W-001  One form less now" in picture(host)[0]


async def test_a_related_record_is_added_with_its_link(host: HostApp, made: dict[str, str]) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, RecordPage("pilot", made["pilot"]))
        await keys(pilot, "a")
        assert isinstance(host.screen, Choose)
        assert "Training need" in whole(host)
        await keys(pilot, "j", "enter")
        assert isinstance(host.screen, EntityForm)
        assert (host.screen.kind, host.screen.preset) == ("iteration", {"pilot": made["pilot"]})


async def test_what_is_never_changed_gets_a_newer_one(host: HostApp, made: dict[str, str]) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, RecordPage("confidence", made["confidence"]))
        assert "Edit" not in picture(host)[-1]
        await keys(pilot, "n")
        assert isinstance(host.screen, EntityForm)
        assert host.screen.uid is None
        assert host.screen.preset["pilot"] == made["pilot"]
        assert host.screen.preset["supersedes"] == made["confidence"]
        assert "rating" not in host.screen.preset


async def test_what_is_late_stands_first_and_above_the_evidence(host: HostApp, store: Store, ana: Acting) -> None:
    due = {"name": "Parking", "phase": "alpha", "decision_due": ana.today - timedelta(3)}
    running = add(store, "pilot", due, ana).uid
    stopped = add(store, "pilot", {**due, "name": "Badges", "phase": "stopped", "outcome": "stopped"}, ana).uid
    async with host.run_test(size=LARGE) as pilot:
        await show(pilot, RecordPage("pilot", running))
        shown = whole(host)
        assert picture(host)[1].split(maxsplit=1) == ["Days", "! Decision 3 days late"]
        assert shown.index("Decision 3 days late") < shown.index("Decision due") < shown.index("What the evidence")
    for uid, tones in ((running, ["red"]), (stopped, [])):
        page = read_page(host.programme, "pilot", uid)
        assert page is not None
        assert [line.tone for line in page.parts[0].lines if line.label == "Days" and "late" in line.text] == tones
