"""What tests of the application share: the sample programme, made once and copied for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_once import made_once
from screen_app import sample
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet


@pytest.fixture(scope="session", autouse=True)
def _parsed_once() -> Iterator[None]:
    """Let style sheets be parsed once for all applications: each of them parsed the same two hundred anew."""
    parsed: dict[tuple[object, ...], list[RuleSet]] = {}
    parse = Stylesheet._parse_rules

    def kept(sheet: Stylesheet, css: str, *how: object, **named: object) -> list[RuleSet]:
        asked = (css, how, tuple(named.items()), tuple(sheet._variables.items()))
        if asked not in parsed:
            parsed[asked] = parse(sheet, css, *how, **named)  # type: ignore[arg-type] # handed on as they came
        return parsed[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", kept)
        yield


@pytest.fixture(autouse=True)
def _painted_when_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the painting to ``quiet``: what is painted in between is seen by nobody, and is most of the work."""
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 1.0)


@pytest.fixture(scope="session")
def _sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return made_once(tmp_path_factory, "sample.db", sample)


@pytest.fixture
def file(_sample: bytes, tmp_path: Path) -> Path:
    """A programme file with something of everything, for this test alone."""
    path = tmp_path / "sample.db"
    path.write_bytes(_sample)
    return path
