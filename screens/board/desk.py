"""The board desk: the cycle of a meeting as steps, what is in the way of freezing, and the next step."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens.board import steps
from screens.commands import undo_last
from screens.dialogs import Choose, Confirm
from screens.earlier import changing
from screens.live import Reloads
from screens.record.drawn_lines import DrawnLines
from screens.record.lines import Extra
from screens.widgets.key_line import KeyLine
from screens.widgets.pages import FullPage, Scrolled, hidden
from screens.work import Done, Programme, read, write
from tracker.reports.lines.paper import page_lines
from tracker.rules.boards.cycle import CLOSED, OPEN_TO_FREEZE
from tracker.rules.boards.preflight import Accepted, Preflight, Warned
from tracker.rules.wording import show_date
from tracker.services.board import checking, cycle
from tracker.services.board.cycle import Desk
from tracker.services.browsing import people_by_name
from tracker.services.pages.meeting import SEVERITY_MARKS, meeting_line, preflight_line, status_line, steps_table
from tracker.services.reading import Link

MOST_LISTED = 6  # warnings in a question
WITHDRAW = "Withdraw what was published? It stays as it was, with its hash. The reason is public."
FREEZE = "Freeze the papers? What the board is shown stays as it is; later edits belong to the next period."


class DeskToday(NamedTuple):
    """Where a meeting stands, and what is in the way of freezing (None once it was frozen and held)."""

    desk: Desk
    preflight: Preflight | None
    today: date


class BoardDesk(Reloads, FullPage):
    """Shows the steps of a meeting with their days, and the warnings; keys take the next step."""

    CSS_PATH = "desk.tcss"
    BINDINGS = [
        Binding("n", "next", "Next step", id="desk.next"),
        Binding("a", "accept", "Accept warning", id="desk.accept"),
        Binding("A", "accept_alike", "Accept all alike", id="desk.accept_alike"),
        Binding("p", "papers", "Papers", id="desk.papers"),
        Binding("m", "meeting", "Meeting", id="desk.meeting"),
        Binding("x", "archive", "Archive", id="desk.archive"),
        Binding("w", "withdraw", "Withdraw", id="desk.withdraw"),
        Binding("u", "undo", "Undo", id="desk.undo"),
        hidden("j", "move('down')", "Down", "desk.down"),
        hidden("k", "move('up')", "Up", "desk.up"),
        Binding("escape,q", "dismiss(None)", "Back", id="desk.back"),
    ]

    def __init__(self, uid: str) -> None:
        super().__init__()
        self.uid = uid
        self._desk: Desk | None = None
        self._warnings: list[Warned] = []

    def compose(self) -> ComposeResult:
        """Give room for the steps and the warnings."""
        yield Static(Content("Reading the desk …"), id="head")
        with Scrolled(id="standing"):
            yield DrawnLines(Extra("", lambda _: []), id="steps")
            yield Static(id="about")
        yield OptionList(id="warnings", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the desk."""
        self.query_one(OptionList).focus()
        self.records_changed()

    def records_changed(self, show: str = "") -> None:
        """Read the desk again."""
        read(self, partial(_desk_today, self.uid), self._show, "desk", keys_wait=self._desk is None)

    def _show(self, current: DeskToday) -> None:
        desk, preflight, today = current
        self._desk = desk
        self.refresh_bindings()
        self._warnings = list(preflight.open) if preflight is not None else []
        self.say("#head", meeting_line(desk, today))
        self.query_one("#steps", DrawnLines).show(Extra("", partial(page_lines, [steps_table(desk, today, {})])))
        self.say("#about", "\n".join(_about(desk, preflight, today)))
        options = self.query_one(OptionList)
        place = options.highlighted or 0
        options.clear_options()
        options.add_options(
            [Option(Content(f"{SEVERITY_MARKS[warning.severity]}: {warning.sentence}")) for warning in self._warnings]
        )
        accepted = preflight.accepted if preflight is not None else ()
        options.add_options([_accepted(warning, acceptance) for warning, acceptance in accepted])
        if self._warnings:  # the next warning is at hand: a accepts one after the other
            options.highlighted = min(place, len(self._warnings) - 1)

    def action_move(self, way: str) -> None:
        """Move the cursor of the warnings."""
        getattr(self.query_one(OptionList), f"action_cursor_{way}")()

    @changing
    def action_next(self) -> None:
        """Take the next step of the cycle; one that asks for something opens its dialog."""
        step = self._desk.next if self._desk is not None else None
        if step is None:
            return
        if step.leads_to == "frozen" and self._warnings:
            self.notify("Mend or accept each warning first (a); then freeze.", severity="warning", markup=False)
        elif step.leads_to == "frozen":
            self.app.push_screen(Confirm(FREEZE, "Freeze", "Not yet"), partial(self._do, steps.freeze))
        elif step.leads_to == "minutes_approved":
            read(
                self, lambda programme: people_by_name(programme.store()), self._ask_approver, "people", keys_wait=True
            )
        else:
            self._do(partial(steps.take_step, step.leads_to))

    def _ask_approver(self, people: list[Link]) -> None:
        self.app.push_screen(
            Choose("Who approved the minutes?", [(person.uid, person.name) for person in people]), self._approve
        )

    def _approve(self, person: str | None) -> None:
        if person is not None:
            self._do(partial(steps.approve, person))

    @changing
    def action_accept(self) -> None:
        """Ask why the warning under the cursor may stand, and accept it."""
        warning = self._warning()
        if warning is not None:
            self._ask_why(f"Accept: {warning.sentence}", [warning.id])

    def _warning(self) -> Warned | None:
        """Return the open warning under the cursor; one that is accepted already is said to be."""
        place = self.query_one(OptionList).highlighted
        if place is None:
            return None
        if place < len(self._warnings):
            return self._warnings[place]
        self.notify("This warning is accepted already.", markup=False)
        return None

    @changing
    def action_accept_alike(self) -> None:
        """Ask why all warnings of the kind under the cursor may stand, and accept them with one reason."""
        chosen = self._warning()
        if chosen is None:
            return
        alike = [warning for warning in self._warnings if warning.kind == chosen.kind]
        if len(alike) == 1:
            self.action_accept()
            return
        listed = [warning.sentence for warning in alike[:MOST_LISTED]]
        if len(alike) > MOST_LISTED:
            listed.append(f"and {len(alike) - MOST_LISTED} more")
        question = "\n".join([f"Accept all {len(alike)} of this kind:", *listed])
        self._ask_why(question, [warning.id for warning in alike])

    def _ask_why(self, question: str, warnings: list[str]) -> None:
        def accept(reason: str | None) -> None:
            if reason is not None:
                self._do(partial(steps.accept, warnings, reason))

        self.app.push_screen(Confirm(question, "Accept", "Back", reason=True), accept)

    def action_papers(self) -> None:
        """Show the papers: as they were frozen, or as they are today."""
        from screens.board.paper import PaperScreen

        if self._desk is not None:
            snapshot = self._desk.snapshot
            self.app.push_screen(PaperScreen(partial(steps.paper, self.uid, snapshot.uid if snapshot else "")))

    def action_meeting(self) -> None:
        """Present the meeting, item by item."""
        from screens.board.meeting import BoardMeetingScreen

        self.app.push_screen(BoardMeetingScreen(self.uid))

    def action_archive(self) -> None:
        """Ask for formats and a folder, and write the meeting's archive there."""
        from screens.board.exporting import ArchiveDialog

        if self._desk is not None:
            self.app.push_screen(ArchiveDialog(self._desk.meeting))

    @changing
    def action_withdraw(self) -> None:
        """Ask why what was published is withdrawn, and withdraw it."""

        def withdraw(reason: str | None) -> None:
            if reason is not None:
                self._do(partial(steps.withdraw, reason))

        self.app.push_screen(Confirm(WITHDRAW, "Withdraw", "Back", reason=True), withdraw)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to withdraw only what is public."""
        return action != "withdraw" or (self._desk is not None and self._desk.public)

    @changing
    def action_undo(self) -> None:
        """Take the last command back."""
        write(self, undo_last)

    def _do(self, command: Callable[[str, Programme], Done], answer: str | None = "yes") -> None:
        if answer is not None:
            write(self, partial(command, self.uid))


def _accepted(warning: Warned, acceptance: Accepted) -> Option:
    text = f"● Accepted: {warning.sentence} {acceptance.by}: {acceptance.because}"
    return Option(Content(text))


def _about(desk: Desk, preflight: Preflight | None, today: date) -> Iterator[str]:
    yield status_line(desk)
    if desk.snapshot is not None and desk.status in CLOSED:
        yield "x writes the archive for the records."
    if desk.withdrawn:
        yield f"▲ {desk.withdrawn}"
    elif desk.public:
        yield "Its public version is out; w withdraws it."
    if preflight is not None:
        yield preflight_line(desk.meeting.ref, preflight)
    if preflight is not None and preflight.open and desk.position < today:
        shown = show_date(desk.position)
        yield f"These are of {shown}: what is mended later does not count. Accept it, or move “Position as of”."


def _desk_today(uid: str, programme: Programme) -> DeskToday:
    store = programme.store()
    today = programme.today()
    desk = cycle.desk(store, uid)
    if desk.status not in OPEN_TO_FREEZE:
        return DeskToday(desk, None, today)
    return DeskToday(desk, checking.checked(store, uid, today), today)
