"""The minutes of a meeting, made from its records: attendance, interests, and item by item what came of it."""

from tracker.entities import (
    Action,
    AgendaItem,
    BoardAttendee,
    BoardCorrection,
    BoardMeeting,
    Body,
    Decision,
    Entity,
    Person,
    Programme,
)
from tracker.errors import TrackerError
from tracker.reports.model import Report
from tracker.reports.papers.minutes import build_minutes
from tracker.rules.boards.cycle import OPEN_TO_FREEZE
from tracker.rules.day import Day
from tracker.services.board.cycle import advance, meeting, records_of_board
from tracker.services.records.finding import read_values
from tracker.services.records.writing import Saved, change
from tracker.storage import Acting, Store, head, link, records

OF_MEETING: tuple[type[Entity], ...] = (BoardAttendee, AgendaItem, Decision, Action, BoardCorrection)


def minutes(store: Store, uid: str) -> Report:
    """Return the minutes of a meeting as a paper: a draft until they are approved.

    Restricted records are left out. Raises TrackerError when it was not held yet.
    """
    board = meeting(store, uid)
    if board.status in OPEN_TO_FREEZE:
        raise TrackerError(f"{board.ref} was not held yet as recorded.", "board.not_held", board=board.ref)
    frozen = link(store, "snapshot", board.snapshot)
    pack = frozen.ref if frozen else ""
    return build_minutes(_day(store, board), board, pack=pack, head=head(store))


def _day(store: Store, board: BoardMeeting) -> Day:
    """Return the records of a meeting that its minutes may show, with all people and the programme."""
    by_kind: dict[str, list[Entity]] = {
        register.kind: [
            record for record in records_of_board(store, register, board.uid) if record.visibility != "restricted"
        ]
        for register in OF_MEETING
    }
    by_kind |= {register.kind: [*records(store, register)] for register in (Programme, Person, Body)}
    return Day(board.meets_on, by_kind, removed={Person.kind: records(store, Person, deleted=True)})


def draft(store: Store, uid: str, by: Acting) -> tuple[Report, bool]:
    """Return the minutes, and whether drafting them began now: a meeting that was held goes on to draft minutes."""
    begins = meeting(store, uid).status == "held"
    if begins:
        advance(store, uid, "minutes_draft", by, "board.minutes")
    return minutes(store, uid), begins


def write(store: Store, item_uid: str, text: str, by: Acting) -> Saved:
    """Set the minutes of an agenda item. Raises Invalid when they are too long, or the minutes are approved."""
    values, notes = read_values(store, "item", {"minutes": text}, by.today)
    saved = change(store, "item", item_uid, values, by)
    return saved._replace(notes=(*notes, *saved.notes))
