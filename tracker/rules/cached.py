"""Answers about a whole programme, worked out once for a day however many pilots ask."""

from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

from tracker.rules.day import Day

T = TypeVar("T")


def cached_by_day(compute: Callable[[Day], T]) -> Callable[[Day], T]:
    """Return the function with its answer cached for as long as the day it is about, which never changes."""
    answers: WeakKeyDictionary[Day, T] = WeakKeyDictionary()

    def answer(evidence: Day) -> T:
        if evidence not in answers:
            answers[evidence] = compute(evidence)
        return answers[evidence]

    return answer
