"""Which part of a record's history somebody wants, as they type it: ``who=me since=1 Nov field=due``."""

import re
from datetime import date

from tracker.entities import entity, registers
from tracker.errors import TrackerError
from tracker.rules.reading import NotRead, read_choice
from tracker.rules.typed.sides import not_known_yet
from tracker.rules.when import DateError, read_date
from tracker.services.conditions import Clock
from tracker.services.records.finding import resolve_ref
from tracker.services.records.journal import Wanted, fields_named
from tracker.services.typed.conventions import conventions_of
from tracker.storage import Store

PARTS = ("since", "until", "who", "field", "kind")
SAY = "Say since=, until=, who=, field= or kind=, such as: who=me since=1 Nov"
_PART = re.compile(rf"\b({'|'.join(PARTS)})\s*=", re.IGNORECASE)


def parts_typed(text: str) -> dict[str, str]:
    """Return what was typed for each part; a part without words is left out. Raises TrackerError for other words."""
    before, *remainder = _PART.split(text)
    if before.strip():
        raise TrackerError(f"“{before.strip()}” narrows no history. {SAY}.", "history.word")
    parts = {}
    for name, words in zip(remainder[::2], remainder[1::2], strict=True):
        part = name.lower()
        if part in parts:
            raise TrackerError(f"{part}= is there twice. Say it once.", "history.twice")
        parts[part] = words.strip().strip('"').strip()
    return {part: words for part, words in parts.items() if words}


def part_wanted(clock: Clock, store: Store, kind: str, text: str) -> Wanted:
    """Return which part of the history of a record of some kind a text asks for. Raises TrackerError."""
    parts = parts_typed(text)
    since = _day(clock, store, parts, "since")
    until = _day(clock, store, parts, "until")
    if since and until and until < since:
        raise TrackerError(f"until={until} is before since={since}: nothing lies between.", "history.between")
    register = kind
    if "kind" in parts:
        register = _register(parts["kind"])
    fields = fields_named(entity(register), parts["field"]) if "field" in parts else ()
    actor = resolve_ref(store, "person", parts["who"], deleted=True).uid if "who" in parts else ""
    return Wanted(since, until, actor, register if "kind" in parts else "", fields)


def _register(text: str) -> str:
    try:
        return read_choice("Kind", text, tuple(register.kind for register in registers()))
    except NotRead as error:
        raise TrackerError(str(error), "history.kind") from None


def _day(clock: Clock, store: Store, parts: dict[str, str], name: str) -> date | None:
    if name not in parts:
        return None
    today = clock()
    try:
        day = read_date(parts[name], today, "back", conventions_of(store))
    except DateError as error:
        raise TrackerError(f"{name}: {error}", "history.day") from None
    if day > today:
        raise TrackerError(not_known_yet(name, day, today), "history.to_come")
    return day
