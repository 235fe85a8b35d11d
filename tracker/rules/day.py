"""The records of a programme as they stood at the end of a day, with the settings of that day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tracker.entities import ENTITIES, Entity, Person, Pilot, all_entities
from tracker.entities.base import lost_word
from tracker.fields import Carried, Nothing, Value, same
from tracker.rules.leavers import parting
from tracker.rules.settings import DEFAULTS, Settings
from tracker.rules.wording import optional

if TYPE_CHECKING:
    from tracker.entities import Confidence, Programme

NOT_SHOWN = "Name not shown"

E = TypeVar("E", bound=Entity)
Records = Mapping[str, Iterable[Entity]]


class Move(NamedTuple):
    """A field that got another value: the day it was recorded, the old and the new value, and why."""

    day: date
    old: Value
    new: Value
    reason: str = ""


class DateMove(NamedTuple):
    """A date that was moved to another: the day it was recorded, the old and the new date, and why."""

    day: date
    old: date
    new: date
    reason: str


def date_moves(steps: Iterable[Move]) -> list[DateMove]:
    """Return the moves of a date from one day to another, from all that became of it, the oldest first.

    A day that was taken away and is given again has moved from the last one that stood; why, says who gives it, or
    else who took it away.
    """
    moves: list[DateMove] = []
    stood: date | None = None
    because = ""
    for step in steps:
        if isinstance(step.old, date):
            stood = step.old
            because = ""
        if not isinstance(step.new, date):
            because = step.reason
        elif stood is not None:
            if not same(stood, step.new):
                moves.append(DateMove(step.day, stood, step.new, step.reason or because))
            stood = None
    return moves


def last_stood(steps: Iterable[Move]) -> date | None:
    """Return the day that a date held before it was taken away; None when it was not, or was given again since."""
    stood: date | None = None
    for step in steps:
        if isinstance(step.new, date):
            stood = None
        elif isinstance(step.old, date):
            stood = step.old
    return stood


class Hidden(NamedTuple):
    """What was left out of a day: the uids, how many live records are restricted, and how many belong to such.

    ``marked`` are the uids of those that are restricted themselves, removed ones included.
    """

    uids: frozenset[str] = frozenset()
    restricted: int = 0
    belonging: int = 0
    marked: frozenset[str] = frozenset()

    def and_on(self, another: "Hidden") -> "Hidden":
        """Return what is hidden on this day or on another, with the counts of this one."""
        return self._replace(uids=self.uids | another.uids, marked=self.marked | another.marked)


NOTHING_HIDDEN = Hidden()


NOT_SAID = Nothing("missing")
Nothings = Mapping[tuple[str, str], Nothing]  # what is said of a field that has no value, by (uid, field)


class Day:
    """The live records at the end of a day, and those that had been removed by then.

    Records are entities whose references are uids; records are given by kind. ``updated`` is the day of the last
    update that matters, by pilot uid; ``moves`` are the changes of a pilot's dates, costs and phase by (uid, field),
    the oldest first. ``nothings`` says of fields without a value which kind of nothing that is, where somebody said it;
    the records hold None there. Nothing here is ever changed after it was made, so what is looked up once is kept.
    """

    def __init__(
        self,
        date: date,
        records: Records,
        settings: Settings = DEFAULTS,
        *,
        removed: Records | None = None,
        hidden: Hidden = NOTHING_HIDDEN,
        updated: Mapping[str, date] | None = None,
        moves: Mapping[tuple[str, str], list[Move]] | None = None,
        nothings: Nothings | None = None,
    ) -> None:
        self.date = date
        self.settings = settings
        self.hidden = hidden
        self.updated = updated or {}
        self.moves = moves or {}
        self.nothings = nothings or {}
        # Of each kind its records; no type says so, hence the marks below (a cast would be a call each time).
        self._all = {kind: list(entities) for kind, entities in records.items()}
        self._removed = {kind: list(entities) for kind, entities in (removed or {}).items()}
        self._by_link: dict[tuple[str, str], dict[object, list[Entity]]] = {}
        self._by_uid: dict[str, dict[str, Entity]] = {}
        self._removed_by_uid: dict[str, dict[str, Entity]] = {}

    def with_journal(
        self,
        updated: Mapping[str, date],
        moves: Mapping[tuple[str, str], list[Move]],
        nothings: Nothings | None = None,
    ) -> "Day":
        """Return the same day with what the journal tells of it and what is said of fields; hidden records stay out."""
        displayed = {key: steps for key, steps in moves.items() if key[0] not in self.hidden.uids}
        return Day(
            self.date,
            self._all,
            self.settings,
            removed=self._removed,
            hidden=self.hidden,
            updated=updated,
            moves=displayed,
            nothings=nothings,
        )

    def all(self, register: type[E]) -> list[E]:
        """Return the records of a register, in the order in which they were added."""
        return self._all.get(register.kind, [])  # type: ignore[return-value]

    def everything(self) -> Iterator[Entity]:
        """Yield the records of all registers, live and removed."""
        for records in (*self._all.values(), *self._removed.values()):
            yield from records

    def of(self, register: type[E], link: str, value: object) -> list[E]:
        """Return the records of a register whose field ``link`` holds a uid (or any other value)."""
        key = register.kind, link
        if key not in self._by_link:
            by_value: dict[object, list[Entity]] = {}
            for record in self.all(register):
                by_value.setdefault(getattr(record, link), []).append(record)
            self._by_link[key] = by_value
        return self._by_link[key].get(value, [])  # type: ignore[return-value]

    def of_pilot(self, register: type[E], pilot: Pilot) -> list[E]:
        """Return the records of a register that belong to a pilot, in the order in which they were added."""
        return self.of(register, "pilot", pilot.uid)

    def by_uid(self, register: type[E]) -> Mapping[str, E]:
        """Return the records of a register by their uids."""
        if register.kind not in self._by_uid:
            self._by_uid[register.kind] = {record.uid: record for record in self.all(register)}
        return self._by_uid[register.kind]  # type: ignore[return-value]

    def get(self, register: type[E], uid: str | None) -> E | None:
        """Return one record by its uid; None when it is not there."""
        return self.by_uid(register).get(uid or "")

    def removed(self, register: type[E]) -> Mapping[str, E]:
        """Return the records of a register that had been removed, by their uids."""
        if register.kind not in self._removed_by_uid:
            records = self._removed.get(register.kind, [])
            self._removed_by_uid[register.kind] = {record.uid: record for record in records}
        return self._removed_by_uid[register.kind]  # type: ignore[return-value]

    def ref(self, register: type[Entity], uid: str | None) -> str:
        """Return the ref of a record, ``removed P-06`` where it was removed; empty when it is not there."""
        record = self.get(register, uid)
        if record is not None:
            return record.ref
        return optional("removed ", getattr(self.removed(register).get(uid or ""), "ref", ""))

    def person(self, uid: str | None) -> str:
        """Return a person's name, of one who was removed too; empty for nobody."""
        if not uid:
            return ""
        person = self.get(Person, uid) or self.removed(Person).get(uid)
        if person is None:
            return NOT_SHOWN
        return person.display_name

    def answering(self, uid: str | None) -> str:
        """Return the name of whoever answers for something, marked where they have left; empty for nobody."""
        person = self.get(Person, uid)
        if person is not None:
            return person.display_name + optional(" (", parting(person, self.date), ")")
        return self.person(uid) + " (removed)" * (uid in self.removed(Person))

    @property
    def empty(self) -> bool:
        """Whether no record was there."""
        return not any(self._all.values())

    @property
    def programme(self) -> "Programme | None":
        """The programme; None when it was not there yet."""
        from tracker.entities import Programme  # most lists do not ask

        return next(iter(self.all(Programme)), None)

    @property
    def about(self) -> "Programme":
        """The programme; one with nothing but defaults when it was not there yet."""
        from tracker.entities import Programme

        return self.programme or Programme(name="")

    @property
    def running(self) -> list[Pilot]:
        """The pilots that have not ended by the day."""
        return [pilot for pilot in self.all(Pilot) if not pilot.ended_by(self.date)]

    @property
    def in_use(self) -> list[Pilot]:
        """The pilots that run, and those that have ended and are live: of these signals are worked out."""
        return [pilot for pilot in self.all(Pilot) if not lost_word(pilot, self.date)]

    def nothing(self, record: Entity, field: str) -> Nothing:
        """Return which kind of nothing a field without a value holds; missing where nobody said."""
        return self.nothings.get((record.uid, field), NOT_SAID)

    def date_moves(self, pilot: Pilot, field: str) -> list[DateMove]:
        """Return how often a date of a pilot was moved from one day to another, the oldest first."""
        return date_moves(self.moves.get((pilot.uid, field), []))

    def reports(self, pilot: str | None) -> "list[Confidence]":
        """Return what was reported of a pilot's (None: the programme's) overall confidence, the oldest first.

        What another report corrects never stood.
        """
        from tracker.entities import Confidence  # loaded where there are reports: lists of risks ask for none

        reports = [
            report
            for report in self.of(Confidence, "pilot", pilot)
            if report.rating_kind == "reported" and report.dimension == "overall"
        ]
        return uncorrected(reports)


