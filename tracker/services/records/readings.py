"""How the texts of a record were read, in words, where that could be another thing than what somebody meant."""

from collections.abc import Iterator, Mapping
from datetime import date

from tracker.entities import entity
from tracker.fields import Field
from tracker.rules.readings import reading_of
from tracker.rules.typed import Conventions
from tracker.rules.wording import lower_first
from tracker.services.guards.guard import Values
from tracker.services.records.conventions import needed_for
from tracker.storage import Store, link


def readings(store: Store, kind: str, texts: Mapping[str, str], values: Values, today: date) -> list[str]:
    """Return how each text was read, such as “due Friday 15 July 2026, 4 months ago”, by field in their order.

    Nothing is said of a text that was exact already, such as 2026-07-15 or a whole ref.
    """
    fields = entity(kind).fields()
    conventions = needed_for(store, entity(kind), texts)
    given = [(fields[name], " ".join(text.split()), values.get(name)) for name, text in texts.items() if text.strip()]
    return list(_each(store, given, today, conventions))


def _each(store: Store, given: list[tuple[Field, str, object]], today: date, conventions: Conventions) -> Iterator[str]:
    for field, text, value in given:
        words = reading_of(field, text, value, today, conventions)
        if field.target and isinstance(value, str):
            words = _record_meant(store, field.target, text, value)
        if words:
            label = field.label if field.label[1:2].isupper() else lower_first(field.label)
            yield f"{label} {words}"


def _record_meant(store: Store, kind: str, text: str, uid: str) -> str:
    """Return ref and name of the record that a text named in part; empty where it said one of them in full."""
    named = link(store, kind, uid)
    exact = named is None or text.casefold() in (named.ref.casefold(), named.name.casefold())
    return "" if exact else str(named)
