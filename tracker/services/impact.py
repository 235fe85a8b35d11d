"""Before and after of one metric, read from a programme file."""

from datetime import date
from typing import Any

from tracker.rules.day import Day
from tracker.services.evidence import position
from tracker.services.settings import read_settings
from tracker.storage import Condition, Query, Store, records


def metric_evidence(store: Store, uid: str, day: date) -> Day:
    """Return the evidence at the end of a day for one metric: it, those beside it, their figures, pilot and service.

    Only what a comparison needs, so that a page of a large programme opens at once.
    """
    with position(store, day) as past:
        all_records: dict[str, list[Any]] = {"metric": _where(past, "metric", "uid", uid)}
        metric = next(iter(all_records["metric"]), None)
        if metric is None:
            return Day(day, {}, read_settings(past))
        link = "pilot" if metric.pilot else "service"
        beside = _where(past, "metric", link, getattr(metric, link)) if getattr(metric, link) else []
        all_records["metric"] = [metric, *(record for record in beside if record.uid != uid)]
        all_records["measurement"] = [
            record for sibling in all_records["metric"] for record in _where(past, "measurement", "metric", sibling.uid)
        ]
        all_records["pilot"] = _where(past, "pilot", "uid", metric.pilot) if metric.pilot else []
        services = {record.service for record in (metric, *all_records["pilot"]) if record.service}
        all_records["service"] = [
            record for service in sorted(services) for record in _where(past, "service", "uid", service)
        ]
        return Day(day, all_records, read_settings(past))


def _where(store: Store, kind: str, field: str, value: str) -> list[Any]:
    return list(records(store, Query(kind, (Condition(field, "=", value),))))
