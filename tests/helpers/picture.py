"""Draw the overview of the demo programme for the README: ``python tests/helpers/picture.py``."""

import asyncio
import re
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from quiet import quiet

from screens.app import TrackerApp
from screens.work import Programme
from tracker.services.demo.story import build_demo

PICTURE = Path(__file__).parents[2] / "docs" / "overview.svg"
BOARD = date(2026, 11, 12)


async def draw(file: Path) -> str:
    """Return the overview as SVG, as it stands on the day of the board."""
    now = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
    app = TrackerApp(Programme(str(file), "Delivery lead, Parking", now=lambda: now, today=lambda: BOARD))
    async with app.run_test(size=(120, 40)):
        await quiet(app)
        picture = app.export_screenshot(title="tracker demo")
    # No font is fetched from anywhere, and blanks at the beginning of a text count.
    picture = re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)
    return picture.replace("<svg ", '<svg xml:space="preserve" ', 1)


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "demo.db"
        build_demo(file)
        PICTURE.write_text(asyncio.run(draw(file)), encoding="utf-8")


if __name__ == "__main__":
    main()
