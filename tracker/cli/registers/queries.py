"""What a list is asked for: the options of ``list`` read as a query."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tracker.cli.shell import Session, misused
from tracker.entities import Entity
from tracker.errors import TrackerError
from tracker.services.reading import STAMPS, Query, Store
from tracker.services.records import conditions
from tracker.services.records.conditions import NO_COMPARISON, WRONG, Asking, conditions_in


def query_for(session: Session, store: Store, register: type[Entity], options: dict[str, Any]) -> Query:
    """Return the query that the options of ``list`` ask for. Raises UsageError, TrackerError."""
    asking = Asking(session.today, session.user())
    with _wrong_usage():
        where = tuple(part for text in options["where"] for part in conditions_in(asking, store, register, text))
    sort = tuple((field_named(register, name.lstrip("-+")), name.startswith("-")) for name in options["sort"])
    return Query(register.kind, where, sort, options["text"] or "", options["deleted"], options["limit"])


def columns_for(register: type[Entity], columns: str | None, *, whole: bool) -> list[str]:
    """Return the names of the fields that ``--columns`` asks for; ``whole`` makes it all of them by itself."""
    if columns == "all" or (whole and not columns):
        return [*register.fields(), *STAMPS]
    if columns:
        names = [field_named(register, name) for name in columns.split(",") if name.strip()]
        return list(dict.fromkeys(name for name in names if name != "ref"))
    return [field.name for field in register.columns()]


def field_named(register: type[Entity], text: str) -> str:
    """Return the name of the field a text means: its name, option or label. Raises UsageError."""
    with _wrong_usage():
        return conditions.field_named(register, text)


@contextmanager
def _wrong_usage() -> Iterator[None]:
    """Turn what cannot be asked at all into wrong usage."""
    try:
        yield
    except TrackerError as error:
        if error.code not in (WRONG, NO_COMPARISON):
            raise
        sentence = str(error)
        if error.code == NO_COMPARISON:
            sentence = f"--where {sentence} Put it in quotes: a shell takes < and > for itself."
        raise misused(sentence) from None
