"""Before and after on the page of a metric: the verdict, a plot with intervals, and what is said of it."""

import textwrap
from collections.abc import Sequence
from datetime import date
from functools import partial

from screens.record.lines import Extra, Toned
from tracker.entities.metric import Metric
from tracker.rules.impact import before_after
from tracker.rules.impact.before_after import Comparison
from tracker.rules.impact.plot import plot_lines
from tracker.rules.impact.words import change_words, missing_words, sample_words, sentence, target_words, verdict_text
from tracker.rules.journeys.yearly_value import Worth, citizen_hours, money, worth_words
from tracker.services.impact import metric_evidence
from tracker.services.reading import Store

TONES = {before_after.IMPROVED: "green", before_after.WORSENED: "red", before_after.NO_CHANGE: "amber"}


def metric_extras(store: Store, uid: str, day: date) -> Sequence[Extra]:
    """Return the comparison of a metric before and after; nothing for one that was removed."""
    position = metric_evidence(store, uid, day)
    metric = position.get(Metric, uid)
    if metric is None:
        return ()
    comparison = before_after.compare(position, metric)
    benefit = citizen_hours(position, comparison) or money(position, comparison)
    return (Extra("Before and after", partial(comparison_lines, comparison, benefit)),)


def comparison_lines(comparison: Comparison, benefit: Worth | None, width: int) -> list[Toned]:
    """Return the lines for a width, the verdict first."""
    verdict = ": ".join(filter(None, (verdict_text(comparison), change_words(comparison))))
    lines = _wrapped(verdict, width, TONES.get(comparison.verdict, "muted"))
    plot = plot_lines(comparison, width)
    if plot:
        lines += [("", ""), *((line, "") for line in plot)]
    lines.append(("", ""))
    lines += _wrapped(sentence(comparison), width) + _wrapped(target_words(comparison), width)
    if benefit:
        lines += _wrapped(worth_words(benefit), width)
    lines += _wrapped(sample_words(comparison), width) + _wrapped(missing_words(comparison), width, "muted")
    for caution in comparison.cautions:
        lines += _wrapped(f"- {caution.sentence}", width, "muted", indent="  ")
    return lines


def _wrapped(text: str, width: int, tone: str = "", *, indent: str = "") -> list[Toned]:
    return [(line, tone) for line in textwrap.wrap(text, width, subsequent_indent=indent)]
