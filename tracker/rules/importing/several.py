"""What the rows of one table say of several registers: what they belong to, and their figures by year."""

import re
from collections.abc import Collection
from dataclasses import replace

from tracker.entities import Benefit, BenefitFigure, Entity, entity
from tracker.rules.importing.layout import Grid, unpivoted
from tracker.rules.importing.mapping import Column, ImportMapping, Origin, RecordRule, Unpivot
from tracker.rules.importing.proposing import Vocabulary, proposed_rule, text_in

PERIOD = r"(?i)(?:FY ?)?(?:19|20)\d\d(?:[-/–](?:\d\d){1,2})?"
YEAR, VALUE = "year", "value"
FEWEST = 2  # columns of years that make a table of figures by year


def with_further_records(grid: Grid, mapping: ImportMapping, vocabulary: Vocabulary) -> ImportMapping:
    """Return a proposed mapping that gives, beside the records of its one rule, what they belong to or are worth."""
    if len(mapping.record) != 1:
        return mapping
    if mapping.record[0].kind == Benefit.kind:
        return _with_figures(grid, mapping, vocabulary)
    return replace(mapping, record=_with_parent(grid, mapping.record[0], vocabulary))


def _with_parent(grid: Grid, rule: RecordRule, vocabulary: Vocabulary) -> tuple[RecordRule, ...]:
    """Return a rule below one for the record that its rows name: of a register on request, or one it is a detail of."""
    register = entity(rule.kind)
    for name, origin in rule.fields.items():
        target = register.fields()[name].target
        if not target or not (entity(target).on_request or (register.detail and target == register.belongs_to)):
            continue
        parent = _parent(grid, entity(target), str(origin.columns[0]), rule, vocabulary)
        child = replace(rule, fields={**rule.fields, name: Origin(record=target)})
        return parent, replace(child, key=child.key or _key_of_detail(child, parent))
    return (rule,)


def _parent(grid: Grid, register: type[Entity], column: str, child: RecordRule, vocabulary: Vocabulary) -> RecordRule:
    """Return the rule for what a column names, with those of its other columns that say the same wherever it does."""
    of_child = [str(part) for origin in child.fields.values() for part in origin.columns]
    rule = proposed_rule(grid, register, vocabulary, {*of_child, *map(str, child.key), column})
    days = rule.fields.get(register.date_field)
    key = (column, *(days.columns if days else ()))
    fields = {register.lead_field: Origin(columns=(column,)), **rule.fields}
    return of_key(grid, RecordRule(kind=rule.kind, fields=fields, key=key, filled=(column,)))


def of_key(grid: Grid, rule: RecordRule) -> RecordRule:
    """Return a rule without the fields of which rows with the same key say something else: they are of the row."""
    fields = {name: origin for name, origin in rule.fields.items() if _depends(grid, rule.key, origin.columns)}
    return replace(rule, fields=fields)


def _depends(grid: Grid, key: Collection[Column], columns: Collection[Column]) -> bool:
    """Return whether some columns say the same wherever the key does."""
    seen: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in grid.rows:
        code, says = (tuple(text_in(grid, row, str(column)) for column in names) for names in (key, columns))
        if seen.setdefault(code, says) != says:
            return False
    return True


def has_details(rule: RecordRule, rules: Collection[RecordRule]) -> bool:
    """Return whether other rules give several records for one of a rule, by a key that goes on from its key."""
    size = len(rule.key)
    return bool(size) and any(other.key[:size] == rule.key and len(other.key) > size for other in rules)


def _key_of_detail(child: RecordRule, parent: RecordRule) -> tuple[Column, ...]:
    """Return the columns by which a detail is known: those of what it belongs to, and of what it is there once by."""
    once = entity(child.kind).once
    others = [child.fields.get(name) for name in once[0].fields if once] if once else []
    columns = [column for origin in others if origin is not None for column in origin.columns]
    return (*parent.key, *columns) if columns else ()


def _with_figures(grid: Grid, mapping: ImportMapping, vocabulary: Vocabulary) -> ImportMapping:
    """Return the mapping of a table of benefits with a record for each year of which a column holds figures."""
    (benefit,) = mapping.record
    years = [column for column in grid.columns if re.search(PERIOD, column)]
    if len(years) < FEWEST or mapping.file.unpivot:
        return mapping
    unpivot = Unpivot(header_as=YEAR, period=PERIOD, keep_empty=True)
    by_year = unpivoted(grid, unpivot)
    figures = [column for column in by_year.columns if column not in (*grid.columns, YEAR)]
    others = [column for column in by_year.columns if column not in figures]
    named = proposed_rule(by_year, BenefitFigure, vocabulary, others).fields
    fields = named or {"forecast": Origin(columns=(figures[0],))}
    name = benefit.key or benefit.fields[Benefit.lead_field].columns
    rule = RecordRule(
        kind=BenefitFigure.kind,
        fields={"benefit": Origin(record=Benefit.kind), "year": Origin(columns=(YEAR,)), **fields},
        key=(*name, YEAR),
        filled=tuple(column for origin in fields.values() for column in origin.columns),
    )
    kept = {name: origin for name, origin in benefit.fields.items() if not {*years} & {*origin.columns}}
    return replace(mapping, file=replace(mapping.file, unpivot=unpivot), record=(replace(benefit, fields=kept), rule))
