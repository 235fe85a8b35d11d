"""Kinds of nothing: what stands in place of a value, when somebody said why there is none."""

# What stands in place of a value, when somebody said which kind of nothing that is; each with its mark.
MARKS = {"missing": "·", "withheld": "⊘", "not_yet_known": "?", "not_applicable": "–"}


class Nothing:
    """What a field holds where it has no value, but somebody said which kind of nothing that is, and why.

    It is false, as no value is, so that nobody counts it. ``kind`` is one of MARKS.
    """

    __slots__ = ("kind", "words")

    def __init__(self, kind: str, words: str = "") -> None:
        self.kind = kind
        self.words = words

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Nothing) and (self.kind, self.words) == (other.kind, other.words)

    def __hash__(self) -> int:
        return hash((self.kind, self.words))

    def __repr__(self) -> str:
        return f"Nothing({self.kind!r}, {self.words!r})"

    @property
    def plain(self) -> str:
        """The kind as people write it: ``not yet known``."""
        return self.kind.replace("_", " ")

    @property
    def typed(self) -> str:
        """The kind and the words as they are typed: ``withheld: commercial in confidence``."""
        return f"{self.plain}: {self.words}" if self.words else self.plain

    @property
    def brief(self) -> str:
        """Mark and kind, for a column: ``⊘ withheld``."""
        return f"{MARKS[self.kind]} {self.plain}"

    @property
    def shown(self) -> str:
        """Mark and kind with the words behind them: ``⊘ withheld (commercial in confidence)``."""
        return f"{self.brief} ({self.words})" if self.words else self.brief
