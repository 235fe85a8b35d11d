"""What a record gets by itself when it comes to a state."""

from collections.abc import Mapping
from datetime import date

from tracker.entities.base import Entity
from tracker.fields import Value, Values


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
