"""The demonstration programme: what its people did, replayed as commands at the times they did it.

The events stand in data/demo/*.toml. A replay gives the file a true journal: forecasts that moved, ratings
that changed, records that came late or were removed, and the state of any earlier day.
"""

import os
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypedDict

from tracker.content import content
from tracker.entities import ENTITIES, entity
from tracker.errors import FileTrouble, TrackerError
from tracker.fields import Values
from tracker.services.demo.dated import as_words, same_weekday
from tracker.services.demo.synthetic import build_large, build_tiny
from tracker.services.programme_file import create_programme
from tracker.services.records.finding import read_values, resolve_ref
from tracker.services.records.writing import Fate, add, change, remove, restore
from tracker.storage import Acting, Store

__all__ = ["FRONT", "TODAY", "build_demo", "build_large", "build_tiny"]

TODAY = date(2026, 11, 12)  # the day of the board that the demonstration leads up to
FRONT = "demo"
DEEDS = ("add", "set", "remove", "restore", "freeze")


class Entry(TypedDict, total=False):
    """An entry as a file of the story has it; all but ``ref``, ``reason`` and ``values`` are needed."""

    at: datetime
    who: str
    do: str
    kind: str
    ref: str
    reason: str
    values: dict[str, object]


class Event(NamedTuple):
    """One thing that somebody did; ``where`` names file and entry, ``values`` are texts as a person types them."""

    at: datetime
    place: str
    person: str
    do: str
    kind: str
    ref: str
    reason: str | None
    values: dict[str, str]


class Script(NamedTuple):
    """Every event in the order of time, and the people by their short names."""

    events: tuple[Event, ...]
    names: dict[str, str]


def day_near(today: date) -> date:
    """Return the day on which the board meets in a demonstration that is to be young today: a Thursday, as told."""
    return same_weekday(TODAY, today)


