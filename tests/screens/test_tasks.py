"""Jobs in threads: one of a group at a time, and only the newest is heard."""

from threading import Event

from textual.app import App
from textual.message import Message

from screens.messages import Failed
from screens.tasks import in_thread
from tracker.errors import TrackerError


class Answer(Message):
    """What a job found."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__()


class Listening(App[None]):
    """Remembers the answers it heard."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def on_answer(self, message: Answer) -> None:
        self.heard.append(message.words)

    def on_failed(self, message: Failed) -> None:
        self.heard.append(message.sentence)


async def test_of_jobs_that_come_quickly_only_the_newest_is_heard() -> None:
    app, go_on, began = Listening(), Event(), Event()
    ran: list[str] = []

    def job(words: str) -> Answer:
        ran.append(words)
        if words == "first":
            began.set()
            assert go_on.wait(10)
        return Answer(words)

    async with app.run_test() as pilot:
        in_thread(app, lambda: job("first"), "list")
        while not began.is_set():
            await pilot.pause()
        in_thread(app, lambda: job("second"), "list")
        in_thread(app, lambda: job("third"), "list")
        go_on.set()
        while not all(worker.is_finished for worker in app.workers) or not app.heard:
            await pilot.pause()
    assert app.heard == ["third"]
    assert ran == ["first", "third"]


async def test_what_a_user_can_mend_is_told_and_the_next_job_runs() -> None:
    app = Listening()

    def broken() -> Message | None:
        raise TrackerError("The file is busy.")

    async with app.run_test() as pilot:
        in_thread(app, broken, "list")
        while not app.heard:
            await pilot.pause()
        in_thread(app, lambda: Answer("well"), "list")
        while len(app.heard) < 2:
            await pilot.pause()
    assert app.heard == ["The file is busy.", "well"]
