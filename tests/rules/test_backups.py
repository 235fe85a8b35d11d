"""When a backup is due, which ones stay, and how their age is said."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.rules.backups import age, is_due, kept
from tracker.rules.settings import Every

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("every", "before", "due"),
    [
        ("daily", 21 * HOUR, False),
        ("daily", 22 * HOUR, True),
        ("weekly", 6 * DAY, False),
        ("weekly", 7 * DAY, True),
        ("monthly", 29 * DAY, False),
        ("monthly", 30 * DAY, True),
        ("never", 900 * DAY, False),
    ],
)
def test_a_backup_is_due_after_its_interval(every: Every, before: timedelta, due: bool) -> None:
    assert is_due(every, NOW - before, NOW - 999 * DAY, NOW) is due
    assert is_due(every, None, NOW - before, NOW) is due  # none yet: the programme itself is that old


def test_a_backup_from_the_future_does_not_count() -> None:
    assert is_due("daily", NOW + DAY, NOW - DAY, NOW)
    assert not is_due("daily", None, None, NOW)


def test_days_weeks_and_months_keep_their_newest() -> None:
    made = [NOW - n * DAY for n in range(400)] + [NOW - 3 * HOUR]
    stay = sorted(kept(made, 7, 4, 12), reverse=True)
    assert stay[:7] == [NOW - n * DAY for n in range(7)]
    assert NOW - 3 * HOUR not in stay
    weeks = [moment for moment in stay if moment.isoweekday() == 7]  # the newest of a week that is over is a Sunday's
    assert {NOW - n * DAY for n in (1, 8, 15)} <= set(weeks)
    months = {(moment.year, moment.month) for moment in stay}
    assert len(months) == 12
    assert len(stay) <= 7 + 4 + 12


def test_a_long_pause_takes_nothing_away() -> None:
    made = {NOW - 700 * DAY - n * DAY for n in range(7)}
    assert kept(made, 7, 4, 12) == made
    assert kept([NOW], 1, 0, 0) == {NOW}
    assert kept([], 7, 4, 12) == set()


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(0), "0 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=119), "119 minutes"),
        (2 * HOUR, "2 hours"),
        (47 * HOUR, "47 hours"),
        (2 * DAY, "2 days"),
        (-DAY, "0 minutes"),
    ],
)
def test_an_age_is_said_in_the_largest_unit_that_fits(before: timedelta, words: str) -> None:
    assert age(NOW - before, NOW) == words