def build_demo(path: Path, *, shift_to: date | None = None) -> None:
    """Make the demonstration programme at a path where nothing is yet.

    ``shift_to`` moves every time and date so that the board of 12 November 2026 falls on that day; days in prose too.
    Raises FileTrouble when something is there, TrackerError that names file and entry when the content is wrong.
    """
    if path.exists():
        raise FileTrouble(f"{path} exists already. Choose another place for the demonstration.")
    script = read_script(_shipped(), shift_to - TODAY if shift_to else timedelta(0))
    try:
        replay(path, script)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _shipped() -> dict[str, str]:
    return {
        file.name: file.read_text(encoding="utf-8")
        for file in sorted(content("demo").iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    }


def read_script(files: dict[str, str], shift: timedelta) -> Script:
    """Return the events of TOML texts by file name. Raises TrackerError that names file and entry."""
    events: list[Event] = []
    names: dict[str, str] = {}
    for name, text in files.items():
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise TrackerError(f"{name}: {error}. Mend the file; it is not TOML.") from error
        names.update(tables.get("aliases", {}))
        for number, table in enumerate(tables.get("event", []), 1):
            events.append(_event(f"{name}, entry {number}", table, shift))
    return Script(tuple(sorted(events, key=lambda event: event.at)), names)


def _event(place: str, table: Entry, shift: timedelta) -> Event:
    fault = _fault(table)
    if fault:
        raise TrackerError(f"{place}: {fault}")
    fields = entity(table["kind"]).fields()
    values = {name: as_words(_typed(value), shift) for name, value in table.get("values", {}).items()}
    if shift:
        for name, text in values.items():
            if fields[name].kind == "date" and text:
                values[name] = _moved(place, name, text, shift)
    at = table["at"].astimezone(UTC) + shift
    reason = as_words(table["reason"], shift) if "reason" in table else None
    return Event(at, place, table["who"], table["do"], table["kind"], table.get("ref", ""), reason, values)


def _fault(table: Entry) -> str:
    """Return what is wrong with an entry as a sentence; an empty text when nothing is."""
    missing = [key for key in ("at", "who", "do", "kind") if key not in table]
    unknown = [key for key in table if key not in Entry.__annotations__]
    if missing:
        return f"it needs {', '.join(missing)}."
    if unknown:
        return f"{', '.join(unknown)} is not known here."
    if not isinstance(table["at"], datetime) or table["at"].tzinfo is None:
        return "at is a time with its zone, such as 2026-10-08T10:15:00Z."
    if table["do"] not in DEEDS:
        return f"do is one of {', '.join(DEEDS)}; “{table['do']}” is not."
    if table["kind"] not in ENTITIES:
        return f"there is no kind “{table['kind']}”."
    register = entity(table["kind"])
    if not table.get("ref") and table["do"] != "add":
        return f"it needs ref, the {register.noun} that is meant."
    if table["do"] == "freeze" and table["kind"] != "board":
        return "only the papers of a board are frozen."
    strange = [name for name in table.get("values", {}) if name not in register.labels()]
    return f"a {register.noun} has no {', '.join(strange)}." if strange else ""


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return {True: "yes", False: "no"}[value]
    return str(value)


def _moved(place: str, name: str, text: str, shift: timedelta) -> str:
    if text.startswith("FY"):  # a financial year has moved with its words
        return text
    try:
        return (date.fromisoformat(text) + shift).isoformat()
    except ValueError:
        raise TrackerError(f"{place}: {name} is a date such as 2026-11-12; “{text}” is not.") from None


def replay(path: Path, script: Script) -> None:
    """Make the file and give every command of the script. Raises TrackerError that names file and entry."""
    first, *events = script.events
    if (first.do, first.kind) != ("add", "programme") or first.person not in script.names:
        raise TrackerError(f"{first.place}: the first event adds the programme, by somebody in [aliases].")
    store = create_programme(
        path, _as_values(first), script.names[first.person], first.at, first.at.date(), front=FRONT
    )
    with store:
        # Hundreds of commands would each wait for the disk; nobody else knows the file until all are given.
        store.write_unsafely()
        people: dict[str, str] = {}
        for event in events:
            try:
                _do(store, event, _acting(store, event, script.names, people))
            except TrackerError as error:
                deed = f"{event.do} {event.kind} {event.ref}".strip()
                raise TrackerError(f"{event.place} ({deed}): {error}") from error
    _to_disk(path)


def _as_values(event: Event) -> Values:
    from tracker.rules.reading import NotRead, read

    fields = entity(event.kind).fields()
    try:
        return {name: read(fields[name], text, event.at.date()) for name, text in event.values.items()}
    except NotRead as error:
        raise TrackerError(f"{event.place}: {error}") from error


def _acting(store: Store, event: Event, names: dict[str, str], people: dict[str, str]) -> Acting:
    if event.person not in people:
        if event.person not in names:
            raise TrackerError(f"“{event.person}” is not in [aliases].")
        people[event.person] = resolve_ref(store, "person", names[event.person]).uid
    return Acting(people[event.person], FRONT, event.at, event.at.date())


def _do(store: Store, event: Event, by: Acting) -> None:
    if event.do == "add":
        values, _ = read_values(store, event.kind, event.values, by.today)
        saved = add(store, event.kind, values, by, reason=event.reason, number=_number(event))
        if event.ref not in ("", saved.ref):
            raise TrackerError(f"it became {saved.ref}.")
        return
    uid = resolve_ref(store, event.kind, event.ref, deleted=event.do == "restore").uid
    if event.do == "set":
        values, _ = read_values(store, event.kind, event.values, by.today)
        # The script says itself what became of the work of somebody who left.
        if change(store, event.kind, uid, values, by, reason=event.reason, fate=Fate("leave")).tx == 0:
            raise TrackerError("it changes nothing.")
    elif event.do == "remove":
        remove(store, event.kind, uid, by, reason=event.reason or "")
    elif event.do == "freeze":
        from tracker.services.board.freezing import freeze

        freeze(store, uid, by, reason=event.reason)
    else:
        restore(store, event.kind, uid, by, reason=event.reason)


def _number(event: Event) -> int | None:
    if not event.ref:
        return None
    register = entity(event.kind)
    digits = event.ref.removeprefix(register.prefix + "-")
    if not digits.isascii() or not digits.isdigit():
        raise TrackerError(f"write the ref like {register.new_ref(7)}.")
    return int(digits)


def _to_disk(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())
