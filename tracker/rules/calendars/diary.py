"""The entries that calendars had of a programme, followed through its journal: on which day each stands, or stood last.

A calendar that took a file over keeps an entry until a later file cancels it. So an entry that ever stood stays in the
files, and keeps its id. A pilot's next decision and the question that puts it to a board are one entry.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from tracker.entities import (
    BoardMeeting,
    Contract,
    Decision,
    Entity,
    Milestone,
    Pilot,
    TrainingSession,
    all_entities,
    entity,
)
from tracker.fields import Value, latest
from tracker.rules.boards.next_decision import decided_by
from tracker.rules.day import Day

CALENDARED: tuple[type[Entity], ...] = (BoardMeeting, Decision, TrainingSession, Pilot, Milestone, Contract)
MONTHS_KEPT = 24
ASKED = ("sought", "deferred")  # of decisions: a board is to answer


class Step(NamedTuple):
    """What a command did to a record on a day: the fields that it gave other values.

    ``values`` of a record that came are all it holds (``came``); None: it went, as by an undo.
    """

    command: int
    day: date
    kind: str
    uid: str
    values: dict[str, Value] | None
    came: bool = False


@dataclass
class Entry:
    """An entry of calendars: its id there, the record that it tells of, its day, and whether it still stands.

    ``since`` is the day on which that was last changed, ``revision`` the command that did. ``pilot_day``: the day of
    the pilot whose entry the question of a board took over.
    """

    uid: str
    record: str
    day: date
    since: date
    revision: int
    stands: bool = True
    pilot_day: date | None = None


def followed_kinds() -> tuple[str, ...]:
    """Return the kinds whose records have entries or may hide one: what belongs to a restricted record is hidden."""
    kinds = {register.kind: None for register in CALENDARED}
    for kind in (growing := [*kinds]):
        for owner in _owner_links(kind).values():
            if owner not in growing:
                growing.append(owner)
    return tuple(growing)


def _owner_links(kind: str) -> dict[str, str]:
    """Return the fields of a kind that point at records by which it may be hidden, with the kind of those."""
    owners = {register.fields()[register.belongs_to].target for register in all_entities() if register.belongs_to}
    return {field.name: field.target for field in entity(kind).stored() if field.target in owners}


def pilot_entry(pilot: str) -> str:
    """Return the id of the entry of a pilot's next decision."""
    return f"{pilot}-decision"


def _answer_day(decision: Decision, today: date) -> date | None:
    """Return the day by which a board is to answer, a later one where it deferred its answer to that."""
    return next((coming.day for coming in decided_by(decision, today)), decision.needed_by)


