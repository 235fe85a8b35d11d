"""Forms: made from the fields, filled in with keys only, refused with every problem at once."""

from pathlib import Path

import pytest
from conftest import NOW
from screen_host import HostApp, keys, picture, reading, settle, show, typed
from textual.widgets import Input, OptionList, TextArea

from screens.form.body import in_parts
from screens.form.choice import Choice
from screens.form.form import EntityForm
from screens.form.reference_input import Candidate, ReferenceInput, matching
from screens.form.saving import TRUE_ON
from tracker.entities import ENTITIES, Confidence, Programme, Win, entity
from tracker.entities import Pilot as PilotRecord
from tracker.services.records.writing import add, change
from tracker.storage.journal.history import of_record
from tracker.storage.queries import E, records
from tracker.storage.store import Acting, Store

SMALL, LARGE = (80, 24), (120, 40)


@pytest.fixture
def host(path: Path, store: Store, tmp_path: Path) -> HostApp:
    return HostApp(path, NOW, tmp_path / "drafts")


def form_of(host: HostApp) -> EntityForm:
    assert isinstance(host.screen, EntityForm)
    return host.screen


def complaints(host: HostApp) -> dict[str, str]:
    """Return what is said to be wrong, by field."""
    return {
        name: str(row._note.content)
        for name, row in form_of(host).body.rows.items()
        if row._note is not None and row._note.display and row._note.has_class("-wrong")
    }


async def put(host: HostApp, **texts: str) -> None:
    form_of(host).body.fill(texts)


def only(path: Path, register: type[E]) -> E:
    with reading(path) as store:
        (found,) = records(store, register)
    return found


async def test_a_win_is_logged_with_keys_only(host: HostApp, path: Path, store: Store, ana: Acting) -> None:
    pilot_uid = add(store, "pilot", {"name": "Parking permits"}, ana).uid
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        await typed(pilot, "One form less at the counter")
        await keys(pilot, "tab")
        await typed(pilot, "yesterday")
        await keys(pilot, "tab")
        await typed(pilot, "park")
        await keys(pilot, "enter", "ctrl+s")
        assert host.answers[0].ref == "W-001"
        assert host.said == ["W-001 saved."]
    win = only(path, Win)
    assert (win.title, win.pilot) == ("One form less at the counter", pilot_uid)
    assert win.event_date.isoformat() == "2026-09-30"
    with reading(path) as found:
        assert of_record(found, win.uid)[0].front == "screens"


@pytest.mark.thorough
@pytest.mark.parametrize(("kinds", "size"), [(ENTITIES, SMALL), (("pilot", "risk"), LARGE)])
async def test_every_form_opens_with_a_row_for_each_field(
    host: HostApp, kinds: tuple[str, ...], size: tuple[int, int]
) -> None:
    async with host.run_test(size=size) as pilot:
        for kind in kinds:
            await show(pilot, EntityForm(kind))
            form = form_of(host)
            assert set(form.body.rows) == {field.name for field in entity(kind).settable()} | {TRUE_ON.name}
            assert all(row.is_mounted for row in form.body.rows.values())
            assert form.body.typed == {}
            shown = picture(host)
            labels = [field.label for _, fields in in_parts(entity(kind)) for field in fields]
            visible = sum(any(label[:20] in line for line in shown) for label in labels)
            assert visible >= min(6, len(labels))
            assert "Save" in shown[-1]
            await keys(pilot, "escape")
        assert host.answers == [None] * len(kinds)


async def test_what_is_needed_comes_first_and_has_the_cursor(host: HostApp) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("action"))
        shown = picture(host)
        assert "Action *" in shown[1]
        assert "Owner *" in shown[2]
        assert "Due *" in shown[3]
        assert host.focused is form_of(host).body.rows["text"].editor


async def test_all_problems_are_told_at_once_beside_their_fields(host: HostApp) -> None:
    async with host.run_test(size=LARGE) as pilot:
        await show(pilot, EntityForm("win"))
        await put(host, title="", event_date="soon", pilot="nowhere", estimate_value="many", evidence="link")
        await keys(pilot, "ctrl+s")
        found = complaints(host)
        assert set(found) == {"title", "event_date", "pilot", "estimate_value", "evidence_note"}
        assert found["title"] == "✗ Title is needed."
        assert all(sentence.startswith("✗ ") for sentence in found.values())
        assert host.focused is form_of(host).body.rows["title"].editor
        shown = picture(host)
        row = next(number for number, line in enumerate(shown) if "Title *" in line)
        assert "✗ Title is needed." in shown[row + 1]
        await put(host, title="Better", event_date="", pilot="", estimate_value="", evidence="none")
        await keys(pilot, "ctrl+s")
        assert host.answers[0].ref == "W-001"


