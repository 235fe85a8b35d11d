"""What tests of the application share: the sample programme, made once and copied for each."""

import shutil
from pathlib import Path

import pytest
from screen_app import sample


@pytest.fixture(autouse=True)
def _painted_when_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the painting to ``quiet``: what is painted in between is seen by nobody, and is most of the work."""
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 1.0)


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    sample(path)
    return path


@pytest.fixture
def file(_made_once: Path, tmp_path: Path) -> Path:
    """A programme file with something of everything, for this test alone."""
    path = tmp_path / "sample.db"
    shutil.copy(_made_once, path)
    return path
