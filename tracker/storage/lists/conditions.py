"""Which records a list shows, and in which order: conditions, words and sorting as SQL."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracker.entities import Entity, entity
from tracker.fields import Field
from tracker.storage.columns.sql import ALIAS, expression, holder
from tracker.storage.store import Raw

OPERATORS = {"=": "IS", "!=": "IS NOT", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
SAID = "{uid} IN (SELECT about FROM field_state WHERE field = ? AND state = ? AND deleted_at IS NULL)"
ANSWERED = (
    "{uid} IN (SELECT about FROM field_state WHERE field = ? AND state NOT IN ('given', 'missing') "
    "AND deleted_at IS NULL)"
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-"  # before the number of a ref


class Condition(NamedTuple):
    """A field, one of ``= != < <= > >= ~ has among said unsaid answered``, and a value as stored (None: empty).

    ``~`` is: holds the text; ``has`` is: a list with this entry; ``among`` is: one of these, a list in JSON; ``said``
    and ``unsaid``: this kind of nothing is said of it, or not; ``answered``: there is a value, or a kind of nothing but
    missing is said.
    """

    field: str
    operator: str
    value: Raw


class AnyOf(NamedTuple):
    """Alternatives: the conditions of one of them are to hold, all of them."""

    alternatives: tuple[tuple["Condition | AnyOf", ...], ...]


class Query(NamedTuple):
    """Which records of a kind, in which order; ``text`` is looked for in the ref and in all text columns.

    ``aliases`` asks for the records of people that became another's, which are in no list beside.
    """

    kind: str
    where: tuple[Condition | AnyOf, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    text: str = ""
    deleted: bool = False
    limit: int | None = None
    offset: int = 0
    aliases: bool = False


def among(field: str, uids: Iterable[str]) -> Condition:
    """Return the condition that a field holds one of some uids."""
    quoted = ",".join(f'"{uid}"' for uid in uids)  # of signs that JSON takes as they are
    return Condition(field, "among", f"[{quoted}]")


def fields_asked(query: Query) -> Iterator[str]:
    """Yield the names of the fields by which a query filters and sorts."""
    yield from _fields_of(query.where)
    yield from (name for name, _ in query.sort)


def _fields_of(conditions: Iterable[Condition | AnyOf]) -> Iterator[str]:
    for condition in conditions:
        if isinstance(condition, Condition):
            yield condition.field
        else:
            yield from _fields_of(part for parts in condition.alternatives for part in parts)


def filter_sql(query: Query) -> tuple[str, list[Raw]]:
    """Return the SQL of which records a query asks for, with its values; the table is called ``t``."""
    kind = entity(query.kind)
    parts = ["t.deleted_at IS NOT NULL" if query.deleted else "t.deleted_at IS NULL"]
    values: list[Raw] = []
    if ALIAS in kind.fields():
        parts.append(f't."{ALIAS}" IS {"NOT " * query.aliases}NULL')
    for condition in query.where:
        sql, parameters = _condition(kind, condition)
        parts.append(sql)
        values += parameters
    if query.text:
        sql, words = _holding(kind, query.text.split())
        parts.append(sql)
        values += words
    return " AND ".join(parts), values


def _condition(kind: type[Entity], condition: Condition | AnyOf) -> tuple[str, list[Raw]]:
    """Return the SQL of a condition, or of one of several, with its values."""
    if isinstance(condition, AnyOf):
        alternatives = []
        values: list[Raw] = []
        for conditions in condition.alternatives:
            parts = [_condition(kind, part) for part in conditions]
            alternatives.append(" AND ".join(sql for sql, _ in parts))
            values += [value for _, parameters in parts for value in parameters]
        return f"(({') OR ('.join(alternatives) or '0'}))", values
    name, operator, value = condition
    sql = expression(kind, name)
    match operator:
        case "~":
            return f"{sql} LIKE ? ESCAPE '!'", [like(str(value))]
        case "has":
            return f"instr(',' || {sql} || ',', ',' || ? || ',') > 0", [value]
        case "among":
            return f"{sql} IN (SELECT value FROM json_each(?))", [value]
        case "said" | "unsaid":
            uid, field = holder(kind, name)
            return f"{'NOT ' if operator == 'unsaid' else ''}{SAID.format(uid=uid)}", [field, value]
        case "answered":
            uid, field = holder(kind, name)
            return f"({sql} IS NOT NULL OR {ANSWERED.format(uid=uid)})", [field]
    return f"{sql} {OPERATORS[operator]} ?", [value]


def _holding(kind: type[Entity], words: list[str]) -> tuple[str, list[Raw]]:
    """Return the SQL of: each word is in a text of the record, or in what it was called before or elsewhere."""
    columns = _text_columns(kind)
    texts = " OR ".join(f"{column} LIKE ?1 ESCAPE '!'" for column in columns)
    elsewhere = "SELECT about FROM identifier WHERE deleted_at IS NULL AND code LIKE ?1 ESCAPE '!'"
    sources = [texts, f"t.uid IN ({elsewhere})"]
    if not kind.fields()[kind.name_field].target:
        renamed = f"c.row = t.uid AND c.field = '{kind.name_field}' AND c.aside IS NULL AND c.salt IS NOT NULL"
        sources.append(f"EXISTS (SELECT 1 FROM change c WHERE {renamed} AND c.old LIKE ?1 ESCAPE '!')")
    part = "(" + " OR ".join(sources) + ")"
    times = part.count("?1")
    return " AND ".join([part.replace("?1", "?")] * len(words)) or "1", [
        like(word) for word in words for _ in range(times)
    ]


def _text_columns(kind: type[Entity]) -> list[str]:
    """Return the SQL of all in which a text is looked for: own words, and names of the records that lists show."""
    texts = [f't."{field.name}"' for field in kind.stored() if field.kind in ("text", "choice", "list")]
    names = [_name_of_target(field, f't."{field.name}"') for field in kind.columns() if field.target]
    return ["t.ref", *texts, *names]


def _name_of_target(field: Field, uid: str) -> str:
    return f'(SELECT l."{entity(field.target).name_field}" FROM "{field.target}" l WHERE l.uid = {uid})'


def like(text: str) -> str:
    """Return the pattern of LIKE that finds a text anywhere; ``!`` is its escape."""
    for char in "!%_":
        text = text.replace(char, "!" + char)
    return f"%{text}%"


def order_sql(query: Query) -> str:
    """Return the SQL of the order that a query asks for: names naturally, choices in their own, what is empty last."""
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
    """Return the SQL of how many records a query asks for; empty for all."""
    return "" if query.limit is None else f" LIMIT {int(query.limit)} OFFSET {int(query.offset)}"
