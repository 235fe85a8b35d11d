"""No byte of the data acts on a terminal, whatever prints it; a pipe gets what is stored."""

import ast
import json
import os
import re
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from hostile import bad
from shell import TODAY, Shell

import tracker.cli
from tracker.cli import run
from tracker.cli.shell.session import Session
from tracker.entities import all_entities
from tracker.text import plain, spelt

PLANTED = "\x1b]52;c;aGFjaw==\x07\x1b[2J\x9b31m\x90q\x9c\u202eevil\u2066\u200f\x85"
# Our own colours, and the marks with which a progress line is taken away.
OURS = re.compile("\x1b\\[[0-9;]*m|\r")
LISTED = [kind for kind in all_entities() if not kind.hidden]


@pytest.fixture(scope="module")
def planted(demo_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration programme with the hostile text in every text of its records and of its journal."""
    path = tmp_path_factory.mktemp("planted") / "demo.db"
    path.write_bytes(demo_file)
    file = sqlite3.connect(path)
    file.execute("PRAGMA ignore_check_constraints=ON")
    for (trigger,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f'DROP TRIGGER "{trigger}"')
    for register in all_entities():
        for field in register.fields().values():
            if field.kind in ("text", "list"):
                _plant(file, register.kind, field.name)
    for table, column in (("tx", "reason"), ("tx", "command")):
        file.execute(f"UPDATE {table} SET {column} = ? || {column} WHERE typeof({column}) = 'text'", (PLANTED,))
    file.commit()
    file.close()
    return path


def _plant(file: sqlite3.Connection, kind: str, name: str) -> None:
    """Put the hostile text before one text of the records of a kind, as they are and as the journal has them."""
    file.execute(
        f'UPDATE OR IGNORE "{kind}" SET "{name}" = ? || "{name}" WHERE "{name}" IS NOT NULL',
        (PLANTED,),
    )
    begin, values = f"\n{name}='", (PLANTED, PLANTED, kind, name)
    file.execute("UPDATE change SET old = ? || old, new = ? || new WHERE kind = ? AND field = ?", values)
    file.execute("UPDATE change SET new = replace(new, ?, ?) WHERE kind = ?", (begin, begin + PLANTED, kind))


def commands() -> Iterator[list[str]]:
    """Yield every command that prints what is stored, in each of its forms."""
    for register in LISTED:
        first = [] if register.kind == "programme" else [register.new_ref(1)]
        yield [register.kind, "list", "--columns", "all"]
        yield [register.kind, "list", "--csv", "--columns", "all"]
        yield [register.kind, "list", "--json"]
        yield [register.kind, "show", *first]
        yield [register.kind, "show", *first, "--json"]
    for words in (["history"], ["signals"], ["settings", "list"], ["service", "rank"], ["metric", "compare"]):
        yield words
        yield [*words, "--json"]
    for words in (["board", "collect"], ["board", "check"], ["gate", "take", "G-001"], ["pilot", "explain", "P-01"]):
        yield words
    yield from (["search", "evil"], ["search", "a", "--json"], ["check"], ["undo"], ["template", "list"])
    yield from (["report", "summary"], ["report", "summary", "--format", "md"], ["report", "calendar"])
    yield from (["report", "summary", "--format", "json"], ["report", "summary", "--format", "html"])
    yield ["win", "show", "no\x1b[2Jthing"]
    yield ["win", "list", "--where", "no\x1b[2Jfield=1"]


def on_a_terminal(command: Callable[[], int]) -> str:
    """Return what a command writes where both its outputs are a terminal."""
    primary, secondary = os.openpty()
    pieces: list[bytes] = []

    def read() -> None:
        while True:
            try:
                piece = os.read(primary, 65536)
            except OSError:  # Linux says so when the other side has closed
                return
            if not piece:
                return
            pieces.append(piece)

    reader = threading.Thread(target=read)
    reader.start()
    with (
        os.fdopen(secondary, "w", encoding="utf-8") as terminal,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(sys, "stdout", terminal)
        patch.setattr(sys, "stderr", terminal)
        command()
    reader.join()
    os.close(primary)
    return b"".join(pieces).decode()


def session(file: Path) -> Session:
    return Session(now=lambda: datetime.combine(TODAY, time(9), UTC), today=lambda: TODAY, who="ana", file=str(file))


def test_nothing_that_is_stored_acts_on_a_terminal(planted: Path) -> None:
    seen = 0
    for words in commands():
        printed = on_a_terminal(lambda words=words: run(words, session(planted)))  # type: ignore[misc]
        assert bad(OURS.sub("", printed)) <= {"\n", "\t"}, words
        assert "not foreseen" not in printed, (words, printed)
        seen += "evil" in printed
    assert seen > 2 * len(LISTED)  # what was planted came to be printed, in its harmless form


def test_a_pipe_gets_what_is_stored(planted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell(capsys, planted)
    assert PLANTED in shell.done("win", "list", "--csv")
    stored = shell.json("win", "list")[0]["title"]
    assert stored.startswith(PLANTED)


def test_json_means_the_same_on_a_terminal(planted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = on_a_terminal(lambda: run(["win", "list", "--json"], session(planted)))
    assert "\\u001b]52" in printed
    assert json.loads(printed) == Shell(capsys, planted).json("win", "list")
    assert json.loads(spelt(json.dumps("\U000e0067\ufeff", ensure_ascii=False))) == "\U000e0067\ufeff"


def test_help_and_wrong_usage_come_through_the_gate_too() -> None:
    printed = on_a_terminal(lambda: run(["win", "add", "x", "--\x1b[2Jx", "\x9b"], Session(file="/nowhere")))
    assert bad(OURS.sub("", printed)) <= {"\n"}
    assert "Usage:" in on_a_terminal(lambda: run(["--help"]))


def test_what_is_completed_is_plain(planted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click import Context

    from tracker.cli.root import root
    from tracker.cli.shell.completing import complete_ref

    items = complete_ref(Context(root, obj=session(planted)), "win", "W-")
    assert items
    assert all(item.help == plain(item.help or "") for item in items)


def test_nobody_goes_round_the_gate() -> None:
    """What lies behind it is written to where texts were made safe; there is no other way to a terminal."""
    behind = {"unguarded", "__stdout__", "__stderr__", "buffer"}
    files = set()
    for file in Path(tracker.cli.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
            if name in behind:
                files.add(file.name)
    assert files == {"drawing.py", "tables.py", "files.py", "progress.py"}
