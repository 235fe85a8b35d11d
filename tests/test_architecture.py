"""The laws of the house that a program can check; what each is for stands in docs/architecture.md."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import circles, import_graph

from tracker.entities import ENTITIES

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for package in ("tracker", "screens") for path in (ROOT / package).rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in SOURCES]
MOST_LINES = {"screens/app.py": 120}
LONGEST_FILE, LONGEST_FUNCTION, MOST_METHODS, MOST_FILES = 400, 40, 20, 20
FLAT = {"tracker/entities"}  # a file for each register
SQL = re.compile(
    r"\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|PRAGMA\s|"
    r"CREATE\s+(TEMP\s+|VIRTUAL\s+|UNIQUE\s+)*(TABLE|INDEX|TRIGGER|VIEW)\s|ALTER\s+TABLE\s|DROP\s+TABLE\s)"
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    """Every source file, parsed."""
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in zip(NAMES, SOURCES, strict=True)}


def functions(tree: ast.Module) -> Iterator[Function]:
    """Yield every function and method of a module."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(node: ast.AST) -> int:
    """Return how many lines a definition takes, its decorators left out."""
    return (getattr(node, "end_lineno", 0) or 0) - getattr(node, "lineno", 0) + 1


def test_no_file_is_long() -> None:
    lines = {name: path.read_text(encoding="utf-8").count("\n") for name, path in zip(NAMES, SOURCES, strict=True)}
    assert {name: n for name, n in lines.items() if n > MOST_LINES.get(name, LONGEST_FILE)} == {}


def test_no_folder_is_a_corridor() -> None:
    tests = [str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("*.py")]
    counts = Counter(name.rpartition("/")[0] for name in (*NAMES, *tests))
    assert {folder: n for folder, n in counts.items() if n > MOST_FILES and folder not in FLAT} == {}


def test_no_function_is_long(trees: dict[str, ast.Module]) -> None:
    lengths = {f"{name}:{node.name}": length(node) for name, tree in trees.items() for node in functions(tree)}
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}


def test_no_class_has_many_methods(trees: dict[str, ast.Module]) -> None:
    counts = {
        f"{name}:{node.name}": sum(isinstance(part, Function) for part in node.body)
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    assert {name: n for name, n in counts.items() if n > MOST_METHODS} == {}


def overloaded(node: ast.ClassDef | Function) -> bool:
    """Return whether a definition only names types of one that follows."""
    return any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in node.decorator_list)


def test_everything_public_says_what_it_is(trees: dict[str, ast.Module]) -> None:
    silent = [name for name, tree in trees.items() if not ast.get_docstring(tree)]
    silent += [
        f"{name}:{node.name}"
        for name, tree in trees.items()
        for node in tree.body
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_") and not ast.get_docstring(node)
        if not overloaded(node)
    ]
    assert silent == []


def test_sql_is_spoken_in_storage_only(trees: dict[str, ast.Module]) -> None:
    spoken = [
        f"{name}:{node.lineno}: {node.value[:60]}"
        for name, tree in trees.items()
        if not name.startswith("tracker/storage/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]
    assert spoken == []


def test_the_search_for_sql_finds_some_in_storage(trees: dict[str, ast.Module]) -> None:
    texts = [node.value for node in ast.walk(trees["tracker/storage/store.py"]) if isinstance(node, ast.Constant)]
    assert sum(1 for text in texts if isinstance(text, str) and SQL.match(text)) >= 5


# Circles that were there when imports inside functions began to be counted. None may come; take out what is opened.
KNOWN_CIRCLES: list[set[str]] = []


def test_no_modules_import_each_other_in_a_circle() -> None:
    found = circles(import_graph())
    assert [circle for circle in found if not any(set(circle) <= known for known in KNOWN_CIRCLES)] == []
    opened = [known for known in KNOWN_CIRCLES if not any(set(circle) <= known for circle in found)]
    assert opened == [], "take them out of the list"


def test_dates_are_never_guessed(trees: dict[str, ast.Module]) -> None:
    guessing = [
        f"{name}:{node.lineno}"
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and node.module in ("dateutil", "dateutil.parser"))
        or (isinstance(node, ast.Import) and any(alias.name.startswith("dateutil") for alias in node.names))
    ]
    assert guessing == [], "import what is used of dateutil.relativedelta or dateutil.rrule; its parser guesses"


def test_the_content_holds_no_python() -> None:
    assert [path for path in (ROOT / "data").rglob("*") if path.suffix in (".py", ".pyc")] == []
    assert not (ROOT / "tracker" / "data").exists()
    assert not (ROOT / "tracker" / "data.py").exists()


def test_every_entity_is_in_the_list() -> None:
    helpers = {"__init__", "base", "common", "checking", "laws", "options", "outline", "states", "tied"}
    files = {path.stem for path in (ROOT / "tracker" / "entities").glob("*.py")} - helpers
    assert files == set(ENTITIES)
    assert len(set(ENTITIES)) == len(ENTITIES)


def test_each_screen_has_its_style_beside_it() -> None:
    styles = (ROOT / "screens").rglob("*.tcss")
    assert [path.name for path in styles if not path.with_suffix(".py").exists()] == []
