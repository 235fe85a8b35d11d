"""Records as the cells of tables; made in worker threads, from values as storage gives them."""

from collections.abc import Sequence
from typing import Any

from screens.lists.columns import Column, Row
from tracker.entities import Entity, entity
from tracker.fields import Field, humanise, rating_text
from tracker.rules.reading import show
from tracker.text import plain

RATING_TONES = {
    "green": "green",
    "amber_green": "amber",
    "amber": "amber",
    "amber_red": "red",
    "red": "red",
    "not_rated": "muted",
}
QUIET = {"done", "dropped", "closed", "cancelled", "retired", "stopped"}
WIDEST = 400
LEAST_LEAD = 30
ARROW = 2  # cells that the sign of the order takes


def one_line(text: str) -> str:
    """Return a text that cannot act on a terminal, on one line."""
    return plain(text).replace("\n", " ")


def is_rating(field: Field) -> bool:
    """Return whether the values of a field are ratings, shown as mark and word."""
    return "green" in field.choices


def column(which: type[Entity], field: Field) -> Column:
    """Return how a field is shown as a column of its register."""
    label = field.label
    lead = field.name == which.lead_field
    if field.kind == "text":
        least = LEAST_LEAD if lead else 12
        return Column(field.name, label, least, WIDEST, share=3 if lead else 2, keep=lead)
    if field.target:
        whole = field.target == "person"
        least = max(len(label), 12 if whole else 8)
        return Column(field.name, label, least, 24 if whole else least, share=1 if whole else 0, keep=lead)
    right = field.kind in ("number", "money", "decimal")
    widest = {"date": 10, "yes_no": 3, "number": 6, "decimal": 8, "money": 12, "list": 12}.get(field.kind, 0)
    if field.kind == "choice":
        widest = max(len(rating_text(c) if is_rating(field) else humanise(c)) for c in _usual(field))
    widest = max(widest, len(label) + ARROW)
    return Column(field.name, label, widest, widest, right=right, keep=lead or is_rating(field))


def _usual(field: Field) -> tuple[str, ...]:
    """Return the choices that decide the width: the five-step ratings are cut rather than given room."""
    return ("green", "amber", "red", "not_rated") if is_rating(field) else field.choices


def columns(kind: str) -> list[Column]:
    """Return the columns of a register, the ref first."""
    which = entity(kind)
    first = Column("ref", "Ref", max(which.digits + len(which.prefix) + 1, 4), 12, keep=True)
    return [first, *(column(which, field) for field in which.columns())]


def cell(field: Field, value: Any) -> tuple[str, str]:
    """Return the text of a value and its tone; a rating that is missing says so."""
    if is_rating(field):
        return rating_text(value), RATING_TONES.get(value or "not_rated", "muted")
    text = one_line(show(field, value))
    return text, "muted" if field.kind == "choice" and value in QUIET else ""


def row(kind: str, names: Sequence[str], values: Sequence[Any]) -> Row:
    """Return a record as a row of its register, from uid, ref and the named values."""
    fields = entity(kind).fields()
    uid, ref, *rest = values
    made = [cell(fields[name], value) for name, value in zip(names, rest, strict=True)]
    return Row(kind, uid, (one_line(ref), *(text for text, _ in made)), ("muted", *(tone for _, tone in made)))
