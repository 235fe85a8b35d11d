"""A day before the file began: nothing had been recorded, and that is what is said."""

import pytest
from shell import Shell

BEFORE = ("--as-of", "2026-09-20")
SAID = "Nothing had been recorded by 20 Sep 2026. The file begins on 1 Oct 2026."


@pytest.mark.parametrize(
    "command",
    ["signals", "due", "pilot explain P-01", "service rank", "settings list", "report summary", "report calendar"],
)
def test_no_command_says_that_there_was_nothing(shell: Shell, command: str) -> None:
    shell.done("pilot", "add", "Blue badges")
    assert SAID in shell.refused(1, *command.split(), *BEFORE)
    shell.done("pilot", "explain", "P-01", "--as-of", "2026-10-01")


def test_a_list_is_empty_since_nothing_had_been_recorded(shell: Shell) -> None:
    shell.done("pilot", "add", "Blue badges")
    assert "P-01" not in shell.done("pilot", "list", *BEFORE)
    assert SAID in shell.words
    assert "No pilots" not in shell.words
