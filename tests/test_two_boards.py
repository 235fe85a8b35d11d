"""The story of two boards, typed into a shell, and what each command said."""

from pathlib import Path

import pytest
from golden_files import matches
from kept_open import Keeper
from six_weeks import Typed, session
from two_boards import CHAPTERS, play, told

from tracker.cli import run
from tracker.storage.journal.verify import verify
from tracker.storage.store import Store

Said = dict[str, list[tuple[Typed, int, str, str]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("two-boards")


@pytest.fixture(scope="module")
def story(folder: Path, keeper: Keeper) -> Said:
    """The story, in a home of its own: which file is the usual one is said there."""
    with keeper.test(), pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
            patch.setenv(name, str(folder / name.lower()))
        return {chapter: list(play(folder, chapter)) for chapter in CHAPTERS}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_command_does_what_the_story_tells(story: Said, folder: Path, chapter: str) -> None:
    for typed, code, out, words in story[chapter]:
        assert code == typed.code, f"{typed.day} {typed.who}: tracker {' '.join(typed.words)}: {out}{words}"
    matches(f"two-boards/{chapter}.txt", "\n".join(told(folder, *one) for one in story[chapter]))


def test_the_papers_of_october_are_what_they_were(story: Said, folder: Path, tmp_path: Path) -> None:
    words = ["board", "pack", "SN-001", "--format", "md", "-o", f"{tmp_path}/again/"]
    assert run(words, session(folder / "programme.db", "2026-12-24", "sam")) == 0
    name = "b-01-pack-2026-10-08.md"
    then, now = (folder / "october" / name).read_bytes(), (tmp_path / "again" / name).read_bytes()
    assert then == now
    assert b"29 Jan 2027" not in now  # moved at the meeting, after the papers were frozen
    assert b"frozen 8 Oct 2026 17:00 UTC" in now
    assert b"Draft" not in now.split(b"## ")[0]


def test_a_file_that_somebody_changed_does_not_verify(
    story: Said, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = folder / "october" / "changed.md"
    paper = (folder / "october" / "b-01-pack-2026-10-08.md").read_bytes()
    changed.write_bytes(paper.replace("● Green".encode(), "■ Red".encode(), 1))
    assert changed.read_bytes() != paper
    assert run(["board", "verify", str(changed)], session(folder / "programme.db", "2026-12-24", "sam")) == 1
    said = capsys.readouterr().out
    assert "Does not hold: changed.md says that it is the pack of SN-001" in said


def test_a_byte_that_was_changed_in_an_archive_is_named(
    story: Said, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed, whole = folder / "changed.zip", (folder / "records" / "b-01-archive-2026-10-08.zip").read_bytes()
    changed.write_bytes(whole.replace("● Green".encode(), "■ Green".encode(), 1))
    assert run(["board", "verify", str(changed)], session(folder / "programme.db", "2026-12-24", "sam")) == 1
    assert "data/sn-001.json was changed or is damaged" in capsys.readouterr().out


def test_the_file_holds_after_all_of_it(story: Said, folder: Path) -> None:
    with Store.open(folder / "programme.db") as store:
        assert verify(store) == []
