"""Erasing a person from the whole file."""

from tracker.services.records.checking import require_reason
from tracker.storage.erase import Erased, erase, known_as
from tracker.storage.queries import Query, count
from tracker.storage.store import Acting, Store


def erase_person(store: Store, uid: str, by: Acting, *, reason: str) -> Erased:
    """Erase a person; the papers then say “Former staff (role)”, but those that were frozen stay as they are.

    Raises TrackerError without a reason.
    """
    text = require_reason(reason, "the person is erased")
    frozen = _in_snapshots(store, uid)
    return erase(store, uid, by, reason=text)._replace(snapshots=frozen)


def _in_snapshots(store: Store, uid: str) -> tuple[str, ...]:
    if not count(store, Query("snapshot")):
        return ()
    from tracker.services.board.snapshots import holding

    return tuple(holding(store, known_as(store, uid)))
