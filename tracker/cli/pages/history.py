"""The history on paper: of a record, of one change, or of the whole programme."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.cli.shell import Session, data, json_object, json_value, words
from tracker.cli.shell.tables import listing, terminal_width
from tracker.entities import entity
from tracker.errors import TrackerError
from tracker.services.reading import Link, Store
from tracker.services.records.journal import (
    Change,
    Command,
    Wanted,
    as_of_records,
    commands_wanted,
    fields_named,
    fitting,
    link,
    links_in,
    newest_changes,
    of_command,
    with_carried,
)

if TYPE_CHECKING:
    from tracker.services.records.history_words import DescribedChange

HEADERS = ["Change", "When (UTC)", "Who", "Through", "Record", "Field", "From", "To", "Why", "True on"]
COMMAND_HEADERS = ["Change", "When (UTC)", "Who", "What", "Records", "Why", "Through"]
CALLED = {"tx": "change", "touched": "records", "uid": "record"}  # in JSON, by the name in the journal
REFS = 6  # of a command; its other records are an ellipsis


class Line(NamedTuple):
    """A change in words, and the record that it was made to."""

    link: Link
    change: "DescribedChange"


class Asked(NamedTuple):
    """What ``history`` is asked for, as it is typed; None: not."""

    since: str | None = None
    until: str | None = None
    who: str | None = None
    field: str | None = None
    kind: str | None = None

    @property
    def anything(self) -> bool:
        """Whether anything is asked."""
        return any(part is not None for part in self)

    def scope(self, session: Session, store: Store, kind: str = "") -> Wanted:
        """Return which part of the journal is meant; a field is one of ``kind``. Raises TrackerError."""
        since = session.past_day(self.since, "--since")
        until = session.past_day(self.until, "--until")
        if since and until and until < since:
            raise TrackerError(f"--until {until} is before --since {since}: nothing lies between.")
        kind_named = self.kind or ""
        register = entity(kind_named or kind) if kind_named or kind else None
        fields = fields_named(register, self.field) if self.field else ()
        return Wanted(since, until, _actor(store, self.who) if self.who else "", kind_named, fields)


def _actor(store: Store, text: str) -> str:
    from tracker.services.records.finding import resolve_ref

    return resolve_ref(store, "person", text, deleted=True).uid


class History:
    """Prints histories in one form: JSON, CSV, or for people."""

    def __init__(self, session: Session, *, json: bool, csv: bool) -> None:
        self.session = session
        self.json = json
        self.csv = csv and not json

    def of_record(self, ref: str, limit: int | None, filters: Asked) -> None:
        """Print the changes of a record that are asked for, the oldest first; only the newest with a limit."""
        from tracker.cli.registers.actions import former_ref
        from tracker.services.records.finding import resolve_any
        from tracker.services.records.history_words import describe_changes

        with self.session.store(read_only=True) as store:
            try:
                kind, record = resolve_any(store, ref)
            except TrackerError as error:
                kind, record = resolve_any(store, former_ref(error))
            scope = filters.scope(self.session, store, kind)
            changes = fitting(store, kind, record.uid, with_carried(store, kind, record.uid), scope)
            only = {change.id for change in changes}
            lines = [Line(record, change) for change in describe_changes(store, kind, record.uid, only)]
            objects = self._objects(store, changes) if self.json else []
        self._print(lines[-(limit or 0) :], objects[-(limit or 0) :])
        self._say_none(lines)

    def of_fields(self, limit: int, filters: Asked) -> None:
        """Print the newest changes of a field, whichever record holds it, the newest first."""
        from tracker.services.records.history_words import describe_changes

        with self.session.store(read_only=True) as store:
            changes = newest_changes(store, filters.scope(self.session, store), limit)
            only = {change.id for _, _, change in changes}
            lines: list[Line] = []
            for kind, uid in dict.fromkeys((kind, uid) for kind, uid, _ in changes):
                record = link(store, kind, uid) or Link(uid, "", "")
                lines += [Line(record, change) for change in describe_changes(store, kind, uid, only)]
            lines.sort(key=lambda line: (line.change.when, line.change.tx), reverse=True)
            objects = self._objects(store, [change for _, _, change in changes]) if self.json else []
        self._print(lines, objects)
        self._say_none(lines)

    def _say_none(self, lines: Sequence[Line]) -> None:
        if not lines:
            words("No such change.")

    def of_change(self, number: int) -> None:
        """Print what one command changed. Raises TrackerError when there is none of that number."""
        from tracker.services.records.history_words import describe_changes

        with self.session.store(read_only=True) as store:
            changes = as_of_records(store, of_command(store, number, asides=True))
            if not changes:
                raise TrackerError(f"There is no change {number}. “tracker history” lists the newest.")
            lines: list[Line] = []
            for kind, uid in dict.fromkeys((change.kind, change.uid) for change in changes):
                record = link(store, kind, uid) or Link(uid, "", f"a {entity(kind).noun} that is gone")
                lines += [Line(record, change) for change in describe_changes(store, kind, uid) if change.tx == number]
            objects = self._objects(store, changes) if self.json else []
        self._print(list(dict.fromkeys(lines)), objects)

    def of_programme(self, limit: int, filters: Asked) -> None:
        """Print the newest commands that are asked for, the newest first."""
        with self.session.store(read_only=True) as store:
            newest = commands_wanted(store, filters.scope(self.session, store), limit)
        rows = [_command_row(command) for command in newest]
        if self.csv:
            rows = [[*row, command.code] for row, command in zip(rows, newest, strict=True)]
        listing(
            [*COMMAND_HEADERS, "Code"] if self.csv else COMMAND_HEADERS,
            rows,
            json=self.json,
            csv=self.csv,
            objects=[_command_object(command) for command in newest],
            wide=[5],
        )
        if newest and not (self.json or self.csv):
            remark = f"The newest {limit}; --limit shows more. " if len(newest) == limit else ""
            if not filters.anything:
                remark += f"Code of the journal: {newest[0].code}."
            if remark:
                words(f"({remark.strip()})")
        if not newest:
            words("No such change.")

    def _objects(self, store: Store, changes: list[Change]) -> list[dict[str, Any]]:
        names = links_in(store, changes)
        return [_object(change, names) for change in changes]

    def _print(self, lines: Sequence[Line], objects: list[dict[str, Any]]) -> None:
        width = terminal_width()
        if self.json or self.csv or width is None:
            listing(HEADERS, [_row(line) for line in lines], json=self.json, csv=self.csv, objects=objects)
            return
        from textwrap import wrap

        for line in _log(lines):
            indent = " " * (len(line) - len(line.lstrip()) + 2)
            for part in wrap(line, max(width, 30), subsequent_indent=indent) or [""]:
                data(part)


def _row(line: Line) -> list[str]:
    change = line.change
    number = str(change.tx or "—")
    front = change.front
    field = change.field
    return [
        number,
        change.when,
        change.who,
        front,
        line.link.ref,
        field,
        change.old,
        change.new,
        change.reason,
        change.true_on,
    ]


def _log(lines: Iterable[Line]) -> Iterable[str]:
    """Yield the changes as paragraphs: a table has no room for old and new texts side by side."""
    before = None
    for record, change in lines:
        if change[:5] != before:
            before = change[:5]
            who = change.who if change.who == change.front else f"{change.who} ({change.front})"
            yield f"{change.tx or '—'}  {change.when or 'at an unknown time'}  {who}"
            if change.reason:
                yield f"     why: {change.reason}"
        yield f"     {record.ref}  {_in_words(change)}"
        if change.true_on:
            yield f"       {change.true_on}"


def _in_words(change: "DescribedChange") -> str:
    if change.field == "—":
        return change.new or change.old
    if change.old:
        return f"{change.field}: {change.old} → {change.new or '(empty)'}"
    return ": ".join(filter(None, (change.field, change.new)))


def _command_row(command: Command) -> list[str]:
    name = command.command.replace(".", " ")
    if command.undoes:
        name += f" of {command.undoes}"
    if command.undone_by:
        name += f" (turned back by {command.undone_by})"
    refs = ", ".join(link.ref for link in command.touched[:REFS])
    if len(command.touched) > REFS:
        refs += " …"
    at = command.at.strftime("%Y-%m-%d %H:%M")
    return [str(command.tx), at, command.who, name, refs, command.reason or "", command.front]


def _command_object(command: Command) -> dict[str, Any]:
    return _renamed(json_object(command))


def _object(change: Change, names: dict[str, Link]) -> dict[str, Any]:
    fields = entity(change.kind).fields()

    def value(name: str, raw: object) -> Any:
        is_reference = (name in fields and fields[name].target) or name == "deleted_by"
        return json_value(names.get(str(raw), raw) if is_reference else raw)

    def side(raw: Any) -> Any:
        if change.field == "*" and raw is not None:
            return {name: value(name, part) for name, part in raw.items()}
        return value(change.field, raw)

    parts = json_object(change) | {"old": side(change.old), "new": side(change.new)}
    parts |= {"uid": json_value(names.get(change.uid))}
    return _renamed(parts)


def _renamed(parts: dict[str, Any]) -> dict[str, Any]:
    return {CALLED.get(name, name): part for name, part in parts.items() if name not in ("id", "actor")}
