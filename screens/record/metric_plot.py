"""Before and after on the page of a metric: the verdict, a plot with intervals, and what is said of it."""

import textwrap
from collections.abc import Sequence
from datetime import date
from functools import partial

from screens.record.extra import Extra, Toned
from tracker.entities.metric import Metric
from tracker.rules.impact import before_after as impact
from tracker.rules.impact.plot import plot_lines
from tracker.rules.impact.words import change_words, missing_words, sample_words, sentence, target_words, verdict_text
from tracker.rules.journeys.yearly_value import Worth, citizen_hours, money, worth_words
from tracker.services.impact import metric_evidence
from tracker.storage.store import Store

TONES = {impact.IMPROVED: "green", impact.WORSENED: "red", impact.NO_CHANGE: "amber"}


def metric_extras(store: Store, uid: str, day: date) -> Sequence[Extra]:
    """Return the comparison of a metric before and after; nothing for one that was removed."""
    evidence = metric_evidence(store, uid, day)
    metric = evidence.get(Metric, uid)
    if metric is None:
        return ()
    found = impact.compare(evidence, metric)
    worth = citizen_hours(evidence, found) or money(evidence, found)
    return (Extra("Before and after", partial(drawn, found, worth)),)


def drawn(found: impact.Comparison, worth: Worth | None, width: int) -> list[Toned]:
    """Return the lines for a width, the verdict first."""
    change = change_words(found)
    verdict = verdict_text(found) + (f": {change}" if change else "")
    lines = [(line, TONES.get(found.verdict, "muted")) for line in textwrap.wrap(verdict, width)]
    plot = plot_lines(found, width)
    lines += [("", ""), *((line, "") for line in plot)] if plot else []
    texts = (sentence(found), target_words(found), worth_words(worth) if worth else "", sample_words(found))
    lines.append(("", ""))
    lines += [(line, "") for text in texts for line in textwrap.wrap(text, width)]
    notes = [missing_words(found), *(f"- {caution.sentence}" for caution in found.cautions)]
    lines += [
        (line, "muted")
        for text in notes
        for line in textwrap.wrap(text, width, subsequent_indent="  " if text.startswith("- ") else "")
    ]
    return lines
