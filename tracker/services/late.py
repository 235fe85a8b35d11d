"""What is late or due in a programme file: as much of it as the rule asks for is read, however large the file."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tracker.entities import Entity, Person, Pilot, entity, owners, registers
from tracker.entities.base import Due, ground_of
from tracker.rules.day import Day
from tracker.rules.late import Deadline, Lateness, deadlines_of, lateness
from tracker.rules.wording import optional
from tracker.services.settings import in_use, read_settings
from tracker.storage import Condition, Query, Store
from tracker.storage.queries import among, records, rows

DAYS_AHEAD = 28
Records = dict[str, list[Entity]]  # by kind


def late_and_due(store: Store, today: date, ahead: int = DAYS_AHEAD) -> Lateness:
    """Return what is late on a day and due within so many days from it, the most urgent first; of all registers."""
    return lateness(_deadlines(store, today, today + timedelta(ahead), dated(store)), today, ahead)


def late_of(store: Store, register: type[Entity], today: date, uids: Sequence[str] | None = None) -> list[Deadline]:
    """Return what is late of the records of a register, or of some of them, what is counted apart among it."""
    if not register.dues:
        return []
    read = _deadlines(store, today, today - timedelta(1), [register], uids)
    return [deadline for deadline in read if deadline.days_late(today)]


def dated(store: Store | None = None) -> list[type[Entity]]:
    """Return the registers of which something can be late, in the order people meet them; in a file: that it shows."""
    shown = in_use(store) if store is not None else ()
    return [
        register
        for register in registers()
        if register.dues and (store is None or not register.on_request or register.kind in shown)
    ]


def people_named(store: Store) -> dict[str, str]:
    """Return the names of everybody by uid, of those who were removed too."""
    people = (rows(store, Query(Person.kind, deleted=removed), [Person.name_field]) for removed in (True, False))
    return {uid: name for side in people for uid, _, name in side}


def people_marked(store: Store, today: date) -> dict[str, str]:
    """Return the names of everybody by uid, of those who have left by a day with the mark that says so."""
    from tracker.services.records.people import parted

    marks = {person.uid: mark for person, mark in parted(store, today).items()}
    return {uid: name + optional(" (", marks.get(uid), ")") for uid, name in people_named(store).items()}


def _deadlines(
    store: Store, today: date, until: date, dated_registers: Sequence[type[Entity]], uids: Sequence[str] | None = None
) -> list[Deadline]:
    """Return what is to be done by a day about the records of some registers, or about some records of them."""
    by_kind: Records = {}
    if Pilot in dated_registers:  # somebody may have forgotten any of them; the programme says how long one is fresh
        by_kind = {register.kind: records(store, register) for register in (Pilot, entity("programme"))}
    required: Records = {}
    for register in dated_registers:
        if register is Pilot:
            shown = None if uids is None else frozenset(uids)
            required[register.kind] = [p for p in by_kind[Pilot.kind] if shown is None or p.uid in shown]
        else:
            required[register.kind] = _wanted(store, register, until, uids)
    if not any(required.values()):
        return []
    for owner in (owner for register in dated_registers for owner in owners(register)):
        if owner.kind not in by_kind:
            by_kind[owner.kind] = records(store, owner)
    for kind, read in required.items():
        by_kind.setdefault(kind, read)
    by_kind |= _beside(store, required)
    removed = _between(store, required, by_kind)
    updated = _updated(store, required.get(Pilot.kind, ()))
    evidence = Day(today, by_kind, read_settings(store), removed=removed, updated=updated)
    return [
        deadline
        for read in required.values()
        for record in read
        for deadline in deadlines_of(evidence, record)
        if deadline.day <= until
    ]


def _between(store: Store, wanted: Records, by_kind: Records) -> Records:
    """Add to ``by_kind`` what leads from records to their owners; return what of it was removed.

    Such as the risk of an action that names no pilot. No more of a register is read than is asked for.
    """
    removed: Records = {}
    level = [record for read in wanted.values() for record in read]
    while level:
        requested: dict[str, set[str]] = {}
        for record in level:
            if (name := ground_of(record)) in record.belongs_through:
                requested.setdefault(record.fields()[name].target, set()).add(getattr(record, name))
        level = []
        for kind, uids in requested.items():
            missing = (among("uid", uids - {record.uid for record in by_kind.get(kind, ())}),)
            for is_gone, side in ((False, by_kind), (True, removed)):
                read = records(store, Query(kind, missing, deleted=is_gone))
                side[kind] = [*side.get(kind, ()), *read]
                level += read
    return removed


def _updated(store: Store, pilots: Sequence[Entity]) -> dict[str, date]:
    if not pilots:
        return {}
    from tracker.services.updates import pilots_updated

    return pilots_updated(store, {pilot.uid for pilot in pilots})


def _wanted(store: Store, register: type[Entity], until: date, uids: Sequence[str] | None) -> list[Entity]:
    """Return the records of a register that may be late or due by a day; no more are read than have to be."""
    only = () if uids is None else (among("uid", uids),)
    read: dict[str, Entity] = {}
    for conditions in _conditions(store, register, until):
        read |= {record.uid: record for record in records(store, Query(register.kind, (*only, *conditions)))}
    return list(read.values())


def _conditions(store: Store, register: type[Entity], until: date) -> Iterator[tuple[Condition, ...]]:
    """Yield what a record fulfils of which something is due by a day, for each of the days that it may have."""
    by_then = until.isoformat()
    for due in (due for due in register.dues if not due.by_rule):
        yield Condition(due.field, "<=", by_then), *_needs(register, due)
    match register.kind:
        case "risk":
            yield (Condition("next_review_on", "<=", by_then),)
        case "board":
            yield tuple(Condition("status", "!=", state) for state in register.ended_states)
        case "confidence":
            yield Condition("review_by", "<=", by_then), among("uid", _counting_reports(store))
        case "metric":
            yield (Condition("target_on", "<=", by_then),)
        case "need":
            yield (Condition("needed_by", "<=", by_then),)
        case "criterion":
            pending = Query("gate", (Condition("planned_on", "<=", by_then), Condition("outcome", "=", "pending")))
            gates = [uid for uid, _ in rows(store, pending, [])]
            yield among("gate", gates), Condition("mandatory", "=", 1)


def _needs(register: type[Entity], due: Due) -> Iterator[Condition]:
    """Yield the conditions under which something is still to be done."""
    for name, values in due.needs or ((register.state_field, register.open_states),):
        field = register.fields()[name]
        if not field.choices:  # of a day: it is to be done while there is none
            yield Condition(name, "=", None)
        excluded = [choice for choice in (None, *field.choices) if field.choices and choice not in values]
        yield from (Condition(name, "!=", choice) for choice in excluded)


def _counting_reports(store: Store) -> list[str]:
    """Return the uids of the newest report of each pilot, kind and dimension, and of the newest that gives a reason."""
    names = ("pilot", "rating_kind", "dimension", "divergence_reason")
    reports = rows(store, Query("confidence", sort=(("as_of", False),)), names)
    newest: dict[tuple[str | None, ...], str] = {}
    for uid, _, pilot, kind, dimension, reason in reports:
        about = (getattr(pilot, "uid", None), kind, dimension)
        newest[about] = uid
        if reason:
            newest[*about, "reason"] = uid
    return list(newest.values())


def _beside(store: Store, wanted: Records) -> Records:
    """Return what the rule looks at beside the records themselves: figures of metrics, training sessions, ratings."""
    beside: Records = {}
    reports = wanted.get("confidence")
    metrics = wanted.get("metric")
    if reports:
        pilots = {pilot for report in reports if (pilot := getattr(report, "pilot", None))}
        of_pilots = records(store, Query("confidence", (among("pilot", pilots),)))
        beside["confidence"] = [*(report for report in reports if not getattr(report, "pilot", None)), *of_pilots]
    if wanted.get("board"):
        for kind in ("body", "holiday"):
            beside[kind] = [*records(store, entity(kind))]
    if metrics:
        of_metrics = among("metric", [metric.uid for metric in metrics])
        beside["measurement"] = records(store, Query("measurement", (of_metrics,)))
    if wanted.get("need"):
        for kind in ("need", "session", "attendance"):
            beside[kind] = [*records(store, entity(kind))]
    return beside
