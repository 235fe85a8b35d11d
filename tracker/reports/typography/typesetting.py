"""The typesetter behind PDF files and pictures: kept warm, one caller at a time, and with our fonts only.

Its machine knows no network here, because no source of ours imports a package, and no clock: times are given.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Literal, NamedTuple

from tracker.errors import TrackerError
from tracker.reports.typography.fonts import FAMILIES, font_files

if TYPE_CHECKING:
    from typst import Compiler

# PDF/UA-1 for readers with assistive technology, PDF/A-2a for archives: one file is both.
STANDARDS: tuple[Literal["ua-1", "a-2a"], ...] = ("ua-1", "a-2a")
_NOT_SHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\(.)")
_PROBE = b"""#set document(title: "probe")
#set text(font: json(bytes(sys.inputs.fonts)))
#for sign in json(bytes(sys.inputs.signs)) { par(sign) }"""
_SUFFIXES = {b"ttcf": ".ttc", b"OTTO": ".otf"}  # of font files, by what they begin with
_ONE_CALLER = Lock()
_KEPT_FOR = 11  # compilations for which the typesetter keeps what it worked out, in case it is needed again


class Unprintable(TrackerError):
    """A paper that the typesetter refuses; ``signs`` are the texts that no font can show."""

    def __init__(self, sentence: str, signs: tuple[str, ...]) -> None:
        self.signs = signs
        super().__init__(sentence)


class Typesetter(NamedTuple):
    """A warm compiler, and the families of fonts that it asks first."""

    compiler: "Compiler"
    families: tuple[str, ...]


@contextmanager
def typesetter(extra: tuple[bytes, ...] = (), families: tuple[str, ...] = ()) -> Iterator[Typesetter]:
    """Give the typesetter with our fonts, and with the font files ``extra`` whose ``families`` come first."""
    if not extra:
        yield Typesetter(_shipped(), FAMILIES)
        return
    # It reads fonts from folders only.
    with TemporaryDirectory(prefix="tracker-fonts-") as folder:
        for number, data in enumerate(extra):
            suffix = _SUFFIXES.get(data[:4], ".ttf")
            (Path(folder) / f"{number}{suffix}").write_bytes(data)
        yield Typesetter(_compiler(folder), (*families, *(name for name in FAMILIES if name not in families)))


def set_pdf(setter: Typesetter, source: bytes, inputs: dict[str, str], day: date) -> bytes:
    """Return a source as a tagged PDF that says it was made at the beginning of a day. Raises Unprintable."""
    stamp = datetime.combine(day, time(), UTC)
    compiler = setter.compiler
    return _set(
        lambda: compiler.compile(
            input=source, format="pdf", sys_inputs=inputs, pdf_standards=list(STANDARDS), timestamp=stamp
        )
    )


def set_png(setter: Typesetter, source: bytes, inputs: dict[str, str]) -> bytes:
    """Return the one page of a source as PNG, a pixel for each point. Raises Unprintable."""
    return _set(lambda: setter.compiler.compile(input=source, format="png", sys_inputs=inputs, ppi=72.0))


def let_go(setter: Typesetter) -> None:
    """Have the typesetter let go of what it keeps of earlier pages: 30 MB after a page was measured in many forms."""
    for _ in range(_KEPT_FOR):
        set_png(setter, b"#set page(width: 1pt, height: 1pt)", {})


def _set(compile_source: Callable[[], object]) -> bytes:
    """Return what the compiler makes, one caller at a time."""
    from typst import TypstError

    try:
        with _ONE_CALLER:
            data = compile_source()
    except TypstError as error:
        raise Unprintable(error.message, _not_shown(error.diagnostic)) from error
    except BaseException as error:
        raise _panic(error) from error
    assert isinstance(data, bytes)
    return data


def _panic(error: BaseException) -> BaseException:
    """Return what to raise: a panic of the typesetter is no Exception, and must not end the program."""
    if type(error).__name__ == "PanicException":
        return Unprintable("the typesetter failed", ())
    return error


def no_sign_for(setter: Typesetter, signs: frozenset[str]) -> frozenset[str]:
    """Return those of some characters that none of the typesetter's fonts can show, its built-in ones included."""
    if not signs:
        return frozenset()
    inputs = {"fonts": json.dumps(setter.families), "signs": json.dumps(sorted(signs))}
    try:
        set_pdf(setter, _PROBE, inputs, date(2000, 1, 1))
    except Unprintable as refused:
        return frozenset("".join(refused.signs)) & signs
    return frozenset()


@lru_cache(maxsize=1)
def _shipped() -> "Compiler":
    return _compiler()


def _compiler(*folders: str) -> "Compiler":
    from typst import Compiler, Fonts

    ours = sorted({str(file.parent) for file in font_files()})
    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[*folders, *ours])
    # The root is a folder of fonts: no source may read anything else.
    return Compiler(b"", root=[*folders, *ours, "."][0], font_paths=fonts)


def _not_shown(diagnostic: str) -> tuple[str, ...]:
    return tuple(_ESCAPED.sub(_character, text) for text in _NOT_SHOWN.findall(diagnostic))


def _character(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16)) if escaped[1] else escaped[2]
