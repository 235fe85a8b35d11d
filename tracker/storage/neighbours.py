"""What rules must know of other records before one is saved, or goes: one statement for each question."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from tracker.entities import Entity
from tracker.fields import Field, Value
from tracker.rules.slips import nearly_same
from tracker.storage.columns.sql import ALIAS, Link, stored_value
from tracker.storage.queries import among, link_columns, marks
from tracker.storage.store import Store
from tracker.text import clean

COMPARED = 100  # titles that share words with a new one and are compared with it, the newest
# In a title of so many words one may differ, or be written as two: 176 ms at 100,000 records for ten common words.
FEW_WORDS = 2
SOME_WORDS = 6
MANY_WORDS = 8


class Earlier(NamedTuple):
    """The measurement that a new one revises; ``ours`` is whether it is of the same metric."""

    ref: str
    metric: str
    ours: bool
    cohort: str
    phase: str
    removed: bool
    start: date
    end: date
    revised_by: str | None


class Beside(NamedTuple):
    """A metric and what stands beside a new measurement of it.

    ``overlap`` is the ref and the period of the earliest measurement of the cohort that shares a day with it;
    neither what is revised nor what was revised before counts. Of a metric whose periods roll on only a measurement of
    the same period overlaps. ``live_on`` is the go-live of the metric's pilot.
    """

    ref: str
    kind: str
    kpi: str
    unit: str
    variant: str | None
    source: str | None
    pilot: str | None
    live_on: date | None
    overlap: tuple[str, date, date] | None
    revised: Earlier | None


_BESIDE = """
SELECT m.ref, m.metric_kind, m.kpi_code, m.unit, m.definition_variant, m.source_system, p.ref, p.first_real_user_on,
       o.ref, o.period_start, o.period_end, r.ref, (SELECT ref FROM metric WHERE uid = r.metric), r.metric = m.uid,
       r.cohort, r.phase, r.deleted_at IS NOT NULL, r.period_start, r.period_end,
       (SELECT n.ref FROM measurement n WHERE n.revises = r.uid AND n.deleted_at IS NULL ORDER BY n.id LIMIT 1)
FROM metric m LEFT JOIN pilot p ON p.uid = m.pilot LEFT JOIN measurement r ON r.uid = ?5
LEFT JOIN measurement o ON o.id = (
  SELECT e.id FROM measurement e
  WHERE e.metric = m.uid AND e.cohort = ?2 AND e.deleted_at IS NULL AND e.period_start <= ?4 AND e.period_end >= ?3
  AND (m.periods <> 'rolling' OR (e.period_start = ?3 AND e.period_end = ?4))
  AND e.uid IS NOT ?5 AND NOT EXISTS (SELECT 1 FROM measurement n WHERE n.revises = e.uid AND n.deleted_at IS NULL)
  ORDER BY e.period_start, e.id LIMIT 1)
WHERE m.uid = ?1
"""


def beside_measurement(
    store: Store, metric: str, cohort: str, start: date | None, end: date | None, revises: str | None
) -> Beside | None:
    """Return what a new measurement stands beside; None when there is no such metric."""
    period = (stored_value(start), stored_value(end))
    for row in store.read(_BESIDE, (metric, cohort, *period, revises)):
        *texts, live_on, ref, begins, ends = row[:11]
        overlap = (ref, date.fromisoformat(begins), date.fromisoformat(ends)) if ref else None
        return Beside._make((*texts, _day(live_on), overlap, _earlier(*row[11:])))
    return None


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None


def _earlier(
    ref: str | None, metric: str, ours: int, cohort: str, phase: str, removed: int, start: str, end: str, by: str | None
) -> Earlier | None:
    if ref is None:
        return None
    period = date.fromisoformat(start), date.fromisoformat(end)
    return Earlier(ref, metric, bool(ours), cohort, phase, bool(removed), *period, by)


def measured(store: Store, metric: str) -> tuple[int, str]:
    """Return how many measurements a metric has, and the ref of the first; removed ones do not count."""
    rows = store.read(
        "SELECT count(*), (SELECT ref FROM measurement WHERE metric = ?1 AND deleted_at IS NULL ORDER BY id LIMIT 1) "
        "FROM measurement WHERE metric = ?1 AND deleted_at IS NULL",
        (metric,),
    )
    return int(rows[0][0]), rows[0][1] or ""


def place_in_journey(store: Store, journey: str, order: int | None, itself: str) -> tuple[int, Link | None]:
    """Return the next free place of a journey, and the other step (not ``itself``) that has this place."""
    rows = store.read(
        "SELECT (SELECT coalesce(max(step_order), 0) + 1 FROM step WHERE journey = ?1 AND deleted_at IS NULL), "
        "s.uid, s.ref, s.title FROM (SELECT 1) LEFT JOIN step s ON s.journey = ?1 AND s.deleted_at IS NULL "
        "AND s.step_order = ?2 AND s.uid <> ?3 ORDER BY s.id LIMIT 1",
        (journey, order, itself),
    )
    return int(rows[0][0]), Link(*rows[0][1:]) if rows[0][1] else None


def same_version(store: Store, service: str, kind: str, version: int, itself: str) -> tuple[Link, str, int] | None:
    """Return another journey of a service with this kind and version, the service's ref, and the next free version."""
    rows = store.read(
        "SELECT j.uid, j.ref, j.name, (SELECT ref FROM service WHERE uid = j.service), "
        "(SELECT max(k.version) + 1 FROM journey k WHERE k.service = j.service AND k.journey_kind = j.journey_kind "
        "AND k.uid <> ?4 AND k.deleted_at IS NULL) FROM journey j WHERE j.service = ?1 AND j.journey_kind = ?2 "
        "AND j.version = ?3 AND j.uid <> ?4 AND j.deleted_at IS NULL ORDER BY j.id LIMIT 1",
        (service, kind, version, itself),
    )
    return (Link(*rows[0][:3]), rows[0][3], rows[0][4]) if rows else None


