"""What the fields of a register are called as options of its commands, and in mappings."""

from tracker.entities.base import Entity
from tracker.fields import Field


def options_of(register: type[Entity], field: Field) -> list[str]:
    """Return the names of a field as an option, without dashes in front; the first is its own."""
    names = [field.option]
    if field.name == register.date_field and "date" not in register.fields() and field.name != "as_of":
        names.append("date")
    if field.name.endswith("_kind"):
        names.append("kind")
    return names
