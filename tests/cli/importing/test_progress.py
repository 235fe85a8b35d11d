"""The line that says how far long work is: on terminals only, wiped away at the end, and what it says when stopped."""

import io

import pytest

from tracker.cli.shell.progress import Progress, line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch, term: str = "xterm") -> Terminal:
    """Return the terminal to which standard error leads from now on."""
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLUMNS", "80")
    return stream


def test_a_line_fits_its_terminal_and_is_never_wider_than_60() -> None:
    assert line("Trying", 0, 1_000, "rows", 79) == "Trying   0 % of 1,000 rows [...............................]"
    assert line("Trying", 999, 1_000, "rows", 200) == "Trying  99 % of 1,000 rows [##############################.]"
    assert line("Trying", 1_000, 1_000, "rows", 40) == "Trying 100 % of 1,000 rows [###########]"
    assert line("Trying", 5, 1_000, "rows", 20) == "Trying   0 % of 1,00"


def test_it_is_drawn_when_it_changes_and_wiped_away_without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = on_terminal(monkeypatch)
    with Progress("Trying", "rows") as step:
        for done in range(0, 1_001, 20):
            step(done, 1_000)
    drawn = terminal.getvalue().split("\r")
    assert len(drawn) == 51 + 3
    assert drawn[-2:] == [" " * len(drawn[-3]), ""]
    assert "\x1b" not in terminal.getvalue()


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_short_work_and_pipes_get_none(monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    terminal = on_terminal(monkeypatch, term)
    if term == "xterm":
        with Progress("Trying", "rows") as step:
            step(20, 499)
        monkeypatch.setattr(terminal, "isatty", lambda: False)
    with Progress("Trying", "rows") as step:
        step(20, 1_000)
    assert terminal.getvalue() == ""


@pytest.mark.parametrize(
    ("done", "sentence"),
    [
        (40, "Stopped after 40 of 1,000 rows: nothing was written."),
        (1_000, "Stopped at the very end: “tracker history”"),
    ],
)
def test_stopped_it_says_whether_anything_was_written(
    monkeypatch: pytest.MonkeyPatch, done: int, sentence: str
) -> None:
    terminal = on_terminal(monkeypatch)
    with pytest.raises(KeyboardInterrupt), Progress("Writing", "rows") as step:
        step(done, 1_000)
        raise KeyboardInterrupt
    assert terminal.getvalue().rpartition("\r")[2].startswith(sentence)
