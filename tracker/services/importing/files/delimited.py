"""Texts with a delimiter between cells: CSV and its kin."""

import csv
import io
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from tracker.errors import TrackerError
from tracker.rules.importing.mapping import Layout
from tracker.rules.importing.sheets import Cell, Row, Sheet
from tracker.rules.wording import counted, short
from tracker.services.importing.files.opening import SourceFile, hold_size

PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf")
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
LOOKED_AT = 50  # records by which the delimiter is chosen
LONGEST_CELL = 1 << 24
SHARED = 4096  # cells of equal text that are held once, the latest
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def sheets(source: SourceFile, layout: Layout) -> Sequence[Sheet]:
    """Return the one table of a text. Raises TrackerError for an encoding that is not there, or broken quotes."""
    text, remarks = decoded(source, layout.encoding)
    lead = 0
    if text.startswith("sep=") and len(text) > 4:
        delimiter = text[4]
        text = text.partition("\n")[2]
        lead = 1
    else:
        delimiter = layout.delimiter or _delimiter(text)
    if len(delimiter) != 1:
        raise TrackerError(f"A delimiter is one sign; “{short(delimiter, 20)}” is not.", "import.delimiter")
    if delimiter != ",":
        remarks.append(f"Its cells are divided by {DELIMITERS.get(delimiter, f'“{delimiter}”')}.")
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    cell_of = lru_cache(SHARED)(Cell.of)
    rows: list[Row] = []
    called = f"“{short(source.name, 60)}”"
    begins = 1
    try:
        for texts in reader:
            hold_size(called, len(rows) + 1, len(texts))
            rows.append(Row(begins + lead, tuple(map(cell_of, texts))))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise TrackerError(f"Line {reader.line_num} of {called}: {error}.", "import.csv") from None
    return [Sheet("", rows, tuple(remarks))]


def decoded(source: SourceFile, encoding: str) -> tuple[str, list[str]]:
    """Return the text of a file, with what has to be said of its encoding. Raises TrackerError.

    A byte order mark is believed, then zeros in every second place; what is no UTF-8 is read as cp1252.
    """
    content = source.content
    if encoding:
        try:
            return content.decode(encoding), []
        except LookupError:
            raise TrackerError(f"There is no encoding “{short(encoding, 40)}”.", "import.encoding") from None
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise TrackerError(f"Line {line} is not {encoding}.", "import.encoding") from None
    if content.startswith(PACKED):
        raise TrackerError(f"“{short(source.name, 60)}” is packed: unpack it first.", "import.kind")
    guess = next((name for mark, name in BOMS if content.startswith(mark)), "") or _without_mark(content)
    if not guess and b"\x00" in content:
        raise TrackerError(f"“{short(source.name, 60)}” is no text, whatever its name says.", "import.kind")
    try:
        text = content.decode(guess or "utf-8")
        return text, [f"It is read as {guess.upper()}."] if guess.startswith("utf-16") else []
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    remarks = ["It is no UTF-8; its letters are read as those of Windows (cp1252)."]
    odd = [text.count("\n", 0, place) + 1 for place, sign in enumerate(text) if sign == "\ufffd"]
    if odd:
        lines = ", ".join(map(str, dict.fromkeys(odd[:8])))
        remarks.append(f"{counted(len(odd), 'byte stands', 'bytes stand')} for no letter (line {lines}).")
    return text, remarks


def _without_mark(content: bytes) -> str:
    """Return the encoding of a text of two bytes a letter that does not say so; empty for any other."""
    head = content[:400]
    if len(head) < 4 or b"\x00" not in head:
        return ""
    if head[1::2].count(0) > 0.8 * len(head[1::2]):
        return "utf-16-le"
    if head[::2].count(0) > 0.8 * len(head[::2]):
        return "utf-16-be"
    return ""


def _delimiter(text: str) -> str:
    """Return the sign that divides the cells: the one by which most records have as many cells as the first."""
    best, best_score = ",", 0.0
    for sign in DELIMITERS:
        try:
            records = [
                row for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), LOOKED_AT) if row
            ]
        except csv.Error:
            continue
        widths = [len(record) for record in records]
        widest = max(set(widths), key=widths.count) if widths else 1
        if widest > 1:
            score = widths.count(widest) / len(widths) * min(widest, 10) * (1 + (widths[0] == widest))
            if score > best_score:
                best, best_score = sign, score
    return best
