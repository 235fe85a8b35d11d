"""On which line of a TOML text each key and table stands, so that what is wrong with it can be found."""

import re
from collections.abc import Mapping
from typing import NamedTuple

Path = tuple[str | int, ...]

_HEADER = r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$"
_KEY = r"\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*="
_LONG = ('"""', "'''")


# No template and no brand file is deeper; the standard library's parser takes minutes and gigabytes for some that are.
DEEPEST = 12
_NO_STRUCTURE = r'\"{3}.*?\"{3}|\'{3}.*?\'{3}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*'  # strings and comments
_TOO_NESTED = "it is nested more deeply than any file of this kind. Write its tables and lists flat."


def too_nested(text: str) -> str:
    """Return why a TOML text is not even parsed, as the end of a sentence; empty when it may be."""
    depth = 0
    for line in re.sub(_NO_STRUCTURE, "", text, flags=re.DOTALL).splitlines():
        if line.partition("=")[0].count(".") > DEEPEST:
            return _TOO_NESTED
        for sign in line:
            depth += (sign in "[{") - (sign in "]}")
            if depth > DEEPEST:
                return _TOO_NESTED
        depth = max(depth, 0)
    return ""


class Lines(NamedTuple):
    """The line (counted from 1) of each table and key by its path, such as ``("gate", 0, "criterion", 2, "text")``."""

    places: Mapping[Path, int]

    def of(self, path: Path) -> int:
        """Return the line of a key or table, or of the nearest thing around it that has one; 1 at worst."""
        while path:
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return 1


def find_lines(text: str) -> Lines:
    """Return the lines of a text that is TOML; of what is written inside braces or brackets only the key is found."""
    places: dict[Path, int] = {}
    counts: dict[Path, int] = {}  # of tables in arrays: the number of the newest
    table: Path = ()
    open_quote = ""
    for number, line in enumerate(text.split("\n"), 1):
        if open_quote:
            if open_quote in line:
                open_quote = ""
            continue
        header = re.match(_HEADER, line)
        if header:
            table = _table(header[2], counts, array=header[1] == "[[")
            places.setdefault(table, number)
            if isinstance(table[-1], int):
                places.setdefault(table[:-1], number)
            continue
        key = re.match(_KEY, line)
        if key:
            places.setdefault((*table, key[1].strip("\"'")), number)
            open_quote = _left_open(line[key.end() :])
    return Lines(places)


def _table(name: str, counts: dict[Path, int], *, array: bool) -> Path:
    path: Path = ()
    *outer, last = (part.strip().strip("\"'") for part in name.split("."))
    for part in outer:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path])
    path = (*path, last)
    if not array:
        return path
    counts[path] = counts.get(path, -1) + 1
    return (*path, counts[path])


def _left_open(value: str) -> str:
    """Return the quotes of a text of several lines that begins in a value and does not end on its line."""
    value = value.strip()
    quote = next((sign for sign in _LONG if value.startswith(sign)), "")
    return quote if quote and quote not in value[3:] else ""
