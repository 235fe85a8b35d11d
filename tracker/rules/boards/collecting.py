"""What the owners of a programme still owe a board: reports that are missing, and records that are stale or overdue."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tracker.entities import Confidence, Entity, Measurement, Metric, Person, Pilot, Risk, registers
from tracker.rules.day import Day
from tracker.rules.freshness import freshness
from tracker.rules.late import Deadline, deadlines_of, lateness
from tracker.rules.signals.quality_facts import FACTS, expected_facts
from tracker.rules.wording import counted, date_or, listed, optional, show_date
from tracker.text import natural_order


class Owed(NamedTuple):
    """One thing somebody is asked for: what kind it is, the ref it is about, and a sentence.

    ``what`` is ``report``, ``stale``, ``missing``, ``provisional``, ``review``, or the kind of a record
    that is late, such as ``action``.
    """

    what: str
    ref: str
    sentence: str


class Asked(NamedTuple):
    """What one person is asked for; ``owner`` is a uid (None: nobody answers for it)."""

    owner: str | None
    owed: tuple[Owed, ...]


def requests_by_owner(evidence: Day, since: date | None) -> list[Asked]:
    """Return what is missing by owner, whoever owes most first and what nobody answers for last."""
    names = {person.uid: person.display_name for person in evidence.all(Person)}
    by_owner: dict[str | None, list[Owed]] = {}
    for owner, owed in (*_pilots(evidence, since), *_figures(evidence), *_late(evidence), *_reviews(evidence)):
        if owner not in names:
            owner = None
        by_owner.setdefault(owner, []).append(owed)
    requests = [Asked(owner, tuple(debts)) for owner, debts in by_owner.items()]
    return sorted(
        requests, key=lambda row: (row.owner is None, -len(row.owed), natural_order(names.get(row.owner or "", "")))
    )


def reported_since(evidence: Day, pilot: Pilot, since: date | None) -> bool:
    """Return whether a pilot was rated after the last board, or in the programme's interval when there was none."""
    after = since or evidence.date - timedelta(evidence.about.board_interval_days)
    return any(after < report.as_of <= evidence.date for report in ratings(evidence, pilot))


def ratings(evidence: Day, pilot: Pilot) -> list[Confidence]:
    """Return the reports that say how a pilot as a whole stands, the oldest first; “not rated” is an answer."""
    return [report for report in evidence.reports(pilot.uid) if report.rating is not None]


def _pilots(evidence: Day, since: date | None) -> Iterator[tuple[str | None, Owed]]:
    stale = dict(freshness(evidence.running, evidence.updated, evidence.about.staleness_days, evidence.date).stale)
    for pilot in sorted(evidence.running, key=lambda pilot: natural_order(pilot.ref)):
        sentences = {}
        if not reported_since(evidence, pilot, since):
            sentences["report"] = "no rating was reported" + optional(" since ", date_or(since))
        if pilot.uid in stale:
            days = stale[pilot.uid]
            sentences["stale"] = "no update is known"
            if days is not None:
                sentences["stale"] = f"nothing was updated for {counted(days, 'day')}"
        facts = [fact for fact in expected_facts(evidence, pilot).missing if fact != FACTS["rating"]]
        if facts:
            sentences["missing"] = f"it lacks {listed(facts)}"
        for need, sentence in sentences.items():
            yield pilot.delivery_lead, Owed(need, pilot.ref, f"{pilot.ref} {pilot.name}: {sentence}.")


def _figures(evidence: Day) -> Iterator[tuple[str | None, Owed]]:
    for figure in evidence.all(Measurement):
        if figure.status != "provisional" or evidence.of(Measurement, "revises", figure.uid):
            continue
        owner = None
        named = figure.ref
        metric = evidence.get(Metric, figure.metric)
        if metric is not None:
            owner = metric.owner
            named = f"{figure.ref} of {metric.ref} {metric.name}"
        yield owner, Owed("provisional", figure.ref, f"{named}: the figure is provisional.")


def _late(evidence: Day) -> Iterator[tuple[str | None, Owed]]:
    for register in registers():
        if not register.asked_when_late:
            continue
        for deadline in _late_ones(evidence, register):
            sentence = f"{deadline.ref} was due on {show_date(deadline.day)}: {deadline.title}"
            yield deadline.owner, Owed(deadline.kind, deadline.ref, sentence)


def _reviews(evidence: Day) -> Iterator[tuple[str | None, Owed]]:
    for deadline in _late_ones(evidence, Risk):
        sentence = f"{deadline.ref} {deadline.title}: the review was due on {show_date(deadline.day)}."
        yield deadline.owner, Owed("review", deadline.ref, sentence)


def _late_ones(evidence: Day, register: type[Entity]) -> Sequence[Deadline]:
    """Return what is late of a register, the earliest first; not of pilots that have ended or were removed."""
    deadlines = (deadline for record in evidence.all(register) for deadline in deadlines_of(evidence, record))
    return lateness(deadlines, evidence.date, 0).late