def uncorrected(reports: "Iterable[Confidence]") -> "list[Confidence]":
    """Return reports, all of one kind, without those that another one corrects; the oldest first.

    The last stays whatever corrects it: every list shows its rating as that of the pilot.
    """
    in_order = sorted(reports, key=lambda report: report.as_of)  # stable: of one day, the last given comes last
    corrected = {report.supersedes for report in in_order if report.supersedes}
    return [report for report in in_order if report.uid not in corrected or report is in_order[-1]]


def shown_day(
    date: date, records: Iterable[Entity], settings: Settings = DEFAULTS, closed: Hidden = NOTHING_HIDDEN
) -> Day:
    """Return the day as a paper may show it, from all records, removed ones included.

    Restricted records are left out together with the records that belong to them, and no carried figure
    of another record comes from one. ``closed`` is what is hidden by another day's word.
    """
    grouped: dict[str, list[Entity]] = {kind: [] for kind in ENTITIES}
    for record in records:
        grouped[record.kind].append(record)
    hidden = _hidden(grouped, closed)
    live: dict[str, list[Entity]] = {}
    removed: dict[str, list[Entity]] = {}
    carriers = _carriers(grouped, hidden.uids)
    for kind, entities in grouped.items():
        for record in entities:
            if record.uid in hidden.uids:
                continue
            side = live if record.deleted_at is None else removed
            if record.uid in carriers:
                record = _recarried(record, grouped, hidden.uids)
            side.setdefault(kind, []).append(record)
    return Day(date, live, settings, removed=removed, hidden=hidden)


