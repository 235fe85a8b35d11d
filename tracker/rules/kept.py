"""Answers about a whole programme, worked out once for an evidence however many pilots ask."""

from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

from tracker.rules.day import Day

T = TypeVar("T")


def once(work: Callable[[Day], T]) -> Callable[[Day], T]:
    """Return the function with its answer kept for as long as the evidence it is about, which never changes."""
    known: WeakKeyDictionary[Day, T] = WeakKeyDictionary()

    def answer(evidence: Day) -> T:
        if evidence not in known:
            known[evidence] = work(evidence)
        return known[evidence]

    return answer
