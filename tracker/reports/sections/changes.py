"""What changed since the earlier day: the bad news one by one in a table, the rest counted."""

from collections import Counter
from itertools import groupby

from tracker.entities import entity
from tracker.reports.data import SummaryData
from tracker.reports.model import Block, Bullets, Callout, Column, Missing, Paragraph, Section, Table
from tracker.rules.changes import Change, changes, thresholds_changed
from tracker.rules.when import show_date
from tracker.rules.wording import counted, first_sentence, listed

LABELS = {
    "worsened": "Worsened",
    "moved": "Moved",
    "overdue": "Overdue",
    "deleted": "Removed",
    "restored": "Brought back",
    "new": "New",
    "late": "Late entry",
    "improved": "Improved",
    "closed": "Closed",
}
# How many of a class are told in full. The others are counted (what is overdue stands in other tables of the same
# page, what is new or closed in the registers), unless the period was so quiet that all of the class find room.
EACH = {"worsened": 4, "moved": 3, "deleted": 2, "restored": 1, "late": 1}
WITH_ROOM = ("improved", "overdue", "closed", "new")
ROOM = 10
REFS = 3
REASON_LENGTH = 90


def changed(data: SummaryData) -> Section:
    """Return the changes since the earlier day, or why there are none to tell."""
    if data.since is None:
        blocks: tuple[Block, ...] = (Paragraph("This paper is not compared with an earlier day."),)
        return Section("changes", "Changes", blocks)
    title = f"Changes since {show_date(data.since)}"
    if data.before is None:
        text = f"Nothing was recorded yet on {show_date(data.since)}; everything in this paper is new."
        return Section("changes", title, (Callout("Not compared", text),))
    facts = data.facts._replace(
        reasons={key: first_sentence(reason, REASON_LENGTH) for key, reason in data.facts.reasons.items()}
    )
    found = changes(data.before, data.now, facts)
    limits = _limits(found)
    rows: list[tuple[str, ...]] = []
    items: list[str] = []
    for group, some in groupby(found, key=lambda change: change.group):
        ordered = list(some)
        told, rest = ordered[: limits.get(group, 0)], ordered[limits.get(group, 0) :]
        rows += [(change.subject, LABELS[group], change.text) for change in told]
        if rest:
            items.append(f"{LABELS[group]}{', also' if told else ''}: {_in_kinds(rest)}")
    settings = thresholds_changed(data.before, data.now)
    if settings:
        items.append(f"Thresholds changed, and each day is judged by its own: {listed(settings, 4)}")
    return Section("changes", title, _blocks(rows, items))


def _limits(found: list[Change]) -> dict[str, int]:
    """Return how many changes of each class are told in full."""
    sizes = Counter(change.group for change in found)
    room = ROOM - sum(min(sizes[group], most) for group, most in EACH.items())
    limits = dict(EACH)
    for group in WITH_ROOM:
        if sizes[group] <= room:
            limits[group] = sizes[group]
            room -= sizes[group]
    return limits


def _blocks(rows: list[tuple[str, ...]], items: list[str]) -> tuple[Block, ...]:
    found: list[Block] = []
    if rows:
        titles = (Column("Record"), Column("Change"), Column("What changed"))
        found.append(Table("changes", "The gravest changes first", titles, tuple(rows)))
    if items:
        found.append(Bullets(tuple(items)))
    return tuple(found) or (Missing("None recorded."),)


def _in_kinds(some: list[Change]) -> str:
    """Return changes counted by kind, so that none goes unsaid."""
    return ", ".join(_counted(kind, list(of_kind)) for kind, of_kind in groupby(some, key=lambda change: change.kind))


def _counted(kind: str, some: list[Change]) -> str:
    which = entity(kind)
    refs = f" ({listed(change.ref for change in some)})" if len(some) <= REFS else ""
    return counted(len(some), which.noun, which.plural) + refs
