"""Random histories in two times, and what they must show, by a reference of a few lines."""

import random
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from tracker.entities import Assessment, Person, Programme, Risk, entity
from tracker.errors import TrackerError
from tracker.services.records.undo import redo, undo
from tracker.services.records.writing import add, change, remove, restore
from tracker.storage import record
from tracker.storage.erasing.erase import erase
from tracker.storage.journal.asof import as_of, true_on
from tracker.storage.journal.verify import verify
from tracker.storage.rows import whole
from tracker.storage.schema import journalled
from tracker.storage.store import Acting, Store

State = dict[str, dict[str, Any]]  # the journalled columns of each record, by its uid
NAMES = ("Ana Ñandú", "Bea Petit", "Cem Ada")
TEXTS = (None, "it’s", "Bea Petit said so", "x=1\ny=2", "''")


class Written(NamedTuple):
    """An entry as it was when it was written, before anything was erased."""

    tx: int
    kind: str
    row: str
    field: str
    new: Any
    aside: Any


def reference(commands: list[tuple[Any, ...]], entries: list[Written], day: str, *, true: bool) -> State:
    """Return what is to be shown of a day; a command is its number, its two days, and the one that it turns back."""
    undone = {turned for tx, *_, turned in commands if tx not in {other for *_, other in commands}}
    of = {tx: true_day if true else recorded for tx, recorded, true_day, turned in commands if not (true and turned)}
    counted = [e for e in entries if of.get(e.tx, "9") <= day and not (e.tx in undone if true else e.aside)]
    state: State = {}
    for entry in sorted(counted, key=lambda entry: of[entry.tx]) if true else counted:
        if entry.field == "*" and entry.new is None:
            state.pop(entry.row, None)
        elif entry.field == "*":
            state[entry.row] = {**dict.fromkeys(journalled(entity(entry.kind))), **whole(entry.kind, entry.new)}
        elif entry.field != "=" and entry.row in state:
            state[entry.row][entry.field] = entry.new
    return state


def shown(store: Store) -> State:
    """Return what a store shows of the registers to which something happens here."""
    state: State = {}
    for kind in (Programme, Person, Risk, Assessment):
        names = journalled(kind)
        columns = ", ".join(f'"{name}"' for name in names)
        for uid, *values in store.read(f'SELECT uid, {columns} FROM "{kind.kind}"'):
            state[uid] = dict(zip(names, values, strict=True))
    return state


