"""A mapping proposed for a table: by a shipped one whose columns it has, or by the names of its columns."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from tracker.entities import Entity, all_entities, entity
from tracker.fields import Field
from tracker.rules.importing.cells import LEVELS, NUMERIC_DAY
from tracker.rules.importing.layout import Grid, SourceRow
from tracker.rules.importing.mapping import REST, ImportMapping, Layout, Origin, RecordRule
from tracker.rules.wording import listed, short, with_article


class Vocabulary(NamedTuple):
    """How other people call things: ``columns`` by register and field, ``scales`` words for the levels of 1 to 5.

    ``choices`` are words for what a field can be, by register and field; ``registers`` words for what a row is.
    """

    columns: Mapping[str, Mapping[str, Sequence[str]]]
    scales: Mapping[str, str]
    choices: Mapping[str, Mapping[str, Mapping[str, str]]] = {}
    registers: Mapping[str, Sequence[str]] = {}


FACTORS = ((r"(?:£|\$|€)?\s*m(?:illion|n)?\b", "1000000"), (r"(?:£|\$|€)?\s*(?:k|000s?|thousand)\b", "1000"))
KEYS = r"(?:.*\b)?(?:id|ref|reference|key|number|no|code|nr|nummer|kennung|n°|numéro|réf|référence)\.?"
MOST = 0.75  # share of rows in which a key is
LOOKED_AT = 200  # rows whose values say of which kind a column is
CENTURY = 1970  # years of two digits are proposed to be of 1970 to 2069; whoever reads the proposal sees it
MONTHS = 12
SLIPS = 0.2  # share of the days in a column that may be slips: of days in figures 18 in 30 say which part is the month
OWN = "Transformation Tracker"  # the source of what this program listed itself
REF = "Ref"
LEAST = 2  # fields by which a register is known; registers that a column has to name
TYPES = ("type", "kind", "item type", "record type", "raid", "raid type", "log type", "entry type")


class Proposal(NamedTuple):
    """A mapping that was proposed, and the columns that it leaves aside."""

    mapping: ImportMapping
    aside: tuple[str, ...]
    shipped: bool


def propose(
    grid: Grid,
    layout: Layout,
    source: str,
    shipped: ImportMapping | None,
    vocabulary: Vocabulary,
    register: str = "",
) -> Proposal | None:
    """Return a mapping for a table; None where nothing in it can be told. ``register`` says what its rows are.

    ``shipped`` is the one that comes with the program and fits the table, if any does.
    """
    mapping = None if register else _own_list(grid) or shipped
    if mapping is not None:
        mapping = replace(mapping, file=replace(mapping.file, sheet=layout.sheet, header=layout.header))
        return Proposal(mapping, left_aside(grid, mapping), shipped=True)
    by_type = () if register else _told_apart(grid, vocabulary)
    if by_type:
        mapping = ImportMapping(source=source, record=by_type, file=layout)
        return Proposal(mapping, left_aside(grid, mapping), shipped=False)
    rules = [proposed_rule(grid, kind, vocabulary) for kind in _kinds(register)]
    if not register:  # what no column names cannot be told
        named = [rule for rule in rules if entity(rule.kind).lead_field in rule.fields]
        most = max((len(rule.fields) for rule in named), default=LEAST)
        rules = named + [_named_by_key(rule) for rule in rules if rule.key and len(rule.fields) > most]
    best = max(rules, key=lambda rule: len(rule.fields), default=None)
    if best is None or len(best.fields) < (1 if register else LEAST):
        return None
    mapping = ImportMapping(source=source, record=(best,), file=layout)
    return Proposal(mapping, left_aside(grid, mapping), shipped=False)


def why_unknown(grid: Grid, vocabulary: Vocabulary) -> str:
    """Return why nothing is proposed for a table: what its columns come nearest to, and what that lacks."""
    nearest = max((proposed_rule(grid, kind, vocabulary) for kind in _kinds("")), key=lambda rule: len(rule.fields))
    if not nearest.fields:
        return "no column is called like a field of a register"
    register = entity(nearest.kind)
    columns = listed(f"“{short(str(column), 30)}”" for origin in nearest.fields.values() for column in origin.columns)
    lead = register.fields()[register.lead_field].label
    lacks = f"no column is called like its {lead}" if register.lead_field not in nearest.fields else "nothing else does"
    return f"{columns} would fit {with_article(register.noun)}, but {lacks}"


def _kinds(register: str) -> list[type[Entity]]:
    if register:
        return [entity(register)]
    return [kind for kind in all_entities() if not kind.hidden and not kind.made_with and kind.kind != "programme"]


def _named_by_key(rule: RecordRule) -> RecordRule:
    """Return a rule whose records are called by their key, since no column names them."""
    lead = entity(rule.kind).fields()[entity(rule.kind).lead_field]
    origin = {} if lead.target else {lead.name: Origin(columns=rule.key)}
    return replace(rule, fields={**origin, **rule.fields})


def _own_list(grid: Grid) -> ImportMapping | None:
    """Return the mapping of a list that this program gave as CSV, of whichever register; None for any other table."""
    if grid.columns[0] != REF or not grid.rows:
        return None
    prefix = grid.rows[0].cells[0].text.rpartition("-")[0]
    for register in _kinds(""):
        fields = {field.label: field for field in reversed(register.settable())}
        if register.prefix == prefix and register.fields()[register.lead_field].label in grid.columns:
            origins = {fields[name].name: Origin(columns=(name,)) for name in grid.columns if name in fields}
            rule = RecordRule(kind=register.kind, fields=origins, key=(REF,))
            return ImportMapping(source=OWN, record=(rule,))
    return None


def _told_apart(grid: Grid, vocabulary: Vocabulary) -> tuple[RecordRule, ...]:
    """Return a rule for each register that a column names in some rows, as a RAID log does; none without such a column.

    One register alone says nothing: it may be a risk of a kind that is called so.
    """
    nouns = {
        word.casefold(): kind
        for kind in _kinds("")
        for word in (kind.noun, kind.plural, *vocabulary.registers.get(kind.kind, ()))
    }
    for column in grid.columns:
        words = dict.fromkeys(text_in(grid, row, column) for row in grid.rows)
        kinds = dict.fromkeys(nouns[word.casefold()] for word in words if word.casefold() in nouns)
        if _folded(column) not in TYPES or len(kinds) < LEAST:
            continue
        rules = [
            replace(
                proposed_rule(grid, kind, vocabulary, {column}),
                where={column: tuple(word for word in words if nouns.get(word.casefold()) is kind)},
            )
            for kind in kinds
        ]
        return tuple(_with_lead(rules))
    return ()


def _with_lead(rules: Sequence[RecordRule]) -> Iterator[RecordRule]:
    """Yield rules of one table, each with its lead: where no column is called so, the one that leads the others."""
    leads = [rule.fields.get(entity(rule.kind).lead_field) for rule in rules]
    shared = next((lead for lead in leads if lead is not None), None)
    for rule, own in zip(rules, leads, strict=True):
        if own is not None:
            yield rule
        elif shared is not None:
            elsewhere = {name: origin for name, origin in rule.fields.items() if origin.columns != shared.columns}
            yield replace(rule, fields={entity(rule.kind).lead_field: Origin(columns=shared.columns), **elsewhere})


def proposed_rule(grid: Grid, register: type[Entity], vocabulary: Vocabulary, aside: Iterable[str] = ()) -> RecordRule:
    """Return how the columns of a table become the fields of a register, as far as their names tell.

    Columns that are left ``aside`` become none.
    """
    calls = vocabulary.columns.get(register.kind, {})
    choices = vocabulary.choices.get(register.kind, {})
    fields: dict[str, Origin] = {}
    matched = set(aside)
    for field in register.settable():
        words = {_folded(text) for text in (field.name.replace("_", " "), field.label, *calls.get(field.name, ()))}
        column = next((name for name in grid.columns if name not in matched and _is_called(name, words, grid)), None)
        if column is None:
            continue
        levels = levels_in(field, grid, column, vocabulary.scales)
        levels = levels or choices_in(grid, column, words_of(field, choices.get(field.name, {})))
        if levels or _fits(field, grid, column):
            fields[field.name] = replace(origin_of(field, grid, column), values=levels)
            matched.add(column)
    keys = [name for name in grid.columns if re.fullmatch(KEYS, _folded(name)) and _mostly_differ(grid, name)]
    return RecordRule(kind=register.kind, fields=fields, key=tuple(keys[:1]))


def origin_of(field: Field, grid: Grid, column: str) -> Origin:
    """Return how a column becomes a field, with the unit of its figures and the order of its days."""
    factor = None
    if field.kind == "money":
        unit = re.search(r"\(([^()]*)\)\s*$", column)
        factor = next((Decimal(n) for shape, n in FACTORS if unit and re.fullmatch(shape, unit[1].strip(), re.I)), None)
    if field.kind != "date":
        return Origin(columns=(column,), factor=factor)
    days = [match for row in grid.rows if (match := re.match(NUMERIC_DAY, text_in(grid, row, column)))]
    short_years = days and all(len(day[3]) == 2 and len(day[1]) < 3 for day in days)
    return Origin(
        columns=(column,),
        days="month first" if _months_stand_first(days) else "",
        century=CENTURY if short_years else 0,
    )


def _months_stand_first(days: Sequence[re.Match[str]]) -> bool:
    """Return whether days in figures can only be meant with their months first, and often enough to be no slip.

    Where they are, more than half of all days have a middle part above 12, and no day a first one.
    """
    slashed = [(int(day[1]), int(day[2])) for day in days if "." not in day[0] and len(day[1]) < 3]
    odd = sum(middle > MONTHS for _, middle in slashed)
    return odd > len(slashed) * SLIPS and not any(first > MONTHS for first, _ in slashed)


def levels_in(field: Field, grid: Grid, column: str, scales: Mapping[str, str]) -> dict[str, str]:
    """Return the words in a column that are levels of a scale of 1 to 5, which the field has; none where it has not."""
    if (field.kind, field.least, field.most) != LEVELS:
        return {}
    return choices_in(grid, column, scales)


def choices_in(grid: Grid, column: str, meanings: Mapping[str, str]) -> dict[str, str]:
    """Return the words in a column that mean something else, with what they mean; signs before a word say nothing."""
    words = dict.fromkeys(text_in(grid, row, column).casefold() for row in grid.rows)
    plain = {word: re.sub(r"^[^\w<>]+", "", word) for word in words}
    meant = {word: meanings[plain[word]] for word in words if plain[word] in meanings}
    return {word: meaning for word, meaning in meant.items() if meaning.replace("_", " ") != word}


def words_of(field: Field, choices: Mapping[str, str]) -> Mapping[str, str]:
    """Return the words for what a field can be: those of other people, and its own."""
    return {**{choice.replace("_", " "): choice for choice in field.choices}, **choices}


def _fits(field: Field, grid: Grid, column: str) -> bool:
    """Return whether the values of a column can be those of a field: some do not have to be."""
    if field.kind not in ("date", "number", "decimal", "money"):
        return True
    position = grid.columns.index(column)
    cells = [row.cells[position] for row in grid.rows[:LOOKED_AT] if row.cells[position].text]
    with_figures = sum(any(sign.isdigit() for sign in cell.text) for cell in cells)
    return not cells or with_figures >= len(cells) / 4


def _mostly_differ(grid: Grid, column: str) -> bool:
    """Return whether a column may be a key: filled in most rows; where it is not, or repeats, that is to be said."""
    texts = [text for row in grid.rows if (text := text_in(grid, row, column))]
    return len(texts) >= MOST * len(grid.rows) and len(set(texts)) > len(texts) / 2


def text_in(grid: Grid, row: SourceRow, column: str) -> str:
    """Return what stands in a column of a row."""
    return row.cells[grid.columns.index(column)].text


def with_column(
    mapping: ImportMapping, grid: Grid, place: int, name: str, column: str, scales: Mapping[str, str]
) -> ImportMapping:
    """Return a mapping in which a field of its rule at ``place`` comes from another column; an empty one: from none.

    How the column is read (its unit, its days, its words for levels) is proposed from what stands in it.
    """
    rule = mapping.record[place]
    fields = {other: origin for other, origin in rule.fields.items() if other != name}
    if column:
        field = entity(rule.kind).fields()[name]
        fields[name] = replace(origin_of(field, grid, column), values=levels_in(field, grid, column, scales))
    rules = list(mapping.record)
    rules[place] = replace(rule, fields=fields)
    return replace(mapping, record=tuple(rules))


def with_key(mapping: ImportMapping, place: int, column: str) -> ImportMapping:
    """Return a mapping in which the source knows the records of its rule at ``place`` by a column; empty: by a name."""
    rules = list(mapping.record)
    rules[place] = replace(rules[place], key=(column,) if column else ())
    return replace(mapping, record=tuple(rules))


def presumed_fields(register: type[Entity]) -> list[Field]:
    """Return the choices in lists that a new record has by itself where nobody says one: how grave, how urgent."""
    fields = (field for field in register.settable() if field.kind == "choice" and field.show.column)
    return [field for field in fields if isinstance(field.default, str)]


def with_rest(mapping: ImportMapping, aside: Sequence[str]) -> ImportMapping:
    """Return a mapping by which the texts of columns that it leaves aside go into a note of the record of their row."""
    rules = [
        replace(rule, note=(*rule.note, *aside)) if not place or rule.where else rule
        for place, rule in enumerate(mapping.record)
    ]
    return replace(mapping, record=tuple(rules))


def left_aside(grid: Grid, mapping: ImportMapping) -> tuple[str, ...]:
    """Return the columns of a table that a mapping does not use."""
    positions: set[int] = set()
    for rule in mapping.record:
        columns = [
            *rule.key,
            *rule.note,
            *rule.where,
            *rule.filled,
            *(part for o in rule.fields.values() for part in o.columns),
        ]
        if REST in columns:
            return ()
        positions |= {grid.position(column) for column in columns}
    return tuple(name for position, name in enumerate(grid.columns) if position not in positions)


def _is_called(name: str, words: Container[str], grid: Grid) -> bool:
    """Return whether a column is called by one of some words; below a name that spans columns, by its own part."""
    parts = _bare(name).split()
    ends = (" ".join(parts[place:]) for place in range(1 + (grid.levels > 1) * len(parts)))
    return any(end in words for end in ends)


def _bare(name: str) -> str:
    """Return the name of a column without its unit, numbers in front and signs around it."""
    return re.sub(r"\s*\([^()]*\)$", "", _folded(name)).strip(" *:.?")


def _folded(name: str) -> str:
    return re.sub(r"[\s_\-/]+", " ", name).casefold().strip(" *:.?")
