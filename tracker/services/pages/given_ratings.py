"""The ratings that count of one pilot, or of the programme, for the pages that show it."""

from datetime import date

from tracker.entities import Confidence, Entity, Person, Pilot, Programme
from tracker.rules.day import Day
from tracker.rules.signals.pilot.given_ratings import GivenRating, given_ratings
from tracker.storage import Store, record, records

RATED = (Pilot, Programme)  # registers whose records people rate


def given_of(store: Store, register: type[Entity], uid: str) -> tuple[GivenRating, ...]:
    """Return the ratings that count of a record; none where nobody rates such records."""
    if register not in RATED:
        return ()
    pilot = {Pilot.kind: uid}.get(register.kind)
    reports = records(store, Confidence, pilot=pilot)
    authors = dict.fromkeys(report.by for report in reports)
    people = [record(store, Person, author) for author in authors]
    present = [person for person in people if person is not None]
    day = Day(date.max, {Confidence.kind: reports, Person.kind: present})
    return given_ratings(day, pilot)
