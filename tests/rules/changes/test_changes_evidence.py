"""What changed of decisions, gates, issues, compliance and figures between two days, an example of each."""

from datetime import date
from typing import Any

import pytest

from tracker.entities import Entity, entity
from tracker.rules.changes.since import Facts, changes, threshold_changes
from tracker.rules.day import shown_day
from tracker.rules.setting_texts import settings_from

PREV, NOW = date(2026, 10, 8), date(2026, 11, 12)
PILOT = {"name": "Parking", "ref": "P-04"}
DEFAULTS: dict[str, dict[str, Any]] = {
    "programme": {"name": "Simpler", "ref": "PRG-01"},
    "pilot": PILOT,
    "decision": {"title": "Scale it", "ref": "D-011", "status": "sought"},
    "issue": {"title": "No screen", "ref": "I-003", "severity": "minor", "status": "open", "raised_on": PREV},
    "gate": {"name": "Beta", "ref": "G-07", "pilot": "p", "outcome": "pending"},
    "condition": {"text": "Measure it", "ref": "CN-003", "gate": "g"},
    "compliance": {"item_kind": "dpia", "ref": "CI-016", "pilot": "p", "status": "not_started"},
    "metric": {"name": "Completion", "ref": "M-05", "metric_kind": "proportion", "definition": "a / b"},
    "measurement": {
        "metric": "u",
        "ref": "ME-001",
        "phase": "after",
        "period_start": date(2026, 7, 1),
        "period_end": date(2026, 9, 30),
    },
    "correction": {"text": "The forecast was wrong", "ref": "CO-001", "board": "b", "corrected_on": NOW},
}


def made(kind: str, uid: str = "u", **values: Any) -> Entity:
    return entity(kind)(**{"uid": uid, **DEFAULTS[kind], **values})


def told(before: list[Entity], now: list[Entity], facts: Facts | None = None) -> list[tuple[str, str]]:
    found = changes(shown_day(PREV, before), shown_day(NOW, now), facts or Facts())
    return [(change.group, change.sentence) for change in found]


def differ(kind: str, was: dict[str, Any], now: dict[str, Any], facts: Facts | None = None) -> list[tuple[str, str]]:
    pilot = made("pilot", "p")
    found = told([pilot, made(kind, **was)], [pilot, made(kind, **now)], facts)
    return [(group, sentence.partition(": ")[2]) for group, sentence in found]


TAKEN: dict[str, Any] = {"status": "taken", "outcome": "approved_with_conditions", "decided_on": date(2026, 11, 12)}


@pytest.mark.parametrize(
    ("kind", "was", "now", "group", "words"),
    [
        ("decision", {}, TAKEN, "decided", "approved with conditions on 12 Nov 2026"),
        ("decision", {}, {"status": "deferred", "rationale": "No owner"}, "decided", "deferred: No owner"),
        ("decision", {"status": "draft"}, {}, "new", "now sought of the board"),
        ("decision", {}, {"status": "withdrawn"}, "closed", "withdrawn"),
        ("decision", TAKEN, {}, "worsened", "sought again, was taken"),
        ("decision", {"needed_by": PREV}, {"needed_by": PREV}, "overdue", "overdue since 8 Oct 2026"),
        ("issue", {}, {"severity": "critical"}, "worsened", "minor → critical"),
        ("issue", {"severity": "major"}, {}, "improved", "major → minor"),
        ("issue", {}, {"status": "resolved", "resolution": "Bought one"}, "closed", "resolved: Bought one"),
        ("issue", {"status": "closed"}, {}, "worsened", "opened again, was closed"),
        ("gate", {}, {"outcome": "amber", "held_on": NOW}, "decided", "held on 12 Nov 2026, outcome ▲ Amber"),
        ("gate", {}, {"outcome": "stopped", "held_on": NOW}, "decided", "held on 12 Nov 2026, outcome ■ Stopped"),
        ("gate", {"outcome": "green"}, {}, "worsened", "outcome taken back, was ● Green"),
        ("gate", {"planned_on": NOW}, {"planned_on": date(2026, 12, 1)}, "moved", "gate moved from 12 Nov 2026 to"),
        ("condition", {}, {"closed_on": NOW}, "closed", "condition met on 12 Nov 2026"),
        ("condition", {"closed_on": PREV}, {}, "worsened", "condition opened again"),
        ("compliance", {}, {"status": "in_progress"}, "improved", "not started → in progress"),
        ("compliance", {}, {"status": "signed_off"}, "closed", "not started → signed off"),
        ("compliance", {}, {"status": "failed"}, "worsened", "not started → failed"),
        ("compliance", {"status": "signed_off"}, {"status": "expired"}, "worsened", "signed off → expired"),
        ("metric", {}, {"definition_variant": "uk"}, "not_comparable", "definition variant none named → uk"),
        ("metric", {}, {"definition": "a / c"}, "not_comparable", "another definition"),
        ("metric", {"target": 0.8}, {"target": 0.7}, "not_comparable", "target: 0.8 → 0.7"),
        ("programme", {"rating_scale": "rag3"}, {"rating_scale": "rag5"}, "not_comparable", "RAG (3 steps) → RAG (5"),
    ],
)
def test_an_example_of_each(kind: str, was: dict[str, Any], now: dict[str, Any], group: str, words: str) -> None:
    ((found, sentence),) = differ(kind, was, now)
    assert found == group and words in sentence
    assert differ(kind, was, was) == [] or group == "overdue"


