"""Whether the file holds what was recorded, all of it, and nothing else."""

import sqlite3
from collections.abc import Callable, Mapping

from tracker.entities import searched
from tracker.errors import Note
from tracker.storage import lease
from tracker.storage.connection import FAILURES, trouble
from tracker.storage.copies.naming import backups
from tracker.storage.journal.anchors import backup_problems, frozen_problems
from tracker.storage.journal.chain import FIRST, FORMULA, tx_hash
from tracker.storage.journal.replay import replay_problems
from tracker.storage.journal.shape import shape_problems, site_problems
from tracker.storage.search_schema import index_is_damaged, stale_documents
from tracker.storage.store import Store

UNREADABLE = (sqlite3.Error, UnicodeDecodeError, ValueError, TypeError, KeyError, IndexError)


def verify(store: Store) -> list[str]:
    """Return what is wrong, each as a sentence; an empty list means that everything holds.

    Looks at SQLite's own integrity, references, tables and triggers, the chain of commands, the current records
    against a replay of the journal, changes made outside the program, what was frozen, and the search table; and
    at what stands outside the chain and holds its end: codes on frozen papers, and the backups beside the file.
    """
    problems: list[str] = []
    for name, check in CHECKS.items():
        try:
            problems += check(store.connection)
        except UNREADABLE as error:
            problems.append(f"The file is damaged: {name} could not be checked ({error}).")
    return problems + backup_problems(store.connection, backups(store.path))


def _integrity(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("PRAGMA integrity_check").fetchall()
    return [f"SQLite finds damage: {row[0]}." for row in rows if row[0] != "ok"]


def _references(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [f"A record of {row[0]} points at a {row[2]} that does not exist." for row in rows]


def _chain(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong with the links of each site, and with what they say was emptied."""
    links: dict[tuple[str, int], bytes] = {}
    before, expected = FIRST, 1
    for number, site, of_site, formula, link in connection.execute(
        "SELECT id, site, number, formula, hash FROM tx ORDER BY id"
    ).fetchall():
        if number != expected:
            return [f"Change {expected} is missing from the journal."]
        if link is None:
            return [f"Change {number} was never finished."]
        if tx_hash(connection, number, links.get((site, of_site - 1), before), formula) != link:
            return [f"The journal was altered at change {number}: it is not what was recorded then."]
        links[site, of_site] = before = link
        expected += 1
    return _blanks(connection)


# An entry may be empty only when a command says that it emptied it: an erasure, or the first command that kept a list.
_UNEXPLAINED = """
SELECT c.tx FROM change c WHERE c.salt IS NULL AND c.tx IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM blanked b JOIN tx x ON x.id = b.tx WHERE b.change = c.id AND (x.command = 'erase' OR x.id = ?1))
UNION SELECT t.id FROM tx t WHERE t.salt IS NULL AND NOT EXISTS (
  SELECT 1 FROM blanked b JOIN tx x ON x.id = b.tx WHERE b.command = t.id AND b.place = 0
  AND (x.command = 'erase' OR x.id = ?1)) ORDER BY 1
"""


def _blanks(connection: sqlite3.Connection) -> list[str]:
    first = connection.execute("SELECT min(id) FROM tx WHERE formula = ?", (FORMULA,)).fetchone()[0]
    if first is None:  # no command has been given since the file came to this schema: the next one makes the list
        erased = connection.execute("SELECT coalesce(max(id), 0) FROM tx WHERE command = 'erase'").fetchone()[0]
        rows = [row for row in connection.execute(_UNEXPLAINED, (0,)).fetchall() if row[0] > erased]
    else:
        rows = connection.execute(_UNEXPLAINED, (first,)).fetchall()
    return [f"Change {row[0]} was emptied although no erasure says so: the journal was altered." for row in rows]


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

    expected = sum(count(f'SELECT count(*) FROM "{kind.kind}" WHERE deleted_at IS NULL') for kind in searched())
    have = count("SELECT count(*) FROM search_doc")
    if expected != have:
        return [Note("search.stale", f"The search table holds {have} records, not {expected}.")]
    stale = sum(map(count, stale_documents()))
    if stale:
        return [Note("search.stale", f"The search table does not show {stale} records as they are.")]
    if count("SELECT count(*) FROM search_docsize") != have:
        return [Note("search.stale", "The full-text table does not hold what the search table does.")]
    if index_is_damaged(connection):
        return [Note("search.stale", "The full-text table of the search is damaged; records and journal are not.")]
    return []


Check = Callable[[sqlite3.Connection], list[str]]
CHECKS: Mapping[str, Check] = {
    "integrity": _integrity,
    "references": _references,
    "tables": shape_problems,
    "chain": _chain,
    "records": replay_problems,
    "outside": _outside,
    "frozen papers": frozen_problems,
    "site": site_problems,
    "search": _search,
}


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
