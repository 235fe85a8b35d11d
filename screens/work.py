"""The programme file as the screens reach it: from worker threads, each with a connection of its own."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock, local
from typing import Protocol, cast

from textual.dom import DOMNode

from tracker.services.reading import Acting, Store, open_programme
from tracker.services.records.people import acting


def clock() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)


class Programme:
    """Where the file is, who works on it, and the clock; ``store`` and ``acting`` are for worker threads only."""

    def __init__(
        self, path: str, who: str, *, now: Callable[[], datetime] = clock, today: Callable[[], date] = date.today
    ) -> None:
        self.path = path
        self.who = who
        self.now = now
        self.today = today
        self._local = local()
        self._open: list[Store] = []
        self._lock = Lock()

    @property
    def name(self) -> str:
        """The name of the file, for the header."""
        return Path(self.path).name

    def store(self) -> Store:
        """Return this thread's connection, opened when first asked for. Raises FileTrouble."""
        store: Store | None = getattr(self._local, "store", None)
        if store is None:
            store = self._local.store = open_programme(self.path)
            with self._lock:
                self._open.append(store)
        return store

    def acting(self) -> Acting:
        """Return who acts, now, through the screens."""
        return acting(self.store(), self.who, "screens", self.now(), self.today())

    def close(self) -> None:
        """Close every thread's connection, when no worker runs any more."""
        with self._lock:
            for store in self._open:
                store.close()
            self._open.clear()


class _Host(Protocol):
    programme: Programme


def programme_of(node: DOMNode) -> Programme:
    """Return the programme that the application works on which shows a widget or screen."""
    return cast(_Host, node.app).programme
