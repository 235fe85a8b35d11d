"""The signals of a pilot: their reasons on its page, and every rule on a screen of their own."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from textual.binding import Binding

from screens.record.drawn_lines import DrawnPage
from screens.record.lines import Extra
from screens.work import Programme, read
from tracker.errors import TrackerError
from tracker.reports.lines.paper import page_lines
from tracker.rules.signals.programme import PilotSignals
from tracker.services.pages.signals import pilot_page, reasons_page
from tracker.services.reading import Store
from tracker.services.signals import signals_of


def pilot_extras(store: Store, uid: str, day: date) -> Sequence[Extra]:
    """Return the signals of a pilot with their reasons; nothing for one that was removed."""
    try:
        signals = signals_of(store, uid, day)
    except TrackerError:
        return ()
    return (Extra("What the evidence says (v: every rule)", partial(page_lines, [*reasons_page(signals)])),)


class PilotSignalsScreen(DrawnPage):
    """Shows every rule that was applied to a pilot, and why it says what it says."""

    CSS_PATH = "pilot_signals.tcss"
    WAITING = "Working it out …"
    BINDINGS = [
        Binding("escape,q", "dismiss(None)", "Back", id="signals.back"),
    ]

    def __init__(self, uid: str) -> None:
        super().__init__()
        self.uid = uid

    def on_mount(self) -> None:
        """Work out the signals."""
        self.read_again()

    def read_again(self) -> None:
        """Work out the signals, on the day that is shown."""
        read(self, self._signals, self._show, "signals")

    def _signals(self, programme: Programme) -> PilotSignals:
        return signals_of(programme.store(), self.uid, programme.today())

    async def _show(self, signals: PilotSignals) -> None:
        await self.show(partial(page_lines, [*pilot_page(signals)]))
