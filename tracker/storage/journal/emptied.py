"""Whether what is empty in the journal was emptied by an erasure that says so, and is still empty."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from tracker.storage.journal.chain import FORMULA


class _Said(NamedTuple):
    """What the list says: that a command (of a name and a formula) emptied an entry; and what that entry is now.

    ``of`` is the command that the entry really belongs to, ``full`` whether it has content.
    """

    tx: int
    name: str
    formula: int
    command: int
    place: int
    change: int | None
    of: int | None
    full: int


_LIST = """
SELECT b.tx, x.command, x.formula, b.command, b.place, b.change, c.tx,
       CASE WHEN b.place = 0 THEN r.salt IS NOT NULL ELSE c.salt IS NOT NULL END
FROM blanked b JOIN tx x ON x.id = b.tx LEFT JOIN change c ON c.id = b.change LEFT JOIN tx r ON r.id = b.command
ORDER BY b.tx, b.command, b.place
"""
_EMPTY = "SELECT id, tx, coalesce(old, new) IS NOT NULL FROM change WHERE salt IS NULL AND tx IS NOT NULL ORDER BY id"
_NO_REASON = "SELECT id, reason IS NOT NULL FROM tx WHERE salt IS NULL ORDER BY id"


def emptied_problems(connection: sqlite3.Connection) -> list[str]:
    """Return which entries are empty without an erasure that says so, and which are not although one does.

    The list of an erasure is part of its own link. What erasures of the first formula emptied is listed by the first
    command of the second; before there is one, whatever is empty before the last erasure has to be believed.
    """
    said = [_Said(*row) for row in connection.execute(_LIST).fetchall()]
    first = connection.execute("SELECT min(id) FROM tx WHERE formula = ?", (FORMULA,)).fetchone()[0]
    problems = list(dict.fromkeys(_not_so(said, first)))
    believed = 0
    if first is None:
        believed = connection.execute("SELECT coalesce(max(id), 0) FROM tx WHERE command = 'erase'").fetchone()[0]
    changes = {entry.change for entry in said}
    reasons = {entry.command for entry in said if entry.place == 0}
    for number, tx, has_content in connection.execute(_EMPTY).fetchall():
        if has_content:
            problems.append(f"Change {tx} has content again that was erased: the journal was altered.")
        elif number not in changes and tx > believed:
            problems.append(_unexplained(tx))
    for tx, has_content in connection.execute(_NO_REASON).fetchall():
        if has_content:
            problems.append(f"Change {tx} has a reason again that was erased: the journal was altered.")
        elif tx not in reasons and tx >= max(believed, 1):
            problems.append(_unexplained(tx))
    return list(dict.fromkeys(problems))


def _unexplained(tx: int) -> str:
    return f"Change {tx} was emptied although no erasure says so: the journal was altered."


def _not_so(said: list[_Said], first: int | None) -> Iterator[str]:
    for entry in said:
        if entry.formula != FORMULA or (entry.name != "erase" and entry.tx != first):
            yield f"Change {entry.tx} is said to have emptied entries, which only an erasure does."
        elif entry.place and entry.of != entry.command:
            yield f"Change {entry.tx} says that it emptied an entry of change {entry.command}, where there is none."
        elif entry.full:
            yield f"Change {entry.command} has content again that change {entry.tx} erased: the journal was altered."
