"""Whether the links of the chain hold, in the order in which they were made, with the days by which they count."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from tracker.storage.journal.chain import FIRST, FORMULA, tx_hash
from tracker.storage.journal.clock import settling

OLD_FORMULA = 1  # its links do not cover the columns that came later: these are worked out again


class _Command(NamedTuple):
    """A command as the walk along the chain needs it."""

    id: int
    site: str
    number: int
    formula: int
    link: bytes | None


class _Walk:
    """What is known at a place of the chain: the newest link of each copy of the file, and what may come next."""

    def __init__(self) -> None:
        self.links: dict[str, bytes] = {}
        self.numbers: dict[str, int] = {}
        self.last = _Command(0, "", 0, OLD_FORMULA, FIRST)

    def refusal(self, command: _Command) -> str:
        """Return why a command cannot stand here, as a sentence; an empty text when nothing speaks against it."""
        number = command.id
        if number != self.last.id + 1:
            return f"Change {self.last.id + 1} is missing from the journal."
        if command.link is None:
            return f"Change {number} was never finished."
        if command.formula not in (OLD_FORMULA, FORMULA):
            return f"Change {number} is written by formula {command.formula}, which this program does not know."
        if command.formula < self.last.formula:
            return f"Change {number} is written by an older formula than the one before it: the journal was altered."
        if command.number != self.numbers.get(command.site, 0) + 1:
            return f"Change {number} is number {command.number} of its copy: changes before it were taken or put in."
        if command.site in self.numbers and command.site != self.last.site:
            return f"Change {number} comes after those of another copy, and nothing brings copies together."
        return ""

    def before(self, command: _Command) -> bytes:
        """Return the link that a command was made over; the first of a copy goes on from what the file held."""
        return self.links.get(command.site, self.last.link or FIRST)

    def step(self, command: _Command, link: bytes) -> None:
        """Go on behind a command."""
        self.links[command.site] = link
        self.numbers[command.site] = command.number
        self.last = command


def chain_problems(connection: sqlite3.Connection) -> list[str]:
    """Return the first place where the chain does not hold, as a sentence; what follows it proves nothing."""
    walk = _Walk()
    for row in connection.execute("SELECT id, site, number, formula, hash FROM tx ORDER BY id"):
        command = _Command(*row)
        refusal = walk.refusal(command)
        if refusal:
            return [refusal]
        link = tx_hash(connection, command.id, walk.before(command), command.formula)
        if link != command.link:
            return [f"The journal was altered at change {command.id}: it is not what was recorded then."]
        walk.step(command, link)
    return []


def day_problems(connection: sqlite3.Connection) -> list[str]:
    """Return the commands that count from another day than the rule gives, by the days of their clocks."""
    rows = connection.execute("SELECT id, day, recorded, jumped, as_at, formula FROM tx ORDER BY id").fetchall()
    return list(_other_days(rows))


def _other_days(rows: list[tuple[int, str, str, int, str | None, int]]) -> Iterator[str]:
    expected = settling(day for _, day, *_ in rows)
    for (number, _, day, jumped, as_at, formula), (counts, settled) in zip(rows, expected, strict=True):
        # A command of the newer formula may have been given for a day of its own, which its link covers.
        other_day = as_at != settled if formula == OLD_FORMULA else counts.jumped and as_at is None
        if (day, bool(jumped)) != counts or other_day:
            yield (
                f"Change {number} does not count from the day that the clocks of the changes before it give "
                f"({counts.day}): what an earlier day looked like was altered."
            )
