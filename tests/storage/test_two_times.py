"""What was true earlier and arrives later: it never overwrites what is true later, and undo knows both."""

from datetime import date

import pytest
from conftest import at

from tracker.entities import Risk
from tracker.errors import TrackerError
from tracker.services.records.undo import redo, undo
from tracker.services.records.writing import add, change, remove, restore
from tracker.storage import Acting, Store, record
from tracker.storage.journal.asof import as_of, true_on
from tracker.storage.journal.verify import verify

MAY, JUNE, JULY, AUTUMN = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1), date(2026, 10, 2)


def causes(store: Store, uid: str, *days: date) -> list[str | None]:
    """Return the cause of a risk as it is now known of some days; “not there” where it was not."""
    said = []
    for day in days:
        with true_on(store, day) as then:
            risk = record(then, Risk, uid)
        said.append("not there" if risk is None else risk.cause)
    return said


@pytest.fixture
def risk(store: Store, ana: Acting) -> str:
    return add(store, "risk", {"title": "Late suppliers", "cause": "May"}, ana, as_at=MAY).uid


def test_an_earlier_true_value_that_arrives_later_stands_beside(store: Store, ana: Acting, risk: str) -> None:
    change(store, "risk", risk, {"cause": "July"}, at(ana, AUTUMN), as_at=JULY)
    change(store, "risk", risk, {"cause": "June", "controls": "Two suppliers"}, at(ana, AUTUMN), as_at=JUNE)
    now = record(store, Risk, risk)
    assert now is not None
    assert (now.cause, now.controls) == ("July", "Two suppliers")
    assert causes(store, risk, date(2026, 4, 30), MAY, JUNE, JULY) == ["not there", "May", "June", "July"]
    with as_of(store, JULY) as then:
        assert record(then, Risk, risk) is None  # nothing had been recorded of it
    assert verify(store) == []


def test_undo_and_redo_know_what_was_put_beside(store: Store, ana: Acting, risk: str) -> None:
    change(store, "risk", risk, {"cause": "July"}, ana, as_at=JULY)
    july = store.read("SELECT max(id) FROM tx")[0][0]
    change(store, "risk", risk, {"cause": "June"}, ana, as_at=JUNE)
    undo(store, ana)
    assert causes(store, risk, JUNE, JULY) == ["May", "July"]
    redo(store, ana)
    assert causes(store, risk, JUNE, JULY) == ["June", "July"]
    undo(store, ana, july)  # what was beside is now the newest that is known
    assert causes(store, risk, JUNE, JULY) == ["June", "June"]
    now = record(store, Risk, risk)
    assert now is not None
    assert now.cause == "June"
    assert verify(store) == []


def test_a_record_can_be_known_before_it_was_recorded_as_there(store: Store, ana: Acting, risk: str) -> None:
    change(store, "risk", risk, {"cause": "April"}, ana, as_at=date(2026, 4, 1))
    assert causes(store, risk, date(2026, 3, 31), date(2026, 4, 1), MAY) == ["not there", "April", "May"]
    undo(store, ana)
    assert causes(store, risk, date(2026, 4, 1), MAY) == ["not there", "May"]
    assert verify(store) == []


def test_what_was_removed_earlier_and_brought_back_later_is_there(store: Store, ana: Acting, risk: str) -> None:
    remove(store, "risk", risk, ana, reason="Recorded twice", as_at=JUNE)
    restore(store, "risk", risk, ana, as_at=JULY)
    with pytest.raises(TrackerError, match="is not removed"):
        restore(store, "risk", risk, ana, as_at=MAY)
    with true_on(store, JUNE) as then:
        gone = record(then, Risk, risk)
        assert gone is not None
        assert gone.deleted_at == "2026-06-01T00:00:00Z"
    with pytest.raises(TrackerError, match="was not there"):
        remove(store, "risk", risk, ana, reason="Recorded twice", as_at=date(2026, 1, 1))


def test_the_day_of_a_record_of_an_earlier_day_is_that_day(store: Store, ana: Acting) -> None:
    risk = add(store, "risk", {"title": "Late", "likelihood": 2, "impact": 3}, ana, as_at=MAY).uid
    change(store, "risk", risk, {"likelihood": 5, "impact": 5}, ana)
    change(store, "risk", risk, {"likelihood": 4, "impact": 3}, ana, as_at=JUNE)
    assert store.read("SELECT assessed_on, likelihood FROM assessment ORDER BY assessed_on") == [
        ("2026-05-01", 2),
        ("2026-06-01", 4),
        ("2026-10-01", 5),
    ]
    now = record(store, Risk, risk)
    assert now is not None
    assert now.likelihood == 5


def test_a_day_to_come_is_refused(store: Store, ana: Acting) -> None:
    with pytest.raises(TrackerError, match="still to come"):
        add(store, "risk", {"title": "Late"}, ana, as_at=AUTUMN)
    ahead = at(ana, date(2100, 1, 1))
    with pytest.raises(TrackerError, match="still to come"):
        add(store, "risk", {"title": "Late"}, ahead, as_at=date(2050, 1, 1))
