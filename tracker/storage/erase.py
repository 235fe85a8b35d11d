"""Erasing a person: name and address go from the whole file, history included, and the chain still verifies."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from tracker.entities import Person, all_entities
from tracker.errors import FileTrouble
from tracker.fields import PERSONAL, Field
from tracker.storage import lease
from tracker.storage.connection import FAILURES
from tracker.storage.journal.blanking import blank_changes, blank_reason, contents, restate
from tracker.storage.journal.chain import Content, reason_digest, unpack
from tracker.storage.schema import RECORD, RESTATED
from tracker.storage.search_schema import rebuild_search
from tracker.storage.store import Acting, Store

GONE = "[name removed]"
LEAST_TEXT = 20  # no rule asks for longer texts: one that was long enough stays so
PERSONAL_FIELDS = tuple(field.name for field in Person.stored() if PERSONAL in field.flags)
LEAST_NAME = 4  # shorter names stand inside too many other words


class Erased(NamedTuple):
    """What an erasure did: the name that stands there now, and in how many other texts the old one was replaced.

    ``snapshots`` are the refs of frozen papers that still hold the old one: what a board was shown never changes.
    """

    tx: int
    name: str
    texts: int
    snapshots: tuple[str, ...] = ()


def erase(store: Store, uid: str, by: Acting, *, reason: str) -> Erased:
    """Erase a person; what they recorded stays, under a name that is none.

    Content and salts of the journal rows that hold the personal data are taken away after their digest has
    been kept, so the chain verifies without them. The file is rewritten at the end, so that no deleted bytes
    stay in it. Backups made before still hold the name.
    """
    role = store.read("SELECT role_title FROM person WHERE uid = ?", (uid,))[0][0]
    name = f"Former staff ({role})" if role else "Former staff"
    pattern = _pattern([text for text in known_as(store, uid) if text != name])
    with store.command(by, "erase", reason=pattern.sub(GONE, reason)) as tx:
        _forget_changes(store, uid, pattern, "IS NOT ?", tx.id)
        _forget_reasons(store, pattern, tx.id)
        texts = _replace_texts(store, pattern)
        others = [f'"{field}"' for field in PERSONAL_FIELDS if field != "display_name"]
        empty, full = ", ".join(f"{field} = NULL" for field in others), " OR ".join(f"{f} IS NOT NULL" for f in others)
        # Whoever was erased already stays as they are: a revision without an entry of the journal is none.
        store.run(
            f"UPDATE person SET display_name = ?1, active = 0, {empty} "
            f"WHERE uid = ?2 AND (display_name IS NOT ?1 OR active OR {full})",
            (name, uid),
        )
        _forget_changes(store, uid, pattern, "IS ?", tx.id)
        restate(store.connection, tx.id)
        rebuild_search(store.connection)
    try:
        with lease.held(store.path):
            store.connection.execute("VACUUM")
    except (*FAILURES, FileTrouble) as error:
        raise FileTrouble(
            f"The person is erased, but {store.path} could not be rewritten, so that bytes of the "
            f"name may still lie in it. Close every program that has it open and erase them once more."
        ) from error
    return Erased(tx.id, name, texts)


def known_as(store: Store, uid: str) -> list[str]:
    """Return every name, address and login that a person ever had in the file, the longest first.

    Those that are too short to be found in texts are left out.
    """
    columns = ", ".join(f'"{name}"' for name in PERSONAL_FIELDS)
    texts = {value for row in store.read(f"SELECT {columns} FROM person WHERE uid = ?", (uid,)) for value in row}
    for field, old, new in store.read("SELECT field, old, new FROM change WHERE row = ? AND salt IS NOT NULL", (uid,)):
        for value in (old, new):
            values = unpack(value) if field in (RECORD, RESTATED) and value is not None else {field: value}
            texts |= {values.get(name) for name in PERSONAL_FIELDS}
    return sorted((str(text) for text in texts if text and len(str(text)) >= LEAST_NAME), key=len, reverse=True)


def _pattern(secrets: list[str]) -> re.Pattern[str]:
    """Return what finds each of some names as a word of its own; nothing is found without a name."""
    if not secrets:
        return re.compile(r"(?!)")
    return re.compile("|".join(rf"(?<!\w){_letters(text)}(?!\w)" for text in secrets))


def _letters(text: str) -> str:
    """Whole names and addresses count in capitals too; a single word such as “Mark” only as it is written."""
    letters = re.escape(text)
    return f"(?i:{letters})" if " " in text or "@" in text else letters


def _forget_changes(store: Store, uid: str, pattern: re.Pattern[str], condition: str, tx: int) -> None:
    """Take content and salt away from the journal rows (those that a condition allows) that hold what is erased."""
    gone = []
    for entry in contents(store.connection, condition, tx):
        personal = entry.row == uid and entry.field in (RECORD, RESTATED, *PERSONAL_FIELDS)
        if personal or _holds(pattern, *_contents(entry.field, entry.old), *_contents(entry.field, entry.new)):
            gone.append((entry.id, entry.digest))
    blank_changes(store.connection, tx, gone)


def _forget_reasons(store: Store, pattern: re.Pattern[str], tx: int) -> None:
    rows = store.read("SELECT id, reason, salt FROM tx WHERE salt IS NOT NULL AND reason IS NOT NULL")
    for number, reason, salt in rows:
        if _holds(pattern, reason):
            blank_reason(store.connection, tx, number, reason_digest(salt, reason))


def _contents(field: str, value: Content) -> Iterable[Content]:
    """Return what a journal row holds, unpacked: a packed record writes each apostrophe twice."""
    if field in (RECORD, RESTATED) and value is not None:
        return unpack(str(value)).values()
    return (value,)


def _holds(pattern: re.Pattern[str], *values: Content) -> bool:
    return any(isinstance(value, str) and pattern.search(value) for value in values)


def _replace_texts(store: Store, pattern: re.Pattern[str]) -> int:
    """Replace the name where other people wrote it into their texts; return in how many texts it stood."""
    count = 0
    for kind in all_entities():
        fields = {field.name: field for field in kind.stored() if _is_free(field)}
        names = [*fields, "deleted_reason"]
        columns = ", ".join(f'"{name}"' for name in names)
        for uid, *values in store.read(f'SELECT uid, {columns} FROM "{kind.kind}"'):
            for name, text in zip(names, values, strict=True):
                if _holds(pattern, text):
                    replaced = _replaced(pattern, text, fields.get(name))
                    store.run(f'UPDATE "{kind.kind}" SET "{name}" = ? WHERE uid = ?', (replaced, uid))
                    count += 1
    return count


def _replaced(pattern: re.Pattern[str], text: str, field: Field | None) -> str:
    """Return a text without the name, as long as the rules of its field ask and allow."""
    replaced = pattern.sub(GONE, text).ljust(min(len(text), LEAST_TEXT), "…")
    if field is not None and field.kind == "text" and field.longest:
        return replaced[: field.longest]
    return replaced


def _is_free(field: Field) -> bool:
    """Return whether people write what they like into a field."""
    free = field.kind in ("text", "list") and not field.choices and not field.glob
    return free and PERSONAL not in field.flags
