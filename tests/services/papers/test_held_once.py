"""What two days of a programme share is held once, and nothing that only seems the same."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from tracker.entities import Attendance, TrainingNeed, TrainingSession
from tracker.fields import VagueDay, Value
from tracker.ratings import Rated
from tracker.reports.model import Report
from tracker.reports.papers.data import SummaryData
from tracker.reports.papers.pack import build
from tracker.reports.sections.people import coverage_of
from tracker.rules.training import coverage
from tracker.services.evidence import gather_sight, is_identical
from tracker.services.papers import building
from tracker.storage import Store
from tracker.storage.journal.asof import on_day

THEN, NOW = date(2026, 10, 8), date(2026, 11, 12)


@pytest.fixture
def demo(path: Path, demo_file: bytes) -> Iterator[Store]:
    path.write_bytes(demo_file)
    with Store.open(path, read_only=True) as store:
        yield store


def test_an_earlier_day_says_the_same_whether_it_shares_records_or_not(demo: Store) -> None:
    with on_day(demo, NOW, known=False) as past:
        now = gather_sight(past, NOW).full
    with on_day(demo, THEN, known=False) as past:
        alone = list(gather_sight(past, THEN).full.everything())
        shared = list(gather_sight(past, THEN, later=now).full.everything())
    assert [repr(vars(record)) for record in shared] == [repr(vars(record)) for record in alone]
    kept = {id(record) for record in now.everything()}
    assert 0 < sum(id(record) in kept for record in shared) < len(shared)


@pytest.mark.parametrize(
    ("value", "other", "identical"),
    [
        ("open", "open", True),
        (date(2026, 3, 1), date(2026, 3, 1), True),
        (date(2026, 3, 1), VagueDay.of(date(2026, 3, 1), "month"), False),
        (VagueDay.of(date(2026, 3, 1), "month"), VagueDay.of(date(2026, 3, 1), "year"), False),
        (Rated("not_rated", "five"), Rated("not_rated", "five", "⊘ withheld", "asked for"), False),
        (1, True, False),
        (1, 2, False),
    ],
)
def test_records_are_identical_when_no_value_says_more(value: Value, other: Value, identical: bool) -> None:
    assert is_identical({"field": value}, {"field": other}) is identical


def test_a_pilots_training_is_what_all_sessions_and_counts_say_of_it(
    demo: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers: list[SummaryData] = []

    def keep(data: SummaryData) -> Report:
        papers.append(data)
        return build(data)

    monkeypatch.setattr(building, "build", keep)
    building.summary(demo, day=NOW)
    now = papers[0].now
    everything = now.all(TrainingSession), now.all(Attendance)
    for pilot in papers[0].pilots:
        groups = coverage([pilot], now.of_pilot(TrainingNeed, pilot), *everything, now.settings, now.date).groups
        assert coverage_of(papers[0], pilot).groups == groups


def test_a_day_after_which_nothing_was_recorded_is_read_from_the_file_unless_somebody_writes(
    demo: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies: list[date] = []

    def copied(store: Store, day: date, *, known: bool) -> Store:
        copies.append(day)
        return on_day(store, day, known=known)

    monkeypatch.setattr(building, "on_day", copied)
    later = date(2030, 1, 1)
    paper = building.summary(demo, day=later)
    assert copies == []
    versions = count()
    monkeypatch.setattr(Store, "data_version", lambda _: next(versions))
    assert building.summary(demo, day=later) == paper
    assert copies == [later]
