"""How wide the columns of a sheet are, by what stands in them."""

from tracker.reports.model import Table
from tracker.reports.render.sheets import NOTHING
from tracker.reports.render.statuses import is_status
from tracker.reports.typography.measuring import width_of

BODY = 12  # points
PADDING = 0.5  # centimetres of a cell that stay empty
_SENTENCE = 300  # signs of a cell that are measured: a longer one is broken anyway
_SHORT, _NARROWEST = 4.5, 2.2


def column_sizes(table: Table, room: float) -> list[float]:
    """Return a width in centimetres for each column: short cells on one line, long ones share what is left.

    They share it by how much stands in them.
    """
    natural, over = [], []
    for n, column in enumerate(table.columns):
        bold = table.row_header and n == 0
        lines = [line for row in table.rows for line in row[n].split("\n")]
        lines += [NOTHING] if n == 0 and not table.rows else []
        wide = [width_of(line[:_SENTENCE], BODY, bold or is_status(line)) + PADDING for line in lines]
        natural.append(max([*wide, width_of(column.title, BODY, True) + PADDING]))
        over.append(sum(max(one - _SHORT, 0.0) for one in wide) + max(natural[-1] - _SHORT, 0.0))
    if sum(natural) <= room:
        return [max(one, _NARROWEST) for one in natural]
    return [max(one, _NARROWEST) for one in _shared(natural, over, room)]


def _shared(natural: list[float], over: list[float], room: float) -> list[float]:
    """Return widths that fill the room, none wider than it needs; the longer texts get more."""
    widths = [min(one, _SHORT) for one in natural]
    for _ in natural:
        spare = room - sum(widths)
        open_ = [n for n, one in enumerate(natural) if one > widths[n] + 0.01]
        total = sum(over[n] for n in open_)
        if spare < 0.1 or not total:
            break
        for n in open_:
            widths[n] = min(natural[n], widths[n] + spare * over[n] / total)
    return widths
