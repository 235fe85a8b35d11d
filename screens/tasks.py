"""Work that may take a moment, in threads: what comes of it goes back to the screen as a message."""

from collections.abc import Callable

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import get_current_worker

from screens.messages import Failed
from tracker.errors import TrackerError


def in_thread(node: DOMNode, job: Callable[[], Message | None], group: str, *, exclusive: bool = True) -> None:
    """Run a job in a thread and post what it returns to the node; a TrackerError becomes ``Failed``.

    A job of the same group that still runs is not heard any more when ``exclusive`` is true.
    """

    def work() -> None:
        worker = get_current_worker()
        try:
            answer = job()
        except TrackerError as error:
            answer = Failed(str(error))
        if answer is not None and not worker.is_cancelled:
            node.post_message(answer)

    node.run_worker(work, group=group, exclusive=exclusive, thread=True)
