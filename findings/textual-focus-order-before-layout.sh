#!/bin/sh
# textual 8.2.8: the order of the focus is that of what is laid out, so what was mounted a moment ago stands too early.
#
# Expected: two lines that are mounted behind a line get the focus behind it, at once: Screen.focus_chain follows the
# order of the widgets in their container.
# Seen: inside App.batch_update, after the mounting was awaited, focus_chain is first, third, fourth, second, while the
# container's children are in order; once the screen was laid out it is right. Whoever moves the focus meanwhile skips
# or repeats lines. Fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'textual==8.2.8'
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio
import sys
from importlib.metadata import version

from textual.app import App
from textual.containers import VerticalScroll
from textual.widgets import Input


class Form(App):
    def compose(self):
        with VerticalScroll():
            yield Input(id="first")
            yield Input(id="second")


def lines(app):
    return [widget.id for widget in app.screen.focus_chain if isinstance(widget, Input)]


async def main():
    app = Form()
    async with app.run_test() as pilot:
        form = app.query_one(VerticalScroll)
        with app.batch_update():
            await form.mount_all([Input(id="third"), Input(id="fourth")])
            children, at_once = [child.id for child in form.children], lines(app)
        await pilot.pause()
        return children, at_once, lines(app)


children, at_once, later = asyncio.run(main())
print(f"textual {version('textual')}: children {children}, focus at once {at_once}, once laid out {later}")
in_order = ["first", "second", "third", "fourth"]
if children != in_order or later != in_order or at_once != ["first", "third", "fourth", "second"]:
    sys.exit("changed: screens/form/form.py need not wait for the layout before keys go on")
PYTHON
