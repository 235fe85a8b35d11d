"""What services say is mended at the screens by keys and fields; no command of the shell is shown there."""

import ast
import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from screen_app import USUAL, WIDE, ana, opened
from test_messages import OF_ALL, texts, values_by_code

from screens.form.form import EntityForm
from screens.mending import HOW, in_a_line, on_screens
from screens.shell.areas import KEYS
from tracker.entities import all_entities
from tracker.errors import Invalid, Note, Problem, TrackerError
from tracker.services.records.writing import remove
from tracker.storage.queries import Query, rows
from tracker.storage.store import Store

ROOT = Path(__file__).parents[2]
COMMAND = re.compile(r"“tracker\b|^tracker |(?<![\w-])--[a-z]")
# Before the screens are shown: these sentences are read in the shell.
IN_THE_SHELL = {"screens/lifecycle.py"}
CHOSEN_BY_A_CONDITION = {"archive.not_frozen", "board.frozen", "earlier.read_only", "not_found"}


def test_no_sentence_of_the_screens_holds_a_command() -> None:
    commands = [
        f"{name}: {text}"
        for path in sorted((ROOT / "screens").rglob("*.py"))
        if (name := str(path.relative_to(ROOT))) not in IN_THE_SHELL
        for text in texts(ast.parse(path.read_text(encoding="utf-8")))
        if COMMAND.search(text)
    ]
    assert commands == []


def test_no_field_is_explained_by_a_command() -> None:
    helps = {f"{e.kind}.{name}": field.show.help for e in all_entities() for name, field in e.fields().items()}
    assert {name: text for name, text in helps.items() if COMMAND.search(text)} == {}


def test_every_code_is_used_and_brings_the_values_that_the_screens_show() -> None:
    used = values_by_code()
    assert set(HOW) - set(used) <= CHOSEN_BY_A_CONDITION
    for code, text in HOW.items():
        shown = {name for _, name, _, _ in Formatter().parse(text) if name} - OF_ALL
        assert all(shown <= names for names in used.get(code, [])), code
        assert not COMMAND.search(text)


def test_a_sentence_gets_its_key_and_others_stay_as_they_are() -> None:
    removed = TrackerError("R-001 was removed.", "removed", kind="risk", ref="R-001")
    assert on_screens(removed) == "R-001 was removed. To bring it back, press d in its list, then r."
    untied = Note("metric.untied", "It is tied to no pilot.")
    assert in_a_line("M-01 saved.", untied, "") == "M-01 saved. It is tied to no pilot: press e to name one."
    problems = [Problem("pilot", "not_found", "There is none."), Problem("title", "needed", "It is needed.")]
    assert on_screens(Invalid(problems)).splitlines() == [
        "There is none. Type part of a name to choose from those there are.",
        "It is needed.",
    ]


async def test_what_the_screens_say_names_keys(file: Path) -> None:
    async with opened(file, WIDE) as driver:
        await driver.keys(KEYS["snapshot"], "a")
        assert driver.said == ["Snapshots are made on the desk of a board meeting."]
        await driver.keys("colon", "text:board desk", "enter")
        assert driver.said[-1] == "There is no board meeting ahead. Press B, then a to put one down."
        await driver.keys("5", "e")
        assert isinstance(driver.app.screen, EntityForm)
        with Store.open(file) as store:
            (uid, *_), *_ = rows(store, Query("risk"), ())
            remove(store, "risk", uid, ana(store), reason="a duplicate")
        await driver.keys("text: now", "ctrl+s")
        assert "✗ R-001 was removed. To bring it back, press d in its list, then r." in driver.text


@pytest.mark.parametrize("size", [USUAL, WIDE])
async def test_the_desk_and_the_meeting_show_no_command(file: Path, size: tuple[int, int]) -> None:
    async with opened(file, size) as driver:
        driver.write("board", {"title": "November board", "meets_on": date(2026, 12, 3)})
        await driver.changed()
        await driver.keys("colon", "text:board desk", "enter")
        assert "November board" in driver.text and not COMMAND.search(driver.text)
        await driver.keys("m")
        assert "Put items on the agenda: press a on the page of B-01" in driver.text
