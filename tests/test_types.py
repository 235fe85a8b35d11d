"""What mypy must refuse: a misspelt field, a misspelt setting, a field of another register."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BEGIN = """\
from tracker.entities.pilot import Pilot
from tracker.entities.risk import Risk
from tracker.rules.day import Day
from tracker.rules.settings import Settings


def look(day: Day, settings: Settings, uid: str) -> object:
    return {expression}
"""
RIGHT = {
    "field": "[risk.title for risk in day.all(Risk)]",
    "link": "[risk.likelihood for risk in day.of(Risk, 'pilot', uid)]",
    "record": "(pilot.name if (pilot := day.get(Pilot, uid)) else '')",
    "setting": "settings.training_required + day.settings.training_floor",
}
WRONG = {
    "misspelt_field": ("day.all(Risk)[0].titel", 'has no attribute "titel"'),
    "misspelt_field_of_some": ("[risk.likelyhood for risk in day.of(Risk, 'pilot', uid)]", 'no attribute "likelyhood"'),
    "field_of_another_register": ("(pilot.likelihood if (pilot := day.get(Pilot, uid)) else 0)", '"likelihood"'),
    "record_that_may_be_missing": ("day.get(Pilot, uid).name", '"Pilot | None" has no attribute "name"'),
    "register_by_its_name": ("day.all('risk')", "incompatible type"),
    "misspelt_setting": ("settings.training_requird", 'has no attribute "training_requird"'),
    "misspelt_setting_of_a_day": ("day.settings.trainingrequired", 'has no attribute "trainingrequired"'),
    "setting_of_another_type": ("settings.appetite_legal + 1", "Unsupported operand"),
}


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What one run of mypy says of each snippet, with the settings of the repository."""
    folder = tmp_path_factory.mktemp("types")
    expressions = {**RIGHT, **{name: expression for name, (expression, _) in WRONG.items()}}
    for name, expression in expressions.items():
        (folder / f"{name}.py").write_text(BEGIN.format(expression=expression))
    files = [str(folder / f"{name}.py") for name in expressions]
    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", "--no-pretty", *files]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert printed.returncode == 1, printed.stdout + printed.stderr
    found: dict[str, list[str]] = {name: [] for name in expressions}
    for name, message in re.findall(r"(\w+)\.py:\d+: error: (.*)", printed.stdout):
        found[name].append(message)
    return found


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_passes(errors: dict[str, list[str]], name: str) -> None:
    assert errors[name] == []


@pytest.mark.parametrize("name", WRONG)
def test_what_is_misspelt_is_refused(errors: dict[str, list[str]], name: str) -> None:
    assert WRONG[name][1] in "\n".join(errors[name])
