"""The day of the position that a board was last shown: what a paper is compared with."""

from datetime import date
from typing import Any

from tracker.errors import TrackerError
from tracker.rules.when import show_date
from tracker.services.board.cycle import SHOWN
from tracker.storage.queries import Query, records
from tracker.storage.store import Store


def last_board_day(store: Store, day: date, *, but: str | None = None) -> date:
    """Return the day of the position that the board before a day was shown; ``but`` is the uid of this board.

    That is the newest earlier meeting that was frozen or held, else the newest earlier one. Raises TrackerError when
    there is none.
    """
    earlier = _earlier(store, day, but)
    if not earlier:
        raise TrackerError(
            f"There is no board meeting before {show_date(day)} in the file, so “last” means nothing yet. "
            "Say a day, such as --since 2026-10-08."
        )
    shown = [pair for pair in earlier if pair[1]]
    return max(shown or earlier)[0]


def last_shown_day(store: Store, day: date, *, but: str | None = None) -> date | None:
    """Return the day of the newest earlier position that a board was really shown, or None when none was."""
    return max((shown for shown, really in _earlier(store, day, but) if really), default=None)


def _earlier(store: Store, day: date, but: str | None) -> list[tuple[date, bool]]:
    """Return the days of the meetings before a day, each with whether the board was shown papers."""
    boards: list[Any] = records(store, Query("board"))
    frozen: dict[str, Any] = {one.uid: one for one in records(store, Query("snapshot"))}
    days = ((_shown_day(board, frozen), board.status in SHOWN) for board in boards if board.uid != but)
    return [pair for pair in days if pair[0] < day]


def _shown_day(board: Any, frozen: dict[str, Any]) -> date:
    """Return the day whose position a board was shown: that of its snapshot, which may be earlier than planned."""
    snapshot = frozen.get(board.snapshot or "")
    day: date = snapshot.as_of if snapshot is not None else board.as_of or board.meets_on
    return day
