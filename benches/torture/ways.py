"""Ways of altering a programme file by plain SQL, by somebody who knows how it is built.

Triggers are taken off before and put back after each (but where a way says otherwise). ``again`` makes every link anew
from a change on, as the program would have made it.
"""

import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Callable
from typing import NamedTuple

from tracker.storage.journal.chain import FIRST, change_digest, reason_digest, tx_hash
from tracker.storage.journal.verify import CHECKS

File = sqlite3.Connection
assert CHECKS  # what is noticed is said by these


class Way(NamedTuple):
    """A way: what is done, the verdict of reliability.md on 0.1 (empty: not tried then), and the doing.

    ``triggers`` is whether the triggers are put back. ``copies`` is whether it takes every copy and paper to be
    replaced for nobody to notice; ``base`` is the file that it needs.
    """

    what: str
    before: str
    do: Callable[[File], None]
    triggers: str = "put back"
    copies: bool = False
    base: str = "sound"

    @property
    def of_search(self) -> bool:
        """Whether it is the search that is altered; after the others it is made anew, as somebody would."""
        return any(word in self.what for word in ("search", "full-text", "words"))


def again(file: File, since: int = 1) -> None:
    """Make the links of a file with one site anew from a change on."""
    link = FIRST
    for number, formula, old in file.execute("SELECT id, formula, hash FROM tx ORDER BY id").fetchall():
        link = old if number < since else tx_hash(file, number, link, formula)
        file.execute("UPDATE tx SET hash = ? WHERE id = ?", (link, number))


def sql(*statements: str, since: int = 0) -> Callable[[File], None]:
    """Return what runs statements, and makes the chain anew from a change on where ``since`` says one."""

    def do(file: File) -> None:
        for statement in statements:
            file.execute(statement)
        if since:
            again(file, since)

    return do


def _digest_of(file: File, change: int) -> bytes:
    row = file.execute(
        "SELECT c.salt, c.kind, c.row, c.field, c.old, c.new, b.site, coalesce(b.number, c.base), c.aside, x.formula, "
        "c.base FROM change c JOIN tx x ON x.id = c.tx LEFT JOIN tx b ON b.id = c.base WHERE c.id = ?",
        (change,),
    ).fetchone()
    salt, *content, formula, base = row
    return change_digest(salt, content if formula == 2 else (*content[:5], base))


def empty(file: File, change: int) -> None:
    """Make an entry look erased."""
    digest = _digest_of(file, change)
    file.execute("UPDATE change SET digest = ?, old = NULL, new = NULL, salt = NULL WHERE id = ?", (digest, change))


def _first(file: File, statement: str) -> int:
    return int(file.execute(statement).fetchone()[0])


RATING = "SELECT id FROM change WHERE kind = 'confidence' AND field = '*' ORDER BY id LIMIT 1"


def look_erased(file: File) -> None:
    """Change a rating and make its entry look erased."""
    empty(file, _first(file, RATING))
    file.execute("UPDATE confidence SET rating = 'green' WHERE id = 1")


def look_erased_with_a_list(file: File) -> None:
    """Do the same, and say in the list that the old command (or an erasure) emptied it."""
    number = _first(file, RATING)
    empty(file, number)
    command = _first(file, f"SELECT tx FROM change WHERE id = {number}")
    eraser = _first(file, "SELECT id FROM tx WHERE command = 'erase'")
    file.execute("INSERT INTO blanked(tx, command, place, change) VALUES (?, ?, 1, ?)", (eraser, command, number))
    file.execute("UPDATE confidence SET rating = 'green' WHERE id = 1")


def all_erased(file: File) -> None:
    """Make the whole journal look erased, and write every title anew."""
    for (number,) in file.execute("SELECT id FROM change WHERE salt IS NOT NULL").fetchall():
        empty(file, number)
    file.execute("UPDATE win SET title = 'A great success'")


def reason_replaced(file: File) -> None:
    """Replace a reason, with the digest of the old one kept."""
    number, salt, reason = file.execute("SELECT id, salt, reason FROM tx WHERE reason IS NOT NULL").fetchone()
    digest = reason_digest(salt, reason)
    file.execute("UPDATE tx SET digest = ?, reason = 'Because the board asked' WHERE id = ?", (digest, number))


def reason_erased(file: File) -> None:
    """Empty a reason as an erasure does."""
    number, salt, reason = file.execute("SELECT id, salt, reason FROM tx WHERE reason IS NOT NULL").fetchone()
    digest = reason_digest(salt, reason)
    file.execute("UPDATE tx SET digest = ?, reason = NULL, salt = NULL WHERE id = ?", (digest, number))


