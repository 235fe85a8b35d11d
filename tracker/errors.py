"""What a user can mend and what a user should know: sentences, each with a code by which a front knows it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple, Self

USER_CAN_MEND = 1
WRONG_USAGE = 2
FILE_CANNOT_BE_USED = 3
INTERRUPTED = 130

NO_VALUES: Mapping[str, object] = MappingProxyType({})


class Problem(NamedTuple):
    """What is wrong with one field (empty: the record as a whole).

    ``message`` is a sentence; ``code`` says which one, and ``values`` what a front needs to add how it is mended.
    """

    field: str
    code: str
    message: str
    values: Mapping[str, object] = NO_VALUES

    def __str__(self) -> str:
        return self.message

    @classmethod
    def of(cls, field: str, cause: "Note | TrackerError") -> Self:
        """Return the problem of a field that a note or an error says."""
        return cls(field, cause.code, str(cause), cause.values)


class Note(str):
    """A sentence about what was done, with a code and values as a problem has them."""

    code: str
    values: Mapping[str, object]

    def __new__(cls, code: str, message: str, **values: object) -> Self:
        note = super().__new__(cls, message)
        note.code = code
        note.values = values
        return note


class TrackerError(Exception):
    """Something a user can mend: ``str(error)`` says what is wrong and where.

    ``code`` (mostly empty) and ``values`` let a front add how it is mended there.
    """

    exit_code = USER_CAN_MEND

    def __init__(self, message: str, code: str = "", **values: object) -> None:
        super().__init__(message)
        self.code = code
        self.values = values

    @classmethod
    def of(cls, cause: Note | Problem) -> Self:
        """Return the error that a note or a problem says."""
        return cls(str(cause), cause.code, **cause.values)


class Invalid(TrackerError):
    """Values that break rules; ``problems`` holds one entry for each field that is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(problem.message for problem in problems), "invalid")


class Clash(NamedTuple):
    """A field that two people changed: what you started from, what each wants, whose it is now, and since when (UTC).

    ``at`` is None where that is not known.
    """

    field: str
    label: str
    base: object
    yours: object
    theirs: object
    who: str
    at: datetime | None

    @property
    def when(self) -> str:
        """When theirs was written, in words."""
        return self.at.strftime("%Y-%m-%d %H:%M UTC") if self.at else "just now"


class Conflict(TrackerError):
    """A save that would overwrite somebody else's change; ``clashes`` holds both people's values.

    ``now`` holds all values of the record as it stands in the file.
    """

    def __init__(self, ref: str, clashes: Sequence[Clash], now: Mapping[str, Any]) -> None:
        self.ref = ref
        self.clashes = list(clashes)
        self.now = dict(now)
        fields = "; ".join(f"{c.label} is now “{c.theirs}” ({c.who}, {c.when}), you wrote “{c.yours}”" for c in clashes)
        super().__init__(f"{ref} was changed while you edited it: {fields}. Nothing was saved.", "conflict")


class FileTrouble(TrackerError):
    """The programme file cannot be used as it is; the file was not changed."""

    exit_code = FILE_CANNOT_BE_USED
