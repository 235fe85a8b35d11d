"""Which records a list shows, and in which order: conditions, words and sorting as SQL."""

from typing import NamedTuple

from tracker.entities import Entity, entity
from tracker.entities.base import STAMPS
from tracker.fields import Carried, Field
from tracker.storage.store import Raw

OPERATORS = {"=": "IS", "!=": "IS NOT", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
ALIAS = "alias_of"  # the field of a record whose place another one took
SAID = "t.uid IN (SELECT about FROM field_state WHERE field = ? AND state = ? AND deleted_at IS NULL)"
ANSWERED = (
    "t.uid IN (SELECT about FROM field_state WHERE field = ? AND state NOT IN ('given', 'missing') "
    "AND deleted_at IS NULL)"
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-"  # before the number of a ref


class Condition(NamedTuple):
    """A field, one of ``= != < <= > >= ~ has said unsaid answered``, and a value as stored (None: empty).

    ``~`` is: holds the text; ``has`` is: a list with this entry; ``said`` and ``unsaid``: this kind of nothing is
    said of it, or not; ``answered``: there is a value, or a kind of nothing but missing is said.
    """

    field: str
    operator: str
    value: Raw


class Query(NamedTuple):
    """Which records of a kind, in which order; ``text`` is looked for in the ref and in all text columns.

    ``aliases`` asks for the records of people that became another's, which are in no list beside.
    """

    kind: str
    where: tuple[Condition, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    text: str = ""
    deleted: bool = False
    limit: int | None = None
    offset: int = 0
    aliases: bool = False


def expression(kind: type[Entity], name: str, table: str = "t") -> str:
    """Return the SQL of a field, whether stored, carried from a newer record, or a product. Raises KeyError."""
    if name in ("ref", "uid", *STAMPS):
        return f'{table}."{name}"'
    field = kind.fields()[name]
    if field.carried:
        return _newest(field, field.carried, table)
    if field.product:
        left, right = (expression(kind, side, table) for side in field.product)
        return f"({left} * {right})"
    return f'{table}."{name}"'


def _newest(field: Field, carried: Carried, table: str) -> str:
    only = "".join(f" AND c.\"{name}\" = '{value}'" for name, value in carried.where)
    return (
        f'(SELECT c."{field.name}" FROM "{carried.kind}" c WHERE c."{carried.link}" = {table}.uid '
        f'AND c.deleted_at IS NULL{only} ORDER BY c."{carried.on}" DESC, c.id DESC LIMIT 1)'
    )


def name_expression(kind: type[Entity], table: str = "t") -> str:
    """Return the SQL of a record's name; an empty text where its name is that of another record."""
    field = kind.fields()[kind.name_field]
    return "''" if field.target else f"coalesce({table}.\"{field.name}\", '')"


def filter_sql(query: Query) -> tuple[str, list[Raw]]:
    kind = entity(query.kind)
    parts = ["t.deleted_at IS NOT NULL" if query.deleted else "t.deleted_at IS NULL"]
    values: list[Raw] = []
    if ALIAS in kind.fields():
        parts.append(f't."{ALIAS}" IS {"NOT " * query.aliases}NULL')
    for name, operator, value in query.where:
        sql = expression(kind, name)
        if operator == "~":
            parts.append(f"{sql} LIKE ? ESCAPE '!'")
            values.append(like(str(value)))
        elif operator == "has":
            parts.append(f"instr(',' || {sql} || ',', ',' || ? || ',') > 0")
            values.append(value)
        elif operator in ("said", "unsaid"):
            parts.append(f"{'NOT ' if operator == 'unsaid' else ''}{SAID}")
            values += [name, value]
        elif operator == "answered":
            parts.append(f"({sql} IS NOT NULL OR {ANSWERED})")
            values.append(name)
        else:
            parts.append(f"{sql} {OPERATORS[operator]} ?")
            values.append(value)
    if query.text:
        columns = _text_columns(kind)
        for word in query.text.split():
            parts.append("(" + " OR ".join(f"{column} LIKE ? ESCAPE '!'" for column in columns) + ")")
            values += [like(word)] * len(columns)
    return " AND ".join(parts), values


def _text_columns(kind: type[Entity]) -> list[str]:
    """Return the SQL of all in which a text is looked for: own words, and names of the records that lists show."""
    texts = [f't."{field.name}"' for field in kind.stored() if field.kind in ("text", "choice", "list")]
    names = [_name_of_target(field, f't."{field.name}"') for field in kind.columns() if field.target]
    return ["t.ref", *texts, *names]


def _name_of_target(field: Field, uid: str) -> str:
    return f'(SELECT l."{entity(field.target).name_field}" FROM "{field.target}" l WHERE l.uid = {uid})'


def like(text: str) -> str:
    for char in "!%_":
        text = text.replace(char, "!" + char)
    return f"%{text}%"


def order_sql(query: Query) -> str:
    kind = entity(query.kind)
    parts = []
    for name, descending in query.sort:
        field = kind.fields().get(name)
        sql = expression(kind, name)
        if name == "ref":
            sql = f"CAST(ltrim({sql}, '{LETTERS}') AS INTEGER) {'DESC' if descending else 'ASC'}, {sql}"
        elif field is not None and field.target:
            sql = f"natural_order({_name_of_target(field, sql)})"
        elif field is not None and field.kind == "text":
            sql = f"natural_order({sql})"
        elif field is not None and field.kind == "choice":
            places = " ".join(f"WHEN '{choice}' THEN {n}" for n, choice in enumerate(field.choices))
            sql = f"CASE {sql} {places} END"  # choices have an order of their own
        parts.append(f"{sql} {'DESC' if descending else 'ASC'} NULLS LAST")
    return ", ".join([*parts, "t.id"])


def limit_sql(query: Query) -> str:
    return "" if query.limit is None else f" LIMIT {int(query.limit)} OFFSET {int(query.offset)}"
