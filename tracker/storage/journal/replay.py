"""The records that the journal makes, and what differs from them in the tables."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.entities import ENTITIES, entity
from tracker.storage.journal.shape import number_of, number_problems
from tracker.storage.rows import whole
from tracker.storage.schema import RECORD, RESTATED, journalled

UNKNOWN = object()  # what an erasure took away cannot be compared
Key = tuple[str, str]  # kind and uid


class _Stamps(NamedTuple):
    """The commands that added a record and changed it last, and how many did either; 0: outside the program."""

    added: int
    changed: int
    revisions: int

    def revised(self, tx: int) -> "_Stamps":
        """Return the stamps after a command that changed the record."""
        return self._replace(changed=tx, revisions=self.revisions + (tx != self.changed))


class Replayed:
    """What the journal says: the values of each record, its stamps, and the highest number of each register."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.values: dict[Key, dict[str, object]] = {}
        self.stamps: dict[Key, _Stamps] = {}
        self.given: dict[str, int] = {}
        for row in connection.execute(
            "SELECT kind, row, field, new, salt IS NULL, coalesce(tx, 0) FROM change WHERE aside IS NULL ORDER BY id"
        ):
            self._step(*row)

    def _step(self, kind: str, uid: str, field: str, new: str | int | float | None, erased: int, tx: int) -> None:
        key = kind, uid
        if field == RESTATED:
            if not erased:
                self.values[key] = {**whole(kind, str(new))}
        elif field != RECORD:
            if key in self.values:
                self.values[key][field] = UNKNOWN if erased else new
                self.stamps[key] = self.stamps[key].revised(tx)
        elif erased and key not in self.values:
            self._add(key, dict.fromkeys(journalled(entity(kind)), UNKNOWN), tx)
        elif erased or new is None:  # taken away: of a record that was there an erased row says no less
            self.values.pop(key, None)
        else:
            self._add(key, {**whole(kind, str(new))}, tx)

    def _add(self, key: Key, values: dict[str, object], tx: int) -> None:
        self.values[key] = values
        self.stamps[key] = _Stamps(tx, tx, 1)
        self.given[key[0]] = max(self.given.get(key[0], 0), number_of(values.get("ref", "")))


def replay_problems(connection: sqlite3.Connection) -> list[str]:
    """Return which records, stamps and numbers are not what the journal says."""
    replayed = Replayed(connection)
    problems: list[str] = []
    commands = {number: stamp for number, *stamp in connection.execute(_COMMANDS).fetchall()}
    for kind in ENTITIES:
        problems += _compared(connection, kind, replayed, commands)
    problems += [f"A {kind} that the journal knows is not in the file ({uid})." for kind, uid in replayed.values]
    return problems + number_problems(connection, replayed.given)


# When each command was given and by whom, as stamps have it.
_COMMANDS = "SELECT id, strftime('%Y-%m-%dT%H:%M:%SZ', (at >> 16) / 1000, 'unixepoch'), actor FROM tx"


def _compared(
    connection: sqlite3.Connection, kind: str, replayed: Replayed, commands: Mapping[int, Sequence[str]]
) -> Iterator[str]:
    names = journalled(entity(kind))
    columns = ", ".join(f'"{name}"' for name in names)
    stamped = f"{columns}, rev, created_at, created_by, updated_at, updated_by"
    for uid, *row in connection.execute(f'SELECT uid, {stamped} FROM "{kind}"').fetchall():
        values, present = row[: len(names)], row[len(names) :]
        known = replayed.values.pop((kind, uid), None)
        if known is None:
            yield f"{values[0]} ({kind}) is in the file, but the journal never heard of it."
            continue
        different = [
            name
            for name, value in zip(names, values, strict=True)
            if known.get(name) is not UNKNOWN and known.get(name) != value
        ]
        if different:
            yield f"{values[0]}: {', '.join(different)} is not what the journal says."
        stamps = replayed.stamps[kind, uid]
        expected = [stamps.revisions, *commands.get(stamps.added, ()), *commands.get(stamps.changed, ())]
        if 0 not in stamps and present != expected:
            yield f"{values[0]}: when it was recorded or changed, by whom or how often, is not what the journal says."
