"""The signals of a pilot's page, which stand in one table there, for formats that show only some of them."""

from tracker.reports.model import Section, Signal, Table
from tracker.reports.render.odt_widths import is_status, mark_level

TABLE = "-evidence"  # what the id of the table ends in
COLUMNS = 3  # level, dimension, what the rule found


def signals_of(section: Section) -> list[Signal]:
    """Return the signals of a section in their order: its own, and the rows of its table of evidence.

    The first of them says what the evidence is as a whole. Rows without a rating are left out.
    """
    found: list[Signal] = []
    for block in section.blocks:
        if isinstance(block, Signal):
            found.append(block)
        elif isinstance(block, Table) and block.id.endswith(TABLE) and len(block.columns) == COLUMNS:
            rated = [row for row in block.rows if is_status(row[0])]
            found += [Signal(mark_level(row[0]), f"{row[0]}: {row[1].lower()}", row[2]) for row in rated]
    return found
