"""How the screens begin and end: garbage held until the first paint, signals, crashes, unfit terminals."""

import asyncio
import gc
import os
import signal
import sys
from threading import Thread
from traceback import extract_tb

from textual.app import App

from screens.work import KeepsDraft

HUNG_UP = 143
CRASHED = 1
UNFIT = 1
PACKAGES = ("/tracker/", "/screens/")


def unfit_terminal() -> str:
    """Return why the screens cannot be shown here and what to use instead; an empty text when they can."""
    # Textual draws on the standard error.
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.__stderr__)):
        return "The screens need a terminal. Use the commands instead: “tracker --help” lists them."
    if os.environ.get("TERM", "dumb") == "dumb":
        return "This terminal (TERM=dumb) cannot show the screens. Use the commands: “tracker --help” lists them."
    return ""


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


def crash_sentence(error: BaseException) -> str:
    """Return what a crash says: where in the program it happened, and nothing of what the records hold."""
    error = error.__cause__ or getattr(error, "error", None) or error
    place = ""
    for frame in extract_tb(error.__traceback__):
        for package in PACKAGES:
            if package in frame.filename:
                place = f" in {frame.filename.rpartition(package)[2]}, line {frame.lineno}"
    return (
        f"The tracker has stopped: a mistake in the program ({type(error).__name__}{place}). "
        f"What you saved is safe in the file, and unsaved forms come back as drafts. "
        f"Please report this sentence; it holds nothing of your records.\n"
    )
