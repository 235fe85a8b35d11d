"""Whether a file has the tables, indexes and triggers that the program makes, and no others."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache

from tracker.entities import ENTITIES, entity

Objects = dict[tuple[str, str], str]  # the SQL of each table, index, trigger and view by its type and name

_NUMBER = re.compile(r"-[A-Z]?(\d+)(?:\.\w+)?$")  # of a, R-B014, R-014.B


def _objects(connection: sqlite3.Connection) -> Objects:
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    return {(kind, name): sql for kind, name, sql in rows if not name.startswith("sqlite_")}


def shape_problems(connection: sqlite3.Connection) -> list[str]:
    """Return what the file lacks of what the program makes, what is not as the program makes it, and what is more."""
    from tracker.storage import migrations

    expected, steps = _expected(migrations.migrations)
    problems = list(_differences(_objects(connection), expected))
    if _steps(connection) != steps:
        problems.append("The list of the steps that brought the file to its schema is not as it should be.")
    marks = connection.execute("SELECT key FROM meta WHERE key <> 'site' ORDER BY key").fetchall()
    return problems + [f"The file has a mark “{key}” that the tracker does not write." for (key,) in marks]


@cache
def _expected(_: object) -> tuple[Objects, list[tuple[str, str]]]:
    """Return what a new file has, and the steps that it had; made once for the steps that the program has now."""
    from tracker.storage.migrations import migrate

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as new:
        migrate(new)
        return _objects(new), _steps(new)


def _steps(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    from tracker.storage.migrations import STEPS_TABLE

    return connection.execute(f'SELECT migration_set, name FROM "{STEPS_TABLE}" ORDER BY id').fetchall()


def _differences(present: Objects, expected: Objects) -> Iterator[str]:
    for kind, name in sorted(expected.keys() - present.keys()):
        keeps = ", which keeps the journal," if name.startswith("j_") else ""
        yield f"The {kind} {name}{keeps} is missing."
    for kind, name in sorted(present.keys() - expected.keys()):
        yield f"The {kind} {name} is not one of the tracker's: another program, or somebody, put it into the file."
    for kind, name in sorted(present.keys() & expected.keys()):
        if present[kind, name] != expected[kind, name]:
            keeps = ", which keeps the journal," if name.startswith("j_") else ""
            yield f"The {kind} {name}{keeps} is not as it should be."


def number_problems(connection: sqlite3.Connection, given: dict[str, int]) -> list[str]:
    """Return the registers whose next ref was given before; ``given`` is the highest number of each that was."""
    following = dict(connection.execute("SELECT kind, last FROM sequence").fetchall())
    return [
        f"The numbers of {entity(kind).plural} were put back to {following.get(kind, 0)}: {number} was given already."
        for kind, number in given.items()
        if kind in ENTITIES and following.get(kind, 0) < number
    ]


def number_of(ref: object) -> int:
    """Return the number in a ref; 0 when there is none."""
    match = _NUMBER.search(str(ref))
    return int(match[1]) if match else 0


def site_problems(connection: sqlite3.Connection) -> list[str]:
    """Return whether the mark of the file's site is another than that of its newest command."""
    rows = connection.execute(
        "SELECT x.site, coalesce((SELECT value FROM meta WHERE key = 'site'), '') FROM tx x ORDER BY x.id DESC LIMIT 1"
    ).fetchall()
    if not rows or rows[0][0] == rows[0][1]:
        return []
    return [f"The mark of this copy is “{rows[0][1]}”, but its newest change was recorded in “{rows[0][0]}”."]
