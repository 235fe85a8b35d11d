#!/bin/sh
# Textual 8.2.8: Screen.dismiss takes away the screen that is on top, whichever it was called on.
#
# Expected: screen.dismiss() takes away that screen; called once more, or while another screen lies above, it does
# nothing or raises.
# Seen: asked twice (two keys in one packet of a slow line do that), the second call takes away the screen below.
# Hence every page and dialog of ours is left once, and only while it is on top. Fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'textual==8.2.8'
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio
from importlib.metadata import version

from textual.app import App
from textual.screen import ModalScreen, Screen


class Main(Screen[None]):
    """What the user works in."""


class Question(ModalScreen[None]):
    """A dialog above it."""


async def main() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        app.push_screen(Main())
        await pilot.pause()
        question = Question()
        app.push_screen(question)
        await pilot.pause()
        before = [type(screen).__name__ for screen in app.screen_stack]
        question.dismiss()
        question.dismiss()
        await pilot.pause()
        after = [type(screen).__name__ for screen in app.screen_stack]
    print(f"textual {version('textual')}: {before} became {after}")
    assert (before, after) == (["Screen", "Main", "Question"], ["Screen"]), "changed"


asyncio.run(main())
PYTHON
