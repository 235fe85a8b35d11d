"""The list of formats: complete, with names that do not clash, and a sentence where a library is missing."""

import builtins
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from sample_report import sample

from tracker.cli import run
from tracker.errors import TrackerError
from tracker.reports import formats
from tracker.reports.formats import FORMATS, Format, format_of, make
from tracker.reports.model import NotRendered
from tracker.services.papers.building import render

RENDERERS = Path(formats.__file__).parent / "render"


def test_the_command_line_offers_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    run(["report", "pack", "--help"])
    assert f"{', '.join(FORMATS)}, or all" in " ".join(capsys.readouterr().out.split())


def test_suffixes_are_told_apart() -> None:
    assert len({one.suffix for one in FORMATS.values()}) == len(FORMATS)
    for one in FORMATS.values():
        assert format_of(f"Board.Pack{one.suffix.upper()}") == one
    assert format_of("tables.zip") == FORMATS["csv"]
    assert format_of("tables.csv") is None and format_of("pdf") is None and format_of("x.db") is None


def test_what_stands_in_no_library_stays_in_the_program() -> None:
    for name in ("md", "txt", "csv", "json", "ics"):
        assert FORMATS[name].library == ""
        assert find_spec(f"tracker.reports.render.{FORMATS[name].module}") is not None


def test_a_library_that_is_not_there_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "notthere":
            raise ImportError(f"No module named {name!r}", name=name)
        return real(name, *rest, **more)

    class Late:
        @staticmethod
        def render(*_: object) -> None:
            import notthere  # type: ignore[import-not-found]  # noqa: F401

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setattr(formats, "import_module", lambda _: Late)
    with pytest.raises(NotRendered, match=r"PDF cannot be made here: “typst” is not installed.*pip install typst"):
        make(sample(hostile=False), "pdf")
    monkeypatch.setattr(formats, "import_module", lambda _: without("notthere"))
    with pytest.raises(NotRendered, match="PDF cannot be made here"):
        make(sample(hostile=False), "pdf")


def test_a_fault_of_the_program_is_not_called_a_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "odd", Format("odd", ".odd", "no_such_module", "odd", "x/odd"))
    with pytest.raises(ModuleNotFoundError):
        make(sample(hostile=False), "odd")


def test_the_screens_get_bytes_and_a_wrong_kind_is_refused() -> None:
    assert render(sample(hostile=False), "md").startswith(b"# Simpler Services")
    for kind in ("ics", "pfd", ""):
        with pytest.raises(TrackerError, match="A paper cannot be made as"):
            render(sample(hostile=False), kind)
