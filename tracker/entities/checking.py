"""All that is wrong with the values of a record, at once, each as a sentence.

The rules stand in the annotations of the entity; here pydantic enforces them. It is loaded when something
must be explained: the CHECKs of the table and Entity.lacking, from the same annotations, guard the plain case,
and a test holds that both give the same verdict on every boundary.
"""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from tracker.entities import entity
from tracker.entities.base import Entity
from tracker.errors import Problem
from tracker.fields import MINUTES, SHARE, Field, Value, Values

if TYPE_CHECKING:
    from pydantic import BaseModel

HOLDS = 2**63 - 1  # the largest number a file can hold


def _annotation(field: Field) -> Any:
    annotation = _required(field)
    return annotation | None if field.optional else annotation


def _required(field: Field) -> Any:
    from pydantic import Field as Rule
    from pydantic import StrictBool, StrictFloat, StrictInt, StringConstraints

    longest = field.longest or None
    match field.kind:
        case "choice":
            return Literal[field.choices]
        case "number" | "money":
            least = -HOLDS if field.least is None else field.least
            return Annotated[StrictInt, Rule(ge=least, le=HOLDS if field.most is None else field.most)]
        case "decimal":
            # The CHECKs of the table cannot refuse a number that is not finite; reading a text does.
            return Annotated[StrictFloat, Rule(ge=field.least, le=field.most, allow_inf_nan=False)]
        case "yes_no":
            return StrictBool
        case "date":
            return Annotated[date, Rule(strict=True)]
        case "list":
            item: Any = Literal[field.choices] if field.choices else str
            return Annotated[tuple[item, ...], Rule(max_length=longest)]
        case "reference":
            return Annotated[str, StringConstraints(strict=True, min_length=36, max_length=36)]
    rule = StringConstraints(
        strict=True,
        min_length=max(field.shortest, not field.optional),
        max_length=longest,
        pattern=f"^{field.glob}$" if field.glob else None,
    )
    return Annotated[str, rule]


def model(kind: type[Entity]) -> "type[BaseModel]":
    """Return the pydantic model of what is stored of an entity."""
    return _model(kind.kind)


@cache
def _model(name: str) -> "type[BaseModel]":
    from pydantic import ConfigDict, create_model

    kind = entity(name)
    definitions: dict[str, Any] = {field.name: (_annotation(field), ...) for field in kind.stored()}
    return create_model(kind.__name__, __config__=ConfigDict(extra="forbid"), **definitions)


def problems(kind: type[Entity], values: Values) -> list[Problem]:
    """Return what is wrong with the stored values of a record: the first problem of each field, then broken laws.

    The code of a problem is the type that pydantic gives its error, or the name of the law.
    """
    from pydantic import ValidationError

    stored = {field.name: values.get(field.name) for field in kind.stored()}
    problems: dict[str, Problem] = {}
    try:
        model(kind).model_validate(stored)
    except ValidationError as error:
        for details in error.errors(include_url=False, include_context=True):
            name = str(details["loc"][0])
            code = details["type"]
            problems.setdefault(name, Problem(name, code, _sentence(kind.fields()[name], code, stored[name])))
    for problem in kind.broken_laws(values):
        problems.setdefault(problem.field, problem)
    return list(problems.values())


VALUES = {
    "number": "a whole number",
    "decimal": "a number",
    "money": "an amount",
    "yes_no": "yes or no",
    "date": "a date",
}


def _told(field: Field, value: Value) -> str:
    """Return a number as people write it who gave it: an amount in whole units, a share in per cent."""
    from decimal import Decimal

    if isinstance(value, int | float) and field.kind == "money":
        return format((Decimal(repr(value)) / 100).normalize(), "f")
    if isinstance(value, int | float) and SHARE in field.flags:
        return format((Decimal(repr(value)) * 100).normalize(), "f") + "%"
    return str(value) + " minutes" * (MINUTES in field.flags)


def _sentence(field: Field, code: str, value: Value) -> str:
    """Return what is wrong with a value, by the type that pydantic gives its error."""
    label = field.label
    size = len(value) if isinstance(value, str | tuple) else 0
    if value is None or (value == "" and code == "string_too_short"):
        return f"{label} is needed."
    match code:
        case "string_too_long":
            return f"{label} may have {field.longest} characters at most; this has {size}."
        case "string_too_short":
            return f"{label} needs at least {field.shortest} characters; this has {size}."
        case "too_long":
            return f"{label} may have {field.longest} entries at most; this has {size}."
        case "greater_than_equal" | "less_than_equal" if isinstance(value, int | float) and abs(value) > HOLDS:
            return f"{label} is larger than any number that can be kept."
        case "greater_than_equal" | "less_than_equal" if field.most is None:
            why = " A price is never below zero." if field.kind == "money" else ""
            return f"{label} must be {_told(field, field.least)} or more; you gave {_told(field, value)}.{why}"
        case "greater_than_equal" | "less_than_equal":
            limits = f"{_told(field, field.least)} to {_told(field, field.most)}"
            return f"{label} must be from {limits}; you gave {_told(field, value)}."
        case "literal_error" if field.choices:
            return f"{label} cannot be “{value}”. Choose one of: {', '.join(field.choices)}."
    rule = field.shape or VALUES.get(field.kind, "plain text")
    return f"{label} must be {rule}; “{value}” is not."
