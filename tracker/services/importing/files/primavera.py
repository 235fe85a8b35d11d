"""Project plans as Primavera P6 writes them (XER): tables below each other, their cells divided by tabs."""

from collections.abc import Sequence

from tracker.errors import TrackerError
from tracker.rules.importing.mapping import Layout
from tracker.rules.importing.sheets import Cell, Row, Sheet
from tracker.rules.wording import short
from tracker.services.importing.files.delimited import decoded
from tracker.services.importing.files.opening import SourceFile, hold_size

HEAD = "ERMHDR\t"
TABLE, FIELDS, RECORD = "%T", "%F", "%R"
TASKS = "TASK"


def sheets(source: SourceFile, layout: Layout) -> Sequence[Sheet]:
    """Return the tables of a plan, its tasks first. Raises TrackerError for what is no such plan."""
    text, remarks = decoded(source, layout.encoding)
    if not text.startswith(HEAD):
        raise TrackerError(f"“{short(source.name, 60)}” is no plan of Primavera P6 (XER).", "import.kind")
    rows: dict[str, list[Row]] = {}
    name = ""
    for number, line in enumerate(text.splitlines(), 1):
        mark, _, cells = line.partition("\t")
        if mark == TABLE:
            name = cells.strip()
            rows[name] = []
        elif mark in (FIELDS, RECORD) and name:
            rows[name].append(Row(number, tuple(map(Cell.of, cells.split("\t")))))
            hold_size(f"The table “{short(name, 40)}”", len(rows[name]), len(rows[name][-1].cells))
    tables = [Sheet(name, table, tuple(remarks), headed=True) for name, table in rows.items() if len(table) > 1]
    return sorted(tables, key=lambda sheet: sheet.name != TASKS)
