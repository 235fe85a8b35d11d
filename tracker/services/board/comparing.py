"""What changed between the papers of two snapshots."""

from typing import NamedTuple

from tracker.entities import Snapshot
from tracker.errors import TrackerError
from tracker.reports.papers.differences import Difference, differences
from tracker.reports.papers.renames import Renamed
from tracker.rules.setting_texts import SHAPES_NO_PAPER
from tracker.services.board.snapshots import PAPERS, content, paper
from tracker.storage import Store, link
from tracker.storage.journal.names import names_then
from tracker.text import natural_order


class Compared(NamedTuple):
    """Two snapshots, what changed between their papers, and what makes them hard to compare."""

    old: Snapshot
    new: Snapshot
    paper: str
    found: tuple[Difference, ...]
    cautions: tuple[str, ...]


def compare(store: Store, old_uid: str, new_uid: str, name: str = "pack") -> Compared:
    """Return what changed from one snapshot to another in their packs, or their summaries.

    Raises TrackerError when one cannot be read, or both are the same.
    """
    if name not in PAPERS:
        raise TrackerError(f"A snapshot holds the papers {' and '.join(PAPERS)}; no “{name}”.")
    if old_uid == new_uid:
        raise TrackerError("That is one snapshot, not two: there is nothing to compare.")
    old = content(store, old_uid)
    new = content(store, new_uid)
    papers = paper(old, name), paper(new, name)
    cautions = []
    if old.data["app_version"] != new.data["app_version"]:
        versions = f"{old.data['app_version']} and {new.data['app_version']}"
        caution = f"They were made by different versions of the program ({versions})"
        cautions.append(f"{caution}: some sentences may differ.")
    before = old.data["settings"]["values"]
    after = new.data["settings"]["values"]
    moved = [
        f"{name} {before.get(name, 'not set')} → {after.get(name, 'not set')}"
        for name in sorted({*before, *after}.difference(SHAPES_NO_PAPER))
        if before.get(name) != after.get(name)
    ]
    if moved:
        cautions.append(f"Not comparable where these thresholds matter: {', '.join(moved)}.")
    renamed = _renamed(store, old.snapshot, new.snapshot)
    return Compared(old.snapshot, new.snapshot, name, tuple(differences(*papers, renamed)), tuple(cautions))


def _renamed(store: Store, old: Snapshot, new: Snapshot) -> list[Renamed]:
    """Return the records that the two papers call by different names, in the order of their refs.

    The journal says it, as of the commands that froze them: a paper may hold no ref beside a name.
    """
    before, now = (names_then(store, snapshot.uid, snapshot.as_of) for snapshot in (old, new))
    renamed = []
    for kind, uid in dict.fromkeys([*before, *now]):
        record = link(store, kind, uid)
        if record is not None:
            names = before.get((kind, uid), record.name), now.get((kind, uid), record.name)
            renamed.append(Renamed(record.ref, *names))
    different = (rename for rename in renamed if rename.old and rename.new and rename.old != rename.new)
    return sorted(different, key=lambda rename: natural_order(rename.ref))
