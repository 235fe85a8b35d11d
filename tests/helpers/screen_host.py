"""A small application for testing forms, pages and dialogs on their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from quiet import quiet
from textual.app import App
from textual.filter import LineFilter
from textual.pilot import Pilot
from textual.screen import Screen

from screens.live import reload
from screens.safe_text import SafeText
from screens.themes import FALLBACK, THEMES
from screens.widgets.typing_ahead import TypingAhead
from screens.work import Done, Failed, Programme, RecordsChanged
from tracker.storage.store import Store


class HostApp(TypingAhead):
    """Shows one screen, and remembers what it was told."""

    def __init__(self, path: Path, now: datetime, drafts: Path, who: str = "ana") -> None:
        super().__init__()
        self.programme = Programme(str(path), who, now=lambda: now, today=now.date)
        self.drafts_folder = drafts
        self.said: list[str] = []
        self.answers: list[Any] = []
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = next(iter(THEMES))

    def get_line_filters(self) -> list[LineFilter]:
        return [SafeText(), *super().get_line_filters()]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return FALLBACK

    def notify(self, message: str, **_: Any) -> None:
        self.said.append(message)

    def on_done(self, message: Done) -> None:
        self.said.append(message.sentence)
        self.post_message(RecordsChanged(message.tx, show=message.show))

    def on_failed(self, message: Failed) -> None:
        self.said.append(message.sentence)

    def on_records_changed(self, message: RecordsChanged) -> None:
        reload(self.screen_stack, message.show)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no worker runs and every message has been handled."""
    await quiet(pilot.app)


async def show(pilot: Pilot[None], screen: Screen[Any]) -> None:
    """Open a screen; its answer goes to ``app.answers``."""
    app = pilot.app
    assert isinstance(app, HostApp)
    app.push_screen(screen, app.answers.append)
    await settle(pilot)


async def keys(pilot: Pilot[None], *names: str) -> None:
    """Press keys, by their names."""
    for name in names:
        pilot.app.simulate_key(name)
        await settle(pilot)


async def typed(pilot: Pilot[None], text: str) -> None:
    """Type a text into whatever has the focus."""
    from textual.events import Key

    for char in text:
        pilot.app.post_message(Key("space" if char == " " else char, char))
    await settle(pilot)


def picture(app: App[Any]) -> list[str]:
    """Return what the screen shows, line by line."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


@contextmanager
def reading(path: Path) -> Iterator[Store]:
    """Look into the file with a connection of one's own."""
    with Store.open(path) as store:
        yield store
