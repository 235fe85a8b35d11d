"""What a list is asked for: the options of ``list`` read as a query."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from tracker.cli.shell import misused
from tracker.entities import Entity
from tracker.errors import Invalid, Problem, TrackerError
from tracker.fields import MARKS, Nothing, earliest, latest, precision_of
from tracker.rules.reading import NotRead, nearest, read
from tracker.services.reading import STAMPS, Condition, Query, Store, stored_value
from tracker.services.records.conventions import needed_for
from tracker.services.records.finding import resolve_ref

OPERATOR = "!=|<=|>=|==|=|<|>|~"
ONLY_EQUAL = {"choice": ("=", "!=", "~"), "yes_no": ("=", "!="), "reference": ("=", "!="), "list": ("=", "~")}


def query_for(today: Callable[[], date], store: Store, register: type[Entity], options: dict[str, Any]) -> Query:
    """Return the query that the options of ``list`` ask for. Raises UsageError, TrackerError."""
    where = tuple(part for text in options["where"] for part in _conditions(today, store, register, text))
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
    name = text.strip().lower().replace("-", "_").replace(" ", "_")
    names = [*register.fields(), *STAMPS, "ref", "uid"]
    aliases = {field.label.lower().replace(" ", "_"): field.name for field in register.fields().values()}
    if register.date_field:
        aliases["date"] = register.date_field
    if f"{register.kind}_kind" in names:
        aliases.setdefault("kind", f"{register.kind}_kind")
    if name in names:
        return name
    if name in aliases:
        return aliases[name]
    guess = nearest(name, names)
    hint = f"Did you mean “{guess}”?" if guess else f"It has: {', '.join(names)}."
    raise misused(f"A {register.noun} has no field “{text.strip()}”. {hint}")


def _conditions(today: Callable[[], date], store: Store, register: type[Entity], text: str) -> list[Condition]:
    match = re.search(OPERATOR, text)
    if match is None or not text[: match.start()].strip():
        raise misused(
            f"--where “{text}” has no comparison. Write it like --where 'status=open' or --where 'score>=12', "
            f"in quotes: a shell takes < and > for itself."
        )
    name = field_named(register, text[: match.start()])
    operator, value = match[0].replace("==", "="), text[match.end() :].strip()
    field = register.fields().get(name)
    if field is None:
        if name.endswith("_by") and value:
            value = resolve_ref(store, "person", value, deleted=True).uid
        if name == "ref" and operator in ("=", "!="):
            value = _ref(store, register, value)
        return [Condition(name, operator, value or None)]
    allowed = ONLY_EQUAL.get(field.kind, ())
    if allowed and operator not in allowed:
        raise misused(f"{field.label} is compared with {' or '.join(allowed)}, not with {operator}: --where “{text}”.")
    if operator == "~" and field.kind == "choice":
        return [Condition(name, "~", value.lower().replace(" ", "_"))]
    if operator == "~" and field.kind != "list":
        return [Condition(name, "~", value)]
    try:
        typed: Any = read(field, value, today(), needed_for(store, register, {name: value}))
    except NotRead as error:
        raise Invalid([Problem(name, "not_read", str(error))]) from None
    if isinstance(typed, Nothing):
        return [Condition(name, "unsaid" if operator == "!=" else "said", typed.kind)]
    if precision_of(typed):
        return _within(name, operator, typed)
    if field.stateful and value.lower() == "missing" and operator in ("=", "!="):
        return _missing(name, operator)
    if field.target and typed:
        typed = resolve_ref(store, field.target, typed, deleted=True).uid
    if field.kind == "list" and typed:
        operator = operator.replace("=", "has")
        return [Condition(name, operator, item) for item in typed]
    return [Condition(name, operator, stored_value(typed))]


def _ref(store: Store, register: type[Entity], text: str) -> str:
    """Return the ref of the record that a text names; the text itself where it names none."""
    try:
        return resolve_ref(store, register.kind, text, deleted=True).ref
    except TrackerError:
        return text


def _missing(name: str, operator: str) -> list[Condition]:
    """Return what finds records in which a field holds nothing and nobody says why, or the others."""
    if operator == "!=":
        return [Condition(name, "answered", None)]
    others = [Condition(name, "unsaid", kind) for kind in MARKS if kind != "missing"]
    return [Condition(name, "=", None), *others]


def _within(name: str, operator: str, day: date) -> list[Condition]:
    """Return the conditions on a month, quarter or year: in it, before it, behind it."""
    first, last = stored_value(earliest(day)), stored_value(latest(day))
    match operator:
        case "=":
            return [Condition(name, ">=", first), Condition(name, "<=", last)]
        case "<" | ">=":
            return [Condition(name, operator, first)]
        case ">" | "<=":
            return [Condition(name, operator, last)]
    raise misused(f"“{operator}” does not go with a month, quarter or year: use = < <= > or >=.")
