"""Jobs in threads: one of a group at a time, and only the newest is heard."""

from threading import Event

from textual.app import App, ComposeResult
from textual.widgets import Static

from screens.work import Done, Failed, Programme, read, read_beside, write
from tracker.errors import TrackerError


class Listening(App[None]):
    """Remembers the answers it heard."""

    def __init__(self) -> None:
        super().__init__()
        self.programme = Programme("unused.db", "ana")
        self.heard: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static()

    def on_done(self, message: Done) -> None:
        self.heard.append(message.sentence)

    def on_failed(self, message: Failed) -> None:
        self.heard.append(message.sentence)


async def test_of_jobs_that_come_quickly_only_the_newest_is_heard() -> None:
    app, go_on, began = Listening(), Event(), Event()
    ran: list[str] = []

    def job(words: str) -> str:
        ran.append(words)
        if words == "first":
            began.set()
            assert go_on.wait(10)
        return words

    async with app.run_test() as pilot:
        read(app, lambda _: job("first"), app.heard.append, "list")
        while not began.is_set():
            await pilot.pause()
        read(app, lambda _: job("second"), app.heard.append, "list")
        read(app, lambda _: job("third"), app.heard.append, "list")
        go_on.set()
        while not all(worker.is_finished for worker in app.workers) or not app.heard:
            await pilot.pause()
    assert app.heard == ["third"]
    assert ran == ["first", "third"]


async def test_what_a_user_can_mend_is_told_and_the_next_job_runs() -> None:
    app = Listening()

    def broken(_: Programme) -> str:
        raise TrackerError("The file is busy.")

    async with app.run_test() as pilot:
        read(app, broken, app.heard.append, "list")
        while not app.heard:
            await pilot.pause()
        read(app, lambda _: "well", app.heard.append, "list")
        while len(app.heard) < 2:
            await pilot.pause()
    assert app.heard == ["The file is busy.", "well"]


async def test_jobs_beside_one_another_are_all_heard() -> None:
    app = Listening()
    async with app.run_test() as pilot:
        for words in ("first", "second"):
            read_beside(app, lambda _, words=words: words, app.heard.append, "rows")  # type: ignore[misc]
        while len(app.heard) < 2:
            await pilot.pause()
    assert sorted(app.heard) == ["first", "second"]


async def test_what_comes_after_a_widget_was_closed_is_dropped() -> None:
    app, go_on, began = Listening(), Event(), Event()

    def job(_: Programme) -> str:
        began.set()
        assert go_on.wait(10)
        return "late"

    async with app.run_test() as pilot:
        widget = app.query_one(Static)
        read(widget, job, app.heard.append, "list")
        while not began.is_set():
            await pilot.pause()
        await widget.remove()
        go_on.set()
        while not all(worker.is_finished for worker in app.workers):
            await pilot.pause()
        write(app, lambda _: Done("written"))
        while not app.heard:
            await pilot.pause()
    assert app.heard == ["written"]
