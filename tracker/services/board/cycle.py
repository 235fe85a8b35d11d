"""The cycle of a board's meetings, for every front: where each one stands, and its steps forward."""

from datetime import date
from typing import NamedTuple

from tracker.entities import AgendaItem, BoardAttendee, BoardMeeting, Body, Decision, Holiday, Snapshot
from tracker.errors import Note, TrackerError
from tracker.rules.boards import cycle as rules
from tracker.rules.boards.working_days import working_days
from tracker.rules.wording import show_date
from tracker.services.guards.guard import Values
from tracker.services.records.checking import gone
from tracker.services.records.finding import resolve_ref
from tracker.services.records.writing import Saved, editing
from tracker.services.settings import read_settings
from tracker.storage import Acting, E, Link, Store, link, record, records
from tracker.text import natural_order


class Desk(NamedTuple):
    """Where a meeting stands: its steps with their days, and what belongs to it in figures.

    ``notice`` says by when papers go out, until they are frozen, and by which rule the days of the steps came about,
    ``position`` is the day that they show. ``items`` are
    agenda items, ``asked`` decisions put down for it that are not taken, ``drafts`` how many of these are drafts,
    ``snapshot`` its frozen papers; ``withdrawn`` says when and why its public version was withdrawn, ``public`` whether
    one is out.
    """

    meeting: Link
    meets_on: date
    place: str
    status: str
    steps: tuple[rules.Step, ...]
    notice: str
    position: date
    items: int
    asked: int
    drafts: int
    quorum: rules.Quorum
    snapshot: Link | None
    withdrawn: str = ""
    public: bool = False

    @property
    def next(self) -> rules.Step | None:
        """The step to be taken now; None when the meeting is done with."""
        return next((step for step in self.steps if step.state == "now"), None)


def meeting(store: Store, uid: str) -> BoardMeeting:
    """Return a board meeting. Raises TrackerError when it is gone or was removed."""
    board = record(store, BoardMeeting, uid)
    if board is None:
        raise gone(BoardMeeting)
    if board.deleted_at is not None:
        raise TrackerError(f"{board.ref} was removed.", "removed", kind="board", ref=board.ref)
    return board


def body_of(store: Store, board: BoardMeeting) -> Body | None:
    """Return the body that meets; None where none is recorded."""
    return record(store, Body, board.body) if board.body else None


def records_of_board(store: Store, register: type[E], uid: str) -> list[E]:
    """Return the records of a register that belong to a meeting: items in their order, others as they were added."""
    return sorted(records(store, register, board=uid), key=lambda record: getattr(record, "item_order", None) or 0)


def resolve_meeting(store: Store, text: str, *, among: tuple[str, ...] = rules.STATES) -> str:
    """Return the uid of the meeting that a text names; of the earliest one in some states when it is empty.

    Raises TrackerError when there is none.
    """
    if text.strip():
        return resolve_ref(store, "board", text).uid
    boards = [board for board in records(store, BoardMeeting) if board.status in among]
    if not boards:
        raise TrackerError("There is no board meeting ahead.", "board.none_ahead")
    return min(boards, key=lambda board: (board.meets_on, natural_order(board.ref))).uid


def position_day(board: BoardMeeting, today: date) -> date:
    """Return the day whose position a meeting's papers show; today, as long as that day lies ahead."""
    return min(board.as_of or board.meets_on, today)


def last_shown(store: Store, board: BoardMeeting, day: date) -> date | None:
    """Return the day of the position that the body that meets was shown before; None when there was none.

    That is its newest earlier meeting with frozen papers, by the position in them: one that was held without any was
    shown none.
    """
    days = (
        position
        for previous, position in _shown_before(store, day, board.uid)
        if previous.snapshot and previous.meets_on <= board.meets_on and previous.body == board.body
    )
    return max(days, default=None)


def last_shown_day(store: Store, day: date, *, but: str | None = None) -> date | None:
    """Return the day of the newest earlier position that a board was really shown, or None when none was.

    ``but`` is the uid of a meeting that does not count.
    """
    return max((position for board, position in _shown_before(store, day, but) if board.snapshot), default=None)


def last_board_day(store: Store, day: date, *, but: str | None = None) -> date:
    """Return the day of the position that the board before a day was shown; ``but`` is the uid of this board.

    That is the newest earlier meeting with frozen papers, else the newest earlier one. Raises TrackerError when
    there is none.
    """
    position = last_shown_day(store, day, but=but)
    if position is not None:
        return position
    earlier = _shown_before(store, day, but)
    if not earlier:
        raise TrackerError(
            f"There is no board meeting before {show_date(day)} in the file, so “last” means nothing yet.",
            "board.none_before",
        )
    return max(planned for _, planned in earlier)


def _shown_before(store: Store, day: date, but: str | None) -> list[tuple[BoardMeeting, date]]:
    """Return the meetings whose papers show an earlier day, with that day: that of the snapshot, if there is one."""
    snapshots = {snapshot.uid: snapshot for snapshot in records(store, Snapshot)}
    earlier = []
    for board in records(store, BoardMeeting):
        snapshot = snapshots.get(board.snapshot or "")
        position = snapshot.as_of if snapshot else board.as_of or board.meets_on
        if board.uid != but and position < day:
            earlier.append((board, position))
    return earlier


