"""What a field is in SQL, and a value between the file and Python."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from tracker.entities import Entity, entity
from tracker.entities.base import STAMPS
from tracker.fields import Carried, Field, Nothing, Then, Value, WorkedOut, humanise
from tracker.ratings import SCALES, Rated
from tracker.shares import Share
from tracker.storage.store import Raw, Store

ALIAS = "alias_of"  # the field of a record whose place another one took
MARKED = "_marked"  # the function of SQL that gives what a rule works out with a mark where nobody set it
SEPARATOR = "\t"  # text was cleaned of it on the way in


class Link(NamedTuple):
    """A record that another one points at."""

    uid: str
    ref: str
    name: str

    def __str__(self) -> str:
        return f"{self.ref} {self.name}".strip()


def expression(kind: type[Entity], name: str, table: str = "t", *, reckoned: bool = True) -> str:
    """Return the SQL of a field, whether stored, carried from a newer record, or a product. Raises KeyError.

    Of a field that is reckoned it is what people read (``prepare`` comes first), or else what its column holds.
    """
    if name in ("ref", "uid", *STAMPS):
        return f'{table}."{name}"'
    field = kind.fields()[name]
    if field.reckoned and reckoned:
        arguments = (expression(kind, part, table, reckoned=False) for part in field.reckoned.of)
        return f"{field.reckoned.rule}({', '.join(arguments)})"
    if field.carried:
        return _of_newest(field.carried, expression(entity(field.carried.kind), field.carried.source, "c"), table)
    if field.then:
        return _as_then(name, field.then, table)
    if field.product:
        left, right = (expression(kind, side, table) for side in (field.product.left, field.product.right))
        return f"({left} * {right})"
    return f'{table}."{name}"'


def stored_settings(store: Store) -> dict[str, str]:
    """Return the texts that the programme set, by the names of the settings."""
    return dict(store.read("SELECT name, value FROM setting WHERE deleted_at IS NULL ORDER BY id"))


def prepare(store: Store, kind: type[Entity], names: Iterable[str]) -> None:
    """Let a store work out those of some fields that are reckoned, by the settings that it shows."""
    fields = kind.fields()
    if any(name in fields and fields[name].reckoned for name in names):
        from tracker.storage.columns.reckoning import teach

        teach(store, stored_settings(store), MARKED, SEPARATOR)


def holder(kind: type[Entity], name: str, table: str = "t") -> tuple[str, str]:
    """Return the SQL of the uid of the record that holds a field, and what the field is called there.

    The uid is empty where the field is carried from a record that is not there.
    """
    carried = kind.fields()[name].carried
    if carried is None:
        return f"{table}.uid", name
    return f"coalesce({_of_newest(carried, 'c.uid', table)}, '')", carried.source


def _of_newest(carried: Carried, value: str, table: str) -> str:
    only = "".join(f" AND c.\"{name}\" = '{value}'" for name, value in carried.where)
    return (
        f'(SELECT {value} FROM "{carried.kind}" c WHERE c."{carried.link}" = {table}.uid '
        f'AND c.deleted_at IS NULL{only} ORDER BY c."{carried.on}" DESC, c.id DESC LIMIT 1)'
    )


def _as_then(name: str, origin: Then, table: str) -> str:
    """Return the SQL of a value that stands elsewhere where it is not stored: the next change says what it was."""
    recorded = f"(SELECT min(y.id) FROM change y WHERE y.row = {table}.uid AND y.field = '*')"
    next_change = (
        f'SELECT x.old FROM change x WHERE x.row = (SELECT uid FROM "{origin.kind}" LIMIT 1) '
        f"AND x.field = '{origin.field}' AND x.aside IS NULL AND x.id > {recorded} ORDER BY x.id LIMIT 1"
    )
    now = f'SELECT "{origin.field}" FROM "{origin.kind}" LIMIT 1'
    return f'coalesce({table}."{name}", ({next_change}), ({now}))'


def name_expression(kind: type[Entity], table: str = "t") -> str:
    """Return the SQL of a record's name; an empty text where its name is that of another record."""
    field = kind.fields()[kind.name_field]
    column = f'{table}."{field.name}"'
    if field.scale:
        words = " ".join(f"WHEN '{name}' THEN {_worded(column, scale.words)}" for name, scale in SCALES.items())
        return f"CASE {expression(kind, field.scale, table)} {words} ELSE {column} END"
    if field.choices:
        return _worded(column, {choice: humanise(choice) for choice in field.choices})
    return "''" if field.target else f"coalesce({column}, '')"


