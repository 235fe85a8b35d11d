"""The journal's chain: each command's hash is made over the one before and over digests of its content.

A digest is taken over a random salt and the content, so that erasing a person can take content and salt
away while the chain still verifies. The salt goes too, since a name is easily guessed.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:  # the same function without OpenSSL, which takes as long to load as a win to write
        from _sha2 import sha256
    except ImportError:
        try:
            from _sha256 import sha256
        except ImportError:
            from hashlib import sha256

FIRST = b"\0" * 32

Content = str | int | float | bytes | None  # what a column of the journal holds


def canonical(values: tuple[Content, ...]) -> bytes:
    """Return values as bytes that no two different tuples share and no library version changes."""
    parts = []
    for value in values:
        if value is None:
            parts.append(b"n")
        elif isinstance(value, str):  # first, since nearly all of a journal is
            text = value.encode("utf-8", "surrogatepass")
            parts.append(b"s%d:%s" % (len(text), text))
        elif isinstance(value, bytes):
            parts.append(b"b%d:%s" % (len(value), value))
        elif isinstance(value, float):
            parts.append(b"f" + value.hex().encode())
        else:
            parts.append(b"i%d" % value)
    return b";".join(parts)


def change_digest(salt: bytes, content: Sequence[Content]) -> bytes:
    """Return the digest of one change: of kind, row, field, old and new, and what else its formula takes in."""
    return sha256(salt + canonical(tuple(content))).digest()


def reason_digest(salt: bytes, reason: str | None) -> bytes:
    """Return the digest of a command's reason."""
    return sha256(salt + canonical((reason,))).digest()


class Blank(NamedTuple):
    """An entry that an erasure emptied: its site and number in the chain, its place there, and its digest.

    ``place`` is that of a change in its command, counted from 1; 0 is the command's reason.
    """

    site: str
    number: int
    place: int
    digest: bytes


# The numbers of the chain and not those of this file: they say the same in every copy.
FORMULA = 2
_FORMULA_1 = "x.number, x.at, x.day, x.actor, x.site, x.front, x.command, u.number"
_FORMULA_2 = (
    "2, x.site, x.number, x.at, x.day, x.recorded, x.jumped, x.as_at, x.actor, x.front, x.command, u.site, u.number"
)
_HEADS = "SELECT {head}, x.reason, x.salt, x.digest FROM tx x LEFT JOIN tx u ON u.id = x.undoes WHERE x.id = ?"
_CHANGES_1 = "SELECT kind, row, field, old, new, base, salt, digest FROM change WHERE tx = ? ORDER BY id"
_CHANGES_2 = (
    "SELECT c.kind, c.row, c.field, c.old, c.new, b.site, coalesce(b.number, c.base), c.aside, c.salt, c.digest "
    "FROM change c LEFT JOIN tx b ON b.id = c.base WHERE c.tx = ? ORDER BY c.id"
)
_BLANKS = """
SELECT x.site, x.number, b.place, coalesce(c.digest, x.digest) FROM blanked b
LEFT JOIN change c ON c.id = b.change JOIN tx x ON x.id = b.command WHERE b.tx = ? ORDER BY b.command, b.place
"""


# What a command is linked to: the one before of its site; the first of a site goes on from what the file held.
_BEFORE = """coalesce((SELECT b.hash FROM tx b WHERE b.site = x.site AND b.number = x.number - 1),
                (SELECT hash FROM tx WHERE id = x.id - 1))"""


def sealed(connection: sqlite3.Connection, tx: int, *, emptied: bool) -> bytes:
    """Return the hash of the command that is being written; ``emptied`` is whether it emptied entries."""
    before, *head, reason, salt, _ = connection.execute(
        _HEADS.format(head=f"{_BEFORE}, {_FORMULA_2}"), (tx,)
    ).fetchone()
    blanks = connection.execute(_BLANKS, (tx,)).fetchall() if emptied else ()
    changes = connection.execute(_CHANGES_2, (tx,))  # not all at once: an import has hundreds of thousands
    kept = reason_digest(salt, reason)
    return link_hash(before or FIRST, tuple(head), kept, changes, [Blank(*blank) for blank in blanks])


def tx_hash(connection: sqlite3.Connection, tx: int, before: bytes, formula: int = FORMULA) -> bytes:
    """Return the hash of a command, from the hash before it and what the file now holds of it."""
    newer = formula == FORMULA
    *head, reason, salt, digest = connection.execute(
        _HEADS.format(head=_FORMULA_2 if newer else _FORMULA_1), (tx,)
    ).fetchone()
    changes = connection.execute(_CHANGES_2 if newer else _CHANGES_1, (tx,)).fetchall()
    blanks = connection.execute(_BLANKS, (tx,)).fetchall() if newer else ()
    kept = digest if salt is None and digest else reason_digest(salt or b"", reason)
    return link_hash(before, tuple(head), kept, changes, [Blank(*blank) for blank in blanks])


def link_hash(
    before: bytes,
    head: tuple[Content, ...],
    reason: bytes,
    changes: Iterable[Sequence[Any]],
    blanks: Iterable[Blank] = (),
) -> bytes:
    """Return a link of the chain: over the one before, the head of its command, its reason, changes and blanks.

    A change is its content, then its salt, then the digest that was kept when the content went.
    """
    link = sha256(before + canonical(head) + reason)
    for *content, salt, digest in changes:
        link.update(digest if salt is None and digest else change_digest(salt or b"", content))
    for blank in blanks:
        link.update(canonical(blank))
    return link.digest()


_PAIR = r"(\w+)=('(?:[^']|'')*'|[^\n]*)\n"


def unpack(text: str) -> dict[str, str | int | float]:
    """Return the values of a whole record as the triggers packed them: ``name=quoted`` lines, empty ones left out."""
    return {name: _unquoted(quoted) for name, quoted in re.findall(_PAIR, text)}


def _unquoted(text: str) -> str | int | float:
    """Return a value that SQLite quoted."""
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    if text.lstrip("-").isdigit():
        return int(text)
    return float(text)
