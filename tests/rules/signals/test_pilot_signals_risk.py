"""Risk, issues and assurance of a pilot: each rule by example."""

from datetime import timedelta
from typing import Any

import pytest
from rules.evidence_cases import DAY, evidence, make, pilot

from tracker.rules.day import Move
from tracker.rules.signals.pilot.assurance import assurance_signal
from tracker.rules.signals.pilot.risk import risk_signal
from tracker.rules.signals.result import Finding, Signal

LATE, SOON = DAY - timedelta(1), DAY + timedelta(1)


def risk(ref: str = "R-001", likelihood: int | None = 2, impact: int | None = 3, **facts: Any) -> Any:
    """Return an open risk of P-01 that was just assessed; its appetite is 9 unless a category says otherwise."""
    plain = {"title": "It rains", "status": "open", "assessed_on": DAY, "pilot": "P-01"}
    return make("risk", ref, **{**plain, "likelihood": likelihood, "impact": impact, **facts})


def action(ref: str, due: Any, **facts: Any) -> Any:
    return make("action", ref, **{"text": "Do it", "owner": "PER-001", "due": due, "risk": "R-001", **facts})


def issue(ref: str, severity: str, due: Any, **facts: Any) -> Any:
    return make("issue", ref, title="It broke", severity=severity, due=due, pilot="P-01", **facts)


def risks(*records: Any, one: Any = None, **settings: Any) -> Signal:
    one = one or pilot()
    return risk_signal(evidence(one, *records, **settings), one)


def finding(signal: Signal, rule: str) -> Finding:
    return next(one for one in signal.findings if one.id == rule)


@pytest.mark.parametrize(
    ("likelihood", "impact", "category", "level", "borderline"),
    [
        (2, 3, "commercial", "green", False),
        (2, 4, "commercial", "green", True),
        (3, 3, "commercial", "green", True),  # within: not above 9
        (2, 5, "commercial", "amber", True),
        (3, 4, "commercial", "amber", False),
        (3, 4, "technology", "green", True),
        (2, 3, "legal", "green", True),
        (2, 4, "legal", "amber", False),
    ],
)
def test_a_score_is_judged_by_the_appetite(
    likelihood: int, impact: int, category: str, level: str, borderline: bool
) -> None:
    signal = risks(risk("R-001", likelihood, impact, category=category))
    assert (signal.level, finding(signal, "risk.appetite").borderline) == (level, borderline)


@pytest.mark.parametrize(
    ("due", "facts", "level"),
    [
        (LATE, {}, "red"),
        (DAY, {}, "amber"),
        (SOON, {}, "amber"),
        (SOON, {"status": "in_progress"}, "amber"),
        (SOON, {"status": "done"}, "red"),
        (SOON, {"status": "dropped"}, "red"),
        (SOON, {"risk": "R-002"}, "red"),
    ],
)
def test_a_severe_risk_above_appetite_needs_an_open_action_that_is_not_overdue(
    due: Any, facts: dict[str, Any], level: str
) -> None:
    severe = risk("R-001", 4, 4, category="commercial")
    assert risks(severe, action("A-001", due, **facts)).level == level
    assert risks(severe).level == "red"
    assert risks(severe, action("A-001", LATE), action("A-002", SOON)).level == "amber"


def test_what_is_uncovered_is_told_with_what_was_promised() -> None:
    signal = risks(risk("R-001", 4, 4, category="commercial"), action("A-001", LATE))
    found = finding(signal, "risk.uncovered")
    assert found.sentence == (
        "1 risk is above appetite with a score of 15 or more and nothing in hand: "
        "R-001 (score 16, A-001 overdue since 11 Nov 2026)."
    )
    assert (found.value, found.threshold, found.records) == ("16", "15", ("R-001", "A-001"))
    assert found.borderline
    covered = finding(risks(risk("R-001", 4, 5), action("A-001", SOON)), "risk.covered")
    assert covered.sentence == "In hand by an open action: R-001 by A-001 (due 13 Nov 2026)."


def test_below_the_red_score_nobody_asks_for_cover_and_within_appetite_no_score_is_red() -> None:
    assert risks(risk("R-001", 3, 4)).level == "amber"
    assert risks(risk("R-001", 3, 5)).level == "red"
    assert risks(risk("R-001", 3, 5), risk_red_score=16).level == "amber"
    assert risks(risk("R-001", 4, 4, category="technology"), appetite_technology="eager").level == "green"


@pytest.mark.parametrize(("next_review", "level"), [(LATE, "amber"), (DAY, "green"), (SOON, "green")])
def test_an_overdue_review_is_amber(next_review: Any, level: str) -> None:
    assessed = DAY - timedelta(30)
    signal = risks(risk("R-001", 2, 3, next_review_on=next_review, assessed_on=assessed))
    assert signal.level == finding(signal, "risk.reviews").level == level


