"""Records that were renamed between two papers: in each their names give way to their refs, so that texts compare."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracker.rules.wording import short

REF = re.compile(r"\b[A-Z]{1,3}-[A-Z]?[0-9]+(?:\.[A-Z][A-Z0-9]*)?\b")
LONGEST = 80


class Renamed(NamedTuple):
    """A record that one paper calls by another name than the other."""

    ref: str
    old: str
    new: str

    @property
    def sentence(self) -> str:
        """What is told of it."""
        return f"{self.ref} is renamed: was “{short(self.old, LONGEST)}”, is “{short(self.new, LONGEST)}”."


class Names:
    """The names by which one of two papers calls the records that were renamed between them."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._by_ref = dict(names)
        once = list(self._by_ref.values())
        self._by_name = {name: ref for ref, name in self._by_ref.items() if once.count(name) == 1}
        self.met: set[str] = set()

    def without(self, text: str) -> str:
        """Return a text in which refs alone stand for those records; ``met`` keeps which there were."""
        if not self._by_ref:
            return text
        ref = self._by_name.get(text)
        if ref is not None:
            self.met.add(ref)
            return ref
        return "".join(self._pieces(text))

    def _pieces(self, text: str) -> Iterator[str]:
        position = 0
        for match in REF.finditer(text):
            name = self._by_ref.get(match[0])
            if name is None or match.start() < position:
                continue
            length = _length(text[match.end() :], name)
            if length:
                self.met.add(match[0])
                yield text[position : match.end()]
                position = match.end() + length
        yield text[position:]


def _length(following: str, name: str) -> int:
    """Return how much of a text behind a ref is the record's name, whole or cut short; 0 when none of it is."""
    if not following.startswith(" "):
        return 0
    if following.startswith(name, 1):
        return 1 + len(name)
    cut = following[1 : len(name) + 2].partition("…")
    if cut[0] and cut[1] and name.startswith(cut[0]):
        return len(cut[0]) + 2
    return 0


def both(renamed: Iterable[Renamed]) -> tuple[Names, Names]:
    """Return the names of the older and those of the newer paper."""
    several = list(renamed)
    before = Names((rename.ref, rename.old) for rename in several)
    after = Names((rename.ref, rename.new) for rename in several)
    return before, after
