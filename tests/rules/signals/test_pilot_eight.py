"""The eight pilots of the demonstration: what each dimension and the whole must say of them.

The facts are those of the prototype from which the thresholds were found; benefits and people are given.
"""

from datetime import date
from typing import Any

import pytest
from rules.evidence_cases import DAY, evidence, iterations, make, pilot

from tracker.rules.signals.pilot.overall import DIMENSIONS, PilotEvidence, dimension_signals, pilot_evidence
from tracker.rules.signals.result import Signal

LEVELS = {"g": "green", "a": "amber", "r": "red"}


def on(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


def risk(ref: str, score: tuple[int, int], category: str, review: date, *actions: date) -> list[Any]:
    """Return a risk with its last assessment long past, so that the review date counts, and its actions."""
    facts = {"likelihood": score[0], "impact": score[1], "category": category, "next_review_on": review}
    one = make("risk", ref, title=ref, status="open", pilot="P-01", assessed_on=on(6, 1), **facts)
    return [one, *(make("action", text="Do it", owner="PER-001", due=due, risk=ref) for due in actions)]


def issue(ref: str, severity: str, due: date) -> Any:
    return make("issue", ref, title=ref, severity=severity, due=due, pilot="P-01")


def items(dpia: str, accessibility: str = "", security: str = "") -> list[Any]:
    given = {"dpia": dpia, "accessibility": accessibility, "security": security}
    return [make("compliance", item_kind=kind, status=status, pilot="P-01") for kind, status in given.items() if status]


def gate(outcome: str, held: date, *due: date) -> list[Any]:
    conditions = [make("condition", text="Do it", gate="G-01", due=one) for one in due]
    return [make("gate", "G-01", name="Gate", pilot="P-01", outcome=outcome, held_on=held), *conditions]


def work(*ends: date, released: bool = False) -> list[Any]:
    facts: dict[str, Any] = {"released_to": "all_real_users"} if released else {}
    return iterations("P-01", *((DAY - end).days for end in ends), **facts)


def judged(
    benefits: str, people: str, records: list[list[Any]], updated: date, rating: str, **facts: Any
) -> PilotEvidence:
    plain = {"personal_data": "yes", "algorithmic_tool": "no"}
    money = {name: round(facts.pop(name) * 1000_00) for name in ("budget", "forecast_cost")}
    one = pilot(**{**plain, **money, **facts})
    report = make("confidence", "CR-001", pilot="P-01", rating=rating, as_of=updated)
    found = evidence(one, report, *(each for some in records for each in some), updated={"P-01": updated})
    given = {"benefits": Signal("benefits", "Benefits", benefits), "people": Signal("people", "People", people)}
    return pilot_evidence(found, one, {**dimension_signals(found, one), **given})


facts = dict[str, Any]
SETTLED = ("signed_off", "signed_off", "signed_off")
TWO_WEEKS = (on(9, 11), on(9, 25), on(10, 9), on(10, 23), on(11, 6))

EIGHT: dict[str, tuple[dict[str, Any], str, str, int, int | None]] = {
    # facts, the level of each dimension by its letter (else no data), the whole, steps by which it was reported
    # better, days if stale
    "Blue Badge renewals": (
        facts(
            phase="public_beta",
            start=on(4, 6),
            first_real_user_on=on(6, 15),
            baseline_end=on(11, 30),
            forecast_end=on(12, 4),
            budget=182,
            forecast_cost=179.5,
            benefits="green",
            people="green",
            updated=on(11, 10),
            rating="green",
            records=[
                risk("R-004", (4, 3), "information", on(11, 20), on(11, 28)),
                risk("R-011", (2, 3), "information", on(12, 1)),
                work(on(8, 14), on(8, 28), *TWO_WEEKS, released=True),
                items(*SETTLED),
                gate("amber", on(8, 3)),
            ],
        ),
        "Tg Cg Bg Ra Pg Ag Hg",
        "green",
        0,
        None,
    ),
    "Housing repairs": (
        facts(
            phase="private_beta",
            start=on(5, 4),
            first_real_user_on=on(9, 7),
            baseline_end=on(12, 18),
            forecast_end=on(1, 29, 2027),
            budget=240,
            forecast_cost=261,
            benefits="amber",
            people="red",
            updated=on(11, 4),
            rating="green",
            records=[
                risk("R-007", (4, 4), "commercial", on(10, 30), on(10, 15)),
                risk("R-013", (3, 3), "commercial", on(11, 30), on(12, 1)),
                [issue("I-003", "major", on(11, 6))],
                work(on(8, 21), on(9, 4), on(9, 18), on(10, 2), on(10, 23)),
                items("signed_off", "in_progress", "signed_off"),
                gate("amber", on(9, 3), on(10, 30), on(11, 2)),
            ],
        ),
        "Ta Ca Ba Rr Pr Aa Hg",
        "red",
        2,
        None,
    ),
    "Single view": (
        facts(
            phase="alpha",
            start=on(7, 13),
            baseline_end=on(11, 27),
            forecast_end=on(12, 11),
            budget=95,
            forecast_cost=96,
            benefits="grey",
            people="grey",
            updated=on(11, 9),
            rating="amber",
            records=[
                risk("R-002", (5, 4), "legal", on(11, 17), on(11, 24)),
                work(*TWO_WEEKS[1:]),
                items("in_progress", security="in_progress"),
            ],
        ),
        "Ta Cg Ra Ag Hg",
        "amber",
        0,
        None,
    ),
    "Parking permits": (
        facts(
            phase="private_beta",
            start=on(9, 21),
            first_real_user_on=on(10, 19),
            baseline_end=on(11, 23),
            forecast_end=on(11, 23),
            budget=60,
            forecast_cost=58,
            benefits="amber",
            people="red",
            updated=on(11, 11),
            rating="amber",
            records=[
                risk("R-015", (2, 4), "financial", on(12, 1)),
                work(on(10, 2), on(10, 16)),
                items("in_progress", "not_started", "signed_off"),
                gate("green", on(10, 16)),
            ],
        ),
        "Tg Cg Ba Rg Pr Ar Ha",
        "red",
        1,
        None,
    ),
    "Change of address": (
        facts(
            phase="live",
            start=on(9, 1, 2025),
            first_real_user_on=on(1, 12),
            actual_end=on(9, 30),
            baseline_end=on(9, 30),
            forecast_end=on(9, 30),
            budget=310,
            forecast_cost=312.4,
            benefits="green",
            people="green",
            updated=on(11, 5),
            rating="green",
            records=[
                risk("R-001", (1, 4), "information", on(1, 5, 2027)),
                work(on(8, 28), on(9, 25), on(10, 23), released=True),
                items(*SETTLED),
                gate("green", on(3, 9)),
            ],
        ),
        "Tg Cg Bg Rg Pg Ag Hg",
        "green",
        0,
        None,
    ),
    "Licensing triage": (
        facts(
            phase="alpha",
            start=on(6, 1),
            baseline_end=on(9, 18),
            forecast_end=on(12, 18),
            budget=88,
            forecast_cost=104,
            benefits="grey",
            people="grey",
            algorithmic_tool="yes",
            updated=on(9, 22),
            rating="amber",
            records=[
                risk("R-009", (3, 5), "operations", on(8, 31), on(9, 15)),
                risk("R-010", (3, 4), "operations", on(8, 31)),
                [issue("I-001", "critical", on(10, 30))],
                work(on(7, 24), on(8, 7), on(8, 28)),
                items("not_started", security="not_started"),
            ],
        ),
        "Tr Cr Rr Aa Hr",
        "red",
        1,
        51,
    ),
    "Single sign-on": (
        facts(
            phase="public_beta",
            start=on(2, 2),
            first_real_user_on=on(5, 11),
            baseline_end=on(11, 13),
            forecast_end=on(11, 13),
            budget=120,
            forecast_cost=118.9,
            benefits="red",
            people="green",
            updated=on(11, 9),
            rating="green",
            records=[
                risk("R-005", (2, 3), "technology", on(12, 5)),
                work(*TWO_WEEKS, released=True),
                items(*SETTLED),
                gate("green", on(8, 10)),
            ],
        ),
        "Tg Cg Br Rg Pg Ag Hg",
        "amber",
        1,
        None,
    ),
    "Welfare grants": (
        facts(
            phase="discovery",
            start=on(10, 12),
            baseline_end=on(11, 20),
            forecast_end=on(11, 27),
            budget=45,
            forecast_cost=45,
            benefits="grey",
            people="grey",
            updated=on(11, 6),
            rating="green",
            algorithmic_tool="unknown",
            records=[work(on(10, 23), on(11, 6)), items("screened")],
        ),
        "Tg Cg Ag Hg",
        "green",
        0,
        None,
    ),
}


@pytest.mark.parametrize("name", EIGHT)
def test_each_pilot_tells_its_story(name: str) -> None:
    facts, levels, level, divergence, stale = EIGHT[name]
    result = judged(**facts)
    given = {word[0]: LEVELS[word[1]] for word in levels.split()}
    assert {name: signal.level for name, signal in result.dimensions.items()} == {
        dimension.name: given.get(dimension.letter, "grey") for dimension in DIMENSIONS
    }
    assert (result.level, result.divergence, result.stale_days) == (level, divergence, stale)


def test_only_the_two_pilots_whose_colour_hangs_on_a_threshold_are_borderline() -> None:
    near = [name for name, (facts, *_) in EIGHT.items() if judged(**facts).decided.borderline]
    assert near == ["Housing repairs", "Single view"]


def test_no_sentence_shows_a_uid_or_a_hyphen_for_a_minus() -> None:
    for facts, *_ in EIGHT.values():
        result = judged(**facts)
        findings = [one for signal in result.dimensions.values() for one in signal.findings]
        for one in (*findings, *result.flags, result.decided):
            assert "uid<" not in f"{one}"
            assert "-" not in (one.value + one.threshold)[:1]
            assert one.sentence.endswith(".")
            assert " 1 days" not in one.sentence
