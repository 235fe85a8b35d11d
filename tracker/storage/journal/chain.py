"""The journal's chain: each command's hash is made over the one before and over digests of its content.

A digest is taken over a random salt and the content, so that erasing a person can take content and salt
away while the chain still verifies. The salt goes too, since a name is easily guessed.
"""

import re
import sqlite3
from typing import TYPE_CHECKING, Any

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
        elif isinstance(value, bytes):
            parts.append(b"b%d:%s" % (len(value), value))
        elif isinstance(value, float):
            parts.append(b"f" + value.hex().encode())
        elif isinstance(value, int):
            parts.append(b"i%d" % value)
        else:
            text = str(value).encode("utf-8", "surrogatepass")
            parts.append(b"s%d:%s" % (len(text), text))
    return b";".join(parts)


def change_digest(salt: bytes, kind: str, row: str, field: str, old: Content, new: Content, base: int | None) -> bytes:
    """Return the digest of one change."""
    return sha256(salt + canonical((kind, row, field, old, new, base))).digest()


def reason_digest(salt: bytes, reason: str | None) -> bytes:
    """Return the digest of a command's reason."""
    return sha256(salt + canonical((reason,))).digest()


def tx_hash(connection: sqlite3.Connection, tx: int, before: bytes) -> bytes:
    """Return the hash of a command, from the hash before it and what the file now holds of it."""
    *head, reason, salt, digest = connection.execute(
        "SELECT id, at, day, actor, site, front, command, undoes, reason, salt, digest FROM tx WHERE id = ?", (tx,)
    ).fetchone()
    changes = connection.execute(CHANGES, (tx,)).fetchall()
    return link_hash(before, tuple(head), digest or reason_digest(salt or b"", reason), changes)


CHANGES = "SELECT kind, row, field, old, new, base, salt, digest FROM change WHERE tx = ? ORDER BY id"


def link_hash(before: bytes, head: tuple[Content, ...], reason: bytes, changes: list[tuple[Any, ...]]) -> bytes:
    """Return a link of the chain: ``head`` is (id, at, day, actor, site, front, command, undoes)."""
    link = sha256(before + canonical(head) + reason)
    for *content, salt, digest in changes:
        link.update(digest if salt is None and digest else change_digest(salt or b"", *content))
    return link.digest()


_PAIR = re.compile(r"(\w+)=('(?:[^']|'')*'|[^\n]*)\n")


def unpack(text: str) -> dict[str, str | int | float]:
    """Return the values of a whole record as the triggers packed them: ``name=quoted`` lines, empty ones left out."""
    return {name: _unquoted(quoted) for name, quoted in _PAIR.findall(text)}


def _unquoted(text: str) -> str | int | float:
    """Return a value that SQLite quoted."""
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    if text.lstrip("-").isdigit():
        return int(text)
    return float(text)
