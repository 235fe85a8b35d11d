"""Files and texts as tables that are taken in, and what became of them."""

from typing import Any

from tracker.rules.importing.mapping import Layout
from tracker.rules.importing.mapping_text import read_mapping
from tracker.rules.importing.sheets import Sheet
from tracker.services.importing.files.opening import SourceFile, chosen_sheet, sheets_of
from tracker.services.importing.outcome import ImportResult, totals
from tracker.services.importing.running import Table, Wanted, table_of


def read(name: str, content: bytes | str, layout: Layout | None = None) -> Sheet:
    content = content.encode() if isinstance(content, str) else content
    layout = layout or Layout()
    return chosen_sheet(sheets_of(SourceFile(name, content), layout), layout.sheet)


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in sheet.rows]


def table(text: str, mapping: str = "", **wanted: Any) -> Table:
    """Return a table of a CSV text, by a mapping in TOML or one that is proposed."""
    chosen = None
    if mapping:
        chosen, troubles = read_mapping("m.toml", mapping)
        assert not troubles
    return table_of(SourceFile("log.csv", text.encode()), Wanted(chosen, **wanted))


def counts(taken: ImportResult) -> dict[str, dict[str, int]]:
    return {
        register: {str(status): number for status, number in statuses.items()}
        for register, statuses in totals(taken.outcomes).items()
    }
