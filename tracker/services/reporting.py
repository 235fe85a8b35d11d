"""Papers from a programme file, for every front."""

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from typing import Any

from tracker.entities import ENTITIES, Entity
from tracker.errors import TrackerError
from tracker.reports.data import SummaryData
from tracker.reports.model import Report
from tracker.reports.summary import build
from tracker.rules.changes import Facts
from tracker.rules.differences import DATES
from tracker.rules.evidence import Evidence
from tracker.rules.position import Position, newest_of, position, reports_of
from tracker.rules.signals.programme import programme_signals
from tracker.rules.when import show_date
from tracker.services.evidence import moved, updated
from tracker.services.settings import read_settings
from tracker.storage.asof import as_of
from tracker.storage.history import after, first_day, head, last_tx_on, moves, standing
from tracker.storage.queries import Query, records
from tracker.storage.store import Store

KINDS = tuple(kind for kind in ENTITIES if kind != "setting")
FORMATS = {"md": "markdown", "txt": "text", "json": "json"}


def summary(store: Store, *, day: date, since: date | None = None) -> Report:
    """Return the status summary of the position at the end of a day, with the changes since the end of another.

    Raises TrackerError when ``since`` is not before ``day``, or when nothing had been recorded by ``day``.
    """
    if since is not None and since >= day:
        raise TrackerError(
            f"The earlier day ({show_date(since)}) must be before the day of the paper ({show_date(day)})."
        )
    if not last_tx_on(store, day):
        first = first_day(store)
        begins = f" The file begins on {show_date(first)}." if first else ""
        raise TrackerError(f"Nothing had been recorded by {show_date(day)}.{begins}")
    before = None
    if since is not None and last_tx_on(store, since):
        with as_of(store, since) as then:
            before = _position(then, since)
    with as_of(store, day) as then:
        now = _position(then, day)
        facts = _facts(then, now, last_tx_on(store, since)) if since is not None else Facts(moves=_moves(then))
        evidence = _evidence(then, now)
        return build(SummaryData(now, before, since, facts, evidence.updated, head(then), programme_signals(evidence)))


def render(report: Report, kind: str) -> bytes:
    """Return a paper in a format: ``md``, ``txt`` or ``json``. Raises TrackerError for another."""
    if kind not in FORMATS:
        raise TrackerError(f"A paper cannot be made as “{kind}”. Choose one of: {', '.join(FORMATS)}.")
    made: bytes = import_module(f"tracker.reports.render.{FORMATS[kind]}").render(report)
    return made


def _position(store: Store, day: date) -> Position:
    return position(day, _everything(store), read_settings(store))


def _evidence(store: Store, now: Position) -> Evidence:
    """Return the evidence that a paper may show: signals must not give away what the paper leaves out."""
    found = {kind: now.of(kind) for kind in KINDS}
    steps = {key: some for key, some in moved(store).items() if key[0] not in now.hidden}
    return Evidence(now.day, found, now.settings, updated=updated(store, found), moves=steps)


def _everything(store: Store) -> Iterable[Entity]:
    for kind in KINDS:
        for deleted in (False, True):
            yield from records(store, Query(kind, deleted=deleted))


def _facts(store: Store, now: Position, last: int) -> Facts:
    """Return what the journal knows of the time after a command; ratings and scores give their own reasons."""
    reasons: dict[tuple[str, str], str] = {}
    added: dict[str, date] = {}
    for change in standing(after(store, last)):
        if change.field == "*" and change.old is None and change.day is not None:
            added[change.uid] = change.day
        if change.reason and change.uid not in now.hidden:
            reasons[change.uid, change.field] = change.reason
    for pilot in now.of("pilot"):
        reports = reports_of(now, pilot.uid)
        if reports and reports[-1].narrative:
            reasons[pilot.uid, "rating"] = reports[-1].narrative
    reasons.update(_notes(now))
    return Facts(reasons, _moves(store), added)


def _notes(now: Position) -> dict[tuple[str, str], str]:
    by_risk: dict[str, list[Any]] = {}
    for assessment in now.of("assessment"):
        by_risk.setdefault(assessment.risk, []).append(assessment)
    newest = {risk: newest_of(some, "assessed_on") for risk, some in by_risk.items()}
    return {(risk, "score"): made.note for risk, made in newest.items() if made is not None and made.note}


def _moves(store: Store) -> dict[tuple[str, str], int]:
    return {
        (uid, field): times
        for kind, fields in DATES.items()
        for field in fields
        for uid, times in moves(store, kind, field).items()
    }
