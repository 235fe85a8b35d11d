"""The calendar of a programme: meetings, decisions, training, milestones, contract ends; and what became of them."""

from collections.abc import Iterator
from datetime import date, time

from tracker.entities import BoardMeeting, Body, Contract, Decision, Entity, Milestone, Pilot, Snapshot, TrainingSession
from tracker.reports.render.ics import Calendar, Event
from tracker.rules.calendars.diary import Diary, Entry, Step, followed_kinds
from tracker.rules.day import Day, shown_day
from tracker.rules.wording import optional, show_date
from tracker.services.evidence import closed_now, everything
from tracker.storage import Store
from tracker.storage.journal.asof import as_of
from tracker.storage.journal.history import up_to

CANCELLED = "Cancelled"  # the title of what may not be named any more


def calendar(store: Store, *, day: date) -> Calendar:
    """Return meetings, decisions due, training, milestones and contract ends as they stood at the end of a day.

    What is restricted is left out, and whatever belongs to it. An entry that an earlier calendar may have had is in it
    for two years more, as cancelled when it stands no longer: so it disappears from the calendars that had it.
    """
    diary = Diary()
    diary.take(_steps(store, day))
    closed = closed_now(store)  # what was restricted since is told of no earlier day either
    with as_of(store, day) as past:
        now = shown_day(day, everything(past), closed=closed)
    diary.settle(now, now.hidden.uids | closed.uids)
    name = "Board and training dates"
    if now.programme is not None:
        name = f"{now.programme.name}: board and training dates"
    events = [_event(now, diary.shown(entry.record), entry) for entry in diary.kept()]
    return Calendar(name, day, tuple(sorted(events, key=lambda event: (event.day, event.uid))))


def _steps(store: Store, day: date) -> Iterator[Step]:
    """Yield what the journal says of the records that calendars tell of; what was erased of it says nothing."""
    for change in up_to(store, day, followed_kinds()):
        if change.day is None or not change.known:
            continue
        if change.field != "*":
            values = {change.field: change.new} if not isinstance(change.new, dict) else {}
            yield Step(change.tx, change.day, change.kind, change.uid, values)
        else:
            came = change.new is not None
            yield Step(change.tx, change.day, change.kind, change.uid, change.values if came else None, came)


def _event(now: Day, record: Entity | None, entry: Entry) -> Event:
    """Return an entry with what may be said of its record: without its title once that may not be named."""
    event = Event(entry.uid, entry.day, CANCELLED)
    if isinstance(record, BoardMeeting):
        event = _meeting(now, record, entry)
    elif isinstance(record, TrainingSession):
        event = _training(record, entry)
    elif isinstance(record, Decision):
        detail = f"{record.ref}. {record.question or ''}".strip()
        event = Event(entry.uid, entry.day, f"Decision due: {record.title}", "Decision", detail=detail)
    elif isinstance(record, Pilot):
        event = Event(entry.uid, entry.day, f"Decision due on pilot {record.ref} {record.name}", "Decision")
    elif isinstance(record, Milestone):
        event = Event(entry.uid, entry.day, f"Milestone: {record.name}", "Milestone", detail=f"{record.ref}.")
    elif isinstance(record, Contract):
        event = Event(entry.uid, entry.day, f"Contract ends: {record.title}", "Contract", detail=f"{record.ref}.")
    return event._replace(revision=entry.revision, cancelled=not entry.stands)


def _meeting(now: Day, board: BoardMeeting, entry: Entry) -> Event:
    """Return a board meeting, at whose time, or on whose day, its members are not free."""
    body = now.get(Body, board.body)
    name = now.about.board_name or "Board"
    frozen = now.get(Snapshot, board.snapshot)  # counts, whatever the meeting says since
    position = board.as_of or board.meets_on
    if frozen is not None:
        position = frozen.as_of
    if board.body:
        name = body.name if body is not None else "Board"
    return Event(
        entry.uid,
        entry.day,
        f"{name}: {board.title}",
        "Board",
        clock_time(board.start_time),
        board.duration_minutes,
        zone=(body.time_zone if body is not None else None) or "",
        place=board.place or "",
        detail=f"{board.ref}. Papers show the position as of {show_date(position)}.",
        busy=True,
    )


def _training(session: TrainingSession, entry: Entry) -> Event:
    parts = (session.ref, optional("For ", session.role_groups), optional("Places: ", session.capacity))
    start = clock_time(session.start_time)
    return Event(
        entry.uid,
        entry.day,
        f"Training: {session.title}",
        "Training",
        start,
        session.duration_minutes,
        detail=". ".join(part for part in parts if part),
        busy=start is not None,
    )


def clock_time(text: str | None) -> time | None:
    """Return a time of day; None when none is given, or one that no day has, such as 29:30."""
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None
