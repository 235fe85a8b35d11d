"""The paper of a board on the screen: what it will look like, as of today or as it was frozen, and the way out."""

from collections.abc import Callable
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
from tracker.reports.lines.paper import paper_lines
from tracker.reports.model import Report

SUMMARY, PACK = "summary", "pack"
Reader = Callable[[Programme, str], Report]


class Read(Message):
    """A paper was made."""

    def __init__(self, paper: str, report: Report) -> None:
        super().__init__()
        self.paper = paper
        self.report = report


class Pages(Scrolled):
    """The paper; it scrolls."""


def live(tracked: Programme, paper: str) -> Report:
    """Return a paper of the position as it is today; for a worker thread."""
    from tracker.services.board.cycle import last_shown_day
    from tracker.services.papers import building as reporting

    make = reporting.pack if paper == PACK else reporting.summary
    store, day = tracked.store(), tracked.today()
    return make(store, day=day, since=last_shown_day(store, day))


class PaperScreen(FullPage):
    """Shows the one page or the full pack; ``reader`` makes a paper in a worker thread."""

    CSS_PATH = "paper.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", f"show('{SUMMARY}')", "One page", id="paper.summary"),
        Binding("2", f"show('{PACK}')", "Full pack", id="paper.pack"),
        Binding("x", "export", "Export", id="paper.export"),
        Binding("escape,q", "dismiss(None)", "Back", id="paper.back"),
    ]

    def __init__(self, reader: Reader = live, paper: str = SUMMARY) -> None:
        super().__init__()
        self._reader = reader
        self._paper = paper
        self._report: Report | None = None

    def compose(self) -> ComposeResult:
        """Give room for the paper."""
        with Pages():
            yield Static(Content("Making the paper …"), id="waiting")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Make the paper in a thread."""
        self.query_one(Pages).focus()
        self.action_show(self._paper)

    def action_show(self, paper: str) -> None:
        """Make one of the two papers and show it."""
        in_thread(self, partial(_read, self._reader, programme(self.app), paper), "paper")

    async def on_read(self, message: Read) -> None:
        """Show a paper from its beginning."""
        self._paper, self._report = message.paper, message.report
        pages = self.query_one(Pages)
        await pages.remove_children()
        await pages.mount(DrawnLines(Extra("", partial(_drawn, message.report))))
        pages.scroll_home(animate=False)

    def on_failed(self, message: Failed) -> None:
        """Say why there is no paper."""
        for waiting in self.query("#waiting").results(Static):
            waiting.update(Content(message.sentence))

    def action_export(self) -> None:
        """Ask for formats and folder, and write the paper that is shown."""
        from screens.board.exporting import ExportDialog

        if self._report is not None:
            self.app.push_screen(ExportDialog(self._paper, self._report))


def _read(reader: Reader, tracked: Programme, paper: str) -> Read:
    return Read(paper, reader(tracked, paper))


def _drawn(report: Report, width: int) -> list[Drawn]:
    return [*paper_lines(report, width)]
