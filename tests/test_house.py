"""The figures of the house stay within their limits, and the script that prints them counts rightly."""

import subprocess
import sys
from pathlib import Path

import pytest
from house import PACKAGES, ROOT, Figures, circles, import_graph, measure, measure_files, total

# Well below what the judgement of the house allows (20, 3, 1 and 2 for the last four). Whoever brings a figure down
# writes the new one here; tokens grow with what the program does: whoever raises their limit says for what.
LIMITS = {
    "tokens": 338_000,  # 337,200 with headers of two rows, plans, RAID logs, OCDS; days that nobody set stay missing
    "tokens a line of code": 5.25,
    "conditional expressions in 1,000 lines": 14.4,
    "Any among parameters, per cent": 0.5,
    "Any among parameters of the rules, per cent": 0.3,
    "vague names, per cent": 1.3,
}


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    """The figures of the program, by the names of their limits."""
    files = measure_files(ROOT / package for package in PACKAGES)
    house = total(files.values())
    of_rules = total(
        counted for path, counted in files.items() if (ROOT / "tracker" / "rules") in path.resolve().parents
    )
    return {
        "tokens": house.tokens,
        "tokens a line of code": house.density,
        "conditional expressions in 1,000 lines": house.conditionals_per_1000,
        "Any among parameters, per cent": house.untyped_percent,
        "Any among parameters of the rules, per cent": of_rules.untyped_percent,
        "vague names, per cent": house.vague_percent,
    }


@pytest.mark.parametrize("name", LIMITS)
def test_the_house_stays_within_its_limits(figures: dict[str, float], name: str) -> None:
    assert figures[name] <= LIMITS[name]


SAMPLE = '''"""A docstring is no code,

nor is an empty line in it."""

from typing import Any

def risk_of(one: Any, *more: list[Any], day: int = 3) -> str:
    """Neither is this."""
    # Nor this.
    found = "a" if day else "b"
    return found


class Thing:
    def __init__(self, name: str) -> None:
        self.name: Any = name
'''


def test_each_figure_is_counted() -> None:
    figures = measure(SAMPLE)
    # Names: one, more, day, found, name; an attribute is no name of its own.
    assert figures._replace(tokens=0) == Figures(
        lines=16, code=7, tokens=0, conditionals=1, names=5, vague=3, parameters=4, untyped=2
    )
    assert measure("a = 1\n").tokens == 2
    assert figures.untyped_percent == 50
    assert figures.vague_percent == 60
    assert figures.conditionals_per_1000 == 62.5
    assert Figures().density == 0
    assert total([figures, figures]).names == 10


def test_circles_are_found_inside_functions_too(tmp_path: Path) -> None:
    sources = {
        "tracker/__init__.py": "",
        "tracker/a.py": "from tracker import b\n",
        "tracker/b.py": "from tracker.c import d\n",
        "tracker/c.py": "def d() -> None:\n    import tracker.a\n",
        "tracker/e.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import tracker.f\n",
        "tracker/f.py": "import tracker.e\n",
    }
    for name, source in sources.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(source)
    assert circles(import_graph(tmp_path)) == [("tracker.a", "tracker.b", "tracker.c")]
    assert circles(import_graph(tmp_path, deferred=False)) == []
    assert import_graph(tmp_path)["tracker.e"] == set()


def test_the_script_prints_the_figures_of_paths() -> None:
    command = [sys.executable, "tests/house.py", "-v", "tracker/storage"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "% of parameters are Any" in printed
    assert "tracker/storage/queries.py" in printed
