"""The tables of the full-text search, with the triggers that fill them: they can be made anew at any time."""

import sqlite3

from tracker.entities import Entity, searched
from tracker.storage.schema import RECORD

# Triggers keep search_doc and search_gone in step with the records; the commands carry them into the
# full-text table, since SQLite 3.40 lets no trigger write one in a schema that is not trusted.
SEARCH_TABLES = (
    "DROP TABLE IF EXISTS search",
    "DROP TABLE IF EXISTS search_doc",
    "DROP TABLE IF EXISTS search_gone",
    "CREATE TABLE search_doc (id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, "
    "ref TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL) STRICT",
    "CREATE TABLE search_gone (id INTEGER NOT NULL, ref TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL) STRICT",
    "CREATE VIRTUAL TABLE search USING fts5(ref, title, body, content='search_doc', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')",
)


UNSAID = ("sensitivity", "about", "about_kind")  # codes that nobody looks for


def _texts(kind: type[Entity], side: str) -> tuple[str, str]:
    """Return the SQL of title and body of a document; ``side`` is the table, OLD or NEW."""
    title = "''"
    parts = []
    for field in kind.stored():
        column = f'{side}."{field.name}"'
        if field.name == kind.name_field:
            title = f"coalesce({column}, '')" if field.kind == "text" else title
        elif field.kind in ("text", "list") and field.name not in UNSAID:
            parts.append(f"coalesce(nullif({column}, '') || ' · ', '')")
    return title, " || ".join(parts) or "''"


def search_triggers() -> dict[str, str]:
    """Return the triggers by name that keep the search table in step with the records."""
    triggers = {
        "s_doc_delete": "CREATE TRIGGER s_doc_delete AFTER DELETE ON search_doc BEGIN "
        "INSERT INTO search_gone VALUES (OLD.id, OLD.ref, OLD.title, OLD.body); END",
        "s_entry": f"CREATE TRIGGER s_entry INSTEAD OF INSERT ON entry WHEN NEW.field = '{RECORD}' AND NEW.new IS NULL "
        "BEGIN DELETE FROM search_doc WHERE uid = NEW.row; END",
    }
    for kind in searched():
        name = kind.kind
        title, body = _texts(kind, "NEW")
        texts = (field.name for field in kind.stored() if field.kind in ("text", "list"))
        # The journal stamps a new record, which puts it here too: every open parses each trigger.
        watched = ", ".join(f'"{column}"' for column in (*texts, "deleted_at", "created_at"))
        triggers[f"s_{name}_update"] = (
            f'CREATE TRIGGER "s_{name}_update" AFTER UPDATE OF {watched} ON "{name}" BEGIN '
            f"DELETE FROM search_doc WHERE uid = NEW.uid; "
            f"INSERT INTO search_doc(uid, kind, ref, title, body) SELECT NEW.uid, '{name}', NEW.ref, {title}, {body} "
            f"WHERE NEW.deleted_at IS NULL; END"
        )
    return triggers


def document(kind: type[Entity]) -> str:
    """Return the statement that adds the documents of the records of a register, called t there, that stand."""
    title, body = _texts(kind, "t")
    return (
        f"INSERT INTO search_doc(uid, kind, ref, title, body) "
        f"SELECT t.uid, '{kind.kind}', t.ref, {title}, {body} FROM \"{kind.kind}\" t WHERE t.deleted_at IS NULL"
    )


def stale_documents() -> list[str]:
    """Return, for each kind, a SELECT of how many records the search table does not hold as they are now."""
    return [_stale_documents(kind) for kind in searched()]


def _stale_documents(kind: type[Entity]) -> str:
    title, body = _texts(kind, "t")
    return (
        f'SELECT count(*) FROM "{kind.kind}" t LEFT JOIN search_doc d ON d.uid = t.uid '
        f"WHERE t.deleted_at IS NULL "
        f"AND (d.kind, d.ref, d.title, d.body) IS NOT ('{kind.kind}', t.ref, {title}, {body})"
    )


def index_is_damaged(connection: sqlite3.Connection) -> bool:
    """Whether the index of words is not that of the documents; not, where the file may not be written to ask.

    The question is put as a write that writes nothing (https://www.sqlite.org/fts5.html, 6.4), hence in a transaction
    that is taken back.
    """
    (readers_only,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only=OFF")
    try:
        connection.execute("SAVEPOINT asked")  # others may hold a transaction already
        connection.execute("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:
        return True
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO asked")
            connection.execute("RELEASE asked")
        connection.execute(f"PRAGMA query_only={readers_only}")
    return False


def rebuild_search(connection: sqlite3.Connection) -> None:
    """Fill the search table from the records; the caller holds a transaction."""
    connection.execute("DELETE FROM search_doc")
    for kind in searched():
        connection.execute(document(kind))
    connection.execute("INSERT INTO search(search) VALUES ('rebuild')")
    connection.execute("DELETE FROM search_gone")
