"""Zip files that hold no clock: the same parts give the same bytes, on any day and on any machine."""

import zipfile
from collections.abc import Callable
from io import BytesIO

BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
LEVEL = 6
UNIX, READABLE = 3, 0o100644 << 16
# Readers that take a file's type from its first part need it there.
_FIRST = ("[Content_Types].xml", "_rels/.rels")

Rewrite = Callable[[str, bytes], bytes | None]


def fixed(data: bytes, rewrite: Rewrite | None = None) -> bytes:
    """Return a zip file with its parts in a fixed order, of one moment, packed in one way.

    ``rewrite`` is given the name and bytes of each part and returns the bytes to keep; None drops the part. Raises
    zipfile.BadZipFile when ``data`` is no zip file.
    """
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as given, zipfile.ZipFile(made, "w") as out:
        for name in sorted(set(given.namelist()), key=_place):
            part: bytes | None = given.read(name)
            if rewrite is not None and part is not None:
                part = rewrite(name, part)
            if part is not None:
                add(out, name, part)
    return made.getvalue()


def add(out: zipfile.ZipFile, name: str, part: bytes, *, packed: bool = True) -> None:
    """Write a part whose bytes in the file depend on nothing but its name and content.

    One that is not ``packed`` is the same whichever library packs, is still there when a byte beside it is not, and may
    be read by everybody once it is unpacked.
    """
    entry = zipfile.ZipInfo(name, BEGINNING)
    entry.create_system = 0 if packed else UNIX  # else it says which system made it
    entry.external_attr = 0 if packed else READABLE
    out.writestr(entry, part, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED, LEVEL if packed else None)


def _place(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)
