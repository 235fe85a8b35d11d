"""Data quality: freshness, the facts that are expected, and records that nobody can stand behind."""

from datetime import date, timedelta
from typing import Any

import pytest
from rules.evidence_cases import DAY, evidence, iterations, make, pilot

from tracker.fields import Nothing
from tracker.rules.signals.quality import quality_signal
from tracker.rules.signals.quality_facts import FACTS, expected_facts
from tracker.rules.signals.result import Finding, Signal

LIVE = DAY - timedelta(60)
LEAD = make("person", "PER-001", display_name="Delivery lead")


def one(ref: str = "P-01", **facts: Any) -> Any:
    plain = {"first_real_user_on": LIVE, "delivery_lead": "PER-001", "forecast_end": DAY}
    return pilot(ref, **{**plain, **facts})


def rated(ago: int = 10, **facts: Any) -> Any:
    return make("confidence", pilot="P-01", rating="green", as_of=DAY - timedelta(ago), **facts)


def metric(ref: str = "M-01", **facts: Any) -> Any:
    plain = {"name": "Completion", "metric_kind": "proportion", "definition": "Done of begun", "owner": "PER-001"}
    return make("metric", ref, pilot="P-01", **{**plain, **facts})


def measured(phase: str, ends: date, ref: str = "", of: str = "M-01", **facts: Any) -> Any:
    return make("measurement", ref, metric=of, phase=phase, period_start=ends, period_end=ends, **facts)


def risk(**facts: Any) -> Any:
    plain = {"title": "It rains", "pilot": "P-01", "status": "open", "owner": "PER-001", "likelihood": 1, "impact": 1}
    return make("risk", "R-001", **{**plain, "raised_on": DAY, **facts})


NEED = make("need", role_group="Staff", pilot="P-01", headcount=9)
GOOD = (LEAD, rated(), metric(), measured("baseline", LIVE), measured("after", DAY), risk(), NEED)


def judged(*records: Any, of: Any = None, **more: Any) -> Signal:
    return quality_signal(evidence(of or one(), *records, **more))


def rule(signal: Signal, name: str) -> Finding:
    (found,) = (found for found in signal.findings if found.id == f"quality.{name}")
    return found


def missing(*records: Any, of: Any = None) -> set[str]:
    """Return the names of the facts that are missing."""
    which = of or one()
    words = {text: name for name, text in FACTS.items()}
    return {words[text] for text in expected_facts(evidence(which, *records), which).missing}


def but(kind: str, *instead: Any) -> list[Any]:
    return [r for r in GOOD if r.kind != kind] + [*instead]


def test_good_records_are_green_and_say_what_was_looked_at() -> None:
    found = judged(*GOOD)
    assert found.level == "green"
    judged_of_nothing = {"quality.decisions", "quality.actions"}
    assert {one.level for one in found.findings if one.id not in judged_of_nothing} == {"green"}
    assert (rule(found, "coverage").value, rule(found, "coverage").threshold) == ("7", "7")


@pytest.mark.parametrize("name", ["provisional", "people", "owner", "decisions", "actions"])
def test_what_is_judged_of_nothing_is_grey(name: str) -> None:
    done = make("action", "A-001", text="Do it", status="done")
    finding = rule(judged(done, of=one(delivery_lead=None)), name)
    assert finding.level == "grey"
    assert finding.sentence.startswith("Nothing to judge: no ")


def test_no_pilot_is_grey_and_never_green() -> None:
    found = quality_signal(evidence(pilot(phase="stopped")))
    assert (found.level, found.missing) == ("grey", ("a pilot",))


@pytest.mark.parametrize(("ago", "level"), [(21, "green"), (22, "amber")])
def test_a_pilot_without_an_update_for_longer_than_allowed_is_stale(ago: int, level: str) -> None:
    found = rule(judged(*GOOD, updated={"P-01": DAY - timedelta(ago)}), "fresh")
    assert (found.level, found.records) == (level, ("P-01",))
    if level == "amber":
        assert (found.value, found.threshold) == ("22 days", "21 days")


def test_a_pilot_without_any_update_is_not_called_fresh() -> None:
    found = rule(judged(*GOOD, updated={}), "fresh")
    assert (found.level, found.sentence) == ("amber", "No update of P-01 is known.")


@pytest.mark.parametrize(
    ("records", "name"),
    [
        (but("person"), "owner"),
        (but("confidence"), "rating"),
        (but("confidence", rated(36)), "rating"),
        (but("confidence", rated(rating_kind="assurance")), "rating"),
        (but("confidence", rated(dimension="time")), "rating"),
        (but("risk"), "risks"),
        (but("risk", risk(next_review_on=DAY - timedelta(1))), "risks"),
        (but("need"), "need"),
        (but("measurement", measured("after", DAY)), "baseline"),
        (but("measurement", measured("baseline", LIVE)), "latest"),
        (but("measurement", measured("baseline", LIVE), measured("after", DAY - timedelta(47))), "latest"),
    ],
)
def test_each_fact_that_is_missing_is_named(records: list[Any], name: str) -> None:
    assert missing(*records) == {name}
    found = judged(*records)
    assert found.level == "amber"
    assert FACTS[name] in rule(found, "facts").sentence


