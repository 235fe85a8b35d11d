"""How far long work is: a line on standard error while it lasts, on a terminal only, and what it says when stopped."""

import os
import shutil
import sys
from types import TracebackType
from typing import Self

from tracker.cli.shell.output import unguarded, words

WIDEST = 60  # columns
LONG = 500  # steps from which on work is long
ROOM = 8  # columns of a bar that can still be read


class Progress:
    """A line that says how much of some work is done, such as rows; it is wiped away when the work ends.

    It is a ``step`` of an import. Stopped with Ctrl+C, it says whether anything can have been written.
    """

    def __init__(self, label: str, noun: str) -> None:
        self._label = label
        self._noun = noun
        self._line = ""
        self._done = self._total = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._show("")
        if kind is KeyboardInterrupt and self._done < self._total:
            words(f"Stopped after {self._done:,} of {self._total:,} {self._noun}: nothing was written.")
        elif kind is KeyboardInterrupt:
            words("Stopped at the very end: “tracker history” says whether it was written, whole or not at all.")

    def __call__(self, finished: int, total: int) -> None:
        """Show that so much is done of all there is."""
        self._done, self._total = finished, total
        if total >= LONG and sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
            self._show(line(self._label, finished, total, self._noun, shutil.get_terminal_size().columns - 1))

    def _show(self, text: str) -> None:
        if text != self._line:
            stream = unguarded(sys.stderr)
            stream.write(f"\r{text.ljust(len(self._line))}" + "\r" * (not text))
            stream.flush()
            self._line = text


def line(label: str, finished: int, total: int, noun: str, columns: int) -> str:
    """Return the line within some columns, 60 at most: in whole per cent, so that it changes seldom."""
    share = finished * 100 // total
    text = f"{label} {share:3} % of {total:,} {noun}"
    room = min(columns, WIDEST) - len(text) - 3
    if room < ROOM:
        return text[: max(columns, 0)]
    full = room * share // 100
    return f"{text} [{'#' * full}{'.' * (room - full)}]"