@pytest.mark.parametrize(
    ("severity", "due", "status", "level"),
    [
        ("critical", LATE, "open", "red"),
        ("critical", LATE, "in_progress", "red"),
        ("critical", DAY, "open", "green"),
        ("critical", None, "open", "green"),
        ("critical", LATE, "resolved", "green"),
        ("major", LATE, "open", "amber"),
        ("major", DAY, "open", "green"),
        ("major", LATE, "closed", "green"),
        ("minor", LATE, "open", "green"),
    ],
)
def test_issues_overdue(severity: str, due: Any, status: str, level: str) -> None:
    signal = risks(risk(), issue("I-001", severity, due, status=status))
    assert signal.level == level
    assert ("the due date of I-001" in signal.missing) is (due is None)


def test_only_live_threats_of_the_pilot_count() -> None:
    severe: dict[str, Any] = {"likelihood": 5, "impact": 5}
    for facts in ({"status": "closed"}, {"status": "became_issue"}, {"risk_kind": "opportunity"}, {"pilot": "P-02"}):
        assert risks(risk("R-002"), risk("R-001", **{**severe, **facts})).level == "green"
    assert risks(risk("R-002"), risk("R-001", **severe, status="draft")).level == "red"


def test_a_pilot_without_risks_is_grey_in_discovery_and_amber_from_alpha_on() -> None:
    early = risks(one=pilot(phase="discovery"))
    assert (early.level, early.missing) == ("grey", ("the risks of the pilot",))
    for phase in ("alpha", "private_beta", "public_beta", "live", "paused"):
        assert risks(one=pilot(phase=phase)).level == "amber"
    # Closed ones show that somebody looked.
    assert risks(risk("R-001", status="closed")).level == "green"
    # An issue in hand says nothing of the risks; one that is overdue is known to be bad.
    assert risks(issue("I-001", "critical", SOON), one=pilot(phase="discovery")).level == "grey"
    assert risks(issue("I-001", "critical", LATE), one=pilot(phase="discovery")).level == "red"


def test_a_risk_that_nobody_scored_is_not_within_appetite() -> None:
    unscored = risk("R-001", None, None)
    signal = risks(unscored)
    assert (signal.level, signal.missing) == ("amber", ("the score of R-001",))
    assert risks(unscored, one=pilot(phase="discovery")).level == "grey"
    assert risks(unscored, risk("R-002")).missing == ("the score of R-001",)


def item(kind: str, status: str, **facts: Any) -> Any:
    return make("compliance", f"CI-{kind}", item_kind=kind, status=status, **{"pilot": "P-01", **facts})


SIGNED = tuple(item(kind, "signed_off") for kind in ("dpia", "security", "accessibility"))
PLAIN = {"personal_data": "yes", "algorithmic_tool": "no"}


def assured(one: Any, *records: Any) -> Signal:
    return assurance_signal(evidence(one, *records), one)


def without(kind: str) -> list[Any]:
    return [one for one in SIGNED if one.item_kind != kind]


NOT_SETTLED = ("not_started", "screened", "in_progress", "submitted", "expired", "failed")
NOT_BEGUN = ("not_started", "expired", "failed")


@pytest.mark.parametrize("status", ["signed_off", "not_needed", *NOT_SETTLED, None])
@pytest.mark.parametrize("kind", ["dpia", "security", "accessibility", "atrs"])
def test_what_must_be_settled_with_real_users(kind: str, status: str | None) -> None:
    settled = status in ("signed_off", "not_needed")
    records = [*without(kind), *([item(kind, status)] if status else [])]
    tool = "yes" if kind == "atrs" else "no"
    live = pilot(first_real_user_on=DAY, personal_data="yes", algorithmic_tool=tool)
    not_begun = status is None or status in NOT_BEGUN
    of_kind = {"dpia": "red", "security": "red", "accessibility": "amber" if not_begun else "green", "atrs": "amber"}
    assert assured(live, *records).level == ("green" if settled else of_kind[kind])
    # The day before there were no real users: only what is due by then is asked for.
    before = pilot(first_real_user_on=SOON, personal_data="yes", algorithmic_tool=tool)
    asked = kind in ("dpia", "atrs") and not_begun and not settled
    assert assured(before, *records).level == ("amber" if asked else "green")


@pytest.mark.parametrize(("phase", "level"), [("private_beta", "green"), ("public_beta", "red"), ("live", "red")])
def test_from_public_beta_on_accessibility_must_be_passed(phase: str, level: str) -> None:
    records = [*without("accessibility"), item("accessibility", "in_progress")]
    assert assured(pilot(phase=phase, first_real_user_on=DAY, **PLAIN), *records).level == level
    # A pause does not undo it.
    one = pilot(phase="paused", first_real_user_on=DAY, **PLAIN)
    steps = (("alpha", "paused"), ("paused", phase), (phase, "paused"))
    moves = {("P-01", "phase"): [Move(DAY, *step) for step in steps]}
    assert assurance_signal(evidence(one, *records, moves=moves), one).level == level


