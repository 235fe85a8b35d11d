"""What the keys of the board desk do, in a worker thread: a step of the cycle, or reading what a dialog asks with."""

from typing import Any

from textual.message import Message
from textual.screen import Screen

from screens.messages import Done
from screens.undoing import undo_last
from screens.work import Programme
from tracker.fields import humanise
from tracker.reports.model import Report
from tracker.services.board import checking as boards_checking
from tracker.services.board import collecting as boards_collecting
from tracker.services.board import cycle as boards
from tracker.services.board import freezing as boards_freezing
from tracker.services.board import minutes as boards_minuting
from tracker.services.board import publishing as boards_publishing


class Stepped(Message):
    """A step was taken: what to say, and the command."""

    def __init__(self, sentence: str, tx: int) -> None:
        super().__init__()
        self.sentence = sentence
        self.tx = tx


def step_on(leads_to: str, tracked: Programme, uid: str) -> Stepped:
    """Take a meeting to the state that a step leads to, where nothing more is asked for."""
    store, by = tracked.store(), tracked.acting()
    if leads_to == "collecting":
        found = boards_collecting.collect(store, uid, by)
        return Stepped(f"Collecting has begun: {len(found.owners)} people owe something.", 0)
    if leads_to == "minutes_draft":
        boards_minuting.draft(store, uid, by)
        return Stepped("The minutes are drafted from the records: p shows the papers.", 0)
    taken = boards.hold(store, uid, by) if leads_to == "held" else boards_publishing.publish(store, uid, by)
    return Stepped(" ".join([f"{taken.ref}: {humanise(leads_to).lower()}.", *taken.notes]), taken.tx)


def approve(person: str, tracked: Programme, uid: str) -> Stepped:
    """Record that a person (a uid) approved the minutes."""
    saved = boards.approve(tracked.store(), uid, person, tracked.acting())
    return Stepped(" ".join([f"{saved.ref}: the minutes are approved.", *saved.notes]), saved.tx)


def freeze(tracked: Programme, uid: str) -> Stepped:
    """Freeze the papers."""
    frozen = boards_freezing.freeze(tracked.store(), uid, tracked.acting())
    return Stepped(f"Frozen as {frozen.ref}, SHA-256 {frozen.sha256[:12]}.", 0)


def accept(warning: str, because: str, tracked: Programme, uid: str) -> Stepped:
    """Accept a warning, with the reason."""
    saved = boards_checking.accept(tracked.store(), uid, warning, because, tracked.acting())
    return Stepped(f"{saved.ref}: accepted.", saved.tx)


def undo(tracked: Programme, uid: str) -> Message:
    """Take the last command back."""
    done: Done = undo_last(tracked)
    return Stepped(done.sentence, done.tx)


def people(tracked: Programme, listed: Any, desk: Screen[Any]) -> None:
    """Read the people by name, and hand uid and name of each to ``listed`` on the screen's own thread."""
    from tracker.storage.queries import Query, rows

    found = rows(tracked.store(), Query("person", sort=(("display_name", False),)), ["display_name"])
    desk.app.call_from_thread(listed, [(row[0], row[2]) for row in found])


def paper(uid: str, snapshot: str, tracked: Programme, name: str) -> Report:
    """Return a paper of a meeting: as it was frozen in a snapshot (a uid), or as it is today when that is empty."""
    from tracker.services.papers import building as reporting

    store = tracked.store()
    if snapshot:
        from tracker.services.board import snapshots

        return snapshots.paper(snapshots.content(store, snapshot), name)
    board = boards.meeting(store, uid)
    day = boards.position_day(board, tracked.today())
    make = reporting.pack if name == "pack" else reporting.summary
    return make(store, day=day, since=boards.last_shown(store, board, day), board=uid)
