"""What holds the end of the chain from outside: the codes that papers were frozen with, and the backups.

Whoever can write the file can make a whole new chain; the code on a paper and the end of a backup do not go with it.
"""

import json
import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tracker.errors import Note
from tracker.storage.copies.naming import BEFORE_RESTORE, read_name

LEAST_CODE = 8  # hexadecimal digits: of frozen papers of version 0.1 no more are known
LARGEST = 64 * 1024 * 1024  # bytes of frozen data: a pack of 250 pilots has a tenth


class Anchor(NamedTuple):
    """A command that a code names: its number and the code."""

    tx: int
    code: str


def command_of(connection: sqlite3.Connection, code: str) -> int | None:
    """Return the number of the command whose hash begins with a code of LEAST_CODE digits or more; None: no command."""
    digits = re.sub(r"[\s-]", "", code).lower()
    if len(digits) < LEAST_CODE or not re.fullmatch(r"[0-9a-f]{1,64}", digits):
        return None
    rows = connection.execute("SELECT id FROM tx WHERE hex(hash) GLOB ? || '*' LIMIT 1", (digits.upper(),)).fetchall()
    return int(rows[0][0]) if rows else None


def codes_in(frozen: bytes) -> dict[str, str]:
    """Return the code of the journal that each paper of frozen data carries, by the name of the paper.

    What was published of a snapshot carries the hash of that instead.
    """
    data = json.loads(frozen)
    documents = {} if "of" in data else data["documents"]
    return {name: str(paper["header"]["head"]) for name, paper in documents.items()}


def unpacked(data: bytes) -> bytes:
    """Return frozen data as it was. Raises ValueError when it is damaged, or larger than any paper."""
    reader = zlib.decompressobj()
    try:
        raw = reader.decompress(data, LARGEST)
    except zlib.error as error:
        raise ValueError(f"damaged ({error})") from error
    if not reader.eof:
        raise ValueError("cut off, or larger than any paper")
    return raw


def frozen_problems(connection: sqlite3.Connection) -> list[str]:
    """Return which frozen papers are not what was frozen, or carry a code that the journal does not have."""
    stored = dict(connection.execute("SELECT sha256, data FROM snapshot_data").fetchall())
    problems: list[str] = []
    for ref, digest in connection.execute("SELECT ref, sha256 FROM snapshot ORDER BY id").fetchall():
        if digest not in stored:
            problems.append(Note("frozen.gone", f"{ref}: what was frozen is not in the file any more."))
    names = dict(connection.execute("SELECT sha256, ref FROM snapshot").fetchall())
    for digest, data in stored.items():
        problems += _frozen(connection, names.get(digest, "A snapshot whose freezing was undone"), digest, data)
    return problems


def _frozen(connection: sqlite3.Connection, name: str, digest: str, data: bytes) -> Iterator[str]:
    try:
        raw = unpacked(data)
    except ValueError as error:
        yield Note("frozen.damaged", f"{name}: what was frozen is {error}.")
        return
    if sha256(raw).hexdigest() != digest:
        yield Note("frozen.altered", f"{name}: what is stored is not what was frozen.")
        return
    for paper, code in codes_in(raw).items():
        if code and command_of(connection, code) is None:
            yield Note(
                "anchor.paper",
                f"{name}: its {paper} carries the code {code}, which the journal does not have: the journal was "
                f"altered since, or this is another copy of the file.",
            )


class End(NamedTuple):
    """The newest command of a file: its number and its hash."""

    tx: int
    link: bytes


def backup_problems(connection: sqlite3.Connection, copies: list[Path]) -> list[str]:
    """Return which backups hold changes that the file lacks; what a restore put aside explains them."""
    ends = {copy: end for copy in copies if (end := _end(copy)) is not None}
    aside = [copy for copy in ends if (named := read_name(copy)) and named.reason == BEFORE_RESTORE]
    missing = [copy for copy, end in ends.items() if copy not in aside and not _has(connection, end)]
    problems: list[str] = []
    for copy in missing:
        if not any(_holds(other, ends[copy]) for other in aside):
            message = (
                f"The backup {copy.name} ends with change {ends[copy].tx}, code {ends[copy].link.hex()[:16]}, which "
                f"this file does not have: its journal was cut off or altered since, or an older copy took its place."
            )
            problems.append(Note("anchor.backup", message))
    return problems


def _end(copy: Path) -> End | None:
    """Return the end of a backup's journal; None when it cannot be read, which is for restoring to say."""
    with suppress(sqlite3.Error, OSError), closing(_opened(copy)) as backup:
        rows = backup.execute("SELECT id, hash FROM tx WHERE hash IS NOT NULL ORDER BY id DESC LIMIT 1").fetchall()
        return End(*rows[0]) if rows else None
    return None


def _opened(copy: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _has(connection: sqlite3.Connection, end: End) -> bool:
    return bool(connection.execute("SELECT 1 FROM tx WHERE id = ? AND hash = ?", end).fetchall())


def _holds(copy: Path, end: End) -> bool:
    with suppress(sqlite3.Error, OSError), closing(_opened(copy)) as backup:
        return _has(backup, end)
    return False
