"""Full-text search over every record: a side table that can be made anew at any time."""

import sqlite3
from typing import NamedTuple

from tracker.entities import Entity, all_entities
from tracker.storage.store import Store
from tracker.text import clean

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
NEWEST_RANKED = 500


class Hit(NamedTuple):
    """A record that a search found."""

    kind: str
    uid: str
    ref: str
    title: str
    snippet: str


def _texts(kind: type[Entity], side: str) -> tuple[str, str]:
    name = kind.fields()[kind.name_field]
    title = f"coalesce({side}.\"{name.name}\", '')" if name.kind == "text" else "''"
    others = [f for f in kind.stored() if f.kind in ("text", "list") and f.name not in (kind.name_field, "sensitivity")]
    body = " || ".join(f"coalesce(nullif({side}.\"{f.name}\", '') || ' · ', '')" for f in others) or "''"
    return title, body


def search_triggers() -> dict[str, str]:
    """Return the triggers by name that keep the search table in step with the records."""
    found = {
        "s_doc_delete": "CREATE TRIGGER s_doc_delete AFTER DELETE ON search_doc BEGIN "
        "INSERT INTO search_gone VALUES (OLD.id, OLD.ref, OLD.title, OLD.body); END",
    }
    for kind in all_entities():
        if kind.hidden:
            continue
        name = kind.kind
        title, body = _texts(kind, "NEW")
        watched = ", ".join(f'"{f.name}"' for f in kind.stored() if f.kind in ("text", "list"))
        put = (
            f"INSERT INTO search_doc(uid, kind, ref, title, body) SELECT NEW.uid, '{name}', NEW.ref, {title}, {body} "
            f"WHERE NEW.deleted_at IS NULL;"
        )
        found[f"s_{name}_insert"] = f'CREATE TRIGGER "s_{name}_insert" AFTER INSERT ON "{name}" BEGIN {put} END'
        found[f"s_{name}_update"] = (
            f'CREATE TRIGGER "s_{name}_update" AFTER UPDATE OF {watched}, "deleted_at" ON "{name}" BEGIN '
            f"DELETE FROM search_doc WHERE uid = NEW.uid; {put} END"
        )
        found[f"s_{name}_delete"] = (
            f'CREATE TRIGGER "s_{name}_delete" AFTER DELETE ON "{name}" BEGIN '
            f"DELETE FROM search_doc WHERE uid = OLD.uid; END"
        )
    return found


def stale_documents() -> list[str]:
    """Return, for each kind, a SELECT of how many records the search table does not hold as they are now."""
    found = []
    for kind in all_entities():
        if not kind.hidden:
            title, body = _texts(kind, "t")
            found.append(
                f'SELECT count(*) FROM "{kind.kind}" t LEFT JOIN search_doc d ON d.uid = t.uid '
                f"WHERE t.deleted_at IS NULL AND (d.ref, d.title, d.body) IS NOT (t.ref, {title}, {body})"
            )
    return found


def rebuild_search(connection: sqlite3.Connection) -> None:
    """Fill the search table from the records; the caller holds a transaction."""
    connection.execute("DELETE FROM search_doc")
    for kind in all_entities():
        if not kind.hidden:
            title, body = _texts(kind, "t")
            connection.execute(
                f"INSERT INTO search_doc(uid, kind, ref, title, body) "
                f"SELECT t.uid, '{kind.kind}', t.ref, {title}, {body} FROM \"{kind.kind}\" t WHERE t.deleted_at IS NULL"
            )
    connection.execute("INSERT INTO search(search) VALUES ('rebuild')")
    connection.execute("DELETE FROM search_gone")


def _match(text: str) -> str:
    words = "".join(char if char.isalnum() else " " for char in clean(text).text).split()
    return " ".join(f'"{word}"' for word in words[:-1]) + (f' "{words[-1]}"*' if words else "")


def find_text(store: Store, text: str, *, limit: int = 20, ranked: bool = False) -> list[Hit]:
    """Return the records that hold every word of the text (the last may be begun), the newest first.

    ``ranked`` puts the best of the newest 500 first instead; both take a few milliseconds at 100,000 records.
    """
    query = _match(text)
    if not query:
        return []
    # Ranking every hit costs 10 to 100 times more than ranking the newest: 140 ms at 100,000 records, not 3 to 26.
    newest = (
        "SELECT rowid AS id, bm25(search, 4.0, 4.0, 1.0) AS score FROM search WHERE search MATCH ? "
        f"ORDER BY rowid DESC LIMIT {NEWEST_RANKED if ranked else limit}"
    )
    order = "ORDER BY score, id DESC" if ranked else ""
    best = [row[0] for row in store.read(f"SELECT id FROM ({newest}) {order} LIMIT ?", (query, limit))]
    rows = store.read(
        "SELECT d.id, d.kind, d.uid, d.ref, d.title, snippet(search, 2, '', '', '…', 12) "
        "FROM search JOIN search_doc d ON d.id = search.rowid "
        f"WHERE search MATCH ? AND search.rowid IN ({','.join('?' * len(best))})",
        (query, *best),
    )
    found = {row[0]: Hit._make((*row[1:5], row[5].strip(" ·"))) for row in rows}
    return [found[number] for number in best if number in found]
