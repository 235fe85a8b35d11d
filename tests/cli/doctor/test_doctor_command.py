"""“tracker doctor”: every situation has its lines, nothing is written, and nothing personal is shown."""

import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from shell import Shell

from tracker.cli.file.doctor import lines_of
from tracker.cli.file.doctor_mending import HOW, mend
from tracker.cli.shell import Session
from tracker.rules.doctor.finding import Finding
from tracker.services.doctor import examination, places, private
from tracker.services.doctor.environment import libraries
from tracker.services.doctor.examination import examine
from tracker.services.doctor.terminal import locale_facts, wide_signs
from tracker.storage import inspection

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
# What depends on where the tests run, and on when: a file is written by the machine's clock, and disks fill.
HERE = {"Clock", "Disk", "Program"}


def said(shell: Shell) -> dict[tuple[str, str], dict[str, str]]:
    """Return the findings by topic and label, as the JSON has them."""
    return {(finding["topic"], finding["label"]): finding for finding in findings_of(shell)}


def findings_of(shell: Shell) -> list[dict[str, str]]:
    """Return what the JSON holds, line by line."""
    shell.type("doctor", "--json")
    findings: list[dict[str, str]] = json.loads(shell.out)["findings"]
    return findings


def faults(shell: Shell) -> dict[str, str]:
    """Return the codes of all that is not fine, and of which status, but for what depends on the machine."""
    ours = [f for f in findings_of(shell) if f["topic"] not in HERE and f["code"] != "file.network"]
    return {f["code"]: f["status"] for f in ours if f["status"] != "fine"}


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of all that lies in a folder."""
    stats = {str(path.relative_to(folder)): path.lstat() for path in folder.rglob("*")}
    return {name: (status.st_size, status.st_mtime_ns) for name, status in stats.items()}


@pytest.fixture
def private_file(shell: Shell) -> Shell:
    """A programme that only its owner may read, as the tracker makes it."""
    shell.file.chmod(0o600)
    return shell


def test_a_sound_programme_has_nothing_wrong_and_nothing_is_written(private_file: Shell, tmp_path: Path) -> None:
    before = tree(tmp_path)
    assert faults(private_file) == {"file.no_backup": "note"}
    assert tree(tmp_path) == before
    assert not Path(os.environ["XDG_STATE_HOME"]).exists()
    findings = said(private_file)
    assert findings["Programme file", "Check"]["value"] == "everything holds: 1 change"
    assert "named with --file" in findings["Programme file", "Place"]["value"]
    assert findings["Programme file", "Backups"]["mend"].startswith("tracker backup --file ")


def test_the_exit_code_says_whether_anything_is_wrong(private_file: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    note, wrong = (
        Finding("Disk", "State", "x", "note"),
        Finding("Disk", "State", "x", "wrong", "disk.full", "Full.", {"path": "/x"}),
    )
    for findings, code, verdict in (([note], 0, "● fine: nothing is wrong. 1 note."), ([wrong], 1, "■ wrong: 1 of")):
        monkeypatch.setattr(examination, "examine", lambda *_, found=findings: found)
        assert private_file.type("doctor") == code
        assert verdict in private_file.out


def test_without_a_programme_it_works_and_says_so(shell: Shell) -> None:
    shell.file.unlink()
    assert faults(shell) == {"file.missing": "wrong"}
    assert not shell.file.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.foreign"),
        (b"Not a database at all" * 20, "file.foreign"),
        (b"SQLite format 3\0" + bytes(400), "file.foreign"),
    ],
)
def test_what_is_no_programme_is_said_not_opened(shell: Shell, content: bytes, code: str) -> None:
    shell.file.write_bytes(content)
    shell.file.chmod(0o600)
    assert faults(shell)[code] == "wrong"
    assert shell.file.read_bytes() == content


def test_a_damaged_programme_is_said(private_file: Shell) -> None:
    content = bytearray(private_file.file.read_bytes())
    content[4096 * 2 : 4096 * 8] = os.urandom(4096 * 6)
    private_file.file.write_bytes(content)
    found = faults(private_file)
    assert {"file.damaged", "file.problems"} & set(found)
    assert private_file.file.read_bytes() == content


def test_a_folder_a_pipe_and_another_schema_are_named(private_file: Shell) -> None:
    content = bytearray(private_file.file.read_bytes())
    content[60:64] = (99).to_bytes(4, "big")
    private_file.file.write_bytes(content)
    assert faults(private_file)["file.newer"] == "wrong"
    private_file.file.unlink()
    private_file.file.mkdir()
    assert faults(private_file) == {"file.folder": "wrong"}
    private_file.file.rmdir()
    os.mkfifo(private_file.file)
    assert faults(private_file) == {"file.special": "wrong"}


def test_modes_leftovers_and_backups_are_said(private_file: Shell) -> None:
    private_file.file.chmod(0o644)
    for ending in ("-journal", ".lease"):
        leftover = Path(f"{private_file.file}{ending}")
        leftover.write_bytes(b"x" * 600)
        os.utime(leftover, (NOW.timestamp() - 3600,) * 2)
    before = tree(private_file.file.parent)
    expected = {"file.mode", "file.cut_off", "file.leftover", "file.unchecked", "file.no_backup"}
    assert set(faults(private_file)) == expected
    assert tree(private_file.file.parent) == before
    for ending in ("-journal", ".lease"):
        Path(f"{private_file.file}{ending}").unlink()
    private_file.done("backup")
    assert set(faults(private_file)) == {"file.mode"}


def test_a_file_in_wal_mode_is_not_opened(private_file: Shell) -> None:
    content = bytearray(private_file.file.read_bytes())
    content[18:20] = b"\x02\x02"
    private_file.file.write_bytes(content)
    assert {"file.wal", "file.unchecked"} <= set(faults(private_file))
    assert list(private_file.file.parent.iterdir()) == [private_file.file]


def test_a_large_file_is_not_checked(private_file: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "MOST_CHECKED", 10)
    assert "file.unchecked" in faults(private_file)


def test_a_clock_behind_the_newest_change_is_wrong(private_file: Shell) -> None:
    private_file.day = private_file.day.replace(year=2025)
    clock = said(private_file)["Clock", "Now"]
    assert (clock["code"], clock["status"]) == ("clock.behind", "wrong")


def test_folders_without_access_are_said(private_file: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "may_write", lambda _: False)
    found = faults(private_file)
    assert found["folder.not_makeable"] == "wrong"


def test_neither_home_nor_name_nor_records_are_shown(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "zoe.example"
    home.mkdir()
    for name, value in {"HOME": str(home), "USER": "zoe.example", "TRACKER_USER": "Zoe Example"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "of-zoe.example"))
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.7 1 192.0.2.8 22")
    shell.file = shell.file.rename(home / "programme.db")
    shell.done("risk", "add", "Canary in a title")
    for words in (("doctor",), ("doctor", "--json")):
        shell.type(*words)
        assert "~/programme.db" in shell.out
        for secret in ("zoe", "Zoe", "192.0.2", "Canary", "Simpler Services", os.uname().nodename):
            assert secret not in shell.out + shell.words


def test_a_name_is_hidden_only_where_it_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    monkeypatch.setenv("USER", "ana")
    assert private.shown_path("/home/ana/x/ana.db") == "~/x/USER.db"
    assert private.shown_path("/home/anabel/banana/of_ana") == "/home/anabel/banana/of_USER"
    monkeypatch.setenv("HOME", "")
    assert private.shown_path("/srv/ANA/x") == "/srv/USER/x"


def test_it_works_without_home_and_terminal_and_with_closed_streams(private_file: Shell) -> None:
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "tracker", "doctor", "--json", "--file", str(private_file.file)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert not done.stderr
    assert {f["topic"] for f in json.loads(done.stdout)["findings"]} >= {"Program", "Terminal", "Folders"}


def test_without_any_home_folder_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os.path, "expanduser", str)  # as for an account that the system does not know
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    findings = examine(Session().chosen(), NOW)
    folders = {finding.code for finding in findings if finding.topic == "Folders"}
    assert folders == {"folder.no_home"}
    assert next(f.value for f in findings if f.code == "file.not_made").startswith("~/.local/share/")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_looked_at_is_a_finding(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("Ms Example of 12 Private Road")

    monkeypatch.setattr("tracker.services.doctor.environment.environment", broken)
    findings = examine(Session(file=str(tmp_path / "x.db")).chosen(), NOW)
    (failed,) = [finding for finding in findings if finding.code == "look.failed"]
    assert (failed.topic, failed.status) == ("Program", "wrong")
    assert failed.problem == "It could not be looked at (RuntimeError)."


def test_a_zone_and_an_encoding_that_do_not_work_are_said(private_file: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Eurpe/London")
    assert not locale_facts(NOW).zone_known
    for known in ("Europe/London", ":Europe/London", "CET-1CEST", ""):
        monkeypatch.setenv("TZ", known)
        assert locale_facts(NOW).zone_known
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="iso-8859-1"))
    findings = examine(private_file_chosen(private_file), NOW)
    assert "terminal.encoding" in {finding.code for finding in findings}
    assert wide_signs() in ([], list("●▲■○✓✗≠─│╭"))


def private_file_chosen(shell: Shell) -> Any:
    """Return the choice of the shell's file."""
    return Session(file=str(shell.file)).chosen()


