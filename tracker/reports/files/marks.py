"""Which data a file says that it is made of: papers of every format carry the beginning of their data's digest."""

import json
import zipfile
import zlib
from io import BytesIO

from tracker.reports.files.canonical import NotAPaper, digest, read_report

MOST_UNPACKED = 64 * 1024 * 1024  # bytes in all; a file that unpacks to more was not made here


def carries(data: bytes, mark: str) -> bool:
    """Return whether a file of any format names the data whose digest begins with ``mark`` (hexadecimal).

    In text and PDF it stands as it is, in packages (DOCX, ODT, XLSX …) in one of their parts; JSON is the data itself.
    That a file names its data does not prove that nobody changed what else it says.
    """
    sought = mark.encode()
    if sought in data:
        return True
    if zipfile.is_zipfile(BytesIO(data)):
        return any(sought in part for part in _parts(data))
    try:
        return digest(read_report(json.loads(data))).startswith(mark)
    except (ValueError, RecursionError, NotAPaper):
        return False


def _parts(data: bytes) -> list[bytes]:
    """Return the parts of a package; none of one that is damaged or unpacks to more than any paper does."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED:
                return []
            return [package.read(part) for part in package.infolist()]
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError):
        return []
