"""What the database must look like, worked out from the entities.

The tables themselves are made by the frozen steps in steps/; a test compares the two. The triggers that
write the journal are made from here after every migration, since rebuilding a table drops them silently.
"""

import sys
from collections.abc import Iterator

from tracker.entities import ENTITIES, Entity, all_entities, entity
from tracker.entities.base import COMMON_LAWS, REMOVAL
from tracker.fields import ABOUT, KEY, MISSING, Field

RECORD, RESTATED = "*", "="  # what the journal calls a whole record: added or taken away, and said once more


def literal(value: object) -> str:
    """Return a constant as SQL text."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return literal(",".join(value))
    return "'" + str(value).replace("'", "''") + "'"


def checks(field: Field) -> Iterator[str]:
    """Yield the conditions in SQL that a value of a field has to meet."""
    name = f'"{field.name}"'
    if field.kind == "choice":
        yield f"{name} IN ({', '.join(literal(choice) for choice in field.choices)})"
    if field.kind == "date":
        yield f"{name} IS date({name}, '+0 days')"
    if field.kind == "yes_no":
        yield f"{name} IN (0, 1)"
    if field.kind == "list":
        # Plain text with commas: SQLite 3.40 calls its JSON functions unsafe in a schema that is not trusted.
        if field.choices:
            unknown = f"',' || {name} || ','"  # what is left without the choices
            for choice in field.choices:
                unknown = f"replace({unknown}, ',{choice},', ',,')"
            yield f"replace({unknown}, ',', '') = ''"
        else:
            yield f"length({name}) - length(replace({name}, ',', '')) < {field.longest}"
    if field.kind == "text" and field.longest:
        yield f"length({name}) <= {field.longest}"
    if field.glob:
        yield f"{name} GLOB '{field.glob}'"
    if field.least is not None:
        yield f"{name} >= {field.least}"
    if field.most is not None:
        yield f"{name} <= {field.most}"


def column(field: Field) -> str:
    """Return the column definition of a stored field.

    That a value is needed, and how long it is at least, is for the services: what is imported may lack it.
    """
    kind = {"number": "INTEGER", "money": "INTEGER", "yes_no": "INTEGER", "decimal": "REAL"}.get(field.kind, "TEXT")
    parts = [f'"{field.name}" {kind}']
    has_default = field.default is not MISSING and field.default is not None
    if has_default:
        parts.append(f"NOT NULL DEFAULT {literal(field.default)}")
    rule = " AND ".join(checks(field))
    if rule:
        parts.append(f"CHECK ({rule})" if has_default else f'CHECK ("{field.name}" IS NULL OR ({rule}))')
    if field.target:
        parts.append(f'REFERENCES "{field.target}"("uid") DEFERRABLE INITIALLY DEFERRED')
    return " ".join(parts)


def _person(name: str) -> str:
    return f'"{name}" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED'


def table(kind: type[Entity]) -> str:
    """Return the CREATE TABLE statement of an entity."""
    lines = [
        '"id" INTEGER PRIMARY KEY',
        '"uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36)',
        f'"ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB \'{kind.prefix}-*\')',
        *(column(field) for field in kind.stored()),
        '"rev" INTEGER NOT NULL DEFAULT 1',
        '"created_at" TEXT',
        _person("created_by"),
        '"updated_at" TEXT',
        _person("updated_by"),
        '"deleted_at" TEXT',
        _person("deleted_by"),
        '"deleted_reason" TEXT CHECK ("deleted_at" IS NULL OR coalesce(length("deleted_reason"), 0) >= 5)',
        *(f"CHECK ({law.sql()})" for law in COMMON_LAWS),
    ]
    return f'CREATE TABLE "{kind.kind}" (\n  ' + ",\n  ".join(lines) + "\n) STRICT"


def indexes() -> list[str]:
    """Return the CREATE INDEX statements: for each reference (with the date that finds the newest) and each key."""
    newest = {
        (f.carried.kind, f.carried.link): f.carried.on for e in all_entities() for f in e.fields().values() if f.carried
    }
    statements = []
    for kind in all_entities():
        for field in kind.stored():
            if field.target or field.flags & {ABOUT, KEY}:
                day = newest.get((kind.kind, field.name))
                columns = f'"{field.name}", "{day}", "id"' if day else f'"{field.name}"'
                statements.append(f'CREATE INDEX "{kind.kind}_{field.name}" ON "{kind.kind}"({columns})')
    return statements


def journalled(kind: type[Entity]) -> list[str]:
    """Return the columns whose changes the journal records."""
    return ["ref", *(field.name for field in kind.stored()), *REMOVAL]


def packed(kind: type[Entity], side: str = "") -> str:
    """Return the SQL of a whole record as the journal holds it; ``side`` is what is before its columns: ``t.``."""
    # VALUES lists and not a statement for each field: every open parses them, and this halves the time.
    pairs = ", ".join(f"('{name}', {side}\"{name}\")" for name in journalled(kind))
    return (
        "(SELECT group_concat(f || '=' || quote(v) || char(10), '') "
        f"FROM (SELECT '' AS f, NULL AS v UNION ALL VALUES {pairs}) WHERE v IS NOT NULL)"
    )


def packed_view(kind: type[Entity]) -> str:
    """Return the view of whole records that triggers read for what is added and for what is taken away."""
    return f'CREATE VIEW "j_{kind.kind}" AS SELECT uid, {packed(kind)} AS packed FROM "{kind.kind}"'


# The command that is being carried out, always in one row (all NULL outside the program), and what triggers write into:
# every open parses each trigger, so that what all of them would say is said here, once.
SHARED_VIEWS = {
    "writing": "CREATE VIEW writing AS SELECT x.id, strftime('%Y-%m-%dT%H:%M:%SZ', (x.at >> 16) / 1000, 'unixepoch') "
    "AS time, x.actor FROM (SELECT 1) LEFT JOIN tx x ON x.hash IS NULL",
    "entry": "CREATE VIEW entry AS SELECT kind, row, field, old, new FROM change WHERE 0",
}
_NEWEST = (
    "SELECT max(id) FROM change WHERE row = NEW.row AND aside IS NULL "
    f"AND (NEW.field = '{RECORD}' OR field IN (NEW.field, '{RECORD}', '{RESTATED}'))"
)
_ENTRY = (
    "CREATE TRIGGER j_entry INSTEAD OF INSERT ON entry BEGIN INSERT INTO change(tx, kind, row, field, old, new, base, "
    "salt) SELECT (SELECT id FROM writing), NEW.kind, NEW.row, NEW.field, NEW.old, NEW.new, "
    f"(SELECT coalesce(tx, 0) FROM change WHERE id = ({_NEWEST})), randomblob(16); END"
)


def journal_triggers(kind: type[Entity]) -> dict[str, str]:
    """Return the triggers of one table by name: one journal row for each changed field, stamps on the row."""
    name = kind.kind
    names = journalled(kind)
    triples = ", ".join(f'(\'{f}\', OLD."{f}", NEW."{f}")' for f in names)
    fields = (
        f"INSERT INTO entry SELECT '{name}', NEW.uid, f, o, n "
        f"FROM (SELECT '' AS f, NULL AS o, NULL AS n UNION ALL VALUES {triples}) WHERE o IS NOT n;"
    )
    # A revision is a command that changed the record, however often it did.
    revised = "OLD.rev + NOT EXISTS (SELECT 1 FROM change WHERE row = NEW.uid AND +tx IS w.id AND aside IS NULL)"
    watched = ", ".join(f'"{f}"' for f in names)
    return {
        f"j_{name}_insert": f'CREATE TRIGGER "j_{name}_insert" AFTER INSERT ON "{name}" BEGIN '
        f"INSERT INTO entry SELECT '{name}', uid, '{RECORD}', NULL, packed FROM \"j_{name}\" WHERE uid = NEW.uid; "
        f'UPDATE "{name}" SET (created_at, created_by, updated_at, updated_by) = '
        f"(SELECT time, actor, time, actor FROM writing) WHERE uid = NEW.uid; END",
        f"j_{name}_update": f'CREATE TRIGGER "j_{name}_update" AFTER UPDATE OF "uid", {watched} ON "{name}" BEGIN '
        f"SELECT RAISE(ABORT, 'a uid never changes') WHERE OLD.uid IS NOT NEW.uid; "
        f'UPDATE "{name}" SET (rev, updated_at, updated_by) = (SELECT {revised}, time, actor FROM writing w) '
        f"WHERE uid = NEW.uid; {fields} END",
        f"j_{name}_delete": f'CREATE TRIGGER "j_{name}_delete" BEFORE DELETE ON "{name}" BEGIN '
        f"INSERT INTO entry SELECT '{name}', uid, '{RECORD}', packed, NULL FROM \"j_{name}\" WHERE uid = OLD.uid; END",
    }


KEEP_TRIGGERS = {
    "j_blanked_kept": "CREATE TRIGGER j_blanked_kept BEFORE DELETE ON blanked "
    "BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END",
    "j_change_kept": "CREATE TRIGGER j_change_kept BEFORE DELETE ON change "
    "BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END",
    "j_entry": _ENTRY,
    "j_snapshot_kept": "CREATE TRIGGER j_snapshot_kept BEFORE DELETE ON snapshot_data "
    "BEGIN SELECT RAISE(ABORT, 'what a board was shown is never deleted'); END",
    "j_snapshot_whole": "CREATE TRIGGER j_snapshot_whole BEFORE UPDATE ON snapshot_data "
    "BEGIN SELECT RAISE(ABORT, 'what a board was shown is never changed'); END",
    "j_tx_kept": "CREATE TRIGGER j_tx_kept BEFORE DELETE ON tx "
    "BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END",
}


def views() -> dict[str, str]:
    """Return every view that the file must have for its journal, by name."""
    return {**SHARED_VIEWS, **{f"j_{kind.kind}": packed_view(kind) for kind in all_entities()}}


def triggers() -> dict[str, str]:
    """Return every trigger that the file must have for its journal, by name."""
    triggers = dict(KEEP_TRIGGERS)
    for kind in all_entities():
        triggers |= journal_triggers(kind)
    return triggers


def migration(kind: str, field: str = "") -> str:
    """Return the SQL that a migration needs for a new register, or for a new field of one.

    Raises KeyError when there is no such register or no such stored field.
    """
    register = entity(kind)
    if field:
        stored = {candidate.name: candidate for candidate in register.stored()}
        create = f'ALTER TABLE "{kind}" ADD COLUMN {column(stored[field])}'
        mark = f'INDEX "{kind}_{field}" '
    else:
        create = table(register)
        mark = f' ON "{kind}"('
    statements = [create, *(index for index in indexes() if mark in index)]
    return "".join(f"{statement};\n\n" for statement in statements)


def main() -> None:
    """Print the SQL of a register, or of one of its fields: ``python -m tracker.storage.schema KIND [FIELD]``."""
    try:
        print(migration(*sys.argv[1:]), end="")
    except (KeyError, TypeError):
        sys.exit(f"python -m tracker.storage.schema KIND [FIELD]; KIND is one of {', '.join(ENTITIES)}.")


if __name__ == "__main__":
    main()
