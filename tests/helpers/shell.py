"""Commands typed in a test: in this process, with a clock, a person and a file of the test's own."""

import shlex
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from tracker.cli import run
from tracker.cli.shell.session import Session

TODAY = date(2026, 10, 1)


class Shell:
    """Types commands into one programme file, and keeps what the last one printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str], file: Path, who: str = "ana", day: date = TODAY) -> None:
        self.capsys = capsys
        self.file = file
        self.who = who
        self.day = day
        self.out = self.words = ""

    def type(self, *words: str) -> int:
        """Run ``tracker`` with these words; return the exit code."""
        session = Session(
            now=lambda: datetime.combine(self.day, time(9), UTC),
            today=lambda: self.day,
            who=self.who,
            file=str(self.file),
        )
        self.capsys.readouterr()
        code = run(words, session)
        self.out, self.words = self.capsys.readouterr()
        return code

    def done(self, *words: str) -> str:
        """Run a command that must succeed; return its data."""
        code = self.type(*words)
        assert code == 0, (words, self.out, self.words)
        return self.out

    def refused(self, code: int, *words: str) -> str:
        """Run a command that must end with a code, and print no data; return its words."""
        assert (self.type(*words), self.out) == (code, ""), (words, self.out, self.words)
        assert "Traceback" not in self.words
        assert self.words.strip()
        return self.words

    def json(self, *words: str) -> Any:
        """Run a command with ``--json``; return what it printed, read."""
        import json

        return json.loads(self.done(*words, "--json"))

    def split(self, typed: str) -> list[str]:
        """Return the words of a command line as a shell gives them."""
        return shlex.split(typed)


def prepared(typing: Callable[[Shell], object]) -> Any:
    """Make a fixture of commands typed into a new programme: typed for the first test, then the file is copied."""
    kept: list[tuple[bytes, date]] = []

    def begun(shell: Shell) -> Shell:
        if not kept:
            typing(shell)
            kept.append((shell.file.read_bytes(), shell.day))
        content, shell.day = kept[0]
        shell.file.write_bytes(content)
        return shell

    begun.__doc__ = typing.__doc__
    return pytest.fixture(name=typing.__name__)(begun)
