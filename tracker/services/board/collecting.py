"""Collecting what a board's papers need: who has not reported since the last board, and what is stale or missing."""

from datetime import date
from typing import NamedTuple

from tracker.rules.boards.collecting import Owed, requests_by_owner
from tracker.rules.boards.cycle import UNFROZEN
from tracker.services.board.cycle import advance, last_shown, meeting, position_day
from tracker.services.evidence import gather
from tracker.services.reading import require_begun
from tracker.storage import Acting, Link, Store, links


class FromOwner(NamedTuple):
    """What one person is asked for; ``owner`` is None for what nobody answers for."""

    owner: Link | None
    owed: tuple[Owed, ...]


class Collected(NamedTuple):
    """What is missing for a meeting, by owner; ``since`` is the day of the last board (None: there was none)."""

    meeting: Link
    meets_on: date
    day: date
    since: date | None
    owners: tuple[FromOwner, ...]
    begun: bool


def collected(store: Store, uid: str, today: date) -> Collected:
    """Return what is missing for a meeting, and change nothing. Raises TrackerError when it is gone."""
    board = meeting(store, uid)
    day = position_day(board, today)
    require_begun(store, day)
    since = last_shown(store, board, day)
    people = links(store, "person")
    owners = tuple(
        FromOwner(people.get(asking.owner or ""), asking.owed)
        for asking in requests_by_owner(gather(store, day), since)
    )
    return Collected(Link(board.uid, board.ref, board.title), board.meets_on, day, since, owners, False)


def collect(store: Store, uid: str, by: Acting) -> Collected:
    """Return what is missing for a meeting, and let collecting begin when it was only planned."""
    missing = collected(store, uid, by.today)
    if meeting(store, uid).status != UNFROZEN[0]:
        return missing
    advance(store, uid, "collecting", by, "board.collect")
    return missing._replace(begun=True)