def session_and_pilots(store: Store, session: str, pilot: str | None) -> tuple[str, str | None, str, str] | None:
    """Return the ref of a session, the uid and ref of its pilot, and the ref of another pilot; None: no session."""
    rows = store.read(
        "SELECT t.ref, t.pilot, coalesce(p.ref, ''), coalesce((SELECT ref FROM pilot WHERE uid = ?2), '') "
        "FROM session t LEFT JOIN pilot p ON p.uid = t.pilot WHERE t.uid = ?1",
        (session, pilot),
    )
    return tuple(rows[0]) if rows else None


def risk_status(store: Store, risk: str) -> tuple[str, str] | None:
    """Return the ref and the status of a risk; None when it does not exist."""
    rows = store.read("SELECT ref, status FROM risk WHERE uid = ?", (risk,))
    return (rows[0][0], rows[0][1]) if rows else None


class Sharing(NamedTuple):
    """A record that shares values with another: its ref, its state, and the values of some fields as texts."""

    ref: str
    state: str
    texts: tuple[str, ...]


def sharing(
    store: Store, register: type[Entity], shared: Mapping[str, Value], texts: list[str], itself: str
) -> list[Sharing]:
    """Return the live records of a register, but ``itself`` (a uid), that have these values, with their ``texts``."""
    state = f"coalesce(\"{register.state_field}\", '')" if register.state_field else "''"
    if not register.state_field and "status" in register.fields():
        state = '"status"'
    select = ", ".join(["ref", state, *(f"coalesce(\"{name}\", '')" for name in texts)])
    equal = "".join(f' AND "{name}" IS ?' for name in shared)
    sql = f'SELECT {select} FROM "{register.kind}" WHERE deleted_at IS NULL AND uid <> ?{equal} ORDER BY id'
    values = [stored_value(value) for value in shared.values()]
    return [Sharing(ref, state, tuple(texts)) for ref, state, *texts in store.read(sql, (itself, *values))]


def titled_nearly(store: Store, register: type[Entity], title: str, itself: str) -> Link | None:
    """Return the newest live record of a register, but ``itself``, whose title is nearly this one; None without one.

    Of registers whose records belong to another one only those of the same owner count, and those of none.
    """
    query = _sharing_words(title)
    if not query:
        return None
    hits = store.read(
        "SELECT d.uid, d.title FROM (SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?) s "
        "JOIN search_doc d ON d.id = s.rowid WHERE d.kind = ? AND d.uid <> ?",
        (query, COMPARED, register.kind, itself),
    )
    near = [uid for uid, text in hits if nearly_same(title, text)]
    if not near:
        return None
    kind = register.kind
    owner = register.belongs_to
    condition = f"t.uid IN ({marks(near)})"
    if owner:
        own = f'(SELECT "{owner}" FROM "{kind}" WHERE uid = ?)'
        condition += f' AND (t."{owner}" IS NULL OR coalesce({own}, t."{owner}") = t."{owner}")'
        near.append(itself)
    if ALIAS in register.fields():
        condition += f' AND t."{ALIAS}" IS NULL'
    rows = store.read(f'SELECT {link_columns(kind)} FROM "{kind}" t WHERE {condition} ORDER BY t.id DESC LIMIT 1', near)
    return next((Link(*row) for row in rows), None)


def _sharing_words(title: str) -> str:
    """Return what SQLite looks for: titles with all words of a text, or all but one or two; nothing without words."""
    words = list(dict.fromkeys(re.findall(r"[^\W_]+", clean(title).text.lower())))
    if not words:
        return ""
    groups = [words]
    if FEW_WORDS <= len(words) <= MANY_WORDS:
        groups += [words[:place] + words[place + 1 :] for place in range(len(words))]
    if FEW_WORDS + 1 < len(words) <= SOME_WORDS:
        groups += [words[:place] + words[place + 2 :] for place in range(len(words) - 1)]
    alternatives = " OR ".join("(" + " AND ".join(f'"{word}"' for word in group) + ")" for group in groups)
    return f"title : ({alternatives})"


