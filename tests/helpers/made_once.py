"""Files that many tests begin with: made by the first process of a run that asks, and read by all."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> bytes:
    """Return the content of a file that ``make`` writes at a path, unless another process of the run has made it."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    file = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            making = folder / f"{name}.part"
            make(making)
            making.rename(file)
    return file.read_bytes()
