"""What a dimension of the evidence signal of a pilot is called, and how it makes its signal."""

from collections.abc import Iterable
from typing import NamedTuple

from tracker.rules.signals.result import GREY, Finding, Signal, signal_of


class Dimension(NamedTuple):
    """A dimension: its name in data, its label, and the letter that heads its column."""

    name: str
    label: str
    letter: str

    def signal(self, findings: Iterable[Finding], missing: Iterable[str] = ()) -> Signal:
        """Return the signal that some findings make: the worst of their levels."""
        return signal_of(self.name, self.label, findings, missing)

    def unknown(self, rule: str, sentence: str, *missing: str) -> Signal:
        """Return a signal without a level, for a reason and with what is missing."""
        return self.signal([Finding(f"{self.name}.{rule}", GREY, sentence)], missing)
