"""A table as it stands in a file: rows with their own numbers, and what kind of value each cell held."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

# What a cell held: a text, a number, a day, yes or no, nothing, or an error of a formula.
CellKind = Literal["text", "number", "day", "yes_no", "empty", "error"]


class Cell(NamedTuple):
    """What stands in a cell, as a text that the readers of fields read (days as 2026-03-31), and what it was."""

    text: str = ""
    kind: CellKind = "empty"

    @classmethod
    def of(cls, text: str) -> "Cell":
        """Return a cell of a file that knows only texts."""
        stripped = text.strip()
        return cls(stripped, "text") if stripped else EMPTY

    @classmethod
    def yes_no(cls, value: bool) -> "Cell":
        """Return a cell that held yes or no."""
        return cls(("no", "yes")[value], "yes_no")


EMPTY = Cell()
EVERY = "*"  # the sheet that is all tables of a text as one


class Row(NamedTuple):
    """A row of a file: its number there, counted from 1, and its cells."""

    number: int
    cells: Sequence[Cell]

    def cell(self, position: int) -> Cell:
        """Return a cell by its position from 0; an empty one where the row has ended."""
        return self.cells[position] if position < len(self.cells) else EMPTY

    @property
    def first(self) -> str:
        """The text of the first cell in which anything stands; empty where the row is."""
        for cell in self.cells:
            if cell.text:
                return cell.text
        return ""

    @property
    def filled(self) -> list[Cell]:
        """The cells in which something stands."""
        return [cell for cell in self.cells if cell.text]


class Sheet(NamedTuple):
    """A table of a file: its name there, its rows, and sentences on how it was read and what was left aside.

    ``headed`` says that the first row is the header: the file itself tells names from values.
    """

    name: str
    rows: Sequence[Row]
    remarks: tuple[str, ...] = ()
    headed: bool = False


def column_letters(position: int) -> str:
    """Return how spreadsheets call a column by its position from 0: A, Z, AA."""
    letters = ""
    number = position + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
