"""Where a person stands in a text, and which of these places are emptied."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from tracker.rules.erasing.folding import fold, letters, same_name
from tracker.rules.erasing.forms import CAPITAL, Form, Sureness

GONE = "[name removed]"
AROUND = 28  # the signs of a passage on each side of what was written


class Hit(NamedTuple):
    """A place in a text where a person may be meant, how sure that is, and the words as they are written there."""

    start: int
    end: int
    sureness: Sureness
    part: str


class Decision(NamedTuple):
    """What people decided of places that are not certain: likely ones that stay, and open ones that go all the same.

    Each is a ref (of a record, ``#12`` of the reason of a change), a word as it is compared, or both: ``R-014 may``.
    """

    leave: frozenset[str] = frozenset()
    take: frozenset[str] = frozenset()

    def takes(self, key: str, hit: Hit) -> bool:
        """Whether a place goes that stands in what a ref names."""
        word = same_name(hit.part)
        names = {key.lower(), word, f"{key.lower()} {word}"}
        if hit.sureness == "open":
            return bool(names & self.take)
        return hit.sureness == "certain" or not names & self.leave

    @classmethod
    def of(cls, leave: Iterable[str], take: Iterable[str]) -> "Decision":
        """Return what somebody decided in words."""
        return cls(frozenset(map(same_name, leave)), frozenset(map(same_name, take)))


class Finder:
    """Finds a person in texts by the ways in which the name is written."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._forms = list(forms)
        self._stems = {form.stem for form in self._forms}

    def hits(self, text: str) -> list[Hit]:
        """Return where the person stands in a text, in its order; no place is counted twice."""
        plain = letters(text)
        if not any(stem in plain for stem in self._stems):
            return []
        folded = fold(text)
        hits: list[Hit] = []
        for form in self._forms:
            if form.stem not in folded.text:
                continue
            for match in form.pattern.finditer(folded.text):
                start, end = folded.span(*match.span())
                part = text[start:end]
                free = all(end <= hit.start or hit.end <= start for hit in hits)
                if free and _is_written(form.written, part):
                    hits.append(Hit(start, end, form.sureness, part))
        return sorted(hits)

    def removed(self, text: str, takes: Callable[[Hit], bool]) -> str:
        """Return a text with a mark in place of what is taken."""
        parts = []
        at = 0
        for hit in self.hits(text):
            if takes(hit):
                parts += [text[at : hit.start], GONE]
                at = hit.end
        return "".join([*parts, text[at:]])


def _is_written(needed: str, part: str) -> bool:
    if needed == CAPITAL:
        return part[:1].isupper()
    return not needed or part.isupper() or part.split() == needed.split()


def passage(text: str, hit: Hit) -> str:
    """Return what stands around a place, on one line."""
    start = max(0, hit.start - AROUND)
    end = min(len(text), hit.end + AROUND)
    return " ".join(f"{'…' * (start > 0)}{text[start:end]}{'…' * (end < len(text))}".split())
