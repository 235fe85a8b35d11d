"""How the shell says what to do about a file that cannot be used: the command beside what storage says."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from shell import Shell


def _another_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (
            Path.unlink,
            "There is no programme file at {path}. Make one with “tracker init”, or name another with --file.",
        ),
        (
            lambda path: path.write_bytes(b""),
            "{path} is empty. Make it a programme file with “tracker init”, or name another with --file.",
        ),
        (
            lambda path: path.write_bytes(b"my shopping list\n" * 90),
            "{path} is not a programme file. Name another with --file, or make one with “tracker init”.",
        ),
        (lambda path: (path.unlink(), path.mkdir()), "{path} is a folder. Name a file with --file."),
        (
            _another_program,
            "{path} is a database of another program. Name your programme file with --file, "
            "or make one with “tracker init”.",
        ),
    ],
)
def test_a_file_that_cannot_be_used(shell: Shell, prepare: Callable[[Path], object], sentence: str) -> None:
    prepare(shell.file)
    assert shell.refused(3, "pilot", "list") == sentence.format(path=shell.file) + "\n"


def test_a_damaged_file(shell: Shell) -> None:
    content = bytearray(shell.file.read_bytes())
    content[4096 * 2 :] = b"\xff" * (len(content) - 4096 * 2)
    shell.file.write_bytes(content)
    words = shell.refused(3, "pilot", "list")
    assert words.startswith(f"{shell.file} is damaged (")
    assert words.endswith(
        "Nothing was changed. Restore a backup with “tracker restore”, or get out what can be got out with “tracker "
        "recover”.\n"
    )


def test_a_search_table_that_is_out_of_step(shell: Shell) -> None:
    shell.done("win", "add", "One field less to type")
    with sqlite3.connect(shell.file) as connection:
        connection.execute("UPDATE search_doc SET title = 'Another' WHERE kind = 'win'")
    connection.close()
    sentence = "The search table does not show 1 records as they are; “tracker check --mend” makes it anew."
    assert shell.type("check") == 3
    assert shell.out == sentence + "\n"
    assert shell.type("check", "--json") == 3
    assert sentence in shell.out


def test_a_change_that_there_is_not(shell: Shell) -> None:
    assert shell.refused(1, "undo", "999") == "There is no change 999. “tracker history” lists the newest.\n"
