"""The demonstration's evidence: what was measured, gated, signed and asked, and what the signals make of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tracker.entities import ENTITIES, entity
from tracker.entities.action import Action
from tracker.entities.compliance import ComplianceItem
from tracker.entities.condition import Condition
from tracker.entities.confidence import Confidence
from tracker.entities.criterion import GateCriterion
from tracker.entities.decision import Decision
from tracker.entities.evaluation import TrainingEvaluation
from tracker.entities.gate import Gate
from tracker.entities.integration import Integration
from tracker.entities.issue import Issue
from tracker.entities.measurement import Measurement
from tracker.entities.metric import Metric
from tracker.entities.pilot import Pilot
from tracker.entities.risk import Risk
from tracker.entities.service import Service
from tracker.entities.standard import Standard
from tracker.entities.step import JourneyStep
from tracker.rules.day import Day
from tracker.rules.journeys import journey as journeys
from tracker.rules.public.personal_data import scan
from tracker.rules.signals.interop import interop
from tracker.rules.signals.priority.ranking import rank
from tracker.rules.signals.programme import PilotSignals, pilot_signals
from tracker.rules.signals.rushed.gate_evidence import added_late, mandatory_evidenced
from tracker.rules.signals.rushed.warning import flags
from tracker.services.demo.story import TODAY
from tracker.services.evidence import gather
from tracker.services.programme_file import open_programme
from tracker.storage.store import Store

D = date
Signals = dict[str, PilotSignals]

# Time, cost, benefits, risk, people, assurance, rhythm; as the prototype's demo_signals_expected.txt says.
LEVELS = {
    "P-01": ("green", "green green green amber green green green"),
    "P-02": ("red", "amber amber amber red red amber green"),
    "P-03": ("amber", "amber green grey amber grey green green"),
    "P-04": ("red", "green green amber green red red amber"),
    "P-05": ("green", "green green green green green green green"),
    "P-06": ("red", "red red grey red grey amber red"),
    "P-07": ("amber", "green green red green green green green"),
    "P-08": ("green", "green green grey grey grey green green"),
}
RUSHED = {"P-02": ["RP2", "RP3", "RP4"], "P-04": ["RP1", "RP2", "RP3", "RP4", "RP5", "RP6", "RP7"]}

# Phase that it opens, day, outcome, mandatory criteria evidenced, evidence that came late.
GATES = {
    "G-01": ("live", D(2026, 3, 9), "green", (20, 20), (1, 20)),
    "G-02": ("private_beta", D(2026, 5, 8), "green", (6, 6), (0, 6)),
    "G-03": ("private_beta", D(2026, 6, 10), "green", (10, 10), (1, 10)),
    "G-04": ("public_beta", D(2026, 8, 3), "amber", (10, 10), (2, 10)),
    "G-05": ("public_beta", D(2026, 8, 10), "green", (10, 10), (1, 10)),
    "G-06": ("private_beta", D(2026, 9, 3), "amber", (6, 7), (4, 7)),
    "G-07": ("private_beta", D(2026, 10, 16), "green", (7, 10), (5, 7)),
}


@pytest.fixture(scope="module")
def store(demo_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    path.write_bytes(demo_file)
    with open_programme(path, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def now(store: Store) -> Day:
    return gather(store, TODAY)


@pytest.fixture(scope="module")
def earlier(store: Store) -> Day:
    return gather(store, D(2026, 10, 8))


def _all(evidence: Day, kind: str) -> dict[str, Any]:
    return {record.ref: record for record in evidence.all(entity(kind))}


@pytest.fixture(scope="module")
def signals(now: Day) -> Signals:
    return {ref: pilot_signals(now, pilot) for ref, pilot in _all(now, "pilot").items()}


@pytest.mark.parametrize("ref", LEVELS)
def test_each_pilot_has_the_levels_of_its_story(signals: Signals, ref: str) -> None:
    found = signals[ref].evidence
    assert (found.level, " ".join(one.level for one in found.dimensions.values())) == LEVELS[ref]
    assert found.stale_days == (51 if ref == "P-06" else None)


@pytest.mark.parametrize("ref", LEVELS)
def test_only_two_pilots_are_rushed(signals: Signals, ref: str) -> None:
    signal = signals[ref].rushed
    assert sorted(finding.id for finding in flags(signal.findings)) == RUSHED.get(ref, [])
    early = ref in ("P-03", "P-06", "P-08")
    assert signal.level == ("warning" if ref in RUSHED else "too_early" if early else "clear")


def test_the_signals_recommend_what_the_board_is_asked(signals: Signals) -> None:
    found = {ref: (one.scaling.status, one.scaling.recommendation) for ref, one in signals.items()}
    assert found["P-01"] == ("ready_with_conditions", "Scale with conditions")
    assert found["P-04"] == ("not_ready", "Pause")
    assert found["P-07"] == ("not_ready", "Change and re-test")
    assert {one.state for one in signals["P-05"].scaling.criteria} == {"met"}


@pytest.mark.parametrize("days", range(1, 7))
def test_until_the_next_thursday_the_story_is_the_same(store: Store, signals: Signals, days: int) -> None:
    """A young demonstration is up to six days older than its board; the end of one pilot passes meanwhile."""
    today = TODAY + timedelta(days)
    day = gather(store, today)
    later = {ref: pilot_signals(day, pilot) for ref, pilot in _all(day, "pilot").items()}
    for ref, (level, dimensions) in LEVELS.items():
        passed = ref == "P-07" and today > D(2026, 11, 13)
        time = "amber" if passed else dimensions.split()[0]
        evidence = later[ref].evidence
        assert evidence.level == level
        assert [signal.level for signal in evidence.dimensions.values()] == [time, *dimensions.split()[1:]]
        assert later[ref].rushed.level == signals[ref].rushed.level
        assert later[ref].scaling.recommendation == signals[ref].scaling.recommendation


def test_four_report_better_than_the_evidence_and_say_why(now: Day, signals: Signals) -> None:
    found = {ref: one.evidence for ref, one in signals.items()}
    assert {ref: (one.reported, one.level) for ref, one in found.items() if one.divergence > 0} == {
        "P-02": ("green", "red"),
        "P-04": ("amber", "red"),
        "P-06": ("amber", "red"),
        "P-07": ("green", "amber"),
    }
    assert all(len(one.reason) >= 20 for one in found.values() if one.divergence > 0)
    reports = [one for one in now.of(Confidence, "pilot", found["P-02"].uid) if one.rating_kind == "reported"]
    assert [bool(one.divergence_reason) for one in reports] == [False, False, True, True]


def _figures(one: Any) -> tuple[Any, ...]:
    if one.numerator is not None:
        return one.numerator, one.denominator
    return (one.mean, one.sd, one.n) if one.mean is not None else ()


def test_the_figures_of_the_target_metrics(now: Day) -> None:
    found = {}
    for metric in now.all(Metric):
        if metric.target is None:
            continue
        series = [m for m in now.of(Measurement, "metric", metric.uid) if m.cohort == "pilot" and m.phase != "during"]
        assert all(m.period_end == D(2026, 10, 31) for m in series if m.phase == "after" and metric.ref != "M-11")
        told = tuple((m.phase, m.period_end if m.phase == "baseline" else None, *_figures(m)) for m in series)
        found[now.ref(Pilot, metric.pilot), metric.name] = (metric.target, metric.target_on, told)
    assert found == {
        ("P-01", "Completion rate"): (
            *(0.8, D(2026, 12, 31)),
            (("baseline", D(2026, 3, 31), 412, 598), ("after", None, 531, 640)),
        ),
        ("P-01", "Minutes to complete"): (
            *(25.0, D(2026, 12, 31)),
            (("baseline", D(2026, 3, 31), 41.0, 18.0, 64), ("after", None, 29.5, 14.0, 71)),
        ),
        ("P-05", "Completion rate"): (
            *(0.82, D(2026, 9, 30)),
            (("baseline", D(2025, 10, 31), 1480, 2210), ("after", None, 2350, 2790)),
        ),
        ("P-07", "Completion rate"): (
            *(0.85, D(2026, 11, 30)),
            (("baseline", D(2026, 1, 31), 301, 402), ("after", None, 333, 430)),
        ),
        ("P-02", "Contacts per repair"): (1.5, D(2027, 1, 29), ()),
        ("P-04", "Completion rate"): (0.85, D(2026, 11, 23), (("after", None, 41, 52),)),
    }


def test_other_figures_that_the_story_needs(now: Day, earlier: Day) -> None:
    metrics = {(now.ref(Pilot, m.pilot), m.name): m for m in now.all(Metric)}
    assert all(len(m.definition) > 60 for m in metrics.values())
    counts = [
        (m.count_1, m.count_2, m.count_3, m.count_4, m.count_5)
        for m in now.of(Measurement, "metric", metrics["P-01", "Satisfaction"].uid)
    ]
    assert counts == [(22, 31, 40, 70, 37), (9, 14, 30, 96, 71)]
    take_up = now.of(Measurement, "metric", metrics["P-01", "Digital take-up"].uid)[-1]
    hours = _all(now, "service")["S-01"].annual_volume * take_up.numerator / take_up.denominator * 11.5 / 60
    assert round(hours) == 608
    assert {m.cohort for m in now.all(Measurement)} == {"pilot", "comparison", "whole_service"}
    (revised,) = [m for m in now.all(Measurement) if m.status == "revised"]
    first: Any = now.get(Measurement, revised.revises)
    assert (first.status, first.numerator / first.denominator) == ("provisional", 0.81)
    assert (revised.numerator or 0) / (revised.denominator or 1) == 0.79
    assert {m.status for m in earlier.all(Measurement)} == {"final", "provisional"}


@pytest.mark.parametrize("ref", GATES)
def test_a_gate_has_its_outcome_and_its_evidence(now: Day, ref: str) -> None:
    gate = _all(now, "gate")[ref]
    settled, late = mandatory_evidenced(now, gate), added_late(now, gate, 2)
    assert (gate.opens_phase, gate.held_on, gate.outcome) == GATES[ref][:3]
    assert ((settled.part, settled.total), (late.part, late.total)) == GATES[ref][3:]
    criteria = now.of(GateCriterion, "gate", gate.uid)
    assert all(one.standard_ref and (one.evidence_added_on is None) == (not one.evidence) for one in criteria)


def test_the_parking_gate_was_passed_with_evidence_that_did_not_last(store: Store, now: Day) -> None:
    then = gather(store, D(2026, 10, 16))
    for evidence, share in ((then, (10, 10)), (now, (7, 10))):
        gate = _all(evidence, "gate")["G-07"]
        settled = mandatory_evidenced(evidence, gate)
        assert (gate.outcome, (settled.part, settled.total)) == ("green", share)


def test_conditions(now: Day) -> None:
    found = {
        one.ref: (
            now.ref(Gate, one.gate),
            "closed" if one.closed_on else "overdue" if (one.due or TODAY) < TODAY else "open",
        )
        for one in now.all(Condition)
    }
    assert found == {
        "CN-001": ("G-04", "closed"),
        "CN-002": ("G-06", "overdue"),
        "CN-003": ("G-06", "overdue"),
        "CN-004": ("G-09", "open"),
    }


def test_compliance(now: Day) -> None:
    found: dict[str, dict[str, str]] = {}
    for one in now.all(ComplianceItem):
        found.setdefault(now.ref(Pilot, one.pilot), {})[one.item_kind] = one.status
    signed = dict.fromkeys(("dpia", "security", "accessibility"), "signed_off")
    assert found == {
        "P-01": signed,
        "P-02": {**signed, "accessibility": "in_progress"},
        "P-03": {"dpia": "in_progress", "security": "in_progress"},
        "P-04": {"dpia": "in_progress", "security": "signed_off", "accessibility": "not_started"},
        "P-05": signed,
        "P-06": {"dpia": "not_started", "security": "not_started"},
        "P-07": signed,
        "P-08": {"dpia": "screened"},
    }
    assert [pilot.ref for pilot in now.all(Pilot) if pilot.algorithmic_tool == "yes"] == ["P-06"]


def test_issues_and_decisions(now: Day) -> None:
    assert {i.ref: (now.ref(Pilot, i.pilot), i.severity, i.status, i.due) for i in now.all(Issue)} == {
        "I-001": ("P-06", "critical", "open", D(2026, 10, 30)),
        "I-002": ("P-07", "minor", "resolved", D(2026, 10, 16)),
        "I-003": ("P-02", "major", "in_progress", D(2026, 11, 6)),
    }
    assert now.ref(Risk, _all(now, "issue")["I-003"].risk) == "R-006"
    assert {d.ref: (now.ref(Pilot, d.pilot), d.status, d.outcome) for d in now.all(Decision)} == {
        "D-009": ("P-05", "taken", "approved_with_conditions"),
        "D-010": ("P-06", "deferred", None),
        "D-011": ("P-01", "sought", None),
        "D-012": ("P-04", "sought", None),
        "D-013": ("P-06", "sought", None),
    }
    for one in now.all(Decision):
        options = (one.options or "").split("\n")
        assert len(options) >= 2 and sum("nothing" in option.lower() for option in options) == 1
    asked = now.of(Action, "decision", _all(now, "decision")["D-009"].uid)
    assert [(a.ref, a.status, a.due < TODAY) for a in asked] == [("A-024", "open", True), ("A-025", "done", True)]


def test_training_was_evaluated(now: Day) -> None:
    figures: dict[str, dict[str, list[tuple[float, int]]]] = {}
    for one in now.all(TrainingEvaluation):
        scores: Any = one
        value = scores.post_mean - scores.pre_mean if one.level == "learning" else scores.mean_score
        figures.setdefault(now.ref(Pilot, one.pilot), {}).setdefault(one.level, []).append((value, one.n))

    def mean(pairs: list[tuple[float, int]]) -> float:
        return round(sum(value * n for value, n in pairs) / sum(n for _, n in pairs), 1)

    told = {
        ref: (mean(of["reaction"]), sum(n for _, n in of["reaction"]), mean(of["learning"]), "behaviour" in of)
        for ref, of in figures.items()
    }
    assert told == {
        "P-01": (4.3, 38, 1.4, True),
        "P-02": (3.9, 52, 0.9, False),
        "P-04": (3.2, 5, 0.6, False),
        "P-05": (4.5, 60, 1.8, True),
        "P-07": (4.1, 33, 1.1, True),
    }


def test_journeys(now: Day) -> None:
    of = _all(now, "journey")
    steps = {ref: now.of(JourneyStep, "journey", one.uid) for ref, one in of.items()}
    found = journeys.measures(steps["J-03"])
    assert (found.steps, found.citizen, found.staff, found.waiting) == (12, 75, 55, 11 * 1440)
    assert (found.handoffs, found.repeats, found.pain) == (5, 2, 5)
    change = journeys.compare(of["J-02"], steps["J-02"], of["J-01"], steps["J-01"])
    assert change.before is of["J-01"] and len(change.rows) == len(journeys.MEASURES)
    assert change.comparable and not change.warnings


def test_services_that_exchange_data(now: Day, earlier: Day) -> None:
    before, after = (interop(evidence).figures for evidence in (earlier, now))
    assert (before.interoperable, before.scope, before.once_only) == (("S-05", "S-07"), 9, 9)
    assert (after.interoperable, after.scope, after.once_only) == (("S-01", "S-05", "S-07"), 9, 11)
    at_address = [one for one in now.all(Integration) if now.ref(Service, one.provider) == "S-05"]
    assert sorted(one.status for one in at_address) == ["in_production"] * 3 + ["retired"]
    assert {one.status for one in now.all(Integration)} == {"planned", "in_test", "in_production", "retired"}
    names = "Address standard, Payments API, Single sign-on, Council-tax reference API"
    assert ", ".join(one.name for one in now.all(Standard)) == names


def test_grants_rank_near_the_top_and_can_be_done(now: Day) -> None:
    ranked = {one.ref: one for one in rank(now).services}
    grants = ranked["S-08"]
    assert grants.rank is not None and grants.rank <= 2 and grants.quadrant == "A"
    assert not any(one.missing for one in ranked.values())


def test_nothing_in_it_tells_who_somebody_is(now: Day) -> None:
    texts = [
        (record.ref, getattr(record, field.name))
        for kind in ENTITIES
        for record in now.all(entity(kind))
        for field in entity(kind).stored()
        if field.kind == "text" and getattr(record, field.name)
    ]
    assert len(texts) > 1000
    assert [(ref, hits) for ref, text in texts if (hits := scan(text))] == []
