"""What a record gets by itself when it comes to a state, and what it can hold before it ends."""

from collections.abc import Mapping
from datetime import date

from tracker.entities.base import Entity
from tracker.entities.laws import OnlyWhile
from tracker.fields import Field, Value, Values


def dated_by_state(
    register: type[Entity],
    values: dict[str, Value],
    before: Values | None,
    today: date,
    own: str,
    days: Mapping[str, str],
) -> dict[str, Value]:
    """Return the values with the day on which a record comes to its state now; ``days``: its field, by state."""
    field = days.get(str(values.get(register.state_field)))
    if field and not values.get(field):
        values[field] = register.deed_day(values, before, today, own)
    return values


def open_columns(register: type[Entity]) -> list[Field]:
    """Return the fields that a list of open records shows: without those that hold something only after the end."""
    ended = {law.field for law in register.closings if not law.early and _only_ended(register, law)}
    return [field for field in register.columns() if field.name not in ended]


def _only_ended(register: type[Entity], law: OnlyWhile) -> bool:
    return law.when == register.state_field and bool(law.among) and {*law.among} <= {*register.ended_states}
