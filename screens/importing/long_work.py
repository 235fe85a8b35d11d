"""Work of minutes on a page: how far it is, in sight, and a key that ends it with nothing written."""

from collections.abc import Callable
from threading import Event
from typing import TypeVar

from screens.widgets.pages import FullPage
from screens.work import Failed, Job, read
from tracker.errors import TrackerError

BAR = 20  # cells
CANCELLED = "That was cancelled: nothing was written."
Result = TypeVar("Result")


class LongWork(FullPage):
    """A page that does one long thing at a time; the line ``#about`` says how far it is, and what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self._ends: Event | None = None  # of the work that is under way

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._ends is not None

    def begin(self, words: str, work: Callable[["Steps"], Job[Result]], show: Callable[[Result], object]) -> None:
        """Do something long in a thread, and give its result to ``show``; ``work`` makes the job of its steps."""
        if self.busy:
            return
        self._ends = Event()
        self.tell(f"{words} … (esc cancels)")

        def ended(result: Result) -> None:
            self._ends = None
            show(result)

        read(self, work(Steps(self, words, self._ends)), ended, "long")

    def tell(self, *sentences: str) -> None:
        """Put sentences into the line below the list."""
        self.say("#about", "\n".join(sentences))

    def show_step(self, words: str, count: int, total: int) -> None:
        """Show how far it is, unless it is over."""
        if self._ends is not None and not self._ends.is_set():
            full = BAR * count // max(total, 1)
            self.tell(f"{'█' * full}{'░' * (BAR - full)} {words}: row {count:,} of {total:,} … (esc cancels)")

    def action_back(self) -> None:
        """End what is under way; else leave the page."""
        if self._ends is None:
            self.dismiss()
        else:
            self._ends.set()
            self.tell("Cancelling …")

    def on_unmount(self) -> None:
        """End what is under way: nobody waits for it."""
        if self._ends is not None:
            self._ends.set()

    def on_failed(self, message: Failed) -> None:
        """Say in place what is wrong."""
        message.stop()
        self._ends = None
        self.tell(f"✗ {message.sentence}")


class Steps:
    """Hears in a thread how far work is; once it was cancelled, ends it with a TrackerError."""

    def __init__(self, page: LongWork, words: str, ends: Event) -> None:
        self._page = page
        self._words = words
        self._ends = ends

    def __call__(self, count: int, total: int) -> None:
        """Show a step. Raises TrackerError when the work is to end."""
        if self._ends.is_set():
            raise TrackerError(CANCELLED, "import.cancelled")
        self._page.call_later(self._page.show_step, self._words, count, total)
