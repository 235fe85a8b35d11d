"""Numbers that are a part of one, and read in per cent, where another field of their record says so."""

from collections.abc import Mapping
from typing import TypeVar

from tracker.traits import Trait

T = TypeVar("T")


class Share(float):
    """A part of one, 0 to 1, of a field whose numbers are shares in some records only."""

    __slots__ = ()


class ShareWhere(Trait):
    """A mark of a field: its number is a part of one in records whose field ``field`` holds ``value``."""

    field: str
    value: str

    def read(self, number: T, values: Mapping[str, object]) -> T | Share:
        """Return a number of a record with these values: a share where they say so; what is no number stays."""
        if isinstance(number, float) and values.get(self.field) == self.value:
            return Share(number)
        return number
