"""Pilots and gates made from templates and from each other: one command, nothing invented, one undo."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tracker.entities import ENTITIES
from tracker.errors import Invalid, TrackerError
from tracker.services.records.finding import resolve_ref
from tracker.services.records.making import add_from_template, make_like
from tracker.services.records.making import add_with_parts as add
from tracker.services.records.templates import check_file, find_templates
from tracker.services.records.undo import redo, undo
from tracker.services.records.writing import change, remove
from tracker.storage.journal.history import last_tx
from tracker.storage.journal.verify import verify
from tracker.storage.queries import Condition, Query, count, records
from tracker.storage.store import Acting, Store

OWN_GATE = """
title = "Ours"
summary = "Asked in our council."

[gate]
name = "Our gate"
opens_phase = "alpha"
visibility = "public"

[[criterion]]
text = "Asked of us"
"""
OWN_PILOT = """
title = "Ours"
summary = "Done in our council."
compliance = ["dpia"]

[pilot]
phase = "alpha"
problem = "People wait"

[[gate]]
template = "beta-to-live"

[[need]]
role_group = "Wardens"
headcount = 7

[[need]]
role_group = "Clerks"
"""


def counts(store: Store) -> dict[str, int]:
    """Return how many records there are of each kind that has any."""
    return {kind: n for kind in ENTITIES if (n := count(store, Query(kind)))}


def of(store: Store, kind: str, link: str, uid: str) -> list[Any]:
    """Return the records that point at another one."""
    return list(records(store, Query(kind, (Condition(link, "=", uid),))))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder of templates, still without any."""
    folder = tmp_path / "mine"
    (folder / "gates").mkdir(parents=True)
    (folder / "pilots").mkdir()
    monkeypatch.setenv("TRACKER_TEMPLATES", str(folder))
    return folder


def test_a_pilot_from_a_template_is_one_command_and_one_undo(store: Store, ana: Acting) -> None:
    before, tx = counts(store), last_tx(store)
    heads = {"counter and contact-centre STAFF": 18}
    saved = add_from_template(store, "pilot", {"name": "Permits", "template": "online-service"}, ana, headcounts=heads)
    assert last_tx(store) == tx + 1 == saved.tx
    pilot: Any = records(store, Query("pilot"))[0]
    assert (pilot.phase, pilot.personal_data, pilot.template) == ("discovery", "yes", "online-service")
    gates = of(store, "gate", "pilot", saved.uid)
    assert [gate.opens_phase for gate in gates] == ["alpha", "private_beta", "public_beta", "live"]
    assert [gate.template for gate in gates][-1] == "beta-to-live"
    shipped = find_templates()
    for gate in gates:
        criteria = of(store, "criterion", "gate", gate.uid)
        wanted = shipped.gate(gate.template).criteria
        assert [one.text for one in criteria] == [one["text"] for one in wanted]
        assert {(one.result, one.evidence, one.evidence_added_on) for one in criteria} == {("not_assessed", None, None)}
    assert {risk.status for risk in of(store, "risk", "pilot", saved.uid)} == {"draft"}
    assert {item.status for item in of(store, "compliance", "pilot", saved.uid)} == {"not_started"}
    assert [(need.role_group, need.headcount) for need in of(store, "need", "pilot", saved.uid)] == [
        ("Counter and contact-centre staff", 18)
    ]
    assert any("Case workers who receive the cases" in note for note in saved.notes)
    assert verify(store) == []
    made = counts(store)
    undo(store, ana)
    assert counts(store) == before
    redo(store, ana)
    assert counts(store) == made
    assert verify(store) == []


def test_what_is_given_wins_and_gates_behind_are_left_out(store: Store, ana: Acting) -> None:
    given = {"name": "Permits", "template": "online-service", "phase": "private_beta", "personal_data": "none"}
    saved = add(store, "pilot", given, ana)
    pilot: Any = records(store, Query("pilot"))[0]
    assert (pilot.phase, pilot.personal_data) == ("private_beta", "none")
    assert [gate.opens_phase for gate in of(store, "gate", "pilot", saved.uid)] == ["public_beta", "live"]
    assert any("Discovery to alpha and Alpha to private beta" in note for note in saved.notes)


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"name": "x", "template": "back-ofice"}, {"template"}),
        ({"name": "x" * 201, "template": "back-office"}, {"name"}),
        (
            {"name": "x", "template": "back-office", "start": date(2026, 9, 2), "forecast_end": date(2026, 9, 1)},
            {"forecast_end"},
        ),
        ({"name": "x", "template": "back-office", "delivery_lead": "0" * 36}, {"delivery_lead"}),
    ],
)
def test_nothing_is_half_made(store: Store, ana: Acting, values: dict[str, Any], fields: set[str]) -> None:
    before, tx = counts(store), last_tx(store)
    with pytest.raises(Invalid) as caught:
        add(store, "pilot", values, ana)
    assert {problem.field for problem in caught.value.problems} == fields
    assert (counts(store), last_tx(store)) == (before, tx)


