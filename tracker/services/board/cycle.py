"""The cycle of a board's meetings, for every front: where each one stands, and its steps forward."""

from collections.abc import Callable, Container
from datetime import date
from typing import Any, NamedTuple, NoReturn

from tracker.entities import entity
from tracker.errors import Invalid, TrackerError
from tracker.rules.boards import cycle as rules
from tracker.services.guards.guard import guard
from tracker.services.records.finding import resolve
from tracker.services.records.writing import Saved
from tracker.services.settings import read_settings
from tracker.storage.queries import Condition, Link, Query, record, records, stored_value
from tracker.storage.rows import current, link, update_row
from tracker.storage.store import Acting, Store, Tx

Values = dict[str, Any]
SHOWN = ("frozen", "held", "minutes_draft", "minutes_approved", "published")  # meetings that have seen a position


class Desk(NamedTuple):
    """Where a meeting stands: its steps with their days, and what belongs to it in figures.

    ``items`` are agenda items, ``asked`` decisions put down for it that are not taken, ``snapshot`` its frozen papers.
    """

    meeting: Link
    meets_on: date
    place: str
    status: str
    steps: tuple[rules.Step, ...]
    items: int
    asked: int
    quorum: rules.Quorum
    snapshot: Link | None

    @property
    def next(self) -> rules.Step | None:
        """The step to be taken now; None when the meeting is done with."""
        return next((step for step in self.steps if step.state == "now"), None)


def _gone() -> NoReturn:
    raise TrackerError("This board meeting does not exist any more: adding it was undone.")


def meeting(store: Store, uid: str) -> Any:
    """Return a board meeting. Raises TrackerError when it is gone or was removed."""
    found: Any = record(store, "board", uid) or _gone()
    if found.deleted_at is not None:
        raise TrackerError(f"{found.ref} was removed. Bring it back first with “tracker board restore {found.ref}”.")
    return found


def of_board(store: Store, kind: str, uid: str) -> list[Any]:
    """Return the records of a kind that belong to a meeting: items in their order, others as they were added."""
    found = list(records(store, Query(kind, (Condition("board", "=", uid),))))
    return sorted(found, key=lambda one: one.item_order or 0) if kind == "item" else found


def meant(store: Store, text: str, *, among: tuple[str, ...] = rules.STATES) -> str:
    """Return the uid of the meeting that a text names; of the earliest one in some states when it is empty.

    Raises TrackerError when there is none.
    """
    if text.strip():
        return resolve(store, "board", text).uid
    some: list[Any] = [one for one in records(store, Query("board")) if getattr(one, "status", "") in among]
    if not some:
        raise TrackerError(
            "There is no board meeting ahead. “tracker board add "
            '"November board" --meets-on DATE” puts one down; “tracker board list” shows those there are.'
        )
    return str(min(some, key=lambda one: (one.meets_on, one.ref)).uid)


def position_day(board: Any, today: date) -> date:
    """Return the day whose position a meeting's papers show; today, as long as that day lies ahead."""
    day: date = board.as_of or board.meets_on
    return min(day, today)


def last_shown(store: Store, board: Any, day: date) -> date | None:
    """Return the day of the position that the meeting before this one was shown; None when there was none.

    That is the newest earlier meeting that was frozen or held, by the position that was frozen for it.
    """
    found = []
    for one in records(store, Query("board")):
        earlier: Any = one
        if earlier.uid == board.uid or earlier.status not in SHOWN:
            continue
        frozen: Any = record(store, "snapshot", earlier.snapshot) if earlier.snapshot else None
        shown = frozen.as_of if frozen is not None else earlier.as_of or earlier.meets_on
        if shown < day and earlier.meets_on <= board.meets_on:
            found.append(shown)
    return max(found, default=None)


def desk(store: Store, uid: str) -> Desk:
    """Return where a meeting stands. Raises TrackerError when it is gone."""
    board = meeting(store, uid)
    asked = _asked(store, uid)
    return Desk(
        Link(board.uid, board.ref, board.title),
        board.meets_on,
        board.place or "",
        board.status,
        tuple(rules.steps(board, publication_delay(store))),
        len(of_board(store, "item", uid)),
        len(asked),
        rules.quorum(board, of_board(store, "attendee", uid)),
        link(store, "snapshot", board.snapshot) if board.snapshot else None,
    )


def publication_delay(store: Store) -> int:
    """Return how many days lie between the approval of minutes and the public version, as the programme has it."""
    return read_settings(store).publication_delay_days


def _asked(store: Store, uid: str) -> list[Any]:
    """Return the decisions put down for a meeting that wait for its answer."""
    return [one for one in of_board(store, "decision", uid) if one.status in ("draft", "sought")]


def desks(store: Store) -> list[Desk]:
    """Return every meeting that is not published yet, the one whose next step is due first at the top."""
    found = [
        desk(store, one.uid) for one in records(store, Query("board")) if getattr(one, "status", "") in rules.UNFINISHED
    ]
    return sorted(found, key=lambda one: (one.next.due if one.next and one.next.due else one.meets_on, one.meeting.ref))


def advance(
    store: Store,
    uid: str,
    status: str,
    by: Acting,
    name: str,
    more: Values | None = None,
    *,
    reason: str | None = None,
    waived: Container[str] = (),
    also: Callable[[Tx], None] | None = None,
) -> Saved:
    """Take a meeting a step forward, as one command called ``name``; ``more`` are other fields that this sets.

    ``waived`` are sentences of problems that ``reason`` overrides, ``also`` writes what belongs to the same command.
    Raises Invalid with what stands in the way, TrackerError when the meeting is gone.
    """
    with store.command(by, name, reason=reason) as tx:
        before, ref, deleted = current(store, entity("board"), uid) or _gone()
        if deleted:
            raise TrackerError(f"{ref} was removed. Bring it back first with “tracker board restore {ref}”.")
        after = {**before, "status": status, **(more or {})}
        after, problems, notes = guard(store, "board", after, before, by)
        left = [problem for problem in problems if problem.message not in waived]
        if left:
            raise Invalid(left)
        changed = {
            f.name: stored_value(after[f.name]) for f in entity("board").settable() if after[f.name] != before[f.name]
        }
        if changed:
            update_row(store, "board", uid, changed)
        if also is not None:
            also(tx)
    return Saved(uid, ref, tx.id, tuple(notes))


def hold(store: Store, uid: str, by: Acting) -> Saved:
    """Record that a meeting was held; the notes say so when it had no quorum, or decisions are still open."""
    saved = advance(store, uid, "held", by, "board.hold")
    found = desk(store, uid)
    notes = list(saved.notes)
    if found.quorum.needed is not None and found.quorum.present < found.quorum.needed:
        notes.append(f"It had no quorum as recorded: {found.quorum.words}.")
    if found.asked:
        refs = ", ".join(one.ref for one in _asked(store, uid))
        notes.append(f"Not decided yet as recorded: {refs}. “tracker board decide REF --board {saved.ref} …” does.")
    return saved._replace(notes=tuple(notes))


def approve(store: Store, uid: str, person: str, by: Acting, *, on: date | None = None) -> Saved:
    """Record that a person (a uid) approved the minutes; from then on they stay as they are. Raises Invalid."""
    more = {"approved_by": person, "approved_on": on or by.today}
    saved = advance(store, uid, "minutes_approved", by, "board.approve", more)
    bare = [one.ref for one in of_board(store, "item", uid) if not one.minutes]
    told = [f"No minutes were written of {', '.join(bare)}."] if bare else []
    return saved._replace(notes=(*saved.notes, *told))
