"""Beginning a new chain with the records of a file whose journal did not come whole."""

import re
import sqlite3
from pathlib import Path

from tracker.entities import ENTITIES, entity
from tracker.storage.backup import open_plainly
from tracker.storage.queries import marks
from tracker.storage.schema import journalled
from tracker.storage.store import Acting, Store

# What a new file makes for itself: its journal, its numbers and search tables, and what sqlite-utils keeps.
OWN = ("tx", "change", "sequence", "search", "search_doc", "search_gone")


def begin_again(rows: Path, path: Path, by: Acting, who: str, reason: str) -> Path:
    """Write the records of a file into a new one, by one command whose reason says where they come from.

    They keep uid, ref and values; who wrote them when is what the old journal knew. Raises FileTrouble.
    """
    source = open_plainly(rows)
    try:
        with Store.open(path, create=True) as store:
            store.write_unsafely()
            person = _person(source, by, who)
            with store.command(by._replace(person=person), "recover", reason=reason):
                for kind in ENTITIES:
                    _bring(source, store, kind, ["id", "uid", *journalled(entity(kind))])
                    _number(source, store, kind)
                if not source.execute("SELECT 1 FROM person WHERE uid = ?", (person,)).fetchone():
                    _add_person(store, person, who)
                for table in _others(source, store):
                    _bring(source, store, table, _columns(source, table))
    finally:
        source.close()
    return path


def _person(source: sqlite3.Connection, by: Acting, who: str) -> str:
    """Return the uid of whoever recovers: of the person who has this login in the file, else of a new one."""
    row = source.execute("SELECT uid FROM person WHERE login = ? ORDER BY id LIMIT 1", (who,)).fetchone()
    return str(row[0]) if row else by.person


def _add_person(store: Store, uid: str, who: str) -> None:
    ref = entity("person").new_ref(store.next_numbers(["person"])["person"], "")
    store.run("INSERT INTO person(uid, ref, display_name, login) VALUES (?, ?, ?, ?)", (uid, ref, who, who))


def _bring(source: sqlite3.Connection, store: Store, table: str, columns: list[str]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    sql = f'INSERT OR IGNORE INTO "{table}"({names}) VALUES ({marks(columns)})'
    for row in source.execute(f'SELECT {names} FROM "{table}" ORDER BY rowid').fetchall():
        store.run(sql, row)


def _number(source: sqlite3.Connection, store: Store, kind: str) -> None:
    """Let the numbers of a kind go on where they stood; a number is never given twice."""
    counted = source.execute("SELECT coalesce(max(last), 0) FROM sequence WHERE kind = ?", (kind,)).fetchone()[0]
    refs = source.execute(f'SELECT ref FROM "{kind}"').fetchall()
    numbers = [int(match[0]) for (ref,) in refs if (match := re.search(r"\d{1,9}\Z", ref))]
    last = max([int(counted), *numbers])
    if last:
        store.reserve_numbers(kind, last)


def _others(source: sqlite3.Connection, store: Store) -> list[str]:
    """Return the tables that are neither registers nor made by the new file itself, and that both files have."""
    new = {row[0] for row in store.read("SELECT name FROM sqlite_master WHERE type = 'table'")}
    old = {row[0] for row in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    derived = {name for name in new & old if name.startswith(("search", "sqlite_", "_"))}
    return sorted((new & old) - derived - set(ENTITIES) - set(OWN))


def _columns(source: sqlite3.Connection, table: str) -> list[str]:
    return [row[0] for row in source.execute("SELECT name FROM pragma_table_info(?)", (table,))]
