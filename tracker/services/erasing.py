"""Erasing a person from the whole file."""

from tracker.errors import TrackerError
from tracker.services.recording import LEAST_REASON
from tracker.storage.erase import Erased, erase
from tracker.storage.store import Acting, Store


def erase_person(store: Store, uid: str, by: Acting, *, reason: str) -> Erased:
    """Erase a person; the papers then say “Former staff (role)”. Raises TrackerError without a reason."""
    if len(reason.strip()) < LEAST_REASON:
        raise TrackerError(f"Say why the person is erased (--reason “…”, at least {LEAST_REASON} characters).")
    return erase(store, uid, by, reason=reason.strip())