Pointer = tuple[type[Entity], Field]  # a register, and a field by which its records point at others


def pointing_at(store: Store, pointers: list[Pointer], uid: str) -> list[Pointer]:
    """Return by which of some fields live records point at one, in one statement."""
    if not pointers:
        return []
    each = (
        f"SELECT {place} WHERE EXISTS "
        f'(SELECT 1 FROM "{register.kind}" WHERE "{field.name}" = ?1 AND deleted_at IS NULL)'
        for place, (register, field) in enumerate(pointers)
    )
    return [pointers[place] for (place,) in store.read(" UNION ALL ".join(each), (uid,))]


class Training(NamedTuple):
    """A training session: its ref, state and places, its pilot's ref, and how many were booked and present.

    ``present`` is None while nobody has recorded who came; the counts of one attendance record may be left out.
    """

    ref: str
    status: str
    capacity: int | None
    pilot: str | None
    booked: int
    present: int | None


def training(store: Store, session: str, *, without: str = "") -> Training | None:
    """Return a training session (by its uid) with its attendance; None when it does not exist."""
    rows = store.read(
        "SELECT s.ref, s.status, s.capacity, (SELECT ref FROM pilot p WHERE p.uid = s.pilot), "
        "(SELECT coalesce(sum(booked), 0) FROM attendance a WHERE a.session = s.uid AND a.deleted_at IS NULL "
        "AND a.uid <> ?2), (SELECT sum(present) FROM attendance a WHERE a.session = s.uid AND a.deleted_at IS NULL "
        "AND a.uid <> ?2) FROM session s WHERE s.uid = ?1",
        (session, without),
    )
    return Training(*rows[0]) if rows else None


def answered(store: Store, session: str, level: str, *, without: str = "") -> list[tuple[str, int]]:
    """Return ref and number of people of the evaluations of a session on a level, but one."""
    return store.read(
        "SELECT ref, n FROM evaluation WHERE session = ? AND level = ? AND uid <> ? AND deleted_at IS NULL ORDER BY id",
        (session, level, without),
    )


def most_answers(store: Store, session: str) -> int:
    """Return the largest number of people who evaluated a session on one level, results left out."""
    rows = store.read(
        "SELECT coalesce(max(people), 0) FROM (SELECT sum(n) AS people FROM evaluation WHERE session = ? "
        "AND level <> 'results' AND deleted_at IS NULL GROUP BY level)",
        (session,),
    )
    return int(rows[0][0])


def groups_needed(store: Store, session: str) -> list[str]:
    """Return the role groups of the training needs of a session's pilot."""
    rows = store.read(
        "SELECT role_group FROM need WHERE pilot = (SELECT pilot FROM session WHERE uid = ?) AND deleted_at IS NULL",
        (session,),
    )
    return [row[0] for row in rows]


def duplicates_behind(store: Store, risk: str) -> list[tuple[str, str]]:
    """Return uid and ref of the risk that one is a duplicate of, of the one behind that, and so on."""
    return store.read(
        "WITH RECURSIVE chain(uid, ref, behind, step) AS (SELECT uid, ref, duplicate_of, 0 FROM risk WHERE uid = ? "
        "UNION SELECT r.uid, r.ref, r.duplicate_of, step + 1 FROM risk r JOIN chain c ON r.uid = c.behind "
        "WHERE step < 1000) SELECT uid, ref FROM chain ORDER BY step",
        (risk,),
    )


def last_day(store: Store, person: str) -> tuple[Link, bool, date | None] | None:
    """Return a person (by uid), whether they are active, and their last day; None when there is no such person."""
    for *link, active, left_on in store.read(
        f"SELECT {link_columns('person')}, t.active, t.left_on FROM person t WHERE t.uid = ?", (person,)
    ):
        return Link(*link), bool(active), _day(left_on)
    return None


def parted(store: Store) -> list[tuple[Link, bool, date | None, bool]]:
    """Return everybody who is not active, has a last day, or was removed, with all three."""
    rows = store.read(
        f"SELECT {link_columns('person')}, t.active, t.left_on, t.deleted_at IS NOT NULL FROM person t "
        "WHERE t.deleted_at IS NOT NULL OR NOT t.active OR t.left_on IS NOT NULL"
    )
    return [(Link(*link), bool(active), _day(left_on), bool(removed)) for *link, active, left_on, removed in rows]


def removed_among(store: Store, uids: Mapping[str, Iterable[str]]) -> set[str]:
    """Return which of some records, given as uids by kind, were removed; in one statement."""
    if not uids:
        return set()
    removed = 'SELECT uid FROM "{}" WHERE deleted_at IS NOT NULL AND uid IN (SELECT value FROM json_each(?))'
    sql = " UNION ALL ".join(map(removed.format, uids))
    return {uid for (uid,) in store.read(sql, [among("uid", of_kind).value for of_kind in uids.values()])}
