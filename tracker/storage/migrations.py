"""The history of the schema. A step that was released never changes; a change is a new step.

Loaded only when a file is new or older than the program: sqlite-utils takes as long to import as the
rest of a command.
"""

import sqlite3
from collections.abc import Callable
from importlib.resources import files

from sqlite_utils import Database, Migrations

from tracker.errors import FileTrouble
from tracker.storage.connection import SCHEMA_VERSION
from tracker.storage.journal.clock import settling
from tracker.storage.looking import APPLICATION_ID
from tracker.storage.schema import triggers, views
from tracker.storage.search_schema import SEARCH_TABLES, rebuild_search, search_triggers

# Each a file in steps/.
STEPS = (
    "001_ground_floor",
    "002_evidence",
    "003_board",
    "004_two_times",
    "005_figures",
    "006_bodies",
    "007_leaving",
    "008_registers",
)

STEPS_TABLE = "_sqlite_migrations"  # where sqlite-utils keeps which steps a file has had

migrations = Migrations("tracker")


def _statements(step: str) -> list[str]:
    text = (files("tracker.storage") / "steps" / f"{step}.sql").read_text(encoding="utf-8")
    statements = []
    pending = ""
    for line in text.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements


def _step(name: str) -> Callable[[Database], None]:
    def apply(db: Database) -> None:
        for statement in _statements(name):
            db.execute(statement)
        if name in AFTERWARDS:
            AFTERWARDS[name](db.conn)

    return apply


def _settle_days(connection: sqlite3.Connection) -> None:
    """Say of the commands so far from which day on they count, and count the revisions of records as commands."""
    commands = connection.execute("SELECT id, day FROM tx ORDER BY id").fetchall()
    counted = settling(day for _, day in commands)
    rows = [(*counts, settled, number) for (number, _), (counts, settled) in zip(commands, counted, strict=True)]
    connection.executemany("UPDATE tx SET recorded = ?, jumped = ?, as_at = ? WHERE id = ?", rows)
    stamped = (
        "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'rev'"
    )
    for (kind,) in connection.execute(stamped).fetchall():
        connection.execute(
            f'UPDATE "{kind}" SET rev = coalesce((SELECT count(DISTINCT c.tx) FROM change c '
            f"WHERE c.row = uid AND c.id >= (SELECT max(id) FROM change WHERE row = c.row AND field = '*')), rev)"
        )


# What a step does that SQL alone cannot say.
AFTERWARDS: dict[str, Callable[[sqlite3.Connection], None]] = {"004_two_times": _settle_days}


for _name in STEPS:
    migrations(name=_name)(_step(_name))


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest schema in one transaction, with its triggers and search made anew.

    Raises FileTrouble when references do not hold afterwards; the file is then as it was.
    """
    # A table that is dropped to be rebuilt would take along what points at it.
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = connection.execute("SELECT user_version FROM pragma_user_version").fetchone()[0]
        if version < SCHEMA_VERSION:  # another process may have been first
            _refuse_put_back(connection, version)
            database = Database(connection, execute_plugins=False)
            migrations.apply(database)
            make_derived(connection)
            if connection.execute("PRAGMA foreign_key_check").fetchall():
                raise FileTrouble("The file could not be brought to the new schema: references would not hold.")
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys=ON")


def _refuse_put_back(connection: sqlite3.Connection, version: int) -> None:
    """Raise FileTrouble when a file says a lower schema than the steps that it has had."""
    has_list = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (STEPS_TABLE,)).fetchall()
    done = len(connection.execute(f'SELECT 1 FROM "{STEPS_TABLE}"').fetchall()) if has_list else 0
    if done > version:
        raise FileTrouble(
            f"The file says that it is of schema {version}, but was brought to {done}: somebody put the number back. "
            f"Nothing was changed. Restore a backup."
        )


def make_derived(connection: sqlite3.Connection) -> None:
    """Make the journal's triggers and the search tables anew; the caller holds a transaction."""
    present = connection.execute(
        "SELECT type, name FROM sqlite_master WHERE type = 'trigger' AND name GLOB '[js]_*' "
        "OR type = 'view' AND (name GLOB 'j_*' OR name IN ('writing', 'entry'))"
    ).fetchall()
    for sort, name in present:
        connection.execute(f'DROP {sort} IF EXISTS "{name}"')  # with a view go its triggers
    for statement in (*views().values(), *SEARCH_TABLES, *triggers().values(), *search_triggers().values()):
        connection.execute(statement)
    rebuild_search(connection)
