"""Answers about a whole programme, worked out once for an evidence however many pilots ask."""

from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

from tracker.rules.evidence import Evidence

T = TypeVar("T")


def once(work: Callable[[Evidence], T]) -> Callable[[Evidence], T]:
    """Return the function with its answer kept for as long as the evidence it is about, which never changes."""
    known: WeakKeyDictionary[Evidence, T] = WeakKeyDictionary()

    def answer(evidence: Evidence) -> T:
        if evidence not in known:
            known[evidence] = work(evidence)
        return known[evidence]

    return answer
