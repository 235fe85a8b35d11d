"""The published form of a paper's JSON, made from the model. ``python tests/report_schema.py`` writes it."""

import json
from dataclasses import fields
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from tracker.reports.files.canonical import KINDS
from tracker.reports.model import LATER, SCHEMA, Block

FILE = Path(__file__).parent.parent / "docs" / "report.schema.json"
PARTS = ("report", "header", "section", "column", "series")  # of something else, never blocks of a section


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what ``tracker report … --format json`` gives."""
    defs = {kind: _part(which) for kind, which in sorted(KINDS.items())}
    defs["block"] = {"oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in sorted(KINDS) if kind not in PARTS]}
    report = defs.pop("report")
    report["properties"]["schema"] = {"const": SCHEMA}
    report["required"].append("schema")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:transformation-tracker:report:{SCHEMA}",  # a name, no address: the program has no site
        "title": "A paper of Transformation Tracker",
        **report,
        "$defs": defs,
    }


def _part(which: type[Block]) -> dict[str, Any]:
    hints = get_type_hints(which)
    properties = {field.name: _type(hints[field.name]) for field in fields(which)}  # type: ignore[arg-type]
    return {
        "description": " ".join((which.__doc__ or "").split()),
        "type": "object",
        "properties": {"kind": {"const": which.kind}, **properties},
        "required": ["kind", *(name for name in properties if name not in LATER.get(which.kind, {}))],
    }


def _type(hint: Any) -> dict[str, Any]:
    if get_origin(hint) in (Union, UnionType):
        return {"anyOf": [_type(one) for one in get_args(hint)]}
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) is tuple:
        items = get_args(hint)
        if items[-1] is Ellipsis:
            return {"type": "array", "items": _type(items[0])}
        return {"type": "array", "prefixItems": [_type(one) for one in items], "items": False, "minItems": len(items)}
    if hint is date:
        return {"type": "string", "format": "date"}
    if isinstance(hint, type) and issubclass(hint, Block):
        return {"$ref": f"#/$defs/{hint.kind}"}
    names = {str: "string", bool: "boolean", int: "integer", float: "number", NoneType: "null"}
    return {"type": names[hint]}


if __name__ == "__main__":
    FILE.write_text(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
