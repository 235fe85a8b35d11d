"""The figures of the house: ``python tests/house.py [-v] [PATH...]`` prints them for the whole program or for paths.

They say whether a stranger can read it: how many parameters have no type of their own (``Any``), how many names say
nothing of the thing they stand for, how dense the lines are. ``-v`` names the worst files of each. A test
(``tests/test_house.py``) holds the limits.
"""

import argparse
import ast
import io
import sys
import tokenize
from collections.abc import Callable, Iterable, Iterator, Mapping
from os.path import relpath
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PACKAGES = ("tracker", "screens")
# Words that could stand for anything. A few are right now and then (``left`` beside ``right``), hence a share.
VAGUE_WORDS = (
    "added asked beat begun both done drawn each every found gave given gone got had held here how kept known left "
    "made meant more most one ones other others own rest said same seen shown some still taken then there thing "
    "things told used wanted was what where which who whole why worth written"
)
VAGUE = frozenset(VAGUE_WORDS.split())
COUNTED = (tokenize.NAME, tokenize.NUMBER, tokenize.STRING)
NO_CODE = (
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
)
Function = ast.FunctionDef | ast.AsyncFunctionDef
Graph = Mapping[str, set[str]]
Documented = ast.Module | ast.ClassDef | Function
WORST_SHOWN = 8


class Figures(NamedTuple):
    """What was counted in some files.

    ``code`` are lines that hold code: neither empty nor comment nor docstring. ``tokens`` are names, numbers and
    strings. ``names`` are parameters and names that are assigned to, ``vague`` those of them that are in VAGUE;
    ``untyped`` are the ``parameters`` whose type mentions ``Any``.
    """

    lines: int = 0
    code: int = 0
    tokens: int = 0
    conditionals: int = 0
    names: int = 0
    vague: int = 0
    parameters: int = 0
    untyped: int = 0

    def plus(self, other: "Figures") -> "Figures":
        """Return the sums of both."""
        return Figures(*map(sum, zip(self, other, strict=True)))

    @property
    def untyped_percent(self) -> float:
        """The share of parameters that are ``Any``, in per cent."""
        return _share(100 * self.untyped, self.parameters)

    @property
    def vague_percent(self) -> float:
        """The share of names that say nothing of their thing, in per cent."""
        return _share(100 * self.vague, self.names)

    @property
    def density(self) -> float:
        """Tokens in a line of code."""
        return _share(self.tokens, self.code)

    @property
    def conditionals_per_1000(self) -> float:
        """Conditional expressions (``a if b else c``) in a thousand lines."""
        return _share(1000 * self.conditionals, self.lines)


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0


def measure(source: str) -> Figures:
    """Return the figures of one source text. Raises SyntaxError for what is not Python."""
    nodes = list(ast.walk(ast.parse(source)))
    code, tokens = _code(source)
    names = list(_names(nodes))
    parameters = [parameter for node in nodes if isinstance(node, Function) for parameter in _parameters(node)]
    return Figures(
        lines=source.count("\n"),
        code=len(code - _docstring_lines(nodes)),
        tokens=tokens,
        conditionals=sum(isinstance(node, ast.IfExp) for node in nodes),
        names=len(names),
        vague=sum(name.strip("_") in VAGUE for name in names),
        parameters=len(parameters),
        untyped=sum(_is_any(parameter.annotation) for parameter in parameters),
    )


def _code(source: str) -> tuple[set[int], int]:
    """Return the numbers of the lines that hold code or a docstring, and how many tokens they have."""
    lines: set[int] = set()
    tokens = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        tokens += token.type in COUNTED
        if token.type not in NO_CODE:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return lines, tokens


def _docstring_lines(nodes: list[ast.AST]) -> set[int]:
    lines: set[int] = set()
    for node in nodes:
        if isinstance(node, Documented) and ast.get_docstring(node, clean=False) is not None:
            docstring = node.body[0]
            lines |= set(range(docstring.lineno, (docstring.end_lineno or docstring.lineno) + 1))
    return lines


def _names(nodes: list[ast.AST]) -> Iterator[str]:
    """Yield parameters and names that are assigned to."""
    for node in nodes:
        if isinstance(node, ast.arg) and node.arg not in ("self", "cls"):
            yield node.arg
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _parameters(function: Function) -> list[ast.arg]:
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    return [parameter for parameter in every if parameter is not None and parameter.arg not in ("self", "cls")]


def _is_any(annotation: ast.expr | None) -> bool:
    if annotation is None:
        return False
    return any(isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(annotation))


def total(figures: Iterable[Figures]) -> Figures:
    """Return the sums of the figures of some files."""
    result = Figures()
    for figure in figures:
        result = result.plus(figure)
    return result