def test_the_pilot_of_a_gate_is_named() -> None:
    pilot = made("pilot", "p")
    ((_, sentence),) = told([pilot, made("gate")], [pilot, made("gate", outcome="red", held_on=NOW)])
    assert sentence.startswith("G-07 Beta (P-04): held on")
    ((_, sentence),) = told([pilot, made("compliance")], [pilot, made("compliance", status="screened")])
    assert sentence.startswith("CI-016 DPIA (P-04): ")


@pytest.mark.parametrize(
    ("old", "new", "group"),
    [
        ("improved", "no_change", "worsened"),
        ("no_change", "worsened", "worsened"),
        ("no_change", "improved", "improved"),
        ("not_measured", "improved", "improved"),
        ("not_measured", "worsened", "worsened"),
        ("improved", "too_little", "worsened"),
        ("not_measured", "no_baseline", "new"),
        ("improved", "not_comparable", "not_comparable"),
    ],
)
def test_a_verdict_that_changed(old: str, new: str, group: str) -> None:
    ((found, text),) = differ("metric", {}, {}, Facts(verdicts={"u": (old, new, "Because.")}))
    assert found == group and text.startswith("verdict ") and text.endswith(": Because")
    assert differ("metric", {}, {}, Facts(verdicts={"u": (old, old, "")})) == []


@pytest.mark.parametrize(
    ("old", "new", "group"),
    [
        ("green", "amber", "worsened"),
        ("red", "amber", "improved"),
        ("green", "not_enough", "unrated"),
        ("not_enough", "red", "first_rated"),
        ("not_enough", "green", "first_rated"),
    ],
)
def test_an_evidence_signal_that_changed(old: str, new: str, group: str) -> None:
    ((found, text),) = differ("pilot", {}, {}, Facts(levels={"u": (old, new, "")}))[:1]
    assert found == group and text.startswith("evidence ")


def test_a_figure_that_was_revised_says_old_new_and_why() -> None:
    metric = made("metric")
    old = made("measurement", "one", numerator=81, denominator=100)
    new = made(
        "measurement", "two", ref="ME-002", numerator=79, denominator=100, revises="one", source_note="Miscounted"
    )
    assert told([metric, old], [metric, old, new]) == [
        (
            "corrected",
            "M-05 Completion: figure for Jul–Sep 2026 corrected from 81.0% (81 of 100) to 79.0% (79 of 100) "
            "(ME-002 revises ME-001): Miscounted",
        )
    ]
    assert told([metric], [metric, old]) == [("new", "M-05 Completion: new measurement for Jul–Sep 2026")]


def test_a_correction_is_told() -> None:
    assert told([], [made("correction")]) == [
        ("corrected", "CO-001 The forecast was wrong: correction of what a board was shown")
    ]


def test_new_records_of_evidence() -> None:
    assert told([], [made("decision", **TAKEN)])[0][0] == "decided"
    assert told([], [made("decision")]) == [("new", "D-011 Scale it: new decision, sought")]
    assert told([], [made("gate", outcome="red", held_on=NOW)]) == [
        ("decided", "G-07 Beta: held on 12 Nov 2026, outcome ■ Red")
    ]
    late = told([], [made("issue")], Facts(added={"u": date(2026, 10, 20)}))
    assert late == [("late", "I-003 No screen: new issue, minor; dated 8 Oct 2026, recorded only on 20 Oct 2026")]


def test_no_news_for_some_boards() -> None:
    boards = (date(2026, 9, 3), PREV, NOW)
    quiet = Facts(updated={"u": date(2026, 9, 22)}, boards=boards)
    assert differ("pilot", {}, {}, quiet) == [("unchanged", "nothing changed for 2 boards (last on 22 Sep 2026)")]
    older = Facts(updated={"u": date(2026, 8, 1)}, boards=boards)
    assert differ("pilot", {}, {}, older) == [("unchanged", "nothing changed for 3 boards (last on 1 Aug 2026)")]
    assert differ("pilot", {}, {}, Facts(updated={"u": date(2026, 10, 9)}, boards=boards)) == []
    ended = {"phase": "stopped"}
    assert differ("pilot", ended, ended, quiet) == []


def test_a_threshold_that_changed() -> None:
    before, now = shown_day(PREV, []), shown_day(NOW, [], settings_from({"soon_days": "7"}))
    ((change),) = threshold_changes(before, now)
    assert change.group == "not_comparable" and change.sentence == "Soon: 28 → 7; each day is judged by its own"
    assert threshold_changes(now, now) == []
