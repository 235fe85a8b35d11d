"""No text of the data is obeyed: not as markup, not as a control of the terminal, not as a direction of writing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import HOSTILE, bad, plant
from rich.segment import Segment
from screen_app import USUAL, WIDE, opened
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.widgets import Input, Static

import screens
from screens.record.page import RecordPage
from screens.safe_text import SafeText
from screens.shell.areas import areas


@pytest.mark.parametrize("size", [USUAL, WIDE])
async def test_every_view_shows_hostile_text_as_text(file: Path, size: tuple[int, int]) -> None:
    plant(file)
    async with opened(file, size) as driver:

        def harmless(where: str) -> None:
            found = set().union(*(bad(line) for line in driver.lines))
            assert found == set(), where
            assert driver.app.is_running and driver.app._exception is None

        harmless("overview")
        for area in areas():
            await driver.keys(area.key or "right_square_bracket")
            harmless(area.id)
        await driver.keys("5", "end", "enter")
        assert isinstance(driver.app.screen, RecordPage)
        harmless("record")
        await driver.keys("escape", "e")
        harmless("form")
        await driver.keys("escape", "escape", "x")
        harmless("confirm")
        await driver.keys("escape", "slash", "text:[/foo]")
        harmless("filter")
        await driver.keys("escape", "f", "text:foo")
        harmless("search")
        await driver.keys("escape", "colon", "text:foo")
        harmless("palette")


async def test_a_toast_shows_hostile_text_as_text(file: Path) -> None:
    plant(file)
    async with opened(file) as driver:
        await driver.keys("u", "u", "ctrl+r")
        assert driver.said
        assert all(bad(line) == set() for line in driver.lines)


class Raw(App[None]):
    """Widgets that are given controls directly; only the line filter stands between them and the terminal."""

    def get_line_filters(self) -> list[SafeText]:
        return [SafeText()]

    def compose(self) -> ComposeResult:
        yield Static(Content("a\x1b[31mb\u202ec\x9bd|"))
        yield Input("\x1b]0;x\u2066y")

    def on_mount(self) -> None:
        self.query_one(Static).border_title = Content("\x1b\u200f")


async def test_the_line_filter_stands_before_every_widget() -> None:
    app = Raw()
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.pause()
        lines = [strip.text for strip in app.screen._compositor.render_strips()]
        assert set().union(*map(bad, lines)) == set()
        assert "a" in lines[0] and "|" in lines[0]


def test_the_filter_keeps_the_width_of_a_line_and_leaves_good_text_alone() -> None:
    good = [Segment("図書館 👨‍👩‍👧 [x]")]
    ground = Color.parse("black")
    assert SafeText().apply(good, ground) == good
    (shown,) = SafeText().apply([Segment("a\u202eb\u200bc")], ground)
    assert shown.cell_length == Segment("a\u202eb\u200bc").cell_length
    assert bad(shown.text) == set()


# Widgets and calls that read markup from a plain str, and the arguments of theirs that may never be one.
READS_MARKUP = {
    "Static", "Label", "Button", "Checkbox", "RadioButton", "Option", "Selection", "Tab", "TabPane", "Collapsible",
    "Hit", "DiscoveryHit", "notify", "update", "add_option", "border_title", "border_subtitle", "tooltip",
}  # fmt: skip
SAFE_MAKERS = {"Content", "Text", "assemble", "stylize", "styled", "join", "blank"}
SAFE_ARGUMENTS = {
    "id",
    "classes",
    "name",
    "markup",
    "severity",
    "timeout",
    "text",
    "score",
    "variant",
    "compact",
    "value",
}


def risky(node: ast.expr, safe: set[str]) -> bool:
    """Return whether an expression may be a bare str that is not written in the program."""
    match node:
        case ast.Constant():
            return isinstance(node.value, str) and "[" in node.value
        case ast.Call():
            return called(node) not in SAFE_MAKERS
        case ast.Name():
            return node.id not in safe
    return isinstance(node, ast.Attribute | ast.Subscript | ast.JoinedStr | ast.BinOp)


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def not_text(node: ast.expr) -> bool:
    """Return whether an expression is Content, or no text at all."""
    if isinstance(node, ast.Call):
        return called(node) in SAFE_MAKERS
    return isinstance(node, ast.Dict | ast.DictComp)


def safe_names(tree: ast.AST) -> set[str]:
    """Return the names that hold no bare str wherever they are given a value."""
    values: dict[str, list[bool]] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                values.setdefault(name, []).append(not_text(value))
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.arg(arg=name):
                values.setdefault(name, []).append(ast.unparse(node.annotation or ast.Name("")) == "Content")
    return {name for name, found in values.items() if all(found)}


def complaints(source: str) -> Iterator[int]:
    """Yield the lines where something that reads markup is given what may be a bare str."""
    tree = ast.parse(source)
    safe = safe_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in READS_MARKUP:
            plain = any(
                word.arg == "markup" and isinstance(word.value, ast.Constant) and word.value.value is False
                for word in node.keywords
            )
            first = node.args[1:2] if called(node) == "Hit" else node.args[:1]
            given = [*first, *(word.value for word in node.keywords if word.arg and word.arg not in SAFE_ARGUMENTS)]
            if not plain and any(risky(value, safe) for value in given):
                yield node.lineno
        if isinstance(node, ast.Assign):
            names = {target.attr for target in node.targets if isinstance(target, ast.Attribute)}
            if names & READS_MARKUP and risky(node.value, safe):
                yield node.lineno


FILES = sorted(Path(screens.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_widget_is_given_a_bare_string(path: Path) -> None:
    assert list(complaints(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "Static(record.title)",
        "title = record.title\nStatic(title)",
        "Label(f'{name}')",
        "self.notify(str(error))",
        "Option(row[0])",
        "w.border_title = record.name",
        "w.tooltip = f'{x}'",
        "Hit(1, found.title, run)",
        "DiscoveryHit(name(), run, help=x.y)",
        "box.update('a' + b)",
    ],
)
def test_the_lint_sees_what_it_is_for(source: str) -> None:
    assert list(complaints(source)) == [source.count(chr(10)) + 1]


def test_the_lint_lets_wrapped_text_pass() -> None:
    source = "Static(Content(x.y), id=a.b)\nself.notify(message.sentence, markup=False)\nOption(Content('a'), id=n.x)"
    assert list(complaints(source)) == []


def test_the_list_of_hostile_texts_is_hostile() -> None:
    assert len([text for text in HOSTILE if bad(text)]) >= 4
