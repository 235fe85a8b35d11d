"""Texts that a spreadsheet would take for a formula."""

import re

FORMULA = tuple("=+-@＝＋－＠")
_HARMLESS = re.compile(r"[+-]?[£$€]?\d[\d,.]*( ?%)?", re.ASCII)  # a spreadsheet reads it as a number at most


def guarded(cell: str) -> str:
    """Return a text that a spreadsheet does not take for a formula: one that could be gets an apostrophe in front.

    Spaces in front hide nothing, full-width signs count as plain ones, and numbers stay numbers.
    """
    text = cell.strip()
    if text.startswith(FORMULA) and not _HARMLESS.fullmatch(text):
        return f"'{cell}"
    return cell
