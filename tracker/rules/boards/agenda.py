"""The items of an agenda in their order, each with its number, and decisions on it that nobody seeks yet."""

from collections.abc import Iterable

from tracker.entities import AgendaItem, Decision
from tracker.rules.day import Day
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


def not_sought(evidence: Day, meeting: str, items: Iterable[AgendaItem]) -> list[Decision]:
    """Return the decisions put down for a meeting (a uid), or on its agenda, that are drafts or deferred; by ref.

    Papers say of a decision that it is sought only when its status says so.
    """
    on_agenda = {item.decision for item in items}
    return sorted(
        (
            decision
            for decision in evidence.all(Decision)
            if decision.status in ("draft", "deferred") and (decision.board == meeting or decision.uid in on_agenda)
        ),
        key=lambda decision: natural_order(decision.ref),
    )