def _worded(column: str, words: Mapping[str, str]) -> str:
    """Return the SQL of the words that people read for the codes in a column."""
    places = " ".join(f"WHEN '{code}' THEN '{word}'" for code, word in words.items())
    return f"CASE {column} {places} ELSE '' END"


def _target(kind: type[Entity], name: str) -> str:
    """Return the kind that a field points at, those who recorded and changed the record among them; or nothing."""
    field = kind.fields().get(name)
    if field is not None:
        return field.target
    return "person" if name.endswith("_by") else ""


def list_expression(kind: type[Entity], name: str) -> str:
    """Return the SQL of a field as lists read it: of a reference all that a Link holds."""
    target = _target(kind, name)
    tab = f"char({ord(SEPARATOR)})"
    field = kind.fields().get(name)
    if field is not None and field.reckoned:
        return expression(kind, name).replace(field.reckoned.rule, f"{field.reckoned.rule}{MARKED}", 1)
    if field is not None and field.scale:
        return f"{expression(kind, name)} || {tab} || coalesce({expression(kind, field.scale)}, '')"
    if field is not None and field.share_where:
        of_share = f"{expression(kind, field.share_where.field)} = '{field.share_where.value}'"
        column = expression(kind, name)
        return f"CASE WHEN {of_share} THEN {column} || {tab} ELSE {column} END"
    if not target:
        return expression(kind, name)
    link = f"l.uid || {tab} || l.ref || {tab} || {name_expression(entity(target), 'l')}"
    uid = expression(kind, name)
    if name in STAMPS:  # who did it then is who they are now
        uid = f'coalesce((SELECT p."{ALIAS}" FROM person p WHERE p.uid = {uid}), {uid})'
    return f'(SELECT {link} FROM "{target}" l WHERE l.uid = {uid})'


def list_reader(kind: type[Entity], name: str) -> Callable[[Raw], Value | Link] | None:
    """Return what makes of a value in a list what Python holds: dates, truth values, tuples, ratings and links.

    It is not given what is missing; None where the value stays as the file holds it.
    """
    if _target(kind, name):
        return _link
    field = kind.fields().get(name)
    if field is None:
        return None
    if field.reckoned:
        return _reckoned
    if field.scale:
        return _rated
    if field.share_where:
        return _share
    return partial(python_value, field) if field.kind in ("yes_no", "date", "list") else None


def _link(raw: Raw) -> Link:
    return Link(*str(raw).split(SEPARATOR, 2))


def _reckoned(raw: Raw) -> date:
    text = str(raw)
    return WorkedOut.fromisoformat(text[:-1]) if text.endswith(SEPARATOR) else date.fromisoformat(text)


def _share(raw: Raw) -> Value:
    return Share(raw.removesuffix(SEPARATOR)) if isinstance(raw, str) else raw


def _rated(raw: Raw) -> Rated:
    return Rated(*str(raw).split(SEPARATOR))


def python_value(field: Field, raw: Raw) -> Value:
    """Return a stored value as Python holds it."""
    if raw is None:
        return None
    if field.kind == "yes_no":
        return bool(raw)
    if field.kind == "date":
        return date.fromisoformat(str(raw))
    if field.kind == "list":
        return tuple(str(raw).split(",")) if raw else ()
    return raw


def stored_value(value: Value) -> Raw:
    """Return a value as the file holds it. Raises OverflowError for a number that is not finite.

    A column of decimals would take an infinite number, and silently keep nothing for one that is no number.
    """
    if type(value) is str:  # first, since nearly all of a row is
        return value
    if isinstance(value, Nothing):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, tuple):
        return ",".join(dict.fromkeys(value))  # a word counts once
    if isinstance(value, float) and value - value != 0:
        raise OverflowError(f"{value} is not a finite number")
    return value
