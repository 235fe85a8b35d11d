"""The roll call of a meeting: one line for each who belongs to it, one key for how they came."""

from collections.abc import Callable
from functools import partial

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens.board import steps
from screens.dialogs import Confirm
from screens.earlier import changing
from screens.form.form import EntityForm
from screens.live import Reloads
from screens.widgets.key_line import KeyLine
from screens.widgets.pages import FullPage, hidden
from screens.work import Done, Programme, read, write
from tracker.entities import BoardAttendee
from tracker.fields import humanise
from tracker.rules.wording import counted, optional
from tracker.services.board.roll import Called, Roll, roll

MARKS = {"present": "●", "deputy": "●", "apologies": "○", "absent": "✗", "expected": "?"}
NOBODY = "Nobody is put down for this meeting yet.\n{invite}+ adds somebody."


class RollCall(Reloads, FullPage):
    """Calls the roll: a key says how whoever is under the cursor came, and the cursor goes on by itself."""

    CSS_PATH = "roll_call.tcss"
    BINDINGS = [
        Binding("p", "mark('present')", "Present", id="roll.present"),
        Binding("o", "mark('apologies')", "Apologies", id="roll.apologies"),
        Binding("d", "deputy", "Deputy", id="roll.deputy"),
        Binding("x", "mark('absent')", "Absent", id="roll.absent"),
        Binding("i", "interest", "Interest", id="roll.interest"),
        Binding("v", "invite", "Invite members", id="roll.invite"),
        Binding("plus", "new", "Add somebody", key_display="+", id="roll.new"),
        hidden("e", "mark('expected')", "Expected again", "roll.expected"),
        hidden("j", "move('down')", "Down", "roll.down"),
        hidden("k", "move('up')", "Up", "roll.up"),
        Binding("escape,q", "dismiss(None)", "Back", id="roll.back"),
    ]

    def __init__(self, uid: str) -> None:
        super().__init__()
        self.uid = uid
        self._roll: Roll | None = None

    def compose(self) -> ComposeResult:
        """Give room for the people of the meeting."""
        yield Static(Content("Reading the roll …"), id="head")
        yield OptionList(id="roll", markup=False)
        yield Static(id="empty")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the roll."""
        self.query_one(OptionList).focus()
        self.records_changed()

    def records_changed(self, show: str = "") -> None:
        """Read the roll again."""
        read(self, lambda programme: roll(programme.store(), self.uid), self._show, "roll", keys_wait=not self._roll)

    def _show(self, current: Roll) -> None:
        self._roll = current
        self.say("#head", f"{current.board.ref} {current.board.title} · {current.quorum}")
        options = self.query_one(OptionList)
        place = options.highlighted or 0
        options.clear_options()
        options.add_options([Option(Content(_line(called))) for called in current.called])
        if current.called:
            options.highlighted = min(place, len(current.called) - 1)
        invite = optional("v invites ", current.uninvited and counted(current.uninvited, "member"), "; ")
        self.say("#empty", NOBODY.format(invite=invite) if not current.called else "")

    def _called(self) -> Called | None:
        place = self.query_one(OptionList).highlighted
        if place is None or self._roll is None or place >= len(self._roll.called):
            return None
        return self._roll.called[place]

    def action_move(self, way: str) -> None:
        """Move the cursor."""
        getattr(self.query_one(OptionList), f"action_cursor_{way}")()

    @changing
    def action_mark(self, attendance: str) -> None:
        """Record how whoever is under the cursor came, and go on to the next."""
        self._record(lambda uid: partial(steps.mark, uid, attendance, ""))

    @changing
    def action_deputy(self) -> None:
        """Ask who came instead, and record that."""
        called = self._called()
        if called is None:
            return

        def record(role: str | None) -> None:
            if role is not None:
                self._record(lambda uid: partial(steps.mark, uid, "deputy", role))

        question = f"Who came instead of {called.name or called.attendee.role}?"
        asked = Confirm(question, "Record", "Back", reason=True, hint="The role of the deputy", least=1)
        self.app.push_screen(asked, record)

    def _record(self, job: Callable[[str], Callable[[Programme], Done]]) -> None:
        called = self._called()
        if called is None:
            return
        write(self, job(called.attendee.uid))
        options = self.query_one(OptionList)
        if options.highlighted is not None and options.highlighted + 1 < options.option_count:
            options.action_cursor_down()

    @changing
    def action_interest(self) -> None:
        """Open the record of whoever is under the cursor, where an interest is declared."""
        called = self._called()
        if called is not None:
            self.app.push_screen(EntityForm(BoardAttendee.kind, called.attendee.uid, at="interest"))

    @changing
    def action_invite(self) -> None:
        """Put the members of the body down as expected."""
        write(self, partial(steps.invite, self.uid))

    @changing
    def action_new(self) -> None:
        """Add somebody who belongs to the meeting."""
        self.app.push_screen(EntityForm(BoardAttendee.kind, None, {"board": self.uid}))


def _line(called: Called) -> str:
    attendee = called.attendee
    came = humanise(attendee.attendance)
    who = called.name or "Name not shown"
    parts = [f"{MARKS[attendee.attendance]} {came:<10}", f"{who} ({attendee.role})"]
    if attendee.deputy:
        parts.append(f"by {attendee.deputy}")
    if not called.counts:
        parts.append("no vote")
    if attendee.interest:
        parts.append(f"interest: {attendee.interest}")
    return "  ".join(parts)
