"""Risk exposure against appetite: what is above, uncovered, overdue, stagnant, and what changed since."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rules.evidence_cases import DAY, evidence, make

from tracker.rules.day import Day
from tracker.rules.signals.exposure import ExposureSignal, exposure_signal
from tracker.rules.signals.result import Finding

steady = settings(derandomize=True, max_examples=100, deadline=None)
BEFORE = date(2026, 10, 8)


def risk(ref: str, likelihood: int | None = 3, impact: int | None = 3, **facts: Any) -> Any:
    plain = {"title": "It rains", "status": "open", "category": "legal", "owner": f"PER-{ref}"}
    plain |= {"next_review_on": DAY + timedelta(9), "raised_on": date(2026, 9, 1)}
    return make("risk", ref, likelihood=likelihood, impact=impact, **{**plain, **facts})


def action(of: str, due: date, **facts: Any) -> Any:
    return make("action", text="Do it", owner="PER-1", due=due, risk=of, **facts)


def judged(*records: Any, before: Day | None = None, **more: Any) -> ExposureSignal:
    return exposure_signal(evidence(*records, **more), before)


def rule(found: ExposureSignal, name: str) -> Finding:
    (one,) = (one for one in found.signal.findings if one.id == f"exposure.{name}")
    return one


# The ten live threats of the demonstration: (ref, L, I, category).
DEMO = (
    ("R-001", 2, 2, "governance"),
    ("R-002", 4, 5, "legal"),
    ("R-004", 4, 3, "information"),
    ("R-005", 2, 3, "technology"),
    ("R-007", 4, 4, "commercial"),
    ("R-009", 3, 5, "operations"),
    ("R-010", 4, 3, "legal"),
    ("R-011", 2, 3, "people"),
    ("R-013", 3, 3, "people"),
    ("R-015", 2, 4, "financial"),
)


def test_the_demonstration_has_five_risks_and_39_points_above_appetite() -> None:
    late = {"R-007": date(2026, 10, 30), "R-009": date(2026, 8, 31), "R-010": date(2026, 8, 31)}
    some = [
        risk(ref, n, m, category=kind, next_review_on=late.get(ref, DAY + timedelta(9))) for ref, n, m, kind in DEMO
    ]
    some += [action("R-002", date(2026, 11, 24)), action("R-007", date(2026, 10, 15)), action("R-004", DAY)]
    found = judged(*some)
    plain = found.figures.plain
    assert (plain.live, plain.above, plain.points) == (10, 5, 39)
    assert found.figures.above == ("R-002", "R-007", "R-009", "R-004", "R-010")
    assert found.figures.uncovered == ("R-007", "R-009")
    assert (plain.overdue, plain.oldest_overdue) == (3, 73)
    assert found.signal.level == "red"
    assert "108" not in str(found.signal.data())  # the sum of scores tells a board nothing
    assert "by 39 points in all" in rule(found, "appetite").sentence


def test_an_action_covers_while_it_is_open_and_its_day_has_not_passed() -> None:
    high = risk("R-001", 5, 3)
    assert judged(high, action("R-001", DAY)).signal.level == "amber"
    assert judged(high, action("R-001", DAY - timedelta(1))).signal.level == "red"
    assert judged(high, action("R-001", DAY, status="done")).signal.level == "red"
    assert judged(high, action("R-001", DAY, status="dropped")).signal.level == "red"
    assert judged(high, action("R-002", DAY)).signal.level == "red"


def test_uncovered_is_red_from_the_red_score_on_and_only_above_appetite() -> None:
    assert judged(risk("R-001", 3, 5)).figures.uncovered == ("R-001",)
    assert judged(risk("R-001", 3, 4)).figures.uncovered == ()
    assert judged(risk("R-001", 3, 4), risk_red_score=12).figures.uncovered == ("R-001",)
    assert judged(risk("R-001", 3, 5), appetite_legal="eager").figures.uncovered == ()


def test_within_appetite_and_reviewed_is_green_and_says_so() -> None:
    found = judged(risk("R-001", 2, 3))
    assert found.signal.level == "green"
    assert {one.level for one in found.signal.findings} == {"green"}


def test_no_live_risk_is_grey_and_not_green() -> None:
    for some in ([], [risk("R-001", status="closed")], [risk("R-001", risk_kind="opportunity")]):
        found = judged(*some)
        assert (found.signal.level, found.figures.plain.live) == ("grey", 0)
        assert "the risks of the programme" in found.signal.missing


def test_a_risk_without_a_score_is_named_and_never_green() -> None:
    found = judged(risk("R-001", None, None))
    assert found.signal.level == "amber"
    assert "the score of R-001" in found.signal.missing
    assert rule(found, "appetite").level == "grey"


def test_stagnant_is_above_appetite_with_three_equal_scores_and_nothing_in_hand() -> None:
    def assessed(*scores: tuple[int, int]) -> list[Any]:
        days = [date(2026, 9, 1) + timedelta(n) for n in range(len(scores))]
        return [
            make("assessment", risk="R-001", assessed_on=day, likelihood=n, impact=m)
            for day, (n, m) in zip(days, scores, strict=True)
        ]

    same, high = [(3, 4), (4, 3), (3, 4)], risk("R-001", 3, 4)
    assert judged(high, *assessed(*same)).figures.stagnant == ("R-001",)
    assert judged(high, *assessed((1, 1), *same)).figures.stagnant == ("R-001",)
    assert judged(high, *assessed(*same[:2])).figures.stagnant == ()
    assert judged(high, *assessed((4, 4), *same[:2])).figures.stagnant == ()
    assert judged(high, *assessed(*same), action("R-001", DAY)).figures.stagnant == ()
    assert judged(risk("R-001", 3, 4, category="technology"), *assessed(*same)).figures.stagnant == ()


def test_concentration_is_one_owner_with_several_risks_above_appetite() -> None:
    some = [risk("R-001", 3, 3, owner="PER-1"), risk("R-002", 3, 3, owner="PER-1"), risk("R-003", 3, 5)]
    found = judged(*some, make("person", "PER-1", display_name="Data lead"))
    assert found.figures.concentration == (Fraction(600, 15), "uid<PER-1>")
    assert rule(found, "concentration").level == "green"  # 40 per cent is not more than 40
    found = judged(*some[:2], risk("R-003", 2, 4), make("person", "PER-1", display_name="Data lead"))
    assert rule(found, "concentration").level == "amber"
    assert "Data lead (R-001 and R-002)" in rule(found, "concentration").sentence
    assert judged(risk("R-003", 3, 5)).figures.concentration is None


def test_what_changed_since_an_earlier_day() -> None:
    was = [risk(f"R-00{n}") for n in range(1, 9)]
    now = [
        risk("R-001", 4, 3),
        risk("R-002", 2, 3),
        risk("R-003", status="closed"),
        risk("R-004", status="became_issue"),
        risk("R-006", None, None),
        risk("R-007", 3, 3),
        risk("R-008", risk_kind="opportunity"),
        risk("R-009"),
        risk("R-010", status="closed"),
        risk("R-011", risk_kind="opportunity"),
    ]
    old = evidence(*was, risk("R-012", status="closed"), day=BEFORE)
    moved = judged(*now, risk("R-012"), before=old).figures.moved
    assert moved is not None
    assert (moved.since, moved.new) == (BEFORE, ("R-009", "R-012"))
    assert (moved.raised, moved.lowered) == (("R-001",), ("R-002",))
    assert (moved.closed, moved.became_issue) == (("R-003", "R-010"), ("R-004",))
    assert moved.removed == ("R-005", "R-008")
    told = rule(judged(*now, before=old), "moved")
    assert told.sentence.startswith("Since 8 Oct 2026: 1 new (R-009); 1 raised (R-001)")
    assert judged(*now).figures.moved is None


@steady
@given(
    st.lists(
        st.tuples(st.none() | st.integers(1, 5), st.integers(1, 5), st.sampled_from(["legal", "technology", None]))
    ),
    st.integers(1, 25),
)
def test_red_means_uncovered_and_green_means_nothing_above(some: list[Any], red: int) -> None:
    risks = [risk(f"R-{i:03}", n, n and m, category=kind) for i, (n, m, kind) in enumerate(some)]
    found = judged(*risks, risk_red_score=red)
    assert found == judged(*risks, risk_red_score=red)
    assert (found.signal.level == "red") == bool(found.figures.uncovered)
    assert (found.signal.level == "grey") == (not risks)
    if found.signal.level == "green":
        assert not found.figures.above and not found.figures.plain.unscored
    assert set(found.figures.uncovered) <= set(found.figures.above)
