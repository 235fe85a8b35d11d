"""What the shells complete: asked by click's own protocol in a process, and by a real bash where there is one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from shell import Shell, prepared

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parent.parent.parent


@prepared
def stocked(shell: Shell) -> None:
    """A programme with two pilots, a person and a risk."""
    shell.done("pilot", "add", "Parking permits")
    shell.done("pilot", "add", "Libraries")
    shell.done("person", "add", "Data lead")
    shell.done("risk", "add", "Lookups fail")


def completed(typed: str, file: Path, shell: str = "bash") -> list[str]:
    """Return what a shell is told when the tab key is pressed at the end of a line."""
    words = typed.split(" ")
    env = {**os.environ, "TRACKER_FILE": str(file), "_TRACKER_COMPLETE": f"{shell}_complete"}
    if shell == "fish":
        env |= {"COMP_WORDS": " ".join(words), "COMP_CWORD": words[-1]}
    else:
        env |= {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run(
        [sys.executable, "-m", "tracker"], capture_output=True, text=True, env=env, cwd=ROOT, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def words(typed: str, file: Path) -> list[str]:
    """Return the completed words, for bash."""
    return [line.partition(",")[2] for line in completed(typed, file) if line]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tracker ri", ["risk"]),
        ("tracker se", ["service", "session", "search", "settings"]),
        ("tracker risk s", ["show", "set"]),
        ("tracker win add x --pi", ["--pilot"]),
        ("tracker win add x --pilot ", ["P-01", "P-02"]),
        ("tracker win add x --pilot p-0", ["P-01", "P-02"]),
        ("tracker win add x --pilot P-02", ["P-02"]),
        ("tracker risk add x --category te", ["technology"]),
        ("tracker pilot set P-01 --phase p", ["private-beta", "public-beta", "paused"]),
        ("tracker confidence add P-01 --rating amber", ["amber"]),  # on a scale of three steps
        ("tracker confidence add ", ["P-01", "P-02"]),
        ("tracker win add x --publishable ", ["yes", "no"]),
        ("tracker pilot add x --sensitivity personal,co", ["personal,commercial"]),
        ("tracker risk show ", ["R-001"]),
        ("tracker risk list --where sta", ["status=draft", "status=open", "status=closed", "status=became_issue"]),
        ("tracker risk list --where target_l", ["target_likelihood>="]),
        ("tracker risk list --where pilot", ["pilot=P-01", "pilot=P-02"]),
        ("tracker risk list --sort sco", ["score"]),
        ("tracker risk list --columns title,own", ["title,owner"]),
        ("tracker history P", ["P-01", "P-02", "PER-001", "PER-002", "PRG-01"]),
        ("tracker erase ", ["PER-001", "PER-002"]),
        ("tracker settings set soon", ["soon_days"]),
        ("tracker report su", ["summary"]),
        ("tracker report summary --format p", ["pdf", "pptx"]),
        ("tracker completion z", ["zsh"]),
    ],
)
def test_a_shell_completes(stocked: Shell, typed: str, found: list[str]) -> None:
    assert sorted(words(typed, stocked.file)) == sorted(found)


def test_zsh_and_fish_are_told_the_names_too(stocked: Shell) -> None:
    assert completed("tracker risk show ", stocked.file, "zsh") == ["plain", "R-001", "Lookups fail"]
    assert completed("tracker risk show R", stocked.file, "fish") == ["plain,R-001\tLookups fail"]


def test_the_file_on_the_line_counts(stocked: Shell, tmp_path: Path) -> None:
    assert words(f"tracker risk show --file {stocked.file} R", tmp_path / "none.db") == ["R-001"]


def test_a_file_that_cannot_be_read_completes_nothing(tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.db"
    spoilt.write_text("Dear board,\n" * 100)
    for file in (spoilt, tmp_path / "none.db"):
        assert words("tracker risk show ", file) == []
        assert words("tracker ri", file) == ["risk"]
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_the_script_is_printed(shell: Shell, name: str) -> None:
    script = shell.done("completion", name)
    assert "_TRACKER_COMPLETE" in script
    assert "takes effect in a new shell" in shell.words


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
def test_a_real_bash_completes(stocked: Shell, tmp_path: Path) -> None:
    script, command = tmp_path / "tracker.bash", tmp_path / "bin" / "tracker"
    script.write_text(stocked.done("completion", "bash"), encoding="utf-8")
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tracker "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    asked = (
        f'source "{script}"; COMP_WORDS=(tracker risk show ""); COMP_CWORD=3; '
        '_tracker_completion tracker; echo "${COMPREPLY[@]}"; complete -p tracker'
    )
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "TRACKER_FILE": str(stocked.file)}
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, env=env, cwd=tmp_path, check=False)
    assert done.stdout.splitlines()[0] == "R-001", done
    assert "_tracker_completion tracker" in done.stdout


def test_people_who_left_are_marked_and_come_last(stocked: Shell) -> None:
    stocked.done("person", "add", "Gone lead", "--left-on", "2026-09-20")
    stocked.done("person", "add", "Next lead")
    people = words("tracker risk add x --owner ", stocked.file)
    assert people[-1] == stocked.json("person", "list", "--where", "name=Gone lead")[0]["ref"]
