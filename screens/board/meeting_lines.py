"""What is shown of a meeting: the item that is talked about, the list of items, and how long it has taken."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from screens.record.extra import Drawn
from tracker.fields import humanise
from tracker.reports.lines.drawn import hung
from tracker.rules.when import show_date
from tracker.rules.wording import counted, short


class Called(NamedTuple):
    """An agenda item with the decision that is sought under it (None without) and the actions it gave rise to.

    Each action is its ref, what is to be done, who owns it and when it is due.
    """

    item: Any
    decision: Any | None
    actions: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Whether it was decided, or has minutes."""
        return bool(self.item.minutes) or (self.decision is not None and self.decision.status == "taken")


def action_words(action: Any, owner: str) -> str:
    """Return an action as it is read out."""
    return f"{action.ref} {action.text} ({owner or 'no owner'}, due {show_date(action.due)})"


def item_lines(called: Called, width: int) -> list[Drawn]:
    """Return an item as it is presented: what is asked, the options, what was decided, the actions, the minutes."""
    item, decision, actions = called
    lines: list[Drawn] = [*hung("", item.title, width, tone="strong"), *hung("", _kind(item), width, tone="muted")]
    if decision is not None:
        lines += [("", ""), *hung("", f"{decision.ref} {decision.title}", width, tone="strong")]
        lines += hung("", decision.question or "", width)
        for number, option in enumerate((decision.options or "").splitlines(), 1):
            lines += hung(f"  {number}. ", option, width)
        if decision.recommendation:
            lines += hung("Recommended: ", decision.recommendation, width, mark_tone="strong")
        if decision.status == "taken":
            lines += hung("✓ ", f"Decided: {humanise(decision.outcome or 'noted').lower()}", width, tone="strong")
        elif decision.status != "sought":
            lines += hung("", f"The decision is {humanise(decision.status).lower()}.", width)
    if actions:
        lines += [("", ""), ("Actions", "strong"), *(line for one in actions for line in hung("• ", one, width))]
    lines += [("", ""), ("Minutes", "strong"), *hung("", item.minutes or "None written yet: m", width)]
    return lines


def _kind(item: Any) -> str:
    parts = [humanise(item.item_kind), counted(item.minutes_planned, "minute") if item.minutes_planned else ""]
    parts += [f"presented by {item.presenter}" if item.presenter else "", item.paper or ""]
    return " · ".join(part for part in parts if part)


def agenda_lines(items: Sequence[Called], at: int, width: int) -> list[Drawn]:
    """Return the items one under another, each with a mark: ✓ settled, ▶ shown, · to come."""
    return [
        (short(f"{_mark(one, n == at)} {n + 1} {one.item.title}", width), "strong" if n == at else "")
        for n, one in enumerate(items)
    ]


def agenda_strip(items: Sequence[Called], at: int) -> str:
    """Return the items by number on one line, where there is no room for their names."""
    return "  ".join(f"{_mark(one, n == at)}{n + 1}" for n, one in enumerate(items))


def _mark(one: Called, shown: bool) -> str:
    return "▶" if shown else "✓" if one.done else "·"


def time_words(spent: float, planned: int | None) -> str:
    """Return how long an item has been talked about, given in seconds, against the minutes planned for it."""
    minutes = int(spent // 60)
    if planned is None:
        return counted(minutes, "minute")
    over = f" ▲ {minutes - planned} over" if minutes > planned else ""
    return f"{minutes} of {counted(planned, 'minute')}{over}"
