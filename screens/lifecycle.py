"""How the screens begin and end: garbage held until the first paint, signals, crashes, unfit terminals."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Thread
from traceback import format_exception

from rich.text import Text
from textual.app import App

from screens.work import KeepsDraft
from tracker.text import plain

HUNG_UP = 143
CRASHED = 1
UNFIT = 1


def unfit_terminal() -> str:
    """Return why the screens cannot be shown here and what to use instead; an empty text when they can."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return "The screens need a terminal. Use the commands instead: “tracker --help” lists them."
    if os.environ.get("TERM", "dumb") == "dumb":
        return "This terminal (TERM=dumb) cannot show the screens. Use the commands: “tracker --help” lists them."
    return ""


@contextmanager
def drawing_on_the_terminal() -> Iterator[None]:
    """Let Textual, which draws on the standard error, draw on the terminal also where that goes into a file."""
    before = sys.__stderr__
    if before is None or not before.isatty():
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc] # there is no other way to tell it
    try:
        yield
    finally:
        sys.__stderr__ = before  # type: ignore[misc]


def after_first_paint() -> None:
    """Let the garbage collector run again, and load in the background what a form will need."""
    gc.freeze()
    gc.enable()
    Thread(target=_load_what_forms_need, name="imports", daemon=True).start()


def _load_what_forms_need() -> None:
    import tracker.entities.checking
    import tracker.services.records.undo  # noqa: F401


def end_on_signals(app: App[None]) -> None:
    """Keep drafts and leave the terminal as it was when the system ends the program or the line drops."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, _end, app)


def _end(app: App[None]) -> None:
    for screen in app.screen_stack:
        if isinstance(screen, KeepsDraft):
            screen.keep_draft()
    app.exit(return_code=HUNG_UP)


def report_crash(app: App[None], error: BaseException) -> Text:
    """Write the report on a crash and return what is said of it; with the traceback where $TRACKER_DEBUG asks for it.

    Neither holds anything of the records but that traceback.
    """
    from tracker.services.doctor.crash import Occasion, causes, said_of, write_report
    from tracker.services.doctor.private import shown_path

    own = next((cause for cause in causes(error) if not type(cause).__module__.startswith("textual.")), error)
    screens = [type(screen).__name__ for screen in app.screen_stack]
    path = write_report(error, Occasion("screens", screens), datetime.now(UTC))
    where = "Please report this sentence; it holds nothing of your records."
    if path:
        where = (
            f"A report for whoever mends it lies in {shown_path(str(path))}; nothing in it comes from the programme "
            f"file. “tracker doctor --report” prints it."
        )
    sentence = (
        f"The tracker has stopped: a mistake in the program ({said_of(own)}). "
        f"What you saved is safe in the file, and unsaved forms come back as drafts. {where}\n"
    )
    if os.environ.get("TRACKER_DEBUG"):
        sentence += plain("".join(format_exception(error)))
    return Text(sentence)
