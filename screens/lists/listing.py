"""What a register lists: the question put to storage, and the answer ready to be shown."""

from array import array
from typing import NamedTuple

from screens.lists.cells import row
from screens.lists.columns import Row
from tracker.entities import entity
from tracker.storage.queries import Condition, Query, count, keys, window
from tracker.storage.store import Store

AROUND = 300  # rows read with the list itself, on each side of the cursor

Sort = tuple[tuple[str, bool], ...]


class Asked(NamedTuple):
    """Which records of a kind a register shows, and in which order."""

    kind: str
    sort: Sort = ()
    text: str = ""
    removed: bool = False

    @property
    def query(self) -> Query:
        """The question as storage takes it."""
        return Query(self.kind, sort=self.sort, text=self.text, deleted=self.removed)


class Listed(NamedTuple):
    """The keys of the records, the rows around the cursor and the newest one, and the place of the cursor.

    ``total`` is how many there are without a filter.
    """

    asked: Asked
    keys: "array[int]"
    rows: dict[int, Row]
    at: int
    total: int


def usual_sort(kind: str) -> Sort:
    """Return the order a register opens in: the newest first where records are dated, else by ref."""
    which = entity(kind)
    dated = which.date_field and which.fields()[which.date_field].show.column
    return ((which.date_field, True),) if dated else ()


def sorted_by(asked: Asked, name: str) -> Sort:
    """Return the order by a field; asked for twice, it is turned round. Numbers and dates start with the greatest."""
    if asked.sort and asked.sort[0][0] == name:
        return ((name, not asked.sort[0][1]),)
    field = entity(asked.kind).fields().get(name)
    return ((name, field is not None and field.kind in ("number", "decimal", "money", "date")),)


def listed(store: Store, asked: Asked, uid: str, place: int) -> Listed:
    """Return the list with the cursor on the record with this uid, else near the place it was at."""
    found = keys(store, asked.query)
    total = count(store, Query(asked.kind, deleted=asked.removed)) if asked.text else len(found)
    at = max(0, min(place, len(found) - 1))
    if uid:
        here = keys(store, Query(asked.kind, (Condition("uid", "=", uid),), deleted=asked.removed))
        if here and here[0] in found:
            at = found.index(here[0])
    around = list(found[max(0, at - AROUND) : at + AROUND])
    newest = [max(found)] if found else []  # it has the longest ref
    return Listed(asked, found, rows_of(store, asked.kind, around + newest), at, total)


def rows_of(store: Store, kind: str, wanted: "array[int] | list[int]") -> dict[int, Row]:
    """Return the rows of these keys, ready to be shown."""
    names = [field.name for field in entity(kind).columns()]
    return {key: row(kind, names, values) for key, values in window(store, kind, wanted, names).items()}


def summary(found: Listed) -> str:
    """Return how much is shown, in which order, in words."""
    asked = found.asked
    number = f"{len(found.keys):,}" + (f" of {found.total:,}" if asked.text else "")
    parts = [number + (" removed" if asked.removed else "")]
    if asked.sort:
        name, descending = asked.sort[0]
        fields = entity(asked.kind).fields()
        label = fields[name].label if name in fields else "Ref"
        parts.append(f"by {label.lower() if label.istitle() else label} {'↓' if descending else '↑'}")
    if asked.removed:
        parts.append("r brings one back, d goes back to the list")
    return " · ".join(parts)


def nothing(found: Listed) -> str:
    """Return what an empty list says."""
    which = entity(found.asked.kind)
    if found.asked.text:
        return f"None of the {found.total:,} {which.plural} holds these words; Esc clears them."
    if found.asked.removed:
        return f"No {which.plural} were removed; d goes back to the list."
    return f"No {which.plural} yet: press a to add the first."
