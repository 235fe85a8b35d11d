"""Work in threads: the programme as they reach it, jobs, and messages that tell the application what came of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock, local
from typing import Protocol, TypeVar, cast, runtime_checkable
from weakref import WeakKeyDictionary

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import Worker, get_current_worker

from screens.mending import on_screens
from screens.widgets.typing_ahead import let_keys_wait
from tracker.errors import Note, TrackerError
from tracker.rules.wording import show_date
from tracker.services.damage import behind
from tracker.services.reading import Acting, Store, open_programme, store_on_day
from tracker.services.records.people import acting


def clock() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)


READ_ONLY = "earlier.read_only"


def local_time(at: datetime) -> str:
    """Return when something was, by the clock of this computer: “1 Oct 2026 09:00”."""
    local = at.astimezone()
    return f"{show_date(local.date())} {local:%H:%M}"


class Programme:
    """Where the file is, who works on it, and the clock; ``file``, ``store`` and ``acting`` are for worker threads.

    ``earlier`` is the day that is shown, None while that is the present: its record, or where ``hindsight``, what is
    known of it today.
    """

    def __init__(
        self, path: str, who: str, *, now: Callable[[], datetime] = clock, today: Callable[[], date] = date.today
    ) -> None:
        self.path = path
        self.who = who
        self.now = now
        self.present = today
        self.earlier: date | None = None
        self.hindsight = False
        self.in_use: frozenset[str] = frozenset()  # of the registers on request, those that are shown
        self.tell: Callable[[Note], object] = str  # nobody hears it before there is an application
        self._local = local()
        self._round = 0  # an earlier day is read anew in each
        self._state = 0  # of the file: another one may take its place
        self._open: list[Store] = []
        self._lock = Lock()

    @property
    def name(self) -> str:
        """The name of the file, for the header."""
        return Path(self.path).name

    def today(self) -> date:
        """Return the day that is shown."""
        return self.earlier or self.present()

    def look_at(self, day: date | None, *, hindsight: bool = False) -> None:
        """Show what had been recorded by the end of a day, or in ``hindsight`` what is known of it now; None: today."""
        self.earlier = day
        self.hindsight = hindsight and day is not None
        self.read_anew()

    def read_anew(self) -> None:
        """Let an earlier day be read again: an erasure may have taken something out of it."""
        self._round += 1

    def file(self) -> Store:
        """Return this thread's connection to the file, opened when first asked for. Raises FileTrouble."""
        state = self._state
        present: tuple[int, Store] | None = getattr(self._local, "present", None)
        if present is None or present[0] != state:
            if present is not None:
                self._drop(present[1])
            present = self._local.present = (state, self._kept(open_programme(self.path, user=self.who)))
        return present[1]

    def reopen(self) -> None:
        """Let every thread open the file again: another state was put in its place."""
        self._state += 1
        self.read_anew()

    def store(self) -> Store:
        """Return what is shown, for this thread: the file, or an earlier day. Raises FileTrouble."""
        day = self.earlier
        if day is None:
            return self.file()
        reading = (self._round, day, self.hindsight)
        past: tuple[tuple[int, date, bool], Store] | None = getattr(self._local, "past", None)
        if past is None or past[0] != reading:
            if past is not None:
                self._drop(past[1])
            past = self._local.past = (reading, self._kept(store_on_day(self.file(), day, known=self.hindsight)))
        return past[1]

    def _kept(self, store: Store) -> Store:
        with self._lock:
            self._open.append(store)
        return store

    def _drop(self, store: Store) -> None:
        with self._lock:
            self._open.remove(store)
        store.close()

    def acting(self) -> Acting:
        """Return who acts, now, through the screens; somebody new is recorded with what they do, or not at all.

        ``tell`` hears of it when it is written. What waits is dropped at the end of the job (``let_go``).
        Raises TrackerError while an earlier day is shown: nothing is changed there.
        """
        if self.earlier is not None:
            raise TrackerError(read_only(self.earlier, hindsight=self.hindsight), READ_ONLY)
        return acting(self.file(), self.who, "screens", self.now(), self.present(), self.tell, joins=True)

    def let_go(self) -> None:
        """Drop whoever was to be recorded with a command that this thread's job did not write."""
        present: tuple[int, Store] | None = getattr(self._local, "present", None)
        if present is not None:
            present[1].let_go()

    def trying(self, copy: Store) -> Acting:
        """Return who acts in a copy in which something is tried: somebody new is recorded there alone."""
        return acting(copy, self.who, "screens", self.now(), self.present())

    def close(self) -> None:
        """Close every thread's connection, when no worker runs any more."""
        with self._lock:
            for store in self._open:
                store.close()
            self._open.clear()


