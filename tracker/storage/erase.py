"""Erasing a person: name and address go from the whole file, history included, and the chain still verifies."""

import re
from typing import Any, NamedTuple

from tracker.entities import all_entities, entity
from tracker.errors import FileTrouble
from tracker.fields import PERSONAL
from tracker.storage.connection import FAILURES
from tracker.storage.journal.chain import change_digest, reason_digest, unpack
from tracker.storage.search_schema import rebuild_search
from tracker.storage.store import Acting, Store

GONE = "[name removed]"
FREE = ("text", "list")  # kinds of fields in which people write what they like
LEAST_TEXT = 20  # no rule asks for longer texts: one that was long enough stays so
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
    been kept, so the chain verifies without them (design/storage.md, B1). The file is rewritten at the end,
    so that no deleted bytes stay in it. Backups made before still hold the name.
    """
    fields = [field.name for field in entity("person").stored() if PERSONAL in field.flags]
    columns = ", ".join(f'"{name}"' for name in fields)
    row = store.read(f"SELECT role_title, {columns} FROM person WHERE uid = ?", (uid,))[0]
    name = f"Former staff ({row[0]})" if row[0] else "Former staff"
    secrets = [text for text in _secrets(store, uid, [value for value in row[1:] if value]) if text != name]
    with store.command(by, "erase", reason=_without(reason, secrets)) as tx:
        _forget_journal(store, uid, secrets, fields, tx.id)
        texts = _replace_texts(store, secrets)
        empty = ", ".join(f'"{field}" = NULL' for field in fields if field != "display_name")
        store.run(f"UPDATE person SET display_name = ?, active = 0, {empty} WHERE uid = ?", (name, uid))
        _forget_journal(store, uid, secrets, fields, tx.id, own=True)
        rebuild_search(store.connection)
    try:
        store.connection.execute("VACUUM")
    except FAILURES as error:
        raise FileTrouble(
            f"The person is erased, but {store.path} could not be rewritten, so that bytes of the "
            f"name may still lie in it. Close every program that has it open and erase them once more."
        ) from error
    return Erased(tx.id, name, texts)


def known_as(store: Store, uid: str) -> list[str]:
    """Return every name, address and login that a person ever had in the file, and that is long enough to be found."""
    fields = [field.name for field in entity("person").stored() if PERSONAL in field.flags]
    columns = ", ".join(f'"{name}"' for name in fields)
    row = store.read(f"SELECT {columns} FROM person WHERE uid = ?", (uid,))[0]
    return _secrets(store, uid, [value for value in row if value])


def _secrets(store: Store, uid: str, current: list[str]) -> list[str]:
    """Return every name, address and login the person ever had here, the longest first."""
    found = set(current)
    personal = {f.name for f in entity("person").stored() if PERSONAL in f.flags}
    for field, old, new in store.read("SELECT field, old, new FROM change WHERE row = ? AND salt IS NOT NULL", (uid,)):
        for value in (old, new):
            if value is None:
                continue
            values = unpack(value) if field == "*" else {field: value}
            found |= {str(values[name]) for name in personal if values.get(name)}
    return sorted((text for text in found if len(text) >= LEAST_NAME), key=len, reverse=True)


def _pattern(secrets: list[str]) -> re.Pattern[str] | None:
    if not secrets:
        return None
    return re.compile("|".join(rf"(?<!\w){_letters(text)}(?!\w)" for text in secrets))


def _letters(text: str) -> str:
    """Whole names and addresses count in capitals too; a single word such as “Mark” only as it is written."""
    sought = re.escape(text)
    return f"(?i:{sought})" if " " in text or "@" in text else sought


def _without(text: str, secrets: list[str]) -> str:
    pattern = _pattern(secrets)
    return pattern.sub(GONE, text) if pattern else text


def _forget_journal(
    store: Store, uid: str, secrets: list[str], fields: list[str], tx: int, *, own: bool = False
) -> None:
    """Take content and salt away where the journal holds what is erased; ``own``: in this very command too."""
    pattern = _pattern(secrets)
    rows = store.read(
        "SELECT id, kind, row, field, old, new, base, salt FROM change WHERE salt IS NOT NULL AND (tx IS NOT ?) = ?",
        (tx, 0 if own else 1),
    )
    for number, kind, row, field, old, new, base, salt in rows:
        personal = row == uid and (field == "*" or field in fields)
        if personal or _holds(pattern, *_texts(field, old), *_texts(field, new)):
            digest = change_digest(salt, kind, row, field, old, new, base)
            store.run(
                "UPDATE change SET digest = ?, old = NULL, new = NULL, salt = NULL WHERE id = ?", (digest, number)
            )
    if own:
        return
    for number, reason, salt in store.read(
        "SELECT id, reason, salt FROM tx WHERE salt IS NOT NULL AND reason IS NOT NULL"
    ):
        if _holds(pattern, reason):
            store.run(
                "UPDATE tx SET digest = ?, reason = NULL, salt = NULL WHERE id = ?",
                (reason_digest(salt, reason), number),
            )


def _texts(field: str, value: Any) -> list[Any]:
    """Return what a journal row holds, unpacked: a packed record writes each apostrophe twice."""
    return list(unpack(value).values()) if field == "*" and value is not None else [value]


def _holds(pattern: re.Pattern[str] | None, *values: Any) -> bool:
    return pattern is not None and any(isinstance(value, str) and pattern.search(value) for value in values)


def _replace_texts(store: Store, secrets: list[str]) -> int:
    """Replace the name where other people wrote it into their texts; return in how many texts it stood."""
    pattern, count = _pattern(secrets), 0
    if pattern is None:
        return 0
    for kind in all_entities():
        names = [f.name for f in kind.stored() if f.kind in FREE and PERSONAL not in f.flags and not f.glob]
        names = [name for name in names if not kind.fields()[name].choices] + ["deleted_reason"]
        columns = ", ".join(f'"{name}"' for name in names)
        for uid, *values in store.read(f'SELECT uid, {columns} FROM "{kind.kind}"'):
            new = {n: v for n, v in zip(names, values, strict=True) if _holds(pattern, v)}
            for name, text in new.items():
                field = kind.fields().get(name)
                replaced = pattern.sub(GONE, text).ljust(min(len(text), LEAST_TEXT), "…")
                if field is not None and field.kind == "text" and field.longest:
                    replaced = replaced[: field.longest]
                store.run(f'UPDATE "{kind.kind}" SET "{name}" = ? WHERE uid = ?', (replaced, uid))
                count += 1
    return count
