"""How the texts of a record were read, in words, where that could be another thing than what somebody meant."""

from collections.abc import Iterator, Mapping
from datetime import date

from tracker.entities import entity
from tracker.fields import Field, Value
from tracker.rules.typed.readings import reading_of
from tracker.rules.wording import lower_first
from tracker.services.guards.guard import Values
from tracker.services.typed.conventions import needed_for
from tracker.storage import Link, Store


def readings(
    store: Store, kind: str, texts: Mapping[str, str], values: Values, named: Mapping[str, Link], today: date
) -> Iterator[str]:
    """Yield how each text was read, such as “due Friday 15 July 2026, 4 months ago”; ``named`` are the records meant.

    Nothing is said of a text that was exact already, such as 2026-07-15 or a whole ref.
    """
    conventions = needed_for(store, entity(kind), texts)
    for name, typed in texts.items():
        field = entity(kind).fields()[name]
        text = " ".join(typed.split())
        if not text:
            continue
        if name in named:
            words = _record_meant(text, named[name])
        else:
            words = reading_of(field, text, _as_read(field, text, values), today, conventions)
        if words:
            yield f"{lower_first(field.label)} {words}"


def _as_read(field: Field, text: str, values: Values) -> Value:
    """Return a value as people read it: a number that was typed in per cent, or is of a record of shares, so."""
    value = values.get(field.name)
    where = field.share_where
    if where is None:
        return value
    return where.read(value, {where.field: where.value} if text.endswith("%") else values)


def _record_meant(text: str, named: Link) -> str:
    """Return ref and name of the record that a text named in part; empty where it said one of them in full."""
    if text.casefold() in (named.ref.casefold(), named.name.casefold()):
        return ""
    return str(named)
