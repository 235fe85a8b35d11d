"""What a programme that was taken out says of itself, and whether what is read is still that."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from tracker.entities import ENTITIES, entity
from tracker.errors import TrackerError
from tracker.rules.wording import counted, listed, short
from tracker.services.moving.tables import LAYOUT, Programme, as_csv, columns_written
from tracker.storage.inspection import newest_schema

FIRST_SCHEMA = 7  # of the packages that did not say theirs

Json = dict[str, object]
Rows = list[dict[str, str]]


class Packed(NamedTuple):
    """What a package holds: its tables as texts, what was frozen, the last numbers given, and what to say of it."""

    tables: Mapping[str, Rows]
    frozen: Mapping[str, bytes]
    numbers: Mapping[str, int]
    remarks: tuple[str, ...] = ()


class Written(NamedTuple):
    """How a table was when it was written: how many rows, and the hash of them as CSV."""

    rows: int
    sha256: str


class Origin(NamedTuple):
    """What the program wrote of itself into a package."""

    layout: int
    schema: int
    numbers: Mapping[str, int]
    tables: Mapping[str, Written]
    frozen: Sequence[str]

    @classmethod
    def of(cls, programme: Programme) -> "Origin":
        """Return what is to be said of a programme that goes out."""
        tables = {
            table.register.kind: Written(len(table.rows), _digest([table.columns, *table.rows]))
            for table in programme.tables
        }
        numbers = dict(sorted(programme.numbers.items()))
        return cls(LAYOUT, newest_schema(), numbers, tables, sorted(programme.frozen))

    def as_json(self) -> Json:
        """Return it for a description in JSON."""
        return {**self._asdict(), "tables": {kind: list(table) for kind, table in self.tables.items()}}

    @classmethod
    def read(cls, own: object) -> "Origin":
        """Return what a description says. Raises TrackerError for one of others, or of a later version; ValueError."""
        if not isinstance(own, dict):
            raise TrackerError(
                "This Data Package is not of this program: take its tables in one by one.", "export.foreign"
            )
        schema = int(own.get("schema", FIRST_SCHEMA))
        if own.get("layout") != LAYOUT or schema > newest_schema():
            raise TrackerError(
                "A later version of the program wrote this package: take it in with that.", "export.newer"
            )
        numbers = {str(kind): int(last) for kind, last in own.get("numbers", {}).items()}
        tables = {str(kind): Written(int(rows), str(digest)) for kind, (rows, digest) in own.get("tables", {}).items()}
        return cls(LAYOUT, schema, numbers, tables, [str(digest) for digest in own.get("frozen", [])])

    def packed(self, tables: Mapping[str, Sequence[Sequence[str]]], frozen: Mapping[str, bytes]) -> Packed:
        """Return what came of a package, held to what was written; the first row of a table names its columns.

        Raises TrackerError for what is missing, or of another version. What somebody changed is said.
        """
        for kind in self.numbers:
            hold_register(kind)
        missing = [f"table of {entity(kind).plural}" for kind in self.tables if kind in ENTITIES and kind not in tables]
        missing += [f"frozen paper {digest[:12]}" for digest in self.frozen if digest not in frozen]
        if missing:
            raise TrackerError(f"The package is not whole: the {missing[0]} is not there.", "export.broken")
        records = {kind: self._records(kind, rows) for kind, rows in tables.items()}
        _hold_refs(records)
        return Packed(records, frozen, self.numbers, tuple(self._remarks(tables)))

    def _records(self, kind: str, rows: Sequence[Sequence[str]]) -> Rows:
        register = entity(kind)
        columns = tuple(rows[0]) if rows else ()
        widths = {len(row) for row in rows}
        needed = {"ref", "uid"} if self.schema < newest_schema() else set(columns_written(register))
        if len(widths) != 1 or not needed <= set(columns) or len(set(columns)) < len(columns):
            raise TrackerError(f"The columns of {kind} are not those of its register.", "export.columns")
        count = self.tables.get(kind)
        if count and len(rows) - 1 < count.rows:
            raise TrackerError(
                f"The package is not whole: of {counted(count.rows, register.noun, register.plural)} "
                f"{len(rows) - 1} are there.",
                "export.broken",
            )
        return [dict(zip(columns, row, strict=True)) for row in rows[1:]]

    def _remarks(self, tables: Mapping[str, Sequence[Sequence[str]]]) -> Iterator[str]:
        described = [kind for kind in tables if kind in self.tables]
        changed = [kind for kind in described if _digest(tables[kind]) != self.tables[kind].sha256]
        if changed:
            plurals = listed(entity(kind).plural for kind in changed)
            yield f"Changed since they were written, and taken as they are now: {plurals}."
        if self.schema < newest_schema():
            yield "An earlier version of the program wrote this: what came since is as in a new record."
        for kind, rows in tables.items():
            unknown = sorted(set(rows[0]) - set(columns_written(entity(kind))))
            if unknown:
                names = listed(short(column, 40) for column in unknown)
                yield f"Not taken, since {entity(kind).plural} have no such field: {names}."


def hold_register(kind: str) -> None:
    """Raise TrackerError for a register that this version does not have."""
    if kind not in ENTITIES:
        raise TrackerError(f"There is no register “{short(kind, 40)}” in this version.", "export.newer")


def _hold_refs(records: Mapping[str, Rows]) -> None:
    """Raise TrackerError where two rows are the same record."""
    for column in ("ref", "uid"):
        seen: set[str] = set()
        for row in (row for rows in records.values() for row in rows):
            if not row[column] or row[column] in seen:
                called = f"{column} {short(row[column], 40)} stands twice" if row[column] else f"a row has no {column}"
                raise TrackerError(f"The package was changed: {called}.", "export.twice")
            seen.add(row[column])


def _digest(rows: Sequence[Sequence[str]]) -> str:
    return sha256(as_csv(rows)).hexdigest()
