"""Who is acting: every change carries a person, by uid."""

from datetime import UTC, date, datetime

from tracker.entities import entity
from tracker.errors import TrackerError
from tracker.storage import Acting, Store, Tx
from tracker.storage.rows import insert_row, people_called, uuid7

LONGEST = 80  # of a name and a login


def who_is(store: Store, name: str) -> str | None:
    """Return the uid of the person whose login, ref or name this is; None when there is none.

    Raises TrackerError when two people share the name.
    """
    rows = people_called(store, name)
    if len(rows) == 2 and rows[0][2] == rows[1][2]:
        raise TrackerError(f"“{name}” may be {rows[0][1]} or {rows[1][1]}.", "who")
    return str(rows[0][0]) if rows else None


def acting(store: Store, name: str, front: str, now: datetime, today: date) -> Acting:
    """Return who acts; somebody new is recorded as a person under this name first."""
    name = name[:LONGEST]
    uid = who_is(store, name)
    by = Acting(uid or uuid7(int(now.timestamp() * 1000)), front, now.astimezone(UTC), today)
    if uid is not None:
        return by
    try:
        with store.command(by, "join") as tx:
            if who_is(store, name):
                raise _JoinedMeanwhile
            add_person(store, by.person, name, tx)
    except _JoinedMeanwhile:
        return by._replace(person=who_is(store, name) or "")
    return by


class _JoinedMeanwhile(Exception):
    """Another process recorded the same person a moment ago."""


def add_person(store: Store, uid: str, name: str, tx: Tx) -> str:
    """Add the person who acts, inside a command; return the ref."""
    ref = entity("person").new_ref(store.next_numbers(["person"])["person"], tx.site)
    insert_row(store, "person", {"uid": uid, "ref": ref, "display_name": name[:LONGEST], "login": name[:LONGEST]})
    return ref
