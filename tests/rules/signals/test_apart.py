"""What is open on something that was removed or has ended is counted apart."""

import pytest
from rules.evidence_cases import DAY, make, pilot

from tracker.entities import Action, Condition, Entity, Risk
from tracker.rules.apart import apart_words, lost_ground, standing
from tracker.rules.day import Day
from tracker.rules.signals.exposure import exposure_signal


def day(*records: Entity, removed: tuple[Entity, ...] = ()) -> Day:
    by_kind: dict[str, list[Entity]] = {}
    gone: dict[str, list[Entity]] = {}
    for record in records:
        by_kind.setdefault(record.kind, []).append(record)
    for record in removed:
        gone.setdefault(record.kind, []).append(record)
    return Day(DAY, by_kind, removed=gone)


def risk(ref: str, pilot: str | None, **facts: object) -> Risk:
    plain = {"status": "open", "likelihood": 5, "impact": 5, "category": "legal", "title": ref}
    made: Risk = make("risk", ref, pilot=pilot, **{**plain, **facts})
    return made


@pytest.mark.parametrize(("phase", "word"), [("stopped", "stopped"), ("retirement", "retired")])
def test_open_risks_of_a_pilot_that_ended_do_not_count(phase: str, word: str) -> None:
    own, lost = risk("R-001", "P-01"), risk("R-002", "P-02")
    now = day(pilot("P-01"), pilot("P-02", phase=phase), own, lost, risk("R-003", None))
    assert [record.ref for record in standing(now, now.all(Risk))] == ["R-001", "R-003"]
    assert apart_words(now, Risk) == f"Not counted: 1 risk of {word} P-02 (R-002)."
    signal = exposure_signal(now)
    assert signal.figures.plain.live == 2
    assert f"Not counted: 1 risk of {word} P-02 (R-002)." in [finding.sentence for finding in signal.signal.findings]


def test_nor_do_those_of_a_pilot_that_was_removed() -> None:
    now = day(risk("R-001", "P-02"), removed=(pilot("P-02"),))
    assert standing(now, now.all(Risk)) == []
    assert apart_words(now, Risk) == "Not counted: 1 risk of removed P-02 (R-001)."
    assert now.ref(type(pilot()), "uid<P-02>") == "removed P-02"


def test_what_has_ended_itself_stays_where_it_is() -> None:
    closed = risk("R-001", "P-02", status="closed")
    now = day(pilot("P-02", phase="stopped"), closed)
    assert standing(now, now.all(Risk)) == [closed]
    assert apart_words(now, Risk) == ""


def test_ground_is_looked_for_through_what_lies_between() -> None:
    condition = make("condition", "CN-001", gate="G-01", text="Measure")
    now = day(pilot("P-02", phase="stopped"), make("gate", "G-01", pilot="P-02", name="Beta"), condition)
    assert lost_ground(now, condition) == "stopped P-02"
    assert standing(now, now.all(Condition)) == []


def test_what_belongs_to_nothing_or_to_what_goes_on_counts() -> None:
    actions = [make("action", "A-001", text="Ask", owner="PER-001", due=DAY, pilot=ref) for ref in (None, "P-01")]
    now = day(pilot("P-01"), *actions)
    assert standing(now, now.all(Action)) == actions


def test_the_gravest_risks_of_people_who_left_are_named() -> None:
    left = make("person", "PER-001", display_name="Data lead", active=False, left_on=DAY)
    still = make("person", "PER-002", display_name="Next lead")
    now = day(left, still, risk("R-001", None, owner="PER-001"), risk("R-002", None, owner="PER-002"))
    (finding,) = [finding for finding in exposure_signal(now).signal.findings if finding.id == "exposure.left"]
    assert (finding.level, finding.records) == ("amber", ("R-001",))
    assert "R-001 (25, Data lead (left 12 Nov 2026))" in finding.sentence
    assert (now.answering("uid<PER-002>"), now.answering(None)) == ("Next lead", "")


@pytest.mark.parametrize("link", ["risk", "issue", "decision", "gate"])
def test_what_names_no_pilot_belongs_to_that_of_what_it_names(link: str) -> None:
    between = make(link, "X-01", pilot="P-02")
    action = make("action", "A-001", text="Ask", owner="PER-001", due=DAY, **{link: "X-01"})
    assert lost_ground(day(pilot("P-02"), between, action), action) == ""
    for facts, word in (
        ({"phase": "stopped"}, "stopped"),
        ({"outcome": "scaled"}, "scaled"),
        ({"actual_end": DAY}, "ended"),
    ):
        assert lost_ground(day(pilot("P-02", **facts), between, action), action) == f"{word} P-02"
    assert lost_ground(day(between, action, removed=(pilot("P-02"),)), action) == "removed P-02"


def test_a_record_between_that_was_removed_takes_no_ground_but_its_pilot_does() -> None:
    action = make("action", "A-001", text="Ask", owner="PER-001", due=DAY, risk="R-001")
    twice = risk("R-001", "P-02")
    assert lost_ground(day(pilot("P-02"), action, removed=(twice,)), action) == ""
    assert lost_ground(day(pilot("P-02", phase="stopped"), action, removed=(twice,)), action) == "stopped P-02"
    assert lost_ground(day(action), action) == ""  # of a risk that nobody knows


def test_the_pilot_that_a_record_names_counts_before_that_of_its_risk() -> None:
    action = make("action", "A-001", text="Ask", owner="PER-001", due=DAY, pilot="P-01", risk="R-001")
    now = day(pilot("P-01"), pilot("P-02", phase="stopped"), risk("R-001", "P-02"), action)
    assert lost_ground(now, action) == ""


def test_a_live_service_keeps_the_ground_of_what_hangs_on_it() -> None:
    live = pilot("P-02", phase="live", outcome="scaled", actual_end=DAY)
    now = day(live, risk("R-001", "P-02"))
    assert live.ended_by(DAY)
    assert [record.ref for record in standing(now, now.all(Risk))] == ["R-001"]
