"""All that is wrong with the values of a record, at once, each as a sentence.

The rules stand in the annotations of the entity; here pydantic enforces them. It is loaded when something
must be explained: the CHECKs of the table, made from the same annotations, guard the plain case, and a
test holds that both give the same verdict on every boundary.
"""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from tracker.entities import entity
from tracker.entities.base import Entity, Values
from tracker.errors import Problem
from tracker.fields import Field

if TYPE_CHECKING:
    from pydantic import BaseModel

HOLDS = 2**63 - 1  # the largest number a file can hold


def _annotation(field: Field) -> Any:
    from pydantic import Field as Rule
    from pydantic import StrictBool, StrictFloat, StrictInt, StringConstraints

    kind: Any
    match field.kind:
        case "choice":
            kind = Literal[field.choices]
        case "number" | "money":
            most = HOLDS if field.most is None else field.most
            kind = Annotated[StrictInt, Rule(ge=-HOLDS if field.least is None else field.least, le=most)]
        case "decimal":
            # The CHECKs of the table cannot refuse a number that is not finite; reading a text does.
            rule = Rule(ge=field.least, le=field.most, allow_inf_nan=False)
            kind = Annotated[StrictFloat, rule]
        case "yes_no":
            kind = StrictBool
        case "date":
            kind = Annotated[date, Rule(strict=True)]
        case "list":
            item: Any = Literal[field.choices] if field.choices else str
            kind = Annotated[tuple[item, ...], Rule(max_length=field.longest or None)]
        case "reference":
            kind = Annotated[str, StringConstraints(strict=True, min_length=36, max_length=36)]
        case _:
            least = max(field.shortest, 0 if field.optional else 1)
            pattern = f"^{field.glob}$" if field.glob else None
            kind = Annotated[
                str, StringConstraints(strict=True, min_length=least, max_length=field.longest or None, pattern=pattern)
            ]
    return kind | None if field.optional else kind


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
    found: dict[str, Problem] = {}
    try:
        model(kind).model_validate(stored)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_context=True):
            name = str(one["loc"][0])
            message = _sentence(kind.fields()[name], one["type"], stored[name])
            found.setdefault(name, Problem(name, one["type"], message))
    for problem in kind.broken_laws(values):
        found.setdefault(problem.field, problem)
    return list(found.values())


def _sentence(field: Field, type_: str, value: Any) -> str:
    if value is None or (value == "" and type_ == "string_too_short"):
        return f"{field.label} is needed."
    if type_ == "string_too_long":
        return f"{field.label} may have {field.longest} characters at most; this has {len(value)}."
    if type_ == "string_too_short":
        return f"{field.label} needs at least {field.shortest} characters; this has {len(value)}."
    if type_ == "too_long":
        return f"{field.label} may have {field.longest} entries at most; this has {len(value)}."
    if type_ in ("greater_than_equal", "less_than_equal") and abs(value) > HOLDS:
        return f"{field.label} is larger than any number that can be kept."
    if type_ in ("greater_than_equal", "less_than_equal"):
        if field.most is None:
            return f"{field.label} must be {field.least} or more; you gave {value}."
        return f"{field.label} must be from {field.least} to {field.most}; you gave {value}."
    if type_ == "literal_error" and field.choices:
        return f"{field.label} cannot be “{value}”. Choose one of: {', '.join(field.choices)}."
    if field.shape:
        return f"{field.label} must be {field.shape}; “{value}” is not."
    kinds = {
        "number": "a whole number",
        "decimal": "a number",
        "money": "an amount",
        "yes_no": "yes or no",
        "date": "a date",
    }
    return f"{field.label} must be {kinds.get(field.kind, 'plain text')}; “{value}” is not."
