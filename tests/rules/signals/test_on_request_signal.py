"""What registers on request say: of what is recorded only, and never green because something is missing."""

from datetime import date, timedelta
from typing import Any

import pytest
from rules.evidence_cases import DAY, evidence, iterations, make, pilot

from tracker.rules.signals.on_request import on_request_signal
from tracker.rules.signals.result import Finding

START = DAY - timedelta(200)


def rules(*records: Any) -> dict[str, Finding]:
    return {
        finding.id.removeprefix("registers."): finding for finding in on_request_signal(evidence(*records)).findings
    }


def test_a_programme_without_such_registers_has_no_finding_and_no_colour() -> None:
    signal = on_request_signal(evidence(pilot()))
    assert (signal.level, signal.findings) == ("grey", ())


def stakeholder(ref: str, involved: date | None, **facts: Any) -> Any:
    return make("stakeholder", ref, **{"name": ref, "pilot": "P-01", "first_involved_on": involved, **facts})


def test_stakeholders_are_late_after_the_first_iteration_or_without_one_after_the_start() -> None:
    first = iterations("P-01", 150, 100)
    in_time, late = stakeholder("SH-001", DAY - timedelta(150)), stakeholder("SH-002", DAY - timedelta(149))
    never = stakeholder("SH-003", None)
    finding = rules(pilot(), *first, in_time, late, never)["stakeholders"]
    assert finding.sentence == (
        "2 stakeholders were involved after the first iteration or the start, or not yet: SH-002 and SH-003."
    )
    assert rules(pilot(), *first, in_time)["stakeholders"].level == "green"
    assert rules(pilot(), stakeholder("SH-001", START))["stakeholders"].level == "green"
    assert rules(pilot(), in_time)["stakeholders"].level == "amber"
    assert rules(pilot(start=None), late)["stakeholders"].level == "grey"
    assert rules(pilot(), stakeholder("SH-001", None, status="former"))["stakeholders"].level == "grey"


@pytest.mark.parametrize(
    ("facts", "policies", "checks"),
    [
        ({}, "amber", "amber"),
        ({"policies": ("security",)}, "green", "amber"),
        ({"checks": ("identity",)}, "amber", "amber"),
        ({"checks": ("identity",), "checked_on": DAY}, "amber", "green"),
        ({"status": "former"}, "grey", "grey"),
    ],
)
def test_suppliers_have_policies_that_were_seen_and_dated_checks(
    facts: dict[str, Any], policies: str, checks: str
) -> None:
    found = rules(make("supplier", "SU-001", **{"name": "Brindle", **facts}))
    assert (found["policies"].level, found["checks"].level) == (policies, checks)


@pytest.mark.parametrize(("days", "level"), [(-1, "amber"), (0, "green")])
def test_a_contract_lasts_until_its_pilot_goes_live(days: int, level: str) -> None:
    live = DAY + timedelta(60)
    contract = make("contract", "CT-001", title="Forms", pilot="P-01", ends_on=live + timedelta(days))
    finding = rules(pilot(first_real_user_on=live), contract)["contracts"]
    assert finding.level == level
    if level == "amber":
        assert finding.sentence == "CT-001 ends on 10 Jan 2027, before P-01 goes live on 11 Jan 2027."
    assert rules(pilot(), contract)["contracts"].level == "grey"
    ended = make("contract", "CT-001", title="Forms", pilot="P-01", ends_on=DAY, status="ended")
    assert rules(pilot(first_real_user_on=live), ended)["contracts"].level == "grey"


def test_benefits_have_owners_and_metrics_incidents_lessons_and_recommendations_are_in_time() -> None:
    plain = {"title": "Fewer calls", "benefit_kind": "qualitative"}
    found = rules(
        make("benefit", "BN-001", **plain),
        make("incident", "INC-001", title="It failed", status="resolved"),
        make("finding", "AF-001", finding="No owner", due=DAY - timedelta(1)),
    )
    assert {rule: finding.level for rule, finding in found.items()} == dict.fromkeys(
        ("owners", "measures", "lessons", "recommendations"), "amber"
    )
    assert found["lessons"].sentence == "1 resolved incident has no lesson: INC-001."
    assert found["recommendations"].sentence == "1 audit recommendation is overdue: AF-001."
    person, metric = make("person", "PER-001", display_name="Ana"), make("metric", "M-01", name="Calls")
    found = rules(
        person,
        metric,
        make("benefit", "BN-001", **plain, owner="PER-001", metric="M-01"),
        make("incident", "INC-001", title="It failed", status="resolved", lessons="Watch it"),
        make("finding", "AF-001", finding="No owner", due=DAY),
    )
    assert {finding.level for finding in found.values()} == {"green"}
    found = rules(
        make("benefit", "BN-001", **plain, status="dropped"),
        make("incident", "INC-001", title="It failed"),
        make("finding", "AF-001", finding="No owner", due=DAY - timedelta(1), status="closed"),
    )
    assert {finding.level for finding in found.values()} == {"grey"}


def milestone(ref: str, **facts: Any) -> Any:
    return make("milestone", ref, **{"name": ref, **facts})


def test_milestones_slip_against_their_baseline_and_pass_unmet() -> None:
    ahead = DAY + timedelta(30)
    kept = milestone("MS-001", baseline_on=ahead, forecast_on=ahead)
    slipped = milestone("MS-002", baseline_on=ahead, forecast_on=ahead + timedelta(1))
    passed = milestone("MS-003", forecast_on=DAY - timedelta(1))
    found = rules(kept, slipped, passed)
    assert found["slips"].sentence == "1 milestone is forecast later than first planned: MS-002."
    assert found["milestones"].sentence == "1 milestone has passed without being met: MS-003."
    assert (rules(kept)["slips"].level, rules(kept)["milestones"].level) == ("green", "green")
    met = milestone("MS-004", baseline_on=DAY, forecast_on=ahead, status="met", actual_on=DAY)
    assert (rules(met)["slips"].level, rules(met)["milestones"].level) == ("grey", "grey")
    assert rules(milestone("MS-005"))["slips"].level == "grey"
