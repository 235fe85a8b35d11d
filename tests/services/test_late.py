"""What is late is one thing: rule, overview, lists and papers give the same records, in programmes made by chance."""

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from conftest import NOW, at, draws

from screens.lists.listing import late_words
from tracker.entities import Action, Risk, entity
from tracker.entities.pilot import STAGES
from tracker.errors import TrackerError
from tracker.rules.late import deadlines, lateness
from tracker.rules.risk import next_review
from tracker.services.evidence import gather
from tracker.services.late import DAYS_AHEAD, dated, late_and_due, late_of
from tracker.services.overview import DUE_SHOWN, overview
from tracker.services.papers.building import pack, summary
from tracker.services.records.settings import set_setting
from tracker.services.records.writing import Fate, add, change
from tracker.storage import Condition, Query
from tracker.storage.journal.asof import as_of
from tracker.storage.queries import count, records, rows
from tracker.storage.store import Acting, Store

FIRST = NOW.date()
WORDS = "Said in twenty characters or more."


class Programme:
    """A programme in which records of every kind have days, or none, around the last days of the year."""

    def __init__(self, store: Store, by: Acting, chance: Random) -> None:
        self.store, self.by, self.chance = store, by, chance
        self.people = [add(store, "person", {"display_name": f"Person {n}"}, by).uid for n in range(3)]
        self.pilots = [self.pilot(n) for n in range(6)]
        self.gates = [self.add("gate", name="Gate", pilot=self.of(), planned_on=self.day()) for _ in range(3)]

    def day(self) -> date | None:
        return self.chance.choice([None, *(FIRST + timedelta(self.chance.randint(0, 80)) for _ in range(4))])

    def sure(self) -> date:
        return FIRST + timedelta(self.chance.randint(0, 80))

    def of(self) -> str:
        return self.chance.choice(self.pilots)

    def owner(self) -> str | None:
        return self.chance.choice([None, *self.people])

    def add(self, kind: str, **values: Any) -> str:
        return add(self.store, kind, values, self.by).uid

    def pilot(self, number: int) -> str:
        phase = self.chance.choice([*STAGES, "paused", "stopped", "retirement"])
        facts = {"forecast_end": self.day(), "decision_due": self.day(), "baseline_end": self.day()}
        return self.add("pilot", name=f"Pilot {number}", phase=phase, delivery_lead=self.owner(), **facts)

    def state(self) -> dict[str, Any]:
        """Return how a decision stands: as a draft, or deferred, to another day or to none."""
        return self.chance.choice([{}, {"status": "deferred"}, {"status": "deferred", "review_on": self.day()}])

    def record(self) -> None:
        """Add a record of any kind."""
        pilot, owner, day = self.of(), self.owner(), self.day()
        start = FIRST - timedelta(20)
        kinds: dict[str, dict[str, Any]] = {
            "action": {"text": "Act", "owner": self.people[0], "due": self.sure(), "pilot": pilot},
            "issue": {"title": "Issue", "due": day, "pilot": pilot, "owner": owner},
            "risk": {"title": "Risk", "pilot": pilot, "owner": owner, "next_review_on": day, "raised_on": start},
            "compliance": {"item_kind": "dpia", "pilot": pilot, "due": day, "status": "in_progress"},
            "decision": {"title": "Decide", "pilot": pilot, "needed_by": day, "requested_by": owner, **self.state()},
            "session": {"title": "Learn", "pilot": pilot, "starts_on": self.sure()},
            "iteration": {"goal": "Find out", "pilot": pilot, "start": start, "end": self.sure()},
            "criterion": {"text": "It works", "gate": self.chance.choice(self.gates)},
            "condition": {"text": "Mend it", "gate": self.chance.choice(self.gates), "due": day},
            "need": {"role_group": f"Staff {self.chance.random()}", "pilot": pilot, "headcount": 5, "needed_by": day},
            "confidence": {"pilot": pilot, "rating": "amber", "narrative": WORDS, "review_by": day, "as_of": FIRST},
            "metric": {"name": "Rate", "metric_kind": "count", "definition": "x", "target": 5.0, "target_on": day},
            "board": {"title": "Board", "meets_on": self.sure()},
        }
        kind = self.chance.choice(list(kinds))
        if kind == "risk" and self.chance.random() < 0.6:
            kinds[kind] |= {"likelihood": self.chance.randint(1, 5), "impact": self.chance.randint(1, 5)}
        with suppress(TrackerError):  # such as a second report of a day
            self.add(kind, **kinds[kind])


