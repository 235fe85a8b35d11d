"""Waiting for an application under test until it has nothing left to do, without sleeping."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from textual.app import App

PATIENCE_S = 30


async def quiet(app: App[Any]) -> None:
    """Return when every message is handled, no thread works but the watch of the file, and the screen is painted.

    ``Pilot.pause`` guesses this from the processor's rest, and sleeps 20 ms or more each time. Raises TimeoutError.
    """
    async with asyncio.timeout(PATIENCE_S):
        while await _worked(app):
            pass


async def _worked(app: App[Any]) -> bool:
    """Let the application do what it can do now; return whether there was anything."""
    worked = await handled()
    waits: list[Awaitable[Any]] = [_end_of(worker) for worker in app.workers if worker.group != "watch"]
    if not app.animator._idle_event.is_set():
        waits.append(app.animator.wait_for_idle())
    if waits:
        await asyncio.gather(*waits)
        return True
    # The timer that would paint within a sixtieth of a second; whatever waits for the painting comes after it.
    screen = app.screen if app.screen_stack else None
    paints = screen is not None and bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )
    if screen is not None and paints:
        screen._on_timer_update()
    return worked or paints


async def handled() -> bool:
    """Give way until the loop has nothing that can run at once, without painting; return whether it had."""
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    turns = 0
    await asyncio.sleep(0)
    while ready:
        turns += 1
        await asyncio.sleep(0)
    return turns > 0


async def _end_of(worker: Any) -> None:
    while not worker.is_finished:
        if worker._task is None:
            await asyncio.sleep(0)
        else:
            await asyncio.wait([worker._task])
