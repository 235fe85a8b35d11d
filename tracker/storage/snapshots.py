"""The table of what was frozen: compressed bytes, found by the SHA-256 of what they hold; never changed or deleted."""

from typing import NamedTuple

from tracker.storage.store import Store


class Stored(NamedTuple):
    """What the table holds under a hash: how many bytes, compressed."""

    sha256: str
    size: int


def put(store: Store, sha256: str, data: bytes) -> None:
    """Store compressed bytes under the SHA-256 of the data inside, inside a command; the same data is stored once."""
    store.run("INSERT INTO snapshot_data(sha256, data) VALUES (?, ?) ON CONFLICT(sha256) DO NOTHING", (sha256, data))


def get(store: Store, sha256: str) -> bytes | None:
    """Return the compressed bytes under a hash; None when nothing is stored there."""
    rows = store.read("SELECT data FROM snapshot_data WHERE sha256 = ?", (sha256,))
    return bytes(rows[0][0]) if rows else None


def stored(store: Store) -> list[Stored]:
    """Return everything that is stored, by hash; snapshots whose freezing was undone leave theirs behind."""
    return [Stored(*row) for row in store.read("SELECT sha256, length(data) FROM snapshot_data ORDER BY sha256")]
