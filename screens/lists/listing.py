"""What a register lists: the question put to the file, and the answer ready to be shown."""

from array import array
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from screens.lists.cells import row
from screens.lists.columns import Row
from tracker.entities import Entity, entity
from tracker.errors import TrackerError
from tracker.rules.late import urgency
from tracker.services.browsing import count, keys, window
from tracker.services.conditions import Clock, split_words
from tracker.services.late import late_of
from tracker.services.reading import Condition, Query, Store
from tracker.services.records.finding import former_names_listed
from tracker.services.records.people import links_marked

AROUND = 300  # rows read with the list itself, on each side of the cursor
GREATEST_FIRST = ("number", "decimal", "money", "date")

Sort = tuple[tuple[str, bool], ...]


class ListQuery(NamedTuple):
    """Which records of a kind a register shows, and in which order."""

    kind: str
    sort: Sort = ()
    text: str = ""
    removed: bool = False

    def question(self, store: Store, clock: Clock) -> Query:
        """Return the question as storage takes it. Raises TrackerError for a condition that cannot be read."""
        conditions, words = split_words(clock, store, entity(self.kind), self.text)
        return Query(self.kind, conditions, self.sort, words, self.removed)


class Listing(NamedTuple):
    """The keys of the records, the rows around the cursor and the newest one, and the place of the cursor.

    ``total`` is how many there are without a filter; ``said`` what is to be known of the filter.
    """

    query: ListQuery
    keys: "array[int]"
    rows: dict[int, Row]
    cursor: int
    total: int
    remark: str = ""


def usual_sort(kind: str) -> Sort:
    """Return the order a register opens in: the newest first where records are dated, else by ref."""
    register = entity(kind)
    name = register.date_field
    if name and register.fields()[name].show.column:
        return ((name, True),)
    return ()


def sorted_by(query: ListQuery, name: str) -> Sort:
    """Return the order by a field; asked for twice, it is turned round. Numbers and dates start with the greatest."""
    if query.sort and query.sort[0][0] == name:
        return ((name, not query.sort[0][1]),)
    field = entity(query.kind).fields().get(name)
    return ((name, field is not None and field.kind in GREATEST_FIRST),)


def list_records(store: Store, query: ListQuery, clock: Clock, uid: str, place: int) -> Listing:
    """Return the list with the cursor on the record with this uid, else near the place it was at.

    A condition that cannot be read is left out, and said.
    """
    try:
        question = query.question(store, clock)
        remark = ""
    except TrackerError as error:
        question = Query(query.kind, sort=query.sort, deleted=query.removed)
        remark = f"✗ {error}"
    ordered = keys(store, question)
    total = len(ordered)
    if query.text:
        total = count(store, Query(query.kind, deleted=query.removed))
    cursor = max(0, min(place, len(ordered) - 1))
    if uid:
        for key in keys(store, Query(query.kind, (Condition("uid", "=", uid),), deleted=query.removed)):
            cursor = ordered.index(key) if key in ordered else cursor
    around = list(ordered[max(0, cursor - AROUND) : cursor + AROUND])
    if ordered:
        around.append(max(ordered))  # the newest has the longest ref
    visible = rows_of(store, query.kind, around, clock())
    if question.text and not remark:
        former = former_names_listed(store, entity(query.kind), question.text, [row.uid for row in visible.values()])
        remark = " ".join(former[:1])
    return Listing(query, ordered, visible, cursor, total, remark)


def rows_of(store: Store, kind: str, row_keys: Sequence[int], today: date) -> dict[int, Row]:
    """Return the rows of these keys, ready to be shown."""
    register = entity(kind)
    names = [field.name for field in register.columns()]
    listed = window(store, kind, row_keys, names)
    marked = links_marked(store, register, names, listed.values(), today)
    by_key = {key: (uid, ref, *map(marked, values)) for key, (uid, ref, *values) in listed.items()}
    if not register.dues:
        return {key: row(kind, names, values) for key, values in by_key.items()}
    late = late_words(store, register, today, [values[0] for values in by_key.values()])
    return {key: row(kind, names, values, late.get(values[0], "")) for key, values in by_key.items()}


def late_words(store: Store, register: type[Entity], today: date, uids: Sequence[str]) -> dict[str, str]:
    """Return by how much each record is late that is, by what is late longest; not what is counted apart."""
    late = [deadline for deadline in late_of(store, register, today, uids) if not deadline.apart]
    late.sort(key=urgency, reverse=True)
    return {deadline.uid: distance(deadline.day, today) for deadline in late}


NEAR = {0: "today", 1: "tomorrow", -1: "1 day late"}


def distance(day: date, today: date) -> str:
    """Return how far a day is from today, in at most 13 characters: ``6 days late``, ``today``, ``in 5 days``."""
    days = (day - today).days
    if days in NEAR:
        return NEAR[days]
    if days > 0:
        return f"in {days} days"
    if days > -1000:
        return f"{-days} days late"
    return f"{-days // 365} years late"


def summary(listing: Listing) -> str:
    """Return how much is shown, in which order, in words."""
    query = listing.query
    number = f"{len(listing.keys):,}"
    if query.text:
        number += f" of {listing.total:,}"
    if query.removed:
        number += " removed"
    parts = [number]
    if query.sort:
        parts.append(_order(query))
    if query.removed:
        parts.append("r brings one back, d goes back to the list")
    return " · ".join(parts)


def _order(query: ListQuery) -> str:
    name, descending = query.sort[0]
    field = entity(query.kind).fields().get(name)
    label = field.label if field else "Ref"
    if label.istitle():
        label = label.lower()
    return f"by {label} {'↓' if descending else '↑'}"


def nothing(listing: Listing) -> str:
    """Return what an empty list says."""
    plural = entity(listing.query.kind).plural
    if listing.query.text:
        return f"None of the {listing.total:,} {plural} fits the filter; Esc clears it."
    if listing.query.removed:
        return f"No {plural} were removed; d goes back to the list."
    return f"No {plural} yet: press a to add the first."
