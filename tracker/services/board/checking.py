"""The list before freezing: what stands in a board's papers and should not, mended or accepted with a reason."""

from datetime import date
from typing import Any

from tracker.errors import TrackerError
from tracker.rules.boards.preflight import Accepted, Preflight, preflight, sorted_out
from tracker.rules.day import Day
from tracker.rules.reading import nearest
from tracker.services.board.cycle import last_shown, meeting, of_board, position_day
from tracker.services.evidence import gather_shown, position
from tracker.services.records.writing import Saved, add
from tracker.storage.store import Acting, Store


def shown(store: Store, day: date) -> Day:
    """Return the evidence at the end of a day without what the papers leave out, restricted records above all."""
    with position(store, day) as then:
        return gather_shown(then, day)


def checked(store: Store, uid: str, today: date) -> Preflight:
    """Return the list before freezing of a meeting as it stands today. Raises TrackerError when it is gone."""
    board = meeting(store, uid)
    day = position_day(board, today)
    warned = preflight(shown(store, day), last_shown(store, board, day))
    return sorted_out(warned, (_accepted(one) for one in of_board(store, "acceptance", uid)))


def _accepted(one: Any) -> Accepted:
    return Accepted(one.warning, one.because, one.ref)


def accept(store: Store, uid: str, warning: str, because: str, by: Acting) -> Saved:
    """Accept an open warning of a meeting, with the reason; what it said is kept beside it.

    Raises TrackerError when no such warning is open, Invalid when the reason is too short.
    """
    found = checked(store, uid, by.today)
    known = {one.id: one for one in found.open}
    if warning not in known:
        ref = meeting(store, uid).ref
        if any(one.id == warning for one, _ in found.accepted):
            raise TrackerError(f"{warning} is accepted for {ref} already.")
        guess = nearest(warning, list(known))
        hint = f" Did you mean “{guess}”?" if guess else f" “tracker board check {ref}” lists those that are."
        raise TrackerError(f"No warning “{warning}” is open for {ref}.{hint}")
    values = {"warning": warning, "board": uid, "because": because, "told": known[warning].sentence[:400]}
    return add(store, "acceptance", values, by)
