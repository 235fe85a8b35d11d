"""A whole programme that was taken out comes into a new file: the same records under the same refs."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from tracker.entities import Entity, Person, all_entities, entity
from tracker.errors import FileTrouble, TrackerError
from tracker.services.importing.files.opening import SourceFile
from tracker.services.moving.origin import Packed
from tracker.services.moving.package import is_package, unpack
from tracker.services.moving.tables import PEOPLE, REMOVED, as_stored, is_reference
from tracker.services.records.writing import editing
from tracker.storage import Acting, Store, has_programme
from tracker.storage.copies.tables import columns_of, insert_as_stored, insert_frozen
from tracker.storage.store import Raw

Uids = Mapping[str, tuple[str, str]]  # register and uid of each record, by its ref


def taken_out(source: SourceFile) -> Packed:
    """Return what a file holds that “tracker export” wrote, a package or a workbook. Raises TrackerError."""
    if source.content.startswith(b"PK") and not is_package(source.content):
        from tracker.services.moving.workbook import out_of_workbook

        return out_of_workbook(source)
    return unpack(source.content)


def move_in(path: Path, packed: Packed, who: str, now: datetime, today: date) -> Store:
    """Make a programme file from a package and return it open; its first change says who moved it in.

    Who acts is the person of that name in the package, or else its first. Raises TrackerError when a value is none,
    FileTrouble when there is a programme at that place already.
    """
    if not packed.tables.get("programme") or not packed.tables.get(Person.kind):
        raise TrackerError("The package holds no programme with people.", "export.empty")
    uids = {row["ref"]: (kind, row["uid"]) for kind, rows in packed.tables.items() for row in rows}
    records = {kind: [_stored(entity(kind), row, uids) for row in rows] for kind, rows in packed.tables.items()}
    is_new = not path.exists()
    store = Store.open(path, create=True)
    try:
        by = Acting(_person(packed, who), "cli", now, today)
        with editing(store, by, "init", reason="Moved in from another file") as edit:
            if has_programme(store):
                raise FileTrouble(f"{path} holds a programme already.", "file.taken")
            for register in all_entities():
                insert_as_stored(store, register, records.get(register.kind, []))
            for kind, last in packed.numbers.items():
                edit.store.reserve_numbers(kind, last)
            for digest, data in packed.frozen.items():
                insert_frozen(store, digest, data)
    except BaseException:
        nothing_in_it = is_new and not has_programme(store)
        store.close()
        if nothing_in_it:
            path.unlink()
        raise
    return store


def _person(packed: Packed, who: str) -> str:
    people = packed.tables[Person.kind]
    namesakes = [row["uid"] for row in people if row["display_name"].casefold() == who.casefold()]
    return next(iter(namesakes), people[0]["uid"])


def _stored(register: type[Entity], row: Mapping[str, str], uids: Uids) -> dict[str, Raw]:
    """Return a row of a table as the file holds it; what it has no column for is left to the file.

    Raises TrackerError for what is no value of its field.
    """
    record: dict[str, Raw] = {}
    fields = register.fields()
    for column in columns_of(register):
        name = REMOVED.get(column, column)
        if name not in row:
            continue
        text = row[name]
        if text and is_reference(register, column):
            text = _uid(register, column, text, row["ref"], uids)
        try:
            record[column] = as_stored(fields.get(column), text)
        except (ValueError, ArithmeticError):
            raise TrackerError(f"{row['ref']}: “{text[:40]}” is no value of {column}.", "export.value") from None
    return record


def _uid(register: type[Entity], column: str, text: str, ref: str, uids: Uids) -> str:
    field = register.fields().get(column)
    target = Person.kind if column in PEOPLE else field and field.target
    kind, uid = uids.get(text, ("", text))
    if target and kind != target:
        cause = f"no {entity(target).noun}" if kind else "not in the package"
        raise TrackerError(f"{ref}: {column} names {text[:40]}, which is {cause}.", "export.reference")
    return uid  # what a note is about may have been undone since
