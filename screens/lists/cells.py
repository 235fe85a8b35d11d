"""Records as the cells of tables; made in worker threads, from values as storage gives them."""

from collections.abc import Sequence

from screens.lists.columns import ARROW, Column, Row
from tracker.entities import Entity, entity
from tracker.fields import Field, Nothing, humanise, rating_text
from tracker.ratings import SCALES, Rated
from tracker.rules.reading import show
from tracker.rules.wording import WORKED_OUT
from tracker.text import plain

RATING_TONES = {
    "green": "green",
    "amber_green": "amber",
    "amber": "amber",
    "amber_red": "red",
    "red": "red",
}
QUIET = {"done", "dropped", "closed", "cancelled", "retired", "stopped"}
WIDTHS = {"date": 10, "yes_no": 3, "number": 6, "decimal": 8, "money": 12, "list": 12}  # by the kind of field
RIGHT = ("number", "money", "decimal")
WIDEST = 400
LEAST_LEAD = 28
LEAST_TEXT = 12
LEAST_PERSON = 12
WIDEST_PERSON = 24
LEAST_REF = 8
LATE = "late"
LATE_WIDTH = 13


def one_line(text: str) -> str:
    """Return a text that cannot act on a terminal, on one line."""
    return plain(text).replace("\n", " ")


def is_rating(field: Field) -> bool:
    """Return whether the values of a field are ratings, shown as mark and word."""
    return "green" in field.choices


def rating_cell(value: object) -> tuple[str, str]:
    """Return the text of a rating and its tone; one that is missing is muted, and says so."""
    rating = value if isinstance(value, str) else None
    return rating_text(rating), RATING_TONES.get(rating or "", "muted")


def column(register: type[Entity], field: Field) -> Column:
    """Return how a field is shown as a column of its register."""
    label = field.label
    lead = field.name == register.lead_field
    if field.kind == "text" and lead:
        return Column(field.name, label, LEAST_LEAD, WIDEST, share=3, keep=True)
    if field.kind == "text":
        return Column(field.name, label, LEAST_TEXT, WIDEST, share=2)
    if field.target == "person":
        return Column(field.name, label, max(len(label), LEAST_PERSON), WIDEST_PERSON, share=1, keep=lead)
    if field.target:
        width = max(len(label), LEAST_REF)
        return Column(field.name, label, width, width, keep=lead)
    width = max(len(label) + ARROW, WIDTHS.get(field.kind, 0), *map(len, _usual_choices(field)))
    if field.reckoned:
        width += len(f" ({WORKED_OUT})")
    return Column(field.name, label, width, width, right=field.kind in RIGHT, keep=lead or is_rating(field))


def _usual_choices(field: Field) -> list[str]:
    """Return the choices that decide the width; of ratings the words of every scale."""
    if field.scale:
        return [rating_text(Rated(code, name)) for name, scale in SCALES.items() for code in scale.words]
    if is_rating(field):
        return [rating_text(rating) for rating in field.choices if rating != "not_enough"]
    if field.kind == "choice":
        return [humanise(choice) for choice in field.choices]
    return []


def columns(kind: str) -> list[Column]:
    """Return the columns of a register: the ref, what is late where something can be, and the fields."""
    register = entity(kind)
    ref = Column("ref", "Ref", max(register.digits + len(register.prefix) + 1, 4), 12, keep=True)
    fields = [column(register, field) for field in register.columns()]
    if register.dues:
        fields.insert(0, Column(LATE, "Late", LATE_WIDTH, LATE_WIDTH, keep=True))
    return [ref, *fields]


def cell(field: Field, value: object) -> tuple[str, str]:
    """Return the text of a value and its tone."""
    if isinstance(value, Nothing):
        return one_line(value.brief), "muted"
    if is_rating(field):
        return rating_cell(value)
    quiet = field.kind == "choice" and value in QUIET
    return one_line(show(field, value)), "muted" if quiet else ""


def row(kind: str, names: Sequence[str], values: tuple[str, str, *tuple[object, ...]], late: str | None = None) -> Row:
    """Return a record as a row of its register, from uid, ref and the named values.

    ``late`` says in words how late it is (empty: it is not); None where the register has no such column.
    """
    fields = entity(kind).fields()
    uid, ref, *columns = values
    cells = [(one_line(ref), "muted")]
    if late is not None:
        cells.append((late, LATE))
    cells += [cell(fields[name], value) for name, value in zip(names, columns, strict=True)]
    texts, tones = zip(*cells, strict=True)
    return Row(kind, uid, texts, tones)
