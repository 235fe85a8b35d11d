"""The one kind of error that a user can mend, and what it tells the fronts."""

from typing import NamedTuple

USER_CAN_MEND = 1
WRONG_USAGE = 2
FILE_CANNOT_BE_USED = 3
INTERRUPTED = 130


class Problem(NamedTuple):
    """What is wrong with one field: its name (empty: the record as a whole) and a sentence."""

    field: str
    sentence: str


class TrackerError(Exception):
    """Something a user can mend: ``str(error)`` says what is wrong, where, and what to do."""

    exit_code = USER_CAN_MEND


class Invalid(TrackerError):
    """Values that break rules; ``problems`` holds one entry for each field that is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(problem.sentence for problem in problems))


class Clash(NamedTuple):
    """A field that two people changed: what you started from, what each wants, and whose it is now."""

    field: str
    label: str
    base: object
    yours: object
    theirs: object
    who: str
    when: str


class Conflict(TrackerError):
    """A save that would overwrite somebody else's change; ``clashes`` holds both people's values."""

    def __init__(self, ref: str, clashes: list[Clash]) -> None:
        self.ref = ref
        self.clashes = clashes
        fields = "; ".join(f"{c.label} is now “{c.theirs}” ({c.who}, {c.when}), you wrote “{c.yours}”" for c in clashes)
        super().__init__(f"{ref} was changed while you edited it: {fields}. Nothing was saved.")


class FileTrouble(TrackerError):
    """The programme file cannot be used as it is; the file was not changed."""

    exit_code = FILE_CANNOT_BE_USED
