"""The list before freezing: what stands in a board's papers and should not, mended or accepted with a reason."""

from collections.abc import Sequence
from datetime import date
from fnmatch import fnmatchcase

from tracker.entities import AcceptedWarning
from tracker.errors import TrackerError
from tracker.rules.boards.preflight import Accepted, Preflight, preflight, sorted_out
from tracker.rules.reading import nearest
from tracker.rules.visible.sight import Sight
from tracker.services.board.cycle import last_shown, meeting, position_day, records_of_board
from tracker.services.evidence import closed_now, gather_sight, position
from tracker.services.records.writing import Saved, editing
from tracker.storage import Acting, Store

TOLD_LENGTH = 400


def seen(store: Store, day: date) -> Sight:
    """Return the evidence at the end of a day with and without what the papers leave out, by then or by now."""
    with position(store, day) as past:
        return gather_sight(past, day, closed_now(store))


def checked(store: Store, uid: str, today: date) -> Preflight:
    """Return the list before freezing of a meeting as it stands today. Raises TrackerError when it is gone."""
    board = meeting(store, uid)
    day = position_day(board, today)
    views = seen(store, day)
    warned = preflight(views.visible, last_shown(store, board, day), views.full, uid)
    acceptances = records_of_board(store, AcceptedWarning, uid)
    return sorted_out(warned, (Accepted(accepted.warning, accepted.because, accepted.ref) for accepted in acceptances))


def accept(store: Store, uid: str, warnings: Sequence[str], because: str, by: Acting) -> list[Saved]:
    """Accept open warnings of a meeting with one reason, as one command; what each said is kept beside it.

    A warning is named by its id, several by a pattern such as ``action.overdue.*``. Raises TrackerError when no such
    warning is open, Invalid when the reason is too short.
    """
    preflight = checked(store, uid, by.today)
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
