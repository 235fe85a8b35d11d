"""The backups of the programme file: which there are, making one, verifying one, and putting one back."""

from array import array
from datetime import datetime
from functools import partial
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from screens.dialogs import Confirm
from screens.earlier import changing
from screens.lists.cells import one_line
from screens.lists.columns import Column, Row
from screens.lists.record_table import RecordTable
from screens.widgets.key_line import KeyLine
from screens.widgets.pages import FullPage, may_be_left
from screens.widgets.typing_ahead import interrupt
from screens.work import Done, Failed, Programme, local_time, programme_of, read, read_beside
from tracker.rules.backups import age
from tracker.rules.wording import counted
from tracker.services.backups import Backup, Plan, back_up, backup_at, listed, plan_restore, planned, put_back

WIDE = 400
COLUMNS = (
    Column("made", "Made", 18, 18, keep=True),
    Column("age", "Age", 8, 12),
    Column("reason", "By", 9, 16, keep=True),
    Column("changes", "Changes", 7, 9, right=True),
    Column("size", "Size", 9, 10, right=True),
    Column("verified", "Verified", 15, 17, keep=True),
    Column("name", "File", 12, WIDE, share=1),
)
REASONS = {
    "auto": "By itself",
    "backup": "By hand",
    "before-restore": "Before a restore",
    "before-migration": "Before a new version",
}
NONE = "No backups yet: press n to make one."
ABOUT = "Press n to make one, v to verify one now, Enter to put one back. What stands now is kept first."
KEPT = "What stands now is kept first, as a backup of its own. Put this one in its place?"
FORMS_OPEN = "Save or leave the form that is open first."


def size_words(size: int) -> str:
    """Return the size of a file: “1.4 MB”, “820 kB”."""
    if size >= 1_000_000:
        return f"{size / 1_000_000:.1f} MB"
    return f"{(size + 999) // 1000} kB"


def backup_row(copy: Backup, now: datetime, *, checked: bool = False) -> Row:
    """Return a backup as a row; ``checked``: it was verified now, and not only when it was made."""
    moment = copy.at or copy.last
    if copy.problems:
        verified, tone = "✗ does not hold", "red"
    elif checked:
        verified, tone = "✓ just now", "green"
    elif copy.verified:
        verified, tone = "✓ when made", "green"
    else:
        verified, tone = "? not verified", "muted"
    cells = (
        local_time(moment) if moment is not None else "not known",
        age(moment, now) if moment is not None else "",
        REASONS.get(copy.reason, copy.reason.replace("-", " ")),
        f"{copy.changes:,}",
        size_words(copy.size),
        verified,
        copy.path.name,
    )
    return Row("backup", str(copy.path), tuple(map(one_line, cells)), ("", "muted", "", "", "", tone, "muted"))


