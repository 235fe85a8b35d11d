"""Zip files that hold no clock: the same parts give the same bytes, on any day and on any machine."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
LEVEL = 6
UNIX = 3
READABLE = 0o100644 << 16
# Readers that take a file's type from its first part need it there.
_FIRST = ("[Content_Types].xml", "_rels/.rels")

Rewrite = Callable[[str, bytes], bytes | None]


def fixed(data: bytes, rewrite: Rewrite | None = None) -> bytes:
    """Return a zip file with its parts in a fixed order, of one moment, packed in one way.

    ``rewrite`` is given the name and bytes of each part and returns the bytes to keep; None drops the part. Raises
    zipfile.BadZipFile when ``data`` is no zip file.
    """
    with zipfile.ZipFile(BytesIO(data)) as file:
        parts: dict[str, bytes | None] = {name: file.read(name) for name in file.namelist()}
    if rewrite is not None:
        parts = {name: part and rewrite(name, part) for name, part in parts.items()}
    return packed({name: part for name, part in parts.items() if part is not None})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return parts by name as a zip file: in a fixed order, of one moment, packed in one way."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as out:
        for name in sorted(parts, key=_place):
            add(out, name, parts[name])
    return file.getvalue()


def add(out: zipfile.ZipFile, name: str, part: bytes, *, packed: bool = True, unpacked: bool = False) -> None:
    """Write a part whose bytes in the file depend on nothing but its name and content.

    One that is not ``packed`` is the same whichever library packs, and is still there when a byte beside it is not.
    ``unpacked``: people unpack the file, and everybody may read the part then.
    """
    entry = zipfile.ZipInfo(name, BEGINNING)
    entry.create_system = 0  # else it says which system made it
    if unpacked:
        entry.create_system, entry.external_attr = UNIX, READABLE
    out.writestr(entry, part, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED, LEVEL)


def _place(name: str) -> tuple[int, str]:
    return ((*_FIRST, name).index(name), name)
