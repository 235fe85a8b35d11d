"""The list before freezing: what stands in a board's papers and should not, mended or accepted with a reason."""

from collections.abc import Iterator, Sequence
from datetime import date
from fnmatch import fnmatchcase

from tracker.entities import AcceptedWarning, AgendaItem, BoardAttendee, BoardMeeting, Member
from tracker.errors import TrackerError
from tracker.rules.boards.cycle import OPEN_TO_FREEZE
from tracker.rules.boards.preflight import (
    NOT_BEGUN,
    Accepted,
    Preflight,
    Warned,
    before_the_file,
    lacking,
    outdated,
    preflight,
    sorted_out,
    unanswered,
)
from tracker.rules.boards.preflight import restricted_since as restricted_warning
from tracker.rules.reading import nearest
from tracker.rules.visible.sight import Sight, hidden_words
from tracker.rules.wording import show_date
from tracker.services.board.cycle import body_of, last_shown, meeting, position_day, records_of_board, undecided
from tracker.services.evidence import closed_now, gather_sight, position
from tracker.services.reading import not_begun
from tracker.services.records.writing import Saved, editing
from tracker.storage import Acting, Store, records
from tracker.storage.journal.history import Recorded, of_record

TOLD_LENGTH = 400
ON_PAPERS = ("meets_on", "start_time", "duration_minutes", "place", "title", "body", "quorum")


def seen(store: Store, day: date) -> Sight:
    """Return the evidence at the end of a day with and without what the papers leave out, by then or by now."""
    with position(store, day) as past:
        return gather_sight(past, day, closed_now(store))


def checked(store: Store, uid: str, today: date, *, anew: bool = False) -> Preflight:
    """Return the list before freezing of a meeting as it stands today; ``anew``: without what freezing again mends.

    Raises TrackerError when it is gone.
    """
    board = meeting(store, uid)
    day = position_day(board, today)
    lacks = tuple(_lacks(store, board))
    if sentence := not_begun(store, day):
        return Preflight((before_the_file(board.ref, sentence),), (), lacks=lacks)
    views = seen(store, day)
    warned = preflight(views.visible, last_shown(store, board, day), views.full, uid, hidden_words(views))
    if board.status not in OPEN_TO_FREEZE:
        warned = [*(unanswered(decision, board.ref) for decision in undecided(store, uid)), *warned]
    if board.snapshot and not anew:
        warned = [*_restricted_since(store, board), *_outdated(store, board), *warned]
    acceptances = records_of_board(store, AcceptedWarning, uid)
    preflight_list = sorted_out(
        warned, (Accepted(accepted.warning, accepted.because, accepted.ref) for accepted in acceptances)
    )
    return preflight_list._replace(lacks=lacks)


def _lacks(store: Store, board: BoardMeeting) -> Iterator[str]:
    body = body_of(store, board)
    items = records_of_board(store, AgendaItem, board.uid)
    attendees = records_of_board(store, BoardAttendee, board.uid)
    members = records(store, Member, body=body.uid) if body is not None else []
    return lacking(items, attendees, body, members, board.meets_on)


def _restricted_since(store: Store, board: BoardMeeting) -> Iterator[Warned]:
    """Yield which papers of a meeting, as they are handed out, tell of what was restricted since."""
    from tracker.services.board.minutes import as_handed_out
    from tracker.services.board.reissuing import restricted_since
    from tracker.services.board.snapshots import PUBLIC, content, snapshots_of_meeting

    minutes = as_handed_out(store, board)
    for audience in ("board", PUBLIC):
        for snapshot in snapshots_of_meeting(store, board.uid, audience)[-1:]:
            frozen = content(store, snapshot.uid)
            beside = filter(None, [minutes] * (audience != PUBLIC))
            refs = restricted_since(store, frozen, *beside).refs
            if refs:
                papers = snapshot.ref + " or the approved minutes" * (minutes is not None and audience != PUBLIC)
                yield restricted_warning(board.ref, papers, refs)


def _outdated(store: Store, board: BoardMeeting) -> Iterator[Warned]:
    """Yield what frozen papers say otherwise than the file by now: of the meeting itself, and of its agenda."""
    frozen = of_record(store, board.snapshot or "")
    if not frozen:
        return
    at_freezing = frozen[0].tx
    before: dict[str, Recorded] = {}
    for change in of_record(store, board.uid):
        if change.tx > at_freezing and change.field in ON_PAPERS:
            before.setdefault(change.field, change.old)
    moves = [
        f"{BoardMeeting.fields()[field].label.lower()} {_value(old)} is {_value(getattr(board, field))}"
        for field, old in before.items()
        if old != getattr(board, field)
    ]
    if moves:
        yield outdated("meeting.moved", board.ref, moves)
    items = [item for deleted in (False, True) for item in records(store, AgendaItem, board=board.uid, deleted=deleted)]
    refs = [
        item.ref
        for item in items
        if any(change.tx > at_freezing and change.field != "minutes" for change in of_record(store, item.uid))
    ]
    if refs:
        yield outdated("meeting.agenda", board.ref, refs)


def _value(value: Recorded) -> str:
    if isinstance(value, date):
        return show_date(value)
    return str(value or "not given")


def accept(store: Store, uid: str, warnings: Sequence[str], because: str, by: Acting) -> list[Saved]:
    """Accept open warnings of a meeting with one reason, as one command; what each said is kept beside it.

    A warning is named by its id, several by a pattern such as ``action.overdue.*``. Raises TrackerError when no such
    warning is open, Invalid when the reason is too short.
    """
    preflight = checked(store, uid, by.today)
    if any(warned.code == NOT_BEGUN for warned in preflight.open):
        raise TrackerError(preflight.open[0].sentence, "day.before")
    sentences = {warned.id: warned.sentence for warned in preflight.open}
    meant = [name for warning in warnings for name in _meant(store, uid, warning, preflight)]
    with editing(store, by, "acceptance.add") as edit:
        return [
            edit.add(
                AcceptedWarning,
                {"warning": name, "board": uid, "because": because, "told": sentences[name][:TOLD_LENGTH]},
            )
            for name in dict.fromkeys(meant)
        ]


def _meant(store: Store, uid: str, warning: str, preflight: Preflight) -> list[str]:
    """Return the ids of the open warnings that an id or a pattern means. Raises TrackerError where it means none."""
    names = [warned.id for warned in preflight.open if warned.id == warning or fnmatchcase(warned.id, warning)]
    if not names:
        raise _not_open(meeting(store, uid).ref, warning, preflight)
    return names


def _not_open(ref: str, warning: str, preflight: Preflight) -> TrackerError:
    if any(warned.id == warning for warned, _ in preflight.accepted):
        return TrackerError(f"{warning} is accepted for {ref} already.")
    message = f"No warning “{warning}” is open for {ref}."
    guess = nearest(warning, [warned.id for warned in preflight.open])
    if guess:
        return TrackerError(f"{message} Did you mean “{guess}”?")
    return TrackerError(message, "board.no_warning", board=ref)
