"""How long a large table takes to come in, and how much memory, beside programs that only read or only store it.

``python benches/importing.py [ROWS]`` makes a risk log of 100,000 rows (or ROWS) by 20 columns as CSV, and one of a
fifth of its rows by 30 columns as XLSX, and takes them in as whole processes: on trial, and the CSV written too. Beside
them in the same run: ``csv.DictReader``, python-calamine, ``sqlite-utils insert --csv``. The aims at 100,000 rows: a
trial within 10 times DictReader (XLSX: 6 times python-calamine), written within 30 s of processor time and 250 MB.
"""

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import xlsxwriter  # type: ignore[import-untyped]

COLUMNS = (
    *("ID", "Risk", "Likelihood", "Impact", "Category", "Status", "Owner", "Cause", "Event", "Consequence"),
    *("Raised on", "Review date", "Response", "Controls", "Proximity", "Team", "Budget line", "Site", "Wave"),
    "Remarks",
    *(f"Score {number}" for number in range(1, 11)),
)
MAPPING = """
source = "log"
[[record]]
register = "risk"
key = "ID"
[record.fields]
title = "Risk"
likelihood = "Likelihood"
impact = "Impact"
category = "Category"
status = "Status"
cause = "Cause"
event = "Event"
consequence = "Consequence"
raised_on = { columns = ["Raised on"], days = "year first" }
next_review_on = { columns = ["Review date"], days = "year first" }
response = "Response"
controls = "Controls"
proximity = "Proximity"
"""
CATEGORIES = ("financial", "technology", "people", "legal", "security")
READ_CSV = "import csv, sys; print(sum(1 for _ in csv.DictReader(open(sys.argv[1], newline=''))))"
READ_XLSX = (
    "import sys, python_calamine as c; "
    "print(len(c.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()))"
)


class Taken(NamedTuple):
    """Seconds of processor time of a whole process, and the most memory it held (MB)."""

    seconds: float
    megabytes: float


def table(rows: int, width: int) -> Iterator[tuple[str, ...]]:
    """Yield the header and so many rows; titles and causes differ, as in a real log."""
    yield COLUMNS[:width]
    for number in range(rows):
        day = f"2026-{number % 9 + 1:02}-{number % 28 + 1:02}"
        cells = (
            *(f"X{number}", f"Supplier {number} leaves before go-live", str(number % 5 + 1), str(number % 4 + 1)),
            *(CATEGORIES[number % 5], "open", "", f"Contract {number} ends", "the supplier leaves", "costs rise"),
            *(day, f"2026-12-{number % 28 + 1:02}", "treat", f"Meeting {number % 97} each month", "imminent"),
            *(f"Team {number % 12}", str(number * 7 % 10_000), "North", str(number % 3), f"Line {number}"),
            *(str(number * place % 25) for place in range(1, 11)),
        )
        yield cells[:width]


def taken(*command: str) -> Taken:
    """Return what a process takes. Raises RuntimeError with what it said when it fails."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TRACKER"))}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(output.decode().strip())
    return Taken(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def written(folder: Path, rows: int) -> tuple[Path, Path]:
    """Write the tables and return their paths."""
    text, workbook = folder / "log.csv", folder / "log.xlsx"
    with text.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table(rows, 20))
    with xlsxwriter.Workbook(workbook, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(table(rows // 5, 30)):
            sheet.write_row(place, 0, row)
    return text, workbook


def main() -> None:
    """Measure, and print each figure with its ratio."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text, workbook = map(str, written(folder, rows))
        mapping = folder / "log.toml"
        mapping.write_text(MAPPING, encoding="utf-8")
        program = (sys.executable, "-m", "tracker", "--file", str(folder / "programme.db"), "--as", "bench")
        taken(*program, "init", "Bench")
        take_in = (*program, "import", "--mapping", str(mapping))
        bare = taken(sys.executable, "-c", READ_CSV, text)
        sheets = taken(sys.executable, "-c", READ_XLSX, workbook)
        stored = taken(sys.executable, "-m", "sqlite_utils", "insert", str(folder / "rows.db"), "log", text, "--csv")
        print(f"csv.DictReader          {bare.seconds:6.2f} s {bare.megabytes:5.0f} MB")
        print(f"python-calamine         {sheets.seconds:6.2f} s {sheets.megabytes:5.0f} MB")
        print(f"sqlite-utils insert     {stored.seconds:6.2f} s {stored.megabytes:5.0f} MB")
        for label, command, beside in (
            ("trial of the workbook", (*take_in, workbook), sheets),
            ("trial of the text", (*take_in, text), bare),
            ("text written", (*take_in, text, "--write"), stored),
            ("text written again", (*take_in, text, "--write"), stored),
        ):
            run = taken(*command)
            ratio = run.seconds / beside.seconds
            print(f"{label:23} {run.seconds:6.2f} s {run.megabytes:5.0f} MB, {ratio:.1f} times the other")


if __name__ == "__main__":
    main()
