"""The papers as a secretary types for them: one file, a folder of many, and whatever can be in the way."""

import io
import json
import os
import pty
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from shell import Shell, prepared

from tracker.reports import formats
from tracker.reports.model import NotRendered, Rendered
from tracker.services.papers import files as exporting
from tracker.storage.store import Store

PLAIN = ("md", "txt", "csv", "json", "ics")
ROOT = Path(__file__).parent.parent.parent


@prepared
def boards(shell: Shell) -> None:
    """A programme with a pilot, a board last month and one next month."""
    shell.done("pilot", "add", "Parking permits", "--phase", "alpha")
    shell.done("board", "add", "September board", "--meets-on", "2026-09-03")
    shell.done("board", "add", "October board", "--meets-on", "2026-10-08", "--place", "Room 2")


@pytest.fixture
def board(boards: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A programme with boards; commands are typed in a folder of their own."""
    monkeypatch.delenv("TRACKER_BRAND", raising=False)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return boards


def typed(*kinds: str) -> list[str]:
    return [word for kind in kinds for word in ("--format", kind)]


def here() -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in Path().rglob("*") if file.is_file()}


def test_without_a_place_it_is_printed_as_text(board: Shell) -> None:
    out = board.done("report", "summary")
    assert out.startswith("Simpler Services: status summary\n====")
    assert board.done("report", "summary", "--format", "md").startswith("# Simpler Services")
    assert json.loads(board.done("report", "summary", "--format", "json"))["kind"] == "report"
    assert board.words == ""
    assert board.done("report", "summary", "-o", "-") == out
    assert here() == {}


def test_one_file_named_by_its_ending(board: Shell) -> None:
    board.done("report", "summary", "-o", "paper.md")
    assert board.words == "Written to paper.md.\n"
    board.done("report", "summary", "-o", "tables.zip")
    board.done("report", "summary", "-o", "dates.ics")
    board.done("report", "summary", "-o", "paper")
    found = here()
    assert found["paper.md"].startswith(b"# Simpler") and found["tables.zip"].startswith(b"PK")
    assert found["dates.ics"].startswith(b"BEGIN:VCALENDAR") and found["paper"].startswith(b"Simpler")


def test_a_folder_of_many_with_their_hashes(board: Shell) -> None:
    out = board.done("report", "summary", *typed(*PLAIN), "-o", "board/")
    names = {f"board/summary-2026-10-01{formats.FORMATS[kind].suffix}" for kind in PLAIN}
    assert set(out.split()) == {*names, "board/manifest.json", "board/SHA256SUMS"} == set(here())
    assert "5 files written to board" in board.words
    for line in Path("board/SHA256SUMS").read_text(encoding="ascii").splitlines():
        given, name = line.split("  ")
        assert sha256(Path("board", name).read_bytes()).hexdigest() == given


def test_a_folder_alone_gets_every_format(board: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def make(report: object, kind: str, brand: object) -> object:
        made.append(kind)
        return Rendered(b"made")

    monkeypatch.setattr(exporting, "make", make)
    board.done("report", "summary", "-o", "one/")
    Path("two").mkdir()
    board.done("report", "summary", "-o", "two")
    board.done("report", "summary", "--format", "all", "-o", "three")
    assert made == [kind for kind in formats.FORMATS if kind != "ics"] * 3
    for folder in ("one", "two", "three"):
        assert len(list(Path(folder).iterdir())) == len(formats.FORMATS) + 2


def test_two_runs_and_two_papers(board: Shell) -> None:
    board.done("report", "summary", *typed("md", "txt"), "-o", "board/")
    first = here()
    words = board.refused(1, "report", "summary", *typed("md", "txt"), "-o", "board/")
    assert words == (
        "summary-2026-10-01.md, summary-2026-10-01.txt exist already in board and were left as they are. "
        "Choose another folder, or say --force.\n"
    )
    assert here() == first
    board.done("report", "summary", *typed("md", "txt"), "-o", "board/", "--force")
    assert here() == first
    board.done("report", "pack", "--format", "md", "-o", "board/")
    papers = json.loads(Path("board/manifest.json").read_text(encoding="utf-8"))["papers"]
    assert set(papers) == {"summary-2026-10-01", "pack-2026-10-01"}


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--format", "pfd"], 2, "--format: “pfd” is not known. Did you mean “pdf”? Choose one of: pdf, html, docx,"),
        (["--format", "docx"], 2, "docx cannot be printed as text: say which file with -o FILE.docx."),
        (typed("md", "txt"), 2, "Several formats make several files: say which folder with -o FOLDER."),
        (["-o", ""], 2, "-o: it is empty. Name a file or a folder."),
        (["-o", "none/paper.md"], 1, "The folder none does not exist. Make it first, or choose another."),
        (["-o", "none/board/", "--format", "md"], 1, "The folder none does not exist."),
        (["-o", "paper.doc"], 2, "No format has files that end in “.doc”. Did you mean “paper.docx”?"),
        (["-o", "paper.csv"], 2, "Tables come as a package of CSV files: name it paper.csv.zip."),
        (["-o", "paper.xyz"], 2, "No format has files that end in “.xyz”. Say --format, one of: pdf,"),
        (["-o", "a.pdf", "--format", "md"], 2, "--format says md, and a.pdf is the name of a file of the format pdf."),
        (["-o", "a.md", *typed("md", "txt")], 2, "-o a.md is the name of one file; 2 formats need a folder"),
        (["-o", "taken/", "--format", "md"], 1, "taken is a file, not a folder."),
        (["-o", "taken.md"], 1, "taken.md exists already and was left as it is."),
        (["-o", "strange/", "--format", "md"], 1, "has a manifest.json that this program did not write"),
        (["--brand", "none.toml"], 1, "There is no brand file none.toml."),
        (["--board", "B-09"], 1, "There is no board meeting “B-09”."),
        (["--board", "board"], 1, "“board” may be any of these board meetings: B-01 September board; B-02"),
        (["--since", "lsat"], 1, "“lsat” is not a date"),
        (["--since", "last", "--as-of", "2026-09-01"], 1, "There is no board meeting before 1 Sep 2026"),
    ],
)
def test_what_is_mistyped_or_in_the_way(board: Shell, words: list[str], code: int, sentence: str) -> None:
    Path("taken").write_text("mine", encoding="utf-8")
    Path("taken.md").write_text("mine", encoding="utf-8")
    Path("strange").mkdir()
    Path("strange/manifest.json").write_text("{}", encoding="utf-8")
    before = here()
    assert sentence in board.refused(code, "report", "summary", *words)
    assert here() == before and not Path("none").exists()


def test_a_programme_file_is_never_written_over(board: Shell) -> None:
    before = board.file.read_bytes()
    for words in (["report", "summary", "--format", "md"], ["report", "calendar"]):
        assert "never written over" in board.refused(1, *words, "-o", str(board.file), "--force")
    assert board.file.read_bytes() == before


def test_since_the_last_board(board: Shell) -> None:
    board.day = board.day.replace(month=11, day=12)
    assert "Changes since 8 Oct 2026" in board.done("report", "summary", "--since", "last")
    words = ("report", "summary", "--since", "last", "--board", "B-02", "--as-of", "2026-11-01")
    assert "Changes since 3 Sep 2026" in board.done(*words)  # not since the board that it is for itself


def test_a_board_that_met_without_frozen_papers_was_shown_none(board: Shell) -> None:
    with board_store(board) as store:
        store.connection.execute("PRAGMA ignore_check_constraints=ON")
        store.connection.execute("UPDATE board SET status = 'held' WHERE ref = 'B-01'")
    board.day = board.day.replace(month=11, day=12)
    assert "Changes since 8 Oct 2026" in board.done("report", "summary", "--since", "LAST")  # the newest, since it asks
    assert "not compared with" in board.done("report", "summary")
    assert "not compared with" in board.done("report", "summary", "--since", "None")


def test_a_board_that_was_shown_its_papers_is_the_last(board: Shell) -> None:
    board.day = board.day.replace(day=8)
    for warning in _open_warnings(board):
        board.done("board", "accept", "B-02", warning, "--because", "Known to the board")
    board.done("board", "freeze", "B-02")
    board.day = board.day.replace(month=11, day=12)
    assert "Changes since 8 Oct 2026" in (told := board.done("report", "summary", "--since", "LAST"))
    assert told == board.done("report", "summary")  # what a board asks first is told without being asked for
    assert "not compared with" in board.done("report", "summary", "--since", "None")


def _open_warnings(board: Shell) -> list[str]:
    board.type("board", "check", "B-02", "--json")
    return [warning["id"] for warning in json.loads(board.out)["open"]]


def test_a_board_that_has_seen_no_papers_is_compared_with_only_when_asked_for(board: Shell) -> None:
    board.day = board.day.replace(month=11, day=12)
    assert "not compared with" in board.done("report", "summary")


def board_store(board: Shell) -> Store:
    return Store.open(board.file)


def test_the_paper_of_a_board(board: Shell) -> None:
    out = board.done("report", "summary", "--board", "B-02")
    assert "8 Oct 2026" in out and "October board" in out
    assert "Position as of 1 Oct 2026" in out  # the board's day lies ahead: nothing of it is known yet
    board.day = board.day.replace(day=20)
    assert "Position as of 8 Oct 2026" in board.done("report", "summary", "--board", "October board")


def test_a_format_that_cannot_be_made_keeps_back_no_other(board: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    real = formats.make

    def make(report: object, kind: str, brand: object) -> object:
        if kind == "pdf":
            raise NotRendered("PDF cannot be made here: “typst” is not installed.")
        return real(report, kind, brand)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "make", make)
    assert board.type("report", "summary", *typed("md", "pdf"), "-o", "board/") == 1
    assert "board/summary-2026-10-01.md" in board.out and "PDF cannot be made here" in board.words
    assert not Path("board/summary-2026-10-01.pdf").exists()
    assert board.refused(1, "report", "summary", "--format", "pdf", "-o", "x.pdf").startswith("PDF cannot be made")
    assert not Path("x.pdf").exists()


def test_the_house_style(board: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for place, name in ((Path("a.toml"), "Option"), (Path("b.toml"), "Variable"), (tmp_path / "brand.toml", "Beside")):
        place.write_text(f'organisation = "{name} Council"\nclassification = "OFFICIAL"\n', encoding="utf-8")
    out = board.done("report", "summary")
    assert "Beside Council" in out and "· OFFICIAL ·" in out
    monkeypatch.setenv("TRACKER_BRAND", "b.toml")
    assert "Variable Council" in board.done("report", "summary")
    assert "Option Council" in board.done("report", "summary", "--brand", "a.toml")
    Path("b.toml").write_text('accent = "yellow"\n', encoding="utf-8")
    assert "b.toml, line 1: “yellow” is not a colour" in board.refused(1, "report", "summary")


def test_a_full_disk(board: Shell, monkeypatch: pytest.MonkeyPatch) -> None:

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    words = board.refused(1, "report", "summary", *typed("md", "txt"), "-o", "board/")
    assert words == "board/summary-2026-10-01.md cannot be written: No space left on device. Nothing was changed.\n"
    assert not Path("board").exists()


def test_the_calendar(board: Shell) -> None:
    out = board.done("report", "calendar")
    assert "SUMMARY:Programme board: October board" in out and "September" not in out
    board.done("report", "calendar", "-o", "dates.ics")
    assert "exists already" in board.refused(1, "report", "calendar", "-o", "dates.ics")
    assert "nobody knows that day yet" in board.refused(1, "report", "calendar", "--as-of", "2027-01-01")


def test_a_programme_without_dates_has_every_other_format(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "board"
    shell.done("report", "summary", *typed("md", "ics"), "-o", str(folder))
    assert "No calendar was made" in shell.words
    assert {file.name for file in folder.iterdir()} == {"summary-2026-10-01.md", "manifest.json", "SHA256SUMS"}
    assert "No calendar was made" in shell.refused(1, "report", "summary", "--format", "ics")


def test_progress_is_shown_to_whoever_watches_and_taken_away(board: Shell) -> None:
    """In a process of its own: what it says to a terminal."""
    master, slave = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TRACKER_USER": "ana", "TRACKER_FILE": str(board.file)}
    command = [sys.executable, "-m", "tracker", "report", "summary", *typed("md", "txt"), "-o", "board/"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=slave, env=env) as process:
        os.close(slave)
        assert process.stdout is not None and b"summary" in process.stdout.read()
    seen = io.BytesIO()
    while True:
        try:
            part = os.read(master, 1000)
        except OSError:
            break
        if not part:
            break
        seen.write(part)
    os.close(master)
    shown = seen.getvalue().decode()
    assert process.returncode == 0
    assert "[..] 1 of 2: Markdown" in shown and "[#.] 2 of 2: plain text" in shown
    assert shown.splitlines()[-1].startswith("2 files written") or "\r2 files written" in shown


def test_a_draft_for_members_has_what_is_restricted_and_says_so(board: Shell, tmp_path: Path) -> None:
    assert "Nothing is restricted on" in board.refused(1, "report", "pack", "--board", "B-02", "--members")
    board.done("risk", "add", "The supplier may leave", "--visibility", "restricted")
    assert "supplier may leave" not in board.done("report", "pack", "--board", "B-02")
    for paper in ("pack", "summary"):
        page = board.done("report", paper, "--board", "B-02", "--members")
        assert "MEMBERS ONLY" in page
        assert "Draft" in page
    assert "supplier may leave" in board.done("report", "pack", "--board", "B-02", "--members")
    board.done("report", "pack", "--board", "B-02", "--members", "--format", "md", "-o", f"{tmp_path}/out/")
    assert (tmp_path / "out" / "members-pack-2026-10-01.md").is_file()
    assert "leave --true-on out" in board.refused(2, "report", "pack", "--members", "--true-on", "2026-09-03")
