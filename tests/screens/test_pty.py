"""The application in a real terminal: how it starts, ends, crashes, and notices what others write."""

import fcntl
import os
import pty
import re
import select
import signal
import stat
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hostile import plant

from screens.app import run

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
WITH_HELPERS = f"{ROOT}:{ROOT / 'tests' / 'helpers'}"
SIZE = (24, 80)
LONGEST_S = 20.0
LEAVES = b"\x1b[?1049l"  # the terminal shows again what it showed before
SEQUENCES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P].*?(?:\x07|\x1b\\)|\x1b.", re.DOTALL)
START = "import sys; from screens.app import run; sys.exit(run(sys.argv[1], 'ana'))"
CRASHING = """
import sys
from screens.shell import overview
from screens.app import run
def broken(programme):
    secret = "Ms Example of 12 Private Road"
    raise KeyError(secret)
overview._load = broken
sys.exit(run(sys.argv[1], "ana"))
"""
CRASHING_AT_A_KEY = """
import sys
from screens.app import TrackerApp, run
def broken(app):
    secret = "Ms Example of 12 Private Road"
    raise LookupError(secret)
TrackerApp.action_keys = broken
sys.exit(run(sys.argv[1], "ana"))
"""
ADDING = """
import sys
from screen_app import ana
from tracker.services.records.writing import add
from tracker.storage.store import Store
with Store.open(sys.argv[1]) as store:
    add(store, "pilot", {"name": "Written elsewhere"}, ana(store))
"""


class Terminal:
    """A program in a pseudo-terminal, and all that it wrote."""

    def __init__(self, script: str, file: Path, **environment: str) -> None:
        env = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": WITH_HELPERS, **environment}
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
        command = [sys.executable, "-c", script, str(file)]
        self.process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=file.parent)
        os.close(theirs)
        self.handle = ours
        self.written = b""

    def read(self, seconds: float) -> bool:
        """Take what was written; False when nothing came in that time or nothing will."""
        if not select.select([self.handle], [], [], seconds)[0]:
            return False
        try:
            part = os.read(self.handle, 1 << 16)
        except OSError:  # the other side was closed
            return False
        self.written += part
        return bool(part)

    @property
    def text(self) -> str:
        """The words that were written, without sequences, in the order of writing."""
        return SEQUENCES.sub(b"", self.written).decode("utf-8", "replace")

    def wait_for(self, words: str, seconds: float = LONGEST_S) -> bool:
        """Read until the words were written; False when they are not in time."""
        end = time.monotonic() + seconds
        while words not in self.text:
            left = end - time.monotonic()
            if left <= 0 or (not self.read(left) and self.process.poll() is not None):
                return words in self.text
        return True

    def ended(self) -> int:
        """Read to the end and return the exit code."""
        end = time.monotonic() + LONGEST_S
        while self.read(0.5) or (self.process.poll() is None and time.monotonic() < end):
            pass
        return self.process.wait(LONGEST_S)


@contextmanager
def terminal(script: str, file: Path, **environment: str) -> Iterator[Terminal]:
    """Run a program in a terminal, and end it at the end."""
    found = Terminal(script, file, **environment)
    try:
        yield found
    finally:
        if found.process.poll() is None:
            found.process.kill()
            found.process.wait()
        os.close(found.handle)


def test_it_starts_and_q_leaves_the_terminal_as_it_was(file: Path) -> None:
    with terminal(START, file) as shown:
        assert shown.wait_for("Parking permits")
        os.write(shown.handle, b"q")
        assert shown.ended() == 0
        assert LEAVES in shown.written
        assert shown.text.count("Traceback") == 0


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_lost_line_ends_it_in_order(file: Path, number: signal.Signals) -> None:
    with terminal(START, file) as shown:
        assert shown.wait_for("Parking permits")
        shown.process.send_signal(number)
        assert shown.ended() == 143
        assert LEAVES in shown.written


def test_a_lost_line_keeps_what_was_being_typed(file: Path, tmp_path: Path) -> None:
    with terminal(START, file, XDG_STATE_HOME=str(tmp_path / "state")) as shown:
        assert shown.wait_for("Parking permits")
        os.write(shown.handle, b"6a")
        assert shown.wait_for("What got better")
        os.write(shown.handle, b"Half a thought")
        assert shown.wait_for("thought")
        shown.process.send_signal(signal.SIGHUP)
        assert shown.ended() == 143
    kept = [path.read_text() for path in (tmp_path / "state").rglob("*.json")]
    assert len(kept) == 1 and "Half a thought" in kept[0]


def test_a_crash_is_one_plain_sentence_without_data(file: Path) -> None:
    with terminal(CRASHING, file) as shown:
        assert shown.ended() == 1
        after = shown.written.rpartition(LEAVES)[2]
        assert LEAVES in shown.written
        said = " ".join(SEQUENCES.sub(b"", after).decode().split())
        assert said.startswith("The tracker has stopped: a mistake in the program (KeyError")
        assert "Private Road" not in shown.text and "Traceback" not in shown.text


def test_a_crash_at_a_key_leaves_a_report_without_records(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "ana-example"
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    with terminal(CRASHING_AT_A_KEY, file) as shown:
        assert shown.wait_for("Parking permits")
        os.write(shown.handle, b"?")
        assert shown.ended() == 1
        said = " ".join(SEQUENCES.sub(b"", shown.written.rpartition(LEAVES)[2]).decode().split())
    assert said.startswith("The tracker has stopped: a mistake in the program (LookupError). What you saved is safe")
    assert "nothing in it comes from the programme file" in said
    (report,) = (state / "transformation-tracker" / "crashes").iterdir()
    text = report.read_text()
    assert "Front: screens\nDoing: Screen MainScreen\n" in text
    assert "Error: LookupError\n" in text
    assert "textual/" in text
    for secret in ("Private Road", "Parking", "ana-example", str(file)):
        assert secret not in text
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_a_traceback_is_shown_where_it_is_asked_for(file: Path) -> None:
    with terminal(CRASHING, file, TRACKER_DEBUG="1") as shown:
        assert shown.ended() == 1
        assert "Traceback (most recent call last)" in shown.text


def test_what_another_program_writes_is_shown_within_a_second(file: Path) -> None:
    with terminal(START, file) as shown:
        assert shown.wait_for("Parking permits")
        env = {**os.environ, "PYTHONPATH": WITH_HELPERS}
        subprocess.run([sys.executable, "-c", ADDING, str(file)], env=env, check=True)
        assert shown.wait_for("Written elsewhere", 1.0)


def test_no_foreign_sequence_reaches_the_terminal(file: Path) -> None:
    plant(file)
    with terminal(START, file) as shown:
        assert shown.wait_for("$name {x}")
        for key in (b"2", b"5", b"6"):
            os.write(shown.handle, key)
            while shown.read(0.3):
                pass
        for foreign in (b"\x1b]52;c", b"\x1b[2Ja", "\u202e".encode(), "\x9b".encode(), b"\x9b31m", b"\x00 NUL"):
            assert foreign not in shown.written
        os.write(shown.handle, b"q")
        assert shown.ended() == 0


def test_a_dumb_terminal_gets_a_hint(file: Path) -> None:
    with terminal(START, file, TERM="dumb") as shown:
        assert shown.ended() == 1
        assert "TERM=dumb" in shown.text and b"\x1b" not in shown.written


def test_no_terminal_gets_a_hint(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(file), "ana") == 1  # pytest gives no terminal
    assert "tracker --help" in capsys.readouterr().err