def forged_at_the_end(file: File) -> None:
    """Put one more command at the end in another's name, with its record changed, as the program would."""
    last = _first(file, "SELECT max(id) FROM tx")
    file.execute(
        "INSERT INTO tx(id, number, at, day, recorded, actor, site, front, command, salt, formula) SELECT id + 1, "
        "number + 1, at + 1, day, recorded, (SELECT uid FROM person ORDER BY id LIMIT 1), site, front, 'risk.set', "
        "randomblob(16), 2 FROM tx WHERE id = ?",
        (last,),
    )
    base = _first(file, "SELECT tx FROM change WHERE kind = 'risk' ORDER BY id DESC LIMIT 1")
    file.execute(
        "INSERT INTO change(tx, kind, row, field, old, new, base, salt) SELECT ?, 'risk', uid, 'cause', cause, 'None', "
        "?, randomblob(16) FROM risk WHERE id = 1",
        (last + 1, base),
    )
    file.execute(
        "UPDATE risk SET cause = 'None', rev = rev + 1, (updated_at, updated_by) = (SELECT "
        "strftime('%Y-%m-%dT%H:%M:%SZ', (at >> 16) / 1000, 'unixepoch'), actor FROM tx WHERE id = ?) WHERE id = 1",
        (last + 1,),
    )
    again(file, last + 1)


def cut_off(since: int) -> Callable[[File], None]:
    """Return what takes every command from one on away, with what it did."""

    def do(file: File) -> None:
        rows = file.execute("SELECT kind, row, field, old FROM change WHERE tx >= ? ORDER BY id DESC", (since,))
        for kind, uid, field, old in rows.fetchall():
            if field == "*":
                file.execute(f'DELETE FROM "{kind}" WHERE uid = ?', (uid,))
            else:
                file.execute(f'UPDATE "{kind}" SET "{field}" = ? WHERE uid = ?', (old, uid))
        file.execute("DELETE FROM change WHERE tx >= ?", (since,))
        file.execute("DELETE FROM tx WHERE id >= ?", (since,))
        _stamps(file)

    return do


def _stamps(file: File) -> None:
    for kind in ("win", "pilot", "risk", "person"):
        file.execute(
            f'UPDATE "{kind}" SET rev = (SELECT count(DISTINCT c.tx) FROM change c WHERE c.row = uid AND c.id >= ('
            f"SELECT max(id) FROM change WHERE row = c.row AND field = '*')), (updated_at, updated_by) = (SELECT "
            f"strftime('%Y-%m-%dT%H:%M:%SZ', (x.at >> 16) / 1000, 'unixepoch'), x.actor FROM change c JOIN tx x ON "
            f"x.id = c.tx WHERE c.row = uid ORDER BY c.id DESC LIMIT 1)"
        )


def changed_and_chained(since_frozen: bool) -> Callable[[File], None]:
    """Return what changes an old value (of before the papers, or of after them), and makes the whole chain anew."""

    def do(file: File) -> None:
        if since_frozen:
            file.execute("UPDATE change SET new = 'No queues' WHERE field = 'problem' AND new IS NOT NULL AND tx > 18")
            file.execute("UPDATE pilot SET problem = 'No queues' WHERE problem LIKE 'Queues at%'")
            again(file, 18)
        else:
            file.execute(
                "UPDATE change SET new = replace(new, 'rating=''amber''', 'rating=''green''') WHERE field = '*' "
                "AND kind = 'confidence'"
            )
            file.execute("UPDATE confidence SET rating = 'green' WHERE rating = 'amber'")
            again(file, 1)

    return do


def frozen(file: File, chained: bool, record: bool = True) -> None:
    """Alter what was frozen; its hash in the record, or record and journal with the chain made anew, go with it."""
    digest, data = file.execute("SELECT sha256, data FROM snapshot_data ORDER BY rowid LIMIT 1").fetchone()
    content = json.loads(zlib.decompress(data))
    content["documents"]["summary"]["header"]["title"] = "All is well"
    raw = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    new = hashlib.sha256(raw).hexdigest() if record else digest
    file.execute("UPDATE snapshot_data SET data = ?, sha256 = ? WHERE sha256 = ?", (zlib.compress(raw, 9), new, digest))
    file.execute("UPDATE snapshot SET sha256 = ? WHERE sha256 = ?", (new, digest))
    if chained:
        for side in ("old", "new"):
            pair = (digest, new, digest)
            file.execute(f"UPDATE change SET {side} = replace({side}, ?, ?) WHERE instr({side}, ?)", pair)
        again(file, 1)


