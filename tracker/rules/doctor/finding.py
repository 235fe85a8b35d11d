"""A line of the doctor: what is, whether it is right, and by which code it is mended."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from tracker.errors import NO_VALUES

Status = Literal["fine", "note", "wrong"]
KIB = 1024
DAY_S = 86_400


class Finding(NamedTuple):
    """What is (``value``) under a label of a topic; ``problem`` is a sentence where it is not as it should be.

    A ``note`` is worth knowing and nothing is wrong. A front adds how it is mended by ``code`` and ``values``.
    """

    topic: str
    label: str
    value: str
    status: Status = "fine"
    code: str = ""
    problem: str = ""
    values: Mapping[str, object] = NO_VALUES


def is_wrong(findings: Sequence[Finding]) -> bool:
    """Return whether anything is wrong; notes are not."""
    return any(finding.status == "wrong" for finding in findings)


def size_in_words(size: int) -> str:
    """Return a number of bytes as people read it, such as “1.2 MB” (of 1,024 kB)."""
    amount = float(size)
    unit = "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if amount < KIB:
            break
        amount, unit = amount / KIB, larger
    return f"{size:,} bytes" if unit == "bytes" else f"{amount:,.1f} {unit}"


def span_in_words(seconds: float) -> str:
    """Return a length of time in the unit that fits, rounded: seconds, minutes, hours or days."""
    for length, unit in ((DAY_S, "day"), (3600, "hour"), (60, "minute")):
        if abs(seconds) >= length:
            number = round(abs(seconds) / length)
            return f"{number:,} {unit}{'' if number == 1 else 's'}"
    return f"{abs(seconds):.0f} seconds"
