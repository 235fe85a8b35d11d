"""Work that may take a moment, in threads: what comes of it is handed to the screen on the screen's own thread."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

from textual.dom import DOMNode
from textual.worker import Worker, get_current_worker

from screens.messages import Done, Failed
from screens.work import Programme, programme_of
from tracker.errors import TrackerError

LOOK_EVERY_S = 0.02
Result = TypeVar("Result")
Job = Callable[[Programme], Result]
_locks: WeakKeyDictionary[DOMNode, dict[str, Lock]] = WeakKeyDictionary()


def read(node: DOMNode, job: Job[Result], show: Callable[[Result], object], group: str) -> None:
    """Run a job in a thread and give its result to ``show``, in the node's turn among its messages.

    A job of the same group that still runs is not heard any more, and the new one begins when it has ended: keys
    that are held down start one search at a time, and the newest always runs. A result that comes after the node was
    closed is dropped. A TrackerError becomes ``Failed``, posted to the node.
    """
    lock = _locks.setdefault(node, {}).setdefault(group, Lock())
    _start(node, job, show, group, lock, exclusive=True)


def read_beside(node: DOMNode, job: Job[Result], show: Callable[[Result], object], group: str) -> None:
    """As ``read``, but every job of the group runs and is heard."""
    _start(node, job, show, group, Lock(), exclusive=False)


def write(node: DOMNode, job: Job[Done], show: Callable[[Done], object] | None = None) -> None:
    """Run a job that changes records in a thread; what it has done goes to the application, or first to ``show``."""
    read_beside(node, job, show or node.app.post_message, "write")


def _start(
    node: DOMNode, job: Job[Result], show: Callable[[Result], object], group: str, lock: Lock, *, exclusive: bool
) -> None:
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
        else:
            if not worker.is_cancelled:
                node.call_later(show, result)
        finally:
            lock.release()

    node.run_worker(work, group=group, exclusive=exclusive, thread=True)


def _turn(lock: Lock, worker: Worker[None]) -> bool:
    """Wait for one's turn; return False when a newer job has taken the place of this one."""
    while not lock.acquire(timeout=LOOK_EVERY_S):
        if worker.is_cancelled:
            return False
    if worker.is_cancelled:
        lock.release()
        return False
    return True
