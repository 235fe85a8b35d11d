"""A team's six weeks, typed into a shell, and the papers of three boards."""

import re
from pathlib import Path

import pytest
from golden_files import matches
from kept_open import Keeper
from six_weeks import BOARDS, WEEKS, paper, play, session

from tracker.cli import run
from tracker.storage.journal.verify import verify
from tracker.storage.store import Store


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, keeper: Keeper) -> Path:
    file = tmp_path_factory.mktemp("six-weeks") / "programme.db"
    with keeper.test():
        for typed, code, _, words in play(file):
            assert code == typed.code, f"{typed.day} {typed.who}: tracker {' '.join(typed.words)}: {words}"
    return file


@pytest.mark.parametrize("format_", ["txt", "md", "json"])
@pytest.mark.parametrize(("day", "since"), BOARDS)
def test_the_paper_of_each_board(played: Path, day: str, since: str | None, format_: str) -> None:
    # The head of the chain is made over random salts, so it differs from file to file.
    with Store.open(played, read_only=True) as store:
        text = _without_heads(paper(played, day, since, format_), store)
    matches(f"six-weeks/{day}.{format_}", text)


def _without_heads(text: str, store: Store) -> str:
    for (link,) in store.read("SELECT hex(hash) FROM tx"):
        text = text.replace(link.lower()[:16], "0" * 16)
    return re.sub(r"(?<=Data )[0-9a-f]{12}", "0" * 12, text)  # the hash of the paper, which holds that head


def test_the_same_paper_gives_the_same_bytes(played: Path) -> None:
    day, since = BOARDS[1]
    assert paper(played, day, since, "json") == paper(played, day, since, "json")


def test_nothing_was_lost_and_the_person_is_gone(played: Path) -> None:
    with Store.open(played) as store:
        assert verify(store) == []
    assert b"Quirke" not in played.read_bytes()
    assert b"zq@example.org" not in played.read_bytes()


def test_the_papers_say_former_staff(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["session", "show", "T-01"], session(played, "2026-11-20", "ana")) == 0
    assert "[name removed]" in capsys.readouterr().out
    assert run(["person", "list", "--as-of", "2026-10-08"], session(played, "2026-11-20", "ana")) == 0
    assert "Former staff (Trainer)" in capsys.readouterr().out


def test_every_wrong_line_left_nothing_behind(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sum(typed.code != 0 for typed in WEEKS) >= 2
    assert run(["risk", "show", "R-001", "--json"], session(played, "2026-11-20", "ana")) == 0
    assert '"likelihood": 5' in capsys.readouterr().out
