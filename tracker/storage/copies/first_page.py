"""The first page of a damaged file: without it nothing else is reached, and most of it can be worked out.

The file format is described at https://sqlite.org/fileformat2.html: the first 100 bytes are the header; the rest of
the page is the root of the schema's tree, whose leaves can be known by what they hold.
"""

from collections.abc import Iterator

from tracker.storage.connection import SCHEMA_VERSION
from tracker.storage.looking import APPLICATION_ID

MAGIC = b"SQLite format 3\0"
PAGE = 4096  # every file of the program has pages of this size
LEAF = 0x0D
INTERIOR = 0x05
SCHEMA_WORDS = (b"table", b"index", b"trigger", b"view")


def mended(content: bytes) -> bytes:
    """Return the first page of a file as SQLite can use it; as it is where nothing is wrong with it."""
    first = content[:PAGE].ljust(PAGE, b"\0")
    header = first[:100] if _is_header(first) else _header(first, len(content) // PAGE)
    if first[100] in (LEAF, INTERIOR):
        return header + first[100:]
    return header + _root(content)


def _is_header(first: bytes) -> bool:
    size = int.from_bytes(first[16:18], "big")
    sound = first.startswith(MAGIC) and size == PAGE and first[18] in (1, 2) and first[19] in (1, 2)
    return sound and first[20:24] == b"\0\x40\x20\x20" and first[68:72] == APPLICATION_ID.to_bytes(4, "big")


def _header(first: bytes, pages: int) -> bytes:
    """Return a header for a file of so many pages; its schema number is the one it has, where that can be."""
    version = int.from_bytes(first[60:64], "big")
    if not 1 <= version <= SCHEMA_VERSION:
        version = SCHEMA_VERSION
    numbers = {24: 1, 28: pages, 40: 1, 44: 4, 56: 1, 60: version, 68: APPLICATION_ID, 92: 1, 96: 3_040_000}
    header = bytearray(100)
    header[:24] = MAGIC + PAGE.to_bytes(2, "big") + b"\x01\x01\x00\x40\x20\x20"
    for place, number in numbers.items():
        header[place : place + 4] = number.to_bytes(4, "big")
    return bytes(header)


def _root(content: bytes) -> bytes:
    """Return a root for the schema's tree: its leaves are found by what they hold, and put in order."""
    leaves = sorted(_schema_leaves(content))
    root = bytearray(PAGE - 100)
    start = PAGE
    pointers = []
    for last_row, page in leaves[:-1]:
        cell = page.to_bytes(4, "big") + _varint(last_row)
        start -= len(cell)
        root[start - 100 : start - 100 + len(cell)] = cell
        pointers.append(start.to_bytes(2, "big"))
    last = leaves[-1][1] if leaves else 0
    root[:8] = bytes([INTERIOR, 0, 0]) + len(pointers).to_bytes(2, "big") + start.to_bytes(2, "big") + b"\0"
    root[8:12] = last.to_bytes(4, "big")
    root[12 : 12 + 2 * len(pointers)] = b"".join(pointers)
    return bytes(root)


def _schema_leaves(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield the last row and the number of each page that holds rows of the schema."""
    for page in range(2, len(content) // PAGE + 1):
        body = content[(page - 1) * PAGE : page * PAGE]
        cells = int.from_bytes(body[3:5], "big")
        if body[0] != LEAF or not cells or 8 + 2 * cells > PAGE:
            continue
        rows = [_schema_row(body, int.from_bytes(body[8 + 2 * n : 10 + 2 * n], "big")) for n in range(cells)]
        if all(rows):
            yield max(rows), page


def _schema_row(body: bytes, place: int) -> int:
    """Return the number of a row of the schema (type, name, table, root, SQL); 0 where it is none."""
    _, place = _number(body, place)
    row, place = _number(body, place)
    length, at = _number(body, place)
    kinds: list[int] = []
    while at < place + length and len(kinds) <= 5:
        kind, at = _number(body, at)
        kinds.append(kind)
    if len(kinds) != 5 or kinds[0] < 13 or kinds[0] % 2 == 0:
        return 0
    word = body[at : at + (kinds[0] - 13) // 2]
    return row if word in SCHEMA_WORDS else 0


def _number(body: bytes, place: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and the place behind it; behind the page there are only zeros."""
    value = 0
    for count in range(9):
        byte = body[place] if place < len(body) else 0
        place += 1
        if count == 8:
            return value << 8 | byte, place
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value, place


def _varint(value: int) -> bytes:
    groups = [value & 0x7F]
    while value := value >> 7:
        groups.append(value & 0x7F | 0x80)
    return bytes(reversed(groups))
