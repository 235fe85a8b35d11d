"""A paper as canonical JSON and back: the same paper gives the same bytes, and the same hash."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from hashlib import sha256

from tracker.reports import model
from tracker.reports.model import Block, Report

KINDS: dict[str, type[Block]] = {
    var.kind: var
    for var in vars(model).values()
    if isinstance(var, type) and issubclass(var, Block) and var is not Block
}
DATES = {"header": ("as_of", "since")}


class NotAPaper(ValueError):
    """Data that is not a paper of this layout."""


def canonical(data: object) -> bytes:
    """Return plain data as UTF-8 JSON with sorted keys and nothing between them."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


_newest: tuple[Report, str] | None = None  # every foot of a page asks for the same paper's


def digest(report: Report) -> str:
    """Return the SHA-256 of a paper's canonical JSON, in hexadecimal."""
    global _newest
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