def measure_files(paths: Iterable[Path]) -> dict[Path, Figures]:
    """Return the figures of each Python file among paths, a folder standing for those in it; by relative path."""
    files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*.py")))]
    return {Path(relpath(file)): measure(file.read_text(encoding="utf-8")) for file in files}


def sources(root: Path = ROOT) -> dict[str, Path]:
    """Return every source file by its dotted name, packages by theirs."""
    paths = sorted(path for package in PACKAGES for path in (root / package).rglob("*.py"))
    return {module_name(path.relative_to(root)): path for path in paths}


def module_name(path: Path) -> str:
    """Return the dotted name of a source file that is given by its path from the root."""
    return path.as_posix().removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def import_graph(root: Path = ROOT, *, deferred: bool = True) -> dict[str, set[str]]:
    """Return, by module, the modules of ours that it imports.

    ``deferred``: imports inside functions count too. Those for type checks alone never do: nothing runs them.
    """
    files = sources(root)
    return {
        name: _targets(ast.parse(path.read_text(encoding="utf-8")), set(files), deferred) & (set(files) - {name})
        for name, path in files.items()
    }


def _targets(tree: ast.Module, modules: set[str], deferred: bool) -> set[str]:
    targets: set[str] = set()
    for statement in _imports(tree, deferred):
        if isinstance(statement, ast.Import):
            targets |= {alias.name for alias in statement.names}
            continue
        assert statement.level == 0, "imports are by the whole name"
        inside = {f"{statement.module}.{alias.name}" for alias in statement.names} & modules
        targets |= inside or {statement.module or ""}
    return targets


def _imports(node: ast.AST, deferred: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.Import | ast.ImportFrom):
            yield part
        checks = isinstance(part, ast.If) and isinstance(part.test, ast.Name) and part.test.id == "TYPE_CHECKING"
        if not checks and (deferred or not isinstance(part, Function)):
            yield from _imports(part, deferred)


def circles(graph: Graph) -> list[tuple[str, ...]]:
    """Return the sets of modules that reach each other (strongly connected components), each in order of names."""
    reach = {name: _reached(graph, name) for name in graph}
    groups = {
        tuple(sorted({name, *(other for other in reach[name] if name in reach[other])}))
        for name in graph
        if name in reach[name]
    }
    return sorted(groups)


def _reached(graph: Graph, start: str) -> set[str]:
    reached: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += graph[name]
    return reached


def report(figures: Figures) -> str:
    """Return the figures in words, a line each."""
    return "\n".join(
        (
            f"{figures.lines:,} lines, {figures.code:,} of code",
            f"{figures.tokens:,} tokens, {figures.density:.2f} a line of code",
            f"{figures.conditionals_per_1000:.1f} conditional expressions in 1,000 lines ({figures.conditionals:,})",
            f"{figures.untyped_percent:.1f}% of parameters are Any ({figures.untyped:,} of {figures.parameters:,})",
            f"{figures.vague_percent:.1f}% of names are vague ({figures.vague:,} of {figures.names:,})",
        )
    )


WORST: Mapping[str, Callable[[Figures], float]] = {
    "Any parameters": lambda figures: figures.untyped,
    "vague names": lambda figures: figures.vague,
    "conditional expressions": lambda figures: figures.conditionals,
    "tokens a line of code": lambda figures: round(figures.density, 1),
    "lines": lambda figures: figures.lines,
}


def worst(figures: Mapping[Path, Figures]) -> str:
    """Return the files with the highest of each figure, as lines."""
    lines = []
    for title, value in WORST.items():
        lines.append(f"\nMost {title}:")
        highest = sorted(figures, key=lambda path: value(figures[path]), reverse=True)[:WORST_SHOWN]
        lines += [f"  {value(figures[path]):>6} {path}" for path in highest if value(figures[path])]
    return "\n".join(lines)


def main(words: list[str]) -> None:
    """Print the figures of the paths that are named, or of the whole program with its circles of imports."""
    parser = argparse.ArgumentParser(description="The figures of the house.")
    parser.add_argument("-v", action="store_true", help="name the worst files of each figure")
    parser.add_argument("paths", nargs="*", type=Path)
    options = parser.parse_args(words)
    figures = measure_files(options.paths or [ROOT / package for package in PACKAGES])
    print(f"{len(figures):,} files, {report(total(figures.values()))}")
    if not options.paths:
        rules = total(measure_files([ROOT / "tracker" / "rules"]).values())
        print(f"{rules.untyped_percent:.1f}% of parameters in tracker/rules are Any")
        rings = circles(import_graph())
        print(f"{len(rings)} circles of imports, deferred ones counted")
        print(*("  " + " <-> ".join(ring) for ring in rings), sep="\n")
    if options.v:
        print(worst(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
