"""Which service to take next: impact, feasibility, and the range of places when weights shift."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules.evidence_cases import DAY, evidence, make

from tracker.fields import Nothing
from tracker.rules.signals.priority.ranked import Ranked
from tracker.rules.signals.priority.ranking import rank
from tracker.rules.signals.priority.weights import places, scaled, shifted, span

steady = settings(derandomize=True, max_examples=60, deadline=None)
# The ten services of the reference: transactions a year, the citizen's minutes, failure rate, cost per transaction,
# manual hand-offs, vulnerability, readiness, data readiness; impact, feasibility and places as the reference has them.
REFERENCE: dict[str, tuple[tuple[Any, ...], float, float, str]] = {
    "Change of address": ((61000, 14, 0.33, 510, 4, 5, 5, 4), 81.6, 90.0, "1st"),
    "Housing repairs": ((48000, 19, 0.22, 980, 7, 4, 3, 3), 78.1, 50.0, "2nd (2–3)"),
    "Carer assessment": ((2400, 110, 0.36, 11800, 12, 5, 2, 2), 75.6, 25.0, "3rd (2–3)"),
    "Welfare grants": ((3100, 75, 0.41, 6400, 9, 5, 2, 3), 70.2, 35.0, "4th"),
    "Blue Badge renewals": ((5200, 38, 0.31, 1740, 6, 5, 4, 4), 50.3, 75.0, "5th"),
    "Parking permits": ((27500, 12, 0.18, 630, 3, 2, 5, 5), 37.8, 100.0, "6th"),
    "Taxi licences": ((900, 95, 0.27, 14200, 11, 2, 3, 2), 30.9, 40.0, "7th (7–8)"),
    "School admissions": ((6800, 33, 0.09, 1120, 4, 4, 2, 4), 29.2, 45.0, "8th (7–8)"),
    "Planning search": ((12000, 22, 0.15, 800, 3, 1, 3, 3), 21.6, 50.0, "9th (9–10)"),
    "Missed bin report": ((33000, 6, 0.12, 290, 2, 2, 5, 5), 20.0, 100.0, "10th (9–10)"),
}
NAMES = (
    *("annual_volume", "citizen_minutes", "failure_rate", "cost_per_transaction", "manual_handoffs"),
    *("vulnerability", "readiness", "data_readiness"),
)


def service(name: str, ref: str = "", **other: Any) -> Any:
    """Return a service of the reference, with some facts of its own."""
    facts = dict(zip(NAMES, REFERENCE[name][0], strict=True)) if name in REFERENCE else {}
    return make("service", ref, **{"name": name, **facts, **other})


def ranked(*services: Any, **setting: Any) -> dict[str, Ranked]:
    return {one.name: one for one in rank(evidence(*services, **setting)).services}


def test_what_is_withheld_is_not_called_unrecorded() -> None:
    taxis = service("Taxi licences", "S-01", failure_rate=None, readiness=None)
    said = {("S-01", "failure_rate"): Nothing("withheld")}
    (judged,) = rank(evidence(taxis, nothings=said)).services
    assert (judged.missing, judged.answered) == (("readiness",), ("failure rate withheld",))
    assert judged.lacking == "readiness not recorded; failure rate withheld"
    assert rank(evidence(taxis, nothings=said)).signal.missing == ("S-01 Taxi licences: readiness not recorded.",)


def reference(**change: dict[str, Any]) -> list[Any]:
    return [service(name, **change.get(name.split()[0], {})) for name in REFERENCE]


def test_the_reference() -> None:
    found = ranked(*reference())
    for name, (_, impact, feasibility, place) in REFERENCE.items():
        one = found[name]
        assert one.impact is not None and one.feasibility is not None
        assert (round(one.impact.value, 1), round(one.feasibility.value, 1)) == (impact, feasibility)
        assert (one.rank_text(), one.missing, one.impact.low) == (place, (), one.impact.high)
    assert [(one.quadrant, one.rank) for one in found.values()] == [
        *(("A", n) for n in (1, 2, 5)),
        *(("B", n) for n in (3, 4)),
        *(("C", n) for n in (6, 9, 10)),
        *(("D", n) for n in (7, 8)),
    ]
    hours = found["Change of address"].inputs.hours
    assert hours is not None and round(hours) == 14233
    assert found["Change of address"].inputs.cost == 31_110_000


def test_the_order_in_which_services_were_added_does_not_matter() -> None:
    mixed = reference()
    random.Random(3).shuffle(mixed)
    assert {name: one.data() for name, one in ranked(*mixed).items()} == {
        name: one.data() for name, one in ranked(*reference()).items()
    }


def test_what_is_missing_widens_the_range_and_is_not_nought() -> None:
    whole = ranked(*reference())["Housing repairs"]
    one = ranked(*reference(Housing={"failure_rate": None}))["Housing repairs"]
    none = ranked(*reference(Housing={"failure_rate": 0.0}))["Housing repairs"]
    assert one.missing == ("failure rate",) and none.missing == whole.missing == ()
    assert one.impact is not None and none.impact is not None and whole.impact is not None
    assert one.impact.low < whole.impact.value < one.impact.high
    assert one.impact.high - one.impact.low == pytest.approx(20)  # the weight of the failure rate
    assert one.impact.value > none.impact.value
    assert one.impact.text() == "87.5 (70.0–90.0)"
    assert (one.best, one.last) == (1, 4)


def test_a_service_of_which_too_little_is_known_is_not_ranked() -> None:
    bare = {"failure_rate": None, "cost_per_transaction": None, "vulnerability": None}
    found = ranked(*reference(Housing=bare))
    one = found["Housing repairs"]
    assert (one.state, one.rank, one.rank_text(), one.impact, one.quadrant) == ("not_enough_data", None, "", None, "")
    assert one.missing == ("failure rate", "cost per transaction", "vulnerability")
    assert [other.rank for other in found.values() if other.rank] and list(found)[-1] == "Housing repairs"
    assert max(other.rank or 0 for other in found.values()) == 9
    enough = ranked(*reference(Housing={**bare, "vulnerability": 4}))["Housing repairs"]
    assert enough.state == "ranked"


def test_hours_need_both_volume_and_minutes() -> None:
    found = ranked(*reference(Housing={"annual_volume": None}))["Housing repairs"]
    assert (found.inputs.hours, found.inputs.cost) == (None, None)
    assert found.missing == ("transactions a year",)
    assert found.state == "ranked"


def test_minutes_and_handoffs_come_from_the_newest_journey_as_it_is() -> None:
    one = service("Welfare grants", "S-01", citizen_minutes=None, manual_handoffs=None)
    old = make("journey", "J-01", name="Old", service="S-01", valid_on=DAY - timedelta(90))
    new = make("journey", "J-02", name="New", service="S-01", valid_on=DAY - timedelta(9))
    plan = make("journey", "J-03", name="Plan", service="S-01", valid_on=DAY, journey_kind="to_be")
    steps = [
        make("step", title="Ask", journey="J-01", touch_minutes=99),
        make("step", title="Ask", journey="J-02", touch_minutes=30, handoff="manual"),
        make("step", title="Ask", journey="J-02", touch_minutes=45),
        make("step", title="Key", journey="J-02", actor="back_office", touch_minutes=14, handoff="manual"),
        make("step", title="Ask", journey="J-03", touch_minutes=1),
    ]
    found = ranked(one, old, new, plan, *steps)["Welfare grants"]
    assert (found.inputs.minutes, found.inputs.handoffs, found.inputs.journey) == (75, 2, "J-02")
    assert found.inputs.hours == 3875
    own = ranked(service("Welfare grants", "S-01", citizen_minutes=0), new, *steps)["Welfare grants"]
    assert (own.inputs.minutes, own.inputs.hours, own.inputs.journey) == (0, 0, "")
    staff_only = ranked(one, new, steps[3])["Welfare grants"]
    assert (staff_only.inputs.minutes, staff_only.inputs.handoffs) == (None, 1)
    assert ranked(one, new)["Welfare grants"].missing == ("citizen's time", "manual hand-offs")


def test_nought_hours_and_money_have_a_place_on_the_scale() -> None:
    found = ranked(service("Free", annual_volume=0, citizen_minutes=5, cost_per_transaction=0), *reference())
    assert found["Free"].state == "not_enough_data"
    still = service("Still", annual_volume=0, citizen_minutes=5, cost_per_transaction=0, failure_rate=0.0)
    found = ranked(still, *reference())
    assert found["Still"].impact is not None and found["Still"].impact.low == pytest.approx(0)
    assert found["Still"].missing == ("manual hand-offs", "vulnerability", "readiness", "data readiness")


def test_live_services_are_listed_and_retired_ones_are_not() -> None:
    found = ranked(*reference(Housing={"lifecycle": "live"}, Taxi={"lifecycle": "retired"}))
    assert "Taxi licences" not in found
    assert (found["Housing repairs"].state, found["Housing repairs"].rank) == ("live", None)
    assert found["Housing repairs"].inputs.hours == 15200
    assert list(found)[-1] == "Housing repairs"
    assert found["Carer assessment"].rank == 2


def test_feasibility_alone() -> None:
    def able(readiness: int | None, data: int | None, **setting: Any) -> str:
        one = ranked(service("Welfare grants", readiness=readiness, data_readiness=data), **setting)["Welfare grants"]
        return one.feasibility.text() if one.feasibility else "none"

    assert [able(5, 5), able(1, 1), able(3, 3)] == ["100.0", "0.0", "50.0"]
    assert able(5, 1) == "60.0"
    assert able(5, None) == "100.0 (60.0–100.0)"
    assert able(None, None) == "none"
    assert able(5, None, weight_data=0) == "100.0"


def test_a_quadrant_that_what_is_missing_decides() -> None:
    found = ranked(*reference(Change={"readiness": None, "data_readiness": None}))
    assert found["Change of address"].quadrant == "A or B"
    assert "readiness" in found["Change of address"].missing
    found = ranked(*reference(Blue={"vulnerability": None}))
    assert found["Blue Badge renewals"].quadrant == "A or C"


def test_weights_are_settings() -> None:
    only = {f"weight_{name}": 0 for name in ("hours", "failure", "cost", "handoffs")}
    found = ranked(*reference(Housing={"vulnerability": None}), **only)
    assert found["Housing repairs"].state == "not_enough_data"
    assert found["Housing repairs"].missing == ("vulnerability",)
    assert found["Planning search"].impact is not None and found["Planning search"].impact.value == 0
    nothing = ranked(*reference(), **only, weight_vulnerability=0)
    assert {one.state for one in nothing.values()} == {"not_enough_data"}
    still = ranked(*reference(), weight_shift=1)
    assert all(one.best == one.last == one.rank for one in still.values())
    assert any(one.last != one.rank for one in ranked(*reference(), weight_shift=100).values())


def test_one_candidate_and_none() -> None:
    (one,) = ranked(service("Welfare grants")).values()
    assert (one.rank_text(), one.impact and one.impact.value) == ("1st", 50)
    none = rank(evidence())
    assert (none.services, none.signal.level) == ((), "grey")
    assert none.signal.missing == ("No service is a candidate or in a pilot.",)


def test_what_the_board_reads() -> None:
    due = DAY + timedelta(200)
    facts: dict[str, Any] = {"Housing": {"failure_rate": None, "ref": "S-02"}, "Welfare": {"legal_deadline": due}}
    unknown = make("service", "S-77", name="Unknown")
    signal = rank(evidence(*reference(**facts), unknown)).signal
    findings = {finding.id: finding for finding in signal.findings}
    assert (signal.name, signal.level) == ("priority", "amber")
    assert findings["rank S-02"].level == "amber"
    assert findings["rank S-02"].sentence == (
        "Housing repairs (S-02) is 1st (1–4) of 10 by impact (15,200 citizen hours a year, cost 470,400 a year, "
        "7 manual hand-offs, vulnerability 4 of 5): impact 87.5 (70.0–90.0), feasibility 50.0, "
        "quadrant A, high impact and feasible."
    )
    assert findings["rank S-77"].level == "grey"
    assert "S-02 Housing repairs: failure rate not recorded." in signal.missing
    assert signal.headline.startswith("High impact and feasible: Housing repairs (S-02), 1st (1–4)")
    assert signal.headline.endswith("10 services ranked by impact. 1 candidate without enough data.")
    assert rank(evidence(*reference())).signal.level == "green"
    assert rank(evidence(unknown)).signal.level == "grey"


@pytest.mark.parametrize(
    ("days", "level", "words"),
    [
        (-3, "red", "passed 3 days ago"),
        (0, "amber", "is today"),
        (28, "amber", "in 28 days"),
        (29, "green", "in 29 days"),
    ],
)
def test_a_legal_deadline_stands_apart(days: int, level: str, words: str) -> None:
    due = DAY + timedelta(days)
    one = service("Welfare grants", "S-01", legal_deadline=due)
    signal = rank(evidence(one)).signal
    (finding,) = [finding for finding in signal.findings if finding.id == "deadline S-01"]
    assert finding.level == level and words in finding.sentence
    live = rank(evidence(service("Welfare grants", "S-01", legal_deadline=due, lifecycle="live")))
    assert not live.signal.findings and live.services[0].legal_deadline == due
    assert isinstance(date.fromisoformat(str(live.services[0].data()["legal_deadline"])), date)


def test_near_the_edge_is_borderline() -> None:
    findings = {finding.sentence.split(" (")[0]: finding for finding in rank(evidence(*reference())).signal.findings}
    assert findings["Blue Badge renewals"].borderline and not findings["Change of address"].borderline


def test_scaling_and_the_shifts() -> None:
    assert scaled([3, None, 1, 2]) == [1, None, 0, 0.5]
    assert scaled([4, 4, None]) == [0.5, 0.5, None]
    assert scaled([None]) == [None]
    five = dict.fromkeys("abcde", 20.0)
    assert len(shifted(five, 0.25)) == 31 and five in shifted(five, 0.25)
    assert span({"a": None}, {"a": 1}) is None
    assert [one.rank for one in places([{"a": 0.2}, {"a": 0.7}, {"a": 0.7}], {"a": 1.0}, 0.25)] == [3, 1, 1]


things = st.lists(
    st.fixed_dictionaries({name: st.none() | st.floats(0, 1) for name in "abc"}).filter(
        lambda thing: any(at is not None for at in thing.values())
    ),
    min_size=1,
    max_size=8,
)


@steady
@given(things, st.sampled_from([0.01, 0.25, 1.0]))
def test_a_place_lies_within_its_range(some: list[dict[str, float | None]], shift: float) -> None:
    weights = {"a": 30.0, "b": 20.0, "c": 50.0}
    for thing, place in zip(some, places(some, weights, shift), strict=True):
        assert 1 <= place.best <= place.rank <= place.last <= len(some)
        found = span(thing, weights)
        assert found is not None and 0 <= found.low <= found.value + 1e-9 and found.value <= found.high + 1e-9
        if None not in thing.values():
            assert found.low == pytest.approx(found.high)
