"""The signals of a pilot: their reasons on its page, and every rule on a screen of their own."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Footer, Static

from screens.messages import Failed
from screens.record.drawn_lines import DrawnLines
from screens.record.lines import Drawn, Extra
from screens.tasks import read
from screens.widgets.pages import FullPage, Scrolled
from tracker.errors import TrackerError
from tracker.reports.lines.signals import explain, reasons
from tracker.rules.signals.programme import PilotSignals
from tracker.services.reading import Store
from tracker.services.signals import signals_of


def pilot_extras(store: Store, uid: str, day: date) -> Sequence[Extra]:
    """Return the signals of a pilot with their reasons; nothing for one that was removed."""
    try:
        signals = signals_of(store, uid, day)
    except TrackerError:
        return ()
    return (Extra("What the evidence says (v: every rule)", partial(_reasons, signals)),)


def _reasons(signals: PilotSignals, width: int) -> list[Drawn]:
    return [*reasons(signals, width)]


def _rules(signals: PilotSignals, width: int) -> list[Drawn]:
    return [*explain(signals, width)]


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
        read(self, lambda programme: signals_of(programme.store(), self.uid, programme.today()), self._show, "signals")

    async def _show(self, signals: PilotSignals) -> None:
        lines = self.query_one(Lines)
        await lines.remove_children()
        await lines.mount(DrawnLines(Extra("", partial(_rules, signals))))

    def on_failed(self, message: Failed) -> None:
        """Say why nothing can be shown."""
        self.query_one("#waiting", Static).update(Content(message.sentence))
