"""Every text that was typed and not saved: taken into its form again, or thrown away."""

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from screens.earlier import changing
from screens.form.draft_notice import clock_words, first_words
from screens.form.drafts import StoredDraft, all_drafts, drafts_folder
from screens.form.form import EntityForm
from screens.widgets.pages import Above, hidden
from screens.work import Programme, programme_of, read, read_beside
from tracker.entities import ENTITIES, entity
from tracker.services.browsing import link

NONE = "There is no unsaved text."


class DraftList(Above[None]):
    """Lists the drafts of the programme, the newest first."""

    CSS_PATH = "../dialogs.tcss"
    BINDINGS = [
        Binding("enter", "take", "Go on with it", id="drafts.take"),
        Binding("x,delete", "throw_away", "Throw away", id="drafts.throw_away"),
        hidden("j", "move('down')", "Down", "drafts.down"),
        hidden("k", "move('up')", "Up", "drafts.up"),
        Binding("escape,q", "dismiss(None)", "Back", id="drafts.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._drafts: list[tuple[StoredDraft, str]] = []

    def compose(self) -> ComposeResult:
        """Give the list."""
        with Vertical(classes="dialog"):
            yield Static(Content("Unsaved text: Enter goes on with it"), classes="question")
            yield OptionList(markup=False, compact=True)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read the drafts."""
        folder = drafts_folder(self.app)
        read(self, lambda programme: _said(folder, programme), self._show, "drafts", keys_wait=True)

    def _show(self, drafts: list[tuple[StoredDraft, str]]) -> None:
        self._drafts = drafts
        now = programme_of(self).now()
        lines = [
            f"{about}, {clock_words(stored.draft.at, now)}: {first_words(stored.draft)}" for stored, about in drafts
        ]
        options = self.query_one(OptionList)
        place = options.highlighted or 0
        options.set_options([Option(Content(line)) for line in lines])
        if lines:
            options.highlighted = min(place, len(lines) - 1)
            options.focus()
        else:
            self.say(".question", NONE)

    @property
    def _current(self) -> StoredDraft | None:
        place = self.query_one(OptionList).highlighted
        return self._drafts[place][0] if place is not None and place < len(self._drafts) else None

    def action_move(self, way: str) -> None:
        """Move the cursor of the list."""
        getattr(self.query_one(OptionList), f"action_cursor_{way}")()

    @on(OptionList.OptionSelected)
    @changing
    def action_take(self) -> None:
        """Open the form of the draft with its text in it."""
        stored = self._current
        if stored is not None:
            self.dismiss(None)
            self.app.push_screen(EntityForm(stored.draft.kind, stored.draft.uid or None, take=stored))

    def action_throw_away(self) -> None:
        """Forget the draft under the cursor."""
        stored = self._current
        if stored is not None:
            read_beside(self, lambda _: stored.discard(), lambda _: self.on_mount(), "drafts")


def _said(folder: Path, programme: Programme) -> list[tuple[StoredDraft, str]]:
    """Return each draft with what it is about; for a worker thread."""
    store = programme.store()
    drafts = []
    for stored in all_drafts(folder, programme.path, programme.now()):
        kind = stored.draft.kind
        uid = stored.draft.uid
        if kind in ENTITIES:
            ref = link(store, kind, uid) if uid else ""
            about = f"Change of {ref or entity(kind).noun}" if uid else f"New {entity(kind).noun}"
            drafts.append((stored, about))
    return drafts
