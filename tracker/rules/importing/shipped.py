"""Mappings that come with the program, fitted to the columns of a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tracker.entities import entity
from tracker.fields import FIGURES, Field
from tracker.rules.importing.layout import Grid, SourceRow
from tracker.rules.importing.mapping import REST, Column, ImportMapping, Origin, RecordRule
from tracker.rules.importing.proposing import Vocabulary, choices_in, levels_in, origin_of, text_in, words_of
from tracker.rules.importing.several import has_details, of_key

FITS = 0.7  # share of its columns by which a shipped mapping is known
OR = "|"  # between the names that a column may have in a shipped mapping


def best_shipped(grid: Grid, mappings: Iterable[ImportMapping], vocabulary: Vocabulary) -> ImportMapping | None:
    """Return the shipped mapping that the columns of a table fit best, fitted to it; None where none does."""
    best, best_share = None, FITS
    for mapping in mappings:
        present = [name for name in mapping.headers if _column(grid, name)]
        share = len(present) / max(len(mapping.headers), 1)
        if share >= best_share and (best is None or (share, len(mapping.headers)) > (best_share, len(best.headers))):
            candidate = fitted(grid, mapping, vocabulary)
            if any(_rows_of(grid, rule) for rule in candidate.record):
                best, best_share = candidate, share
    return best


def fitted(grid: Grid, mapping: ImportMapping, vocabulary: Vocabulary) -> ImportMapping:
    """Return a shipped mapping with the columns that a table has, without those that it lacks.

    Of the names that a column may have the first counts that is there, and that holds what the field can be. A rule
    for rows in which a column says something goes where the table has no such column; it may be that none is left.
    """
    rules = [
        rule
        for rule in mapping.record
        if all("" in words or _column(grid, column) for column, words in rule.where.items())
    ]
    record = [_Fitting(grid, rule, vocabulary).rule() for rule in rules]
    return replace(mapping, record=tuple(of_key(grid, rule) if has_details(rule, record) else rule for rule in record))


class _Fitting:
    """Fits a rule of a shipped mapping to a table."""

    def __init__(self, grid: Grid, rule: RecordRule, vocabulary: Vocabulary) -> None:
        self._grid = grid
        self._vocabulary = vocabulary
        where = {_column(grid, name): words for name, words in rule.where.items() if _column(grid, name)}
        self._rule = replace(rule, where=where)
        self._rows = _rows_of(grid, self._rule)
        self._taken: list[Column] = []

    def rule(self) -> RecordRule:
        """Return the rule as the table has it."""
        fields: dict[str, Origin] = {}
        for name, origin in self._rule.fields.items():
            columns = tuple(filter(None, (self._suiting(name, origin, str(column)) for column in origin.columns)))
            if columns or not origin.columns:
                fields[name] = self._read_as(name, origin, columns)
                self._taken += columns
        key, note, filled = (
            tuple(filter(None, (_column(self._grid, str(column)) for column in columns)))
            for columns in (self._rule.key, self._rule.note, self._rule.filled)
        )
        note = tuple(column for column in note if column not in self._taken)
        return replace(self._rule, fields=fields, key=key, note=note, filled=filled)

    def _suiting(self, name: str, origin: Origin, column: str) -> str:
        """Return which of the names that a column may have is there, suits the field and is not taken; empty for none.

        A column that has just one name is taken as it is.
        """
        if OR not in column:
            return _column(self._grid, column)
        places = (_column(self._grid, call) for call in column.split(OR))
        free = (place for place in places if place and place not in self._taken)
        return next((place for place in free if self._suits(name, origin, place)), "")

    def _suits(self, name: str, origin: Origin, column: str) -> bool:
        """Return whether half of what stands in a column can be read as a field; where nothing stands, it can."""
        field = self._field(name)
        filled = list(filter(None, (text_in(self._grid, row, column).casefold() for row in self._rows)))
        fit = filled
        words = {word.casefold() for word in (*origin.values, *self._meanings(name, column))}
        if field.kind == "choice":
            words |= {choice.replace("_", " ") for choice in field.choices}
            fit = [text for text in filled if text in words]
        elif field.kind in FIGURES:
            fit = [text for text in filled if text in words or any(map(str.isdigit, text))]
        return len(fit) * 2 >= len(filled)

    def _read_as(self, name: str, origin: Origin, columns: tuple[str, ...]) -> Origin:
        """Return how a field is read: what a shipped mapping does not say is proposed from what stands there."""
        if len(columns) != 1:
            return replace(origin, columns=columns)
        proposed = origin_of(self._field(name), self._grid, columns[0])
        return replace(
            origin,
            columns=columns,
            days=origin.days or proposed.days,
            century=origin.century or proposed.century,
            values={**self._meanings(name, columns[0]), **origin.values},
        )

    def _field(self, name: str) -> Field:
        return entity(self._rule.kind).fields()[name]

    def _meanings(self, name: str, column: str) -> Mapping[str, str]:
        """Return what the words in a column mean for a field."""
        levels = levels_in(self._field(name), self._grid, column, self._vocabulary.scales)
        choices = self._vocabulary.choices.get(self._rule.kind, {}).get(name, {})
        return levels or choices_in(self._grid, column, words_of(self._field(name), choices))


def _rows_of(grid: Grid, rule: RecordRule) -> Sequence[SourceRow]:
    """Return the rows that give a record by a rule."""
    conditions = [(column, set(map(str.casefold, words))) for column, words in rule.where.items()]
    return [row for row in grid.rows if all(text_in(grid, row, c).casefold() in words for c, words in conditions)]


def _column(grid: Grid, column: str) -> str:
    """Return the first of the names that a column may have which the table has; empty where it has none."""
    place = next((name for name in column.split(OR) if name == REST or grid.holds(name)), "")
    return grid.columns[grid.position(place)] if place not in ("", REST) else place
