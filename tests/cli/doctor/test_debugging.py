"""--debug: for a developer, tracebacks, statements with times and without values, and what importing costs."""

import builtins
import os
import re
import sqlite3

import pytest
from shell import Shell

from tracker.cli.shell.debugging import wanted
from tracker.storage.tracing import without_texts


@pytest.mark.parametrize("words", [("--debug", "win", "add"), ("win", "--debug", "add"), ("win", "add", "--debug")])
def test_statements_have_their_times_and_no_values(shell: Shell, words: tuple[str, ...]) -> None:
    assert shell.done(*words, "A canary") == "W-001\n"
    assert re.search(r'^debug: SQL +\d+\.\d\d ms  INSERT INTO "win"\(.*\?\)$', shell.words, re.MULTILINE)
    assert re.search(r"^debug: rows +\d+\.\d\d ms  1$", shell.words, re.MULTILINE)
    assert re.search(
        r"^debug: \d+ modules, \d+ of the tracker; importing took \d+ of \d+ ms$", shell.words, re.MULTILINE
    )
    assert "canary" not in shell.words
    assert "ana" not in re.findall(r"\w+", shell.words)


def test_nothing_of_it_stays(shell: Shell) -> None:
    before, connect = builtins.__import__, sqlite3.connect
    shell.done("win", "list", "--debug")
    assert (builtins.__import__, sqlite3.connect) == (before, connect)
    assert "TRACKER_DEBUG" not in os.environ
    shell.done("win", "list")
    assert "debug:" not in shell.words


def test_a_refusal_has_its_traceback(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shell.type("win", "show", "W-099", "--debug") == 1
    assert "Traceback (most recent call last)" in shell.words
    assert "There is no win “W-099”" in shell.words
    monkeypatch.setenv("TRACKER_DEBUG", "1")
    assert shell.type("win", "show", "W-099") == 1
    assert "Traceback" in shell.words
    assert os.environ["TRACKER_DEBUG"] == "1"


def test_a_mistake_of_the_program_has_its_traceback(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("tracker.cli.root.Root.get_command", broken)
    with pytest.raises(KeyError):
        shell.type("win", "list", "--debug")
    assert "KeyError: 'x'" in shell.capsys.readouterr().err


def test_a_text_that_looks_like_the_option_is_a_text(shell: Shell) -> None:
    assert not wanted(["win", "add", "--", "--debug"])
    shell.done("win", "add", "--", "--debug")
    assert "debug: " not in shell.words
    assert "“tracker win list” takes" not in shell.words
    assert shell.json("win", "list")[0]["title"] == "--debug"


def test_texts_in_statements_are_left_out() -> None:
    assert without_texts("SELECT  1\n FROM x WHERE a = 'it''s' AND b = ?") == "SELECT 1 FROM x WHERE a = '…' AND b = ?"
    assert without_texts("UPDATE x SET a = x'ff'") == "UPDATE x SET a = x'…'"


def test_help_says_it(shell: Shell) -> None:
    assert "--debug" in shell.done("win", "add", "--help")
