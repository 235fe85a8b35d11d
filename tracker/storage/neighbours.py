"""What the rules of a register must know of other records before one is saved: one statement for each question."""

from datetime import date
from typing import NamedTuple

from tracker.storage.queries import Link, stored_value
from tracker.storage.store import Store


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
    neither what is revised nor what was revised before counts. ``live_on`` is the go-live of the metric's pilot.
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
