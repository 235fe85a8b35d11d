"""What tests of the application share: the sample programme, made once and copied for each."""

import shutil
from pathlib import Path

import pytest
from screen_app import sample


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
