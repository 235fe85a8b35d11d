"""The SQL of a field, wherever its value stands: in its column, in a newer record, in the journal."""

from tracker.entities import Entity, entity
from tracker.entities.base import STAMPS
from tracker.fields import Carried, Then


def expression(kind: type[Entity], name: str, table: str = "t") -> str:
    """Return the SQL of a field, whether stored, carried from a newer record, or a product. Raises KeyError."""
    if name in ("ref", "uid", *STAMPS):
        return f'{table}."{name}"'
    field = kind.fields()[name]
    if field.carried:
        return _newest(field.carried, table)
    if field.then:
        return _as_then(field.name, field.then, table)
    if field.product:
        left, right = (expression(kind, side, table) for side in field.product)
        return f"({left} * {right})"
    return f'{table}."{name}"'


def _newest(carried: Carried, table: str) -> str:
    only = "".join(f" AND c.\"{name}\" = '{value}'" for name, value in carried.where)
    value = expression(entity(carried.kind), carried.source, "c")
    return (
        f'(SELECT {value} FROM "{carried.kind}" c WHERE c."{carried.link}" = {table}.uid '
        f'AND c.deleted_at IS NULL{only} ORDER BY c."{carried.on}" DESC, c.id DESC LIMIT 1)'
    )


def _as_then(name: str, then: Then, table: str) -> str:
    """Return the SQL of a value that stands elsewhere where it is not stored: the next change says what it was."""
    recorded = f"(SELECT min(y.id) FROM change y WHERE y.row = {table}.uid AND y.field = '*')"
    next_change = (
        f'SELECT x.old FROM change x WHERE x.row = (SELECT uid FROM "{then.kind}" LIMIT 1) '
        f"AND x.field = '{then.field}' AND x.aside IS NULL AND x.id > {recorded} ORDER BY x.id LIMIT 1"
    )
    now = f'SELECT "{then.field}" FROM "{then.kind}" LIMIT 1'
    return f'coalesce({table}."{name}", ({next_change}), ({now}))'


def name_expression(kind: type[Entity], table: str = "t") -> str:
    """Return the SQL of a record's name; an empty text where its name is that of another record."""
    field = kind.fields()[kind.name_field]
    return "''" if field.target else f"coalesce({table}.\"{field.name}\", '')"
