"""What changed since the earlier day: counted on the summary, one by one in the pack, the bad news first."""

from itertools import groupby

from tracker.entities import entity
from tracker.reports.model import Block, Bullets, Callout, Heading, Pairs, Paragraph, Section
from tracker.reports.papers.data import SummaryData, none_recorded, sourced, table
from tracker.reports.printed import MOST_ROWS
from tracker.reports.sections.pilots import ranked
from tracker.rules.changes.since import CLASSES, Change
from tracker.rules.wording import counted, ended, listed, optional, show_date, spelled, upper_first

LABELS = {
    "worsened": "Worsened",
    "decided": "Decided",
    "moved": "Moved",
    "changed": "Changed",
    "overdue": "Overdue",
    "unrated": "Not rated",
    "deleted": "Removed",
    "restored": "Brought back",
    "corrected": "Corrected",
    "not_comparable": "Not comparable",
    "new": "New",
    "first_rated": "First rated",
    "rated_again": "Rated again",
    "late": "Late entry",
    "improved": "Improved",
    "closed": "Closed",
    "unchanged": "No change",
}
# A board is told on the first page which these are: what is gone, mended, late or no longer the same measure.
NAMED = ("deleted", "late", "corrected", "not_comparable")
NAMED_BESIDE = ("unrated",)  # of these after their number
ELSEWHERE = ("unchanged",)  # the part on freshness says it
REFS = 3
LEADING, MOST_WITHOUT_LEAD = 5, 10
TITLE = "What changed"


def changed(data: SummaryData) -> Pairs:
    """Return the changes since the earlier day as counts, or why there are none to tell."""
    if data.since is None:
        return [(TITLE, "This paper is not compared with an earlier day.")]
    if data.before is None:
        return [(TITLE, f"Not compared: nothing was recorded yet on {show_date(data.since)}; all of it is new.")]
    groups = [(group, list(members)) for group, members in groupby(data.changes, key=lambda change: change.group)]
    if not groups:
        return [(TITLE, "None recorded.")]
    counts = ", ".join(
        f"{len(members):,} {LABELS[group].lower()}"
        + optional(" (", group in NAMED_BESIDE and listed((c.ref or c.subject for c in members), REFS), ")")
        for group, members in groups
        if group not in (*NAMED, *ELSEWHERE)
    )
    named = "; ".join(
        f"{LABELS[group].lower()} {listed((c.ref or c.subject for c in members), REFS)}"
        for group, members in groups
        if group in NAMED
    )
    phrases = (counts, upper_first(named))
    return [(TITLE, " ".join(f"{phrase}." for phrase in phrases if phrase))]


def changes_report(data: SummaryData) -> Section:
    """Return every change since the earlier day, a table for each class; new records of small kinds are counted."""
    name = "all-changes"
    if data.since is None:
        return Section(name, "Changes", (Paragraph("This paper is not compared with an earlier day."),))
    since = show_date(data.since)
    title = f"Changes since {since}"
    if data.before is None:
        text = f"Nothing was recorded yet on {since}; everything in this paper is new."
        return Section(name, title, (Callout("Not compared", text),))
    note = (
        "Names, ratings, scores, states, dates, money, figures, people, what records belong to, the scope of pilots "
        "and thresholds are compared; descriptions, notes and evidence are not."
    )
    blocks: list[Block] = [*_first_told(data), Paragraph(note)]
    for group, members in groupby(data.changes, key=lambda change: change.group):
        blocks += _group(data, group, list(members))
    if not data.changes:
        blocks.append(none_recorded())
    return sourced(data, name, title, f"the journal and every register since {since}", blocks)


def matter_most(data: SummaryData) -> list[Change]:
    """Return the changes since the earlier day, what matters most to a board first: bad news, of the worst pilots."""
    places = {pilot.uid: place for place, pilot in enumerate(ranked(data))}
    return sorted(
        (change for change in data.changes if change.group not in ELSEWHERE),
        key=lambda change: (
            CLASSES.index(change.group),
            entity(change.kind).changes_rank or len(CLASSES),
            places.get(change.uid, 0),
        ),
    )


def _first_told(data: SummaryData) -> list[Block]:
    """Return the changes that matter most, where there are so many that a board would have to look for them."""
    told = matter_most(data)
    if len(told) <= MOST_WITHOUT_LEAD:
        return []
    items = (f"{LABELS[change.group]}: {ended(change.sentence)}" for change in told[:LEADING])
    title = f"The {spelled(LEADING)} that matter most, of {len(told):,}"
    return [Heading(title), Bullets(tuple(items)), Heading("All of them")]


def _group(data: SummaryData, group: str, changes: list[Change]) -> list[Block]:
    printed = [change for change in changes if group != "new" or not entity(change.kind).counted_when_new]
    counted_changes = [change for change in changes if change not in printed]
    blocks: list[Block] = []
    label = LABELS[group]
    if printed:
        caption = f"{label}: {counted(len(printed), 'record')}"
        if len(printed) > MOST_ROWS and group not in ELSEWHERE:
            printed.sort(key=matter_most(data).index)
            caption += ", what matters most first"
        rows = ((change.subject, upper_first(change.text)) for change in printed)
        blocks.append(table(f"changes-{group.replace('_', '-')}", caption, ("Record", "What changed"), rows))
        label += ", also"
    if counted_changes:
        blocks.append(Paragraph(f"{label}: {_in_kinds(counted_changes)}."))
    return blocks


def _in_kinds(changes: list[Change]) -> str:
    """Return changes counted by kind, so that none goes unsaid."""
    return ", ".join(
        _counted(kind, list(of_kind)) for kind, of_kind in groupby(changes, key=lambda change: change.kind)
    )


def _counted(kind: str, changes: list[Change]) -> str:
    register = entity(kind)
    sentence = counted(len(changes), register.noun, register.plural)
    if len(changes) <= REFS:
        sentence += f" ({listed(change.ref for change in changes)})"
    return sentence