def test_every_mend_has_what_it_needs_and_can_be_copied() -> None:
    values = {"path": "~/my file.db", "ending": ".lease", "wanted": "textual<9,>=8.2", "name": "tmux"}
    for code in HOW:
        assert mend(Finding("Disk", "State", "x", "wrong", code, "No.", values))
    assert mend(Finding("", "", "", "wrong", "file.mode", "", values)) == "chmod 600 ~/'my file.db'"
    assert mend(Finding("", "", "", "wrong", "program.library", "", values)) == "pip install 'textual<9,>=8.2'"


def test_a_finding_fits_its_width_but_for_its_command() -> None:
    finding = Finding("Disk", "Programme file", "word " * 40, "wrong", "disk.full", "It is full. " * 9, {"path": "/x"})
    lines = lines_of(finding, 79)
    assert lines[0].startswith("  ■ wrong  Programme file")
    assert lines[-1] == "           Mend: df -h /x; make room"
    assert max(map(len, lines)) <= 79


def test_every_library_of_the_package_is_held_to_its_bounds() -> None:
    named = {library.name: library for library in libraries()}
    assert {"click", "textual", "typst", "fontpkg-ibm-plex-sans"} <= set(named)
    assert "pytest" not in named
    assert named["textual"].version
    assert "<8.3" in named["textual"].bounds
