"""Work that may take a moment, in threads: what comes of it goes back to the screen as a message."""

from collections.abc import Callable
from threading import Lock
from weakref import WeakKeyDictionary

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import Worker, get_current_worker

from screens.messages import Failed
from tracker.errors import TrackerError

LOOK_EVERY_S = 0.02
_locks: WeakKeyDictionary[DOMNode, dict[str, Lock]] = WeakKeyDictionary()


def in_thread(node: DOMNode, job: Callable[[], Message | None], group: str, *, exclusive: bool = True) -> None:
    """Run a job in a thread and post what it returns to the node; a TrackerError becomes ``Failed``.

    When ``exclusive`` is true, a job of the same group that still runs is not heard any more, and the new one
    begins when it has ended: keys that are held down start one search at a time, and the newest always runs.
    """
    lock = _locks.setdefault(node, {}).setdefault(group, Lock()) if exclusive else Lock()

    def work() -> None:
        worker = get_current_worker()
        if not _turn(lock, worker):
            return
        try:
            answer = job()
        except TrackerError as error:
            answer = Failed(str(error))
        finally:
            lock.release()
        if answer is not None and not worker.is_cancelled:
            node.post_message(answer)

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
