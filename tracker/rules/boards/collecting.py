"""What the owners of a programme still owe a board: reports that are missing, and records that are stale or overdue."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tracker.entities import registers
from tracker.entities.confidence import Confidence
from tracker.entities.measurement import Measurement
from tracker.entities.metric import Metric
from tracker.entities.person import Person
from tracker.entities.pilot import Pilot
from tracker.entities.programme import Programme
from tracker.entities.risk import Risk
from tracker.rules.day import Day
from tracker.rules.freshness import freshness
from tracker.rules.risk import next_review, review_overdue
from tracker.rules.signals.quality_facts import FACTS, expected_facts
from tracker.rules.wording import counted, listed, show_date


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


def asked(evidence: Day, since: date | None) -> list[Asked]:
    """Return what is missing by owner, whoever owes most first and what nobody answers for last."""
    grouped: dict[str | None, list[Owed]] = {}
    for owner, owed in (*_pilots(evidence, since), *_figures(evidence), *_late(evidence), *_reviews(evidence)):
        known = owner if evidence.get(Person, owner) is not None else None
        grouped.setdefault(known, []).append(owed)
    found = [Asked(owner, tuple(some)) for owner, some in grouped.items()]
    names = {one.uid: one.display_name for one in evidence.all(Person)}
    return sorted(found, key=lambda one: (one.owner is None, -len(one.owed), names.get(one.owner or "", "")))


def reported_since(evidence: Day, pilot: Pilot, since: date | None) -> bool:
    """Return whether a pilot was rated after the last board, or in the programme's interval when there was none."""
    programme = evidence.programme if evidence.programme is not None else Programme
    after = since or evidence.date - timedelta(programme.board_interval_days)
    return any(
        one.rating_kind == "reported" and one.dimension == "overall" and after < one.as_of <= evidence.date
        for one in evidence.of(Confidence, "pilot", pilot.uid)
        if one.rating != "not_rated"
    )


def _pilots(evidence: Day, since: date | None) -> Iterator[tuple[str | None, Owed]]:
    programme = evidence.programme if evidence.programme is not None else Programme
    stale = dict(freshness(evidence.running, evidence.updated, programme.staleness_days, evidence.date).stale)
    for pilot in sorted(evidence.running, key=lambda pilot: pilot.ref):
        named = f"{pilot.ref} {pilot.name}"
        if not reported_since(evidence, pilot, since):
            told = f" since {show_date(since)}" if since else ""
            yield pilot.delivery_lead, Owed("report", pilot.ref, f"{named}: no rating was reported{told}.")
        if pilot.uid in stale:
            days = stale[pilot.uid]
            told = f"nothing was updated for {counted(days, 'day')}" if days is not None else "no update is known"
            yield pilot.delivery_lead, Owed("stale", pilot.ref, f"{named}: {told}.")
        lacking = [one for one in expected_facts(evidence, pilot).missing if one != FACTS["rating"]]
        if lacking:
            yield pilot.delivery_lead, Owed("missing", pilot.ref, f"{named}: it lacks {listed(lacking)}.")


def _figures(evidence: Day) -> Iterator[tuple[str | None, Owed]]:
    for one in evidence.all(Measurement):
        if one.status != "provisional" or evidence.of(Measurement, "revises", one.uid):
            continue
        metric = evidence.get(Metric, one.metric)
        name = f" of {metric.ref} {metric.name}" if metric is not None else ""
        owner = metric.owner if metric is not None else None
        yield owner, Owed("provisional", one.ref, f"{one.ref}{name}: the figure is provisional.")


def _late(evidence: Day) -> Iterator[tuple[str | None, Owed]]:
    for register in registers():
        if not register.asked_when_late:
            continue
        late = [record for record in evidence.all(register) if record.is_late(evidence.date)]
        for record in sorted(late, key=lambda record: (getattr(record, record.due_field), record.ref)):
            due, name = show_date(getattr(record, record.due_field)), getattr(record, record.name_field)
            sentence = f"{record.ref} was due on {due}: {name}"
            yield getattr(record, record.owner_field), Owed(record.kind, record.ref, sentence)


def _reviews(evidence: Day) -> Iterable[tuple[str | None, Owed]]:
    for one in evidence.all(Risk):
        if review_overdue(one, evidence.settings, evidence.date):
            due = show_date(next_review(one, evidence.settings))
            yield one.owner, Owed("review", one.ref, f"{one.ref} {one.title}: the review was due on {due}.")
