"""Erasing a person from the whole file."""

from tracker.errors import TrackerError
from tracker.services.records.writing import LEAST_REASON
from tracker.storage.erase import Erased, erase, known_as
from tracker.storage.queries import Query, count
from tracker.storage.store import Acting, Store


def erase_person(store: Store, uid: str, by: Acting, *, reason: str) -> Erased:
    """Erase a person; the papers then say “Former staff (role)”, but those that were frozen stay as they are.

    Raises TrackerError without a reason.
    """
    if len(reason.strip()) < LEAST_REASON:
        raise TrackerError(f"Say why the person is erased (--reason “…”, at least {LEAST_REASON} characters).")
    frozen = _in_snapshots(store, uid)
    return erase(store, uid, by, reason=reason.strip())._replace(snapshots=frozen)


def _in_snapshots(store: Store, uid: str) -> tuple[str, ...]:
    if not count(store, Query("snapshot")):
        return ()
    from tracker.services.board.snapshots import holding

    return tuple(holding(store, known_as(store, uid)))