class BackupsPage(FullPage):
    """Lists the backups, the newest first; keys make one, verify one, and put one back."""

    CSS_PATH = "backups.tcss"
    AUTO_FOCUS = "RecordTable"
    BINDINGS = [
        Binding("n", "make", "Make one", id="backups.make"),
        Binding("v", "verify", "Verify", id="backups.verify"),
        Binding("enter,r", "put_back", "Put back", key_display="Enter", id="backups.put_back"),
        Binding("escape,q", "dismiss(None)", "Back", id="backups.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.table = RecordTable(COLUMNS, empty=NONE)
        self._copies: list[Backup] = []
        self._checked: dict[Path, Backup] = {}  # those that were verified since the page was opened

    def compose(self) -> ComposeResult:
        """Give the head, the list and the keys."""
        yield Static(id="head")
        yield self.table
        yield Static(id="about")
        yield KeyLine()

    def on_mount(self) -> None:
        """List the backups."""
        self.say("#head", f"Backups of {one_line(programme_of(self).name)}")
        self.say("#about", ABOUT)
        self._list()

    def _list(self) -> None:
        read(self, _listed, self._show, "backups", keys_wait=True)

    def _show(self, copies: list[Backup]) -> None:
        self._copies = copies
        now = programme_of(self).now()
        rows = {
            number: backup_row(self._checked.get(copy.path, copy), now, checked=copy.path in self._checked)
            for number, copy in enumerate(copies)
        }
        self.table.show(array("q", range(len(copies))), rows, self.table.cursor)
        folders = ", ".join(dict.fromkeys(str(copy.path.parent) for copy in copies))
        where = f" in {one_line(folders)}" if folders else ""
        number = counted(len(copies), "backup") if copies else "No backups"
        self.say("#head", f"{number} of {one_line(programme_of(self).name)}{where}")

    @property
    def _current(self) -> Backup | None:
        place = self.table.cursor
        return self._copies[place] if 0 <= place < len(self._copies) else None

    def action_make(self) -> None:
        """Make a backup now."""
        self.say("#about", "Making and verifying a backup …")
        read_beside(self, _make, self._made, "make", keys_wait=True)

    def _made(self, sentence: str) -> None:
        self.table.cursor = 0  # it is the newest
        self._say_done(sentence)

    def _say_done(self, sentence: str) -> None:
        self.app.notify(sentence, markup=False)
        self.say("#about", ABOUT)
        self._list()

    def action_verify(self) -> None:
        """Verify the backup under the cursor now: its pages, its journal and its chain."""
        copy = self._current
        if copy is not None:
            self.say("#about", f"Verifying {one_line(copy.path.name)} …")
            read_beside(self, partial(_verified, copy.path), self._verified, "verify", keys_wait=True)

    def _verified(self, copy: Backup) -> None:
        self._checked[copy.path] = copy
        name = one_line(copy.path.name)
        if copy.problems:
            self._say_done(f"{name} does not hold: {one_line(copy.problems[0])}")
        else:
            self._say_done(f"{name} holds: pages, journal and chain.")

    @changing
    def action_put_back(self) -> None:
        """Say what would go with the backup under the cursor, and ask whether it is put back."""
        copy = self._current
        if copy is None:
            return
        if any(screen.is_modal and not may_be_left(screen) for screen in self.app.screen_stack):
            self.notify(FORMS_OPEN, markup=False)
            return
        read(self, partial(_planned, copy.path), self._ask, "plan", keys_wait=True)

    def _ask(self, planned_restore: tuple[Plan, list[str]]) -> None:
        plan, lines = planned_restore
        doubts = [f"✗ {refusal}" for refusal in plan.refusals]
        question = "\n".join((*map(one_line, (*doubts, *lines)), KEPT))
        yes = "Put it back all the same" if doubts else "Put it back"
        interrupt(self, Confirm(question, yes, "Leave it"), partial(self._put_back, plan))

    def _put_back(self, plan: Plan, answer: str | None) -> None:
        if answer is not None:
            self.say("#about", "Putting it back …")
            read_beside(self, partial(_restored, plan), self._after, "restore", keys_wait=True)

    def _after(self, sentence: str) -> None:
        self.app.post_message(Done(""))  # all screens read the file anew
        self._say_done(sentence)

    def on_record_table_opened(self, message: RecordTable.Opened) -> None:
        """Enter in the list means the backup."""
        message.stop()
        self.action_put_back()

    def on_failed(self, message: Failed) -> None:
        """Say below the list, too, that nothing was done; the application shows the sentence."""
        self.say("#about", f"✗ {message.sentence}")


def _listed(programme: Programme) -> list[Backup]:
    return list(listed(programme.path))[::-1]


def _make(programme: Programme) -> str:
    copy = back_up(programme.file(), now=programme.now())
    if copy.problems:
        return f"{copy.path.name} holds what the file holds, and that is not in order: {copy.problems[0]}"
    return f"{copy.path.name} was made and verified."


def _verified(path: Path, _: Programme) -> Backup:
    return backup_at(path, again=True)


def _planned(path: Path, programme: Programme) -> tuple[Plan, list[str]]:
    """Return what putting a backup back would do, in words. Raises TrackerError where nothing can put it back."""
    plan = plan_restore(path, programme.path)
    return plan, planned(plan, programme.path, programme.now())


def _restored(plan: Plan, programme: Programme) -> str:
    try:
        return put_back(plan, programme.path, programme.now())
    finally:
        programme.reopen()
