"""Two people on one record: different fields merge, the same field is refused and both values are shown."""

from typing import Any

from tracker.entities import Entity
from tracker.errors import Clash, Conflict
from tracker.rules.reading import show
from tracker.services.guards.proposal import Values
from tracker.storage.journal.history import Change, added_for, newest_of_fields
from tracker.storage.rows import link
from tracker.storage.store import Store


def refuse_clashes(
    store: Store, which: type[Entity], uid: str, ref: str, *, base: Values, wanted: Values, now: Values
) -> None:
    """Raise Conflict when a wanted field is not as it was in ``base``, the values that the person started from."""
    moved = [name for name in wanted if name in base and now[name] != base[name]]
    if not moved:
        return
    newest = _newest_changes(store, which, uid, moved)
    clashes = [_clash(store, which, name, newest.get(name), base, wanted, now) for name in moved]
    raise Conflict(ref, clashes, now)


def _newest_changes(store: Store, which: type[Entity], uid: str, names: list[str]) -> dict[str, Change]:
    """Return the newest change of each field; that of a carried field is the newest record it is read from."""
    changes = newest_of_fields(store, uid, names)
    for name in names:
        carried = which.fields()[name].carried
        added = added_for(store, carried.kind, carried.link, uid) if carried else []
        if added:
            changes[name] = added[-1]
    return changes


def _clash(
    store: Store, which: type[Entity], name: str, change: Change | None, base: Values, wanted: Values, now: Values
) -> Clash:
    base_text, text, now_text = (_text(store, which, name, values[name]) for values in (base, wanted, now))
    who, when = "somebody", "just now"
    if change is not None:
        who = change.who
    if change is not None and change.at:
        when = change.at.strftime("%Y-%m-%d %H:%M UTC")
    return Clash(name, which.fields()[name].label, base_text, text, now_text, who, when)


def _text(store: Store, which: type[Entity], name: str, value: Any) -> str:
    field = which.fields()[name]
    if field.target and value:
        value = link(store, field.target, value)
    return show(field, value)
