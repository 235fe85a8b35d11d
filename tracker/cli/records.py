"""What the commands of a register do: the same services as the screens, printed for a shell."""

import re
from typing import Any

from tracker.cli.output import as_csv, as_json, data, json_value, shown, table, words
from tracker.cli.session import Session
from tracker.entities import Entity
from tracker.errors import Invalid, Problem, TrackerError
from tracker.rules.reading import NotRead, nearest, read
from tracker.services.looking import read_values, resolve
from tracker.services.recording import Saved
from tracker.storage.queries import STAMPS, Condition, Query, rows, stored_value
from tracker.storage.store import Store

CONDITION = re.compile(r"\s*([\w-]+)\s*(!=|<=|>=|=|<|>|~)\s*(.*?)\s*$", re.DOTALL)
SORTABLE = ("ref", "created_at", "updated_at", "rev")
JSON_STAMPS = ("rev", "created_at", "created_by", "updated_at", "updated_by")


def add(session: Session, which: type[Entity], texts: dict[str, str], *, reason: str | None, json: bool) -> None:
    """Add a record and print its ref."""
    from tracker.services.recording import add as add_record

    with session.store() as store:
        values, notes = read_values(store, which.kind, texts, session.today())
        saved = add_record(store, which.kind, values, session.acting(store), reason=reason)
        _report(store, which, saved, notes, json=json)
    what = "Drafted" if any("draft" in note for note in saved.notes) else "Recorded"
    words(f"{what} in {session.chosen().path}. “tracker undo” takes it back.")


def set_fields(
    session: Session, which: type[Entity], ref: str, texts: dict[str, str], *, reason: str | None, json: bool
) -> None:
    """Change fields of a record and print its ref."""
    from tracker.services.recording import change

    if not texts:
        raise TrackerError(f"Say what to change, such as --{which.columns()[0].option} “…” (--help lists all fields).")
    with session.store() as store:
        uid = meant(store, which, ref)
        values, notes = read_values(store, which.kind, texts, session.today())
        saved = change(store, which.kind, uid, values, session.acting(store), reason=reason)
        _report(store, which, saved, notes, json=json)
    if saved.tx:
        words("Changed. “tracker undo” takes it back.")


def meant(store: Store, which: type[Entity], ref: str, *, deleted: bool = False) -> str:
    """Return the uid of the record that is meant; the programme needs no name."""
    if which.kind == "programme" and not ref:
        found = rows(store, Query("programme", limit=1), [])
        if not found:
            raise TrackerError("The file holds no programme yet. Make one with “tracker init”.")
        return str(found[0][0])
    return resolve(store, which.kind, ref, deleted=deleted).uid


def _report(store: Store, which: type[Entity], saved: Saved, notes: list[str], *, json: bool) -> None:
    for note in (*notes, *saved.notes):
        words(note)
    if json:
        as_json(_record(store, which, saved.uid))
    else:
        data(saved.ref)


def remove_record(session: Session, which: type[Entity], ref: str, reason: str) -> None:
    """Remove a record and print its ref."""
    from tracker.services.recording import remove

    with session.store() as store:
        saved = remove(store, which.kind, meant(store, which, ref, deleted=True), session.acting(store), reason=reason)
    data(saved.ref)
    words(f"Removed. “tracker {which.kind} restore {saved.ref}” or “tracker undo” brings it back.")


def restore_record(session: Session, which: type[Entity], ref: str, reason: str | None) -> None:
    """Bring a removed record back and print its ref."""
    from tracker.services.recording import restore

    with session.store() as store:
        uid = meant(store, which, ref, deleted=True)
        saved = restore(store, which.kind, uid, session.acting(store), reason=reason)
    data(saved.ref)
    words("Restored.")


def list_records(session: Session, which: type[Entity], options: dict[str, Any]) -> None:
    """Print the records that the options ask for."""
    day = session.day(options["as_of_"])
    with session.store(read_only=True) as now:
        store = _at(now, day)
        try:
            query = _query(session, store, which, options)
            names = _columns(which, options["columns"], whole=options["json_"])
            found = rows(store, query, names)
        finally:
            if store is not now:
                store.close()
    if options["json_"]:
        as_json([_as_object(names, row) for row in found])
        return
    headers = ["Ref", *(_label(which, name) for name in names)]
    cells = [
        [row[1], *(shown(which, name, value) for name, value in zip(names, row[2:], strict=True))] for row in found
    ]
    if options["csv_"]:
        as_csv(headers, cells)
        return
    wide = [n + 1 for n, name in enumerate(names) if name in (which.name_field, which.lead_field)] or [1]
    table(headers, cells, wide)
    if not found:
        words(f"No {which.plural} to show.")


