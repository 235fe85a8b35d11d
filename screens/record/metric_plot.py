"""Before and after on the page of a metric: the verdict, a plot with intervals, and what is said of it."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from screens.record.lines import Extra
from tracker.entities import Metric
from tracker.reports.lines.comparison import comparison_lines
from tracker.rules.impact.before_after import compare
from tracker.rules.journeys.yearly_value import citizen_hours, money
from tracker.services.impact import metric_evidence
from tracker.services.reading import Store


def metric_extras(store: Store, uid: str, day: date) -> Sequence[Extra]:
    """Return the comparison of a metric before and after; nothing for one that was removed."""
    position = metric_evidence(store, uid, day)
    metric = position.get(Metric, uid)
    if metric is None:
        return ()
    comparison = compare(position, metric)
    benefits = citizen_hours(position, comparison) or money(position, comparison)
    return (Extra("Before and after", partial(comparison_lines, comparison, benefits)),)
