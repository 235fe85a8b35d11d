"""Adding, changing, removing and restoring records: one command each, with its journal, or nothing."""

import sqlite3
from typing import Any, NamedTuple

from tracker.entities import Entity, entity
from tracker.errors import Invalid, Problem, TrackerError
from tracker.fields import MISSING, REASONED, TODAY
from tracker.rules.reading import show
from tracker.services.guards.guard import guard, guard_removal, links_that_do_not_hold
from tracker.services.records.conflicts import refuse_clashes
from tracker.storage.identity import uuid7
from tracker.storage.queries import stored_value
from tracker.storage.rows import current, insert_row, update_row
from tracker.storage.store import Acting, Store, Tx

LEAST_REASON = 5


class Saved(NamedTuple):
    """A record that was written: its uid and ref, the number of the command, and what the user should know."""

    uid: str
    ref: str
    tx: int
    notes: tuple[str, ...] = ()


def add(
    store: Store,
    kind: str,
    values: dict[str, Any],
    by: Acting,
    *,
    reason: str | None = None,
    number: int | None = None,
) -> Saved:
    """Add a record from typed values (references as uids) and return it.

    ``number`` asks for the number of its ref, which must be above all that were given.
    Raises Invalid with every problem at once, FileTrouble when the file cannot be written.
    """
    which = entity(kind)
    full = _with_defaults(which, values, by)
    full = which.completed(full, None, by.today)
    full, problems, notes = guard(store, kind, full, None, by)
    if problems:
        raise _all_problems(which, full, problems)
    try:
        with store.command(by, f"{kind}.add", reason=reason) as tx:
            uid, ref = insert(store, kind, full, by, tx, number=number, note=reason)
    except (sqlite3.IntegrityError, OverflowError) as error:
        raise _explained(store, which, full, error) from error
    return Saved(uid, ref, tx.id, tuple(notes))


def _with_defaults(which: type[Entity], values: dict[str, Any], by: Acting) -> dict[str, Any]:
    full: dict[str, Any] = {}
    for field in which.settable():
        value = values.get(field.name)
        if value is None and TODAY in field.flags:
            value = by.today
        if value is None and field.default is not MISSING:
            value = field.default
        full[field.name] = value
    return full


def insert(
    store: Store,
    kind: str,
    values: dict[str, Any],
    by: Acting,
    tx: Tx,
    *,
    number: int | None = None,
    note: str | None = None,
) -> tuple[str, str]:
    """Write one new record inside a command, and the newer record (with the note) that its carried fields ask for."""
    which = entity(kind)
    carried = _carried(which, values)
    if number is not None:
        store.reserve_numbers(kind, number - 1)
    numbers = store.next_numbers([kind, *carried])
    if number not in (None, numbers[kind]):
        raise TrackerError(f"{which.new_ref(number or 0, tx.site)} was given already: numbers only go up.")
    uid, ref = uuid7(tx.at_ms), which.new_ref(numbers[kind], tx.site)
    insert_row(store, kind, {"uid": uid, "ref": ref, **_row(which, values)})
    for child, given in carried.items():
        to, on = _link(which, child)
        row = {**_child_defaults(child), **given, **_noted(child, note), to: uid, on: values.get(on) or by.today}
        _insert_child(store, child, row, numbers[child], tx)
    return uid, ref


def _row(which: type[Entity], values: dict[str, Any]) -> dict[str, Any]:
    return {f.name: stored_value(values[f.name]) for f in which.stored() if values.get(f.name) is not None}


def _insert_child(store: Store, child: str, values: dict[str, Any], number: int, tx: Tx) -> None:
    which = entity(child)
    names = {"uid": uuid7(tx.at_ms), "ref": which.new_ref(number, tx.site)}
    insert_row(store, child, {**names, **_row(which, values)})


