"""Two people on one record: different fields merge, the same field is refused and both values are shown."""

from tracker.entities import Entity
from tracker.errors import Clash, Conflict
from tracker.rules.reading import show
from tracker.services.guards.guard import Values
from tracker.storage import Store, link
from tracker.storage.journal.history import Change, added_for, newest_of_fields


def refuse_clashes(
    store: Store, register: type[Entity], uid: str, ref: str, *, base: Values, new: Values, now: Values
) -> None:
    """Raise Conflict when a field of ``new`` is not as it was in ``base``, the values that the person started from."""
    moved = [name for name in new if name in base and now[name] != base[name]]
    if not moved:
        return
    newest = _newest_changes(store, register, uid, moved)
    raise Conflict(ref, [_clash(store, register, name, newest.get(name), base, new, now) for name in moved], now)


def _newest_changes(store: Store, register: type[Entity], uid: str, names: list[str]) -> dict[str, Change]:
    """Return the newest change of each field; that of a carried field is the newest record it is read from."""
    changes = newest_of_fields(store, uid, names)
    for name in names:
        carried = register.fields()[name].carried
        newer = added_for(store, carried.kind, carried.link, uid) if carried else []
        if newer:
            changes[name] = newer[-1]
    return changes


def _clash(
    store: Store, register: type[Entity], name: str, change: Change | None, base: Values, new: Values, now: Values
) -> Clash:
    base_text, text, now_text = (_text(store, register, name, {**now, **values}) for values in (base, new, {}))
    person = "somebody"
    at = None
    if change is not None:
        person, at = change.who, change.at
    return Clash(name, register.fields()[name].label, base_text, text, now_text, person, at)


def _text(store: Store, register: type[Entity], name: str, values: Values) -> str:
    field = register.fields()[name]
    value = values[name]
    if field.share_where:
        value = field.share_where.read(value, values)
    return show(field, link(store, field.target, str(value)) if field.target and value else value)
