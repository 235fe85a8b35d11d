"""--debug: tracebacks, statements with their times, and what importing costs, on standard error for a developer."""

import builtins
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from types import ModuleType

from tracker.cli.shell.output import safe

OPTION = "--debug"
VARIABLE = "TRACKER_DEBUG"
SCREENS = "screens.app"


def wanted(arguments: Sequence[str]) -> bool:
    """Return whether a command line, or $TRACKER_DEBUG, asks for it."""
    words = [*arguments, "--"]
    return OPTION in words[: words.index("--")] or bool(os.environ.get(VARIABLE))


@contextmanager
def debugging() -> Iterator[None]:
    """Say what the command runs while it runs, and at the end what it loaded; every error with its traceback."""
    from tracker.services.doctor.tracing import traced

    began = perf_counter()
    shown_before = SCREENS in sys.modules

    def say(line: str) -> None:
        if shown_before or SCREENS not in sys.modules:  # the screens have the terminal to themselves
            sys.stderr.write(safe(f"debug: {line}", sys.stderr) + "\n")

    with _remembered(), _timed_imports() as imports, traced(say):
        try:
            yield
        except Exception:
            from traceback import format_exc

            sys.stderr.write(safe(format_exc(), sys.stderr))
            raise
        finally:
            own = sum(name.partition(".")[0] in ("tracker", "screens") for name in sys.modules)
            say(
                f"{len(sys.modules)} modules, {own} of the tracker; importing took {imports[0] * 1000:.0f} of "
                f"{(perf_counter() - began) * 1000:.0f} ms"
            )


@contextmanager
def _remembered() -> Iterator[None]:
    """Tell the screens by the variable that a traceback is wanted."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = before or "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]


@contextmanager
def _timed_imports() -> Iterator[list[float]]:
    """Give the seconds that imports took so far, as the one item of a list; an import within another counts once."""
    seconds = [0.0]
    depth = [0]
    usual: Callable[..., ModuleType] = builtins.__import__

    def timed(*names: object, **context: object) -> ModuleType:
        if depth[0]:
            return usual(*names, **context)
        before = len(sys.modules)
        began = perf_counter()
        depth[0] += 1
        try:
            return usual(*names, **context)
        finally:
            depth[0] -= 1
            if len(sys.modules) != before:
                seconds[0] += perf_counter() - began

    builtins.__import__ = timed
    try:
        yield seconds
    finally:
        builtins.__import__ = usual
