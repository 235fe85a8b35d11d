"""The program's own ground: Python, libraries and their bounds, SQLite, and the letters of PDF papers."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.rules.doctor.finding import Finding

PYTHON = ">=3.11"
SQLITE = ">=3.37"  # STRICT tables
TOPIC = "Program"
FONTS = "Fonts of PDF papers"
REQUIREMENT = re.compile(r"([A-Za-z0-9][\w.-]*)\s*(?:\[[^]]*\])?\s*\(?([^;)]*)\)?(?:;.*)?$")
BOUND = re.compile(r"(>=|<=|==|!=|~=|<|>)\s*([\w.]+)")


class Library(NamedTuple):
    """A library that the program needs: within which bounds, and which version is there (empty: none)."""

    name: str
    bounds: str
    version: str


class Environment(NamedTuple):
    """The program and what it runs on; ``version`` is empty where it was not installed as a package."""

    version: str
    python: str
    implementation: str
    platform: str
    libraries: Sequence[Library]
    sqlite: str
    sqlite_options: Sequence[str]


class Font(NamedTuple):
    """A family that PDF papers need, the package that brings it, and how many files of it are there."""

    family: str
    package: str
    files: int


def read_requirement(text: str) -> tuple[str, str]:
    """Return name and bounds of a requirement as packages state it; both empty for what is none."""
    match = REQUIREMENT.fullmatch(text.strip())
    return (match[1], match[2].strip()) if match else ("", "")


def within(version: str, bounds: str) -> bool:
    """Return whether a version lies within bounds such as ``>=8.2,<9``; only its numbers count."""
    return all(_holds(numbers(version), sign, numbers(bound)) for sign, bound in BOUND.findall(bounds))


def numbers(version: str) -> tuple[int, ...]:
    """Return the numbers a version begins with, without zeros at the end: 8.2.0rc1 is (8, 2)."""
    begin = re.split(r"[^\d.]", version, maxsplit=1)[0]
    parts = [int(part) for part in begin.split(".") if part]
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


def _holds(version: tuple[int, ...], sign: str, bound: tuple[int, ...]) -> bool:
    if sign in (">=", "~="):
        return version >= bound
    if sign == "<":
        return version < bound
    if sign == "<=":
        return version <= bound
    if sign == ">":
        return version > bound
    return (version == bound) == (sign == "==")


def judge_program(environment: Environment) -> Iterator[Finding]:
    """Yield what there is to say of the program, Python, the libraries and SQLite."""
    if environment.version:
        yield Finding(TOPIC, "Tracker", environment.version)
    else:
        problem = "It is not installed as a package, so the bounds of its libraries are not known."
        yield Finding(TOPIC, "Tracker", "version not known", "note", "program.loose", problem)
    yield _python(environment)
    yield Finding(TOPIC, "Platform", environment.platform)
    yield from _libraries(environment.libraries)
    yield from _sqlite(environment)


def _python(environment: Environment) -> Finding:
    value = f"{environment.implementation} {environment.python}"
    if within(environment.python, PYTHON):
        return Finding(TOPIC, "Python", value)
    return Finding(TOPIC, "Python", value, "wrong", "program.python", "The tracker needs Python 3.11 or newer.")


def _libraries(libraries: Sequence[Library]) -> Iterator[Finding]:
    sound = [library for library in libraries if library.version and within(library.version, library.bounds)]
    if sound:
        yield Finding(TOPIC, "Libraries", ", ".join(f"{library.name} {library.version}" for library in sound))
    for library in libraries:
        if library in sound:
            continue
        problem = f"It is outside of {library.bounds}, with which the tracker was tested."
        if not library.version:
            problem = f"It is not installed; {library.bounds} is needed."
        required = f"{library.name}{library.bounds}"
        value = library.version or "missing"
        yield Finding(TOPIC, library.name, value, "wrong", "program.library", problem, {"wanted": required})


def _sqlite(environment: Environment) -> Iterator[Finding]:
    options = set(environment.sqlite_options)
    telling = sorted(name for name in options if name.startswith(("ENABLE_FTS5", "THREADSAFE", "TEMP_STORE")))
    value = ", ".join([environment.sqlite, *telling])
    problem = ""
    if not within(environment.sqlite, SQLITE):
        problem = "The programme file needs SQLite 3.37 or newer."
    elif "ENABLE_FTS5" not in options:
        problem = "It was built without FTS5, which the search in programme files needs."
    elif "THREADSAFE=0" in options:
        problem = "It was built for one thread, and the screens work in several."
    if problem:
        yield Finding(TOPIC, "SQLite", value, "wrong", "program.sqlite", problem)
    else:
        yield Finding(TOPIC, "SQLite", value)


def _files(count: int) -> str:
    if count == 1:
        return "1 file"
    return f"{count} files"


def judge_fonts(fonts: Sequence[Font]) -> Iterator[Finding]:
    """Yield, for each family that PDF papers are set in, whether it is there."""
    for font in fonts:
        if font.files:
            yield Finding(FONTS, font.family, f"{font.package} ({_files(font.files)})")
            continue
        value = f"{font.package} is missing"
        problem = "PDF papers lack its letters, and are laid out without them."
        yield Finding(FONTS, font.family, value, "wrong", "fonts.missing", problem, {"wanted": font.package})
