"""Outcomes: what was measured before and after, with how sure the change is."""

from typing import Any

from tracker.entities.pilot import Pilot
from tracker.reports.charting import interval_chart
from tracker.reports.model import Block, Bullets, Heading, Missing, Section, Table
from tracker.reports.papers.data import SummaryData, columns, none_recorded, source
from tracker.rules.impact.before_after import IMPROVED, NO_CHANGE, WORSENED, Comparison
from tracker.rules.impact.pairing import Side
from tracker.rules.impact.words import (
    Scale,
    brief_change,
    caveats,
    definition_words,
    short_value,
    target_words,
    verdict_text,
)
from tracker.rules.wording import counted, short

SHOWN = 4
NAME_LENGTH = 50
METRIC_TITLES = ("Metric", "Before>", "After>", "Change (interval)>", "Verdict", "Target+")
WITH_VERDICT = (WORSENED, IMPROVED, NO_CHANGE)


def outcomes(data: SummaryData) -> Section:
    """Return up to four metrics: those with verdicts first, and one of each pilot before a second of any."""
    found = data.comparisons
    if not found:
        return Section("outcomes", "Outcomes", (Missing("No metric is recorded."),))
    known = [one for one in found if one.verdict in WITH_VERDICT]
    shown = _chosen(found)
    items = tuple(_item(data, one) for one in shown)
    said = f"{len(known)} of {counted(len(found), 'metric')} can be judged"
    return Section("outcomes", f"Outcomes: {said}", (Bullets(items),))


def _chosen(found: list[Comparison]) -> list[Comparison]:
    def rank(one: Comparison) -> int:
        return WITH_VERDICT.index(one.verdict) if one.verdict in WITH_VERDICT else len(WITH_VERDICT)

    seen: dict[Any, int] = {}
    order = []
    for one in sorted(found, key=lambda one: (rank(one), one.metric.ref)):
        times = seen[one.metric.pilot] = seen.get(one.metric.pilot, 0) + 1
        order.append((rank(one) == len(WITH_VERDICT), times, rank(one), one.metric.ref, one))
    return [one[-1] for one in sorted(order, key=lambda key: key[:-1])[:SHOWN]]


def _item(data: SummaryData, one: Comparison) -> str:
    scale = Scale(one)
    pilot = data.now.ref(Pilot, one.metric.pilot)
    name = f"{short(one.metric.name, NAME_LENGTH)}{f', {pilot}' if pilot else ''}"
    if one.before is None or one.after is None or not one.compared:
        return f"{verdict_text(one)}: {name}" + (f" (was {_value(one.before, scale)})" if one.before else "")
    target = f" (target {scale.goal(one.target)})" if one.target is not None else ""
    values = f"{_value(one.before, scale)} → {_value(one.after, scale)}"
    return f"{verdict_text(one)}: {name}: {values}{target}"


def _value(side: Side | None, scale: Scale) -> str:
    return short_value(side, scale)


def outcomes_report(data: SummaryData) -> Section:
    """Return every metric with before, after, change, verdict and target; then each with its chart and definition."""
    told = source(data, "the registers of metrics and measurements")
    found = data.comparisons
    if not found:
        return Section("benefits", "Outcomes and benefits", (told, none_recorded("no metric")))
    rows = tuple(metric_row(data, one, named=True) for one in found)
    level = round(data.now.settings.interval_percent)
    note = f"Intervals are of {level} %. A change whose interval includes zero is no detectable change."
    blocks: list[Block] = [
        told,
        Table("metrics", "Every metric, before and after", columns(*METRIC_TITLES), rows, note=note),
        *(chart for one in found if (chart := interval_chart(f"metric-{one.metric.ref.lower()}", one)) is not None),
        Heading("Definitions"),
        _definitions(found),
    ]
    return Section("benefits", "Outcomes and benefits", tuple(blocks), new_page=True)


def metric_row(data: SummaryData, one: Comparison, *, named: bool) -> tuple[str, ...]:
    """Return a metric for a table with METRIC_TITLES; ``named``: with its pilot, and how far and when the target is."""
    scale = Scale(one)
    pilot = data.now.ref(Pilot, one.metric.pilot) if named else ""
    aim = target_words(one).removeprefix("Target ")
    if aim and not named:
        aim = aim.partition(": ")[0].partition(" by ")[0].rstrip(".")
    return (
        f"{one.metric.ref} {one.metric.name}" + (f" ({pilot})" if pilot else ""),
        _value(one.before, scale),
        _value(one.after, scale),
        brief_change(one) or "–",
        verdict_text(one),
        aim or "None",
    )


def _definitions(found: list[Comparison]) -> Table:
    """Return what each metric measures, and what a reader has to bear in mind with its figures."""
    rows = tuple(
        (
            f"{one.metric.ref} {one.metric.name}",
            definition_words(one.metric),
            " ".join(part for part in (one.metric.limitations or "", caveats(one)) if part) or "–",
        )
        for one in found
    )
    titles = columns("Metric", "Definition", "What to bear in mind")
    return Table("metric-definitions", "What each metric measures", titles, rows)
