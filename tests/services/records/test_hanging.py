"""What hangs on a record, however deep, goes with it by one command, and the overview counts what is left apart."""

from datetime import date

import pytest
from factories import made

from tracker.entities import Risk
from tracker.errors import TrackerError
from tracker.services.overview import overview
from tracker.services.records.hanging import WAYS, hanging_on
from tracker.services.records.undo import undo
from tracker.services.records.writing import Fate, add, change, remove
from tracker.storage.journal.verify import verify
from tracker.storage.queries import Query, count
from tracker.storage.store import Acting, Store

NESTED = ("gate", "criterion", "condition", "metric", "measurement", "need", "compliance", "iteration")


@pytest.fixture
def pilot(store: Store, ana: Acting) -> str:
    """A pilot with a gate and its criterion and condition, a metric and its measurement, and more."""
    uid = add(store, "pilot", {"name": "Parking", "phase": "alpha"}, ana).uid
    gate = made(store, "gate", ana, pilot=uid)
    for kind in ("criterion", "condition"):
        made(store, kind, ana, gate=gate)
    made(store, "measurement", ana, metric=made(store, "metric", ana, pilot=uid, metric_kind="proportion"))
    for kind in ("need", "compliance", "iteration"):
        made(store, kind, ana, pilot=uid)
    return uid


def numbers(store: Store) -> dict[str, int]:
    return {kind: count(store, Query(kind)) for kind in ("pilot", *NESTED)}


def test_what_is_nested_goes_and_comes_back_with_it(store: Store, ana: Acting, pilot: str) -> None:
    assert numbers(store) == dict.fromkeys(("pilot", *NESTED), 1)
    remove(store, "pilot", pilot, ana, reason="entered twice", fate=Fate("with"))
    assert numbers(store) == dict.fromkeys(("pilot", *NESTED), 0)
    undo(store, ana)
    assert numbers(store) == dict.fromkeys(("pilot", *NESTED), 1)
    assert verify(store) == []


def test_the_error_has_a_code_and_counts(store: Store, ana: Acting, pilot: str) -> None:
    with pytest.raises(TrackerError) as caught:
        remove(store, "pilot", pilot, ana, reason="entered twice")
    assert caught.value.code == "hanging.parts"
    assert caught.value.values["counts"] == dict.fromkeys(("iteration", "metric", "gate", "compliance", "need"), 1)
    assert caught.value.code in WAYS
    assert numbers(store) == dict.fromkeys(("pilot", *NESTED), 1)


def test_what_does_not_hang_on_anything_goes_as_ever(store: Store, ana: Acting) -> None:
    risk = add(store, "risk", {"title": "Rain", "likelihood": 2, "impact": 2}, ana).uid
    assert hanging_on(store, Risk, risk) == []  # its assessments are its own figures
    assert remove(store, "risk", risk, ana, reason="entered twice").notes == ()


@pytest.mark.parametrize("way", ["stopped", "removed"])
def test_the_overview_counts_apart(store: Store, ana: Acting, way: str) -> None:
    pilot = add(store, "pilot", {"name": "Parking", "phase": "alpha"}, ana).uid
    figures = {"likelihood": 5, "impact": 5, "raised_on": date(2026, 1, 1)}
    add(store, "risk", {"title": "Rain", "pilot": pilot, **figures}, ana)
    add(store, "risk", {"title": "Snow", **figures}, ana)
    add(store, "action", {"text": "Ask", "owner": ana.person, "due": date(2026, 9, 1), "pilot": pilot}, ana)
    assert (overview(store, ana.today).live_risks, overview(store, ana.today).risks_apart) == (2, "")
    if way == "stopped":
        change(store, "pilot", pilot, {"phase": "stopped"}, ana, reason="no money is left", fate=Fate("leave"))
    else:  # as files of the first version have it
        with store.command(ana, "pilot.remove") as tx:
            assert tx.id
            store.run(
                "UPDATE pilot SET deleted_at = '2026-10-01T09:00:00Z', deleted_reason = 'entered twice' WHERE uid = ?",
                (pilot,),
            )
    shown = overview(store, ana.today)
    assert (shown.live_risks, shown.risks_apart) == (1, f"1 of {way} P-01 not counted")
    assert {line.ref for line in shown.due} == {"R-002"}
    assert [line.ref for line in shown.risks] == ["R-002"]