def _at(store: Store, day: Any) -> Store:
    if day is None:
        return store
    from tracker.storage.asof import as_of

    return as_of(store, day)


def _label(which: type[Entity], name: str) -> str:
    field = which.fields().get(name)
    return field.label if field else name.replace("_", " ").capitalize()


def _columns(which: type[Entity], wanted: str | None, *, whole: bool) -> list[str]:
    if wanted == "all" or (whole and not wanted):
        return [*which.fields(), *JSON_STAMPS]
    if wanted:
        return [field_named(which, name) for name in wanted.split(",")]
    return [field.name for field in which.columns()]


def field_named(which: type[Entity], text: str) -> str:
    """Return the name of the field a text means: its name, option or label. Raises TrackerError."""
    name = text.strip().lower().replace("-", "_").replace(" ", "_")
    known = {*which.fields(), *STAMPS, "ref"}
    if name == "date" and which.date_field:
        return which.date_field
    if name in known:
        return name
    labels = {field.label.lower().replace(" ", "_"): field.name for field in which.fields().values()}
    if name in labels:
        return labels[name]
    guess = nearest(name, sorted(known))
    hint = f" Did you mean “{guess}”?" if guess else f" It has: {', '.join(which.fields())}."
    raise TrackerError(f"A {which.noun} has no field “{text.strip()}”.{hint}")


def _query(session: Session, store: Store, which: type[Entity], options: dict[str, Any]) -> Query:
    where = tuple(_condition(session, store, which, text) for text in options["where"])
    sort = tuple((field_named(which, name.lstrip("-+")), name.startswith("-")) for name in options["sort"])
    return Query(which.kind, where, sort, options["text"] or "", options["deleted"], options["limit"])


def _condition(session: Session, store: Store, which: type[Entity], text: str) -> Condition:
    parts = CONDITION.match(text)
    if parts is None:
        raise TrackerError(
            f"--where “{text}” has no comparison. Write it like --where 'status=open' or --where 'score>=12', "
            f"in quotes: a shell takes < and > for itself."
        )
    name, operator, value = field_named(which, parts[1]), parts[2], parts[3]
    field = which.fields().get(name)
    if field is None or operator == "~":
        return Condition(name, operator, value or None)
    try:
        typed = read(field, value, session.today())
    except NotRead as error:
        raise Invalid([Problem(name, str(error))]) from None
    if field.target and typed:
        typed = resolve(store, field.target, typed, deleted=True).uid
    if field.kind == "list" and typed:
        return Condition(name, "~", ",".join(typed))
    return Condition(name, operator, stored_value(typed))


def _as_object(names: list[str], row: tuple[Any, ...]) -> dict[str, Any]:
    values = {name: json_value(value) for name, value in zip(names, row[2:], strict=True)}
    return {"uid": row[0], "ref": row[1], **values}


def _record(store: Store, which: type[Entity], uid: str) -> dict[str, Any]:
    names = [*which.fields(), *JSON_STAMPS]
    for deleted in (False, True):
        more = ["deleted_at", "deleted_by", "deleted_reason"] if deleted else []
        found = rows(store, Query(which.kind, (Condition("uid", "=", uid),), deleted=deleted), names + more)
        if found:
            return _as_object(names + more, found[0])
    raise TrackerError(f"This {which.noun} did not exist on that day.")


def show_record(session: Session, which: type[Entity], ref: str, *, as_of: str | None, json: bool) -> None:
    """Print one record with all its fields."""
    day = session.day(as_of)
    with session.store(read_only=True) as now:
        uid = meant(now, which, ref, deleted=True)
        store = _at(now, day)
        try:
            if json:
                as_json(_record(store, which, uid))
                return
            from tracker.cli.page import print_record

            print_record(store, which, uid)
        finally:
            if store is not now:
                store.close()
