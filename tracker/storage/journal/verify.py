"""Whether the file holds what was recorded, all of it, and nothing else."""

import sqlite3
from typing import Any

from tracker.entities import ENTITIES, entity
from tracker.storage import lease
from tracker.storage.connection import FAILURES, trouble
from tracker.storage.journal.chain import FIRST, tx_hash
from tracker.storage.rows import whole
from tracker.storage.schema import journalled, triggers
from tracker.storage.search_schema import search_triggers, stale_documents
from tracker.storage.store import Store

UNKNOWN = object()  # what an erasure took away cannot be compared


def verify(store: Store) -> list[str]:
    """Return what is wrong, each as a sentence; an empty list means that everything holds.

    Looks at SQLite's own integrity, references, the journal's triggers, the chain of commands, the current
    records against a replay of the journal, changes made outside the program, and the search table.
    """
    found: list[str] = []
    for check in (_integrity, _references, _triggers, _chain, _replay, _outside, _search):
        try:
            found += check(store.connection)
        except (sqlite3.Error, UnicodeDecodeError, ValueError, TypeError, KeyError, IndexError) as error:
            found.append(f"The file is damaged: {check.__name__.strip('_')} could not be checked ({error}).")
    return found


def _integrity(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("PRAGMA integrity_check").fetchall()
    return [f"SQLite finds damage: {row[0]}." for row in rows if row[0] != "ok"]


def _references(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [f"A record of {row[0]} points at a {row[2]} that does not exist." for row in rows]


def _triggers(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    have = dict(rows)
    wanted = {**triggers(), **search_triggers()}
    return [
        f"The trigger {name}, which keeps the journal, is {'missing' if name not in have else 'not as it should be'}."
        for name, sql in wanted.items()
        if have.get(name) != sql
    ]


def _chain(connection: sqlite3.Connection) -> list[str]:
    before, expected = FIRST, 1
    for number, link in connection.execute("SELECT id, hash FROM tx ORDER BY id").fetchall():
        if number != expected:
            return [f"Change {expected} is missing from the journal."]
        if link is None:
            return [f"Change {number} was never finished."]
        if tx_hash(connection, number, before) != link:
            return [f"The journal was altered at change {number}: it is not what was recorded then."]
        before, expected = link, expected + 1
    return []


def _replay(connection: sqlite3.Connection) -> list[str]:
    state: dict[tuple[str, str], dict[str, Any]] = {}
    for kind, uid, field, new, known in connection.execute(
        "SELECT kind, row, field, new, salt IS NOT NULL FROM change ORDER BY id"
    ):
        if field == "*" and not known and (kind, uid) in state:  # it was there: so it was taken away
            del state[kind, uid]
        elif field == "*" and not known:
            state[kind, uid] = dict.fromkeys(journalled(entity(kind)), UNKNOWN)
        elif field == "*" and new is None:
            state.pop((kind, uid), None)
        elif field == "*":
            state[kind, uid] = whole(kind, new)
        elif (kind, uid) in state:
            state[kind, uid][field] = new if known else UNKNOWN
    found = []
    for kind in ENTITIES:
        names = journalled(entity(kind))
        columns = ", ".join(f'"{name}"' for name in names)
        for uid, *values in connection.execute(f'SELECT uid, {columns} FROM "{kind}"').fetchall():
            replayed = state.pop((kind, uid), None)
            if replayed is None:
                found.append(f"{values[0]} ({kind}) is in the file, but the journal never heard of it.")
                continue
            differ = [
                name
                for name, value in zip(names, values, strict=True)
                if replayed.get(name) is not UNKNOWN and replayed.get(name) != value
            ]
            if differ:
                found.append(f"{values[0]}: {', '.join(differ)} is not what the journal says.")
    found += [f"A {kind} that the journal knows is not in the file ({uid})." for kind, uid in state]
    return found


def _outside(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT c.kind, c.row, c.field, c.old, c.new FROM change c WHERE c.tx IS NULL ORDER BY c.id"
    ).fetchall()
    found = []
    for kind, uid, field, old, new in rows:
        ref = connection.execute(f'SELECT ref FROM "{kind}" WHERE uid = ?', (uid,)).fetchone()
        called = ref[0] if ref else f"a {kind}"
        what = f"{field} from “{old}” to “{new}”" if field != "*" else "the whole record"
        found.append(f"{called} was changed outside the program: {what}.")
    return found


def _search(connection: sqlite3.Connection) -> list[str]:
    wanted = sum(
        connection.execute(f'SELECT count(*) FROM "{kind}" WHERE deleted_at IS NULL').fetchone()[0]
        for kind in ENTITIES
        if not entity(kind).hidden
    )
    have = connection.execute("SELECT count(*) FROM search_doc").fetchone()[0]
    if wanted != have:
        return [f"The search table holds {have} records, not {wanted}; “tracker check --mend” makes it anew."]
    others = sum(connection.execute(sql).fetchone()[0] for sql in stale_documents())
    if others:
        return [f"The search table does not show {others} records as they are; “tracker check --mend” makes it anew."]
    return []


def mend(store: Store) -> None:
    """Make what can be made anew: the triggers and the search table. Records and journal are left as they are.

    Raises FileTrouble, with nothing changed.
    """
    from tracker.storage.migrations import make_derived

    try:
        with lease.held(store.path):
            store.connection.execute("BEGIN IMMEDIATE")
            make_derived(store.connection)
            store.connection.execute("COMMIT")
    except FAILURES as error:
        raise trouble(error, store.path) from error
    finally:
        if store.connection.in_transaction:
            store.connection.execute("ROLLBACK")
