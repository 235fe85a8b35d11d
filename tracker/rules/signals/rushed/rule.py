"""What a rule about haste gives."""

from typing import NamedTuple

from tracker.rules.signals.result import Finding


class Outcome(NamedTuple):
    """What a rule found (None: it does not apply) and what it would have needed."""

    finding: Finding | None = None
    missing: str = ""


NONE = Outcome()
