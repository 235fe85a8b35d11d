"""Documents made from the code say what the code says."""

from pathlib import Path

from documents import DICTIONARY, ROOT, dictionary

from tracker.cli.root import COMMANDS
from tracker.entities import all_entities


def test_the_data_dictionary_is_what_the_entities_say() -> None:
    assert DICTIONARY.read_text(encoding="utf-8") == dictionary()


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    wanted = [*COMMANDS, *(kind.kind for kind in all_entities() if not kind.hidden)]
    assert [name for name in wanted if f"`{name}" not in readme] == []


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = "pip install -e '.[test]' && pytest"
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    assert command in Path(ROOT / ".ci" / "run").read_text(encoding="utf-8")
