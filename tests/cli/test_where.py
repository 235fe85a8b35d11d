"""Which file a command works on, and that nothing is ever written beside the program."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import platformdirs
import pytest

from tracker import paths
from tracker.cli import run
from tracker.cli.shell.session import Session
from tracker.entities import BoardMeeting
from tracker.storage.queries import records
from tracker.storage.store import Store

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parent.parent.parent


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Return exit code, data and words of a command without a file of its own."""
    code = run(words, Session(who="ana"))
    out, err = capsys.readouterr()
    return code, out.strip(), err.strip()


def test_the_file_is_chosen_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    default = platformdirs.user_data_path("transformation-tracker", appauthor=False) / "programme.db"
    assert told(capsys, "where")[1:] == (
        str(default),
        f"(the user data folder; not made yet; backups in {default}.backups)",
    )
    last, named, given = tmp_path / "last.db", tmp_path / "named.db", tmp_path / "given.db"
    assert told(capsys, "init", "Last", "--file", str(last))[:2] == (0, str(last))
    assert told(capsys, "where")[1] == str(last)
    assert "the last one that was made or opened" in told(capsys, "where")[2]
    monkeypatch.setenv("TRACKER_FILE", str(named))
    assert "named by $TRACKER_FILE; not made yet" in told(capsys, "where")[2]
    assert told(capsys, "where", "--file", str(given))[1] == str(given)
    assert "named with --file" in told(capsys, "where", "--file", str(given))[2]
    monkeypatch.delenv("TRACKER_FILE")
    last.unlink()
    assert told(capsys, "where")[1] == str(default)


def test_a_new_programme_never_goes_into_the_last_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "init", "First", "--file", str(tmp_path / "first.db"))
    code, second, _ = told(capsys, "init", "Second")
    assert (code, second) == (0, str(paths.default_file()))
    assert told(capsys, "programme", "list", "--columns", "name")[1].endswith("Second")
    assert told(capsys, "init", "Third")[0] == 3
    assert Path(second).stat().st_mode & 0o077 == 0


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    home = Path(os.environ["HOME"])
    home.mkdir(parents=True)
    monkeypatch.setenv("TRACKER_FILE", "~/mine.db")
    assert told(capsys, "init", "Mine")[:2] == (0, str(home / "mine.db"))
    assert told(capsys, "where", "--file", "~/other.db")[1] == str(home / "other.db")


def test_the_folders_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch) -> None:
    folders: list[tuple[Callable[[], Path], str, Callable[..., Path]]] = [
        (paths.data_folder, "XDG_DATA_HOME", platformdirs.user_data_path),
        (paths.state_folder, "XDG_STATE_HOME", platformdirs.user_state_path),
    ]
    for ours, variable, theirs in folders:
        for value in ("/somewhere/else", "", "  ", None):
            monkeypatch.setenv(variable, value) if value is not None else monkeypatch.delenv(variable)
            assert ours() == theirs("transformation-tracker", appauthor=False)


@pytest.mark.parametrize("note", ["", "\n", "/nowhere/x.db", "\udcff", "a" * 5000])
def test_a_note_of_the_last_file_that_is_useless_is_passed_over(note: str) -> None:
    folder = paths.state_folder()
    folder.mkdir(parents=True)
    (folder / "last-file").write_bytes(os.fsencode(note))
    assert paths.choose_file(None) == (str(paths.default_file()), "the user data folder")


def test_a_state_folder_that_cannot_be_written_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert told(capsys, "init", "Mine", "--file", str(tmp_path / "mine.db"))[0] == 0


def test_tracker_alone_without_a_terminal_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([], ["open"]):
        code, out, said = told(capsys, *words)
        assert (code, out) == (1, "")
        assert said.splitlines() == [
            f"There is no programme at {paths.default_file()} yet.",
            'Make one with: tracker init "Name of the programme"   Or look around with: tracker demo',
        ]


