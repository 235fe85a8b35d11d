"""Reading templates: every problem with its line and reason, clean values, and shipped content that holds."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.entities import all_entities
from tracker.rules.templates.content import GateTemplate, PilotTemplate, read_gate, read_pilot
from tracker.rules.templates.lines import find_lines
from tracker.services.records.templates import Templates, find_templates

GATE = """
title = "A gate"
summary = "What it is for."

[gate]
name = "The gate"
opens_phase = "alpha"

[[criterion]]
text = "Something is so"
standard_ref = "Service Standard 4"

[[criterion]]
text = "Something else is so"
mandatory = false
"""
PILOT = """
title = "A pilot"
summary = "What it is for."
compliance = ["dpia"]

[pilot]
phase = "alpha"

[[gate]]
template = "a-gate"

[[gate.criterion]]
text = "One more thing"

[[gate]]
name = "Another"

[[gate.criterion]]
text = "Its own"

[[metric]]
name = "Completion"
metric_kind = "proportion"
definition = "Finished of begun"
target = 0.8

[[risk]]
title = "It rains"

[[need]]
role_group = "Counter staff"
"""


def gate(text: str = GATE) -> GateTemplate:
    found, troubles = read_gate("a.toml", "a-gate", text)
    assert troubles == []
    assert found is not None
    return found


def gate_troubles(text: str) -> list[tuple[int, str]]:
    found, troubles = read_gate("a.toml", "a-gate", text)
    assert (found is None) == bool(troubles)
    return [(trouble.line, trouble.reason) for trouble in troubles]


def pilot_troubles(text: str) -> list[tuple[int, str]]:
    found, troubles = read_pilot("p.toml", "p", text, {"a-gate": gate(), "broken": None})
    assert (found is None) == bool(troubles)
    return [(trouble.line, trouble.reason) for trouble in troubles]


def line_of(text: str, part: str) -> int:
    """Return the line of the first line that holds a text."""
    return next(n for n, line in enumerate(text.split("\n"), 1) if part in line)


def test_a_gate_is_read_with_typed_values() -> None:
    found = gate()
    assert found[:4] == ("a-gate", "A gate", "What it is for.", {"name": "The gate", "opens_phase": "alpha"})
    assert found.criteria == (
        {"text": "Something is so", "standard_ref": "Service Standard 4"},
        {"text": "Something else is so", "mandatory": False},
    )


def test_a_pilot_adds_to_a_gate_template_or_brings_its_own() -> None:
    found, troubles = read_pilot("p.toml", "p", PILOT, {"a-gate": gate()})
    assert troubles == []
    assert found is not None
    assert [one.name for one in found.gates] == ["a-gate", ""]
    assert [one["text"] for one in found.gates[0].criteria][-1] == "One more thing"
    assert found.gates[1].gate == {"name": "Another"}
    assert found.metrics[0]["target"] == 0.8
    assert found.needs == ({"role_group": "Counter staff"},)
    assert found.compliance == ({"item_kind": "dpia"},)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('text = "Something is so"', 'text = "Something is so', "Something is so", "This is not TOML"),
        ("mandatory = false", "mandatroy = false", "mandatroy", "Did you mean “mandatory”?"),
        ("mandatory = false", 'mandatory = "perhaps"', "perhaps", "Mandatory is yes or no; “perhaps” is neither"),
        ("mandatory = false", 'evidence = "x"', "evidence", "“evidence” has no place in a template"),
        ('opens_phase = "alpha"', 'opens_phase = "beta"', "opens_phase", "Choose one of: alpha, private-beta"),
        ('opens_phase = "alpha"', 'kind = "decision_point"', "kind", "Did you mean “gate_kind”?"),
        ('name = "The gate"', "", "[gate]", "Name is needed."),
        ('text = "Something is so"', "", "[[criterion]]", "Criterion is needed."),
        ("Service Standard 4", "x" * 201, "xxx", "200 characters at most; this has 201"),
        ('summary = "What it is for."', "", "", "A template needs summary"),
        ('text = "Something else is so"', 'text = "something IS so"', "something IS so", "stands here twice"),
        ('text = "Something is so"', 'text = ["a", "b"]', '["a"', "one value, not a list"),
        ("[[criterion]]", "[criterion]", "[criterion]", "not TOML"),
    ],
)
def test_what_is_wrong_has_its_line_and_reason(old: str, new: str, line: str, said: str) -> None:
    text = GATE.replace(old, new, 1)
    if new == "[criterion]":
        text = GATE.replace("[[criterion]]", "[criterion]")
        assert gate_troubles(text)[0][0] == [n for n, x in enumerate(text.split("\n"), 1) if x == "[criterion]"][1]
        return
    expected = line_of(text, line) if line else 1
    assert [(at, said in reason) for at, reason in gate_troubles(text)] == [(expected, True)]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (
            'template = "a-gate"',
            'template = "a-gat"',
            "a-gat",
            "There is no gate template “a-gat”. Did you mean “a-gate”",
        ),
        ('template = "a-gate"', 'template = "broken"', "broken", "cannot be used; mend it first"),
        ('text = "Its own"', "", "", "Criterion is needed."),
        ("target = 0.8", "target = 80", "target", "a proportion is a part of one"),
        ("target = 0.8", 'better = "target_band"', "better", "needs band_from and band_to"),
        ("target = 0.8", 'unit = "%"\nunti = "x"', "unti", "Did you mean “unit”?"),
        ('title = "It rains"', 'title = "It rains"\nstatus = "open"', "status", "has no place in a template"),
        ('compliance = ["dpia"]', 'compliance = ["dpa"]', "compliance", "Did you mean “dpia”?"),
        ('compliance = ["dpia"]', 'compliance = "dpia"', "compliance", "is a list of items"),
        ('phase = "alpha"', 'phase = "alpha"\nforecast_end = 2027-01-01', "forecast_end", "has no place in a template"),
        ('role_group = "Counter staff"', 'role_group = "x"\nheadcount = 0', "headcount", "from 1 to"),
        ("[[need]]", "[[needs]]", "[[needs]]", "Did you mean “need”?"),
    ],
)
def test_what_is_wrong_with_a_pilot_has_its_line_too(old: str, new: str, line: str, said: str) -> None:
    text = PILOT.replace(old, new, 1)
    found = pilot_troubles(text)
    expected = line_of(text, line) if line else max(n for n, x in enumerate(text.split("\n"), 1) if "criterion" in x)
    assert [(at, said in reason) for at, reason in found] == [(expected, True)]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    text = GATE.replace("mandatory = false", "mandatory = 3\ncolour = 'red'").replace('title = "A gate"', "title = 7")
    assert len(gate_troubles(text)) == 3


def test_the_wrong_folder_is_said() -> None:
    assert "folder “gates”" in pilot_troubles(GATE)[0][1]
    assert "folder “pilots”" in gate_troubles(PILOT)[0][1]


def test_brackets_without_end_are_no_crash() -> None:
    assert len(gate_troubles("x = " + "[" * 5000)) == 1
    assert len(gate_troubles("x = " + "9" * 5000)) == 1


def test_texts_are_plain_whatever_the_file_holds() -> None:
    text = GATE.replace("Something is so", "\\u001b[31mSomething\\u202e is so").replace("A gate", "\\u0007A\\ngate")
    found = gate(text)
    assert found.criteria[0]["text"] == "Something is so"
    assert found.title == "A gate"
    reason = gate_troubles(GATE.replace("mandatory = false", '"\\u001b[31mx" = 1'))[0][1]
    assert "\x1b" not in reason


def test_lines_are_not_confused_by_texts_of_several_lines() -> None:
    text = 'a = """\nb = 1\n[t]\n"""\n[t]\nb = 2\n[[l]]\nc = 1\n[[l.m]]\nd = 1\n[[l]]\nc = 2\n'
    places = find_lines(text)
    assert [places.of(path) for path in [("a",), ("t", "b"), ("l", 0, "c"), ("l", 0, "m", 0, "d"), ("l", 1, "c")]] == [
        1,
        6,
        8,
        10,
        12,
    ]
    assert places.of(("l", 1, "nothing")) == 11
    assert places.of(("nothing",)) == 1


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.text(max_size=200), st.integers(0, len(PILOT)))
def test_no_text_breaks_the_reader(noise: str, at: int) -> None:
    for read in (lambda text: read_gate("a", "a", text), lambda text: read_pilot("a", "a", text, {})):
        found, troubles = read(PILOT[:at] + noise + PILOT[at:])
        assert (found is None) == bool(troubles)
        assert all(trouble.line >= 1 and trouble.reason for trouble in troubles)


def test_a_template_keeps_only_fields_that_there_are() -> None:
    for register in all_entities():
        fields = register.fields()
        assert not [
            name for name in register.template_fields() if fields[name].target or fields[name].kind in ("date", "money")
        ]


@pytest.fixture(scope="module")
def shipped() -> Templates:
    """The templates that the program ships, alone."""
    return find_templates(Path("/nonexistent"))


def test_all_that_is_shipped_can_be_used(shipped: Templates) -> None:
    assert shipped.troubles == []
    assert {"online-service", "back-office", "data-sharing", "supplier-trial"} <= shipped.pilots.keys()
    assert {
        "discovery-to-alpha",
        "alpha-to-private-beta",
        "private-to-public-beta",
        "beta-to-live",
    } <= shipped.gates.keys()


SERVES = re.compile(r"(Service Standard ([1-9]|1[0-4])|Technology Code of Practice ([1-9]|1[0-3]))")


def test_each_shipped_criterion_serves_a_point_of_a_standard(shipped: Templates) -> None:
    served: set[str] = set()
    for found in shipped.gates.values():
        assert 10 <= len(found.template.criteria) <= 18
        assert sum(bool(one.get("mandatory", True)) for one in found.template.criteria) >= 9
        for one in found.template.criteria:
            points = str(one["standard_ref"]).split(", ")
            assert all(SERVES.fullmatch(point) for point in points), one
            served.update(points)
    assert {f"Service Standard {n}" for n in range(1, 15)} <= served


@pytest.mark.parametrize("name", ["beta-to-live", "supplier-trial-end"])
def test_the_scale_decision_has_the_codes_that_signals_look_for(shipped: Templates, name: str) -> None:
    codes = {one.get("code"): one.get("mandatory", True) for one in shipped.gate(name).criteria}
    assert {"funding", "support", "contracts", "consulted", "training_plan", "no_harm"} <= codes.keys()
    assert shipped.gate(name).gate["opens_phase"] == "live"
    others = [found.template for other, found in shipped.gates.items() if found.template.gate["opens_phase"] != "live"]
    assert not [one["code"] for other in others for one in other.criteria if "code" in one]


def test_shipped_pilots_are_complete_and_their_metrics_exact(shipped: Templates) -> None:
    for found in shipped.pilots.values():
        pilot: PilotTemplate = found.template
        assert pilot.gates[-1].gate["opens_phase"] == "live"
        assert {"dpia", "security"} <= {item["item_kind"] for item in pilot.compliance}
        assert len(pilot.risks) >= 4
        assert all(risk[part] for risk in pilot.risks for part in ("cause", "event", "consequence", "category"))
        assert pilot.needs
        for metric in pilot.metrics:
            assert metric["definition_variant"]
            assert len(str(metric["definition"])) > 80
            assert metric["limitations"]
            assert metric["metric_kind"] == "proportion" or metric["unit"] != "%"
    takeup = {m["kpi_code"]: m for m in shipped.pilot("online-service").metrics}
    assert takeup["digital_takeup"]["definition_variant"] == "takeup_uk_2024"
    assert len({one["definition_variant"] for one in takeup.values()}) == len(takeup)


def test_the_examples_of_the_guide_hold(shipped: Templates) -> None:
    guide = Path(__file__).parents[3] / "docs" / "templates.md"
    a_gate, a_pilot = re.findall(r"```toml\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    assert len(gate(a_gate).criteria) == 1
    gates = {name: found.template for name, found in shipped.gates.items()}
    found, troubles = read_pilot("p.toml", "p", a_pilot, gates)
    assert troubles == []
    assert found is not None
    assert [one.gate["name"] for one in found.gates][1:] == ["Roll-out to both offices", "Members' briefing"]