class Diary:
    """The entries by their ids: ``take`` follows the journal, ``settle`` holds them against what is there at last."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.records: dict[str, Entity] = {}
        self._absent: set[str] = set()
        self._hidden_now: frozenset[str] = frozenset()
        self._pointing: dict[str, dict[str, None]] = {}  # at a record, now or ever
        self._pilots: dict[str, dict[str, None]] = {}  # of a decision, now or ever
        self._links = {kind: tuple(_owner_links(kind)) for kind in followed_kinds()}
        self._command = 0
        self._today = date.min

    def take(self, steps: Iterable[Step]) -> None:
        """Follow commands, the oldest first."""
        for (command, day), together in groupby(steps, key=lambda step: (step.command, step.day)):
            self._command = command
            self._today = day
            touched = dict.fromkeys(self._apply(step) for step in together)
            self._reckon(self._reached(touched), touched)

    def settle(self, now: Day, hidden: frozenset[str]) -> None:
        """Take the records as papers may show them on a day; what is hidden or not among them stands no more."""
        self._today = now.date
        self._hidden_now = hidden
        shown: set[str] = set()
        for register in CALENDARED:
            for record in (*now.all(register), *now.removed(register).values()):
                self._keep(record)
                shown.add(record.uid)
        self._absent = {uid for uid, record in self.records.items() if isinstance(record, CALENDARED)} - shown
        self._reckon(dict.fromkeys(self.records), {})

    def kept(self) -> Iterator[Entry]:
        """Yield the entries that belong in a file: for two years after their day, or after they were cancelled."""
        from dateutil.relativedelta import relativedelta  # 10 ms that only calendars need

        oldest = self._today - relativedelta(months=MONTHS_KEPT)
        for entry in self.entries.values():
            ended = entry.day if entry.stands else entry.since
            if ended >= oldest:
                yield entry

    def shown(self, uid: str) -> Entity | None:
        """Return a record that may be named, one that went too; None for one that is restricted now."""
        record = self.records.get(uid)
        return None if record is None or self._is_hidden(record) else record

    # What the journal does to records.

    def _apply(self, step: Step) -> str:
        before = self.records.get(step.uid)
        if step.values is None:
            self._absent.add(step.uid)
        elif step.came:
            self._absent.discard(step.uid)
            self._keep(entity(step.kind).holding({"uid": step.uid, **step.values}))
        elif before is not None:
            self._keep(type(before).holding(vars(before) | step.values))
        return step.uid

    def _keep(self, record: Entity) -> None:
        self.records[record.uid] = record
        for name in self._links[record.kind]:
            self._pointing.setdefault(getattr(record, name) or "", {})[record.uid] = None
        if isinstance(record, Decision) and record.pilot:
            self._pilots.setdefault(record.uid, {})[record.pilot] = None

    def _reached(self, touched: Iterable[str]) -> dict[str, None]:
        """Return the records that depend on those touched, themselves included, and the pilots of decisions."""
        reached: dict[str, None] = {}
        waiting = [*touched]
        while waiting:
            uid = waiting.pop()
            if uid not in reached:
                reached[uid] = None
                waiting += self._pointing.get(uid, ())
        pilots = (pilot for uid in reached for pilot in self._pilots.get(uid, ()))
        return reached | dict.fromkeys(pilots)

    # On which day the entry of a record stands.

    def _is_hidden(self, record: Entity) -> bool:
        if record.uid in self._hidden_now or record.visibility == "restricted":
            return True
        owners = (self.records.get(getattr(record, name) or "") for name in self._links[record.kind])
        return any(owner is not None and self._is_hidden(owner) for owner in owners)

    def _is_there(self, record: Entity) -> bool:
        return record.uid not in self._absent and record.deleted_at is None and not self._is_hidden(record)

    def _day(self, record: Entity) -> date | None:
        """Return the day on which an entry of a record stands; None where it has none to show."""
        day: date | None = None
        if isinstance(record, BoardMeeting):
            day = record.meets_on
        elif isinstance(record, TrainingSession) and record.status != "cancelled":
            day = record.starts_on
        elif isinstance(record, Decision) and record.status in ASKED:
            day = _answer_day(record, self._today)
        elif isinstance(record, Pilot) and record.outcome == "none" and not record.ended_by(self._today):
            day = record.decision_due
        elif isinstance(record, Milestone | Contract) and record.is_open:
            day = record.forecast_on if isinstance(record, Milestone) else record.ends_on
        return latest(day) if isinstance(day, date) and self._is_there(record) else None

    def _reckon(self, reached: Iterable[str], touched: Iterable[str]) -> None:
        records = [self.records[uid] for uid in reached if uid in self.records]
        for record in records:  # pilots come last: a question may have taken their entry over
            if isinstance(record, Decision):
                self._place(record, self._id_of(record))
            elif isinstance(record, BoardMeeting | TrainingSession | Milestone | Contract):
                self._place(record, record.uid)
        for record in records:
            if isinstance(record, Pilot):
                self._place_pilot(record)
        for uid in touched:
            for entry_uid in (uid, pilot_entry(uid), *map(pilot_entry, self._pilots.get(uid, ()))):
                if entry_uid in self.entries:
                    self.entries[entry_uid].revision = self._command

    def _id_of(self, decision: Decision) -> str:
        """Return the id of a decision's entry: that of its pilot where the pilot stood there first on the same day."""
        pilots = self.entries.get(pilot_entry(decision.pilot or ""))
        if pilots is None or decision.uid in self.entries:
            return decision.uid
        day = self._day(decision)
        first = pilots.stands and pilots.record == decision.pilot and pilots.day == day
        return pilots.uid if first or pilots.record == decision.uid else decision.uid

    def _place(self, record: Entity, uid: str) -> None:
        day = self._day(record)
        if day is not None:
            self._put(uid, record.uid, day)
        elif uid == record.uid:
            if isinstance(record, TrainingSession) and uid not in self.entries and self._is_there(record):
                self._put(uid, uid, latest(record.starts_on))  # called off from the start: nobody waits for it
            self._cancel(uid)

    def _place_pilot(self, pilot: Pilot) -> None:
        uid = pilot_entry(pilot.uid)
        entry = self.entries.get(uid)
        decision = self.records.get(entry.record) if entry else None
        taken_over = isinstance(decision, Decision) and decision.pilot == pilot.uid and decision.uid not in self.entries
        if taken_over and decision is not None and self._day(decision):
            return
        day = self._day(pilot)
        if day is None or self._is_answered(pilot, day):
            self._cancel(uid)
        else:
            self._put(uid, pilot.uid, day)

    def _is_answered(self, pilot: Pilot, day: date) -> bool:
        """Return whether a question to a board stands for a pilot's day, or was answered."""
        entry = self.entries.get(pilot_entry(pilot.uid))
        for uid in self._pointing.get(pilot.uid, ()):
            decision = self.records[uid]
            if not isinstance(decision, Decision) or decision.pilot != pilot.uid or not self._is_there(decision):
                continue
            days = decision.needed_by, _answer_day(decision, self._today)
            if day in days and decision.status in (*ASKED, "taken"):
                return True
            if entry and entry.record == uid and entry.pilot_day == day and decision.status == "taken":
                return True
        return False

    def _put(self, uid: str, record: str, day: date) -> None:
        entry = self.entries.get(uid)
        if entry is None:
            if day >= self._today:  # what is recorded afterwards was in nobody's calendar
                self.entries[uid] = Entry(uid, record, day, self._today, self._command)
        elif (entry.record, entry.day, entry.stands) != (record, day, True):
            if entry.record != record and uid != pilot_entry(record):
                entry.pilot_day = entry.day
            entry.record = record
            entry.day = day
            entry.stands = True
            self._changed(entry)

    def _cancel(self, uid: str) -> None:
        entry = self.entries.get(uid)
        if entry is not None and entry.stands:
            entry.stands = False
            self._changed(entry)

    def _changed(self, entry: Entry) -> None:
        entry.since = self._today
        entry.revision = self._command
