"""Before and after of one metric, read from a programme file."""

from datetime import date

from tracker.entities import Entity, Measurement, Metric, Pilot, Service
from tracker.rules.day import Day
from tracker.services.evidence import position
from tracker.services.settings import read_settings
from tracker.storage import Store, records


def metric_evidence(store: Store, uid: str, day: date) -> Day:
    """Return the evidence at the end of a day for one metric: it, those beside it, their figures, pilot and service.

    Only what a comparison needs, so that a page of a large programme opens at once.
    """
    with position(store, day) as past:
        settings = read_settings(past)
        metric = next(iter(records(past, Metric, uid=uid)), None)
        if metric is None:
            return Day(day, {}, settings)
        beside: list[Metric] = []
        if metric.pilot:
            beside = records(past, Metric, pilot=metric.pilot)
        elif metric.service:
            beside = records(past, Metric, service=metric.service)
        metrics = [metric, *(other for other in beside if other.uid != uid)]
        pilots = records(past, Pilot, uid=metric.pilot or "")
        services = {uid for uid in (metric.service, *(pilot.service for pilot in pilots)) if uid}
        by_kind: dict[str, list[Entity]] = {
            Metric.kind: [*metrics],
            Measurement.kind: [figure for other in metrics for figure in records(past, Measurement, metric=other.uid)],
            Pilot.kind: [*pilots],
            Service.kind: [service for uid in sorted(services) for service in records(past, Service, uid=uid)],
        }
        return Day(day, by_kind, settings)
