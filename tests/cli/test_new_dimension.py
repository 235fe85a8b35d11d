"""An eighth dimension needs its own function and one line in the table; every page follows."""

from datetime import date

import pytest
from shell import Shell

from tracker.entities.feedback import Feedback
from tracker.entities.pilot import Pilot
from tracker.rules.day import Day
from tracker.rules.signals.pilot.overall import DIMENSIONS
from tracker.rules.signals.result import Dimension, Finding, Signal, level_if, refs_of

WEATHER = Dimension("weather", "Weather", "W")


def weather_signal(evidence: Day, pilot: Pilot) -> Signal:
    blockers = [item for item in evidence.of(Feedback, "pilot", pilot.uid) if item.severity == "blocker"]
    sentence = f"{len(blockers)} blockers."
    return WEATHER.signal([Finding("weather.blockers", level_if(bool(blockers)), sentence, records=refs_of(blockers))])


@pytest.fixture
def demo(shell: Shell, demo_file: bytes, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell on the demonstration programme, with a dimension that the tracker does not have."""
    monkeypatch.setitem(DIMENSIONS, WEATHER, weather_signal)
    shell.file.write_bytes(demo_file)
    shell.day = date(2026, 11, 12)
    return shell


def test_the_table_has_a_column_under_its_letter(demo: Shell) -> None:
    lines = demo.done("signals").splitlines()
    (head,) = [line for line in lines if line.startswith("Ref")]
    column = head.index("T C B R P A H W  Rushed?") + len("T C B R P A H ")
    assert {line[column] for line in lines if line.startswith("P-0")} <= set("●▲")
    assert any("H rhythm · W weather" in line for line in lines)


def test_it_is_explained_and_stands_in_the_json(demo: Shell) -> None:
    assert "blockers. [weather.blockers" in demo.done("pilot", "explain", "P-04")
    dimensions = demo.json("pilot", "explain", "P-04")["dimensions"]
    assert list(dimensions)[-1] == "weather"
    assert dimensions["weather"]["label"] == "Weather"


def test_each_dimension_has_a_letter_of_its_own() -> None:
    letters, names = ({getattr(each, field) for each in DIMENSIONS} for field in ("letter", "name"))
    assert len(letters) == len(names) == len(DIMENSIONS)
