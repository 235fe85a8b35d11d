"""Records that tests share, made from the entities: whatever a kind demands, filled with something plain."""

from typing import Any

import pytest

from tracker.entities import entity
from tracker.errors import Invalid
from tracker.fields import Field
from tracker.services.records.writing import add
from tracker.storage.queries import Query, count
from tracker.storage.store import Acting, Store

# What a rule beyond the fields demands.
MORE: dict[str, dict[str, Any]] = {
    "measurement": {"numerator": 3, "denominator": 4},
    "evaluation": {"mean_score": 4.0},
    "setting": {"name": "late_entry_days", "value": "3"},
}
LINKED = {"evaluation": ("pilot",)}


def values_of(store: Store, kind: str, by: Acting) -> dict[str, Any]:
    """Return values with which a record of a kind can be added; the records that it must point at are added."""
    fields = entity(kind).fields()
    needed = {name: _plain(store, field, by) for name, field in fields.items() if field.required}
    linked = {name: _plain(store, fields[name], by) for name in LINKED.get(kind, ())}
    return {**needed, **linked, **MORE.get(kind, {})}


def made(store: Store, kind: str, by: Acting, **values: Any) -> str:
    """Return the uid of a new record of a kind with these values."""
    return add(store, kind, {**values_of(store, kind, by), **values}, by).uid


def _plain(store: Store, field: Field, by: Acting) -> Any:
    match field.kind:
        case "date":
            return by.today
        case "choice":
            return field.choices[0]
        case "number" | "money":
            return int(field.least or 0)
        case "decimal":
            return float(field.least or 0)
        case "yes_no":
            return True
        case "reference":
            found = store.read(f'SELECT uid FROM "{field.target}" WHERE deleted_at IS NULL LIMIT 1')
            return found[0][0] if found else made(store, field.target, by)
    return "0" * field.glob.count("[0-9a-f]") if "[0-9a-f]" in field.glob else "x" * max(field.shortest, 1)


def refused(store: Store, by: Acting, kind: str, values: dict[str, Any]) -> dict[str, str]:
    """Return the sentences of a refusal by field; nothing was saved."""
    before = count(store, Query(kind))
    with pytest.raises(Invalid) as caught:
        add(store, kind, values, by)
    assert count(store, Query(kind)) == before
    assert all(problem.message.endswith(".") and "  " not in problem.message for problem in caught.value.problems)
    return {problem.field: problem.message for problem in caught.value.problems}
