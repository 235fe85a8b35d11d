"""The evidence of a programme on a day: what the signals are worked out of, and nothing else."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from tracker.rules.settings import DEFAULTS, Settings

ENDED = ("stopped", "retirement")


class Move(NamedTuple):
    """A field that got another value: the day it was recorded, the old and the new value, and why."""

    day: date
    old: Any
    new: Any
    reason: str = ""


class Evidence:
    """The live records of a programme at the end of a day, with the settings of that day.

    Records are entities whose references are uids. ``updated`` is the day of the last update that matters, by
    pilot uid; ``moves`` are the changes of a pilot's dates, costs and phase by (uid, field), the oldest first.
    Nothing here is ever changed after it was made, so what is looked up once is kept.
    """

    def __init__(
        self,
        day: date,
        records: Mapping[str, Iterable[Any]],
        settings: Settings = DEFAULTS,
        *,
        updated: Mapping[str, date] | None = None,
        moves: Mapping[tuple[str, str], list[Move]] | None = None,
    ) -> None:
        self.day = day
        self.settings = settings
        self.updated = updated or {}
        self.moves = moves or {}
        self._of = {kind: list(some) for kind, some in records.items()}
        self._by: dict[tuple[str, str], dict[Any, list[Any]]] = {}
        self._uid: dict[str, dict[str, Any]] = {}

    def of(self, kind: str) -> list[Any]:
        """Return the records of a kind, in the order in which they were added."""
        return self._of.get(kind, [])

    def by(self, kind: str, link: str, uid: str | None) -> list[Any]:
        """Return the records of a kind whose field ``link`` holds a uid (or any other value)."""
        key = kind, link
        if key not in self._by:
            found: dict[Any, list[Any]] = {}
            for record in self.of(kind):
                found.setdefault(getattr(record, link), []).append(record)
            self._by[key] = found
        return self._by[key].get(uid, [])

    def get(self, kind: str, uid: str | None) -> Any | None:
        """Return one record by its uid; None when it is not there."""
        if kind not in self._uid:
            self._uid[kind] = {record.uid: record for record in self.of(kind)}
        return self._uid[kind].get(uid or "")

    def ref(self, kind: str, uid: str | None) -> str:
        """Return the ref of a record; empty when it is not there."""
        record = self.get(kind, uid)
        return record.ref if record is not None else ""

    @property
    def programme(self) -> Any | None:
        """The programme; None when it was not there yet."""
        return next(iter(self.of("programme")), None)

    @property
    def pilots(self) -> list[Any]:
        """The pilots that have not been stopped or retired."""
        return [pilot for pilot in self.of("pilot") if pilot.phase not in ENDED]
