"""Before and after of one metric, read from a programme file."""

from datetime import date
from typing import Any

from tracker.rules.day import Day
from tracker.services.evidence import position
from tracker.services.settings import read_settings
from tracker.storage.queries import Condition, Query, records
from tracker.storage.store import Store


def metric_evidence(store: Store, uid: str, day: date) -> Day:
    """Return the evidence at the end of a day for one metric: it, those beside it, their figures, pilot and service.

    Only what a comparison needs, so that a page of a large programme opens at once.
    """
    with position(store, day) as then:
        found: dict[str, list[Any]] = {"metric": _where(then, "metric", "uid", uid)}
        metric = next(iter(found["metric"]), None)
        if metric is None:
            return Day(day, {}, read_settings(then))
        link = "pilot" if metric.pilot else "service"
        beside = _where(then, "metric", link, getattr(metric, link)) if getattr(metric, link) else []
        found["metric"] = [metric, *(one for one in beside if one.uid != uid)]
        found["measurement"] = [
            one for each in found["metric"] for one in _where(then, "measurement", "metric", each.uid)
        ]
        found["pilot"] = _where(then, "pilot", "uid", metric.pilot) if metric.pilot else []
        services = {one.service for one in (metric, *found["pilot"]) if one.service}
        found["service"] = [one for service in sorted(services) for one in _where(then, "service", "uid", service)]
        return Day(day, found, read_settings(then))


def _where(store: Store, kind: str, field: str, value: str) -> list[Any]:
    return list(records(store, Query(kind, (Condition(field, "=", value),))))
