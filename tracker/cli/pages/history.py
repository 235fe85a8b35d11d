"""The history on paper: of a record, of one change, or of the whole programme."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from tracker.cli.shell.output import data, json_value, words
from tracker.cli.shell.session import Session
from tracker.cli.shell.tables import listing, terminal_width
from tracker.entities import entity
from tracker.errors import TrackerError
from tracker.services.records.history_words import Told, told_changes
from tracker.storage.journal.history import Change, Command, added_for, commands, of_command
from tracker.storage.journal.history import of_record as changes_of
from tracker.storage.queries import Link, links
from tracker.storage.store import Store

HEADERS = ["Change", "When (UTC)", "Who", "Through", "Record", "Field", "From", "To", "Why"]


class Line(NamedTuple):
    """A change in words, and the record that it was made to."""

    link: Link
    told: Told


def of_record(session: Session, ref: str, limit: int | None, form: str) -> None:
    """Print every change of a record, the oldest first; only the newest when a limit is given."""
    from tracker.services.records.finding import resolve_any

    with session.store(read_only=True) as store:
        kind, link = resolve_any(store, ref)
        told = [Line(link, one) for one in told_changes(store, kind, link.uid)]
        objects = _objects(store, _with_carried(store, kind, link.uid)) if form == "json" else []
    _print(told[-limit:] if limit else told, objects[-limit:] if limit else objects, form)


def of_change(session: Session, number: int, form: str) -> None:
    """Print what one command changed. Raises TrackerError when there is none of that number."""
    with session.store(read_only=True) as store:
        changes = of_command(store, number)
        if not changes:
            raise TrackerError(f"There is no change {number}. “tracker history” lists the newest.")
        told = []
        for kind, uid in dict.fromkeys((change.kind, change.uid) for change in changes):
            link = links(store, kind).get(uid) or Link(uid, "", f"a {entity(kind).noun} that is gone")
            told += [Line(link, one) for one in told_changes(store, kind, uid) if one.tx == number]
        objects = _objects(store, changes) if form == "json" else []
    _print(list(dict.fromkeys(told)), objects, form)


def _print(told: Sequence[Line], objects: list[dict[str, Any]], form: str) -> None:
    width = terminal_width()
    if not form and width is not None:
        from textwrap import wrap

        for line in _log(told):
            indent = " " * (len(line) - len(line.lstrip()) + 2)
            for part in wrap(line, max(width, 30), subsequent_indent=indent) or [""]:
                data(part)
        return
    cells = [
        [str(t.tx) if t.tx else "—", t.when, t.who, t.front, link.ref, t.field, t.old, t.new, t.reason]
        for link, t in told
    ]
    listing(HEADERS, cells, form=form, objects=objects)


def _log(told: Sequence[Line]) -> Iterable[str]:
    """Yield the changes as paragraphs: a table has no room for old and new texts side by side."""
    before = None
    for link, one in told:
        if one[:5] != before:
            before = one[:5]
            who = f"{one.who} ({one.front})" if one.who != one.front else one.who
            yield f"{one.tx or '—'}  {one.when or 'at an unknown time'}  {who}"
            if one.reason:
                yield f"     why: {one.reason}"
        yield f"     {link.ref}  {_in_words(one)}"


def _in_words(one: Told) -> str:
    if one.field == "—":
        return one.new or one.old
    if not one.old:
        return f"{one.field}: {one.new}" if one.new else one.field
    return f"{one.field}: {one.old} → {one.new or '(empty)'}"


def of_programme(session: Session, limit: int, form: str) -> None:
    """Print the newest commands, the newest first."""
    with session.store(read_only=True) as store:
        found = commands(store, limit=limit)
    listing(
        ["Change", "When (UTC)", "Who", "What", "Records", "Why", "Through"],
        [
            [
                str(one.tx),
                one.at.strftime("%Y-%m-%d %H:%M"),
                one.who,
                _what(one),
                ", ".join(link.ref for link in one.touched[:6]) + (" …" if len(one.touched) > 6 else ""),
                one.reason or "",
                one.front,
            ]
            for one in found
        ],
        form=form,
        objects=[_command(one) for one in found],
        wide=[5],
    )
    if not form and len(found) == limit:
        words(f"(The newest {limit}; --limit shows more.)")


def _what(one: Command) -> str:
    of = f" of {one.undoes}" if one.undoes else ""
    back = f" (turned back by {one.undone_by})" if one.undone_by else ""
    return one.command.replace(".", " ") + of + back


def _command(one: Command) -> dict[str, Any]:
    return {
        "change": one.tx,
        "at": json_value(one.at),
        "who": one.who,
        "front": one.front,
        "command": one.command,
        "reason": one.reason,
        "undoes": one.undoes,
        "undone_by": one.undone_by,
        "records": [json_value(link) for link in one.touched],
    }


def _with_carried(store: Store, kind: str, uid: str) -> list[Change]:
    """Return the changes of a record, and of the newer records that its fields are read from."""
    found = changes_of(store, uid)
    for child, link in sorted({(f.carried.kind, f.carried.link) for f in entity(kind).fields().values() if f.carried}):
        found += added_for(store, child, link, uid)
    return sorted(found, key=lambda change: change.id)


def _objects(store: Store, changes: list[Change]) -> list[dict[str, Any]]:
    kinds = {field.target for c in changes for field in entity(c.kind).fields().values() if field.target}
    names = {
        uid: link for kind in kinds | {"person"} | {c.kind for c in changes} for uid, link in links(store, kind).items()
    }
    return [_object(change, names) for change in changes]


def _object(change: Change, names: dict[str, Link]) -> dict[str, Any]:
    fields = entity(change.kind).fields()

    def value(name: str, raw: Any) -> Any:
        is_reference = (name in fields and fields[name].target) or name == "deleted_by"
        return json_value(names.get(raw, raw) if is_reference else raw)

    def side(raw: Any) -> Any:
        if change.field == "*" and raw is not None:
            return {name: value(name, one) for name, one in raw.items()}
        return value(change.field, raw)

    return {
        "change": change.tx,
        "at": json_value(change.at),
        "day": json_value(change.day),
        "who": change.who,
        "front": change.front,
        "command": change.command,
        "reason": change.reason,
        "undoes": change.undoes,
        "kind": change.kind,
        "record": json_value(names.get(change.uid)),
        "field": change.field,
        "old": side(change.old),
        "new": side(change.new),
        "known": change.known,
    }
