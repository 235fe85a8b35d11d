"""Full-text search over every record."""

import re
from typing import NamedTuple

from tracker.storage.queries import marks
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
    best = [number for (number,) in store.read(RANKED if ranked else NEWEST, (query, limit))]
    rows = store.read(
        "SELECT d.id, d.kind, coalesce(p.uid, d.uid), coalesce(p.ref, d.ref), coalesce(p.display_name, d.title), "
        "snippet(search, 2, '', '', '…', 12) FROM search JOIN search_doc d ON d.id = search.rowid "
        "LEFT JOIN person t ON t.uid = d.uid LEFT JOIN person p ON p.uid = t.alias_of "
        f"WHERE search MATCH ? AND search.rowid IN ({marks(best)})",
        (query, *best),
    )
    hits = {number: Hit._make((*texts, snippet.strip(" ·"))) for number, *texts, snippet in rows}
    return list({hits[number].uid: hits[number] for number in best if number in hits}.values())
