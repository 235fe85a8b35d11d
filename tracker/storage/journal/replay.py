"""The records that the journal makes, and what differs from them in the tables."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.entities import ENTITIES, entity
from tracker.storage.journal.chain import FORMULA, Content
from tracker.storage.journal.shape import number_of, number_problems
from tracker.storage.rows import whole
from tracker.storage.schema import RECORD, RESTATED, journalled

UNKNOWN = object()  # what an erasure took away cannot be compared
Key = tuple[str, str]  # kind and uid


class _Stamps(NamedTuple):
    """The commands that added a record and changed it last, and how many did either; 0: outside the program.

    ``place`` is that of the entry by which it was added, in the order of the journal.
    """

    added: int
    changed: int
    revisions: int
    place: int

    def revised(self, tx: int) -> "_Stamps":
        """Return the stamps after a command that changed the record."""
        return self._replace(changed=tx, revisions=self.revisions + (tx != self.changed))


_ENTRIES = "SELECT id, coalesce(tx, 0), kind, row, field, new, salt IS NULL, aside FROM change ORDER BY id"


class Replayed:
    """What the journal says: the values of each record, its stamps, and the highest number of each register.

    ``problems`` says what is wrong with the order and the kind of the entries themselves.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.values: dict[Key, dict[str, object]] = {}
        self.stamps: dict[Key, _Stamps] = {}
        self.given: dict[str, int] = {}
        self.problems: list[str] = []
        newer = connection.execute(f"SELECT min(id) FROM tx WHERE formula = {FORMULA}").fetchone()[0]
        last = 0
        for place, tx, kind, uid, field, new, erased, aside in connection.execute(_ENTRIES):
            if 0 < tx < last:
                self.problems.append(f"An entry of change {tx} stands behind those of change {last}: it was moved.")
            last = tx or last
            if aside is None:
                self._step((kind, uid), field, new, erased, tx, place)
            elif newer is None or tx < newer:
                self.problems.append(f"Change {tx} has an entry that counts for nothing, which its time did not know.")

    def _step(self, key: Key, field: str, new: Content, erased: int, tx: int, place: int) -> None:
        if field == RESTATED:
            if not erased:
                self._restate(key, {**whole(key[0], str(new))}, tx)
        elif field != RECORD:
            if key in self.values:
                self.values[key][field] = UNKNOWN if erased else new
                self.stamps[key] = self.stamps[key].revised(tx)
        elif erased and key not in self.values:
            self._add(key, dict.fromkeys(journalled(entity(key[0])), UNKNOWN), tx, place)
        elif erased or new is None:  # taken away: of a record that was there an erased row says no less
            self.values.pop(key, None)
        else:
            self._add(key, {**whole(key[0], str(new))}, tx, place)

    def _add(self, key: Key, values: dict[str, object], tx: int, place: int) -> None:
        self.values[key] = values
        self.stamps[key] = _Stamps(tx, tx, 1, place)
        self.given[key[0]] = max(self.given.get(key[0], 0), number_of(values.get("ref", "")))

    def _restate(self, key: Key, values: dict[str, object], tx: int) -> None:
        """Take what an erasure says of a record that lost entries: what was not lost has to be the same."""
        known = self.values.get(key)
        if known is None:
            self.problems.append(f"Change {tx} says again a {key[0]} that the journal does not have ({key[1]}).")
            return
        different = [
            name
            for name in journalled(entity(key[0]))
            if known.get(name) is not UNKNOWN and known.get(name) != values.get(name)
        ]
        if different:
            self.problems.append(
                f"{values.get('ref')}: change {tx} says {', '.join(different)} again, but not as the journal had it."
            )
        self.values[key] = values


def replay_problems(connection: sqlite3.Connection) -> list[str]:
    """Return which records, stamps and numbers are not what the journal says."""
    replayed = Replayed(connection)
    problems = replayed.problems
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
    last = 0
    for uid, *row in connection.execute(f'SELECT uid, {stamped} FROM "{kind}" ORDER BY id'):
        values = row[: len(names)]
        present = row[len(names) :]
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
        if stamps.place < last:
            yield f"{values[0]} does not stand where it was recorded: which of two is the newer was altered."
        last = max(last, stamps.place)
        expected = [stamps.revisions, *commands.get(stamps.added, ()), *commands.get(stamps.changed, ())]
        if 0 not in stamps and present != expected:
            yield f"{values[0]}: when it was recorded or changed, by whom or how often, is not what the journal says."
