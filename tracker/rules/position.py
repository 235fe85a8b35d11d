"""The programme as it stood at the end of a day, as a paper may show it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from tracker.entities import ENTITIES, Entity, all_entities
from tracker.entities.programme import Programme
from tracker.fields import Carried
from tracker.rules.settings import DEFAULTS, Settings

# A record that belongs to a restricted one of these kinds would give it away.
OWNERS = ("pilot", "risk", "session", "metric", "gate", "journey")
DETAILS = (
    "assessment",
    "attendance",
    "step",
    "measurement",
    "criterion",
    "condition",
    "evaluation",
)  # nobody counts these as records of their own
NOT_SHOWN = "Name not shown"

ByKind = Mapping[str, Mapping[str, Entity]]


class Position(NamedTuple):
    """Records by kind and uid: those ``live`` and those removed (``gone``), without what is restricted.

    ``hidden`` holds the uids that were left out, of which ``restricted`` live records are restricted themselves
    and ``belonging`` live ones belong to such a record. ``people`` gives names by uid.
    """

    day: date
    live: ByKind
    gone: ByKind
    settings: Settings = DEFAULTS
    people: Mapping[str, str] = {}
    hidden: frozenset[str] = frozenset()
    restricted: int = 0
    belonging: int = 0

    def of(self, kind: str) -> list[Any]:
        """Return the live records of a kind, in the order they were given."""
        return list(self.live.get(kind, {}).values())

    @property
    def programme(self) -> Programme | None:
        """The programme; None when it was not there yet."""
        return next(iter(self.of("programme")), None)

    def person(self, uid: str | None) -> str:
        """Return a person's name; empty for nobody."""
        return self.people.get(uid, NOT_SHOWN) if uid else ""


def position(day: date, records: Iterable[Entity], settings: Settings = DEFAULTS) -> Position:
    """Return the position that some records make, removed ones included.

    Restricted records are left out together with the records that belong to them, and no carried figure
    of another record comes from one.
    """
    grouped: dict[str, list[Entity]] = {kind: [] for kind in ENTITIES}
    for record in records:
        grouped[record.kind].append(record)
    hidden: set[str] = set()
    restricted = belonging = 0
    for kind in ENTITIES:  # owners come before what belongs to them
        links = [field.name for field in entity_links(grouped[kind])]
        for record in grouped[kind]:
            itself = record.visibility == "restricted" and kind != "programme"
            if not itself and not any(getattr(record, name) in hidden for name in links):
                continue
            hidden.add(record.uid)
            if record.deleted_at is None:
                restricted += itself
                belonging += not itself and kind not in DETAILS
    live: dict[str, dict[str, Entity]] = {}
    gone: dict[str, dict[str, Entity]] = {}
    carriers = _carriers(grouped, hidden)
    for kind, some in grouped.items():
        for record in some:
            if record.uid not in hidden:
                side = live if record.deleted_at is None else gone
                shown = _recarried(record, grouped, hidden) if record.uid in carriers else record
                side.setdefault(kind, {})[record.uid] = shown
    people = {p.uid: str(getattr(p, "display_name", "")) for p in grouped["person"] if p.uid not in hidden}
    return Position(day, live, gone, settings, people, frozenset(hidden), restricted, belonging)


def entity_links(records: list[Entity]) -> list[Any]:
    """Return the fields by which records of one kind belong to others; ``records`` may be empty."""
    return [field for field in records[0].stored() if field.target in OWNERS] if records else []


def _carriers(grouped: Mapping[str, list[Entity]], hidden: set[str]) -> set[str]:
    """Return the uids of records that may carry a figure of a hidden one."""
    carried = {(f.carried.kind, f.carried.link) for e in all_entities() for f in e.fields().values() if f.carried}
    return {getattr(child, link) for kind, link in carried for child in grouped[kind] if child.uid in hidden}


def _recarried(record: Entity, grouped: Mapping[str, list[Entity]], hidden: set[str]) -> Entity:
    """Return the record with the figures it carries taken from records that may be shown."""
    values: dict[str, Any] = {}
    for field in record.fields().values():
        if field.carried is None:
            continue
        children = [child for child in grouped[field.carried.kind] if _carries(child, field.carried, record.uid)]
        newest = newest_of((child for child in children if child.uid not in hidden), field.carried.on)
        values[field.name] = getattr(newest, field.name) if newest else None
    if {"likelihood", "impact"} <= values.keys():
        both = values["likelihood"], values["impact"]
        values["score"] = None if None in both else both[0] * both[1]
    return type(record)(**{**vars(record), **values})


def _carries(child: Entity, carried: Carried, uid: str) -> bool:
    fits = all(getattr(child, name) == value for name, value in carried.where)
    return fits and getattr(child, carried.link) == uid and child.deleted_at is None


def newest_of(records: Iterable[Any], on: str) -> Any | None:
    """Return the record with the latest date in field ``on``, the last given of equals; None without any."""
    found = None
    for record in records:
        if found is None or getattr(record, on) >= getattr(found, on):
            found = record
    return found


def reports_of(position: Position, pilot: str | None) -> list[Any]:
    """Return what was reported of a pilot's (None: the programme's) overall confidence, the oldest first."""
    some = [
        report
        for report in position.of("confidence")
        if report.pilot == pilot and report.rating_kind == "reported" and report.dimension == "overall"
    ]
    return sorted(some, key=lambda report: report.as_of)  # stable: of one day, the last given comes last
