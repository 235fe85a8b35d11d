"""Ratings: the scales on which people rate, each with words of its own, and a rating that knows its scale.

A rating is kept as a code, the same on every scale; its word is that of the scale on which it was given.
"""

from collections.abc import Mapping

from tracker.traits import Trait

NOT_RATED = "not_rated"
RATING_MARKS = {
    "green": "●",
    "amber_green": "◒",
    "amber": "▲",
    "amber_red": "◆",
    "red": "■",
    NOT_RATED: "○",
}
RATINGS = tuple(RATING_MARKS)[:-1]  # the best first
# The worst first; what nobody has judged, or not lately, stands above what is green.
WORST_FIRST = ("red", "amber_red", "amber", "amber_green", NOT_RATED, "green")
_UNRATED = {NOT_RATED: "Not rated"}
_RAG5 = {"green": "Green", "amber_green": "Amber/Green", "amber": "Amber", "amber_red": "Amber/Red", "red": "Red"}
_RAG3 = {code: _RAG5[code] for code in ("green", "amber", "red")}
_CONFIDENCE = dict(zip(RATINGS, ("High", "Medium-high", "Medium", "Medium-low", "Low"), strict=True))


class Scale(Trait):
    """A scale: what it is called, and its words by the code of the rating, the best first."""

    label: str
    words: Mapping[str, str]

    @property
    def typed(self) -> tuple[str, ...]:
        """The words as they are typed, and kept in forms: ``medium_high``."""
        return tuple(map(as_typed, self.words.values()))


SCALES = {
    "rag3": Scale("RAG (3 steps)", _RAG3 | _UNRATED),
    "rag5": Scale("RAG (5 steps)", _RAG5 | _UNRATED),
    "dta5": Scale("Confidence (5 steps)", _CONFIDENCE | _UNRATED),
}
USUAL_SCALE = "rag3"  # of a file without a programme


class Rated(str):
    """The code of a rating with the scale on which it was given, empty where nobody knows it.

    Where a kind of nothing was said in place of a rating the code is that of not rated; ``instead`` is then the kind
    with its mark, ``⊘ withheld``, and ``reason`` the words that were given for it.
    """

    __slots__ = ("instead", "reason", "scale")

    scale: str
    instead: str
    reason: str

    def __new__(cls, code: str, scale: str = "", instead: str = "", reason: str = "") -> "Rated":
        """Return the rating of a code."""
        rated = super().__new__(cls, code)
        rated.scale, rated.instead, rated.reason = scale, instead, reason
        return rated

    def __reduce__(self) -> tuple[type["Rated"], tuple[str, str, str, str]]:
        """Give what a copy is made from."""
        return Rated, (str(self), self.scale, self.instead, self.reason)

    @property
    def word(self) -> str:
        """What its scale calls it."""
        scale = SCALES.get(self.scale, SCALES["rag5"])
        return scale.words.get(str(self)) or SCALES["rag5"].words.get(str(self), str(self))

    @property
    def typed(self) -> str:
        """The word as it is typed."""
        return as_typed(self.word)


def as_typed(word: str) -> str:
    """Return the word of a rating as it is typed and compared: ``Amber/Green`` gives ``amber_green``."""
    return word.strip().lower().replace(" ", "_").replace("-", "_").replace("/", "_")


def typed_words(scale: Scale) -> list[str]:
    """Return the words of a scale as people are told to type them: ``medium-high``."""
    return [word.replace("_", "-") for word in scale.typed]


def words_of(scale: str) -> dict[str, Rated]:
    """Return the ratings of a scale by its words as they are typed."""
    return {as_typed(word): Rated(code, scale) for code, word in SCALES[scale].words.items()}


def words_of_all_scales() -> dict[str, Rated]:
    """Return every word that may be typed for a rating, by the word as typed; of a word that two scales have, one."""
    return words_of("rag5") | words_of("dta5")


def scale_of(rating: str | None) -> str:
    """Return the scale on which a rating was given; empty where nobody knows it, and where there is no rating."""
    return getattr(rating, "scale", "")


def scale_label(rating: str | None) -> str:
    """Return what the scale of a rating is called; that it is not known, where it is not."""
    labels = {name: scale.label for name, scale in SCALES.items()}
    return labels.get(scale_of(rating), "a scale that is not known")


def is_rated(rating: str | None) -> bool:
    """Return whether somebody judged: a rating that is on a scale, and not the word that there is none."""
    return rating in RATINGS


def comparable(first: str | None, second: str | None) -> bool:
    """Return whether two ratings may be held against each other: both judge, and on one scale."""
    return is_rated(first) and is_rated(second) and scale_of(first) == scale_of(second)


def worse_than(first: str | None, second: str | None) -> bool:
    """Return whether the first of two ratings is the worse; False where one of them does not judge."""
    if not is_rated(first) or not is_rated(second):
        return False
    return RATINGS.index(str(first)) > RATINGS.index(str(second))