def _carried(which: type[Entity], values: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return, by kind, the values that belong into a newer record of another kind."""
    found: dict[str, dict[str, Any]] = {}
    for field in which.fields().values():
        if field.carried and field.carried.settable and values.get(field.name) is not None:
            found.setdefault(field.carried.kind, {})[field.name] = values[field.name]
    return found


def _link(which: type[Entity], child: str) -> tuple[str, str]:
    return next(
        (f.carried.link, f.carried.on) for f in which.fields().values() if f.carried and f.carried.kind == child
    )


def _noted(child: str, note: str | None) -> dict[str, str]:
    field = entity(child).fields().get("note")
    return {"note": note[: field.longest]} if note and field else {}


def _child_defaults(child: str) -> dict[str, Any]:
    return {f.name: f.default for f in entity(child).stored() if f.default is not MISSING}


def change(
    store: Store,
    kind: str,
    uid: str,
    new: dict[str, Any],
    by: Acting,
    *,
    base: dict[str, Any] | None = None,
    reason: str | None = None,
) -> Saved:
    """Change fields of a record; return it. Fields that already have the value are left alone.

    ``base`` holds the values that the person started from: a field that somebody else has changed since is
    not overwritten. Raises Conflict with both values, Invalid with every problem, TrackerError when there is
    nothing to change or the record is gone.
    """
    which = entity(kind)
    seen = store.data_version()
    before, ref = _present(store, which, uid)
    wanted = {name: value for name, value in new.items() if value != before.get(name)}
    refuse_clashes(store, which, uid, ref, base=base or {}, wanted=wanted, now=before)
    if not wanted:
        return Saved(uid, ref, 0, ("Nothing to change: it is so already.",))
    if which.append_only:
        raise TrackerError(f"A {which.noun} is never changed: add one that corrects {ref}, or remove it with a reason.")
    after = which.completed({**before, **wanted}, before, by.today)
    after, problems, notes = guard(store, kind, after, before, by)
    problems += _unreasoned(which, before, after, reason)
    if problems:
        raise _all_problems(which, after, problems)
    try:
        with store.command(by, f"{kind}.set", reason=reason) as tx:
            # Somebody may have been a moment faster; the version, unlike the record, costs nothing to ask.
            now = before if store.data_version() == seen else _current(store, which, uid)[0]
            mine = {name: value for name, value in after.items() if value != before.get(name)}
            refuse_clashes(store, which, uid, ref, base=before, wanted=mine, now=now)
            _update(store, which, uid, now, {**now, **mine}, by, tx, reason)
    except (sqlite3.IntegrityError, OverflowError) as error:
        raise _explained(store, which, after, error) from error
    return Saved(uid, ref, tx.id, tuple(notes))


def _present(store: Store, which: type[Entity], uid: str) -> tuple[dict[str, Any], str]:
    values, ref, deleted = _current(store, which, uid)
    if deleted:
        raise TrackerError(f"{ref} was removed. Bring it back first with “tracker {which.kind} restore {ref}”.")
    return values, ref


def _current(store: Store, which: type[Entity], uid: str) -> tuple[dict[str, Any], str, bool]:
    found = current(store, which, uid)
    if found is None:
        raise TrackerError(f"This {which.noun} does not exist any more: adding it was undone.")
    return found


def _unreasoned(
    which: type[Entity], before: dict[str, Any], after: dict[str, Any], reason: str | None
) -> list[Problem]:
    if reason and len(reason.strip()) >= LEAST_REASON:
        return []
    return [
        Problem(
            field.name,
            "reason.change",
            f"{field.label} was {show(field, before[field.name])}: say why it changes.",
            {"why": f"{field.label} was {show(field, before[field.name])}: say why it changes"},
        )
        for field in which.stored()
        if REASONED in field.flags and before[field.name] is not None and after[field.name] != before[field.name]
    ]


def _update(
    store: Store,
    which: type[Entity],
    uid: str,
    before: dict[str, Any],
    after: dict[str, Any],
    by: Acting,
    tx: Tx,
    reason: str | None,
) -> None:
    changed = {f.name: stored_value(after[f.name]) for f in which.stored() if after.get(f.name) != before.get(f.name)}
    if changed:
        update_row(store, which.kind, uid, changed)
    for child, given in _carried(which, after).items():
        if given != _carried(which, before).get(child):
            to, on = _link(which, child)
            row = {**_child_defaults(child), **given, **_noted(child, reason), to: uid, on: by.today}
            _insert_child(store, child, row, store.next_numbers([child])[child], tx)


def remove(store: Store, kind: str, uid: str, by: Acting, *, reason: str) -> Saved:
    """Take a record out of the lists; it stays in the file, can be restored, and papers say why it went.

    Raises TrackerError when the reason has fewer than five characters or the record was removed already.
    """
    if kind == "programme":
        raise TrackerError("The programme itself cannot be removed; the file is about it.")
    if entity(kind).made_with:
        raise TrackerError(f"A {entity(kind).noun} is never removed: it proves what was shown.")
    with store.command(by, f"{kind}.remove", reason=reason) as tx:
        _, ref, deleted = _current(store, entity(kind), uid)
        if deleted:
            raise TrackerError(f"{ref} was removed already.")
        if len(reason.strip()) < LEAST_REASON:
            raise TrackerError(f"Say why {ref} is removed (--reason “…”, at least {LEAST_REASON} characters).")
        guard_removal(store, kind, uid)
        at = by.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        update_row(store, kind, uid, {"deleted_at": at, "deleted_by": by.person, "deleted_reason": reason.strip()})
    return Saved(uid, ref, tx.id)


def restore(store: Store, kind: str, uid: str, by: Acting, *, reason: str | None = None) -> Saved:
    """Bring a removed record back. Raises TrackerError when it is not removed."""
    with store.command(by, f"{kind}.restore", reason=reason) as tx:
        _, ref, deleted = _current(store, entity(kind), uid)
        if not deleted:
            raise TrackerError(f"{ref} is not removed; there is nothing to bring back.")
        guard_removal(store, kind, uid)
        update_row(store, kind, uid, dict.fromkeys(("deleted_at", "deleted_by", "deleted_reason")))
    return Saved(uid, ref, tx.id)


def _all_problems(which: type[Entity], values: dict[str, Any], first: list[Problem]) -> Invalid:
    from tracker.entities.checking import problems

    told = {problem.field for problem in first}
    return Invalid(first + [problem for problem in _everything(which, values, problems) if problem.field not in told])


def _everything(which: type[Entity], values: dict[str, Any], problems: Any) -> list[Problem]:
    found: list[Problem] = problems(which, values)
    for child, given in _carried(which, values).items():
        to, on = _link(which, child)
        whole = {**_child_defaults(child), **given, to: "0" * 36, on: values.get(on)}
        found += [problem for problem in problems(entity(child), whole) if problem.field != on and problem not in found]
    return found


def _explained(store: Store, which: type[Entity], values: dict[str, Any], error: Exception) -> TrackerError:
    """Return what a refusal of the database means, from the same rules that made its CHECKs."""
    from tracker.entities.checking import problems

    found = _everything(which, values, problems) or links_that_do_not_hold(store, which, values)
    if found:
        return Invalid(found)
    return TrackerError(f"The {which.noun} breaks a rule of the file ({error}). Nothing was saved.")
