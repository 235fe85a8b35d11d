"""What changed between the papers of two snapshots."""

from typing import Any, NamedTuple

from tracker.errors import TrackerError
from tracker.reports.papers.differences import Difference, differences
from tracker.rules.setting_texts import SHAPES_NO_PAPER
from tracker.services.board.snapshots import PAPERS, content, paper
from tracker.storage.store import Store


class Compared(NamedTuple):
    """Two snapshots, what changed between their papers, and what makes them hard to compare."""

    old: Any
    new: Any
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
    old, new = content(store, old_uid), content(store, new_uid)
    papers = paper(old, name), paper(new, name)
    cautions = []
    if old.data["app_version"] != new.data["app_version"]:
        told = f"{old.data['app_version']} and {new.data['app_version']}"
        cautions.append(f"They were made by different versions of the program ({told}): some sentences may differ.")
    was, now = old.data["settings"]["values"], new.data["settings"]["values"]
    moved = sorted(key for key in {*was, *now}.difference(SHAPES_NO_PAPER) if was.get(key) != now.get(key))
    if moved:
        told = ", ".join(f"{key} {was.get(key, 'not set')} → {now.get(key, 'not set')}" for key in moved)
        cautions.append(f"Not comparable where these thresholds matter: {told}.")
    found = differences(*papers)
    return Compared(old.snapshot, new.snapshot, name, tuple(found), tuple(cautions))
