"""Showing what the file holds now: changes, here or by other programs, reach what is on the screen within a second."""

from collections.abc import Callable, Sequence
from threading import Event

from textual.screen import Screen

from screens.work import Failed, Programme, RecordsChanged
from tracker.errors import TrackerError
from tracker.services.browsing import last_tx

EVERY_S = 0.3
NOTHING_READ = -1  # no version of a file
LOST = ("file.gone", "file.replaced")


class Watch:
    """Looks at the file a few times a second from a thread of its own, until it is stopped."""

    def __init__(
        self, programme: Programme, post: Callable[[RecordsChanged | Failed], object], every: float = EVERY_S
    ) -> None:
        self._programme = programme
        self._post = post
        self._every = every
        self._over = Event()

    def stop(self) -> None:
        """End the thread at once."""
        self._over.set()

    def run(self) -> None:
        """Post ``RecordsChanged`` after each command that another connection wrote; for a worker thread.

        A file that is gone, or another in its place, is said once.
        """
        before: int | None = None
        wait = 0.0
        said = ""
        while not self._over.wait(wait):
            wait = self._every
            try:
                store = self._programme.file()
                version = store.data_version()
                if before not in (None, version):
                    self._post(RecordsChanged(last_tx(store)))
                before = version
            except TrackerError as error:  # a busy moment; what people do themselves says what is wrong
                before = NOTHING_READ if before is None else before
                if error.code in LOST and error.code != said:
                    said = error.code
                    self._post(Failed(error))


class Reloads:
    """A screen that shows records: a mixin, which reads them again when the screen can be seen."""

    _missed: str | None = None

    def records_changed(self, show: str = "") -> None:
        """Show what the file holds now; move to the record with the uid ``show``, when there is one."""
        raise NotImplementedError

    def changed_behind(self, show: str = "") -> None:
        """Records have changed while another screen covers this one: it is enough to read them when that is gone."""
        self._missed = show or self._missed or ""

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile."""
        if self._missed is not None:
            show, self._missed = self._missed, None
            self.records_changed(show)


def reload(screens: Sequence[Screen[object]], show: str) -> None:
    """Let the screens of a stack read the records again: at once what can be seen, the others when they are shown."""
    visible = True
    for screen in reversed(screens):
        if isinstance(screen, Reloads):
            if visible:
                screen.records_changed(show)
            else:
                screen.changed_behind(show)
        visible = visible and screen.styles.background.a < 1
