"""The signals of a pilot: their reasons on its page, and every rule on a screen of their own."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Static

from screens.full_page import FullPage
from screens.messages import Failed
from screens.reach import programme
from screens.record.drawn_lines import DrawnLines
from screens.record.extra import Drawn, Extra
from screens.tasks import in_thread
from screens.widgets.scrolled import Scrolled
from screens.work import Programme
from tracker.errors import TrackerError
from tracker.reports.lines.paper import page_lines
from tracker.rules.signals.programme import PilotSignals
from tracker.services.pages.signals import pilot_page, reasons_page
from tracker.services.signals import signals_of
from tracker.storage.store import Store


def pilot_extras(store: Store, uid: str, day: date) -> Sequence[Extra]:
    """Return the signals of a pilot with their reasons; nothing for one that was removed."""
    try:
        found = signals_of(store, uid, day)
    except TrackerError:
        return ()
    return (Extra("What the evidence says (v: every rule)", partial(_reasons, found)),)


def _reasons(found: PilotSignals, width: int) -> list[Drawn]:
    return [*page_lines(reasons_page(found), width)]


def _explained(found: PilotSignals, width: int) -> list[Drawn]:
    return [*page_lines(pilot_page(found), width)]


class Explained(Message):
    """The signals were worked out."""

    def __init__(self, found: PilotSignals) -> None:
        super().__init__()
        self.found = found


class Lines(Scrolled):
    """The lines; they scroll."""


class PilotSignalsScreen(FullPage):
    """Shows every rule that was applied to a pilot, and why it says what it says."""

    CSS_PATH = "pilot_signals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Back", id="signals.back"),
    ]

    def __init__(self, uid: str) -> None:
        super().__init__()
        self.uid = uid

    def compose(self) -> ComposeResult:
        """Give room for the lines, which are worked out in a thread."""
        with Lines():
            yield Static(Content("Working it out …"), id="waiting")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Work out the signals."""
        self.query_one(Lines).focus()
        in_thread(self, partial(_work_out, programme(self.app), self.uid), "signals")

    async def on_explained(self, message: Explained) -> None:
        """Show what was worked out."""
        lines = self.query_one(Lines)
        await lines.remove_children()
        await lines.mount(DrawnLines(Extra("", partial(_explained, message.found))))

    def on_failed(self, message: Failed) -> None:
        """Say why nothing can be shown."""
        self.query_one("#waiting", Static).update(Content(message.sentence))


def _work_out(tracked: Programme, uid: str) -> Explained:
    return Explained(signals_of(tracked.store(), uid, tracked.today()))
