"""Numbers that are a part of one, and read in per cent, where another field of their record says so."""

from tracker.traits import Trait


class Share(float):
    """A part of one, 0 to 1, of a field whose numbers are shares in some records only."""

    __slots__ = ()


class ShareWhere(Trait):
    """A mark of a field: its number is a part of one in records whose field ``field`` holds ``value``."""

    field: str
    value: str
