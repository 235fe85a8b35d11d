"""Random commands, undo and erasures: after each the links verify, and nothing is called altered."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest

from tracker.errors import TrackerError
from tracker.services.erasing import erase_person
from tracker.services.records.undo import undo
from tracker.services.records.writing import add, change, remove
from tracker.storage.journal.verify import verify
from tracker.storage.store import Acting, Store

NAMES = ("Zebulon Quirke", "Ada Byron-King", "Mark")


def deed(store: Store, by: Acting, chance: random.Random, people: list[str], wins: list[str]) -> Callable[[], object]:
    """Return one thing that may happen."""
    win, name, person = chance.choice(wins), chance.choice(NAMES), chance.choice(people)
    deeds: list[Callable[[], object]] = [
        lambda: change(store, "win", win, {"credit": f"{name} and others"}, by, reason=f"{name} said so"),
        lambda: remove(store, "win", win, by, reason="no longer of use"),
        lambda: undo(store, by),
        lambda: erase_person(store, person, by, reason="asked for it"),
    ]
    return chance.choice(deeds)


@pytest.mark.parametrize("seed", range(3))
def test_every_link_verifies_after_random_commands_and_erasures(store: Store, ana: Acting, seed: int) -> None:
    store.write_unsafely()
    chance, by, done = random.Random(seed), ana, 0
    people = [add(store, "person", {"display_name": name}, by).uid for name in NAMES]
    wins = [add(store, "win", {"title": f"{name} did it"}, by, reason=f"{name} said so").uid for name in NAMES]
    for _ in range(12):
        now = by.now + timedelta(hours=chance.choice((-30, 5, 26)))
        by = by._replace(now=now, today=now.date())
        try:
            deed(store, by, chance, people, wins)()
        except TrackerError:
            continue
        done += 1
        assert verify(store) == []
    assert done > 3
