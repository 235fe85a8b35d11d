"""A stored value that breaks a rule is said on the screens, which stay open."""

import sqlite3
from pathlib import Path

import pytest
from screen_app import WIDE, opened

from screens.app import TrackerApp
from screens.shell.areas import areas
from screens.work import Failed

pytestmark = pytest.mark.thorough

SECRET = "Adelheid Smithersby"


@pytest.mark.parametrize(
    ("kind", "column", "reason"),
    [
        ("win", "event_date", "is no date"),
        ("risk", "status", "is none of its choices"),
        ("pilot", "phase", "is none of"),
    ],
)
async def test_the_screens_stay_open_and_say_it(
    file: Path, kind: str, column: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = sqlite3.connect(file)
    broken.execute("PRAGMA ignore_check_constraints=ON")
    for (trigger,) in broken.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        broken.execute(f'DROP TRIGGER "{trigger}"')
    broken.execute(f'UPDATE "{kind}" SET "{column}" = ?', (SECRET,))
    broken.commit()
    broken.close()
    said: list[str] = []
    shown = TrackerApp.on_failed

    def listen(app: TrackerApp, message: Failed) -> None:
        said.append(message.sentence)
        shown(app, message)

    monkeypatch.setattr(TrackerApp, "on_failed", listen)
    async with opened(file, WIDE) as driver:
        for area in areas():
            await driver.keys(area.key or "right_square_bracket", "end", "enter", "escape")
            assert driver.app.is_running
            assert driver.app._exception is None, area.id
    assert SECRET not in "".join(said)
    if column == "event_date":
        assert any(f"holds a value that {reason}" in sentence for sentence in said)
