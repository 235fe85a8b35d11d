"""Reading records: lists as tuples, a window at a time, and single records as entities."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, overload

from tracker.entities import Entity, entity, owners
from tracker.entities.base import STAMPS, old_ref
from tracker.fields import Field, Value, Values
from tracker.ratings import Rated
from tracker.rules.refs import parsed_refs
from tracker.shares import Share
from tracker.storage.columns.sql import (
    ALIAS,
    Link,
    expression,
    list_expression,
    list_reader,
    name_expression,
    prepare,
    python_value,
    stored_value,
)
from tracker.storage.lists.conditions import AnyOf as AnyOf
from tracker.storage.lists.conditions import Condition as Condition  # what lists are asked for by those who read them
from tracker.storage.lists.conditions import Query as Query
from tracker.storage.lists.conditions import among as among
from tracker.storage.lists.conditions import fields_asked, filter_sql, like, limit_sql, order_sql
from tracker.storage.store import Raw, Store
from tracker.text import begins_word

E = TypeVar("E", bound=Entity)


def _prepare(store: Store, query: Query, names: Sequence[str] = ()) -> None:
    """Let the store work out what a query and the named fields ask for."""
    prepare(store, entity(query.kind), (*names, *fields_asked(query)))


def rows(store: Store, query: Query, names: Sequence[str], *, annotated: bool = False) -> list[tuple[Any, ...]]:
    """Return uid, ref and the named fields of each record that the query asks for, in one statement.

    ``annotated`` puts what is said of fields into their values, kinds of nothing and vague days, by a second
    statement: for people who read them, not for rules.
    """
    kind = entity(query.kind)
    _prepare(store, query, names)
    condition, values = filter_sql(query)
    columns = ("uid", "ref", *names)
    select = ", ".join(list_expression(kind, name) for name in columns)
    sql = f'SELECT {select} FROM "{query.kind}" t WHERE {condition} ORDER BY {order_sql(query)}{limit_sql(query)}'
    return _list_rows(store, kind, columns, store.read(sql, values), annotated=annotated)


def count(store: Store, query: Query) -> int:
    """Return how many records the query asks for, whatever its limit."""
    _prepare(store, query)
    condition, values = filter_sql(query)
    return int(store.read(f'SELECT count(*) FROM "{query.kind}" t WHERE {condition}', values)[0][0])


def kept(store: Store, kinds: Sequence[str]) -> frozenset[str]:
    """Return which of some kinds have a record, or had one that was removed."""
    asked = " UNION ALL ".join(f"SELECT '{kind}' WHERE EXISTS (SELECT 1 FROM \"{kind}\")" for kind in kinds)
    return frozenset(kind for (kind,) in store.read(asked))


def keys(store: Store, query: Query) -> "array[int]":
    """Return a key for each record the query asks for, in order: eight bytes a record, however many there are.

    Keys hold until the next reload; only ``window`` understands them.
    """
    _prepare(store, query)
    condition, values = filter_sql(query)
    sql = f'SELECT t.id FROM "{query.kind}" t WHERE {condition} ORDER BY {order_sql(query)}'
    return array("q", (key for (key,) in store.read(sql, values)))


def window(store: Store, kind: str, keys: Iterable[int], names: Sequence[str]) -> dict[int, tuple[Any, ...]]:
    """Return uid, ref and the named fields of the records with these keys, with what is said of the fields."""
    register = entity(kind)
    prepare(store, register, names)
    values = list(keys)
    columns = ("uid", "ref", *names)
    select = ", ".join(["t.id", *(list_expression(register, name) for name in columns)])
    sql = f'SELECT {select} FROM "{kind}" t WHERE t.id IN ({marks(values)})'
    raw_rows = store.read(sql, values)
    listed = _list_rows(store, register, columns, [raw[1:] for raw in raw_rows], annotated=True)
    return dict(zip((raw[0] for raw in raw_rows), listed, strict=True))


def _list_rows(
    store: Store, kind: type[Entity], columns: Sequence[str], raw_rows: Iterable[tuple[Any, ...]], *, annotated: bool
) -> list[tuple[Any, ...]]:
    """Return rows as lists show them, from the columns as the file holds them; the uid is the first."""
    rows = [list(raw) for raw in raw_rows]
    for place, name in enumerate(columns):  # a column at a time: most need no look at their values
        read = list_reader(kind, name)
        if read is not None:
            for row in rows:
                if row[place] is not None:
                    row[place] = read(row[place])
    if annotated and has_remarks(store):
        from tracker.storage.said import lay_over

        lay_over(store, kind, [row[0] for row in rows], columns, rows)
    return [tuple(row) for row in rows]


def marks(values: Sequence[object]) -> str:
    """Return a question mark for each value, as a list in SQL has them."""
    return ", ".join("?" * len(values))


@overload
def records(store: Store, register: type[E], /, *, deleted: bool = False, **equal: Value) -> list[E]: ...
@overload
def records(store: Store, query: Query, /) -> list[Entity]: ...
def records(
    store: Store, source: type[Entity] | Query, /, *, deleted: bool = False, **equal: Value
) -> list[E] | list[Entity]:
    """Return whole records, those of a register whose fields have the values given, or those that a query asks for.

    References stay uids. For reports and rules, not for long lists. Raises KeyError for a field that is not there.
    """
    query = source if isinstance(source, Query) else _query(source, deleted, equal)
    _prepare(store, query)
    condition, values = filter_sql(query)
    return _whole_records(
        store, entity(query.kind), f"{condition} ORDER BY {order_sql(query)}{limit_sql(query)}", values
    )


def _query(register: type[Entity], deleted: bool, equal: Values) -> Query:
    conditions = tuple(Condition(name, "=", stored_value(value)) for name, value in equal.items())
    return Query(register.kind, conditions, deleted=deleted)


def _whole_records(store: Store, register: type[E], condition: str, values: Sequence[Raw]) -> list[E]:
    """Return the records of a register that a condition in SQL allows; the table is called ``t`` in it."""
    fields = register.fields()
    names = ["uid", "ref", *STAMPS, *fields]
    select = ", ".join(expression(register, name, reckoned=False) for name in names)
    # Most columns are kept as the file holds them; only the others are looked at, row by row.
    # The same day stands in many rows: it is read, and held, once.
    converted: list[tuple[str, Field, dict[Raw, Value]]] = [
        (field.name, field, {}) for field in fields.values() if field.kind in ("date", "yes_no", "list")
    ]
    rated = [(field.name, field.scale) for field in fields.values() if field.scale]
    shares = [(field.name, field.share_where) for field in fields.values() if field.share_where]
    repeated = [*STAMPS, *(field.name for field in fields.values() if field.target or field.choices)]
    texts: dict[Raw, Raw] = {}
    entities = []
    for row in store.read(f'SELECT {select} FROM "{register.kind}" t WHERE {condition}', values):
        record = dict(zip(names, row, strict=True))
        for name in repeated:  # SQLite gives the same text anew in each row
            record[name] = texts.setdefault(record[name], record[name])
        for name, field, values_read in converted:
            raw = record[name]
            if raw is not None:
                if raw not in values_read:
                    values_read[raw] = python_value(field, raw)
                record[name] = values_read[raw]
        for name, scale in rated:
            if record[name] is not None:
                record[name] = Rated(record[name], record[scale] or "")
        for name, where in shares:
            if record[name] is not None and record[where.field] == where.value:
                record[name] = Share(record[name])
        entities.append(register.holding(record))
    if has_remarks(store):
        from tracker.storage.said import make_vague, say_of_ratings

        pairs = [(record.uid, vars(record)) for record in entities]
        make_vague(store, register, pairs)
        say_of_ratings(store, register, pairs)
    return entities


def has_remarks(store: Store) -> bool:
    """Return whether something is said of any field beside its value; what reads it is loaded only then."""
    return bool(store.read("SELECT EXISTS (SELECT 1 FROM field_state)")[0][0])


@overload
def record(store: Store, register: type[E], uid: str | None) -> E | None: ...
@overload
def record(store: Store, register: str, uid: str | None) -> Entity | None: ...
def record(store: Store, register: type[E] | str, uid: str | None) -> E | Entity | None:
    """Return one record by its uid, deleted or not; None without one. A register is a class or its kind."""
    if not uid:
        return None
    if isinstance(register, str):
        return record(store, entity(register), uid)
    for record_ in _whole_records(store, register, "t.uid = ?", [uid]):
        return record_
    return None


def of_pilot(store: Store, register: type[E], pilot: str) -> list[E]:
    """Return the live records of a register that belong to a pilot, or to what belongs to it, in one statement.

    The register is one of those that belong to pilots (tracker.entities.owners).
    """
    condition = f't."{register.belongs_to}" = ?'
    for owner in owners(register)[:-1]:
        condition = condition.replace(
            "= ?", f'IN (SELECT t.uid FROM "{owner.kind}" t WHERE t."{owner.belongs_to}" = ?)'
        )
    return _whole_records(store, register, f"t.deleted_at IS NULL AND {condition} ORDER BY t.id", [pilot])


def pointers(store: Store, links: Mapping[str, str]) -> list[tuple[str, str | None]]:
    """Return the uid of each live record with the one that a reference of it holds; ``links`` names it, by kind.

    The kinds stay in their order.
    """
    each = (f'SELECT uid, "{field}" FROM "{kind}" WHERE deleted_at IS NULL' for kind, field in links.items())
    return store.read(" UNION ALL ".join(each))


def links(store: Store, kind: str) -> dict[str, Link]:
    """Return ref and name of every record of a kind by uid, deleted ones included."""
    return {row[0]: Link(*row) for row in store.read(f'SELECT {link_columns(kind)} FROM "{kind}" t')}


def link_columns(kind: str, table: str = "t") -> str:
    """Return the SQL of what a Link holds of a record of a table."""
    return f"{table}.uid, {table}.ref, {name_expression(entity(kind), table)}"


def find(store: Store, kind: str, text: str, *, limit: int = 20) -> list[tuple[Link, bool]]:
    """Return the records that a person may mean, each with whether it is deleted.

    Tried in turn: the ref (``R-014``, ``r14``), the beginning of the uid (8 signs or more), the exact name, whole words
    of the name or the beginning of one. The first that finds something counts. A record that became another's leads to
    that one.
    """
    for condition, values in _attempts(entity(kind), text):
        matches = _matching(store, kind, condition, values, limit)
        if matches:
            return matches
    return [match for match in holding(store, kind, text) if begins_word(match[0].name, text)][:limit]


def holding(store: Store, kind: str, text: str) -> list[tuple[Link, bool]]:
    """Return the records whose names hold a text anywhere, also inside a word, each with whether it is deleted."""
    name = entity(kind).fields()[entity(kind).name_field]
    if name.target:
        return []
    return _matching(store, kind, f"t.\"{name.name}\" LIKE ? ESCAPE '!'", [like(text)], -1)


def _matching(store: Store, kind: str, condition: str, values: list[Raw], limit: int) -> list[tuple[Link, bool]]:
    """Return so many records (-1: all) of which a condition holds, removed ones last."""
    table = "t"
    leads = ""
    once = ""
    if ALIAS in entity(kind).fields():
        table = "l"
        leads = f'JOIN "{kind}" l ON l.uid = coalesce(t."{ALIAS}", t.uid)'
        once = "GROUP BY l.uid"
    removed = f"{table}.deleted_at IS NOT NULL"
    select = f'SELECT {link_columns(kind, table)}, {removed} FROM "{kind}" t {leads} WHERE '
    order = f"{once} ORDER BY {removed}, {table}.id LIMIT {limit}"
    return [(Link(*link), bool(deleted)) for *link, deleted in store.read(f"{select}({condition}) {order}", values)]


def _attempts(kind: type[Entity], text: str) -> Iterator[tuple[str, list[Raw]]]:
    for ref in dict.fromkeys(refs_meant(kind, text)):
        yield "t.ref = ?", [ref]
    if len(text) >= 8 and set(text.lower()) <= set("0123456789abcdef-"):
        yield "t.uid >= ? AND t.uid < ?", [text.lower(), text.lower() + "g"]
    name = kind.fields()[kind.name_field]
    if not name.target:
        yield f'lower(t."{name.name}") = lower(?)', [text]


def refs_meant(kind: type[Entity], text: str) -> list[str]:
    """Return the refs of a register that a text may mean, that of today's form first; none when it is no such ref."""
    return [
        ref
        for parts in parsed_refs(text)
        if parts.prefix == kind.prefix
        for ref in (kind.new_ref(parts.number, parts.site), old_ref(kind, parts.number, parts.site))
    ]
