"""What the main screen says beside its lists is read whole, on small terminals too."""

from pathlib import Path

import pytest
from screen_app import SMALL, USUAL, many_risks, opened
from textual.widgets._toast import Toast

from screens.widgets.key_line import KeyLine
from tracker.storage.store import Store


@pytest.mark.parametrize("size", [USUAL, SMALL])
async def test_what_is_wrong_with_a_filter_is_said_whole(file: Path, size: tuple[int, int]) -> None:
    async with opened(file, size) as app:
        await app.keys("5", "slash")
        assert "Esc: clear" in app.text
        await app.keys("text:state=open")
        said = " ".join(app.text.split())
        assert "✗ A risk has no field “state”. Did you mean “status” or “title”?" in said


@pytest.mark.parametrize("size", [USUAL, SMALL])
async def test_a_message_covers_nothing_and_the_cursor_stays_in_sight(file: Path, size: tuple[int, int]) -> None:
    with Store.open(file) as store:
        many_risks(store, 40)
    async with opened(file, size) as app:
        await app.keys("5", "end", *["k"] * 30, *["j"] * 12)
        ref = app.ref
        app.app.notify("A message of many words. " * 6, markup=False)
        await app.settle()
        toast = app.app.screen.query_one(Toast).region
        assert toast.bottom <= app.app.screen.query_one(KeyLine).region.y
        assert app.table.region.bottom <= toast.y
        assert any(ref in line for line in app.lines)
        said = " ".join(app.text.replace("▌", " ").split())
        assert said.count("A message of many words.") == 6