def snapshot_erased(file: File) -> None:
    """Replace what was frozen and make the entry of its snapshot look erased."""
    empty(file, _first(file, "SELECT id FROM change WHERE kind = 'snapshot' AND field = '*' LIMIT 1"))
    frozen(file, chained=False)


def moved_behind(file: File) -> None:
    """Give an older entry the higher number, so that the older value counts."""
    older, newer = (row[0] for row in file.execute("SELECT id FROM change WHERE field = 'cause' ORDER BY id LIMIT 2"))
    for old, new in ((older, -1), (newer, older), (-1, newer)):
        file.execute("UPDATE change SET id = ? WHERE id = ?", (new, old))
    file.execute("UPDATE risk SET cause = 'Too few people there'")


def swapped_records(file: File) -> None:
    """Let the older of two ratings of a day be the newer one."""
    for old, new in ((2, -1), (3, 2), (-1, 3)):
        file.execute("UPDATE confidence SET id = ? WHERE id = ?", (new, old))


def another_copy_in_the_middle(file: File) -> None:
    """Put a command of a copy with a mark of its own between two, with all that follows moved on."""
    place = 19
    last = _first(file, "SELECT max(id) FROM tx")
    for number in range(last, place - 1, -1):
        file.execute("UPDATE tx SET id = id + 1 WHERE id = ?", (number,))
        for table, column in (("tx", "undoes"), ("change", "tx"), ("change", "base"), ("blanked", "tx")):
            file.execute(f"UPDATE {table} SET {column} = {column} + 1 WHERE {column} = ?", (number,))
    file.execute(
        "INSERT INTO tx(id, number, at, day, recorded, actor, site, front, command, salt, formula, reason) "
        "SELECT id + 1, 1, at + 1, day, recorded, actor, 'B', front, 'risk.set', randomblob(16), 2, 'It was agreed' "
        "FROM tx WHERE id = ?",
        (place - 1,),
    )
    before = file.execute("SELECT hash FROM tx WHERE id = ?", (place - 1,)).fetchone()[0]
    file.execute("UPDATE tx SET hash = ? WHERE id = ?", (tx_hash(file, place, before), place))


def swapped_entries(file: File) -> None:
    """Swap what two entries hold."""
    rows = file.execute("SELECT id, new, salt FROM change WHERE field = 'cause' ORDER BY id LIMIT 2").fetchall()
    for (number, *_), (_, new, salt) in zip(rows, reversed(rows), strict=True):
        file.execute("UPDATE change SET new = ?, salt = ? WHERE id = ?", (new, salt, number))


def restated_otherwise(file: File) -> None:
    """Let the erasure say another value of a record than the journal had, and make the chain anew from there."""
    eraser = _first(file, "SELECT max(id) FROM tx WHERE command = 'erase'")
    file.execute(
        "INSERT INTO change(id, tx, kind, row, field, new, base, salt) "
        "SELECT (SELECT max(id) FROM change WHERE tx <= ?1) + 1000000, ?1, 'confidence', row, '=', "
        "replace(new, '''amber''', '''green'''), tx, randomblob(16) FROM change "
        "WHERE kind = 'confidence' AND new LIKE '%amber%' LIMIT 1",
        (eraser,),
    )
    file.execute("UPDATE change SET id = id + 2000000 WHERE tx > ?", (eraser,))
    file.execute("UPDATE confidence SET rating = 'green' WHERE rating = 'amber'")
    again(file, eraser)


def table_without_rule(file: File) -> None:
    """Take a CHECK out of a table."""
    file.execute("PRAGMA writable_schema=ON")
    file.execute("UPDATE sqlite_master SET sql = replace(sql, ' STRICT', '') WHERE name = 'win'")
    file.execute("UPDATE sqlite_master SET sql = replace(sql, '<= 10000', '<= 99999') WHERE name = 'risk'")
    file.execute("PRAGMA writable_schema=RESET")


def content_put_back(file: File) -> None:
    """Write into an entry that was erased."""
    file.execute(
        "UPDATE change SET new = 'Zeb Quirkson' WHERE id = (SELECT change FROM blanked WHERE place = 1 LIMIT 1)"
    )


def reason_put_back(file: File) -> None:
    """Write a reason where an erasure took one."""
    file.execute("UPDATE tx SET reason = 'The board said so' WHERE id = (SELECT command FROM blanked WHERE place = 0)")


def twisted_salt(file: File) -> None:
    """Give an entry another salt."""
    file.execute("UPDATE change SET salt = ? WHERE id = 5", (os.urandom(16),))