async def test_a_problem_of_no_field_is_told_at_the_top(host: HostApp) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("programme"))
        await put(host, name="A second one")
        await keys(pilot, "ctrl+s")
        assert any("✗ There is one programme in each file." in line for line in picture(host)[1:3])
        assert not host.answers


async def test_hostile_text_goes_in_and_comes_back_as_it_was_typed(host: HostApp, path: Path) -> None:
    hostile = "[/foo] [@click=app.quit]x[/] a[b"
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        await put(host, title=hostile + "\x1b[31m\u202e", what_changed="one\n[red]two")
        await keys(pilot, "ctrl+s")
        assert "Title: 6 characters that cannot be shown were taken out." in host.said[0]
        win = only(path, Win)
        assert win.title == hostile
        assert win.what_changed == "one\n[red]two"
        await show(pilot, EntityForm("win", win.uid))
        assert form_of(host).body.rows["title"].text == hostile
        shown = "\n".join(picture(host))
        assert f"Change W-001 {hostile}" in shown
        assert not any(char in shown for char in "\x1b\u202e")


async def test_a_date_is_read_aloud_while_it_is_typed(host: HostApp) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        await keys(pilot, "tab")
        await typed(pilot, "30 sep")
        await settle(pilot)
        assert any("→ Wednesday 30 September 2026, yesterday" in line for line in picture(host))


@pytest.mark.thorough
async def test_a_figure_is_read_aloud_and_saved_as_it_was_read(host: HostApp, path: Path, store: Store) -> None:
    async with host.run_test(size=LARGE) as pilot:
        await show(pilot, EntityForm("pilot"))
        await typed(pilot, "Parking")
        for text, said in (("€5", ""), ("1.234", ""), ("12,5", "→ £12.50")):
            await put(host, budget="")
            form_of(host).body.rows["budget"].take_focus()
            await settle(pilot)
            await typed(pilot, text)
            assert any("→ £" in line for line in picture(host)) == bool(said)
            assert any(said in line for line in picture(host))
            if not said:
                await keys(pilot, "ctrl+s")
                assert set(complaints(host)) == {"budget"}
        await keys(pilot, "ctrl+s")
        assert only(path, PilotRecord).budget == 1250


async def test_a_day_that_may_be_two_is_named_while_it_is_typed_and_not_saved(
    host: HostApp, store: Store, ana: Acting
) -> None:
    async with host.run_test(size=LARGE) as pilot:
        await show(pilot, EntityForm("action"))
        form_of(host).body.rows["due"].take_focus()
        await settle(pilot)
        await typed(pilot, "20 Sep")
        shown = " ".join("\n".join(picture(host)).split())
        assert "may be Sunday 20 September 2026 or Monday 20 September 2027" in shown
        await keys(pilot, "ctrl+s")
        assert "Sunday 20 September 2026 or Monday 20 September 2027" in complaints(host)["due"]
        assert host.answers == []


async def test_editing_saves_only_what_was_changed(host: HostApp, path: Path, store: Store, ana: Acting) -> None:
    uid = add(store, "risk", {"title": "Lookups fail", "likelihood": 4, "impact": 3}, ana).uid
    async with host.run_test(size=LARGE) as pilot:
        await show(pilot, EntityForm("risk", uid))
        form = form_of(host)
        assert form.body.rows["likelihood"].text == "4"
        assert form.body.typed == {}
        await put(host, cause="New estates")
        await keys(pilot, "ctrl+s")
        assert host.answers[0].uid == uid
    with reading(path) as found:
        assert [change.field for change in of_record(found, uid)][1:] == ["cause"]
    assert host.said == ["R-001 saved."]


async def test_a_change_that_needs_a_reason_asks_for_it_in_its_own_line(
    host: HostApp, path: Path, store: Store, ana: Acting
) -> None:
    uid = add(store, "pilot", {"name": "Parking", "phase": "alpha"}, ana).uid
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("pilot", uid))
        await put(host, phase="private_beta")
        await keys(pilot, "ctrl+s")
        (said,) = complaints(host).values()
        assert "Phase was Alpha: say why it changes." in said
        assert "--" not in said
        await typed(pilot, "The board agreed")
        await keys(pilot, "ctrl+s")
        assert host.answers[0].uid == uid
    with reading(path) as found:
        assert of_record(found, uid)[-1].reason == "The board agreed"


