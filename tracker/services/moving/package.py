"""A whole programme as one Data Package: a zip of CSV tables with a description that other programs read."""

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from tracker.entities import ENTITIES, Entity, entity
from tracker.errors import TrackerError
from tracker.reports.files.write import slug_of
from tracker.reports.render.zips import add
from tracker.rules.wording import short
from tracker.services.board.snapshots import app_version
from tracker.services.moving.tables import LAYOUT, PEOPLE, Programme, RegisterTable, is_reference, named

DESCRIPTION = "datapackage.json"
LARGEST = 1 << 30  # bytes of all parts, unpacked
LONGEST_CELL = 1 << 24
TYPES = {"number": "integer", "money": "number", "decimal": "number", "yes_no": "boolean", "date": "date"}
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, UnicodeDecodeError, csv.Error)

Json = dict[str, object]


class Packed(NamedTuple):
    """What a package holds: its tables as texts, what was frozen, and the last numbers given."""

    tables: Mapping[str, list[dict[str, str]]]
    frozen: Mapping[str, bytes]
    numbers: Mapping[str, int]


def pack(programme: Programme) -> bytes:
    """Return a programme as a zip; the same for the same records."""
    files = {f"data/{table.register.kind}.csv": _csv(table) for table in programme.tables}
    kinds = [table.register.kind for table in programme.tables]
    resources = [_resource(table, files[f"data/{table.register.kind}.csv"], kinds) for table in programme.tables]
    description: Json = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": slug_of(programme.name, "-") or "programme",
        "title": programme.name,
        "generator": f"Transformation Tracker {app_version()}",
        "tracker": {"layout": LAYOUT, "numbers": dict(sorted(programme.numbers.items()))},
        "resources": resources,
    }
    files |= {f"frozen/{digest}.z": data for digest, data in programme.frozen.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        add(out, DESCRIPTION, json.dumps(description, ensure_ascii=False, indent=1).encode())
        for name, data in files.items():
            add(out, name, data, packed=name.endswith(".csv"))
    return stream.getvalue()


def _csv(table: RegisterTable) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return stream.getvalue().encode()


def _resource(table: RegisterTable, data: bytes, kinds: list[str]) -> Json:
    register = table.register
    links: list[Json] = [
        {"fields": [column], "reference": {"resource": target, "fields": ["ref"]}}
        for column, target in _targets(register)
        if target in kinds
    ]
    schema: Json = {
        "fields": [_field(register, column) for column in table.columns],
        "primaryKey": ["ref"],
        "foreignKeys": links,
        "missingValues": [""],
    }
    return {
        "name": register.kind,
        "path": f"data/{register.kind}.csv",
        "title": register.plural,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "doubleQuote": True},
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "schema": schema,
    }


def _targets(register: type[Entity]) -> list[tuple[str, str]]:
    fields = [(field.name, field.target) for field in register.stored() if field.target]
    return [*fields, *((column, "person") for column in named(PEOPLE))]


def _field(register: type[Entity], column: str) -> Json:
    field = register.fields().get(column)
    if field is None:
        return {"name": column, "type": "datetime" if column.endswith("_at") else "string"}
    if is_reference(register, column):
        return {"name": column, "title": field.label, "type": "string"}
    described: Json = {"name": column, "title": field.label, "type": TYPES.get(field.kind, "string")}
    if field.kind == "choice":
        described["constraints"] = {"enum": list(field.choices)}
    if field.show.help:
        described["description"] = field.show.help
    return described


def is_package(content: bytes) -> bool:
    """Return whether a file is a whole programme that was taken out of its file."""
    return content.startswith(b"PK") and DESCRIPTION.encode() in content[:200]


def unpack(content: bytes) -> Packed:
    """Return what a package holds. Raises TrackerError when it is none, of a later layout, damaged or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            if sum(part.file_size for part in file.infolist()) > LARGEST:
                raise TrackerError("Unpacked the package is larger than any programme.", "export.large")
            description = json.loads(file.read(DESCRIPTION))
            own = _own(description)
            tables = {str(kind): _rows(file, str(kind)) for kind in _kinds(description)}
            names = [name for name in file.namelist() if name.startswith("frozen/")]
            frozen = {name.removeprefix("frozen/").removesuffix(".z"): file.read(name) for name in names}
    except KeyError as error:
        raise TrackerError(f"A part of the package is not there: {short(str(error), 80)}.", "export.broken") from None
    except (*BROKEN, ValueError) as error:
        raise TrackerError(f"The package cannot be read: {short(str(error), 80)}.", "export.broken") from None
    for digest, data in frozen.items():
        _hold(digest, data)
    return Packed(tables, frozen, own)


def _own(description: Json) -> Mapping[str, int]:
    own = description.get("tracker")
    if not isinstance(own, dict):
        raise TrackerError("This Data Package is not of this program: take its tables in one by one.", "export.foreign")
    if own.get("layout") != LAYOUT:
        raise TrackerError("A later version of the program wrote this package: take it in with that.", "export.newer")
    return {str(kind): int(last) for kind, last in own.get("numbers", {}).items()}


def _kinds(description: Json) -> list[str]:
    resources = description.get("resources")
    names = [str(entry.get("name")) for entry in resources] if isinstance(resources, list) else []
    unknown = [name for name in names if name not in ENTITIES]
    if unknown:
        raise TrackerError(f"There is no register “{short(unknown[0], 40)}” in this version.", "export.newer")
    return names


def _rows(file: zipfile.ZipFile, kind: str) -> list[dict[str, str]]:
    csv.field_size_limit(LONGEST_CELL)
    text = file.read(f"data/{kind}.csv").decode()
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    names = {*named([field.name for field in entity(kind).stored()]), "ref", "uid"}
    if any(not names <= row.keys() or None in row for row in rows):
        raise TrackerError(f"The columns of data/{kind}.csv are not those of its register.", "export.columns")
    return rows


def _hold(digest: str, data: bytes) -> None:
    """Raise TrackerError unless what was frozen is what its name says."""
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(data, LARGEST)
    except zlib.error:
        raw = b""
    if sha256(raw).hexdigest() != digest:
        raise TrackerError(f"frozen/{short(digest, 20)} is damaged: it is not what its name says.", "export.frozen")
