"""What a list is asked for: the options of ``list`` read as a query."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import click

from tracker.entities import Entity
from tracker.entities.base import STAMPS
from tracker.errors import Invalid, Problem
from tracker.rules.reading import NotRead, nearest, read
from tracker.services.records.finding import resolve
from tracker.storage.queries import Condition, Query, stored_value
from tracker.storage.store import Store

OPERATOR = "!=|<=|>=|==|=|<|>|~"
ONLY_EQUAL = {"choice": ("=", "!=", "~"), "yes_no": ("=", "!="), "reference": ("=", "!="), "list": ("=", "~")}


def query_for(today: Callable[[], date], store: Store, which: type[Entity], options: dict[str, Any]) -> Query:
    """Return the query that the options of ``list`` ask for. Raises UsageError, TrackerError."""
    where = tuple(part for text in options["where"] for part in _conditions(today, store, which, text))
    sort = tuple((field_named(which, name.lstrip("-+")), name.startswith("-")) for name in options["sort"])
    return Query(which.kind, where, sort, options["text"] or "", options["deleted"], options["limit"])


def columns_for(which: type[Entity], wanted: str | None, *, whole: bool) -> list[str]:
    """Return the names of the fields that ``--columns`` asks for; ``whole`` makes it all of them by itself."""
    if wanted == "all" or (whole and not wanted):
        return [*which.fields(), *STAMPS]
    if wanted:
        names = [field_named(which, name) for name in wanted.split(",") if name.strip()]
        return list(dict.fromkeys(name for name in names if name != "ref"))
    return [field.name for field in which.columns()]


def field_named(which: type[Entity], text: str) -> str:
    """Return the name of the field a text means: its name, option or label. Raises UsageError."""
    name = text.strip().lower().replace("-", "_").replace(" ", "_")
    known = [*which.fields(), *STAMPS, "ref", "uid"]
    if name in known:
        return name
    if name == "date" and which.date_field:
        return which.date_field
    labels = {field.label.lower().replace(" ", "_"): field.name for field in which.fields().values()}
    if name in labels:
        return labels[name]
    if name == "kind" and f"{which.kind}_kind" in known:
        return f"{which.kind}_kind"
    guess = nearest(name, known)
    hint = f"Did you mean “{guess}”?" if guess else f"It has: {', '.join(known)}."
    raise click.UsageError(f"A {which.noun} has no field “{text.strip()}”. {hint}", click.get_current_context())


def _conditions(today: Callable[[], date], store: Store, which: type[Entity], text: str) -> list[Condition]:
    found = re.search(OPERATOR, text)
    if found is None or not text[: found.start()].strip():
        raise _misused(
            f"--where “{text}” has no comparison. Write it like --where 'status=open' or --where 'score>=12', "
            f"in quotes: a shell takes < and > for itself."
        )
    name = field_named(which, text[: found.start()])
    operator, value = found[0].replace("==", "="), text[found.end() :].strip()
    field = which.fields().get(name)
    if field is None:
        person = name.endswith("_by") and value
        return [
            Condition(name, operator, resolve(store, "person", value, deleted=True).uid if person else value or None)
        ]
    allowed = ONLY_EQUAL.get(field.kind, ())
    if allowed and operator not in allowed:
        raise _misused(f"{field.label} is compared with {' or '.join(allowed)}, not with {operator}: --where “{text}”.")
    if operator == "~" and field.kind != "list":
        return [Condition(name, "~", value.lower().replace(" ", "_") if field.kind == "choice" else value)]
    try:
        typed = read(field, value, today())
    except NotRead as error:
        raise Invalid([Problem(name, "not_read", str(error))]) from None
    if field.target and typed:
        typed = resolve(store, field.target, typed, deleted=True).uid
    if field.kind == "list" and typed:
        return [Condition(name, "has" if operator == "=" else "~", item) for item in typed]
    return [Condition(name, operator, stored_value(typed))]


def _misused(sentence: str) -> click.UsageError:
    return click.UsageError(sentence, click.get_current_context())
