"""What the steps of a journey come to, and how two journeys compare."""

from datetime import date
from typing import Any

import pytest
from rules.evidence_cases import make
from rules.journey_cases import DAY, after, grants, journey, step

from tracker.reports.lines.journey_map import draw_comparison
from tracker.rules.journeys.journey import (
    MEASURES,
    Comparison,
    Measures,
    compare,
    counterpart,
    in_order,
    measure_text,
    measures,
    newest,
    summary,
)


def test_the_demo_journey() -> None:
    found = measures(grants())
    assert (found.citizen, found.staff, found.other) == (75, 55, 0)
    assert (found.waiting, found.handoffs, found.repeats) == (11 * DAY, 5, 2)
    assert (found.pain, [one.step_order for one in found.painful], found.drop_out) == (5, [4, 9], 0.22)
    texts = {measure.name: measure_text(measure, found) for measure in MEASURES}
    assert (texts["citizen"], texts["staff"], texts["waiting"], texts["drop_out"]) == (
        "75 min",
        "55 min",
        "11 d",
        "22%",
    )
    assert " · ".join(summary(found)) == (
        "citizen 75 min · staff 55 min · 11 d waiting · 5 manual hand-offs · 2 repeated questions · "
        "worst pain 5 of 5 (steps 4 and 9) · drop-out 22%"
    )


def test_nought_is_nought_and_nothing_is_not_recorded() -> None:
    nought = measures([step(1, pain=0, drop_out_share=0.0)])
    assert {measure.name: measure_text(measure, nought) for measure in MEASURES} == {
        "citizen": "0 min",
        "staff": "0 min",
        "other": "0 min",
        "waiting": "0 min",
        "handoffs": "0",
        "repeats": "0",
        "pain": "0 of 5",
        "drop_out": "0%",
    }
    assert nought.painful == ()
    assert measures([]) == Measures()
    assert {measure_text(measure, Measures()) for measure in MEASURES} == {"not recorded"}
    unsaid = measures([step(1)])
    assert (unsaid.pain, unsaid.drop_out) == (None, None)
    assert "pain not recorded" in summary(unsaid) and "drop-out not recorded" in summary(unsaid)


def test_shares_that_give_up_one_after_the_other() -> None:
    found = measures([step(1, drop_out_share=0.2), step(2), step(3, drop_out_share=0.5)])
    assert found.drop_out == pytest.approx(0.6)
    texts = [measure_text(MEASURES[-1], Measures(steps=1, drop_out=share)) for share in (0.0001, 0.00049, 0.9999, 1.0)]
    assert texts == ["under 0.1%", "under 0.1%", "over 99.9%", "100%"]


def test_only_manual_handoffs_are_counted_and_a_third_party_is_neither_citizen_nor_staff() -> None:
    found = measures(
        [step(1, handoff="automatic"), step(2, actor="third_party", touch_minutes=7), step(3, actor="system")]
    )
    assert (found.handoffs, found.citizen, found.staff, found.other) == (0, 0, 0, 7)
    assert "others 7 min" in summary(found)


def test_steps_without_a_place_come_last() -> None:
    late = make("step", "JS-001", title="Late", journey="J-01")
    assert [one.ref for one in in_order([late, step(10), step(2)])] == ["JS-002", "JS-010", "JS-001"]


def rows(found: Comparison) -> dict[str, tuple[str, str, str, str]]:
    return {row.name: (row.before, row.after, row.difference, row.verdict) for row in found.rows}


def test_before_and_after_whichever_is_given_first() -> None:
    short = [
        step(1, "find  OUT", touch_minutes=12, pain=3),
        step(2, "Apply", touch_minutes=80, wait_minutes=2 * DAY + 60, drop_out_share=0.0),
        step(3, "PHONE: where is it?", actor="back_office", touch_minutes=55),
    ]
    for found in (compare(journey(), grants(), after(), short), compare(after(), short, journey(), grants())):
        assert (found.before.ref, found.after.ref, found.warnings) == ("J-01", "J-02", ())
        assert rows(found) == {
            "citizen": ("75 min", "92 min", "+17 min", "worse"),
            "staff": ("55 min", "55 min", "0 min", "same"),
            "other": ("0 min", "0 min", "0 min", "same"),
            "waiting": ("11 d", "2 d 1 h", "−8 d 23 h", "better"),
            "handoffs": ("5", "0", "−5", "better"),
            "repeats": ("2", "0", "−2", "better"),
            "pain": ("5 of 5", "3 of 5", "−2", "better"),
            "drop_out": ("22%", "0%", "−22 points", "better"),
        }
    assert found.data()["comparable"] is True


