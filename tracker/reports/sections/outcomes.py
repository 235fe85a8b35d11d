"""Outcomes: what was measured before and after, with how sure the change is."""

from typing import Any

from tracker.reports.charting import interval_chart
from tracker.reports.data import SummaryData, columns, none_recorded, source
from tracker.reports.model import Block, Bullets, Heading, Missing, Paragraph, Section, Table
from tracker.rules.comparing import Side
from tracker.rules.impact import IMPROVED, NO_CHANGE, WORSENED, Comparison
from tracker.rules.impact_words import (
    Scale,
    brief_change,
    definition_words,
    sentence,
    short_value,
    target_words,
    verdict_text,
)
from tracker.rules.wording import counted, short

SHOWN = 4
NAME_LENGTH = 50
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
    pilot = data.ref("pilot", one.metric.pilot)
    name = f"{short(one.metric.name, NAME_LENGTH)}{f', {pilot}' if pilot else ''}"
    if one.before is None or one.after is None or not one.compared:
        return f"{verdict_text(one)}: {name}" + (f" (was {_value(one.before, scale)})" if one.before else "")
    target = f" (target {scale.goal(one.target)})" if one.target is not None else ""
    values = f"{_value(one.before, scale)} → {_value(one.after, scale)}"
    return f"{verdict_text(one)}: {name}: {values}{target}"


def _value(side: Side | None, scale: Scale) -> str:
    return short_value(side, scale)


def outcomes_report(data: SummaryData) -> Section:
    """Return every metric with before, after, change, verdict and target, and the definitions as they are printed."""
    told = source(data, "the registers of metrics and measurements")
    found = data.comparisons
    if not found:
        return Section("benefits", "Outcomes and benefits", (none_recorded("no metric"), told), new_page=True)
    rows = tuple(_row(data, one) for one in found)
    titles = columns("Metric", "Pilot", "Before>", "After>", "Change (interval)", "Verdict", "Target+")
    level = round(data.now.settings.number("interval_percent"))
    note = f"Intervals are of {level} %. A change whose interval holds nought is no detectable change."
    loose = [one for one in found if one.metric.pilot is None or data.signals_of(one.metric.pilot) is None]
    blocks: list[Block] = [
        Table("metrics", "Every metric, before and after", titles, rows, note=note),
        *(block for one in loose for block in metric_blocks(one, f"metric-{one.metric.ref.lower()}")),
        Heading("Definitions"),
        Bullets(tuple(f"{one.metric.ref} {one.metric.name}: {definition_words(one.metric)}" for one in found)),
        told,
    ]
    return Section("benefits", "Outcomes and benefits", tuple(blocks), new_page=True)


def _row(data: SummaryData, one: Comparison) -> tuple[str, ...]:
    scale = Scale(one)
    return (
        f"{one.metric.ref} {one.metric.name}",
        data.ref("pilot", one.metric.pilot) or "–",
        _value(one.before, scale),
        _value(one.after, scale),
        brief_change(one) or "–",
        verdict_text(one),
        target_words(one) or "No target is recorded.",
    )


def metric_blocks(one: Comparison, name: str) -> list[Block]:
    """Return what became of a metric as sentences, a chart where there is one, and its definition."""
    mark = verdict_text(one).partition(" ")[0]
    blocks: list[Block] = [Paragraph(f"{mark} {one.metric.ref} {sentence(one)}")]
    chart = interval_chart(name, one)
    if chart is not None:
        blocks.append(chart)
    limits = f" What it cannot show: {one.metric.limitations}" if one.metric.limitations else ""
    blocks.append(Paragraph(f"Definition: {definition_words(one.metric)}{limits}"))
    return blocks
