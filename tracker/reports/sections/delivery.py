"""Overdue actions and money of a summary."""

from typing import Any

from tracker.reports.data import SummaryData
from tracker.reports.model import Block, Column, Facts, Missing, Paragraph, Section, Table
from tracker.rules.differences import overdue
from tracker.rules.reading import amount
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed, short

ACTIONS_SHOWN = 5
PILOTS_NAMED = 12


def actions(data: SummaryData) -> Section:
    """Return the overdue actions, the oldest first."""
    live = [action for action in data.now.of("action") if action.status in ("open", "in_progress")]
    late = sorted((a for a in live if overdue("action", a, data.now)), key=lambda a: (a.due, a.ref))
    title = "Overdue actions"
    if not late:
        said = f"None of {counted(len(live), 'open action')} is overdue." if live else "No open action is recorded."
        return Section("actions", title, (Missing(said),))
    blocks: list[Block] = [Paragraph(f"{len(late)} of {counted(len(live), 'open action')} overdue.")]
    columns = (Column("Action"), Column("Owner"), Column("Due"), Column("Days late", "right"))
    rows = tuple(_row(data, action) for action in late[:ACTIONS_SHOWN])
    more = [action.ref for action in late[ACTIONS_SHOWN:]]
    note = f"Also overdue: {listed(more, 20)}." if more else ""
    blocks.append(Table("actions", "Overdue actions, the oldest first", columns, rows, note=note))
    return Section("actions", title, tuple(blocks))


def _row(data: SummaryData, action: Any) -> tuple[str, ...]:
    times = data.facts.moves.get((action.uid, "due"), 0)
    return (
        f"{action.ref} {short(action.text, 90)}",
        data.now.person(action.owner),
        show_date(action.due) + (f" (re-dated {_times(times)})" if times else ""),
        f"{(data.now.day - action.due).days}",
    )


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def money(data: SummaryData) -> Section:
    """Return budget, forecast and variance of the pilots that have both, and which have not."""
    both = [p for p in data.running if p.budget is not None and p.forecast_cost is not None]
    missing = [p for p in data.running if p not in both]
    blocks: list[Block] = []
    if both:
        budget, forecast = sum(p.budget for p in both), sum(p.forecast_cost for p in both)
        programme = data.now.programme
        currency = f"{programme.currency} " if programme is not None else ""
        counted_pilots = f"{len(both)} of {counted(len(data.running), 'running pilot')}"
        items = (
            ("Counted", counted_pilots),
            ("Budget", f"{currency}{amount(budget)}"),
            ("Forecast", f"{currency}{amount(forecast)}"),
            ("Variance", f"{currency}{_signed(forecast - budget)}{_share(forecast - budget, budget)}"),
        )
        blocks.append(Facts(items))
    else:
        blocks.append(Missing("No pilot has both a budget and a forecast recorded."))
    if both and missing:
        names = [f"{p.ref} ({_lacks(p)})" for p in missing]
        blocks.append(Paragraph(f"Not in these figures: {listed(names, PILOTS_NAMED)}."))
    return Section("money", "Money", tuple(blocks))


def _signed(minor: int) -> str:
    return f"+{amount(minor)}" if minor > 0 else amount(minor)


def _share(part: int, whole: int) -> str:
    if whole == 0:
        return ""
    tenths = (abs(part) * 2000 + whole) // (2 * whole)
    sign = "-" if part < 0 and tenths else "+" if tenths else ""
    return f" ({sign}{tenths // 10}.{tenths % 10} %)"


def _lacks(pilot: Any) -> str:
    lacks = [word for word, value in (("budget", pilot.budget), ("forecast", pilot.forecast_cost)) if value is None]
    return f"no {' and no '.join(lacks)}"
