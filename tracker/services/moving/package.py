"""A whole programme as one Data Package: a zip of CSV tables with a description that other programs read."""

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from hashlib import sha256

from tracker.entities import Entity
from tracker.errors import TrackerError
from tracker.reports.files.write import slug_of
from tracker.reports.render.zips import add
from tracker.rules.wording import short
from tracker.services.board.snapshots import app_version
from tracker.services.moving.origin import Json, Origin, Packed, hold_register
from tracker.services.moving.tables import PEOPLE, Programme, RegisterTable, as_csv, is_reference, named

DESCRIPTION = "datapackage.json"
HISTORY = "data/history.csv"
LARGEST = 1 << 30  # bytes of all parts, unpacked
LONGEST_CELL = 1 << 24
TYPES = {"number": "integer", "money": "number", "decimal": "number", "yes_no": "boolean", "date": "date"}
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, UnicodeDecodeError, csv.Error)


def pack(programme: Programme) -> bytes:
    """Return a programme as a zip; the same for the same records."""
    files = {f"data/{table.register.kind}.csv": as_csv([table.columns, *table.rows]) for table in programme.tables}
    kinds = [table.register.kind for table in programme.tables]
    resources = [_resource(table, files[f"data/{table.register.kind}.csv"], kinds) for table in programme.tables]
    if programme.history:
        files[HISTORY] = as_csv(programme.history)
        resources.append(_history(programme.history[0], files[HISTORY]))
    description: Json = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": slug_of(programme.name, "-") or "programme",
        "title": programme.name,
        "generator": f"Transformation Tracker {app_version()}",
        "tracker": Origin.of(programme).as_json(),
        "resources": resources,
    }
    files |= {f"frozen/{digest}.z": data for digest, data in programme.frozen.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        add(out, DESCRIPTION, json.dumps(description, ensure_ascii=False, indent=1).encode())
        for name, data in files.items():
            add(out, name, data, packed=name.endswith(".csv"))
    return stream.getvalue()


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
    return {**_file(register.kind, f"data/{register.kind}.csv", data), "title": register.plural, "schema": schema}


def _history(columns: Sequence[str], data: bytes) -> Json:
    fields = [{"name": column, "type": "datetime" if column == "at" else "string"} for column in columns]
    return {**_file("history", HISTORY, data), "title": "Every change", "schema": {"fields": fields}}


def _file(name: str, path: str, data: bytes) -> Json:
    return {
        "name": name,
        "path": path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "doubleQuote": True},
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
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
            origin = Origin.read(description.get("tracker"))
            tables = {kind: _rows(file, kind) for kind in _kinds(description)}
            names = [name for name in file.namelist() if name.startswith("frozen/")]
            frozen = {name.removeprefix("frozen/").removesuffix(".z"): file.read(name) for name in names}
    except KeyError as error:
        raise TrackerError(f"A part of the package is not there: {short(str(error), 80)}.", "export.broken") from None
    except (*BROKEN, ValueError):
        raise TrackerError(
            "The package cannot be read: it was cut off on its way, or changed. Fetch it again, or export it anew.",
            "export.broken",
        ) from None
    hold_frozen(frozen)
    return origin.packed(tables, frozen)


def _kinds(description: Json) -> list[str]:
    resources = description.get("resources")
    names = [str(entry.get("name")) for entry in resources] if isinstance(resources, list) else []
    return [name for name in names if name != "history"]


def _rows(file: zipfile.ZipFile, kind: str) -> list[list[str]]:
    hold_register(kind)
    csv.field_size_limit(LONGEST_CELL)
    text = file.read(f"data/{kind}.csv").decode()
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def hold_frozen(frozen: Mapping[str, bytes]) -> None:
    """Raise TrackerError unless what was frozen is what its name says."""
    for digest, data in frozen.items():
        unpacker = zlib.decompressobj()
        try:
            raw = unpacker.decompress(data, LARGEST)
        except zlib.error:
            raw = b""
        if sha256(raw).hexdigest() != digest:
            raise TrackerError(f"frozen/{short(digest, 20)} is damaged: it is not what its name says.", "export.frozen")
