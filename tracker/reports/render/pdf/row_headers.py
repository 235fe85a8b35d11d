"""Cells that name their row become header cells of the finished PDF: typst marks those of columns only.

Which tables have names of rows is known here: marking each name in the paper takes typst a tenth of its memory. The
objects of the file are plain text behind a classic table of their places; only those of table cells are written anew.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_END = re.compile(rb"startxref\n(\d+)\n%%EOF\s*$")
_PLACES = re.compile(rb"xref\n0 (\d+)\n")
_ELEMENT = re.compile(rb"\d+ 0 obj\n<</Type/StructElem/S/(\w+)/")
_KIDS = re.compile(rb"/K\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_HEADERS = re.compile(rb"/Headers\[[^\]]*\]")
_SPANS = b"/RowSpan "
_ENTRY = 20  # bytes of a place in the table


class _File(NamedTuple):
    """The beginning of a PDF, its objects by number in the order in which they stand, and its trailer."""

    head: bytes
    objects: dict[int, bytes]
    size: int
    trailer: bytes


def with_row_headers(pdf: bytes, named: Sequence[bool]) -> bytes:
    """Return a PDF of typst in which the cells that name rows are header cells; another file as it is.

    ``named`` says of each table, in their order, whether its first cells name its rows. The cells beside them no longer
    list their headers, which would leave out those of rows: readers find both by scope.
    """
    file = _read(pdf)
    if file is None:
        return pdf
    tables = sorted(number for number, data in file.objects.items() if _kind(data) == b"Table")
    for table, has_names in zip(tables, named, strict=True):
        for cells in _named_rows(file.objects, table) if has_names else ():
            for cell in cells:
                file.objects[cell] = _HEADERS.sub(b"", file.objects[cell])
            name = file.objects[cells[0]].replace(b"/S/TD/", b"/S/TH/", 1)
            file.objects[cells[0]] = name.replace(b"/O/Table", b"/O/Table/Scope/Row", 1)
            for cell in cells[1:]:
                file.objects[cell] = file.objects[cell].replace(b"<</O/Table>>", b"", 1)
    return _written(file)


def _named_rows(objects: dict[int, bytes], table: int) -> Iterator[list[int]]:
    """Yield the cells of each row in the body of a table that begins with its name."""
    bodies = [part for part in _kids(objects[table]) if _kind(objects[part]) == b"TBody"]
    named_above = False  # by a name that reaches down to the sentences below its row
    for row in (row for body in bodies for row in _kids(objects[body])):
        cells = _kids(objects[row])
        if cells and not named_above:
            named_above = _SPANS in objects[cells[0]]
            yield cells
        else:
            named_above = False


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
