"""Whether the file holds what was recorded, all of it, and nothing else."""

import sqlite3

from tracker.entities import ENTITIES, entity, registers
from tracker.errors import Note
from tracker.storage import lease
from tracker.storage.connection import FAILURES, trouble
from tracker.storage.journal.chain import FIRST, tx_hash
from tracker.storage.rows import whole
from tracker.storage.schema import journalled, triggers
from tracker.storage.search_schema import index_is_damaged, search_triggers, stale_documents
from tracker.storage.store import Store

UNKNOWN = object()  # what an erasure took away cannot be compared


def verify(store: Store) -> list[str]:
    """Return what is wrong, each as a sentence; an empty list means that everything holds.

    Looks at SQLite's own integrity, references, the journal's triggers, the chain of commands, the current
    records against a replay of the journal, changes made outside the program, and the search table.
    """
    problems: list[str] = []
    for check in (_integrity, _references, _triggers, _chain, _replay, _outside, _search):
        try:
            problems += check(store.connection)
        except (sqlite3.Error, UnicodeDecodeError, ValueError, TypeError, KeyError, IndexError) as error:
            problems.append(f"The file is damaged: {check.__name__.strip('_')} could not be checked ({error}).")
    return problems


def _integrity(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("PRAGMA integrity_check").fetchall()
    return [f"SQLite finds damage: {row[0]}." for row in rows if row[0] != "ok"]


def _references(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [f"A record of {row[0]} points at a {row[2]} that does not exist." for row in rows]


def _triggers(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    present = dict(rows)
    problems = []
    for name, sql in {**triggers(), **search_triggers()}.items():
        if name not in present:
            problems.append(f"The trigger {name}, which keeps the journal, is missing.")
        elif present[name] != sql:
            problems.append(f"The trigger {name}, which keeps the journal, is not as it should be.")
    return problems


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
    state = _replayed(connection)
    problems = []
    for kind in ENTITIES:
        names = journalled(entity(kind))
        columns = ", ".join(f'"{name}"' for name in names)
        for uid, *values in connection.execute(f'SELECT uid, {columns} FROM "{kind}"').fetchall():
            replayed = state.pop((kind, uid), None)
            if replayed is None:
                problems.append(f"{values[0]} ({kind}) is in the file, but the journal never heard of it.")
                continue
            different = [
                name
                for name, value in zip(names, values, strict=True)
                if replayed.get(name) is not UNKNOWN and replayed.get(name) != value
            ]
            if different:
                problems.append(f"{values[0]}: {', '.join(different)} is not what the journal says.")
    problems += [f"A {kind} that the journal knows is not in the file ({uid})." for kind, uid in state]
    return problems


def _replayed(connection: sqlite3.Connection) -> dict[tuple[str, str], dict[str, object]]:
    """Return the records that the journal makes, by kind and uid; what was erased is UNKNOWN."""
    state: dict[tuple[str, str], dict[str, object]] = {}
    for kind, uid, field, new, erased in connection.execute(
        "SELECT kind, row, field, new, salt IS NULL FROM change ORDER BY id"
    ):
        key = kind, uid
        if field != "*":
            if key in state:
                state[key][field] = UNKNOWN if erased else new
        elif erased and key not in state:
            state[key] = dict.fromkeys(journalled(entity(kind)), UNKNOWN)
        elif erased or new is None:  # taken away: of a record that was there an erased row says no less
            state.pop(key, None)
        else:
            state[key] = {**whole(kind, new)}
    return state


def _outside(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT c.kind, c.row, c.field, c.old, c.new FROM change c WHERE c.tx IS NULL ORDER BY c.id"
    ).fetchall()
    problems = []
    for kind, uid, field, old, new in rows:
        ref = connection.execute(f'SELECT ref FROM "{kind}" WHERE uid = ?', (uid,)).fetchone()
        record = ref[0] if ref else f"a {kind}"
        change = "the whole record" if field == "*" else f"{field} from “{old}” to “{new}”"
        problems.append(f"{record} was changed outside the program: {change}.")
    return problems


def _search(connection: sqlite3.Connection) -> list[str]:
    def count(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    expected = sum(count(f'SELECT count(*) FROM "{kind.kind}" WHERE deleted_at IS NULL') for kind in registers())
    have = count("SELECT count(*) FROM search_doc")
    if expected != have:
        return [Note("search.stale", f"The search table holds {have} records, not {expected}.")]
    stale = sum(map(count, stale_documents()))
    if stale:
        return [Note("search.stale", f"The search table does not show {stale} records as they are.")]
    if index_is_damaged(connection):
        return [Note("search.stale", "The full-text table of the search is damaged; records and journal are not.")]
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
