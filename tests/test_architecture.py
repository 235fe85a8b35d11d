"""The laws of the house that a program can check; what each is for stands in docs/architecture.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.entities import ENTITIES

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for package in ("tracker", "screens") for path in (ROOT / package).rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in SOURCES]
MOST_LINES = {"screens/app.py": 120}
LONGEST_FILE, LONGEST_FUNCTION, MOST_METHODS = 400, 40, 20
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


def imports(node: ast.AST, *, late: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the imports of a module, those inside functions only when ``late``; those for type checks never."""
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.Import | ast.ImportFrom):
            yield part
        checks = isinstance(part, ast.If) and isinstance(part.test, ast.Name) and part.test.id == "TYPE_CHECKING"
        if not checks and (late or not isinstance(part, Function)):
            yield from imports(part, late=late)


def imported(tree: ast.Module, *, late: bool = True) -> set[str]:
    """Return the modules of ours that a module imports."""
    modules = {module(name) for name in NAMES}
    found: set[str] = set()
    for node in imports(tree, late=late):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
            continue
        assert node.level == 0, "imports are by the whole name"
        inside = {f"{node.module}.{alias.name}" for alias in node.names} & modules
        found |= inside or {node.module or ""}
    return found & modules


def module(name: str) -> str:
    """Return the dotted name of a source file."""
    return name.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".")


def test_no_modules_import_each_other_in_a_circle(trees: dict[str, ast.Module]) -> None:
    graph = {module(name): imported(tree, late=False) for name, tree in trees.items()}
    done: set[str] = set()

    def circle(at: str, path: tuple[str, ...]) -> tuple[str, ...]:
        if at in path:
            return (*path[path.index(at) :], at)
        if at in done:
            return ()
        for target in sorted(graph[at]):
            found = circle(target, (*path, at))
            if found:
                return found
        done.add(at)
        return ()

    assert [found for name in graph if (found := circle(name, ()))] == []


LAYERS = ["fields", "entities", "rules", "storage", "services", "cli"]
SIDE_BY_SIDE = {"reports": {"fields", "entities", "rules", "content", "errors", "text"}}


def test_each_layer_knows_only_those_below_it(trees: dict[str, ast.Module]) -> None:
    wrong = []
    for name, tree in trees.items():
        package = name.split("/")[1].removesuffix(".py") if name.startswith("tracker/") else ""
        for target in imported(tree):
            layer = target.split(".")[1] if target.startswith("tracker.") else ""
            above = package in LAYERS and layer in LAYERS and LAYERS.index(layer) > LAYERS.index(package)
            beside = package in SIDE_BY_SIDE and layer not in {"reports", *SIDE_BY_SIDE[package]}
            beside |= package == "storage" and layer == "reports"
            door = name == "tracker/cli/open.py" and target == "screens.app"
            if above or beside or (name.startswith("tracker/") and target.startswith("screens") and not door):
                wrong.append(f"{name} imports {target}")
    assert wrong == []


def test_the_screens_never_use_the_command_line(trees: dict[str, ast.Module]) -> None:
    assert [
        name
        for name, tree in trees.items()
        if name.startswith("screens/") and any(found.startswith("tracker.cli") for found in imported(tree))
    ] == []


def test_the_content_holds_no_python() -> None:
    assert [path for path in (ROOT / "data").rglob("*") if path.suffix in (".py", ".pyc")] == []
    assert not (ROOT / "tracker" / "data").exists()
    assert not (ROOT / "tracker" / "data.py").exists()


def test_every_entity_is_in_the_list() -> None:
    helpers = {"__init__", "base", "common", "checking"}
    files = {path.stem for path in (ROOT / "tracker" / "entities").glob("*.py")} - helpers
    assert files == set(ENTITIES)
    assert len(set(ENTITIES)) == len(ENTITIES)


def test_each_screen_has_its_style_beside_it() -> None:
    styles = (ROOT / "screens").rglob("*.tcss")
    assert [path.name for path in styles if not path.with_suffix(".py").exists()] == []