def desk(store: Store, uid: str) -> Desk:
    """Return where a meeting stands. Raises TrackerError when it is gone."""
    board = meeting(store, uid)
    body = body_of(store, board)
    holidays = records(store, Holiday)
    delay = publication_delay(store)
    notice = rules.days_rule(board, holidays, delay)
    asked = undecided(store, uid)
    if board.status in rules.UNFROZEN:
        notice = f"{rules.notice_words(board, body, holidays)} {notice}"
    return Desk(
        Link(board.uid, board.ref, board.title),
        board.meets_on,
        board.place or "",
        board.status,
        tuple(rules.steps(board, delay, body=body, work=working_days(holidays))),
        notice,
        board.as_of or board.meets_on,
        len(records_of_board(store, AgendaItem, uid)),
        len(asked),
        sum(decision.status == "draft" for decision in asked),
        rules.quorum(board, records_of_board(store, BoardAttendee, uid), body),
        link(store, "snapshot", board.snapshot),
        *_public(store, uid),
    )


def _public(store: Store, uid: str) -> tuple[str, bool]:
    """Return what is said of the public version of a meeting if it was withdrawn, and whether one is out."""
    editions = records(store, Snapshot, board=uid, audience="public")
    if not editions:
        return "", False
    from tracker.services.board.snapshots import withdrawals  # what reads papers is loaded where there is one

    newest = editions[-1]
    sentences = {withdrawal.notice: withdrawal.sentence for withdrawal in withdrawals(store)}
    return sentences.get(newest.ref, ""), newest.ref not in sentences


def publication_delay(store: Store) -> int:
    """Return how many days lie between the approval of minutes and the public version, as the programme has it."""
    return read_settings(store).publication_delay_days


def undecided(store: Store, uid: str) -> list[Decision]:
    """Return the decisions put down for a meeting, or on its agenda, that wait for its answer."""
    on_agenda = {item.decision for item in records_of_board(store, AgendaItem, uid)}
    return [
        decision
        for decision in records(store, Decision)
        if decision.status in ("draft", "sought") and (decision.board == uid or decision.uid in on_agenda)
    ]


def desks(store: Store) -> list[Desk]:
    """Return every meeting that is not published yet, the one whose next step is due first at the top."""
    open_desks = [desk(store, board.uid) for board in records(store, BoardMeeting) if board.status in rules.UNFINISHED]
    return sorted(open_desks, key=_next_due)


def _next_due(desk: Desk) -> tuple[date, str]:
    due = desk.next.due if desk.next else None
    return due or desk.meets_on, desk.meeting.ref


def advance(store: Store, uid: str, status: str, by: Acting, name: str, fields: Values | None = None) -> Saved:
    """Take a meeting a step forward, as one command called ``name``; ``more`` are other fields that this sets.

    Raises Invalid with what stands in the way, TrackerError when the meeting is gone.
    """
    with editing(store, by, name) as edit:
        return edit.change(BoardMeeting, uid, {"status": status, **(fields or {})}, anew=("status",))


def hold(store: Store, uid: str, by: Acting) -> Saved:
    """Record that a meeting was held; the notes say so when it had no quorum, or decisions are still open."""
    saved = advance(store, uid, "held", by, "board.hold")
    notes = list(saved.notes)
    board = meeting(store, uid)
    quorum = rules.quorum(board, records_of_board(store, BoardAttendee, uid), body_of(store, board))
    if not quorum.met:
        notes.append(Note("board.no_quorum", f"It had no quorum as recorded: {quorum.words}."))
    refs = ", ".join(decision.ref for decision in undecided(store, uid))
    if refs:
        notes.append(Note("board.undecided", f"Not decided yet as recorded: {refs}.", board=saved.ref))
    return saved._replace(notes=tuple(notes))


def quorum_notes(store: Store, board: BoardMeeting, decision: str) -> list[Note]:
    """Return that an item under which a decision (a uid) stands had no quorum, without who took no part in it."""
    attendees = records_of_board(store, BoardAttendee, board.uid)
    body = body_of(store, board)
    items = records_of_board(store, AgendaItem, board.uid)
    return [
        Note("board.item_no_quorum", f"{item.ref} had no quorum as recorded: {numbers.words}.")
        for item in items
        if item.decision == decision
        and attendees
        and not (numbers := rules.quorum_of_item(board, attendees, item, items, body)).met
    ]


def approve(store: Store, uid: str, person: str, by: Acting, *, on: date | None = None) -> Saved:
    """Record that a person (a uid) approved the minutes; from then on they stay as they are. Raises Invalid."""
    saved = advance(
        store, uid, "minutes_approved", by, "board.approve", {"approved_by": person, "approved_on": on or by.today}
    )
    bare = ", ".join(item.ref for item in records_of_board(store, AgendaItem, uid) if not item.minutes)
    if not bare:
        return saved
    return saved._replace(notes=(*saved.notes, Note("board.bare_items", f"No minutes were written of {bare}.")))
