"""On the screens: kinds of nothing and vague days as values, notes by a key, long texts whole."""

from datetime import date
from pathlib import Path

import pytest
from conftest import NOW
from screen_host import HostApp, keys, picture, show, typed

from screens.form.body import about
from screens.form.form import EntityForm
from screens.form.row import explain_typed
from screens.form.saving import open_record
from screens.lists.cells import LATE, cell, columns, row
from screens.record.data import read_page
from screens.record.history import history
from screens.record.note import NoteDialog
from screens.record.page import RecordPage
from tracker.entities import Pilot, Win, entity
from tracker.fields import Nothing, VagueDay
from tracker.rules.typed.conventions import USUAL
from tracker.services.browsing import keys as keys_of
from tracker.services.browsing import window
from tracker.services.records.notes import add_identifier, add_note, notes_of
from tracker.services.records.writing import add, change
from tracker.storage import Query
from tracker.storage.store import Acting, Store

SIZE = (80, 24)
MARCH = VagueDay.of(date(2027, 3, 31), "month")


@pytest.fixture
def host(path: Path, store: Store, tmp_path: Path) -> HostApp:
    return HostApp(path, NOW, tmp_path / "drafts")


@pytest.fixture
def made(store: Store, ana: Acting) -> str:
    """A pilot of which the budget is withheld and the forecast end is a month."""
    said = {
        "budget": Nothing("withheld", "commercial"),
        "forecast_end": MARCH,
        "delivery_lead": Nothing("missing", "?"),
    }
    return add(store, "pilot", {"name": "Parking permits", **said}, ana).uid


def test_a_page_and_its_history_say_what_is_said_of_fields(host: HostApp, made: str, store: Store, ana: Acting) -> None:
    page = read_page(host.programme, "pilot", made)
    assert page is not None
    lines = {line.label: line.text for part in page.parts for line in part.lines}
    assert (lines["Budget"], lines["Forecast end"]) == ("⊘ withheld (commercial)", "March 2027")
    change(store, "pilot", made, {"budget": 500}, ana)
    newest = history(store, "pilot", made).events[0]
    assert newest.steps == (("Budget", "⊘ withheld (commercial)", "5"),)


def test_a_list_says_withheld_and_the_month(made: str, store: Store) -> None:
    names = [column.name for column in columns("pilot")[1:] if column.name != LATE]
    (values,) = window(store, "pilot", keys_of(store, Query("pilot")), names).values()
    texts = dict(zip(names, row("pilot", names, values).cells[1:], strict=True))
    assert (texts["forecast_end"], texts["delivery_lead"]) == ("March 2027", "· missing")
    assert cell(Pilot.fields()["budget"], Nothing("withheld", "why")) == ("⊘ withheld", "muted")


def test_a_form_opens_as_it_was_typed(host: HostApp, made: str) -> None:
    texts = open_record(host.programme, "pilot", made, {}).texts
    assert (texts["budget"], texts["forecast_end"]) == ("withheld: commercial", "March 2027")


async def test_a_form_takes_a_kind_of_nothing_and_keeps_what_nobody_touched(
    host: HostApp, made: str, store: Store
) -> None:
    async with host.run_test(size=SIZE) as pilot:
        await show(pilot, EntityForm("pilot", made))
        form = host.screen
        assert isinstance(form, EntityForm)
        form.body.fill({"spend_to_date": "tbc"})
        await keys(pilot, "ctrl+s")
    page = read_page(host.programme, "pilot", made)
    assert page is not None
    assert page.values["spend_to_date"] == Nothing("not_yet_known")
    assert page.values["budget"] == Nothing("withheld", "commercial")


