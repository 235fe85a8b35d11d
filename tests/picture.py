"""Draw the pictures of the documents, of the demo programme: ``python tests/picture.py``."""

import asyncio
import os
import re
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from quiet import quiet

from screens.app import TrackerApp
from screens.work import Programme
from tracker.services.demo.story import build_demo

DOCS = Path(__file__).parents[2] / "docs"
BOARD = date(2026, 11, 12)
LOG = """\
No,Risk,Likelihood,Impact,Mitigation,Raised
1,Scanners arrive after the pilot has begun,High,3,Order by phone,3 Nov 2026
2,Two counters share a printer,2,2,,TBC
3,Nobody speaks Welsh on Mondays,Medium,High,Ask Eastgate,5 Nov 2026
4,,3,3,,
"""
# Each picture, its title, and the keys that lead to it.
IMPORTING = ("colon", *"import a table", "enter", *"risks.csv", "enter")
PICTURES: tuple[tuple[str, str, Sequence[str]], ...] = (
    ("overview", "tracker demo", ()),
    ("import-columns", "Which column is which field", IMPORTING),
    ("import-trial", "What would become of each row", (*IMPORTING, "ctrl+s")),
)


async def draw(file: Path, title: str, keys: Sequence[str]) -> str:
    """Return the screen as SVG to which keys lead, as it stands on the day of the board."""
    now = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
    app = TrackerApp(Programme(str(file), "Delivery lead, Parking", now=lambda: now, today=lambda: BOARD))
    async with app.run_test(size=(120, 40)) as pilot:
        await quiet(app)
        for key in keys:
            await pilot.press({" ": "space", ".": "full_stop"}.get(key, key))
            await quiet(app)
        picture = app.export_screenshot(title=title)
    # No font is fetched from anywhere, and blanks at the beginning of a text count.
    picture = re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)
    return picture.replace("<svg ", '<svg xml:space="preserve" ', 1)


def main() -> None:
    """Write the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # so that no path of this machine stands in a picture
        Path("risks.csv").write_text(LOG, encoding="utf-8")
        file = Path("demo.db")
        build_demo(file)
        for name, title, keys in PICTURES:
            (DOCS / f"{name}.svg").write_text(asyncio.run(draw(file, title, keys)), encoding="utf-8")


if __name__ == "__main__":
    main()
