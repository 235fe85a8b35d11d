"""A record as somebody wants it saved, and what the rules say of it."""

from typing import Any, TypeVar

from tracker.entities import Entity
from tracker.errors import Note, Problem
from tracker.storage.queries import record
from tracker.storage.store import Acting, Store

E = TypeVar("E", bound=Entity)
Values = dict[str, Any]


class Proposal:
    """A record before it is saved; rules complete its ``values`` and report to it what is wrong and what is odd.

    ``before`` holds the values as they are in the file, with ``uid`` and ``created_by``; None for a new record.
    """

    def __init__(self, store: Store, which: type[Entity], values: Values, before: Values | None, by: Acting) -> None:
        self.store = store
        self.which = which
        self.values = values
        self.before = before
        self.by = by
        self.problems: list[Problem] = []
        self.notes: list[Note] = []

    @property
    def uid(self) -> str:
        """The uid of the record; empty for a new one."""
        return "" if self.before is None else str(self.before["uid"])

    def get(self, name: str) -> Any:
        """Return a value; None where there is none."""
        return self.values.get(name)

    def changed(self, *names: str) -> bool:
        """Return whether the record is new, or one of the fields has another value than before."""
        before = self.before
        return before is None or any(self.values.get(name) != before.get(name) for name in names)

    def linked(self, register: type[E], field: str) -> E | None:
        """Return the record that a reference names, removed or not; None where there is none."""
        uid = self.values.get(field)
        return record(self.store, register, uid) if uid else None

    def refuse(self, field: str, code: str, message: str, **values: object) -> None:
        """Report what is wrong with a field (empty: with the record)."""
        self.problems.append(Problem(field, code, message, values))

    def note(self, code: str, message: str, **values: object) -> None:
        """Report what the user should know."""
        self.notes.append(Note(code, message, **values))
