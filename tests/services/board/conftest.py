"""What tests of a meeting begin with: the demo and who acts in it, and the day on which a meeting meets."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from boards_help import MEETS

from tracker.services.records.people import acting
from tracker.storage import Acting, Store

NOW = datetime(2026, 11, 12, 9, tzinfo=UTC)


@pytest.fixture
def demo(path: Path, demo_file: bytes) -> Iterator[Store]:
    """The demo; a fixture that writes ``path`` before it gives what became of the demo."""
    if not path.exists():
        path.write_bytes(demo_file)
    with Store.open(path) as store:
        yield store


@pytest.fixture
def lead(demo: Store) -> Acting:
    """Who acts in the demo, on the day of its next board."""
    return acting(demo, "Data lead", "cli", NOW, NOW.date())


@pytest.fixture
def later(ana: Acting) -> Acting:
    """Ana on the day of the meeting."""
    return ana._replace(now=datetime(MEETS.year, MEETS.month, MEETS.day, 9, tzinfo=UTC), today=MEETS)
