"""Random histories: every earlier state can be shown, undo and redo are exact, the journal replays to the rows."""

import random
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from conftest import MANY, NOW

from tracker.entities import all_entities
from tracker.errors import TrackerError
from tracker.services.records.undo import redo, undo
from tracker.services.records.writing import add, change, remove, restore
from tracker.storage.journal.asof import as_of_tx
from tracker.storage.journal.chain import unpack
from tracker.storage.journal.history import last_tx
from tracker.storage.journal.verify import verify
from tracker.storage.schema import journalled
from tracker.storage.store import Acting, Store

State = dict[str, dict[str, tuple[Any, ...]]]
TEXTS = [None, "it’s", "line\nbreak 'quoted'", "名前", "x=1\ny=2", "''"]


def state(store: Store) -> State:
    """Return what the journal answers for: every journalled column of every record."""
    return {kind: {row[0]: tuple(row[1:]) for row in store.read(sql)} for kind, sql in asked().items()}


@cache
def asked() -> dict[str, str]:
    """Return the query for the journalled columns of each kind."""
    columns = {kind.kind: ", ".join(f'"{name}"' for name in journalled(kind)) for kind in all_entities()}
    return {kind: f'SELECT uid, {names} FROM "{kind}"' for kind, names in columns.items()}


class Life:
    """A programme that things happen to at random."""

    def __init__(self, store: Store, by: Acting, chance: random.Random) -> None:
        self.store, self.by, self.chance = store, by, chance
        self.pilots = [add(store, "pilot", {"name": f"Pilot {n}"}, by).uid for n in range(2)]
        self.risks: list[str] = []
        self.wins: list[str] = []
        self.snapshots: dict[int, State] = {last_tx(store): state(store)}
        self.refused = 0

    def step(self) -> None:
        """Let one thing happen; remember the state after it."""
        self.by = self.by._replace(now=self.by.now + timedelta(hours=7))
        deeds = [
            self.raise_risk,
            self.change_risk,
            self.change_risk,
            self.record_win,
            self.change_other,
            self.remove,
            self.restore,
            self.undo,
            self.undo_any,
        ]
        try:
            self.chance.choice(deeds if self.risks else [self.raise_risk])()
        except TrackerError:
            self.refused += 1
        self.snapshots.setdefault(last_tx(self.store), state(self.store))

    def raise_risk(self) -> None:
        scored = {"likelihood": self.chance.randint(1, 5), "impact": 3} if self.chance.random() < 0.7 else {}
        values = {"title": f"Risk {len(self.risks)}", "pilot": self.chance.choice([None, *self.pilots]), **scored}
        self.risks.append(add(self.store, "risk", values, self.by).uid)

    def change_risk(self) -> None:
        choices: list[tuple[str, list[Any]]] = [
            ("cause", TEXTS),
            ("controls", TEXTS),
            ("pilot", [None, *self.pilots]),
            ("next_review_on", [None, date(2026, 12, 1)]),
            ("tags", [(), ("a", "b")]),
            ("likelihood", [1, 2, 5]),
        ]
        field, values = self.chance.choice(choices)
        new: dict[str, Any] = {field: self.chance.choice(values)}
        if field == "likelihood":
            new["impact"] = self.chance.randint(1, 5)
        change(self.store, "risk", self.chance.choice(self.risks), new, self.by)

    def record_win(self) -> None:
        values = {"title": f"Win {len(self.wins)}", "pilot": self.chance.choice([None, *self.pilots])}
        self.wins.append(add(self.store, "win", {**values, "publishable": self.chance.random() < 0.5}, self.by).uid)

    def change_other(self) -> None:
        changes: list[tuple[str, str, dict[str, Any]]] = [
            ("pilot", self.pilots[0], {"phase": self.chance.choice(["alpha", "live"])}),
            ("pilot", self.pilots[1], {"budget": self.chance.choice([None, 0, 2**60]), "sites": "''"}),
            ("person", self.by.person, {"display_name": self.chance.choice(["Ana", "Ana Ña", "A='n\na'"])}),
            *(("win", win, {"credit": self.chance.choice(TEXTS)}) for win in self.wins[-1:]),
        ]
        kind, uid, new = self.chance.choice(changes)
        change(self.store, kind, uid, new, self.by, reason="as it was agreed")

    def any_record(self) -> tuple[str, str]:
        kinds = [("risk", self.risks), ("win", self.wins), ("pilot", self.pilots)]
        return self.chance.choice([(kind, self.chance.choice(some)) for kind, some in kinds if some])

    def remove(self) -> None:
        remove(self.store, *self.any_record(), self.by, reason="no longer of use")

    def restore(self) -> None:
        restore(self.store, *self.any_record(), self.by)

    def undo(self) -> None:
        before = last_tx(self.store)
        turned = undo(self.store, self.by)
        if turned.of == before:
            assert state(self.store) == self.snapshots[before - 1]
        if self.chance.random() < 0.5:
            self.snapshots[last_tx(self.store)] = state(self.store)
            redo(self.store, self.by)
            assert state(self.store) == self.snapshots[before]

    def undo_any(self) -> None:
        undo(self.store, self.by, self.chance.randint(4, last_tx(self.store)))


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(70))
def test_a_random_history_holds(store: Store, ana: Acting, seed: int) -> None:
    store.write_unsafely()
    life = Life(store, ana, random.Random(seed))
    for _ in range(15):
        life.step()
    assert verify(store) == []
    # The first goes back through every change, the last through none; with MANY=1 each between them is asked for too.
    first, *between, last = life.snapshots
    for tx in (first, *(between if MANY else life.chance.sample(between, 3)), last):
        with as_of_tx(store, tx, NOW.date()) as then:
            assert state(then) == life.snapshots[tx], f"seed {seed}, change {tx}"
    added = store.read("SELECT kind, new FROM change WHERE field = '*' AND old IS NULL AND base IS NULL")
    refs = [(kind, unpack(text)["ref"]) for kind, text in added]
    assert len(refs) == len(set(refs))


def test_the_random_histories_did_undo_and_were_refused_sometimes(store: Store, ana: Acting) -> None:
    store.write_unsafely()
    life = Life(store, ana, random.Random(7))
    for _ in range(60):
        life.step()
    done = dict(store.read("SELECT command, count(*) FROM tx GROUP BY command"))
    assert done["undo"] > 5
    assert done["redo"] > 2
    assert life.refused > 0
