"""The names that records had: on the day of an earlier paper, and all by which they were known before."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from tracker.entities import entity
from tracker.entities.outline import outline_of, outlines
from tracker.rules.erasing.folding import same_name
from tracker.storage.store import Store

Key = tuple[str, str]  # the kind and the uid of a record


class FormerName(NamedTuple):
    """A name that a record had, as what it is known today; what an erasure took away is none."""

    kind: str
    uid: str
    name: str


# An index answers for each record: a journal has few changes of names among all others.
_OF_REGISTER = """
SELECT c.id, c.kind, c.row, c.old, c.tx FROM "{kind}" t CROSS JOIN change c ON c.row = t.uid AND c.field = '{field}'
WHERE c.aside IS NULL AND c.old IS NOT NULL AND c.salt IS NOT NULL
"""
_RENAMES = """
SELECT n.kind, n.row, n.old, n.tx, x.recorded FROM ({}) n LEFT JOIN tx x ON x.id = n.tx ORDER BY n.id DESC
"""


def _renames(store: Store, kind: str = "") -> list[tuple[FormerName, int, str]]:
    """Return every name that was given up, the newest first, with the command that changed it and its day.

    Of the records of one kind, or of all.
    """
    asked = {kind: outline_of(entity(kind))} if kind else outlines()
    parts = [
        _OF_REGISTER.format(kind=of, field=outline.name_field) for of, outline in asked.items() if outline.name_field
    ]
    if not parts:
        return []
    rows = store.read(_RENAMES.format(" UNION ALL ".join(parts)))
    return [(FormerName(of, uid, str(old)), tx or 0, recorded or "") for of, uid, old, tx, recorded in rows]


def former_names(store: Store, kind: str = "") -> list[FormerName]:
    """Return every name that records of a kind (or of all) had before, the newest first; of an erased one none."""
    return list(dict.fromkeys(name for name, _, _ in _renames(store, kind)))


def called_before(store: Store, text: str, kind: str = "") -> list[FormerName]:
    """Return the former names that hold every word of a text, of one kind or all; those that are the text alone first.

    Case and accents do not count.
    """
    sought = same_name(text)
    words = sought.split()
    names = [(same_name(former.name), former) for former in former_names(store, kind)]
    fitting = [(name != sought, former) for name, former in names if words and all(word in name for word in words)]
    return [former for _, former in sorted(fitting, key=lambda pair: pair[0])]


def listed_by_former_name(store: Store, kind: str, text: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return the former name by which a list holds a record, by uid, of records given with their names of today.

    That is one that holds a word of the text which today's name does not.
    """
    words = same_name(text).split()
    former: dict[str, str] = {}
    for name in former_names(store, kind) if words else ():
        if name.uid in names:
            today = same_name(names[name.uid])
            before = same_name(name.name)
            if any(word in before and word not in today for word in words):
                former.setdefault(name.uid, name.name)
    return former


def names_then(store: Store, snapshot: str, as_of: date) -> dict[Key, str]:
    """Return the name of each record that was renamed since, as a snapshot (a uid) of the position of a day has it."""
    frozen = store.read("SELECT coalesce(min(tx), 0) FROM change WHERE row = ? AND field = '*'", (snapshot,))[0][0]
    names: dict[Key, str] = {}
    for name, tx, recorded in _renames(store):
        if tx > frozen or recorded > as_of.isoformat():
            names[name.kind, name.uid] = name.name  # the oldest of them comes last, and stays
    return names