def test_an_unknown_role_group_is_refused(store: Store, ana: Acting) -> None:
    before = counts(store)
    values = {"name": "x", "template": "back-office"}
    with pytest.raises(Invalid, match="has no role group “Wardens”"):
        add_from_template(store, "pilot", values, ana, headcounts={"Wardens": 3})
    assert counts(store) == before


def test_the_parts_of_a_restricted_pilot_are_restricted(store: Store, ana: Acting, own: Path) -> None:
    (own / "gates" / "ours.toml").write_text(OWN_GATE)
    saved = add(store, "pilot", {"name": "x", "template": "back-office", "visibility": "restricted"}, ana)
    ours = add(store, "gate", {"pilot": saved.uid, "template": "ours"}, ana)
    for kind in ("gate", "metric", "risk", "compliance"):
        assert {one.visibility for one in of(store, kind, "pilot", saved.uid)} == {"restricted"}
    assert {one.visibility for one in of(store, "criterion", "gate", ours.uid)} == {"restricted"}


def test_a_gate_is_made_for_a_pilot_that_is_there(store: Store, ana: Acting) -> None:
    pilot = add(store, "pilot", {"name": "Permits"}, ana).uid
    day = date(2026, 12, 10)
    first = add(store, "gate", {"pilot": pilot, "template": "beta-to-live", "planned_on": day}, ana)
    second = add(store, "gate", {"pilot": pilot, "template": "beta-to-live", "name": "Once more"}, ana)
    gate, again = of(store, "gate", "pilot", pilot)
    assert (gate.name, gate.planned_on, gate.gate_kind) == ("Beta to live: scale decision", day, "decision_point")
    assert (again.name, again.outcome) == ("Once more", "pending")
    codes = {one.code for one in of(store, "criterion", "gate", first.uid)}
    assert {"funding", "support", "contracts", "consulted"} <= codes
    assert not any(first.ref in note for note in first.notes)
    assert any(f"another gate that opens live: {first.ref}" in note for note in second.notes)
    with pytest.raises(Invalid) as caught:
        add(store, "gate", {"template": "beta-to-live"}, ana)
    assert {problem.field for problem in caught.value.problems} == {"pilot"}


def lived_through(store: Store, ana: Acting) -> str:
    """Return a pilot with evidence, results, dates, measurements, people and one criterion taken away."""
    values = {
        "name": "Permits",
        "template": "online-service",
        "phase": "public_beta",
        "start": date(2026, 1, 5),
        "first_real_user_on": date(2026, 5, 4),
        "users_tested": 12,
        "sites": "North",
        "delivery_lead": ana.person,
    }
    uid = add_from_template(store, "pilot", values, ana, headcounts={"Team managers": 4}).uid
    (gate,) = of(store, "gate", "pilot", uid)
    criteria = of(store, "criterion", "gate", gate.uid)
    for one in criteria:
        change(store, "criterion", one.uid, {"result": "met", "evidence": "Seen", "assessor": ana.person}, ana)
    remove(store, "criterion", criteria[0].uid, ana, reason="Not asked of us")
    new = {"outcome": "green", "held_on": date(2026, 9, 1), "planned_on": date(2026, 8, 1), "recommendation": "Go on"}
    change(store, "gate", gate.uid, new, ana)
    (metric, *_) = of(store, "metric", "pilot", uid)
    change(store, "metric", metric.uid, {"target": 0.8, "target_on": date(2026, 12, 31), "owner": ana.person}, ana)
    figures = {"metric": metric.uid, "phase": "baseline", "numerator": 41, "denominator": 60}
    add(store, "measurement", {**figures, "period_start": date(2026, 1, 1), "period_end": date(2026, 3, 31)}, ana)
    item = of(store, "compliance", "pilot", uid)[0]
    change(store, "compliance", item.uid, {"status": "signed_off", "signed_off_on": date(2026, 4, 1)}, ana)
    return uid


def test_a_pilot_like_another_keeps_what_is_asked_and_nothing_that_happened(store: Store, ana: Acting) -> None:
    uid = lived_through(store, ana)
    before = counts(store)
    saved = make_like(store, uid, {"name": "Permits, South"}, ana)
    other: Any = next(one for one in records(store, Query("pilot")) if one.uid == saved.uid)
    assert (other.template, other.personal_data, other.phase) == ("online-service", "yes", None)
    cleared = ("start", "first_real_user_on", "users_tested", "sites", "delivery_lead")
    assert {getattr(other, name) for name in cleared} == {None}
    (old,), (gate,) = of(store, "gate", "pilot", uid), of(store, "gate", "pilot", saved.uid)
    assert (gate.name, gate.template, gate.opens_phase) == (old.name, "beta-to-live", "live")
    assert (gate.outcome, gate.held_on, gate.planned_on, gate.recommendation) == ("pending", None, None, None)
    was, criteria = of(store, "criterion", "gate", old.uid), of(store, "criterion", "gate", gate.uid)
    kept = ("text", "mandatory", "standard_ref", "code")
    assert [[getattr(one, n) for n in kept] for one in criteria] == [[getattr(one, n) for n in kept] for one in was]
    empty = ("not_assessed", None, None, None)
    assert {(one.result, one.evidence, one.evidence_added_on, one.assessor) for one in criteria} == {empty}
    metric = of(store, "metric", "pilot", saved.uid)[0]
    assert (metric.name, metric.target, metric.target_on, metric.owner) == ("Completion rate", 0.8, None, None)
    items = of(store, "compliance", "pilot", saved.uid)
    assert {(one.status, one.signed_off_on) for one in items} == {("not_started", None)}
    assert [need.headcount for need in of(store, "need", "pilot", saved.uid)] == [4]
    assert any("count again for this pilot: Team managers" in note for note in saved.notes)
    after = counts(store)
    assert {kind: after[kind] for kind in ("measurement", "risk", "person")} == {
        kind: before[kind] for kind in ("measurement", "risk", "person")
    }
    undo(store, ana)
    assert counts(store) == before


