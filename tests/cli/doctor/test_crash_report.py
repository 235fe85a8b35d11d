"""A crash of the command line: one sentence and a report, and nothing of records, reasons, options or the home path."""

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from shell import Shell

from tracker.cli.shell.crash import names_in, report_crash
from tracker.services.doctor import crash
from tracker.services.doctor.crash import KEPT, Occasion, report_text, said_of, write_report

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
OCCASION = Occasion("command line", ["tracker"])
CRASHING = """
import sys
import tracker.services.records.writing as writing
def broken(*given, **named):
    local_secret = "canary-local"
    raise KeyError(f"canary-message {given} {named}")
writing.add_records = writing.add = writing.change = broken
import tracker.storage.store as store
store.Store.command = broken
from tracker.cli import main
main(sys.argv[1:])
"""
CANARIES = ("canary", "Traceback", "zoe")


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where reports lie, in a home folder with somebody's name."""
    home = tmp_path / "zoe-canary-home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    return home / "state" / "transformation-tracker" / "crashes"


def crashed(file: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Type a command that meets a mistake in the program when it saves."""
    env = {**os.environ, "TRACKER_USER": "zoe canary", "TRACKER_FILE": str(file), **environment}
    command = [sys.executable, "-c", CRASHING, *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env, check=False)


SECRET_WORDS = (
    *("risk", "add", "--cause=canary-cause", "--event", "canary-event", "--file"),
    "FILE",
    *("--as", "canary-person", "--", "--canary-dash"),
)


def test_a_crash_is_one_sentence_and_a_report_without_what_people_wrote(shell: Shell, reports: Path) -> None:
    words = [str(shell.file) if word == "FILE" else word for word in SECRET_WORDS]
    done = crashed(shell.file, *words)
    assert (done.returncode, done.stdout) == (1, "")
    backed_up, said = done.stderr.splitlines()
    assert backed_up.startswith("Backed up by itself: ")
    assert said.startswith("The tracker failed in a way that was not foreseen (KeyError). What was recorded")
    assert "~/state/transformation-tracker/crashes/crash-" in done.stderr
    (report,) = reports.iterdir()
    text = report.read_text()
    for canary in CANARIES:
        assert canary not in done.stderr + text + report.name
    assert "Doing: tracker risk add\nOptions: --cause --event --file --as\n" in text
    assert "Error: KeyError\n" in text
    assert "tracker/cli/registers/" in text
    assert "  elsewhere\n" in text
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(reports.stat().st_mode) == 0o700
    assert shell.done("doctor", "--report") == text


def test_only_names_that_commands_declare_are_kept() -> None:
    words = (
        "--canary",
        "win",
        "add",
        "--canary-too=x",
        "-Canary",
        "--date",
        "today",
        "canary",
        "--json=no",
        "--",
        "--as",
    )
    assert names_in(words) == (["tracker", "win", "add"], ["--date", "--json"])
    assert names_in(("win", "list", "--json", "--json", "-h")) == (["tracker", "win", "list"], ["--json", "-h"])
    assert names_in(("canary", "check", "--mend")) == (["tracker", "check"], ["--mend"])


def test_a_reason_and_what_led_to_it_show_types_only(shell: Shell, reports: Path) -> None:
    try:
        try:
            Path("/canary/nowhere").read_text()
        except OSError as error:
            raise ValueError("canary-inner") from error
    except ValueError as error:
        text = report_text(error, OCCASION, NOW)
    assert "Error: ValueError\n" in text
    assert "Comes of: FileNotFoundError (ENOENT)\n" in text
    assert "python/pathlib.py:" in text
    assert "canary" not in text
    assert "Python: CPython 3." in text


def test_messages_are_never_kept_but_what_the_system_names() -> None:
    assert said_of(ZeroDivisionError("canary")) == "ZeroDivisionError"
    assert said_of(ModuleNotFoundError("canary", name="canary")) == "ModuleNotFoundError"
    assert said_of(ModuleNotFoundError("no", name="sqlite3.dbapi2")) == "ModuleNotFoundError (sqlite3)"
    odd = ValueError("canary")
    odd.sqlite_errorname = "canary"  # type: ignore[attr-defined]
    assert said_of(odd) == "ValueError"
    odd.sqlite_errorname = "SQLITE_BUSY"  # type: ignore[attr-defined]
    assert said_of(odd) == "ValueError (SQLITE_BUSY)"


def test_an_endless_recursion_has_a_short_report() -> None:
    def down() -> None:
        down()

    with pytest.raises(RecursionError) as caught:
        down()
    text = report_text(caught.value, OCCASION, NOW)
    assert "more)" in text
    assert text.count("\n") < 80


def test_the_newest_five_stay(reports: Path) -> None:
    written = [write_report(ValueError(), OCCASION, NOW + timedelta(minutes=n)) for n in range(KEPT + 2)]
    assert sorted(reports.iterdir()) == written[2:]
    assert crash.newest_report() == written[-1]


def test_without_a_place_for_the_report_there_is_the_sentence(
    reports: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, shell: Shell, tmp_path: Path
) -> None:
    reports.parent.parent.write_text("a file where the folder should be")
    report_crash(ValueError("canary"), ["win", "list"])
    said = capsys.readouterr().err
    assert said.startswith(
        "The tracker failed in a way that was not foreseen (ValueError). What was recorded before is"
    )
    assert said.endswith("Please report this sentence; nothing in it comes from the programme file.\n")
    assert shell.done("doctor", "--report") == ""
    assert shell.words == "There is no report of a crash.\n"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", "state")
    assert write_report(ValueError(), OCCASION, NOW) is None
    assert not Path("state").exists()


def test_a_report_that_cannot_be_read_is_said(reports: Path, shell: Shell) -> None:
    (reports / "crash-x.txt").mkdir(parents=True)
    assert shell.refused(1, "doctor", "--report").startswith("The newest report cannot be read (")
