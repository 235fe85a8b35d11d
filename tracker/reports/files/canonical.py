"""A paper as canonical JSON and back, the hash of it, which is the same for the same paper, and what carries it."""

import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from hashlib import sha256
from io import BytesIO

from tracker.reports import model
from tracker.reports.model import Block, Report

KINDS: dict[str, type[Block]] = {
    var.kind: var
    for var in vars(model).values()
    if isinstance(var, type) and issubclass(var, Block) and var is not Block
}
DATES = {"header": ("as_of", "since", "published")}


class NotAPaper(ValueError):
    """Data that is not a paper of this layout."""


def canonical(data: object) -> bytes:
    """Return plain data as UTF-8 JSON with sorted keys and nothing between them."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


_newest: tuple[Report, str] | None = None  # every foot of a page asks for the same paper's


def digest(report: Report) -> str:
    """Return the SHA-256 of a complete paper's canonical JSON, in hexadecimal."""
    global _newest
    report = report.complete
    newest = _newest
    if newest is None or newest[0] is not report:  # a paper is frozen: the same one has the same hash
        newest = _newest = (report, sha256(canonical(report.to_dict())).hexdigest())
    return newest[1]


def read_report(data: object) -> Report:
    """Return the paper that ``Report.to_dict`` gave. Raises NotAPaper."""
    if not isinstance(data, dict):
        raise NotAPaper("The layout of the paper is unknown.")
    if data.get("schema") != model.SCHEMA:
        raise NotAPaper(f"The layout of the paper is {data.get('schema')}.")
    block = _block({key: value for key, value in data.items() if key != "schema"})
    if not isinstance(block, Report):
        raise NotAPaper("This is a part of a paper, not a whole one.")
    return block


def _block(data: Mapping[str, object]) -> Block:
    block_class = KINDS.get(str(data.get("kind")))
    if block_class is None:
        raise NotAPaper(f"A paper has no part of the kind “{data.get('kind')}”.")
    names = {field.name: field for field in fields(block_class)}  # type: ignore[arg-type]
    strange = set(data) - set(names) - {"kind"}
    lacking = [n for n, f in names.items() if n not in data and f.default is MISSING and f.default_factory is MISSING]
    if strange or lacking:
        raise NotAPaper(f"A {block_class.kind} has other parts here: {', '.join([*sorted(strange), *lacking])}.")
    values = {name: _value(block_class.kind, name, value) for name, value in data.items() if name != "kind"}
    return block_class(**values)


def _value(kind: str, name: str, value: object) -> object:
    if isinstance(value, dict):
        return _block(value)
    if isinstance(value, list):
        return tuple(_value(kind, name, item) for item in value)
    if name in DATES.get(kind, ()) and isinstance(value, str):
        return date.fromisoformat(value)
    return value


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
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError):  # a method that is not there is one of the last
        return []
