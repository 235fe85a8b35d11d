"""The items of an agenda in their order, each with its number."""

from collections.abc import Iterable

from tracker.entities import AgendaItem
from tracker.text import natural_order


def numbered(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Return the items in order, those without a number last; each of these has that of its place.

    What is left out of them afterwards leaves a hole, and moves no number.
    """
    ordered = sorted(items, key=lambda item: (item.item_order is None, item.item_order or 0, natural_order(item.ref)))
    return [
        item if item.item_order else AgendaItem(**{**vars(item), "item_order": number})
        for number, item in enumerate(ordered, 1)
    ]
