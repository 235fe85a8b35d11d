"""What services say is for every front: no shell in it, and each front adds how to mend by the code of the message."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from tracker.cli.shell.mending import HOW, in_shell
from tracker.errors import Invalid, Note, Problem, TrackerError

ROOT = Path(__file__).parent.parent / "tracker"
BELOW_FRONTS = [path for room in ("services", "storage") for path in sorted((ROOT / room).rglob("*.py"))]
SHELL = re.compile(r"“tracker |(?<![\w-])--[a-z]")
MAKERS = {"Note": 0, "Problem": 1, "TrackerError": 1, "FileTrouble": 1, "refuse": 1, "note": 0, "require_reason": 2}
OF_ALL = {"message", "clause"}


def texts(tree: ast.Module) -> Iterator[str]:
    """Yield every text of a module but its docstrings."""
    docs = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and ast.get_docstring(node) is not None
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs:
            yield node.value


@pytest.mark.parametrize("path", BELOW_FRONTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_service_speaks_the_language_of_the_shell(path: Path) -> None:
    assert [text for text in texts(ast.parse(path.read_text(encoding="utf-8"))) if SHELL.search(text)] == []


def values_by_code() -> dict[str, list[set[str]]]:
    """Return, by code, the names of the values with which it is said, once for each place."""
    found: dict[str, list[set[str]]] = {}
    for path in (*BELOW_FRONTS, *sorted((ROOT / "rules").rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = MAKERS.get(name, len(node.args))
            code = node.args[place] if place < len(node.args) else None
            names = {keyword.arg or "" for keyword in node.keywords}
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                found.setdefault(code.value, []).append(names)
    return found


def test_every_code_of_the_shell_is_said_with_the_values_that_it_needs() -> None:
    said = values_by_code()
    chosen_elsewhere = {"archive.not_frozen", "archive.never_frozen", "archive.house_style", "journal.same", "reason"}
    chosen_elsewhere |= {
        "condition.no_field",
        "public.suspects",
        "public.frozen",
        "reason.early",
        "not_found",
        "not_found.identifier",
        "not_found.note",
        "setting.unknown",
        "board.frozen",
        "file.checked_damaged",
        "hanging.open",
        "hanging.parts",
        "hanging.work",
        "person.left",
    }
    assert set(HOW) - set(said) <= chosen_elsewhere
    for code, places in said.items():
        needed = {name for _, name, _, _ in Formatter().parse(HOW.get(code, "")) if name} - OF_ALL
        if code not in chosen_elsewhere:
            assert all(needed <= names for names in places), code


def test_the_shell_adds_its_command_and_nothing_to_what_it_does_not_know() -> None:
    removed = TrackerError("R-014 was removed.", "removed", kind="risk", ref="R-014")
    assert str(removed) == "R-014 was removed."
    assert in_shell(removed) == "R-014 was removed. Bring it back first with “tracker risk restore R-014”."
    untied = Note("feedback.untied", "It is tied to no pilot and no service.")
    assert in_shell(untied) == "It is tied to no pilot and no service: give --pilot or --service."
    assert in_shell(Note("win.first", "Well done.")) == in_shell("Well done.") == "Well done."
    problems = [Problem("due", "reason.change", "Due was 1 Oct: say why it changes."), Problem("text", "needed", "No.")]
    assert in_shell(Invalid(problems)) == "Due was 1 Oct: say why it changes (--reason “…”).\nNo."


def test_braces_in_what_people_wrote_are_no_placeholders() -> None:
    note = Note("condition.added", "CN-001 is due: “{message} {0}”.")
    assert in_shell(note) == "CN-001 is due: “{message} {0}”."
    assert in_shell(TrackerError("There is no pilot “{x}”.", "not_found", kind="pilot")).startswith(
        "There is no pilot “{x}”"
    )
