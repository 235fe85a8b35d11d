#!/bin/sh
# Textual 8.2.8: enter in the command palette runs what was listed for an earlier text while the search still runs.
#
# Expected: enter means the best command for the text in the line, or nothing while that is not known.
# Seen: until the newer search has an answer, the list of the earlier text stays, its first line highlighted, and enter
# runs that: whoever types a command and enter at once, or over a slow line, gets another one.
# Hence enter waits for the list in our palette. Fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'textual==8.2.8'
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio
from functools import partial
from importlib.metadata import version

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider

ran: list[str] = []


class Commands(Provider):
    """Two commands, which a search takes half a second to find."""

    async def discover(self) -> Hits:
        for name in ("Delete", "Save"):
            yield DiscoveryHit(name, partial(ran.append, name))

    async def search(self, query: str) -> Hits:
        await asyncio.sleep(0.5)
        for name in ("Delete", "Save"):
            score = self.matcher(query).match(name)
            if score:
                yield Hit(score, name, partial(ran.append, name))


class Patient(App[None]):
    """An application with these commands only."""

    COMMANDS = {Commands}


async def main() -> None:
    app = Patient()
    async with app.run_test() as pilot:
        app.action_command_palette()
        await pilot.pause(0.5)
        await pilot.press("s", "a", "v", "e", "enter")
        await pilot.pause(1)
    print(f"textual {version('textual')}: “save” and enter ran {ran}")
    assert ran == ["Delete"], "changed"


asyncio.run(main())
PYTHON
