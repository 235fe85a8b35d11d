"""What was true earlier and arrives later: it never overwrites what is true later, and undo knows both."""

from datetime import date, timedelta

import pytest
from conftest import at

from tracker.entities import Risk
from tracker.errors import FileTrouble, TrackerError
from tracker.services.records.undo import redo, undo
from tracker.services.records.writing import add, change, remove, restore
from tracker.storage import Acting, Store, record, records
from tracker.storage.erasing.erase import erase
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


def test_a_day_before_anything_is_refused_and_old_years_are_taken(store: Store, ana: Acting) -> None:
    for early in (date(1900, 1, 1), date(1989, 12, 31)):
        with pytest.raises(TrackerError, match="too long ago"):
            add(store, "risk", {"title": "Day zero"}, ana, as_at=early)
    for old in (date(1990, 1, 1), date(2016, 3, 31)):
        add(store, "risk", {"title": f"Of {old.year}"}, ana, as_at=old)
    with true_on(store, date(2000, 1, 1)) as then:
        assert [risk.title for risk in records(then, Risk)] == ["Of 1990"]


def test_a_doubted_clock_does_not_hide_what_is_recorded_normally(store: Store, ana: Acting) -> None:
    add(store, "risk", {"title": "From the future"}, at(ana, date(2100, 1, 1)))
    normal = add(store, "risk", {"title": "Normal"}, at(ana, AUTUMN))
    assert [note.code for note in normal.notes if note.code.startswith("clock.")] == ["clock.back"]
    with as_of(store, AUTUMN) as then:
        assert then.read("SELECT title FROM risk") == [("Normal",)]
        assert then.read("SELECT count(*) FROM tx WHERE command = 'risk.add'") == [(1,)]
    with as_of(store, date(2100, 1, 1)) as then:
        assert then.read("SELECT count(*) FROM risk") == [(2,)]


@pytest.mark.parametrize("zone", [13, -10])
def test_a_past_day_stays_as_it_was_whatever_the_zone_and_the_clock(store: Store, ana: Acting, zone: int) -> None:
    late = at(ana, date(2026, 11, 20))
    add(store, "pilot", {"name": "New"}, late)
    elsewhere = (late.now + timedelta(hours=zone)).date()
    add(store, "win", {"title": "Elsewhere"}, late._replace(today=elsewhere))
    add(store, "win", {"title": "Five days back"}, at(ana, date(2026, 11, 15)))
    with as_of(store, date(2026, 11, 15)) as then:
        assert then.read("SELECT (SELECT count(*) FROM pilot), (SELECT count(*) FROM win)") == [(0, 0)]


def test_undo_and_erasure_say_that_the_clock_was_put_back(store: Store, ana: Acting) -> None:
    uid = add(store, "person", {"display_name": "Bea Petit", "role_title": "Lead"}, at(ana, AUTUMN)).uid
    change(store, "person", uid, {"team": "North"}, at(ana, AUTUMN, 10))
    assert [note.code for note in undo(store, ana).notes] == ["clock.back"]
    erased = erase(store, uid, ana, reason="They asked for it")
    assert erased.clock is None or erased.clock.code == "clock.back"


def test_every_statement_finds_its_tables(store: Store, ana: Acting) -> None:
    risk = add(store, "risk", {"title": "Late", "owner": ana.person}, ana).uid
    change(store, "risk", risk, {"title": "Later"}, at(ana, AUTUMN))
    add(store, "win", {"title": "Later"}, at(ana, AUTUMN))
    add(store, "action", {"text": "Later", "owner": ana.person, "due": AUTUMN}, at(ana, AUTUMN))
    with as_of(store, ana.today) as then:
        sql = "WITH r AS (SELECT title, owner, rev FROM risk) SELECT r.title, p.display_name, r.rev FROM r, person p"
        assert then.read(f"{sql} WHERE p.uid = r.owner") == [("Late", "ana", 1)]
        assert then.read("SELECT count(*) FROM win") == [(0,)]
        assert then.read("SELECT (SELECT count(*) FROM action), (SELECT count(*) FROM risk r)") == [(0, 1)]
        with pytest.raises(FileTrouble):
            then.read("SELECT * FROM nowhere")
