"""Reading records: lists as tuples, a window at a time, and single records as entities."""

from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar, overload

from tracker.entities import Entity, entity
from tracker.fields import Carried, Field
from tracker.storage.store import Store

STAMPS = ("rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason")
OPERATORS = {"=": "IS", "!=": "IS NOT", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
E = TypeVar("E", bound=Entity)
SEPARATOR = "\t"  # text was cleaned of it on the way in


class Condition(NamedTuple):
    """A field, one of ``= != < <= > >= ~ has``, and a value as stored (None: empty).

    ``~`` is: holds the text; ``has`` is: a list with this entry.
    """

    field: str
    operator: str
    value: Any


class Query(NamedTuple):
    """Which records of a kind, in which order; ``text`` is looked for in the ref and in all text columns."""

    kind: str
    where: tuple[Condition, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    text: str = ""
    deleted: bool = False
    limit: int | None = None
    offset: int = 0


class Link(NamedTuple):
    """A record that another one points at."""

    uid: str
    ref: str
    name: str

    def __str__(self) -> str:
        return f"{self.ref} {self.name}".strip()


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


def _shown(kind: type[Entity], name: str) -> str:
    field = kind.fields().get(name)
    target = field.target if field else "person" if name.endswith("_by") else ""
    if not target:
        return expression(kind, name)
    other = entity(target)
    naming = f'l."{other.name_field}"' if not other.fields()[other.name_field].target else "''"
    tab = f"char({ord(SEPARATOR)})"
    return (
        f"(SELECT l.uid || {tab} || l.ref || {tab} || {naming} "
        f'FROM "{target}" l WHERE l.uid = {expression(kind, name)})'
    )


def shown_value(kind: type[Entity], name: str, raw: Any) -> Any:
    """Return a value of a list as Python holds it: dates, truth values, tuples and links."""
    if raw is None:
        return None
    field = kind.fields().get(name)
    if field is None:
        return Link(*raw.split(SEPARATOR, 2)) if name.endswith("_by") else raw
    if field.target:
        return Link(*raw.split(SEPARATOR, 2))
    return python_value(field, raw)


def python_value(field: Field, raw: Any) -> Any:
    """Return a stored value as Python holds it."""
    if raw is None:
        return None
    if field.kind == "date":
        return date.fromisoformat(raw)
    if field.kind == "yes_no":
        return bool(raw)
    if field.kind == "list":
        return tuple(raw.split(",")) if raw else ()
    return raw


def stored_value(value: Any) -> Any:
    """Return a value as the file holds it. Raises OverflowError for a number that is not finite.

    A column of decimals would take an infinite number, and silently keep nothing for one that is no number.
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, tuple):
        return ",".join(dict.fromkeys(value))  # a word counts once
    if isinstance(value, float) and value - value != 0:
        raise OverflowError(f"{value} is not a finite number")
    return value


def _filter(query: Query) -> tuple[str, list[Any]]:
    kind = entity(query.kind)
    parts = ["t.deleted_at IS NOT NULL" if query.deleted else "t.deleted_at IS NULL"]
    values: list[Any] = []
    for name, operator, value in query.where:
        sql = expression(kind, name)
        if operator == "~":
            parts.append(f"{sql} LIKE ? ESCAPE '!'")
            values.append(_like(str(value)))
        elif operator == "has":
            parts.append(f"instr(',' || {sql} || ',', ',' || ? || ',') > 0")
            values.append(value)
        else:
            parts.append(f"{sql} {OPERATORS[operator]} ?")
            values.append(value)
    for word in query.text.split():
        columns = ["t.ref", *(f't."{f.name}"' for f in kind.stored() if f.kind in ("text", "choice", "list"))]
        columns += [
            f'(SELECT l."{entity(f.target).name_field}" FROM "{f.target}" l WHERE l.uid = t."{f.name}")'
            for f in kind.columns()
            if f.target
        ]
        parts.append("(" + " OR ".join(f"{c} LIKE ? ESCAPE '!'" for c in columns) + ")")
        values += [_like(word)] * len(columns)
    return " AND ".join(parts), values


def _like(text: str) -> str:
    for char in "!%_":
        text = text.replace(char, "!" + char)
    return f"%{text}%"


def _order(query: Query) -> str:
    kind = entity(query.kind)
    parts = []
    for name, descending in query.sort:
        field = kind.fields().get(name)
        sql = expression(kind, name)
        if field is not None and field.target:
            sql = f'(SELECT l."{entity(field.target).name_field}" FROM "{field.target}" l WHERE l.uid = {sql})'
        if field is not None and field.kind == "choice":
            places = " ".join(f"WHEN '{choice}' THEN {n}" for n, choice in enumerate(field.choices))
            sql = f"CASE {sql} {places} END"  # choices have an order of their own
        parts.append(f"{sql} {'DESC' if descending else 'ASC'} NULLS LAST")
    return ", ".join([*parts, "t.id"])


def rows(store: Store, query: Query, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return uid, ref and the named fields of each record that the query asks for, in one statement."""
    kind = entity(query.kind)
    where, values = _filter(query)
    select = ", ".join(["t.uid", "t.ref", *(_shown(kind, name) for name in names)])
    limit = "" if query.limit is None else f" LIMIT {int(query.limit)} OFFSET {int(query.offset)}"
    found = store.read(f'SELECT {select} FROM "{query.kind}" t WHERE {where} ORDER BY {_order(query)}{limit}', values)
    return [(row[0], row[1], *map(shown_value, [kind] * len(names), names, row[2:])) for row in found]


def count(store: Store, query: Query) -> int:
    """Return how many records the query asks for, whatever its limit."""
    where, values = _filter(query)
    return int(store.read(f'SELECT count(*) FROM "{query.kind}" t WHERE {where}', values)[0][0])


def keys(store: Store, query: Query) -> "array[int]":
    """Return a key for each record the query asks for, in order: eight bytes a record, however many there are.

    Keys hold until the next reload; only ``window`` understands them.
    """
    where, values = _filter(query)
    found = store.read(f'SELECT t.id FROM "{query.kind}" t WHERE {where} ORDER BY {_order(query)}', values)
    return array("q", (row[0] for row in found))


def window(store: Store, kind: str, wanted: Iterable[int], names: Sequence[str]) -> dict[int, tuple[Any, ...]]:
    """Return uid, ref and the named fields of the records with these keys."""
    which = entity(kind)
    some = list(wanted)
    select = ", ".join(["t.id", "t.uid", "t.ref", *(_shown(which, name) for name in names)])
    marks = ",".join("?" * len(some))
    found = store.read(f'SELECT {select} FROM "{kind}" t WHERE t.id IN ({marks})', some)
    return {row[0]: (row[1], row[2], *map(shown_value, [which] * len(names), names, row[3:])) for row in found}


@overload
def records(store: Store, what: type[E], /, *, deleted: bool = False, **equal: Any) -> list[E]: ...
@overload
def records(store: Store, what: Query, /) -> list[Entity]: ...
def records(store: Store, what: type[E] | Query, /, *, deleted: bool = False, **equal: Any) -> list[E] | list[Entity]:
    """Return whole records, those of a register whose fields have the values given, or those that a query asks for.

    References stay uids. For reports and rules, not for long lists.
    """
    query = what if isinstance(what, Query) else _query(what, deleted, equal)
    where, values = _filter(query)
    limit = "" if query.limit is None else f" LIMIT {int(query.limit)} OFFSET {int(query.offset)}"
    return whole_records(store, query.kind, f"{where} ORDER BY {_order(query)}{limit}", values)


def _query(register: type[Entity], deleted: bool, equal: dict[str, Any]) -> Query:
    where = tuple(Condition(name, "=", stored_value(value)) for name, value in equal.items())
    return Query(register.kind, where, deleted=deleted)


def whole_records(store: Store, of: str, where: str, values: Sequence[Any]) -> list[Entity]:
    """Return the records of a kind that a condition in SQL allows; the table is called ``t`` in it."""
    kind = entity(of)
    names = ["uid", "ref", *STAMPS, *kind.fields()]
    select = ", ".join(expression(kind, name) for name in names)
    found = store.read(f'SELECT {select} FROM "{of}" t WHERE {where}', values)
    fields = kind.fields()
    # Most columns are kept as the file holds them; only the others are looked at, row by row.
    odd = [(n, fields[n]) for n in names if n in fields and fields[n].kind in ("date", "yes_no", "list")]
    made = []
    for row in found:
        held = dict(zip(names, row, strict=True))
        for name, field in odd:
            raw = held[name]
            if raw is not None:
                held[name] = python_value(field, raw)
        made.append(kind.holding(held))
    return made


@overload
def record(store: Store, register: type[E], uid: str) -> E | None: ...
@overload
def record(store: Store, register: str, uid: str) -> Entity | None: ...
def record(store: Store, register: type[E] | str, uid: str) -> E | Entity | None:
    """Return one record by its uid, deleted or not; None when there is none. A register is a class, or its kind."""
    kind = register if isinstance(register, str) else register.kind
    for found in whole_records(store, kind, "t.uid = ?", [uid]):
        return found
    return None


def links(store: Store, kind: str) -> dict[str, Link]:
    """Return ref and name of every record of a kind by uid, deleted ones included."""
    which = entity(kind)
    name = f'"{which.name_field}"' if not which.fields()[which.name_field].target else "''"
    return {row[0]: Link(*row) for row in store.read(f"SELECT uid, ref, coalesce({name}, '') FROM \"{kind}\"")}


def find(store: Store, kind: str, text: str, *, limit: int = 20) -> list[tuple[Link, bool]]:
    """Return the records that a person may mean, each with whether it is deleted.

    Tried in turn: the ref (``R-014``, ``r14``), the beginning of the uid (8 signs or more), the exact name,
    part of the name. The first that finds something counts.
    """
    which = entity(kind)
    name = f'"{which.name_field}"' if not which.fields()[which.name_field].target else "''"
    select = f"SELECT uid, ref, coalesce({name}, ''), deleted_at IS NOT NULL FROM \"{kind}\" WHERE "
    tries: list[tuple[str, tuple[Any, ...]]] = []
    ref = _as_ref(which, text)
    if ref:
        tries.append(("ref = ?", (ref,)))
    if len(text) >= 8 and set(text.lower()) <= set("0123456789abcdef-"):
        tries.append(("uid >= ? AND uid < ?", (text.lower(), text.lower() + "g")))
    if name != "''":
        tries.append((f"lower({name}) = lower(?)", (text,)))
        tries.append((f"{name} LIKE ? ESCAPE '!'", (_like(text),)))
    for where, values in tries:
        found = store.read(f"{select}{where} ORDER BY deleted_at IS NOT NULL, id LIMIT {limit}", values)
        if found:
            return [(Link(*row[:3]), bool(row[3])) for row in found]
    return []


def _as_ref(kind: type[Entity], text: str) -> str:
    compact = text.strip().upper().replace("-", "").replace(" ", "")
    prefix = kind.prefix
    if not compact.startswith(prefix):
        return ""
    rest = compact[len(prefix) :]
    site = rest[:1] if rest[:1].isalpha() else ""
    number = rest[len(site) :]
    return kind.new_ref(int(number), site) if number.isascii() and number.isdigit() and len(number) < 10 else ""
