"""The tables of a paper as open data: one zip of CSV files with CSVW metadata and a Data Package."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from tracker.reports.files.canonical import digest
from tracker.reports.files.write import slug_of
from tracker.reports.model import PLAIN, Brand, Column, Header, Plain, Rendered, Report, Table
from tracker.reports.render.formulas import guarded
from tracker.reports.render.heading import footer, header_facts
from tracker.reports.render.json import render as as_json
from tracker.reports.render.wording import unused
from tracker.reports.render.zips import add
from tracker.reports.tables.cells import Type
from tracker.reports.tables.data_tables import data_tables

NUMBER = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)
TYPES: dict[Type, str] = {"text": "string", "day": "date", "number": "number", "share": "number", "yes": "boolean"}
YES = {"Yes": "true", "No": "false"}
SHARE = "as a part of 1"
# What stands in a cell that has no value, and what it means.
MISSING = {
    "": "nothing is said",
    "missing": "nobody has recorded it",
    "withheld": "it is known, and not told here",
    "not_yet_known": "it cannot be known yet",
    "not_applicable": "there is no such thing here",
}


class _Sheet(NamedTuple):
    """A table on its way into a file: its name, its part of the paper, the names and types of its columns."""

    name: str
    part: str
    table: Table
    fields: tuple[str, ...]
    types: tuple[Type, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def described(self) -> Iterator[tuple[str, str, str]]:
        """Name, type (of CSVW and of a Data Package) and title of each column."""
        for name, of_type, title in zip(self.fields, self.types, self.table.titles, strict=True):
            words = title or name
            yield name, TYPES[of_type], f"{words}, {SHARE}" if of_type == "share" else words


def render(report: Report, brand: Brand = PLAIN) -> Rendered:
    """Return the package as a zip file; its notes say how many cells had to be changed."""
    sheets = list(_sheets(report))
    changed = sum(guarded(cell) != cell for sheet in sheets for row in sheet.rows for cell in row)
    files = {f"data/{sheet.name}.csv": _csv(sheet) for sheet in sheets}
    package = _package(report, sheets, files)
    for sheet in sheets:
        files[f"data/{sheet.name}.csv-metadata.json"] = _json(_csvw(report, sheet))
    files["datapackage.json"] = _json(package)
    files["report.json"] = as_json(report).data
    files["README.txt"] = _readme(report, sheets, brand, changed).encode()
    return Rendered(_zipped(files), (_changes_note(changed),) if changed else ())


def _changes_note(changed: int) -> str:
    cells, begin, have = ("cell", "begins", "has") if changed == 1 else ("cells", "begin", "have")
    return (
        f"CSV: {changed} {cells} that {begin} with a sign of a formula (= + - @) {have} an apostrophe in front; "
        "report.json in the package has the text as it was."
    )


def _sheets(report: Report) -> Iterator[_Sheet]:
    """Yield the facts on top of the paper, then each table of its data, those behind charts included, each once."""
    header = report.header
    facts = (("Paper", header.title), ("Programme", header.programme), *header_facts(header))
    about = Table("paper", "The paper that this data is from", (Column("Fact"), Column("Value")), facts)
    names: set[str] = set()
    yield _guessed("About", about, names)
    data, remaining = data_tables(report)
    for filled in data:
        yield _sheet(filled.source, filled.table, filled.types, names)
    seen: set[Table] = set()
    for part in remaining:
        if part.table not in seen:
            seen.add(part.table)
            yield _guessed(part.section.title, part.table, names)


def _guessed(part: str, table: Table, used: set[str]) -> _Sheet:
    """Return a table that has no form: numbers stand at its right side, and with commas only for people."""
    table = replace(table, rows=tuple(row for row in table.rows if any(cell.strip() for cell in row)))
    types = tuple(_type(column, [row[n] for row in table.rows if row[n]]) for n, column in enumerate(table.columns))
    plain = [
        tuple(cell.replace(",", "") if of_type == "number" else cell for cell, of_type in zip(row, types, strict=True))
        for row in table.rows
    ]
    return _sheet(part, replace(table, rows=tuple(plain)), types, used)


def _type(column: Column, cells: list[str]) -> Type:
    return "number" if column.right and cells and all(map(NUMBER.fullmatch, cells)) else "text"


def _sheet(part: str, table: Table, types: tuple[Type, ...], used: set[str]) -> _Sheet:
    fields: set[str] = set()
    names = tuple(unused(slug_of(c.title, "_") or f"column_{n}", fields, "_") for n, c in enumerate(table.columns, 1))
    rows = tuple(
        tuple(YES.get(cell, cell) if of_type == "yes" else cell for cell, of_type in zip(row, types, strict=True))
        for row in table.rows
    )
    return _Sheet(unused(slug_of(table.id, "-") or "table", used, "-"), part, table, names, types, rows)


def _csv(sheet: _Sheet) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet.fields)
    writer.writerows([guarded(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode()


def _csvw(report: Report, sheet: _Sheet) -> Plain:
    columns = [
        {"name": name, "titles": name, "dc:description": title, "datatype": of_type, "null": [*MISSING]}
        for name, of_type, title in sheet.described
    ]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": report.header.language}],
        "url": f"{sheet.name}.csv",
        "dc:title": sheet.table.caption or sheet.name,
        "dc:description": sheet.table.note or sheet.part,
        "dc:date": report.header.as_of.isoformat(),
        **_issued(report.header),
        **_rights(report.header),
        "tableSchema": {"columns": columns},
    }


def _rights(header: Header) -> Plain:
    """Return publisher, licence and whom to ask as CSVW names them, the licence by its address where it has one."""
    rights = {
        "dc:publisher": header.publisher,
        "dc:license": header.licence_address or header.licence,
        "dcat:contactPoint": header.contact,
        "schema:accessibilitySummary": header.accessibility,
    }
    return {name: value for name, value in rights.items() if value}


def _issued(header: Header) -> Plain:
    """Return the day of publication, where there is one."""
    if header.published is None:
        return {}
    return {"dc:issued": header.published.isoformat()}


def _published_by(header: Header) -> Plain:
    """Return publisher, licence, contact and accessibility as a Data Package names them."""
    licence = {"name": header.licence, "path": header.licence_address}
    roles = {"publisher": header.publisher, "contact": header.contact}
    contributors = [{"title": title, "roles": [role]} for role, title in roles.items() if title]
    facts: Plain = {**_issued(header)}
    if any(licence.values()):
        facts["licenses"] = [{name: value for name, value in licence.items() if value}]
    if contributors:
        facts["contributors"] = contributors
    if header.accessibility:
        facts["accessibility"] = header.accessibility
    return facts


def _package(report: Report, sheets: list[_Sheet], files: dict[str, bytes]) -> Plain:
    header = report.header
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": slug_of(f"{header.title} {header.as_of}", "-") or "paper",
        "title": f"{header.programme}: {header.title}",
        "description": footer(report),
        "created": f"{header.as_of.isoformat()}T00:00:00Z",
        **_published_by(header),
        "report_sha256": digest(report),
        "resources": [_resource(sheet, files[f"data/{sheet.name}.csv"]) for sheet in sheets],
    }


def _resource(sheet: _Sheet, data: bytes) -> Plain:
    fields = [{"name": name, "title": title, "type": of_type} for name, of_type, title in sheet.described]
    missing = [{"value": value, "label": label} for value, label in MISSING.items()]
    return {
        "name": sheet.name,
        "path": f"data/{sheet.name}.csv",
        "title": sheet.table.caption or sheet.name,
        "description": sheet.part,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "doubleQuote": True},  # or a reader guesses, by the commas that a text holds
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "schema": {"fields": fields, "missingValues": missing},
    }


def _readme(report: Report, sheets: list[_Sheet], brand: Brand, changed: int) -> str:
    header = report.header
    lines = [f"{header.programme}: {header.title}"]
    if brand.organisation:
        lines.append(brand.organisation)
    lines += ["", *(f"{label}: {value}" for label, value in header_facts(header))]
    lines += ["", "The tables of the paper, as CSV in UTF-8 with commas (RFC 4180):", ""]
    for sheet in sheets:
        rows = len(sheet.rows)
        size = "1 row" if rows == 1 else f"{rows} rows"
        lines.append(f"data/{sheet.name}.csv - {sheet.table.caption or sheet.name} ({size})")
    lines += [
        "",
        "datapackage.json describes them as a Data Package; beside each stands its CSVW metadata.",
        "Files, fields and types are the same for every paper of a kind. A cell without a value says why:",
        *(f"  {value or '(empty)'} - {label}" for value, label in MISSING.items()),
        "report.json is the whole paper, with every text as it is.",
    ]
    if changed:
        lines += ["", _changes_note(changed)]
    lines += ["", footer(report), f"SHA-256 of the paper's data: {digest(report)}"]
    return "\r\n".join(lines) + "\r\n"


def _json(data: Plain) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _zipped(files: dict[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        for name in sorted(files):
            add(package, name, files[name], unpacked=True)
    return archive.getvalue()
