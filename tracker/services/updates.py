"""When something that matters of a pilot was updated last: in its record, or in those that belong to it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from tracker.entities import Entity
from tracker.entities.outline import Outline, outlines
from tracker.storage import Store
from tracker.storage.lists.last_days import last_days
from tracker.storage.queries import pointers

BY_OTHERS = {"pilot.decision_due": "board.decide"}  # that a board met the day tells nothing of how the pilot stands


def updated(store: Store, by_kind: Mapping[str, Sequence[Entity]]) -> dict[str, date]:
    """Return the day of the last update that matters of each pilot, by uid; removed records count no more."""
    pilots: dict[str, str | None] = {pilot.uid: pilot.uid for pilot in by_kind.get("pilot", [])}
    for kind, outline in _telling().items():
        for record in by_kind.get(kind, []) if outline.belongs_to else ():
            pilots[record.uid] = pilots.get(getattr(record, outline.belongs_to) or "")
    return _last_updates(store, pilots)


def pilots_updated(store: Store, wanted: Collection[str]) -> dict[str, date]:
    """Return the same of some live pilots (uids), without reading the records: for what is to come at once."""
    pilots: dict[str, str | None] = dict(zip(wanted, wanted, strict=True))
    links = {kind: outline.belongs_to for kind, outline in _telling().items() if outline.belongs_to}
    for uid, owner in pointers(store, links):
        if owner in pilots:
            pilots[uid] = pilots[owner]
    return _last_updates(store, pilots)


def _telling() -> dict[str, Outline]:
    """Return pilots and the registers whose records are updates of one, by kind; owners come before what they own."""
    return {kind: outline for kind, outline in outlines().items() if outline.news}


def _last_updates(store: Store, pilots: Mapping[str, str | None]) -> dict[str, date]:
    """Return the newest day by pilot, from the pilot that each record belongs to."""
    fields = {kind: outline.news for kind, outline in _telling().items()}
    return last_days(store, fields, {uid: pilot for uid, pilot in pilots.items() if pilot}, BY_OTHERS)
