"""Noticing what other programs write to the file, so that an open screen shows it within a second."""

from collections.abc import Callable
from threading import Event

from screens.messages import RecordsChanged
from screens.work import Programme
from tracker.errors import TrackerError
from tracker.storage.journal.history import last_tx

EVERY_S = 0.3


class Watch:
    """Looks at the file a few times a second from a thread of its own, until it is stopped."""

    def __init__(self, programme: Programme, post: Callable[[RecordsChanged], object], every: float = EVERY_S) -> None:
        self._programme = programme
        self._post = post
        self._every = every
        self._over = Event()

    def stop(self) -> None:
        """End the thread at once."""
        self._over.set()

    def run(self) -> None:
        """Post ``RecordsChanged`` after each command that another connection wrote; for a worker thread."""
        seen: int | None = None
        while not self._over.wait(0 if seen is None else self._every):
            try:
                store = self._programme.store()
                version = store.data_version()
                if seen is not None and version != seen:
                    self._post(RecordsChanged(last_tx(store)))
                seen = version
            except TrackerError:  # a busy moment; what people do themselves says what is wrong
                seen = seen if seen is not None else -1
