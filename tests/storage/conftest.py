"""Tests of the file itself make it and open it anew each time, as the program does."""

import pytest


@pytest.fixture(autouse=True)
def _kept_open() -> None:
    """Keep no connection."""


@pytest.fixture(autouse=True)
def _copied_when_new() -> None:
    """Copy none."""
