"""Documents made from the code say what the code says, and those written by hand name what is there."""

import re
import tomllib
from pathlib import Path

import pytest
from documents import ARCHITECTURE, DICTIONARY, OUTLINES, ROOT, documents, main, with_rooms
from test_architecture import LONGEST_FILE, LONGEST_FUNCTION, MOST_FILES, MOST_METHODS

from tracker.cli.root import COMMANDS
from tracker.entities import all_entities

CONTRIBUTING = ROOT / "CONTRIBUTING.md"
MADE_BY_RECIPES = {
    "tracker/entities/lesson.py",
    "tracker/reports/render/rst.py",
    "tracker/rules/signals/pilot/feedback.py",
    "tracker/storage/steps/NNN_name.sql",
}


@pytest.mark.parametrize("path", [DICTIONARY, ARCHITECTURE, OUTLINES], ids=lambda path: path.name)
def test_what_is_made_from_the_code_says_what_the_code_says(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == documents()[path]
    assert main(["--check"]) == 0


def test_a_map_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="lost its marks"):
        with_rooms("# Rooms")


@pytest.mark.parametrize("path", [ARCHITECTURE, CONTRIBUTING], ids=lambda path: path.name)
def test_what_is_named_by_hand_is_there(path: Path) -> None:
    folders = r"(?:tracker|screens|tests|docs|benches|data|findings|\.ci)"
    named = re.findall(rf"(?<![\w/.-])({folders}/[\w./-]*\w/?)", path.read_text("utf-8"))
    assert len(named) > 10
    assert [name for name in {*named} - MADE_BY_RECIPES if not (ROOT / name).exists()] == []


def test_limits_are_said_with_the_numbers_that_are_held() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    coverage = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["coverage"]["report"]["fail_under"]
    for limit in (
        f"{LONGEST_FILE} lines a file",
        f"{LONGEST_FUNCTION} a function",
        f"{MOST_METHODS} methods a class",
        f"{MOST_FILES} files a folder",
        f"{coverage}% of the lines",
    ):
        assert limit in text


@pytest.mark.parametrize("target", re.findall(r"`make ([a-z]+)`", CONTRIBUTING.read_text("utf-8")))
def test_a_target_that_is_named_is_in_the_makefile(target: str) -> None:
    assert f"\n{target}:" in (ROOT / "Makefile").read_text("utf-8")


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    wanted = [*COMMANDS, *(kind.kind for kind in all_entities() if not kind.hidden)]
    assert [name for name in wanted if f"`{name}" not in readme] == []


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = "pip install -e '.[test]' && pytest"
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    assert command in Path(ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_finding_is_listed_and_says_when_it_has_changed() -> None:
    scripts = sorted((ROOT / "findings").glob("*.sh"))
    listed = (ROOT / "findings" / "README.md").read_text("utf-8")
    assert re.findall(r"^\| `(\S+\.sh)`", listed, re.MULTILINE) == [script.name for script in scripts]
    for script in scripts:
        text = script.read_text("utf-8")
        assert "# Expected: " in text and "# Seen: " in text and "changed" in text
        pinned = re.search(r"pip\" install .*'[\w-]+==[\d.]+'", text)
        assert pinned or " of Python 3." in text.splitlines()[1], "its packages are pinned, or Python itself is named"
