"""Full-text search over every record."""

import re
from typing import NamedTuple

from tracker.entities import is_tied, searched
from tracker.rules.refs import parsed_refs
from tracker.storage.columns.sql import Link
from tracker.storage.queries import link_columns, marks, refs_meant
from tracker.storage.store import Store
from tracker.text import clean

NEWEST = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?"
# Ranking every hit takes 140 ms at 100,000 records, ranking the newest 500 takes 3 to 26.
RANKED = """
SELECT id FROM (SELECT rowid AS id, bm25(search, 4.0, 4.0, 1.0) AS score FROM search WHERE search MATCH ?
                ORDER BY rowid DESC LIMIT 500)
ORDER BY score, id DESC LIMIT ?
"""


class Hit(NamedTuple):
    """A record that a search found."""

    kind: str
    uid: str
    ref: str
    title: str
    snippet: str


def _match(text: str) -> str:
    """Return the text as SQLite looks for it: whole words, of the last only the beginning; empty without a word."""
    words = re.findall(r"[^\W_]+", clean(text).text)
    return " ".join(f'"{word}"' for word in words) + ("*" if words else "")


def find_text(store: Store, text: str, *, limit: int = 20, ranked: bool = False) -> list[Hit]:
    """Return the records that hold every word of the text (the last may be begun), the newest first.

    Of somebody with several records the one that counts is returned, once.

    ``ranked`` puts the best of the newest 500 first instead; both take a few milliseconds at 100,000 records.
    """
    query = _match(text)
    if not query:
        return []
    by_ref = _by_ref(store, text)
    best = [number for (number,) in store.read(RANKED if ranked else NEWEST, (query, limit))]
    rows = store.read(
        "SELECT d.id, d.kind, coalesce(p.uid, d.uid), coalesce(p.ref, d.ref), coalesce(p.display_name, d.title), "
        "snippet(search, 2, '', '', '…', 12), "
        "snippet(search, 1, '', '', '…', 12) "
        "FROM search JOIN search_doc d ON d.id = search.rowid "
        "LEFT JOIN person t ON t.uid = d.uid LEFT JOIN person p ON p.uid = t.alias_of "
        f"WHERE search MATCH ? AND search.rowid IN ({marks(best)})",
        (query, *best),
    )
    hits: dict[int, Hit] = {}
    for number, kind, uid, ref, title, snippet, of_title in rows:
        hit = Hit(kind, uid, ref, title, snippet.strip(" ·"))
        owner = _owner(store, hit, f"{ref}: {of_title}") if is_tied(kind) else hit
        if owner is not None:
            hits[number] = owner
    of_record = {hit.uid: hit for hit in by_ref}  # of a record and its notes the best
    for number in best:
        if number in hits:
            of_record.setdefault(hits[number].uid, hits[number])
    return list(of_record.values())[:limit]


def _by_ref(store: Store, text: str) -> list[Hit]:
    """Return the records that a text names by their ref, however it is typed: ``r14``, ``R-014.B``."""
    hits = []
    for register in searched() if parsed_refs(text) else ():
        refs = refs_meant(register, text)
        sql = f'SELECT {link_columns(register.kind)} FROM "{register.kind}" t WHERE t.ref IN ({marks(refs)})'
        rows = store.read(f"{sql} AND t.deleted_at IS NULL", refs) if refs and not is_tied(register.kind) else []
        hits += [Hit(register.kind, uid, ref, name, "") for uid, ref, name in rows]
    return hits


def _owner(store: Store, hit: Hit, snippet: str) -> Hit | None:
    """Return the record that a note or an identifier is tied to, as what the search found; None when it is removed."""
    for kind, uid in store.read(f'SELECT about_kind, about FROM "{hit.kind}" WHERE uid = ?', (hit.uid,)):
        sql = f'SELECT {link_columns(kind)} FROM "{kind}" t WHERE t.uid = ? AND t.deleted_at IS NULL'
        for _, ref, name in store.read(sql, (uid,)):
            return Hit(kind, uid, ref, name, snippet)
    return None


def identified(store: Store, code: str, source: str = "") -> list[tuple[str, Link]]:
    """Return the records that another system knows by a code, each with its kind; removed ones included.

    ``source`` asks for one system only. Codes and systems are the same in capitals and small letters.
    """
    about = store.read(
        "SELECT DISTINCT about_kind, about FROM identifier WHERE deleted_at IS NULL "
        "AND code IN (?1, upper(?1), lower(?1)) AND (?2 = '' OR lower(source) = lower(?2))",
        (code, source),
    )
    records = []
    for kind, uid in about:
        for row in store.read(f'SELECT {link_columns(kind)} FROM "{kind}" t WHERE t.uid = ?', (uid,)):
            records.append((kind, Link(*row)))
    return records
