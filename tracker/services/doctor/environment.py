"""Facts on the program, Python, libraries, SQLite and fonts."""

import platform
import sys
from importlib.metadata import PackageNotFoundError, requires, version

from tracker.rules.doctor.program import Environment, Font, Library, read_requirement

PACKAGE = "transformation-tracker"
FONTS = (
    ("IBM Plex Sans", "fontpkg-ibm-plex-sans"),
    ("Noto Sans Arabic", "fontpkg-noto-sans-arabic"),
    ("Noto Sans Devanagari", "fontpkg-noto-sans-devanagari"),
)
IN_TYPST = "DejaVu Sans Mono"


def environment() -> Environment:
    """Return what the program runs on."""
    from tracker.storage.inspection import compile_options, sqlite_version

    return Environment(
        _version(PACKAGE),
        platform.python_version(),
        platform.python_implementation(),
        _platform(),
        libraries(),
        sqlite_version(),
        compile_options(),
    )


def _platform() -> str:
    return f"{platform.system()} {platform.release()} {platform.machine()}"


def _version(name: str) -> str:
    try:
        return version(name) or ""
    except PackageNotFoundError:
        return ""


def libraries() -> list[Library]:
    """Return what the program needs at run time, with the versions that are there; none where that is not known."""
    try:
        stated = requires(PACKAGE) or []
    except PackageNotFoundError:
        return []
    needed = [read_requirement(text) for text in stated if "extra ==" not in text]
    return [Library(name, bounds, _version(name)) for name, bounds in needed if name]


def versions_in_short() -> list[str]:
    """Return a few lines on versions for a report: the program, Python, SQLite, the platform and the libraries."""
    sqlite = getattr(sys.modules.get("sqlite3"), "sqlite_version", "not loaded")
    versions = ", ".join(f"{library.name} {library.version or 'missing'}" for library in libraries())
    return [
        f"Tracker: {_version(PACKAGE) or 'not installed as a package'}",
        f"Python: {platform.python_implementation()} {platform.python_version()}",
        f"SQLite: {sqlite}",
        f"Platform: {_platform()}",
        f"Libraries: {versions or 'not known'}",
    ]


def fonts() -> list[Font]:
    """Return the families that PDF papers are set in, and whether their files are there."""
    from tracker.reports.typography.fonts import font_files

    files = font_files()
    shipped = [
        Font(family, package, sum(package.replace("-", "_") in file.parts for file in files))
        for family, package in FONTS
    ]
    typst = _version("typst")
    return [*shipped, Font(IN_TYPST, f"typst {typst}" if typst else "typst", int(bool(typst)))]