@pytest.mark.parametrize(
    ("answer", "code", "made"), [("q\n", 0, False), ("x\nq\n", 0, False), ("", 130, False), ("n\nMine\n", 7, True)]
)
def test_tracker_alone_offers_what_can_be_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str, code: int, made: bool
) -> None:
    import io

    import tracker.cli.file.programme

    class Person(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Person(answer))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(tracker.cli.file.programme, "open_file", lambda *_, **__: 7)
    got, _, said = told(capsys)
    assert (got, paths.default_file().exists()) == (code, made)
    assert "Make a new programme (n), look at the demo (d), or leave (q)?" in said


def test_the_demo_is_temporary_unless_a_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], demo_file: bytes
) -> None:
    import tracker.cli.file.programme
    from tracker.services.demo import story

    opened: list[Path] = []

    def open_file(_: object, path: Path, **__: object) -> int:
        opened.append(path)
        return 0

    monkeypatch.setattr(tracker.cli.file.programme, "open_file", open_file)
    with monkeypatch.context() as at_once:
        at_once.setattr(story, "build_demo", lambda path, **_: Path(path).write_bytes(demo_file))
        assert told(capsys, "demo")[:2] == (0, "")
    assert not opened[0].exists()
    assert not opened[0].parent.exists()
    kept = tmp_path / "demo.db"
    assert told(capsys, "demo", "--no-open", "--file", str(kept))[:2] == (0, str(kept))
    assert told(capsys, "check", "--file", str(kept))[0] == 0
    assert told(capsys, "demo", "--no-open", "--file", str(kept))[0] == 3


def test_the_demo_is_young_unless_it_is_to_be_as_told(tmp_path: Path) -> None:
    days = []
    for name, options in (("young", ()), ("told", ("--as-told",))):
        file = tmp_path / f"{name}.db"
        session = Session(who="ana", today=lambda: date(2027, 3, 3))
        assert run(("demo", "--no-open", "--file", str(file), *options), session) == 0
        with Store.open(file) as store:
            days.append(max(board.meets_on for board in records(store, BoardMeeting)))
    assert days == [date(2027, 2, 25), date(2026, 11, 12)]


def test_nothing_is_written_in_the_checkout(tmp_path: Path) -> None:
    def databases() -> set[Path]:
        folders = (ROOT, *(ROOT / name for name in ("tracker", "screens", "data", "docs")))
        return {path for folder in folders for path in folder.iterdir() if path.suffix in (".db", ".part", ".backups")}

    before = databases()
    for words in (["init", "Mine"], ["win", "add", "One"], ["backup"], ["demo", "--no-open"]):
        env = {**os.environ, "TMPDIR": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-m", "tracker", *words], capture_output=True, env=env, cwd=ROOT, check=True
        )
        assert ROOT not in Path(done.stdout.decode().strip()).parents
    assert databases() == before
    assert paths.default_file().exists()


def test_a_new_file_says_that_it_is_the_usual_one_from_now_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = tmp_path / "first.db"
    second = tmp_path / "second.db"
    second.touch(0o644)
    assert (
        "Commands without --file work on this file from now on.\n" in told(capsys, "init", "A", "--file", str(first))[2]
    )
    words = told(capsys, "init", "B", "--file", str(second))[2]
    assert f"work on this file from now on, and no longer on {first}." in words
    assert second.stat().st_mode & 0o777 == 0o600


def test_a_new_file_says_which_file_commands_work_on_where_the_environment_names_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (tmp_path / f"{name}.db" for name in ("first", "second", "third"))
    package = str(tmp_path / "p.zip")
    monkeypatch.setenv("TRACKER_FILE", str(first))
    told(capsys, "init", "A")
    told(capsys, "export", package)
    for words in (("init", "B", "--file", str(second)), ("init", "--from", package, "--file", str(third))):
        said = told(capsys, *words)[2]
        assert f"Commands without --file go on working on {first}, which $TRACKER_FILE names." in said, said
        assert "from now on" not in said
    monkeypatch.setenv("TRACKER_FILE", str(tmp_path / "fourth.db"))
    said = told(capsys, "init", "--from", package)[2]
    assert "Commands without --file work on this file from now on." in said
