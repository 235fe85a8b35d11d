"""What the doctor finds wrong, from facts alone: each fact on both sides of its limit."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from tracker.rules.doctor.finding import Finding, is_wrong, size_in_words, span_in_words
from tracker.rules.doctor.places import (
    LEAST_FREE,
    Disk,
    Folder,
    Locale,
    Times,
    judge_clock,
    judge_disks,
    judge_folders,
    judge_locale,
)
from tracker.rules.doctor.program import (
    Environment,
    Font,
    Library,
    judge_fonts,
    judge_program,
    read_requirement,
    within,
)
from tracker.rules.doctor.programme import Beside, Content, ProgrammeFile, judge_file
from tracker.rules.doctor.terminal import Terminal, judge_terminal

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
SOUND = Environment(
    "0.2.0", "3.11.7", "CPython", "Linux", [Library("click", ">=8.2", "8.2")], "3.40.1", ["ENABLE_FTS5", "THREADSAFE=1"]
)
FILE = ProgrammeFile(
    "~/p.db",
    "named with --file",
    True,
    "file",
    NOW,
    size=9,
    written=NOW,
    backups=2,
    newest_backup=NOW,
    content=Content(True, 3, 3, 0, 12),
)


def codes(findings: Iterable[Finding]) -> dict[str, str]:
    """Return the code of each finding that is not fine, with its status."""
    return {finding.code: finding.status for finding in findings if finding.status != "fine"}


@pytest.mark.parametrize(
    ("version", "bounds", "holds"),
    [
        ("8.2", ">=8.2", True),
        ("8.2.0", "<9,>=8.2", True),
        ("9.0rc1", "<9,>=8.2", False),
        ("8.10", ">=8.2", True),
        ("8.1.9", ">=8.2", False),
        ("0.16", "<0.16,>=0.15.2", False),
        ("1.0", "==1", True),
        ("1.0", "!=1", False),
        ("1.1", ">1,<=1.1", True),
    ],
)
def test_a_version_is_held_to_its_bounds(version: str, bounds: str, holds: bool) -> None:
    assert within(version, bounds) is holds


def test_a_requirement_is_read_as_packages_state_it() -> None:
    assert read_requirement("textual<9,>=8.2") == ("textual", "<9,>=8.2")
    assert read_requirement("python-docx (<2,>=1.2)") == ("python-docx", "<2,>=1.2")
    assert read_requirement("a[b]>=1; python_version < '4'") == ("a", ">=1")
    assert read_requirement("???") == ("", "")


def test_a_sound_environment_is_fine_and_each_fault_of_it_is_not() -> None:
    assert codes(judge_program(SOUND)) == {}
    library = Library("textual", "<9,>=8.2", "9.1")
    (wrong,) = [f for f in judge_program(SOUND._replace(libraries=[library])) if f.status == "wrong"]
    assert (wrong.label, wrong.value, wrong.values["wanted"]) == ("textual", "9.1", "textual<9,>=8.2")
    missing = SOUND._replace(libraries=[library._replace(version="")])
    assert "is not installed" in next(f.problem for f in judge_program(missing) if f.status == "wrong")
    assert codes(judge_program(SOUND._replace(version=""))) == {"program.loose": "note"}
    assert codes(judge_program(SOUND._replace(python="3.10.12"))) == {"program.python": "wrong"}
    for fault in (
        SOUND._replace(sqlite="3.34.1"),
        SOUND._replace(sqlite_options=["THREADSAFE=1"]),
        SOUND._replace(sqlite_options=["ENABLE_FTS5", "THREADSAFE=0"]),
    ):
        assert codes(judge_program(fault)) == {"program.sqlite": "wrong"}


def test_a_family_without_files_is_wrong() -> None:
    assert codes(judge_fonts([Font("IBM Plex Sans", "fontpkg-ibm-plex-sans", 2)])) == {}
    assert codes(judge_fonts([Font("IBM Plex Sans", "fontpkg-ibm-plex-sans", 0)])) == {"fonts.missing": "wrong"}


@pytest.mark.parametrize(
    ("terminal", "expected"),
    [
        (Terminal(), {}),
        (Terminal(interactive=False, term="dumb", size=None), {}),
        (Terminal(term="dumb"), {"terminal.dumb": "wrong"}),
        (Terminal(term=""), {"terminal.dumb": "wrong"}),
        (Terminal(multiplexer="tmux"), {"terminal.multiplexer": "note"}),
        (Terminal(multiplexer="tmux", term="tmux-256color"), {}),
        (Terminal(multiplexer="screen", term="screen"), {}),
        (Terminal(size=(60, 20)), {}),
        (Terminal(size=(59, 24)), {"terminal.small": "note"}),
        (Terminal(size=(80, 19)), {"terminal.small": "note"}),
        (Terminal(size=None), {"terminal.size_unknown": "note"}),
        (Terminal(encoding="iso-8859-1"), {"terminal.encoding": "wrong"}),
        (Terminal(encoding="UTF8", no_color=True, over_ssh=True), {}),
        (Terminal(wide=["●", "─"]), {"terminal.wide": "note"}),
    ],
)
def test_a_terminal_is_judged(terminal: Terminal, expected: dict[str, str]) -> None:
    assert codes(judge_terminal(terminal)) == expected


def test_the_colours_of_a_terminal_are_named() -> None:
    def colours(terminal: Terminal) -> str:
        return next(finding.value for finding in judge_terminal(terminal) if finding.label == "Colours")

    assert colours(Terminal()) == "256"
    assert colours(Terminal(color_term="truecolor")) == "16 million"
    assert colours(Terminal(term="screen")).startswith("8 or 16")
    assert colours(Terminal(no_color=True)).startswith("none wanted")


def test_a_zone_that_the_system_does_not_know_is_wrong() -> None:
    assert codes(judge_locale(Locale(["LANG=C"], "UTC", "", True))) == {}
    assert codes(judge_locale(Locale([], "Eurpe", "Eurpe/London", False))) == {"locale.zone": "wrong"}


def test_dates_that_are_read_otherwise_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.rules.doctor.places.read_date", lambda *_: NOW.date())
    assert codes(judge_locale(Locale([], "UTC", "", True))) == {"locale.dates": "wrong"}


@pytest.mark.parametrize("what", ["installed", "newest_change", "written"])
def test_a_clock_behind_what_has_happened_is_wrong(what: str) -> None:
    assert codes(judge_clock(Times(NOW)._replace(**{what: NOW + timedelta(minutes=10)}))) == {}
    (late,) = judge_clock(Times(NOW)._replace(**{what: NOW + timedelta(days=3)}))
    assert (late.code, late.status) == ("clock.behind", "wrong")
    assert "3 days behind" in late.problem


@pytest.mark.parametrize(
    ("disk", "expected"),
    [
        (Disk("Programme file", "/x", LEAST_FREE), {}),
        (Disk("Programme file", "/x", LEAST_FREE - 1), {"disk.little": "wrong"}),
        (Disk("Programme file", "/x", 0), {"disk.full": "wrong"}),
        (Disk("Programme file", "/x", 0, read_only=True), {"disk.read_only": "wrong"}),
        (Disk("Temporary files", "/x", LEAST_FREE, no_programs=True), {"disk.noexec": "note"}),
        (Disk("Temporary files", "/x", LEAST_FREE, writable=False), {"disk.not_writable": "wrong"}),
    ],
)
def test_a_disk_is_judged(disk: Disk, expected: dict[str, str]) -> None:
    assert codes(judge_disks([disk])) == expected


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        (Folder("State", "~/s", None, True), {}),
        (Folder("State", "~/s", 0o755, True), {}),
        (Folder("State", "~/s", 0o775, True), {"folder.open": "wrong"}),
        (Folder("State", "~/s", 0o500, False), {"folder.not_writable": "wrong"}),
        (Folder("State", "~/s", None, False), {"folder.not_makeable": "wrong"}),
        (Folder("State", "~/s", None, True, absolute=False), {"folder.no_home": "wrong"}),
        (Folder("State", "~/s", 0o600, True, is_folder=False), {"folder.file": "wrong"}),
    ],
)
def test_a_folder_is_judged(folder: Folder, expected: dict[str, str]) -> None:
    assert codes(judge_folders([folder])) == expected


CONTENT = Content(True, 3, 3, 0, 12)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (FILE, {}),
        (FILE._replace(kind="none"), {"file.missing": "wrong"}),
        (FILE._replace(kind="none", named=False), {"file.not_made": "note"}),
        (FILE._replace(kind="folder"), {"file.folder": "wrong"}),
        (FILE._replace(kind="special"), {"file.special": "wrong"}),
        (FILE._replace(kind="unseen"), {"file.unseen": "wrong"}),
        (FILE._replace(readable=False, content=None), {"file.unreadable": "wrong"}),
        (FILE._replace(writable=False), {"file.not_writable": "wrong"}),
        (FILE._replace(folder_writable=False), {"file.folder_not_writable": "wrong"}),
        (FILE._replace(mode=0o644), {"file.mode": "wrong"}),
        (FILE._replace(mode=0o660), {"file.mode": "note"}),
        (FILE._replace(mode=0o644, owner="root"), {}),
        (FILE._replace(network="nfs4"), {"file.network": "note"}),
        (FILE._replace(beside=[Beside("-journal", 119, 512)]), {}),
        (FILE._replace(beside=[Beside("-journal", 121, 512)]), {"file.cut_off": "wrong"}),
        (FILE._replace(beside=[Beside("-journal", 121, 0)]), {"file.cut_off": "note"}),
        (FILE._replace(beside=[Beside(".lease", 121, 9)]), {"file.leftover": "wrong"}),
        (FILE._replace(backups=0, newest_backup=None), {"file.no_backup": "note"}),
        (FILE._replace(newest_backup=NOW - timedelta(30)), {}),
        (FILE._replace(newest_backup=NOW - timedelta(31)), {"file.old_backup": "note"}),
        (FILE._replace(newest_backup=NOW - timedelta(31), written=NOW - timedelta(40)), {}),
        (FILE._replace(content=Content(False)), {"file.foreign": "wrong"}),
        (FILE._replace(content=CONTENT._replace(schema=4)), {"file.newer": "wrong"}),
        (FILE._replace(content=CONTENT._replace(schema=2)), {"file.older": "note"}),
        (FILE._replace(content=CONTENT._replace(problems=2)), {"file.problems": "wrong"}),
        (FILE._replace(content=CONTENT._replace(problems=None, reason="It is large.")), {"file.unchecked": "note"}),
        (
            FILE._replace(content=CONTENT._replace(problems=None, reason="The file is damaged.")),
            {"file.damaged": "wrong"},
        ),
        (FILE._replace(content=CONTENT._replace(wal=True)), {"file.wal": "note"}),
    ],
)
def test_a_programme_file_is_judged(file: ProgrammeFile, expected: dict[str, str]) -> None:
    assert codes(judge_file(file)) == expected


def test_notes_are_nothing_wrong() -> None:
    note = Finding("Disk", "State", "", "note")
    assert not is_wrong([note])
    assert is_wrong([note, note._replace(status="wrong")])


def test_sizes_and_spans_are_words() -> None:
    assert [size_in_words(n) for n in (0, 1023, 1024, 3 << 30)] == ["0 bytes", "1,023 bytes", "1.0 kB", "3.0 GB"]
    spans = [span_in_words(s) for s in (5, 60, 7200, 86_400 * 3)]
    assert spans == ["5 seconds", "1 minute", "2 hours", "3 days"]
