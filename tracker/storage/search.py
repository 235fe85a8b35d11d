"""Full-text search over every record."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tracker.entities import entity, is_tied, searched
from tracker.rules.refs import parsed_refs
from tracker.rules.wording import short
from tracker.storage.columns.sql import Link
from tracker.storage.journal.names import called_before
from tracker.storage.lists.conditions import like
from tracker.storage.queries import Condition, Query, find, link_columns, marks, refs_meant, rows
from tracker.storage.store import Store
from tracker.text import clean

FEW = 3  # of so many hits or more nobody needs others that hold less of what was asked for
SHORTEST = 3  # letters of a word that is looked for within others
MOST_PARTS = 4  # of the columns of a list that stand in place of a title
LONGEST = 80
DOCUMENT = "(ref || ' ' || title || ' ' || body)"

NEWEST = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?"
# Ranking every hit takes 140 ms at 100,000 records, ranking the newest 500 takes 3 to 26.
RANKED = """
SELECT id FROM (SELECT rowid AS id, bm25(search, 4.0, 4.0, 1.0) AS score FROM search WHERE search MATCH ?
                ORDER BY rowid DESC LIMIT 500)
ORDER BY score, id DESC LIMIT ?
"""


class Hit(NamedTuple):
    """A record that a search found; ``former`` is the name that it had before, where only that was found."""

    kind: str
    uid: str
    ref: str
    title: str
    snippet: str
    former: str = ""


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", clean(text).text)


def _match(text: str) -> str:
    """Return the text as SQLite looks for it: whole words, of the last only the beginning; empty without a word."""
    words = _words(text)
    return " ".join(f'"{word}"' for word in words) + ("*" if words else "")


def _match_beginnings(text: str) -> str:
    """Return the text as SQLite looks for it where only the beginnings of its words need be there, in any number."""
    return " ".join(f'"{_singular(word)}"*' for word in _words(text))


def _singular(word: str) -> str:
    """Return what a word has in common with its singular or plural: ``suppliers`` gives ``supplier``."""
    for ending, least in (("ies", 5), ("es", 5), ("s", 4)):
        if word.isascii() and word.lower().endswith(ending) and len(word) >= least and not word.lower().endswith("ss"):
            return word[: -len(ending)]
    return word


def find_text(store: Store, text: str, *, limit: int = 20, ranked: bool = False) -> list[Hit]:
    """Return the records that hold every word of the text (the last may be begun), the newest first.

    Where there are hardly any, those follow that hold the beginnings of the words, or the words within others, in any
    order; then those that were called so before, which say it. Of somebody with several records the one that counts is
    returned, once. What was erased is found nowhere.

    ``ranked`` puts the best of the newest 500 first instead; it takes a few milliseconds at 100,000 records, and some
    25 more where hardly any are found. Of an earlier day the words are gathered first.
    """
    query = _match(text)
    if not query:
        return []
    if store.day is not None:
        gather_words(store)
    by_ref = _by_ref(store, text)
    hits = {hit.uid: hit for hit in by_ref}  # of a record and its notes the best

    def take(several: Iterable[Hit]) -> None:
        for hit in several:
            hits.setdefault(hit.uid, hit)

    take(_matching(store, query, [number for (number,) in store.read(RANKED if ranked else NEWEST, (query, limit))]))
    if len(hits) < FEW and not by_ref:
        wider = _match_beginnings(text)
        take(_matching(store, wider, [number for (number,) in store.read(NEWEST, (wider, limit))]))
    if len(hits) < FEW and not by_ref:
        take(_matching(store, "", _holding(store, text, limit)))
    if len(hits) < limit and not by_ref:
        take(_formerly(store, text))
    return [_titled(store, hit) for hit in list(hits.values())[:limit]]


def _matching(store: Store, query: str, numbers: Sequence[int]) -> list[Hit]:
    """Return what was found as hits, in the order of the numbers of its documents; ``query`` is empty for no match."""
    snippets = "snippet(search, 2, '', '', '…', 12), snippet(search, 1, '', '', '…', 12)"
    source = "search JOIN search_doc d ON d.id = search.rowid"
    condition = f"search MATCH ? AND search.rowid IN ({marks(numbers)})"
    if not query:
        snippets = "d.body, d.title"
        source = "search_doc d"
        condition = f"d.id IN ({marks(numbers)})"
    rows = store.read(
        f"SELECT d.id, d.kind, coalesce(p.uid, d.uid), coalesce(p.ref, d.ref), coalesce(p.display_name, d.title), "
        f"{snippets} FROM {source} "
        "LEFT JOIN person t ON t.uid = d.uid LEFT JOIN person p ON p.uid = t.alias_of "
        f"WHERE {condition}",
        (query, *numbers) if query else numbers,
    )
    hits: dict[int, Hit] = {}
    for number, kind, uid, ref, title, snippet, of_title in rows:
        hit = Hit(kind, uid, ref, title, short(snippet.strip(" ·"), LONGEST))
        owner = _owner(store, hit, f"{ref}: {short(of_title, LONGEST)}") if is_tied(kind) else hit
        if owner is not None:
            hits[number] = owner
    return [hits[number] for number in numbers if number in hits]


def _holding(store: Store, text: str, limit: int) -> list[int]:
    """Return the documents that hold every word of a text anywhere, within other words too; the newest first."""
    words = [word for word in clean(text).text.split() if _words(word)]
    if any(word.isascii() and len(word) < SHORTEST for word in words):
        return []  # a letter or two are in nearly every word
    condition = " AND ".join([f"{DOCUMENT} LIKE ? ESCAPE '!'"] * len(words))
    sql = f"SELECT id FROM search_doc WHERE {condition} ORDER BY id DESC LIMIT ?"
    return [number for (number,) in store.read(sql, (*map(like, words), limit))]


def _formerly(store: Store, text: str) -> Iterator[Hit]:
    """Yield the records that had a name before that holds every word of a text, as what they are called now."""
    for former in called_before(store, text):
        for record, is_removed in find(store, former.kind, former.uid):
            if not is_removed and record.name != former.name:
                snippet = f"called “{short(former.name, LONGEST)}” before"
                yield Hit(former.kind, record.uid, record.ref, record.name, snippet, former.name)


def _titled(store: Store, hit: Hit) -> Hit:
    """Return a hit with a title: of a record without a name, the first of what lists show of it."""
    if hit.title:
        return hit
    from tracker.rules.reading import show

    register = entity(hit.kind)
    names = [field.name for field in register.columns()]
    for row in rows(store, Query(hit.kind, (Condition("uid", "=", hit.uid),)), names):
        fields = register.fields()
        texts = [
            value.name or value.ref if isinstance(value, Link) else show(fields[name], value)
            for name, value in zip(names, row[2:], strict=True)
        ]
        return hit._replace(title=short(" · ".join(text for text in texts[:MOST_PARTS] if text), LONGEST))
    return hit


def gather_words(store: Store) -> None:
    """Make the tables of the search in a store that shows an earlier day, unless they are there."""
    if store.read("SELECT 1 FROM main.sqlite_master WHERE name = 'search'"):
        return
    from tracker.storage.search_schema import SEARCH_TABLES, rebuild_search

    for statement in SEARCH_TABLES:
        if statement.startswith("CREATE"):  # to drop one would mean that of the file, which is attached
            store.connection.execute(statement)
    rebuild_search(store.connection)


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
