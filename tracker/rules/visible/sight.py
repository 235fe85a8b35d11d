"""A position three ways: as papers may show it, in full, and in full with the words of what is hidden masked.

A paper prints what is shown. What the records say is judged in full, so that restricting one makes nothing better. The
masked position has every record, and a mask in place of each text of a hidden one: a paper that is made of it tells
where what is hidden would make a difference, and cannot tell what it is.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple
from zlib import crc32

from tracker.entities import Entity
from tracker.fields import CLOCK, Field, Value
from tracker.rules.day import NOTHING_HIDDEN, Day, E, Hidden, Move, Nothings, shown_day
from tracker.rules.settings import DEFAULTS, Settings

MASK = re.compile("\ue000[0-9]+\ue001")  # private letters: nobody types them, and none is left in a paper
BEGINS = 32  # characters of a text by which it is known where it stands cut
GROUP = "role_group"
READ = ("channel_mix",)  # texts that rules read: one that they cannot read would stop them


class Sight(NamedTuple):
    """The position as it may be shown, in full, and in full with masks; one and the same where nothing is hidden."""

    visible: Day
    full: Day
    masked: Day

    @property
    def hides(self) -> bool:
        """Whether anything is hidden."""
        return self.visible is not self.full

    def with_journal(
        self, updated: Mapping[str, date], moves: Mapping[tuple[str, str], list[Move]], nothings: Nothings
    ) -> "Sight":
        """Return the same position with what the journal tells of it and what is said of fields."""
        visible = self.visible.with_journal(updated, moves, nothings)
        if not self.hides:
            return Sight(visible, visible, visible)
        full = self.full.with_journal(updated, moves, nothings)
        return Sight(visible, full, self.masked.with_journal(updated, moves, nothings))

    def in_full(self) -> "Sight":
        """Return the position for those who may read everything: nothing is hidden from them."""
        return Sight(self.full, self.full, self.full)


def sight(
    day: date, records: Iterable[Entity], settings: Settings = DEFAULTS, closed: Hidden = NOTHING_HIDDEN
) -> Sight:
    """Return a position three ways, from all records, removed ones included.

    ``closed`` is what is hidden by another day's word, since the stricter one holds.
    """
    everything = list(records)
    visible = shown_day(day, everything, settings, closed)
    if not visible.hidden.uids:
        return Sight(visible, visible, visible)
    hidden = visible.hidden.uids
    groups = {getattr(record, GROUP, None) for record in visible.everything()}
    masked = _with_masks(everything, hidden, groups)
    # A paper of it says how much is hidden, as the paper of what is shown does.
    counts = Hidden(frozenset(), visible.hidden.restricted, visible.hidden.belonging)
    return Sight(visible, _complete(day, everything, settings), _complete(day, masked, settings, counts))


def _complete(day: date, records: Iterable[Entity], settings: Settings, hidden: Hidden = NOTHING_HIDDEN) -> Day:
    sides: tuple[dict[str, list[Entity]], dict[str, list[Entity]]] = {}, {}
    for record in records:
        sides[record.deleted_at is not None].setdefault(record.kind, []).append(record)
    live, removed = sides
    return Day(day, live, settings, removed=removed, hidden=hidden)


def masked_among(records: tuple[E, ...], hidden: frozenset[str]) -> tuple[E, ...]:
    """Return some records with a mask in place of each that is restricted or hidden."""
    restricted = {record.uid for record in records if record.visibility == "restricted"}
    return tuple(_with_masks(records, hidden | restricted))


def _with_masks(records: Iterable[E], hidden: frozenset[str], groups: Collection[str | None] = ()) -> Iterator[E]:
    for record in records:
        if record.uid in hidden:
            record = _masked(record, groups)
        yield record


def _masked(record: E, groups: Collection[str | None]) -> E:
    """Return a record with the same mask in place of each of its texts, its ref among them.

    The name of a group stays where something visible bears it: by that name people are counted together.
    """
    mask = f"\ue000{crc32(record.uid.encode())}\ue001"  # the same on every day, and short enough to be cut by nobody
    values: dict[str, Value] = {**vars(record), "ref": mask, "tags": ()}
    for field in record.fields().values():
        if field.name == GROUP and values.get(GROUP) in groups:
            continue
        if values.get(field.name) is not None and _is_text(field):
            values[field.name] = mask
    values |= {name: None for name in READ if name in values}
    if values.get("deleted_reason"):
        values["deleted_reason"] = mask
    return type(record)(**values)


def _is_text(field: Field) -> bool:
    return field.kind == "text" and not field.target and not field.glob and CLOCK not in field.flags


def masks_in(text: str) -> frozenset[str]:
    """Return the masks that a text holds: one for each hidden record that it is about."""
    return frozenset(MASK.findall(text))


def hidden_words(sight: Sight) -> frozenset[str]:
    """Return what would give hidden records away: their refs, and those of their names that nothing shown has itself.

    A name of a single word is no sign of anything.
    """
    hidden = sight.visible.hidden.uids
    names = {_name(record).casefold() for record in sight.visible.everything()}
    words: set[str] = set()
    for record in sight.full.everything():
        if record.uid not in hidden or not record.ref:
            continue
        words.add(record.ref)
        name = _name(record)
        if " " in name and name.casefold() not in names:
            words.add(name)
    return frozenset(words)


def whole_words(*texts: str) -> re.Pattern[str]:
    """Return a pattern of some texts, the longest first, written large or small; no part of a longer word is one."""
    longest_first = sorted(texts, key=len, reverse=True)
    return re.compile("|".join(rf"(?<![\w-]){re.escape(text)}(?![\w-])" for text in longest_first), re.IGNORECASE)


def passages(sight: Sight) -> Iterator[tuple[Entity, frozenset[str]]]:
    """Yield each hidden record with the words that would tell of it: its ref, its name, and how its texts begin."""
    names = hidden_words(sight)
    public = {begin for record in sight.visible.everything() for begin in _beginnings(record)}
    for record in sight.full.everything():
        if record.uid in sight.visible.hidden.uids and record.ref:
            yield record, frozenset({record.ref, *({_name(record)} & names), *(_beginnings(record) - public)})


def _beginnings(record: Entity) -> set[str]:
    """Return how the longer texts of a record begin, in whole words."""
    texts = (getattr(record, field.name) for field in record.fields().values() if _is_text(field))
    return {text[:BEGINS].rpartition(" ")[0] for text in texts if isinstance(text, str) and len(text) > BEGINS} - {""}


def _name(record: Entity) -> str:
    field = record.fields()[record.name_field]
    value = getattr(record, field.name)
    if isinstance(value, str) and _is_text(field):
        return value
    return ""
