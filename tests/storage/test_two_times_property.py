"""Random histories in two times: every day shows what a reference of ten lines shows, and goes on showing it."""

import random

import pytest
from two_times import TwoTimes

from tracker.storage.store import Acting, Store

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("seed", range(3))
def test_every_day_shows_what_its_commands_make(store: Store, ana: Acting, seed: int) -> None:
    store.write_unsafely()
    life = TwoTimes(store, ana, random.Random(seed))
    for number in range(18):
        life.step()
        if number % 6 == 5:
            life.check()
    assert sum(life.done.values()) == 18