async def test_a_choice_opens_at_the_letter_and_arrows_move_between_fields(host: HostApp, path: Path) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        await typed(pilot, "Shorter queue")
        while not isinstance(host.focused, Choice):
            before = host.focused
            await keys(pilot, "tab" if isinstance(before, TextArea) else "down")
            assert host.focused is not before
        await keys(pilot, "f", "enter", "ctrl+s")
    assert only(path, Win).who_benefits == "front_line"


async def test_escape_leaves_at_once_when_nothing_was_typed(host: HostApp) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        await keys(pilot, "escape")
        assert host.answers == [None]


async def test_escape_asks_when_something_was_typed(host: HostApp) -> None:
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        await typed(pilot, "Half a")
        await keys(pilot, "escape", "n")
        assert form_of(host).body.rows["title"].text == "Half a"
        await keys(pilot, "escape", "y")
        assert host.answers == [None]


async def test_preset_values_are_filled_in(host: HostApp, path: Path, store: Store, ana: Acting) -> None:
    uid = add(store, "pilot", {"name": "Parking"}, ana).uid
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("confidence", None, {"pilot": uid}))
        assert "P-01 Parking" in "\n".join(picture(host))
        assert form_of(host).body.typed == {}
        await put(host, rating="amber")
        await keys(pilot, "ctrl+s")
        assert host.answers[0].ref == "CR-001"
    assert only(path, Confidence).pilot == uid


async def test_a_rating_is_chosen_in_the_words_of_the_scale(
    host: HostApp, path: Path, store: Store, ana: Acting
) -> None:
    uid = add(store, "pilot", {"name": "Parking"}, ana).uid
    (programme,) = (record.uid for record in records(store, Programme))
    change(store, "programme", programme, {"rating_scale": "dta5"}, ana)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("confidence", None, {"pilot": uid}))
        editor = form_of(host).body.rows["rating"].editor
        assert isinstance(editor, Choice)
        labels = [label for _, label in editor.choices]
        assert "◒ Medium-high" in labels and "■ Low" in labels
        assert "○ Not rated" in labels and "▲ Amber" not in labels
        await put(host, rating="medium_high")
        await keys(pilot, "ctrl+s")
    saved = only(path, Confidence)
    assert (saved.rating, saved.rating_scale) == ("amber_green", "dta5")


async def test_suggestions_show_names_as_they_are_and_escape_closes_them(
    host: HostApp, store: Store, ana: Acting
) -> None:
    add(store, "pilot", {"name": "Blue [/foo] Badge"}, ana)
    async with host.run_test(size=SMALL) as pilot:
        await show(pilot, EntityForm("win"))
        row = form_of(host).body.rows["pilot"]
        row.take_focus()
        await typed(pilot, "badge")
        await settle(pilot)
        assert isinstance(row.editor, ReferenceInput)
        assert row.editor.suggesting
        assert row.editor.query_one(OptionList).option_count == 1
        assert "P-01 Blue [/foo] Badge" in "\n".join(picture(host))
        await keys(pilot, "escape")
        assert not row.editor.suggesting
        assert row.text == "badge"
        await typed(pilot, " ")
        await settle(pilot)
        await keys(pilot, "tab")
        assert row.text == "P-01"
        assert row.editor.query_one(Input).value == "P-01 Blue [/foo] Badge"


def test_the_nearest_suggestion_comes_first() -> None:
    people = [Candidate("PER-001", "Anabel"), Candidate("PER-002", "Hanna Ana"), Candidate("PER-003", "ana")]
    assert [one.ref for one in matching(people, "ana")] == ["PER-003", "PER-001", "PER-002"]
    assert [one.ref for one in matching(people, "per-002")] == ["PER-002"]
    assert matching(people, "nobody") == []


async def test_who_opens_a_text_of_several_lines_goes_on_behind_it(host: HostApp, store: Store, ana: Acting) -> None:
    uid = add(store, "risk", {"title": "Lookups fail", "controls": "Weekly call"}, ana).uid
    async with host.run_test(size=LARGE) as pilot:
        await show(pilot, EntityForm("risk", uid))
        area = form_of(host).body.rows["controls"].editor
        assert isinstance(area, TextArea)
        area.focus()
        await typed(pilot, "!")
        assert area.text == "Weekly call!"