def hidden_among(records: Iterable[Entity]) -> Hidden:
    """Return which records are restricted, or belong to one that is; removed ones included."""
    grouped: dict[str, list[Entity]] = {kind: [] for kind in ENTITIES}
    for record in records:
        grouped[record.kind].append(record)
    return _hidden(grouped, NOTHING_HIDDEN)


def ties(register: type[Entity]) -> list[str]:
    """Return the references of a register by which a record is hidden with the record that it names."""
    # A record that belongs to a restricted one of these kinds would give it away.
    owners = {owner.fields()[owner.belongs_to].target for owner in all_entities() if owner.belongs_to}
    owners.add("decision")  # its item on the agenda, and what is to be done about it
    return [field.name for field in register.stored() if field.target in owners]


def _hidden(grouped: Mapping[str, list[Entity]], closed: Hidden) -> Hidden:
    uids: set[str] = set()
    marked: set[str] = set()
    restricted = belonging = 0
    for register in all_entities():  # owners come before what belongs to them
        links = ties(register)
        for record in grouped[register.kind]:
            if record.kind == "programme":
                continue
            itself = record.visibility == "restricted" or record.uid in closed.marked
            if (
                not itself
                and record.uid not in closed.uids
                and not any(getattr(record, name) in uids for name in links)
            ):
                continue
            uids.add(record.uid)
            if itself:
                marked.add(record.uid)
            if record.deleted_at is None:
                restricted += itself
                belonging += not itself and not record.detail
    return Hidden(frozenset(uids), restricted, belonging, frozenset(marked))


def _carriers(grouped: Mapping[str, list[Entity]], hidden: frozenset[str]) -> set[str]:
    """Return the uids of records that may carry a figure of a hidden one."""
    carried = {(f.carried.kind, f.carried.link) for e in all_entities() for f in e.fields().values() if f.carried}
    return {getattr(child, link) for kind, link in carried for child in grouped[kind] if child.uid in hidden}


def _recarried(record: Entity, grouped: Mapping[str, list[Entity]], hidden: frozenset[str]) -> Entity:
    """Return the record with the figures it carries taken from records that may be shown."""
    values: dict[str, Value] = {}
    for field in record.fields().values():
        if field.carried is None:
            continue
        children = [child for child in grouped[field.carried.kind] if _carries(child, field.carried, record.uid)]
        newest = newest_of((child for child in children if child.uid not in hidden), field.carried.on)
        values[field.name] = getattr(newest, field.carried.source) if newest else None
    if {"likelihood", "impact"} <= values.keys():
        likelihood = values["likelihood"]
        impact = values["impact"]
        values["score"] = None
        if isinstance(likelihood, int) and isinstance(impact, int):
            values["score"] = likelihood * impact
    return type(record)(**{**vars(record), **values})


def _carries(child: Entity, carried: Carried, uid: str) -> bool:
    fits = all(getattr(child, name) == value for name, value in carried.where)
    return fits and getattr(child, carried.link) == uid and child.deleted_at is None


def newest_of(records: Iterable[E], on: str) -> E | None:
    """Return the record with the latest date in field ``on``, the last given of equals; None without any."""
    newest = None
    for record in records:
        if newest is None or getattr(record, on) >= getattr(newest, on):
            newest = record
    return newest


def is_shown(evidence: Day, register: type[Entity]) -> bool:
    """Return whether papers speak of a register: always, or of one on request where it has a record on the day."""
    return not register.on_request or bool(evidence.all(register))
