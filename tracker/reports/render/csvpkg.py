"""The tables of a paper as open data: one zip of CSV files with CSVW metadata and a Data Package."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from tracker.reports.files.canonical import digest
from tracker.reports.files.write import slug_of
from tracker.reports.model import PLAIN, Brand, Column, Plain, Rendered, Report, Table, table_of
from tracker.reports.render.formulas import guarded
from tracker.reports.render.heading import footer, header_facts
from tracker.reports.render.json import render as as_json
from tracker.reports.render.wording import unused
from tracker.reports.render.zips import add

NUMBER = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)


class _Sheet(NamedTuple):
    """A table on its way into a file: its name, its part of the paper, the names and types of its columns."""

    name: str
    part: str
    table: Table
    fields: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def described(self) -> Iterator[tuple[str, str, str]]:
        """Name, type and title of each column."""
        for name, kind, title in zip(self.fields, self.types, self.table.titles, strict=True):
            yield name, kind, title or name


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
    """Yield the facts on top of the paper, then each table in it, those behind charts included, each once."""
    seen: set[Table] = set()
    names: set[str] = set()
    header = report.header
    facts = (("Paper", header.title), ("Programme", header.programme), *header_facts(header))
    about = Table("paper", "The paper that this data is from", (Column("Fact"), Column("Value")), facts)
    tables = [("About", about)]
    for section in report.sections:
        for block in section.blocks:
            if table := table_of(block):
                tables.append((section.title, table))
    for part, table in tables:
        if table not in seen and table.columns:
            seen.add(table)
            yield _sheet(part, table, names)


def _sheet(part: str, table: Table, used: set[str]) -> _Sheet:
    rows = tuple(row for row in table.rows if any(cell.strip() for cell in row))  # a blank line is no record
    fields: set[str] = set()
    names = tuple(unused(slug_of(c.title, "_") or f"column_{n}", fields, "_") for n, c in enumerate(table.columns, 1))
    types = tuple(_type(column, [row[n] for row in rows if row[n]]) for n, column in enumerate(table.columns))
    cells = tuple(
        tuple(cell.replace(",", "") if kind == "number" else cell for cell, kind in zip(row, types, strict=True))
        for row in rows
    )
    return _Sheet(unused(slug_of(table.id, "-") or "table", used, "-"), part, table, names, types, cells)


def _type(column: Column, cells: list[str]) -> str:
    """Return the type of a column: numbers stand at its right side, and with commas only for people."""
    numbers = column.right and cells and all(map(NUMBER.fullmatch, cells))
    return "number" if numbers else "string"


def _csv(sheet: _Sheet) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet.fields)
    writer.writerows([guarded(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode()


def _csvw(report: Report, sheet: _Sheet) -> Plain:
    columns = [
        {"name": name, "titles": name, "dc:description": title, "datatype": kind}
        for name, kind, title in sheet.described
    ]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": report.header.language}],
        "url": f"{sheet.name}.csv",
        "dc:title": sheet.table.caption or sheet.name,
        "dc:description": sheet.table.note or sheet.part,
        "dc:date": report.header.as_of.isoformat(),
        "tableSchema": {"columns": columns},
    }


def _package(report: Report, sheets: list[_Sheet], files: dict[str, bytes]) -> Plain:
    header = report.header
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": slug_of(f"{header.title} {header.as_of}", "-") or "paper",
        "title": f"{header.programme}: {header.title}",
        "description": footer(report),
        "created": f"{header.as_of.isoformat()}T00:00:00Z",
        "report_sha256": digest(report),
        "resources": [_resource(sheet, files[f"data/{sheet.name}.csv"]) for sheet in sheets],
    }


def _resource(sheet: _Sheet, data: bytes) -> Plain:
    fields = [{"name": name, "title": title, "type": kind} for name, kind, title in sheet.described]
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
        "schema": {"fields": fields},
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
