"""Tests of the file itself open it anew each time, as the program does."""

import pytest


@pytest.fixture(autouse=True)
def _kept_open() -> None:
    """Keep no connection."""
