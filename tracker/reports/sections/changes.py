"""What changed since the earlier day: counted on the summary, one by one in the pack, the bad news first."""

from itertools import groupby

from tracker.entities import entity
from tracker.reports.model import Block, Callout, Missing, Paragraph, Section, Table
from tracker.reports.papers.data import SummaryData, columns, source
from tracker.rules.changes.since import Change
from tracker.rules.wording import counted, listed, show_date

LABELS = {
    "worsened": "Worsened",
    "decided": "Decided",
    "moved": "Moved",
    "overdue": "Overdue",
    "deleted": "Removed",
    "restored": "Brought back",
    "corrected": "Corrected",
    "not_comparable": "Not comparable",
    "new": "New",
    "late": "Late entry",
    "improved": "Improved",
    "closed": "Closed",
    "unchanged": "No change",
}
# A board is told on the first page which these are: what is gone, mended, late or no longer the same measure.
NAMED = ("deleted", "late", "corrected", "not_comparable")
ELSEWHERE = ("unchanged",)  # the part on freshness says it
REFS = 3
TITLE = "What changed"


def changed(data: SummaryData) -> list[tuple[str, str]]:
    """Return the changes since the earlier day as counts, or why there are none to tell."""
    if data.since is None:
        return [(TITLE, "This paper is not compared with an earlier day.")]
    if data.before is None:
        return [(TITLE, f"Not compared: nothing was recorded yet on {show_date(data.since)}; all of it is new.")]
    groups = [(group, list(members)) for group, members in groupby(data.changes, key=lambda change: change.group)]
    if not groups:
        return [(TITLE, "None recorded.")]
    counts = ", ".join(
        f"{len(members):,} {LABELS[group].lower()}" for group, members in groups if group not in (*NAMED, *ELSEWHERE)
    )
    named = "; ".join(
        f"{LABELS[group].lower()} {listed((c.ref or c.subject for c in members), REFS)}"
        for group, members in groups
        if group in NAMED
    )
    rows = ((TITLE, counts), ("For the record", f"{named[:1].upper()}{named[1:]}" if named else ""))
    return [(label, f"{phrase}.") for label, phrase in rows if phrase]


def _title(data: SummaryData) -> str:
    return f"Changes since {show_date(data.since)}" if data.since else "Changes"


def _not_compared(data: SummaryData, name: str) -> Section | None:
    if data.since is None:
        return Section(name, "Changes", (Paragraph("This paper is not compared with an earlier day."),))
    if data.before is None:
        text = f"Nothing was recorded yet on {show_date(data.since)}; everything in this paper is new."
        return Section(name, _title(data), (Callout("Not compared", text),))
    return None


def changes_report(data: SummaryData) -> Section:
    """Return every change since the earlier day, a table for each class; new records of small kinds are counted."""
    section = _not_compared(data, "all-changes")
    if section is not None:
        return section
    blocks: list[Block] = []
    for group, members in groupby(data.changes, key=lambda change: change.group):
        blocks += _group(group, list(members))
    if not blocks:
        blocks.append(Missing("None recorded – checked."))
    note = "Corrected spelling is no change. Ratings, scores, states, dates, figures and thresholds are compared."
    paragraph = source(data, f"the journal and every register since {show_date(data.since or data.now.date)}")
    return Section("all-changes", _title(data), (paragraph, Paragraph(note), *blocks))


def _group(group: str, changes: list[Change]) -> list[Block]:
    printed = [change for change in changes if group != "new" or not entity(change.kind).counted_when_new]
    counted_changes = [change for change in changes if change not in printed]
    blocks: list[Block] = []
    if printed:
        rows = tuple((change.subject, change.text[:1].upper() + change.text[1:]) for change in printed)
        titles = columns("Record", "What changed")
        caption = f"{LABELS[group]}: {counted(len(printed), 'record')}"
        blocks.append(Table(f"changes-{group.replace('_', '-')}", caption, titles, rows))
    if counted_changes:
        blocks.append(Paragraph(f"{LABELS[group]}{', also' if printed else ''}: {_in_kinds(counted_changes)}."))
    return blocks


def _in_kinds(changes: list[Change]) -> str:
    """Return changes counted by kind, so that none goes unsaid."""
    return ", ".join(
        _counted(kind, list(of_kind)) for kind, of_kind in groupby(changes, key=lambda change: change.kind)
    )


def _counted(kind: str, changes: list[Change]) -> str:
    register = entity(kind)
    refs = f" ({listed(change.ref for change in changes)})" if len(changes) <= REFS else ""
    return counted(len(changes), register.noun, register.plural) + refs