def test_a_removed_pilot_is_not_copied_by_name(store: Store, ana: Acting) -> None:
    uid = add(store, "pilot", {"name": "Permits"}, ana).uid
    remove(store, "pilot", uid, ana, reason="A mistake")
    with pytest.raises(TrackerError, match="was removed"):
        resolve_ref(store, "pilot", "P-01")


def test_own_templates_win_by_name_and_a_bad_one_stops_no_other(store: Store, ana: Acting, own: Path) -> None:
    (own / "gates" / "beta-to-live.toml").write_text(OWN_GATE)
    (own / "pilots" / "ours.toml").write_bytes(b"\xef\xbb\xbf" + OWN_PILOT.replace("\n", "\r\n").encode())
    (own / "pilots" / "bad.toml").write_text(OWN_PILOT + 'colour = "red"\n')
    (own / "pilots" / "latin.toml").write_bytes(b"title = 'A'\nsummary = '\xe9'\n")
    (own / "pilots" / "notes.txt").write_text("not a template")
    (own / "pilots" / "folder.toml").mkdir()
    found = find_templates()
    assert (found.gates["beta-to-live"].own, found.gates["beta-to-live"].replaces) == (True, True)
    assert found.pilots["ours"].template.gates[0].gate["name"] == "Our gate"
    assert (found.pilots["ours"].own, found.pilots["ours"].replaces) == (True, False)
    assert found.pilots["back-office"].own is False
    told = {(Path(trouble.file).name, trouble.line, trouble.reason) for trouble in found.troubles}
    assert ("latin.toml", 2, "It is not UTF-8 text: save it as UTF-8.") in told
    assert ("folder.toml", 0, "There is no file here that can be read.") in told
    assert any(name == "bad.toml" and line == OWN_PILOT.count("\n") + 1 for name, line, _ in told)
    assert len(told) == 3
    with pytest.raises(Invalid, match="cannot be used until it is mended"):
        add(store, "pilot", {"name": "x", "template": "bad"}, ana)
    saved = add(store, "pilot", {"name": "x", "template": "Ours"}, ana)
    assert [need.headcount for need in of(store, "need", "pilot", saved.uid)] == [7]


def test_a_bad_own_template_is_not_silently_the_shipped_one(own: Path) -> None:
    (own / "gates" / "beta-to-live.toml").write_text(OWN_GATE.replace("name", "nome"))
    found = find_templates()
    with pytest.raises(TrackerError, match="line 6: There is no “nome” here"):
        found.gate("beta-to-live")
    with pytest.raises(TrackerError, match="gate template “beta-to-live” cannot be used"):
        found.pilot("back-office")
    assert found.pilot("supplier-trial").title


def test_a_file_is_checked_by_its_folder_or_by_what_it_holds(tmp_path: Path, own: Path) -> None:
    (tmp_path / "a.toml").write_text(OWN_GATE)
    (tmp_path / "b.toml").write_text(OWN_PILOT)
    (own / "gates" / "c.toml").write_text(OWN_PILOT)
    found = find_templates()
    assert check_file(tmp_path / "a.toml", found) == ("gate", [])
    assert check_file(tmp_path / "b.toml", found) == ("pilot", [])
    assert check_file(tmp_path / "none.toml", found)[1][0].reason == "There is no file here that can be read."
    kind, troubles = check_file(own / "gates" / "c.toml", found)
    assert (kind, len(troubles)) == ("gate", 1)
    assert "folder “pilots”" in troubles[0].reason


def test_a_folder_that_cannot_be_read_hides_no_shipped_template(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = Path.iterdir

    def refused(self: Path) -> Any:
        if self.parent == own:
            raise PermissionError(13, "Permission denied")
        return usual(self)

    monkeypatch.setattr(Path, "iterdir", refused)
    found = find_templates()
    assert {trouble.reason for trouble in found.troubles} == {"The folder cannot be read: Permission denied."}
    assert found.pilot("back-office").gates
