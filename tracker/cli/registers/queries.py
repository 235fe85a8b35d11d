"""What a list is asked for: the options of ``list`` read as a query."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.cli.registers.lateness import LATE, is_late
from tracker.cli.shell import Session, misused
from tracker.entities import Entity
from tracker.errors import TrackerError
from tracker.services.reading import STAMPS, Query, Store

if TYPE_CHECKING:
    from tracker.services.conditions import Conditions


def query_for(session: Session, store: Store, register: type[Entity], options: dict[str, Any], day: date) -> Query:
    """Return the query that the options of ``list`` ask for; ``day`` is that of the list. Raises what says why not.

    UsageError, TrackerError.
    """
    texts = [text for text in options["where"] if text.strip().lower() != LATE]
    conditions_asked = _conditions(session, store, register, texts) if texts else ()
    if options["late"] or len(texts) < len(options["where"]):
        conditions_asked += (is_late(store, register, day),)
    sort = tuple((field_named(register, name.lstrip("-+")), name.startswith("-")) for name in options["sort"])
    text = options["text"] or ""
    limit = options["limit"]
    return Query(register.kind, conditions_asked, sort, text, options["deleted"], limit)


def _conditions(session: Session, store: Store, register: type[Entity], texts: Sequence[str]) -> "Conditions":
    """Return the conditions that ``--where`` asks for; most lists do without what reads them."""
    from tracker.services.conditions import conditions_in

    with _wrong_usage():
        return tuple(part for text in texts for part in conditions_in(session.today, store, register, text))


def former_names(store: Store, register: type[Entity], text: str | None, uids: list[str]) -> list[str]:
    """Return sentences that say by which former names a list holds records, where words were asked for."""
    if not text:
        return []
    from tracker.services.records.finding import former_names_listed

    return former_names_listed(store, register, text, uids)


def columns_for(register: type[Entity], columns: str | None, *, whole: bool) -> list[str]:
    """Return the names of the fields that ``--columns`` asks for; ``whole`` makes it all of them by itself."""
    if columns == "all" or (whole and not columns):
        return [*register.fields(), *STAMPS]
    if columns:
        names = [_column_named(register, name) for name in columns.split(",") if name.strip()]
        return list(dict.fromkeys(name for name in names if name != "ref"))
    return [field.name for field in register.columns()]


def _column_named(register: type[Entity], text: str) -> str:
    """Return the name of a column of a list: a field, or what is late. Raises UsageError."""
    if text.strip().lower() == LATE:
        return LATE
    return field_named(register, text)


def field_named(register: type[Entity], text: str) -> str:
    """Return the name of the field a text means: its name, option or label. Raises UsageError."""
    from tracker.services import conditions

    with _wrong_usage():
        return conditions.field_named(register, text)


@contextmanager
def _wrong_usage() -> Iterator[None]:
    """Turn what cannot be asked at all into wrong usage."""
    from tracker.cli.shell.mending import in_shell
    from tracker.services.conditions import NO_COMPARISON, NO_FIELD, WRONG

    try:
        yield
    except TrackerError as error:
        if error.code not in (WRONG, NO_COMPARISON, NO_FIELD):
            raise
        sentence = in_shell(error)
        if error.code == NO_COMPARISON:
            sentence = f"--where {sentence} Put it in quotes: a shell takes < and > for itself."
        raise misused(sentence) from None
