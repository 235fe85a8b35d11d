"""Two people on one record: different fields merge, the same field is refused and both values are shown."""

from typing import Any

from tracker.entities import Entity
from tracker.errors import Clash, Conflict
from tracker.rules.reading import show
from tracker.storage.journal.history import Change, added_for, newest_of_fields
from tracker.storage.rows import link
from tracker.storage.store import Store

Values = dict[str, Any]


def refuse_clashes(
    store: Store, which: type[Entity], uid: str, ref: str, *, base: Values, wanted: Values, now: Values
) -> None:
    """Raise Conflict when a wanted field is not as it was in ``base``, the values that the person started from."""
    moved = [name for name in wanted if name in base and now[name] != base[name]]
    if not moved:
        return
    last = _newest(store, which, uid, moved)
    clashes = []
    for name in moved:
        field, who = which.fields()[name], last.get(name)
        told = [_told(store, which, name, values[name]) for values in (base, wanted, now)]
        when = who.at.strftime("%Y-%m-%d %H:%M UTC") if who and who.at else "just now"
        clashes.append(Clash(name, field.label, told[0], told[1], told[2], who.who if who else "somebody", when))
    raise Conflict(ref, clashes)


def _newest(store: Store, which: type[Entity], uid: str, names: list[str]) -> dict[str, Change]:
    """Return the newest change of each field; that of a carried field is the newest record it is read from."""
    found = newest_of_fields(store, uid, names)
    for name in names:
        carried = which.fields()[name].carried
        added = added_for(store, carried.kind, carried.link, uid) if carried else []
        if added:
            found[name] = added[-1]
    return found


def _told(store: Store, which: type[Entity], name: str, value: Any) -> str:
    field = which.fields()[name]
    if field.target and value:
        return show(field, link(store, field.target, value))
    return show(field, value)