class TwoTimes:
    """A programme that things happen to at random, by clocks that go wrong, and what was shown of it before."""

    def __init__(self, store: Store, by: Acting, chance: random.Random) -> None:
        self.store, self.by, self.chance = store, by, chance
        self.now = by.now
        self.entries: list[Written] = []
        self.seen = 0
        self.fixed: dict[str, State] = {}
        self.done: dict[str, int] = {}
        self.risks: list[str] = []
        self.people = [add(store, "person", {"display_name": name, "role_title": "Lead"}, by).uid for name in NAMES]
        self.note_entries()

    def note_entries(self) -> None:
        """Keep what the newest commands wrote."""
        sql = "SELECT id, tx, kind, row, field, new, aside FROM change WHERE id > ? ORDER BY id"
        for number, *entry in self.store.read(sql, (self.seen,)):
            self.entries.append(Written(*entry))
            self.seen = number

    def step(self) -> None:
        """Let one thing happen at a time that some clock says."""
        self.now += timedelta(hours=self.chance.choice((1, 5, 30, 30, 24 * 40)))
        off = timedelta(days=self.chance.choice((0,) * 12 + (-3, 2, -800, 30_000)))
        zone = timedelta(hours=self.chance.choice((0, 0, 13, -10)))
        when: datetime = self.now + off
        by = self.by._replace(now=when, today=(when + zone).date())
        deeds = (self.raise_risk, *(self.change_risk,) * 4, self.remove, self.restore, self.undo, self.undo, self.redo)
        rare = (*deeds, *deeds, self.undo_any, self.erase)
        deed = self.chance.choice(rare if self.risks else (self.raise_risk,))
        try:
            deed(by, self.as_at(by))
            self.done[deed.__name__] = self.done.get(deed.__name__, 0) + 1
        except TrackerError:
            self.done["refused"] = self.done.get("refused", 0) + 1
        self.note_entries()

    def as_at(self, by: Acting) -> date | None:
        days = self.chance.choice((None, None, 1, 30, 400, 401))
        return None if days is None else min(by.today, self.by.today + timedelta(300)) - timedelta(days)

    def raise_risk(self, by: Acting, day: date | None) -> None:
        values = {"title": "A risk", "owner": self.chance.choice(self.people), "likelihood": 2, "impact": 2}
        self.risks.append(add(self.store, "risk", values, by, as_at=day).uid)

    def change_risk(self, by: Acting, day: date | None) -> None:
        field = self.chance.choice(("cause", "controls", "contingency"))
        change(self.store, "risk", self.any_risk(), {field: self.chance.choice(TEXTS)}, by, as_at=day)

    def any_risk(self) -> str:
        return self.chance.choice(self.risks[-3:])

    def remove(self, by: Acting, day: date | None) -> None:
        remove(self.store, "risk", self.any_risk(), by, reason="Recorded twice", as_at=day)

    def restore(self, by: Acting, day: date | None) -> None:
        restore(self.store, "risk", self.any_risk(), by, as_at=day)

    def undo(self, by: Acting, day: date | None) -> None:
        undo(self.store, by)

    def undo_any(self, by: Acting, day: date | None) -> None:
        undo(self.store, by, self.chance.randint(5, len(self.commands())))

    def redo(self, by: Acting, day: date | None) -> None:
        redo(self.store, by)

    def erase(self, by: Acting, day: date | None) -> None:
        if record(self.store, Person, self.people[1]) is None:
            raise TrackerError("Adding the person was undone.")
        erase(self.store, self.people[1], by, reason="They asked for it")

    def commands(self) -> list[tuple[Any, ...]]:
        return self.store.read("SELECT id, recorded, coalesce(as_at, recorded), undoes FROM tx ORDER BY id")

    def check(self) -> None:
        """Hold what is shown of every day so far to the reference, and to what was shown of it before."""
        commands = self.commands()
        settled = max(self.store.read("SELECT recorded FROM tx WHERE NOT jumped"))[0]
        days = sorted({day for _, *days, _ in commands for day in days})
        everything = reference(commands, self.entries, "8", true=True)
        people = {  # whoever came later is named in what is now known of a day
            uid: columns
            for uid, columns in everything.items()
            if str(columns["ref"]).startswith("PER") and not columns["deleted_at"]
        }
        for day in days:
            with as_of(self.store, date.fromisoformat(day)) as then:
                position = shown(then)
            self.compare(position, reference(commands, self.entries, day, true=False), f"as of {day}")
            if day < settled:
                self.compare(position, self.fixed.setdefault(day, position), f"as of {day}, as it was before")
            with true_on(self.store, date.fromisoformat(day)) as then:
                expected = people | reference(commands, self.entries, day, true=True)
                self.compare(shown(then), expected, f"true on {day}")
        self.compare(shown(self.store), everything, "what is true last is what the file holds")
        assert verify(self.store) == []

    def compare(self, position: State, expected: State, what: str) -> None:
        """Hold two positions to each other, but for what an erasure took away."""
        taken = set(self.store.read("SELECT row, field FROM change WHERE salt IS NULL"))
        assert set(position) == set(expected), what
        for uid, columns in position.items():
            for name, value in columns.items():
                was = expected[uid][name]
                if value != was and not taken & {(uid, name), (uid, "*")} and "Bea Petit" not in str(was):
                    raise AssertionError(f"{what}: {columns['ref']} {name} is {value!r}, not {was!r}")