@pytest.mark.parametrize(
    ("personal_data", "level"), [("none", "green"), ("yes", "red"), ("special_category", "red"), ("unknown", "red")]
)
def test_a_dpia_is_needed_unless_there_is_no_personal_data(personal_data: str, level: str) -> None:
    live = pilot(first_real_user_on=DAY, personal_data=personal_data, algorithmic_tool="no")
    signal = assured(live, *without("dpia"))
    assert signal.level == level
    assert ("whether it uses personal data" in signal.missing) is (personal_data == "unknown")


@pytest.mark.parametrize(
    ("tool", "phase", "status", "level"),
    [
        ("yes", "discovery", None, "grey"),
        ("yes", "alpha", None, "amber"),
        ("unknown", "alpha", None, "amber"),
        ("no", "alpha", None, "green"),
        ("yes", "alpha", "in_progress", "green"),
        ("yes", "alpha", "failed", "amber"),
        ("unknown", "alpha", "not_needed", "green"),
    ],
)
def test_an_algorithmic_tool_needs_a_transparency_record(tool: str, phase: str, status: str, level: str) -> None:
    one = pilot(phase=phase, personal_data="none", algorithmic_tool=tool)
    signal = assured(one, *([item("atrs", status)] if status else []))
    assert signal.level == level
    unknown = tool == "unknown" and phase != "discovery"
    assert ("whether it uses an algorithmic tool" in signal.missing) is unknown


def test_in_discovery_nothing_is_asked_for_and_nothing_recorded_is_grey() -> None:
    assert assured(pilot(phase="discovery")).level == "grey"
    assert assured(pilot(phase="discovery", **PLAIN)).level == "grey"
    assert assured(pilot(phase="discovery", **PLAIN), item("dpia", "screened")).level == "green"
    assert assured(pilot(phase="discovery", **PLAIN), item("dpia", "not_started")).level == "grey"


def test_of_several_items_of_a_kind_the_last_added_counts() -> None:
    live = pilot(first_real_user_on=DAY, **PLAIN)
    assert assured(live, *SIGNED, item("dpia", "in_progress")).level == "red"
    assert assured(live, item("dpia", "failed"), *SIGNED).level == "green"


def gate(ref: str, outcome: str, ago: int | None) -> Any:
    held = None if ago is None else DAY - timedelta(ago)
    return make("gate", ref, name="Beta gate", pilot="P-01", outcome=outcome, held_on=held)


@pytest.mark.parametrize(
    ("gates", "level"),
    [
        ([("green", 9)], "green"),
        ([("amber", 9)], "green"),
        ([("red", 9)], "red"),
        ([("stopped", 9)], "red"),
        ([("red", 9), ("amber", 3)], "green"),
        ([("green", 9), ("red", 3)], "red"),
        ([("red", 3), ("green", 9)], "red"),
        ([("red", 3), ("green", 3)], "red"),
        ([("red", 3), ("pending", None)], "red"),
    ],
)
def test_a_red_gate_stays_until_a_later_one_is_passed(gates: list[tuple[str, int | None]], level: str) -> None:
    held = [gate(f"G-0{number}", outcome, ago) for number, (outcome, ago) in enumerate(gates)]
    assert assured(pilot(first_real_user_on=DAY, **PLAIN), *SIGNED, *held).level == level


@pytest.mark.parametrize(
    ("held", "facts", "level"),
    [
        (9, {"due": LATE}, "amber"),
        (9, {"due": DAY}, "green"),
        (9, {"due": LATE, "closed_on": DAY}, "green"),
        (90, {"due": DAY, "closed_on": LATE}, "green"),
    ],
)
def test_a_gate_condition_overdue_is_amber(held: int, facts: dict[str, Any], level: str) -> None:
    condition = make("condition", "CN-001", text="Measure it", gate="G-01", **facts)
    signal = assured(pilot(first_real_user_on=DAY, **PLAIN), *SIGNED, gate("G-01", "amber", held), condition)
    assert signal.level == level
    if level == "amber":
        assert signal.headline == "1 gate condition is overdue: CN-001 since 11 Nov 2026."


def test_a_gate_condition_without_a_day_gets_none_that_nobody_set() -> None:
    condition = make("condition", "CN-001", text="Measure it", gate="G-01", due=None)
    signal = assured(pilot(first_real_user_on=DAY, **PLAIN), *SIGNED, gate("G-01", "amber", 200), condition)
    assert signal.level == "amber"
    assert signal.headline == "1 gate condition without a day: CN-001, so nobody can tell what is late."
