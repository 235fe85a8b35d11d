"""Taking content out of the journal, and saying in the chain that it went: nothing else may look like that.

An entry that is emptied keeps its digest, so that its own link still verifies. Which entries a command emptied is
part of its link, and the records that they were about are said once more, so that values can be compared again.
"""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from tracker.entities import ENTITIES, entity
from tracker.storage.journal.chain import FORMULA, Content, change_digest
from tracker.storage.schema import RESTATED, packed

_PLACES = """
SELECT c.id, c.tx, (SELECT count(*) FROM change e WHERE e.tx = c.tx AND e.id <= c.id) FROM change c WHERE c.id = ?
"""


class Entry(NamedTuple):
    """A change that still has its content, and its digest."""

    id: int
    kind: str
    row: str
    field: str
    old: Content
    new: Content
    digest: bytes


_CONTENTS = """
SELECT c.id, x.formula, c.salt, b.site, coalesce(b.number, c.base), c.aside, c.base,
       c.kind, c.row, c.field, c.old, c.new
FROM change c LEFT JOIN tx x ON x.id = c.tx LEFT JOIN tx b ON b.id = c.base
WHERE c.salt IS NOT NULL AND c.tx {condition}
"""


def contents(connection: sqlite3.Connection, condition: str, tx: int) -> list[Entry]:
    """Return the changes with their digests whose command meets a condition in SQL, ``IS ?`` or ``IS NOT ?``."""
    entries = []
    for number, formula, salt, site, numbered, aside, base, *content in connection.execute(
        _CONTENTS.format(condition=condition), (tx,)
    ).fetchall():
        last = (site, numbered, aside) if formula == FORMULA else (base,)
        kind, row, field, old, new = content
        entries.append(Entry(number, kind, row, field, old, new, change_digest(salt, (*content, *last))))
    return entries


def blank_changes(connection: sqlite3.Connection, tx: int, digests: Iterable[tuple[int, bytes]]) -> None:
    """Empty changes, each given with its digest, in the name of a command."""
    for number, digest in digests:
        connection.execute(
            "UPDATE change SET digest = ?, old = NULL, new = NULL, salt = NULL WHERE id = ?", (digest, number)
        )
        note_blanks(connection, tx, [number])


def note_blanks(connection: sqlite3.Connection, tx: int, changes: Iterable[int]) -> None:
    """Write down that a command emptied changes."""
    for number in changes:
        change, command, place = connection.execute(_PLACES, (number,)).fetchone()
        if command is not None:  # a change from outside the program is in no link
            connection.execute(
                "INSERT INTO blanked(tx, command, place, change) VALUES (?, ?, ?, ?)", (tx, command, place, change)
            )


def blank_reason(connection: sqlite3.Connection, tx: int, command: int, digest: bytes) -> None:
    """Empty the reason of a command, in the name of another."""
    connection.execute("UPDATE tx SET digest = ?, reason = NULL, salt = NULL WHERE id = ?", (digest, command))
    connection.execute("INSERT INTO blanked(tx, command, place) VALUES (?, ?, 0)", (tx, command))


def restate(connection: sqlite3.Connection, tx: int) -> None:
    """Write into the journal what the records hold now that lost entries in a command."""
    lost = "SELECT DISTINCT c.row FROM blanked b JOIN change c ON c.id = b.change WHERE b.tx = :tx AND c.kind = :kind"
    newest = "SELECT coalesce(tx, 0) FROM change WHERE row = t.uid AND aside IS NULL ORDER BY id DESC LIMIT 1"
    for kind in ENTITIES:
        connection.execute(
            f"INSERT INTO change(tx, kind, row, field, old, new, base, salt) SELECT :tx, :kind, t.uid, '{RESTATED}', "
            f'NULL, {packed(entity(kind), "t.")}, ({newest}), randomblob(16) FROM "{kind}" t WHERE t.uid IN ({lost})',
            {"tx": tx, "kind": kind},
        )


def adopt(connection: sqlite3.Connection, tx: int) -> None:
    """Let the first command of this formula say what erasures before it emptied, which wrote no list of it.

    What is empty although no erasure came after it stays unexplained: somebody else emptied it.
    """
    erasures = f"SELECT max(id) FROM tx WHERE command = 'erase' AND formula < {FORMULA}"
    rows = connection.execute(f"SELECT id FROM change WHERE salt IS NULL AND tx <= ({erasures}) ORDER BY id").fetchall()
    note_blanks(connection, tx, [number for (number,) in rows])
    connection.execute(
        f"INSERT INTO blanked(tx, command, place) SELECT ?, id, 0 FROM tx WHERE salt IS NULL AND id < ({erasures})",
        (tx,),
    )
    restate(connection, tx)
