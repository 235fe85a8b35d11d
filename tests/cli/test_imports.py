"""What a command loads, seen from inside its process: a static graph cannot tell a late import from a real one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from shell import Shell

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parent.parent.parent
HEAVY = {"textual", "rich", "pydantic", "pydantic_core", "sqlite_utils", "dateutil", "screens", "importlib.metadata"}


def loaded(code: str, file: Path | None = None) -> set[str]:
    """Return the modules that a process has loaded at the end of some Python."""
    code += "\nimport sys; sys.stdout.write('\\nLOADED ' + ' '.join(sys.modules))"
    env = {**os.environ, "TRACKER_FILE": str(file)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.partition("LOADED ")[2].split())


def after(file: Path, *words: str) -> set[str]:
    """Return the modules that a command has loaded when it is done."""
    return loaded(f"from tracker.cli import run; run({list(words)!r})", file)


def test_the_command_line_loads_no_screens() -> None:
    assert not loaded("import tracker.cli") & (HEAVY | {"click", "sqlite3"})
    assert not loaded("import tracker.cli.root, tracker.cli.registers.actions, tracker.cli.open") & HEAVY


@pytest.mark.parametrize(
    "words",
    [
        ["win", "add", "One re-keyed field less", "--date", "yesterday"],
        ["risk", "add", "Lookups fail", "--likelihood", "4", "--impact", "3"],
        ["win", "set", "W-001", "--size", "weekly"],
        ["risk", "list", "--where", "status=draft", "--sort", "-score"],
        ["win", "show", "W-001"],
        ["undo"],
        ["--help"],
    ],
    ids=" ".join,
)
def test_an_everyday_command_loads_nothing_heavy(shell: Shell, words: list[str]) -> None:
    shell.done("win", "add", "Earlier")
    looked = shell.file.with_name(f"{shell.file.name}.backups") / "last-look"  # the file was looked after today
    looked.parent.mkdir()
    looked.touch()
    found = after(shell.file, *words)
    renderers = {name for name in found if name.startswith(("tracker.reports", "tracker.services.papers.building"))}
    light = {"pathlib", "urllib.parse", "difflib", "hashlib", "json", "csv", "tempfile", "platformdirs"}
    assert not found & HEAVY
    assert not renderers
    assert not found & light or words[0] not in ("win", "risk")


def test_a_refusal_loads_what_explains_it(shell: Shell) -> None:
    assert "pydantic" in after(shell.file, "win", "add", "x" * 201)


def test_the_summary_loads_no_screens(shell: Shell) -> None:
    found = after(shell.file, "report", "summary")
    assert "tracker.reports.render.text" in found
    assert not found & {"textual", "rich", "pydantic", "screens"}
