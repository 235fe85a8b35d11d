#!/bin/sh
# Textual 8.2.8: a mixin that derives from DOMNode, named first among the bases, takes away the style of the widget.
#
# Expected: class Note(Keys, Box) looks like Box, whatever Keys is; handlers and methods come from both.
# Seen: DEFAULT_CSS is looked for along the first base that is a DOMNode, so Box's is never read, and nothing says so.
# Hence mixins of the screens are plain classes. Fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'textual==8.2.8'
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio
from importlib.metadata import version

from textual.app import App, ComposeResult
from textual.dom import DOMNode
from textual.widgets import Static


class Keys(DOMNode):
    """A mixin that derives from a class of the framework."""


class Plain:
    """A mixin that derives from nothing."""


class Box(Static):
    DEFAULT_CSS = "Box { height: 5; }"


class WithKeys(Keys, Box):
    """A box with the first mixin."""


class WithPlain(Plain, Box):
    """A box with the second."""


class Demo(App[None]):
    def compose(self) -> ComposeResult:
        yield WithKeys("one", id="keys")
        yield WithPlain("two", id="plain")


async def main() -> None:
    app = Demo()
    async with app.run_test(size=(40, 20)):
        heights = [app.query_one(name).styles.height for name in ("#keys", "#plain")]
    print(f"textual {version('textual')}: with the mixin of the framework {heights[0]}, with the plain one {heights[1]}")
    assert heights[0] is None and heights[1] is not None, "changed"


asyncio.run(main())
PYTHON
