"""The fonts that papers are set in: where their files lie, which characters they can show, and how wide these are.

Only the tables that are needed are read, with the standard library, which takes 13 ms; fontTools takes 70, and Pillow
does not say which characters a font has. A file that is no font is no error here.
"""

import struct
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from tracker.reports.typography.measuring import Ruler

# The first that has a character shows it. The last comes with the typesetter and has the marks of ratings.
FAMILIES = ("IBM Plex Sans", "Noto Sans Arabic", "Noto Sans Devanagari", "DejaVu Sans Mono")
_PACKAGES = ("fontpkg_ibm_plex_sans", "fontpkg_noto_sans_arabic", "fontpkg_noto_sans_devanagari")
_BROKEN = (struct.error, IndexError, ValueError, OverflowError)
_USUAL_WIDTH = 550
_FOREIGN_WIDTH = 1000  # of a sign that another font draws: rather broken than over the edge
_MOST_SEGMENTS = 70_000  # no font has more characters than this in one table: a longer one is broken
_LAST = 0x10FFFF


class Face(NamedTuple):
    """What a font file says of itself: its family's name, and the width of each character in thousandths of an em."""

    family: str
    advances: dict[int, int]


NO_FACE = Face("", {})


def font_files() -> tuple[Path, ...]:
    """Return the files of the shipped fonts, upright ones before italics; fewer when a package is not installed."""
    files: list[Path] = []
    for spec in filter(None, map(find_spec, _PACKAGES)):
        folders = [Path(folder) / "files" for folder in spec.submodule_search_locations or ()]
        files += sorted((file for folder in folders for file in folder.glob("*.[to]tf")), key=_uprights_first)
    return tuple(files)


def _uprights_first(file: Path) -> tuple[bool, str]:
    return "Italic" in file.name, file.name


@lru_cache(maxsize=1)
def shipped() -> tuple[Face, ...]:
    """Return the faces of the shipped fonts, in the order in which they are asked for a character."""
    return tuple(read_face(file.read_bytes()) for file in font_files() if "Italic" not in file.name)


def shown(extra: tuple[bytes, ...] = ()) -> frozenset[int]:
    """Return the code points that the shipped fonts, and those given, can show."""
    faces = (*(read_face(data) for data in extra), *shipped())
    return frozenset().union(*(face.advances for face in faces))


@lru_cache(maxsize=4)
def face_ruler(extra: tuple[bytes, ...] = ()) -> Ruler:
    """Return what measures texts set in the shipped fonts, or in those given where they have the characters.

    In thousandths of the size; letters are measured as regular ones.
    """
    widths: dict[int, int] = {}
    for face in reversed((*(read_face(data) for data in extra), *shipped())):
        widths.update(face.advances)
    return Ruler(lambda sign: widths.get(ord(sign), _FOREIGN_WIDTH))


@lru_cache(maxsize=32)
def read_face(data: bytes) -> Face:
    """Return what a TrueType or OpenType file says of itself; NO_FACE for anything else. Never fails."""
    try:
        tables = _tables(data)
        if b"cmap" not in tables:
            return NO_FACE
        glyphs = _cmap(data, tables[b"cmap"])
        advances = _advances(data, tables)
        family = _family(data, tables[b"name"]) if b"name" in tables else ""
    except (*_BROKEN, KeyError):
        return NO_FACE
    last = len(advances) - 1
    return Face(family, {sign: advances[min(glyph, last)] for sign, glyph in glyphs.items()})


def _tables(data: bytes) -> dict[bytes, int]:
    """Return where each table of a font begins; that of the first font of a collection."""
    start = 0
    if data[:4] == b"ttcf":
        start = struct.unpack_from(">I", data, 12)[0]
    if data[start : start + 4] not in (b"\x00\x01\x00\x00", b"OTTO", b"true"):
        return {}
    count = struct.unpack_from(">H", data, start + 4)[0]
    entries = (struct.unpack_from(">4sIII", data, start + 12 + 16 * n) for n in range(count))
    return {name: offset for name, _, offset, _ in entries}


def _cmap(data: bytes, start: int) -> dict[int, int]:
    """Return the glyph of each code point: what the Unicode parts of formats 4 and 12 say."""
    glyphs: dict[int, int] = {}
    for n in range(struct.unpack_from(">H", data, start + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * n)
        if platform not in (0, 3) or (platform == 3 and encoding not in (1, 10)):
            continue
        form = struct.unpack_from(">H", data, start + offset)[0]
        if form == 4:
            glyphs |= _segments(data, start + offset)
        elif form == 12:
            glyphs |= _groups(data, start + offset)
    return glyphs


def _segments(data: bytes, at: int) -> dict[int, int]:
    """Read a part of format 4: runs of code points with a shift, or a place in a list of glyphs."""
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    # Between the ends and the starts lies a number of two bytes that says nothing.
    tables = (at + 14, *(at + 16 + 2 * n * count for n in (1, 2, 3)))
    ends, starts, shifts, places = (struct.unpack_from(f">{count}H", data, table) for table in tables)
    glyphs = {}
    for n in range(count):
        listed = at + 16 + 6 * count + 2 * n + places[n]
        for sign in range(starts[n], min(ends[n], 0xFFFE) + 1):
            glyph = sign
            if places[n]:
                glyph = _listed_glyph(data, listed + 2 * (sign - starts[n]))
                if not glyph:
                    continue
            glyph = (glyph + shifts[n]) & 0xFFFF
            if glyph:
                glyphs[sign] = glyph
    return glyphs


def _listed_glyph(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 2], "big") if place + 2 <= len(data) else 0


def _groups(data: bytes, at: int) -> dict[int, int]:
    """Read a part of format 12: runs of code points whose glyphs follow each other."""
    glyphs: dict[int, int] = {}
    for n in range(min(struct.unpack_from(">I", data, at + 12)[0], _MOST_SEGMENTS)):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * n)
        if last > _LAST or last - first > _MOST_SEGMENTS:
            raise ValueError("no font has so many characters in a row")
        glyphs |= {sign: glyph + sign - first for sign in range(first, last + 1) if glyph + sign - first}
    return glyphs


def _advances(data: bytes, tables: dict[bytes, int]) -> list[int]:
    """Return the width of each glyph in thousandths of an em; glyphs beyond the end have the last one."""
    em = struct.unpack_from(">H", data, tables[b"head"] + 18)[0] or 1000
    count = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    pairs = struct.unpack_from(f">{2 * count}H", data, tables[b"hmtx"])
    return [round(advance * 1000 / em) for advance in pairs[::2]] or [_USUAL_WIDTH]


def _family(data: bytes, start: int) -> str:
    """Return a font's family as programs call it: the typographic name (16) before the older one (1)."""
    count, strings = struct.unpack_from(">HH", data, start + 2)
    names: dict[int, str] = {}
    for n in range(count):
        platform, _, language, name, length, offset = struct.unpack_from(">6H", data, start + 6 + 12 * n)
        if platform == 3 and name in (1, 16) and (language == 0x409 or name not in names):
            place = start + strings + offset
            names[name] = data[place : place + length].decode("utf-16-be", "replace")
    return names.get(16) or names.get(1) or ""
