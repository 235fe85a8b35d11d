"""A shell with a new programme, for tests of the command line."""

from pathlib import Path

import pytest
from shell import Shell


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], path: Path) -> Shell:
    """Types commands as “ana” on 1 October 2026 into a new programme."""
    made = Shell(capsys, path)
    made.done("init", "Simpler Services")
    return made