def test_a_difference_is_that_of_the_figures_beside_it() -> None:
    first = [step(1, "Ask", drop_out_share=0.09), step(2, "Get", drop_out_share=0.15)]
    second = [step(1, "Ask", drop_out_share=0.03), step(2, "Get", drop_out_share=0.12)]
    found = compare(journey(), first, after(), second)
    assert rows(found)["drop_out"] == ("22.7%", "14.6%", "−8.1 points", "better")
    assert found.rows[-1].change == pytest.approx(-0.0801)


def test_what_one_side_does_not_record_has_no_difference() -> None:
    ends = [step(1, "Find out"), step(2, "Phone: where is it?")]
    found = rows(compare(journey(), grants(), after(), ends))
    assert found["pain"] == ("5 of 5", "not recorded", "not known", "")
    assert found["drop_out"] == ("22%", "not recorded", "not known", "")


@pytest.mark.parametrize("titles", [("Find out", "Decide"), ("Apply", "Phone: where is it?")])
def test_other_ways_are_not_compared(titles: tuple[str, str]) -> None:
    found = compare(journey(), grants(), after(), [step(1, titles[0]), step(2, titles[1])])
    assert (found.comparable, found.rows) == (False, ())
    assert found.warnings == (
        f"J-01 goes from “Find out” to “Phone: where is it?”, J-02 goes from “{titles[0]}” to “{titles[1]}”. "
        "They do not cover the same way, so their figures are not compared.",
    )
    told = [line.text for line in draw_comparison(found, 200)]
    assert not any("75 min" in line for line in told) and told[-1] == f"! {found.warnings[0]}"


def test_a_journey_without_steps_is_not_compared() -> None:
    found = compare(journey(), grants(), after(), [])
    assert found.warnings == ("J-02 has no steps yet, so there is nothing to compare.",)


def test_what_must_be_said_of_a_comparison() -> None:
    def warned(other: Any, **first: Any) -> list[str]:
        return list(compare(journey(**first), grants(), other, grants()).warnings)

    assert warned(after(evidence="assumed")) == [
        "The figures of J-02 are assumed: nobody has observed or counted them."
    ]
    plan = journey("J-02", journey_kind="to_be", evidence="assumed")
    assert warned(plan) == ["J-02 is to be: the differences are planned, not measured."]
    assert warned(after(actor_group="Advisers"), actor_group="Tenants") == [
        "Not the same people may go them: J-01 Tenants, J-02 Advisers."
    ]
    assert warned(after(service="S-01")) == ["J-01 and J-02 are journeys through different services."]
    assert warned(after(), valid_on=date(2026, 11, 9)) == ["J-02 was true on 2 Nov 2026, before J-01 (9 Nov 2026)."]


def test_the_newest_of_a_kind() -> None:
    old, second = journey("J-03", valid_on=date(2026, 1, 1), version=9), journey("J-04", version=2)
    assert newest([journey(), second, old, after()], "as_is") is second
    assert newest([after()], "as_is") is None


def test_what_a_journey_is_compared_with() -> None:
    now, plan, measured = journey(), journey("J-03", journey_kind="to_be"), after(name="Something else")
    alike = journey("J-05", journey_kind="measured_after", name="Third", valid_on=date(2026, 10, 20))
    elsewhere = after(service="S-01")
    ways = {alike.uid: grants(), now.uid: grants()}

    def steps_of(uid: str) -> list[Any]:
        return ways.get(uid, [step(1, "Apply")])

    def chosen(one: Any, *others: Any) -> Any:
        return counterpart(one, [one, *others], steps_of)

    assert chosen(now, elsewhere) is None
    assert chosen(now, plan, elsewhere) is plan
    assert chosen(now, plan, measured) is measured
    assert chosen(now, measured, alike) is alike  # the same first and last step, although older
    named = journey("J-06", journey_kind="measured_after", name="applying ", valid_on=date(2026, 10, 15))
    assert chosen(now, measured, alike, named) is named
    assert chosen(measured, plan, now) is now
    assert chosen(plan, measured) is None
