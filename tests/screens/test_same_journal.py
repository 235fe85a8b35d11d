"""The same edits, typed into a shell and made by keys in the screens, leave the same journal."""

from datetime import date
from pathlib import Path

import pytest
from conftest import NOW
from quiet import handled, quiet
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Static

from screens.app import TrackerApp
from screens.form.form import EntityForm
from screens.form.saving import REASON as WHY
from screens.work import Programme
from tracker.cli import run
from tracker.cli.shell.session import Session
from tracker.services.programme_file import create_programme
from tracker.services.records.people import acting
from tracker.services.records.writing import add
from tracker.storage.journal.chain import unpack
from tracker.storage.journal.verify import verify
from tracker.storage.store import Store

pytestmark = pytest.mark.thorough

TITLE = "Counter staff removed one re-keyed field"
REASON = "The supplier is late"


def prepared(path: Path) -> Path:
    """Make a programme with a pilot and a person; return its path."""
    with create_programme(path, {"name": "Simpler Services"}, "ana", NOW, NOW.date()) as store:
        by = acting(store, "ana", "cli", NOW, NOW.date())
        add(store, "person", {"display_name": "Data lead"}, by)
        add(store, "pilot", {"name": "Parking permits", "forecast_end": date(2026, 12, 18)}, by)
    return path


def by_shell(path: Path) -> None:
    """Make the edits as typed commands."""
    session = Session(now=lambda: NOW, today=NOW.date, who="ana", file=str(path))
    for words in (
        ["win", "add", TITLE, "--pilot", "P-01", "--date", "yesterday"],
        [
            "risk",
            "add",
            "Lookups fail",
            "--pilot",
            "P-01",
            "--likelihood",
            "4",
            "--impact",
            "3",
            "--owner",
            "Data lead",
        ],
        ["risk", "set", "R-001", "--likelihood", "5", "--cause", "New estates", "--reason", "Two more estates"],
        ["pilot", "set", "P-01", "--forecast-end", "29/1/2027", "--reason", REASON],
        ["win", "remove", "W-001", "--reason", "recorded twice"],
        ["undo"],
        ["redo"],
        ["confidence", "add", "P-01", "--rating", "amber", "--narrative", "Training is behind; a date is agreed."],
    ):
        assert run(words, session) == 0


class Keys:
    """Somebody at the keyboard."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.app = pilot.app

    async def settle(self) -> None:
        """Wait for the work that the last keys gave."""
        await quiet(self.app)

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for what they do."""
        for key in keys:
            self.app.simulate_key(key)
            await self.settle()

    async def write(self, text: str) -> None:
        """Type a text where the cursor is."""
        for char in text:
            self.app.post_message(events.Key(char if char.isalnum() else _character_to_key(char), char))
        await self.settle()

    async def fill(self, texts: dict[str, str]) -> None:
        """Go to each field with tab, type its text, and save."""
        form = self.app.screen
        assert isinstance(form, EntityForm)
        for name, text in texts.items():
            for _ in range(80):
                await handled()
                inside = self.app.focused.ancestors_with_self if self.app.focused else []
                if form.body.rows[name] in inside:
                    break
                self.app.simulate_key("tab")
            else:
                raise AssertionError(f"tab never came to {name}")
            if form.body.rows[name].field.kind == "choice":
                await self.press("enter")
                await self.write(text)
                await self.press("enter")
                continue
            await self.clear(form, name)
            await self.write(text)
        await self.press("ctrl+s")
        said = [str(note.content) for note in form.query(".note").results(Static)]
        after: object = self.app.screen
        assert after is not form, (form.trouble.content, said, form.body.typed)

    async def clear(self, form: EntityForm, name: str) -> None:
        """Take out what stands in a field."""
        for key in ["end", *["backspace"] * len(form.body.rows[name].text)]:
            self.app.simulate_key(key)
        await self.settle()


async def by_keys(path: Path) -> None:
    """Make the edits in the screens."""
    app = TrackerApp(Programme(str(path), "ana", now=lambda: NOW, today=NOW.date))
    async with app.run_test(size=(120, 40)) as pilot:
        keys = Keys(pilot)
        await keys.settle()
        await keys.press("6", "a")
        await keys.fill({"title": TITLE, "event_date": "yesterday", "pilot": "P-01"})
        await keys.press("5", "a")
        await keys.fill(
            {"title": "Lookups fail", "likelihood": "4", "impact": "3", "owner": "Data lead", "pilot": "P-01"}
        )
        await keys.press("e")
        await keys.fill({"likelihood": "5", "cause": "New estates", WHY: "Two more estates"})
        await keys.press("2", "e")
        await keys.fill({"forecast_end": "29/1/2027", WHY: REASON})
        await keys.press("6", "x")
        await keys.write("recorded twice")
        await keys.press("enter")
        await keys.press("u")
        await keys.press("ctrl+r")
        await keys.press("C", "a")
        await keys.fill({"pilot": "P-01", "rating": "amber", "narrative": "Training is behind; a date is agreed."})


def journal(path: Path) -> list[tuple[object, ...]]:
    """Return what the journal says, with refs for uids and without what must differ: salts, hashes, the front."""
    with Store.open(path, read_only=True) as store:
        refs: dict[object, str] = {}
        for kind in ("person", "pilot", "risk", "assessment", "win", "confidence", "programme"):
            refs |= dict(store.read(f'SELECT uid, ref FROM "{kind}"'))
        found = store.read(
            "SELECT x.id, x.command, x.reason, x.day, x.at >> 16, c.kind, c.row, c.field, c.old, c.new "
            "FROM change c JOIN tx x ON x.id = c.tx ORDER BY c.id"
        )
    told = []
    for *head, row, field, old, new in found:
        if field == "*":
            old, new = (sorted(unpack(value).items()) if value else None for value in (old, new))
            old, new = ([(n, refs.get(v, v)) for n, v in side] if side else None for side in (old, new))
        told.append(
            (
                *head,
                refs[row],
                field,
                refs.get(old, old) if field != "*" else old,
                refs.get(new, new) if field != "*" else new,
            )
        )
    return told


async def test_the_same_edits_by_keys_and_by_shell_leave_the_same_journal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell, screens = prepared(tmp_path / "shell.db"), prepared(tmp_path / "screens.db")
    by_shell(shell)
    await by_keys(screens)
    assert journal(screens) == journal(shell)
    assert len(journal(shell)) >= 20
    for path in (shell, screens):
        with Store.open(path) as store:
            assert verify(store) == []
