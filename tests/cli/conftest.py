"""A shell with a new programme, for tests of the command line."""

from pathlib import Path

import pytest
from shell import Shell


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], path: Path, new_programme: bytes) -> Shell:
    """Types commands as “ana” on 1 October 2026 into a new programme."""
    path.write_bytes(new_programme)
    return Shell(capsys, path)
