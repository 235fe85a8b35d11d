"""Keys in the order in which they were typed: each waits until the one before has done all that it does.

A key goes from the widget that has the focus up to the application, while other keys arrive; what it opens takes a
moment to be there. Keys that were handed on at once would reach the screen below: text would be lost there, or run
as commands.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Protocol, TypeVar, runtime_checkable

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widgets import Input, TextArea
from textual.worker import Worker, WorkerError

from screens.widgets.one_line import OneLine, in_one_line, joined_words

ROUNDS = 50  # looks at the queues after one key; a screen that never comes to rest must not hold the keyboard
LOOK_AGAIN_S = 0.25  # at those who hold keys, in case that nobody said that they let go
LEFT_OUT = "What was typed before this question came was left out."
NO_PLACE = "There is no line here into which text could be pasted."
Result = TypeVar("Result")


@runtime_checkable
class HoldsKeys(Protocol):
    """A widget or screen that is not ready for keys yet, such as a form that is being filled."""

    @property
    def holds_keys(self) -> bool:
        """Whether keys are to wait; ``let_keys_go`` says that this has changed."""


@runtime_checkable
class RefusesKeys(Protocol):
    """A screen that takes no keys for a time."""

    def refuses_key(self, key: str, character: str | None) -> bool:
        """Return whether a key is to do nothing at all."""


class TypingAhead(App[None]):
    """An application that hands keys and pastes on one by one."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[Key | Paste] = deque()
        self._handed_on: Key | Paste | None = None
        self._target: MessagePump = self
        self._delivery: asyncio.Task[None] | None = None
        self._let_go = asyncio.Event()
        self._awaited: deque[tuple[DOMNode, Worker[None]]] = deque()

    async def on_event(self, event: Event) -> None:
        """Keep what is typed in order; everything else goes its way."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
        elif event is self._handed_on:
            self._target = self.focused or self.screen
            if not self._refused(event):
                await super().on_event(event)
        else:
            self._typed.append(event)
            if self._delivery is None or self._delivery.done():
                self._delivery = asyncio.create_task(self._deliver(), name="keys")

    def _refused(self, event: Key | Paste) -> bool:
        """Return whether the screen takes no keys; a paste for which there is no place is said."""
        focused = self.focused
        screen = self.screen
        if isinstance(event, Key):
            return isinstance(screen, RefusesKeys) and screen.refuses_key(event.key, event.character)
        if isinstance(focused, Input) and not isinstance(focused, OneLine):  # a line of the library, as the palette's
            event.text, lines = in_one_line(event.text)
            if lines > 1:
                self.notify(joined_words(lines), markup=False)
        elif not isinstance(focused, Input | TextArea) and not getattr(focused, "takes_pastes", False):
            self.notify(NO_PLACE, severity="warning", markup=False)
            return True
        return False

    def on_unmount(self) -> None:
        """Hand nothing on any more."""
        if self._delivery is not None:
            self._delivery.cancel()

    def action_command_palette(self) -> None:
        """Open the palette, whose Enter waits for the list as other keys wait for what they open."""
        from screens.widgets.prompt import Prompt

        if not any(isinstance(screen, Prompt) for screen in self.screen_stack):
            self.push_screen(Prompt())

    def let_keys_go(self) -> None:
        """Look again whether keys that wait may go on."""
        self._let_go.set()

    def let_keys_wait(self, node: DOMNode, worker: Worker[None]) -> None:
        """Let keys wait for a worker, and for what the node does with its result."""
        self._awaited.append((node, worker))

    def leave_out(self) -> None:
        """Forget what was typed and not handed on yet, and say so."""
        if self._typed:
            self._typed.clear()
            self.notify(LEFT_OUT, markup=False)

    async def _deliver(self) -> None:
        """Hand on what was typed until nothing waits."""
        while self.is_running:
            await self._ready()
            if not self._typed:
                return
            event = self._handed_on = self._typed.popleft()
            self.post_message(event)
            await _through(self)
            await self._rest(self._target)

    async def _ready(self) -> None:
        """Wait until the screen on top is there and nothing holds keys."""
        while self.is_running and self.screen_stack:
            screen = self.screen
            if screen._closing or screen._closed:
                return  # everything ends
            if not screen.is_mounted:
                await asyncio.sleep(0)  # it has just been made
                await _through(screen)
            elif self._awaited:
                node, worker = self._awaited.popleft()
                with suppress(WorkerError):  # its node hears of it, or a newer one took its place
                    await worker.wait()
                await _through(node)
            elif any(isinstance(node, HoldsKeys) and node.holds_keys for node in self._concerned(screen)):
                self._let_go.clear()
                await asyncio.wait([asyncio.ensure_future(self._let_go.wait())], timeout=LOOK_AGAIN_S)
            else:
                return

    def _concerned(self, node: MessagePump) -> Iterator[DOMNode]:
        """Yield what a key may pass: from a node, and from what has the focus, up to the application."""
        passed = set()
        for start in (node, self.focused or self.screen):
            if isinstance(start, DOMNode):
                for each in start.ancestors_with_self:
                    if each not in passed:
                        passed.add(each)
                        yield each

    async def _rest(self, target: MessagePump) -> None:
        """Wait until the key has gone all its way from the target, and what it asked for was done."""
        for _ in range(ROUNDS):
            nodes = list(self._concerned(target))
            for node in nodes:
                await _through(node)
            waiting = any(node.message_queue_size for node in nodes if node.is_running)
            if not waiting and nodes == list(self._concerned(target)):  # else another screen or field has the keys
                return


async def _through(pump: MessagePump) -> None:
    """Wait until everything that a widget has to handle by now is handled, or the widget is gone."""
    reached = asyncio.get_running_loop().create_future()

    def finish() -> None:
        if not reached.done():
            reached.set_result(None)

    if pump.is_running and pump.call_later(finish):
        task = pump._task
        await asyncio.wait([reached, task] if task is not None else [reached], return_when=asyncio.FIRST_COMPLETED)


def let_keys_go(node: DOMNode) -> None:
    """Say that a widget or screen is ready for keys."""
    if isinstance(node.app, TypingAhead):
        node.app.let_keys_go()


def let_keys_wait(node: DOMNode, worker: Worker[None]) -> None:
    """Let keys wait until a worker has ended and the node has shown its result."""
    if isinstance(node.app, TypingAhead):
        node.app.let_keys_wait(node, worker)


def interrupt(node: DOMNode, question: Screen[Result], answer: Callable[[Result | None], None]) -> None:
    """Ask what nobody expected to be asked: what was typed before the question came does not answer it."""
    if isinstance(node.app, TypingAhead):
        node.app.leave_out()
    node.app.push_screen(question, answer)