def test_facts_that_just_suffice() -> None:
    assert missing(*but("confidence", rated(35))) == set()
    assert missing(*but("measurement", measured("baseline", LIVE), measured("during", DAY - timedelta(46)))) == set()
    weekly = [*but("metric", metric(frequency="weekly"))]
    assert missing(*weekly) == set()
    assert missing(*weekly[:-1], metric(), metric("M-02")) == {"baseline", "latest"}
    assert missing(*GOOD, of=one(forecast_end=None)) == {"forecast"}


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("missing", "P-01 has 6 of 7 expected facts; missing: a forecast end."),
        ("not_yet_known", "P-01 has 6 of 7 expected facts; not yet known: a forecast end."),
        ("withheld", ""),
        ("not_applicable", ""),
    ],
)
def test_missing_is_only_what_nobody_said_anything_about(kind: str, sentence: str) -> None:
    day = evidence(one(forecast_end=None), *GOOD, nothings={("P-01", "forecast_end"): Nothing(kind)})
    sentences = [finding.sentence for finding in quality_signal(day).findings if finding.id == "quality.facts"]
    assert sentences == [sentence] * bool(sentence)


@pytest.mark.parametrize(("kind", "level"), [("missing", "amber"), ("not_yet_known", "amber"), ("withheld", "green")])
def test_an_owner_whose_name_is_withheld_is_an_owner(kind: str, level: str) -> None:
    day = evidence(one(), *but("risk", risk(owner=None)), nothings={("R-001", "owner"): Nothing(kind)})
    assert rule(quality_signal(day), "owner").level == level


@pytest.mark.parametrize(("phase", "expected"), [("discovery", 3), ("alpha", 4), ("private_beta", 7), ("live", 7)])
def test_an_early_pilot_is_expected_to_know_less(phase: str, expected: int) -> None:
    which = one(phase=phase, first_real_user_on=None)
    assert expected_facts(evidence(which), which).expected == expected


def test_provisional_figures_until_they_are_revised() -> None:
    first = measured("after", DAY, "ME-001", status="provisional")
    assert rule(judged(*GOOD, first), "provisional").records == ("ME-001",)
    better = measured("after", DAY, "ME-002", status="revised", revises="ME-001")
    assert rule(judged(*GOOD, first, better), "provisional").level == "green"


def test_references_to_people_who_were_removed() -> None:
    lost = make("issue", "I-001", title="No screen", owner="PER-099")
    found = rule(judged(*GOOD, lost), "people")
    assert (found.level, found.records) == ("amber", ("I-001",))
    assert found.sentence == "1 record names somebody who was removed: I-001."


def test_live_records_without_an_owner() -> None:
    some = [
        *but("risk", risk(owner=None)),
        make("issue", "I-001", title="No screen"),
        make("issue", "I-002", title="Done", status="resolved"),
        make("condition", "CN-001", text="Do it", gate="G-01"),
        make("condition", "CN-002", text="Done", gate="G-01", closed_on=DAY),
        metric("M-02", owner=None),
    ]
    assert set(rule(judged(*some), "owner").records) == {"R-001", "I-001", "CN-001", "M-02"}


@pytest.mark.parametrize(
    ("options", "level"), [(None, "amber"), ("Scale\n\n  ", "amber"), ("Scale\nDo nothing", "green")]
)
def test_a_decision_sought_needs_two_options(options: str | None, level: str) -> None:
    sought = make("decision", "D-001", title="Scale", status="sought", question="Scale?", options=options)
    assert rule(judged(*GOOD, sought), "decisions").level == level
    draft = make("decision", "D-002", title="Scale", options=None)
    assert rule(judged(*GOOD, sought, draft), "decisions").level == level


def test_overdue_actions_the_oldest_first() -> None:
    def action(ref: str, ago: int, **facts: Any) -> Any:
        return make("action", ref, text="Do it", owner="PER-001", due=DAY - timedelta(ago), **facts)

    some = [action("A-001", 1), action("A-002", 9), action("A-003", 0), action("A-004", 5, status="done")]
    assert rule(judged(*GOOD, *some), "actions").records == ("A-002", "A-001")


def test_the_signal_is_the_same_each_time_and_tells_no_uid() -> None:
    some = [one(), one("P-02", delivery_lead=None), *GOOD, *iterations("P-01", 3)]
    known = evidence(*some, updated={"P-01": DAY - timedelta(60)})
    assert quality_signal(known) == quality_signal(evidence(*some, updated={"P-01": DAY - timedelta(60)}))
    assert "uid<" not in str(quality_signal(known).data())