@pytest.fixture(params=range(draws(2, 40)))
def chance(request: pytest.FixtureRequest) -> Random:
    return Random(f"late {request.param}")


@pytest.fixture
def programme(store: Store, ana: Acting, chance: Random) -> Programme:
    made = Programme(store, ana, chance)
    for _ in range(90):
        made.record()
    for action in chance.sample(records(store, Action), 3):
        change(store, "action", action.uid, {"status": "done"}, at(ana, FIRST + timedelta(3)))
    ended, later = {"phase": "stopped"}, at(ana, FIRST + timedelta(4))
    change(store, "pilot", made.pilots[0], ended, later, reason="No money is left", fate=Fate("leave"))
    return made


def test_overview_lists_and_papers_say_the_same_is_late(store: Store, programme: Programme, chance: Random) -> None:
    day = FIRST + timedelta(chance.randint(20, 75))
    rule = lateness(deadlines(gather(store, day)), day, DAYS_AHEAD)
    asked = late_and_due(store, day)
    assert asked.late and asked.due and asked.apart  # else nothing is tried
    for of_rule, of_service in zip(rule, asked, strict=True):
        assert Counter(of_rule) == Counter(of_service)
    shown = overview(store, day)
    assert (shown.late, shown.soon, shown.apart) == (len(rule.late), len(rule.due), len(rule.apart))
    deciding = {entry.pilot for entry in rule.late if entry.what in ("Decision", "Gate")}
    assert {line.uid for line in shown.pilots if line.decision_late} == deciding - {None}
    assert [line.day for line in shown.due] == [entry.day for entry in (*rule.late, *rule.due)][:DUE_SHOWN]
    in_lists = [entry for register in dated() for entry in late_of(store, register, day)]
    assert Counter(entry for entry in in_lists if not entry.apart) == Counter(rule.late)
    assert Counter(entry for entry in in_lists if entry.apart) == Counter(rule.apart)
    for register in dated():
        uids = [uid for uid, _ in rows(store, Query(register.kind), [])]
        assert set(late_words(store, register, day, uids)) == {e.uid for e in rule.late if e.kind == register.kind}
        some = uids[: len(uids) // 2]
        assert {entry.uid for entry in late_of(store, register, day, some)} == {
            entry.uid for entry in in_lists if entry.kind == register.kind and entry.uid in some
        }
    assert f"'{len(rule.late)} late: " in str(summary(store, day=day).to_dict())


def test_the_pack_lists_each_of_them(store: Store, programme: Programme) -> None:
    day = FIRST + timedelta(60)
    (section,) = (section for section in pack(store, day=day).sections if section.id == "late")
    (table,) = (block for block in section.blocks if hasattr(block, "rows"))
    late = late_and_due(store, day).late
    assert [row[1].split()[0] for row in table.rows] == [entry.ref for entry in late][:200]
    assert all(str(entry.days_late(day)) in row[4] for entry, row in zip(late, table.rows, strict=False))


def test_the_review_day_is_one_value(store: Store, programme: Programme, ana: Acting, chance: Random) -> None:
    for risk in chance.sample(records(store, Risk), 3):
        values = {"risk": risk.uid, "likelihood": 5, "impact": 4, "assessed_on": FIRST + timedelta(9)}
        add(store, "assessment", values, at(ana, FIRST + timedelta(9)))
    closed, *_ = records(store, Risk)
    change(store, "risk", closed.uid, {"status": "closed", "closing_reason": "avoided"}, at(ana, FIRST + timedelta(9)))
    set_setting(store, "review_days_very_high", "11", at(ana, FIRST + timedelta(20)), "We look more often")
    for day in (FIRST, FIRST + timedelta(9), FIRST + timedelta(30)):
        with as_of(store, day) as then:
            evidence = gather(store, day)
            expected = {
                risk.uid: next_review(risk, evidence.settings) if risk.is_open else None for risk in evidence.all(Risk)
            }
            listed = {uid: value for uid, _, value in rows(then, Query("risk"), ["next_review_on"])}
            assert listed == expected
            assert {uid: type(value) for uid, value in listed.items()} == {
                uid: type(value) for uid, value in expected.items()
            }
            ordered = rows(then, Query("risk", sort=(("next_review_on", False),)), ["next_review_on"])
            given = [value for *_, value in ordered if value is not None]
            assert given == sorted(given)
            overdue = Query("risk", (Condition("next_review_on", "<", day.isoformat()),))
            assert count(then, overdue) == sum(value is not None and value < day for value in expected.values())
    assert entity("risk").fields()["next_review_on"].reckoned
