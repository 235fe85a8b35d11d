"""Single rows: what a command reads before it writes, and the writing."""

import os
from collections.abc import Mapping
from typing import Any

from tracker.entities import Entity, entity
from tracker.fields import MISSING
from tracker.ratings import NOT_RATED, USUAL_SCALE, Rated
from tracker.storage.columns.sql import Link, expression, python_value, stored_value
from tracker.storage.queries import has_remarks, link_columns, marks
from tracker.storage.store import Raw, Store

_last_ms = 0


def uuid7(now_ms: int) -> str:
    """Return a UUID of version 7 (RFC 9562): it sorts by time, and later calls never give an earlier time."""
    global _last_ms
    _last_ms = max(now_ms, _last_ms)
    raw = bytearray(_last_ms.to_bytes(6, "big") + os.urandom(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def whole(kind: str, packed: str) -> dict[str, Raw]:
    """Return a record as the journal packed it; a column that a later step added has its default."""
    from tracker.storage.journal.chain import unpack  # who reads records has no need of the chain

    fields = (field for field in entity(kind).stored() if field.default not in (MISSING, None))
    later = {field.name: stored_value(field.default) for field in fields}
    return {**later, **unpack(packed)}


def insert_row(store: Store, kind: str, row: Mapping[str, Raw]) -> None:
    """Write a new row inside a command; values as the file holds them."""
    if store.waiting is not None and store.waiting.take(kind, row):
        return
    columns = ", ".join(f'"{name}"' for name in row)
    values = list(row.values())
    store.run(f'INSERT INTO "{kind}"({columns}) VALUES ({marks(values)})', values)


def update_row(store: Store, kind: str, uid: str, row: Mapping[str, Raw]) -> None:
    """Write some columns of a row inside a command, in one statement; values as the file holds them."""
    columns = ", ".join(f'"{name}" = ?' for name in row)
    store.run(f'UPDATE "{kind}" SET {columns} WHERE uid = ?', (*row.values(), uid))


def current(store: Store, kind: type[Entity], uid: str) -> tuple[dict[str, Any], str, bool] | None:
    """Return the settable values with uid and ``created_by``, the ref, and whether it is removed; None: no record.

    Who created it is the person whose record counts now, whichever they had then.
    What is said of fields is in their values: kinds of nothing, vague days.
    """
    fields = kind.settable()
    select = ", ".join(expression(kind, field.name, reckoned=False) for field in fields)
    author = "coalesce((SELECT p.alias_of FROM person p WHERE p.uid = t.created_by), t.created_by)"
    sql = f'SELECT t.ref, t.deleted_at, {author}, {select} FROM "{kind.kind}" t WHERE t.uid = ?'
    for ref, deleted_at, created_by, *raw in store.read(sql, (uid,)):
        read = [python_value(field, value) for field, value in zip(fields, raw, strict=True)]
        names = [field.name for field in fields]
        if has_remarks(store):
            from tracker.storage.said import lay_over

            lay_over(store, kind, [uid], names, [read])
        values = dict(zip(names, read, strict=True))
        return {**values, "uid": uid, "created_by": created_by}, ref, deleted_at is not None
    return None


def link(store: Store, kind: str, uid: str | None) -> Link | None:
    """Return ref and name of one record, removed or not; None when it does not exist, or no uid is given."""
    if not uid:
        return None
    rows = store.read(f'SELECT {link_columns(kind)} FROM "{kind}" t WHERE t.uid = ?', (uid,))
    return Link(*rows[0]) if rows else None


def alias_of(store: Store, uid: str) -> Link | None:
    """Return the record that took the place of a person's; None when none did."""
    rows = store.read("SELECT alias_of FROM person WHERE uid = ?", (uid,))
    return link(store, "person", rows[0][0]) if rows else None


def people_called(store: Store, name: str) -> list[tuple[str, str, int]]:
    """Return uid, ref and how well it fits (0 login, 1 ref, 2 name) of the two best people of that name.

    Records that became another's lead to that one.
    """
    return store.read(
        "SELECT p.uid, p.ref, min(CASE WHEN t.login = ?1 THEN 0 WHEN t.ref = upper(?1) THEN 1 ELSE 2 END) AS how "
        "FROM person t JOIN person p ON p.uid = coalesce(t.alias_of, t.uid) "
        "WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL "
        "AND (t.login = ?1 OR t.ref = upper(?1) OR t.display_name = ?1) GROUP BY p.uid ORDER BY how, p.id LIMIT 2",
        (name,),
    )


def everybody(store: Store) -> list[tuple[str, str, str | None, str]]:
    """Return uid and ref of everybody with a login and a name; of a record that became another's those of that one."""
    return store.read(
        "SELECT p.uid, p.ref, t.login, t.display_name "
        "FROM person t JOIN person p ON p.uid = coalesce(t.alias_of, t.uid) "
        "WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL ORDER BY t.id"
    )


def has_programme(store: Store) -> bool:
    """Return whether the file is about a programme already."""
    return bool(store.read("SELECT 1 FROM programme LIMIT 1"))


def rating_scale(store: Store) -> str:
    """Return the scale on which the programme rates now."""
    rows = store.read("SELECT rating_scale FROM programme LIMIT 1")
    return next((str(scale) for (scale,) in rows), USUAL_SCALE)


def last_rating(store: Store, pilot: str | None, rating_kind: str, dimension: str, day: str) -> Rated | None:
    """Return the newest rating of a pilot (or of the programme) up to a day; None without one.

    What was said in place of a rating is an answer: that it is not rated.
    """
    scale = expression(entity("confidence"), "rating_scale", "c")
    rows = store.read(
        f"SELECT uid, rating, {scale} FROM confidence c "
        "WHERE c.pilot IS ?1 AND c.rating_kind = ?2 AND c.dimension = ?3 AND c.deleted_at IS NULL AND c.as_of <= ?4 "
        "ORDER BY c.as_of DESC, c.id DESC LIMIT 1",
        (pilot, rating_kind, dimension, day),
    )
    for uid, rating, scale in rows:
        if rating:
            return Rated(rating, scale or "")
        from tracker.storage.said import nothings

        answer = nothings(store, [uid]).get((uid, "rating"))
        if answer is not None:
            return Rated(NOT_RATED, "", answer.brief, answer.words)
    return None


def next_iteration_number(store: Store, pilot: str) -> int:
    """Return the number of a pilot's next iteration."""
    rows = store.read(
        "SELECT coalesce(max(number), 0) + 1 FROM iteration WHERE pilot = ? AND deleted_at IS NULL", (pilot,)
    )
    return int(rows[0][0])
