"""No test reads or writes what belongs to whoever runs them, fixtures of a session included."""

import os
from pathlib import Path

import own_home
import pytest

from tracker.paths import state_folder


@pytest.fixture(scope="session")
def early() -> Path:
    """Where a fixture of a session writes the last file: it runs before those of a test."""
    return state_folder()


def test_a_fixture_of_a_session_is_not_at_the_developers_home(early: Path) -> None:
    places = [Path(place) for place in own_home.DEVELOPERS.values() if place]
    assert not [place for place in places if early.is_relative_to(place) and not own_home.FOLDER.is_relative_to(place)]
    assert "tests" in str(early) or "pytest" in str(early)


def test_a_test_has_a_home_of_its_own() -> None:
    for name in own_home.PLACES[:-1]:
        assert os.environ[name] != own_home.DEVELOPERS[name]
