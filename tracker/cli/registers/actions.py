"""What the commands of a register do: the same services as the screens, printed for a shell."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.cli.registers.field_options import Change, Way, fate_of
from tracker.cli.shell import Session, as_csv, as_json, data, json_list, json_value, misused, say_readings, words
from tracker.entities import Entity
from tracker.errors import Invalid, Note, TrackerError
from tracker.fields import Field, Nothing, WorkedOut, humanise, precision_of
from tracker.rules.reading import show_named, write
from tracker.services.reading import (
    Link,
    Store,
    erasures_since,
    find_programme,
    not_begun,
    on_day,
    page_values,
    rows,
    said_of,
)

if TYPE_CHECKING:
    from tracker.cli.registers.lateness import Marks
    from tracker.services.guards.guard import Values
    from tracker.services.records.writing import Saved

MOST_SAID = 5  # former names by which a list holds its records
SAID_NOTHING = Way()


class Typed(NamedTuple):
    """What typed texts mean: the values, what was cleaned away, and how texts were read that have two readings."""

    values: "Values"
    notes: list[Note]
    readings: list[str]


BOTH_TIMES = "Say --as-of or --true-on, not both: what had been recorded by a day, or what is now known of it."


def add(
    session: Session,
    register: type[Entity],
    texts: dict[str, str],
    *,
    reason: str | None,
    json: bool,
    as_at: str | None = None,
    make: Callable[..., "Saved"] | None = None,
    sources: dict[str, str] | None = None,
    waived: tuple[str, ...] = (),
) -> None:
    """Add a record and print its ref; ``make`` is what adds it where it brings others with it."""
    from tracker.services.records.finding import near_title
    from tracker.services.records.writing import add as add_record

    if sources:
        make = partial(make or add_record, sources=sources)
    if waived:
        make = partial(make or add_record, waived=waived)
    with session.store() as store:
        typed = read_typed(session, store, register, texts)
        day = session.day(as_at, "--as-at")
        by = session.acting(store)
        if make is not None:
            saved = make(store, register.kind, typed.values, by, reason=reason)
        else:
            saved = add_record(store, register.kind, typed.values, by, reason=reason, as_at=day)
        typed.notes.extend(near_title(store, register.kind, saved.uid, typed.values))
        _report(session, store, register, saved, typed, json=json)
    drafted = any(note.code == "risk.draft" for note in saved.notes)
    words(f"{'Drafted' if drafted else 'Recorded'} in {session.chosen().name}. “tracker undo” takes it back.")


def set_fields(
    session: Session,
    register: type[Entity],
    ref: str,
    change: Change,
    way: Way,
    *,
    reason: str | None,
    json: bool,
    as_at: str | None = None,
) -> None:
    """Change fields of a record and print its ref."""
    from tracker.services.records.finding import near_title
    from tracker.services.records.writing import change as change_record

    if not change.texts and not change.sources:
        option = f"--{register.settable()[0].option}"
        raise misused(f"Say what to change, such as {option} “…”.")
    with session.store() as store:
        uid = find_itself(session, store, register, ref, deleted=False)
        fate = fate_of(session, store, register, way)
        typed = read_typed(session, store, register, change.texts)
        day = session.day(as_at, "--as-at")
        by = session.acting(store)
        saved = change_record(
            *(store, register.kind, uid, typed.values, by),
            reason=reason,
            as_at=day,
            sources=change.sources,
            fate=fate,
            waived=change.waived,
        )
        typed.notes.extend(near_title(store, register.kind, uid, typed.values))
        _report(session, store, register, saved, typed, json=json)
    if saved.tx:
        words("Changed. “tracker undo” takes it back.")


def find_uid(store: Store, register: type[Entity], ref: str, *, deleted: bool = False) -> str:
    """Return the uid of the record that a text names; the programme needs no name."""
    if register.kind == "programme" and not ref:
        return find_programme(store)
    from tracker.services.records.finding import resolve_ref

    return resolve_ref(store, register.kind, ref, deleted=deleted).uid


def find_itself(session: Session, store: Store, register: type[Entity], ref: str, *, deleted: bool) -> str:
    """Return the uid of a record that is to change, go or come back. Raises TrackerError.

    Among those that were removed too with ``deleted``, and then not for an alias.
    """
    if not ref:
        return find_uid(store, register, ref)
    from tracker.services.records.finding import resolve_ref

    uid = session.record_meant(register.noun, ref, resolve_ref(store, register.kind, ref, deleted=deleted)).uid
    if register.kind == "person" and deleted:
        from tracker.services.records.people import refuse_alias

        refuse_alias(store, ref, uid)
    return uid


def read_typed(session: Session, store: Store, register: type[Entity], texts: dict[str, str]) -> Typed:
    """Return what texts mean; which of two days is meant is asked on a terminal. Raises Invalid."""
    from tracker.services.records.finding import read_values

    named: dict[str, Link] = {}
    try:
        values, notes = read_values(store, register.kind, texts, session.today(), named)
    except Invalid as error:
        from tracker.cli.shell.days import answered

        texts = answered(session, texts, error)
        values, notes = read_values(store, register.kind, texts, session.today(), named)
    from tracker.services.typed.readings import readings

    said = readings(store, register.kind, texts, values, named, session.today())
    return Typed(values, notes, list(said))


def _report(
    session: Session, store: Store, register: type[Entity], saved: "Saved", typed: Typed, *, json: bool
) -> None:
    """Say what there is to say of a record that was saved, and print its ref, or all of it as JSON."""
    for note in (*saved.notes, *typed.notes):
        words(note)
    say_readings(session, saved.ref, typed.readings)
    if json:
        as_json(record_object(store, register, saved.uid, session.today()))
    else:
        data(saved.ref)


@contextmanager
def state(
    session: Session, register: type[Entity], as_of: str | None, true_on: str | None = None
) -> Iterator[tuple[Store, Store]]:
    """Give the file, and the state of a day as text means it (the file itself without one). Raises TrackerError.

    ``true_on`` asks for what is now known of a day instead; it is said so.
    """
    if as_of and true_on:
        raise misused(BOTH_TIMES)
    day = session.day_asked(as_of, true_on)
    with session.store(read_only=True) as now, on_day(now, day, known=bool(true_on)) as then:
        yield now, then
        if as_of and day is not None:
            erased = erasures_since(now, register, day)
            if erased:
                words(erased)
    if true_on and day is not None:
        from tracker.rules.wording import show_date

        words(f"As it is known today for {show_date(day)}; some of it was recorded later.")


def list_records(session: Session, register: type[Entity], options: dict[str, Any]) -> None:
    """Print the records that the options ask for."""
    from tracker.cli.registers.lateness import LATE, Marks
    from tracker.cli.registers.queries import columns_for, former_names, query_for
    from tracker.services.records.people import links_marked

    json, csv = options["json_"], options["csv_"]
    names = columns_for(register, options["columns"], whole=json)
    with_late = LATE in names or options["columns"] in (None, "all")
    names = [name for name in names if name != LATE]
    day = session.day_asked(options["as_of_"], options["true_on"]) or session.today()
    with state(session, register, options["as_of_"], options["true_on"]) as (now, store):
        query = query_for(session, store, register, options, day)
        records = rows(store, query, names, annotated=True)
        too_early = "" if records else not_begun(now, day, known=bool(options["true_on"]))
        if not (json or csv):
            marked = links_marked(store, register, names, records, day)
            records = [(*row[:2], *map(marked, row[2:])) for row in records]
        marks = Marks(store, register, day, [record[0] for record in records], asked=with_late)
        former = former_names(store, register, options["text"], [record[0] for record in records])
    for sentence in former[:MOST_SAID]:
        words(sentence)
    known = _known_of(session, options["true_on"])
    if json:
        as_json([fields | known for fields in _list_objects(register, names, records, marks)])
        return
    headers = ["Ref", *(_label(register, name) for name in names)]
    cell = _csv_cell if csv else _cell
    cells = [
        [record[1], *(cell(register.fields(), name, value) for name, value in zip(names, record[2:], strict=True))]
        for record in records
    ]
    if csv:
        for name, day_known in known.items():
            headers.append(humanise(name))
            cells = [[*row, day_known] for row in cells]
    late = [marks.text(record[0]) for record in records]
    _list_cells(register, headers, cells, late if marks.are_shown else None, csv=csv)
    if not records and not csv:
        words(too_early or f"No {register.plural} to show.")


def _list_objects(
    register: type[Entity], names: list[str], records: list[Any], marks: "Marks"
) -> Iterator[dict[str, object]]:
    """Yield each record of a list for JSON, with how late it is."""
    keys = ("uid", "ref", *names)
    for row in records:
        yield _list_object(register, dict(zip(keys, row, strict=True))) | marks.data(row[0])


def _list_cells(
    register: type[Entity], headers: list[str], cells: list[list[str]], late: list[str] | None, *, csv: bool
) -> None:
    """Print a list; ``late`` says what is late of each record, which stands beside the ref where there is little room.

    A file or a pipe has it as the last column, whether anything is late or not; a terminal only where something is.
    """
    from tracker.cli.shell.tables import table, terminal_width

    narrow = terminal_width() is not None and not csv
    place = 1 if narrow else len(headers)
    if late is not None and (any(late) or not narrow):
        headers.insert(place, "Late")
        cells = [[*row[:place], mark, *row[place:]] for row, mark in zip(cells, late, strict=True)]
    if csv:
        as_csv(headers, cells)
        return
    names = {field.label for field in map(register.fields().get, (register.name_field, register.lead_field)) if field}
    table(headers, cells, [n for n, header in enumerate(headers) if header in names] or [1], choosable=True)


def _known_of(session: Session, true_on: str | None) -> dict[str, str]:
    """Return what data says of a state that is what is now known of a day; nothing for any other."""
    day = session.state_day(true_on, "--true-on")
    return {} if day is None else {"now_known_of": day.isoformat()}


def _label(register: type[Entity], name: str) -> str:
    field = register.fields().get(name)
    return field.label if field else name.replace("_", " ").capitalize()


def _list_object(register: type[Entity], values: dict[str, Any]) -> dict[str, Any]:
    states = {name: state for name, value in values.items() if (state := _state(value))}
    parts = {"kind": register.kind, **{name: json_value(value) for name, value in values.items()}}
    return {**parts, "states": states}


def _state(value: object) -> dict[str, str | None]:
    """Return what is said of a field beside its value, as JSON has it; nothing of a plain value."""
    if isinstance(value, Nothing):
        return {"state": value.kind, "words": value.words or None, "precision": None}
    if isinstance(value, WorkedOut):
        return {"state": "worked_out", "words": None, "precision": None}
    precision = precision_of(value)
    return {"state": "given", "words": None, "precision": precision} if precision else {}


def _cell(fields: dict[str, Field], name: str, value: object) -> str:
    """Return a value for a table: of a kind of nothing mark and word, without the reason."""
    return value.brief if isinstance(value, Nothing) else show_named(fields, name, value)


def _csv_cell(fields: dict[str, Field], name: str, value: object) -> str:
    """Return a value for a spreadsheet: words without marks, amounts without separators."""
    field = fields.get(name)
    if isinstance(value, Nothing):
        return value.typed
    if field is None or value is None or field.target:
        return show_named(fields, name, value)
    if isinstance(value, str) and field.kind == "choice":
        return humanise(value)
    text = write(field, value)
    return text.replace(",", "") if field.kind == "money" else text


def record_object(store: Store, register: type[Entity], uid: str, today: date) -> dict[str, Any]:
    """Return a record, removed or not, as JSON has it on a day. Raises TrackerError when there is none."""
    from tracker.cli.registers.lateness import Marks
    from tracker.services.pages.given_ratings import RATED, given_of
    from tracker.services.records.notes import known_as, notes_of

    page = page_values(store, register.kind, uid)
    if page is None:
        raise TrackerError(f"This {register.noun} did not exist on that day.")
    ref, values = page
    parts = _list_object(register, {"uid": uid, "ref": ref, **values})
    said = {name: remark.data() for name, remark in said_of(store, uid).items() if not remark.is_plain}
    reckoned = {name: state for name, state in parts["states"].items() if state["state"] == "worked_out"}
    parts["states"] = said | {name: {**state, "source": None} for name, state in reckoned.items()}
    if register in RATED:
        parts["ratings"] = [rating.data() for rating in given_of(store, register, uid)]
    tied = {"identifiers": json_list(known_as(store, uid)), "notes": json_list(notes_of(store, uid))}
    return {**parts, **Marks(store, register, today, [uid]).data(uid), **tied}


def show_record(
    session: Session,
    register: type[Entity],
    ref: str,
    *,
    as_of: str | None,
    true_on: str | None,
    json: bool,
    notes: bool = False,
) -> None:
    """Print one record with all its fields."""
    from tracker.cli.pages.record import print_record

    with state(session, register, as_of, true_on) as (now, then):
        uid = _find_to_show(now, register, ref)
        day = session.day_asked(as_of, true_on) or session.today()
        if json:
            as_json(record_object(then, register, uid, day) | _known_of(session, true_on))
        else:
            print_record(then, register, uid, day, whole_notes=notes)
        if register.kind == "person":
            _say_alias(now, ref, uid)


def _find_to_show(store: Store, register: type[Entity], ref: str) -> str:
    """Return the uid of the record that a text names, or that was called so before, which is said. Raises TrackerError.

    Only for looking: what is written names a record as it is called today.
    """
    try:
        return find_uid(store, register, ref, deleted=True)
    except TrackerError as error:
        return find_uid(store, register, former_ref(error), deleted=True)


def former_ref(error: TrackerError) -> str:
    """Return the ref of the record that was called so before, which is said; any other error is raised."""
    if error.code != "former_name":
        raise error
    words(str(error))
    return str(error.values["ref"])


def _say_alias(store: Store, text: str, uid: str) -> None:
    """Say that another record of a person leads to the one that is shown."""
    from tracker.services.records.people import alias_called

    if alias := alias_called(store, text, uid):
        words(f"{alias} is the same person.")
