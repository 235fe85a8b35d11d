"""Cells that name their row become header cells of the finished PDF: typst marks those of columns only.

``board.typ`` sets the name of a row as ``strong``, so typst tags it so, and nothing else in a table. The objects of the
file are plain text behind a classic table of their places; only those of table cells are written anew.
"""

import re
from typing import NamedTuple

_END = re.compile(rb"startxref\n(\d+)\n%%EOF\s*$")
_PLACES = re.compile(rb"xref\n0 (\d+)\n")
_ELEMENT = re.compile(rb"\d+ 0 obj\n<</Type/StructElem/S/(\w+)/")
_KIDS = re.compile(rb"/K\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_HEADERS = re.compile(rb"/Headers\[[^\]]*\]")
_ENTRY = 20  # bytes of a place in the table


class _File(NamedTuple):
    """The beginning of a PDF, its objects by number in the order in which they stand, and its trailer."""

    head: bytes
    objects: dict[int, bytes]
    size: int
    trailer: bytes


def with_row_headers(pdf: bytes) -> bytes:
    """Return a PDF of typst in which the cells that name rows are header cells; another file as it is.

    The cells beside them no longer list their headers, which would leave out those of rows: readers find both by scope.
    """
    file = _read(pdf)
    if file is None:
        return pdf
    for row in [number for number, data in file.objects.items() if _kind(data) == b"TR"]:
        cells = _kids(file.objects[row])
        if not cells or not _names_row(file.objects, cells[0]):
            continue
        for cell in cells:
            file.objects[cell] = _HEADERS.sub(b"", file.objects[cell])
        name = file.objects[cells[0]].replace(b"/S/TD/", b"/S/TH/", 1)
        file.objects[cells[0]] = name.replace(b"/O/Table", b"/O/Table/Scope/Row", 1)
        for cell in cells[1:]:
            file.objects[cell] = file.objects[cell].replace(b"<</O/Table>>", b"", 1)
    return _written(file)


def _read(pdf: bytes) -> _File | None:
    """Return the parts of a PDF whose table of places is a classic one; None for another."""
    end = _END.search(pdf)
    places = end and _PLACES.match(pdf, int(end[1]))
    if end is None or places is None:
        return None
    start, count = int(end[1]), int(places[1])
    entries = [pdf[at : at + _ENTRY] for at in range(places.end(), places.end() + count * _ENTRY, _ENTRY)]
    offsets = sorted((int(entry[:10]), number) for number, entry in enumerate(entries) if entry[17:18] == b"n")
    ends = [*(offset for offset, _ in offsets[1:]), start]
    objects = {number: pdf[offset:stop] for (offset, number), stop in zip(offsets, ends, strict=True)}
    return _File(pdf[: offsets[0][0]], objects, count, pdf[places.end() + count * _ENTRY : end.start()])


def _kind(data: bytes) -> bytes:
    element = _ELEMENT.match(data)
    if element:
        return element[1]
    return b""


def _kids(data: bytes) -> list[int]:
    kids = _KIDS.search(data)
    if kids:
        return [int(number) for number in _REFERENCE.findall(kids[1])]
    return []


def _names_row(objects: dict[int, bytes], cell: int) -> bool:
    """Return whether a cell of the body holds a name of its row, directly or in a paragraph."""
    if _kind(objects[cell]) != b"TD" or b"/O/Table" not in objects[cell]:
        return False
    inside = _kids(objects[cell])
    inside += [number for kid in inside if _kind(objects[kid]) == b"P" for number in _kids(objects[kid])]
    return any(_kind(objects[number]) == b"Strong" for number in inside)


def _written(file: _File) -> bytes:
    places = [b"0000000000 65535 f\r\n"] * file.size
    parts = [file.head]
    offset = len(file.head)
    for number, data in file.objects.items():
        places[number] = b"%010d 00000 n\r\n" % offset
        parts.append(data)
        offset += len(data)
    table = b"xref\n0 %d\n" % file.size + b"".join(places)
    return b"".join([*parts, table, file.trailer, b"startxref\n%d\n%%%%EOF" % offset])
