"""What is shown of a meeting: the item that is talked about, the list of items, and how long it has taken."""

from collections.abc import Iterator, Sequence

from screens.record.lines import Drawn
from tracker.entities import AgendaItem, BoardMeeting, Decision
from tracker.fields import humanise
from tracker.reports.lines.drawn import wrap_hanging
from tracker.rules.wording import counted, short, show_date
from tracker.services.agenda import AgendaAction, AgendaEntry

BLANK = ("", "")


def item_lines(current: AgendaEntry, width: int) -> list[Drawn]:
    """Return an item as it is presented: what is asked, the options, what was decided, the actions, the minutes."""
    item, decision, actions, aside = current
    lines: list[Drawn] = [
        *wrap_hanging("", item.title, width, tone="strong"),
        *wrap_hanging("", _about(item), width, tone="muted"),
    ]
    if aside:
        lines += wrap_hanging("▲ ", aside, width)
    if decision is not None:
        lines += _decision_lines(decision, width)
    if actions:
        lines += [BLANK, ("Actions", "strong")]
    for action in actions:
        lines += wrap_hanging("• ", _action(action), width)
    lines += [BLANK, ("Minutes", "strong"), *wrap_hanging("", item.minutes or "None written yet: m", width)]
    return lines


def no_item_lines(board: BoardMeeting, width: int) -> list[Drawn]:
    """Return what stands in place of an item while the agenda is empty."""
    return [*wrap_hanging("", f"Put items on the agenda: press a on the page of {board.ref}", width)]


def _decision_lines(decision: Decision, width: int) -> Iterator[Drawn]:
    yield BLANK
    yield from wrap_hanging("", f"{decision.ref} {decision.title}", width, tone="strong")
    yield from wrap_hanging("", decision.question or "", width)
    for number, option in enumerate((decision.options or "").splitlines(), 1):
        yield from wrap_hanging(f"  {number}. ", option, width)
    if decision.recommendation:
        whose = "Requester recommends: " if decision.requested_by else "Recommended to the board: "
        yield from wrap_hanging(whose, decision.recommendation, width, mark_tone="strong")
    if decision.status == "taken":
        yield from wrap_hanging("✓ ", f"Decided: {humanise(decision.outcome or 'noted').lower()}", width, tone="strong")
    elif decision.status != "sought":
        yield from wrap_hanging("", f"The decision is {humanise(decision.status).lower()}.", width)


def _action(agreed: AgendaAction) -> str:
    action = agreed.action
    return f"{action.ref} {action.text} ({agreed.owner or 'no owner'}, due {show_date(action.due)})"


def _about(item: AgendaItem) -> str:
    parts = [humanise(item.item_kind)]
    if item.minutes_planned:
        parts.append(counted(item.minutes_planned, "minute"))
    if item.presenter:
        parts.append(f"presented by {item.presenter}")
    if item.paper:
        parts.append(item.paper)
    return " · ".join(parts)


def agenda_lines(items: Sequence[AgendaEntry], place: int, width: int) -> list[Drawn]:
    """Return the items one under another, each with a mark: ✓ settled, ▶ shown, · to come."""
    lines: list[Drawn] = []
    for n, row in enumerate(items):
        tone = "strong" if n == place else ""
        lines.append((short(f"{_mark(row, n == place)} {n + 1} {row.item.title}", width), tone))
    return lines


def agenda_strip(items: Sequence[AgendaEntry], place: int) -> str:
    """Return the items by number on one line, where there is no room for their names."""
    return "  ".join(f"{_mark(row, n == place)}{n + 1}" for n, row in enumerate(items))


def _mark(row: AgendaEntry, current: bool) -> str:
    if current:
        return "▶"
    return "✓" if row.settled else "·"


def time_words(spent: float, planned: int | None) -> str:
    """Return how long an item has been talked about, given in seconds, against the minutes planned for it."""
    minutes = int(spent // 60)
    if planned is None:
        return counted(minutes, "minute")
    text = f"{minutes} of {counted(planned, 'minute')}"
    return f"{text} ▲ {minutes - planned} over" if minutes > planned else text
