"""What changed since the earlier day, on half a page: the bad news one by one, the rest counted with refs."""

from itertools import groupby

from tracker.entities import entity
from tracker.reports.data import SummaryData
from tracker.reports.model import Block, Bullets, Callout, Missing, Paragraph, Section
from tracker.rules.changes import CLASSES, Change, changes, thresholds_changed
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed

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
# What is overdue stands in the tables of the same page, what is new or closed in the registers: refs do.
EACH = {"worsened": 4, "moved": 4, "deleted": 3, "restored": 2, "late": 2, "improved": 1}
REFS = 5


def changed(data: SummaryData) -> Section:
    """Return the changes since the earlier day, or why there are none to tell."""
    if data.since is None:
        blocks: tuple[Block, ...] = (Paragraph("This paper is not compared with an earlier day."),)
        return Section("changes", "Changes", blocks)
    title = f"Changes since {show_date(data.since)}"
    if data.before is None:
        text = f"Nothing was recorded yet on {show_date(data.since)}; everything in this paper is new."
        return Section("changes", title, (Callout("Not compared", text),))
    found = changes(data.before, data.now, data.facts)
    items: list[str] = []
    for group, some in groupby(found, key=lambda change: change.group):
        items += _told(group, list(some))
    settings = thresholds_changed(data.before, data.now)
    if settings:
        items.append(f"Thresholds changed, and each day is judged by its own: {listed(settings, 4)}")
    if not items:
        return Section("changes", title, (Missing("None recorded."),))
    return Section("changes", title, (Bullets(tuple(items)),))


def _told(group: str, some: list[Change]) -> list[str]:
    """Return the items of one class: a few in full, the others as refs, so that none goes unsaid."""
    assert group in CLASSES
    shown = EACH.get(group, 0)
    items = [f"{LABELS[group]}: {change.sentence}" for change in some[:shown]]
    rest = some[shown:]
    if rest:
        words = "; ".join(_counted(kind, list(of_kind)) for kind, of_kind in groupby(rest, key=lambda c: c.kind))
        items.append(f"{LABELS[group]}{', also' if shown else ''}: {words}")
    return items


def _counted(kind: str, some: list[Change]) -> str:
    which = entity(kind)
    return f"{counted(len(some), which.noun, which.plural)} ({listed((change.ref for change in some), REFS)})"