def read_only(day: date, *, hindsight: bool = False) -> str:
    """Return why nothing can be changed while an earlier day is shown."""
    if hindsight:
        return (
            f"This is what is now known of {show_date(day)}, some of it recorded later: nothing can be changed or "
            "frozen here."
        )
    return f"This is what had been recorded by {show_date(day)}: nothing can be changed here."


class _Host(Protocol):
    programme: Programme


def programme_of(node: DOMNode) -> Programme:
    """Return the programme that the application works on which shows a widget or screen."""
    return cast(_Host, node.app).programme


@dataclass
class RecordsChanged(Message):
    """Records were written, here or by another program; ``tx`` is the number of the command (0: not known).

    ``show`` is the uid of a record that lists should move to.
    """

    tx: int = 0
    show: str = ""


@dataclass
class Failed(Message):
    """A worker met something a user can mend; the application shows the sentence, unless a screen knows better."""

    error: TrackerError

    @property
    def sentence(self) -> str:
        """What is wrong, and which key or field mends it."""
        return on_screens(self.error)


@dataclass
class Done(Message):
    """A command was carried out: the application shows the sentence, when there is one, and passes the change on."""

    sentence: str
    tx: int = 0
    show: str = ""


@runtime_checkable
class KeepsDraft(Protocol):
    """A screen that holds text which is not saved yet."""

    def keep_draft(self) -> None:
        """Write the text where the next session finds it; called when the terminal goes away."""


LOOK_EVERY_S = 0.02
Result = TypeVar("Result")
Job = Callable[[Programme], Result]
_locks: WeakKeyDictionary[DOMNode, dict[str, Lock]] = WeakKeyDictionary()


def read(
    node: DOMNode, job: Job[Result], show: Callable[[Result], object], group: str, *, keys_wait: bool = False
) -> None:
    """Run a job in a thread and give its result to ``show``, in the node's turn among its messages.

    A job of the same group that still runs is not heard any more, and the new one begins when it has ended: keys
    that are held down start one search at a time, and the newest always runs. A result that comes after the node was
    closed is dropped. A TrackerError becomes ``Failed``, posted to the node. ``keys_wait``: what is typed meanwhile is
    meant for what ``show`` opens.
    """
    lock = _locks.setdefault(node, {}).setdefault(group, Lock())
    worker = _start(node, job, show, group, lock, exclusive=True)
    if keys_wait:
        let_keys_wait(node, worker)


def read_beside(
    node: DOMNode, job: Job[Result], show: Callable[[Result], object], group: str, *, keys_wait: bool = False
) -> None:
    """As ``read``, but every job of the group runs and is heard."""
    worker = _start(node, job, show, group, Lock(), exclusive=False)
    if keys_wait:
        let_keys_wait(node, worker)


def write(node: DOMNode, job: Job[Done], show: Callable[[Done], object] | None = None) -> None:
    """Run a job that changes records in a thread; what it has done goes to the application, or first to ``show``."""
    read_beside(node, job, show or node.app.post_message, "write")


def _start(
    node: DOMNode, job: Job[Result], show: Callable[[Result], object], group: str, lock: Lock, *, exclusive: bool
) -> Worker[None]:
    programme = programme_of(node)

    def work() -> None:
        worker = get_current_worker()
        if not _turn(lock, worker):
            return
        try:
            result = job(programme)
        except TrackerError as error:
            if not worker.is_cancelled:
                node.post_message(Failed(error))
        except Exception as error:
            failure = _explained(programme, error)
            if not worker.is_cancelled:
                node.post_message(failure)
        else:
            if not worker.is_cancelled:
                node.call_later(_show, node, show, result)
        finally:
            programme.let_go()
            lock.release()

    return node.run_worker(work, group=group, exclusive=exclusive, thread=True)


def _show(node: DOMNode, show: Callable[[Result], object], result: Result) -> object:
    """Give a result to who shows it; a value of the file that cannot be shown is said, and the screen stays open."""
    try:
        return show(result)
    except Exception as error:
        return node.post_message(_explained(programme_of(node), error))


def _explained(programme: Programme, error: Exception) -> Failed:
    """Return the message that a value of the file breaks a rule; raise the error where that does not explain it."""
    cause = behind(programme.path)
    if cause is None:
        raise error
    return Failed(cause)


def _turn(lock: Lock, worker: Worker[None]) -> bool:
    """Wait for one's turn; return False when a newer job has taken the place of this one."""
    while not lock.acquire(timeout=LOOK_EVERY_S):
        if worker.is_cancelled:
            return False
    if worker.is_cancelled:
        lock.release()
        return False
    return True