def test_what_is_typed_as_a_day_is_explained() -> None:
    today = date(2026, 10, 1)

    def explained(name: str, text: str) -> str:
        return explain_typed(Pilot.fields()[name], text, today, USUAL)

    assert explained("forecast_end", "Jan-Mar 2027") == (
        "→ Jan–Mar 2027, counted as its last day, Wednesday 31 March 2027"
    )
    assert explained("start", "2027") == (
        "→ 2027 (of the calendar: January to December), counted as its first day, Friday 1 January 2027"
    )
    assert explained("forecast_end", "tbc") == "→ ? not yet known"
    assert explained("forecast_end", "Marc").startswith("… Forecast end: “Marc” ")
    assert explained("forecast_end", "fri 3 dec 2026") == (
        "… Forecast end: “fri 3 dec 2026” says Friday, and that day is Thursday 3 December 2026. Change one of the two."
    )
    assert explained("forecast_end", "2027-01-05") == "→ Tuesday 5 January 2027, in about 3 months"
    assert "Thursday 1 October 2026" in explained("forecast_end", "today")
    assert "Tuesday 15 September 2026 or Wednesday 15 September 2027" in explained("forecast_end", "15 Sep")
    assert explained("budget", "1,250") == "→ £1,250"
    assert explained("budget", "12,5") == "→ £12.50"
    assert explained("budget", "1.2m") == "→ £1,200,000"
    assert explained("budget", "12.50") == ""
    assert explained("budget", "€5").startswith("… Budget is in GBP")


async def test_a_note_is_written_by_a_key(host: HostApp, made: str, store: Store) -> None:
    async with host.run_test(size=SIZE) as pilot:
        await show(pilot, RecordPage("pilot", made))
        await keys(pilot, "t")
        assert isinstance(host.screen, NoteDialog)
        await keys(pilot, "ctrl+s")
        assert any("Write what the note is to say" in line for line in picture(host))
        await typed(pilot, "They called")
        await keys(pilot, "enter")
        await typed(pilot, "twice")
        await keys(pilot, "ctrl+s")
        assert host.said[-1].startswith("N-001 noted")
    (note,) = notes_of(store, made)
    assert (note.text, note.author) == ("They called\ntwice", "ana")


def test_notes_and_identifiers_stand_on_the_page(host: HostApp, made: str, store: Store, ana: Acting) -> None:
    add_note(store, "pilot", made, "An older one", ana)
    add_note(store, "pilot", made, "line\n" * 40, ana)
    add_identifier(store, "pilot", made, "GMPP", "GMPP_0007", ana)
    page = read_page(host.programme, "pilot", made)
    assert page is not None
    parts = {part.title: part.lines for part in page.parts}
    assert parts["Known as"][0].text == "GMPP_0007"
    newest, older = parts["Notes (2)"]
    assert newest.text.endswith("… (Enter opens all of it)") and older.text == "An older one"
    assert [event.what for event in page.history.events] == ["identifier added", "note added", "note added", "added"]


def test_a_form_tells_the_advised_length_and_near_it_the_limit() -> None:
    title = entity("win").fields()["title"]
    assert "100 of 80 characters advised" in about(title, "x" * 100)
    assert "190 of 200 characters at most" in about(title, "x" * 190)
    assert "withheld, tbc, n/a" in about(Pilot.fields()["budget"], "")


async def test_the_longest_texts_are_shown_edited_and_kept_whole(host: HostApp, store: Store, ana: Acting) -> None:
    title, problem = "Long " * 39 + "title", "Words of it. " * 769
    assert (len(title), len(problem)) == (200, 9_997)
    uid = add(store, "pilot", {"name": title, "problem": problem.strip()}, ana).uid
    async with host.run_test(size=SIZE) as pilot:
        await show(pilot, EntityForm("pilot", uid))
        form = host.screen
        assert isinstance(form, EntityForm)
        assert form.body.texts["problem"] == problem.strip()
        await typed(pilot, "s")
        assert all(len(line) <= SIZE[0] for line in picture(host))
        await keys(pilot, "escape")
    add(store, Win.kind, {"title": title, "pilot": uid}, ana)
