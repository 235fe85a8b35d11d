"""What the commands of a register do: the same services as the screens, printed for a shell."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from tracker.cli.shell.output import as_json, data, json_value, words
from tracker.cli.shell.session import Session
from tracker.entities import Entity
from tracker.entities.base import STAMPS
from tracker.errors import TrackerError
from tracker.fields import humanise
from tracker.rules.reading import show, write
from tracker.services.records.finding import read_values, resolve
from tracker.services.records.writing import Saved
from tracker.storage.queries import Condition, Query, rows
from tracker.storage.store import Store


def add(
    session: Session,
    which: type[Entity],
    texts: dict[str, str],
    *,
    reason: str | None,
    json: bool,
    make: Callable[..., Saved] | None = None,
) -> None:
    """Add a record and print its ref; ``make`` is what adds it where it brings others with it."""
    from tracker.services.records.writing import add as add_record

    with session.store() as store:
        values, notes = read_values(store, which.kind, texts, session.today())
        saved = (make or add_record)(store, which.kind, values, session.acting(store), reason=reason)
        _report(store, which, saved, notes, json=json)
    what = "Drafted" if any(note.startswith("It is a draft") for note in saved.notes) else "Recorded"
    words(f"{what} in {session.chosen().name}. “tracker undo” takes it back.")


def set_fields(
    session: Session, which: type[Entity], ref: str, texts: dict[str, str], *, reason: str | None, json: bool
) -> None:
    """Change fields of a record and print its ref."""
    from tracker.services.records.writing import change

    if not texts:
        import click

        option = f"--{which.settable()[0].option}"
        raise click.UsageError(f"Say what to change, such as {option} “…”.", click.get_current_context())
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
        as_json(record_object(store, which, saved.uid))
    else:
        data(saved.ref)


def remove_record(session: Session, which: type[Entity], ref: str, reason: str) -> None:
    """Remove a record and print its ref."""
    from tracker.services.records.writing import remove

    with session.store() as store:
        uid = meant(store, which, ref, deleted=True)
        saved = remove(store, which.kind, uid, session.acting(store), reason=reason)
    data(saved.ref)
    words(f"Removed. “tracker {which.kind} restore {saved.ref}” or “tracker undo” brings it back.")


def restore_record(session: Session, which: type[Entity], ref: str, reason: str | None) -> None:
    """Bring a removed record back and print its ref."""
    from tracker.services.records.writing import restore

    with session.store() as store:
        uid = meant(store, which, ref, deleted=True)
        saved = restore(store, which.kind, uid, session.acting(store), reason=reason)
    data(saved.ref)
    words("Restored. “tracker undo” takes it back.")


@contextmanager
def state(session: Session, as_of_text: str | None) -> Iterator[tuple[Store, Store]]:
    """Give the file, and the state of a day as text means it (the file itself without one). Raises TrackerError."""
    day: date | None = session.day(as_of_text)
    with session.store(read_only=True) as now:
        if day is None:
            yield now, now
            return
        from tracker.storage.journal.asof import as_of

        with as_of(now, day) as then:
            yield now, then


def list_records(session: Session, which: type[Entity], options: dict[str, Any]) -> None:
    """Print the records that the options ask for."""
    from tracker.cli.registers.queries import columns_for, query_for

    json, csv = options["json_"], options["csv_"]
    names = columns_for(which, options["columns"], whole=json)
    with state(session, options["as_of_"]) as (_, store):
        found = rows(store, query_for(session.today, store, which, options), names)
    if json:
        as_json([_as_object(which, names, row) for row in found])
        return
    headers = ["Ref", *(_label(which, name) for name in names)]
    cell = _csv_cell if csv else shown
    cells = [[row[1], *(cell(which, name, value) for name, value in zip(names, row[2:], strict=True))] for row in found]
    if csv:
        from tracker.cli.shell.output import as_csv

        as_csv(headers, cells)
        return
    from tracker.cli.shell.tables import table

    wide = [n + 1 for n, name in enumerate(names) if name in (which.name_field, which.lead_field)] or [1]
    table(headers, cells, wide, choosable=True)
    if not found:
        words(f"No {which.plural} to show.")


def _label(which: type[Entity], name: str) -> str:
    field = which.fields().get(name)
    return field.label if field else name.replace("_", " ").capitalize()


def shown(which: type[Entity], name: str, value: Any) -> str:
    """Return a value of a list as people read it; stamps are shown as they are."""
    field = which.fields().get(name)
    if field is None:
        return "" if value is None else str(getattr(value, "name", value))
    return show(field, value)


def _csv_cell(which: type[Entity], name: str, value: Any) -> str:
    """Return a value for a spreadsheet: words without marks, amounts without separators."""
    field = which.fields().get(name)
    if field is None or value is None or field.target:
        return shown(which, name, value)
    if field.kind == "choice":
        return humanise(value)
    return write(field, value).replace(",", "") if field.kind == "money" else write(field, value)


def _as_object(which: type[Entity], names: list[str], row: tuple[Any, ...]) -> dict[str, Any]:
    values = {name: json_value(value) for name, value in zip(names, row[2:], strict=True)}
    return {"kind": which.kind, "uid": row[0], "ref": row[1], **values}


def record_object(store: Store, which: type[Entity], uid: str) -> dict[str, Any]:
    """Return a record, removed or not, as JSON has it. Raises TrackerError when there is none."""
    names = [*which.fields(), *STAMPS]
    for deleted in (False, True):
        found = rows(store, Query(which.kind, (Condition("uid", "=", uid),), deleted=deleted), names)
        if found:
            return _as_object(which, names, found[0])
    raise TrackerError(f"This {which.noun} did not exist on that day.")


def show_record(session: Session, which: type[Entity], ref: str, *, as_of: str | None, json: bool) -> None:
    """Print one record with all its fields."""
    with state(session, as_of) as (now, then):
        uid = meant(now, which, ref, deleted=True)
        if json:
            as_json(record_object(then, which, uid))
            return
        from tracker.cli.pages.record import print_record

        print_record(then, which, uid)
