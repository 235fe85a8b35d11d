"""Outcomes: what was measured before and after, with how sure the change is."""

from collections import Counter

from tracker.entities import Pilot
from tracker.reports.charting import interval_chart
from tracker.reports.model import Block, Bullets, Chart, Heading, Missing, Section, Table
from tracker.reports.papers.data import SummaryData, none_recorded, sourced, table
from tracker.rules.impact.before_after import IMPROVED, NO_CHANGE, WORSENED, Comparison
from tracker.rules.impact.words import (
    Scale,
    brief_change,
    caveats,
    definition_words,
    short_value,
    target_words,
    verdict_text,
)
from tracker.rules.wording import counted, optional
from tracker.text import natural_order

SHOWN = 4
METRIC_TITLES = ("Metric", "Before>", "After>", "Change (interval)>", "Verdict", "Target+")
WITH_VERDICT = (WORSENED, IMPROVED, NO_CHANGE)


def outcomes(data: SummaryData) -> Section:
    """Return up to four metrics: those with verdicts first, and one of each pilot before a second of any."""
    comparisons = data.comparisons
    if not comparisons:
        return Section("outcomes", "Outcomes", (Missing("No metric is recorded."),))
    judged = [comparison for comparison in comparisons if comparison.verdict in WITH_VERDICT]
    chosen = _chosen(comparisons)
    items = tuple(_item(data, comparison) for comparison in chosen)
    sentence = f"{len(judged)} of {counted(len(comparisons), 'metric')} can be judged"
    return Section("outcomes", f"Outcomes: {sentence}", (Bullets(items),))


def _chosen(comparisons: list[Comparison]) -> list[Comparison]:
    last = len(WITH_VERDICT)
    ranks = {verdict: place for place, verdict in enumerate(WITH_VERDICT)}
    times: Counter[str | None] = Counter()
    order = []
    ranked = [(ranks.get(comparison.verdict, last), comparison.metric.ref, comparison) for comparison in comparisons]
    for rank, ref, comparison in sorted(ranked, key=lambda place: (place[0], natural_order(place[1]))):
        times[comparison.metric.pilot] += 1
        order.append((rank == last, times[comparison.metric.pilot], rank, natural_order(ref), comparison))
    return [comparison for *_, comparison in sorted(order, key=lambda place: place[:-1])[:SHOWN]]


def _item(data: SummaryData, comparison: Comparison) -> str:
    scale = Scale(comparison)
    pilot = data.now.ref(Pilot, comparison.metric.pilot)
    name = comparison.metric.name + optional(", ", pilot)
    line = f"{verdict_text(comparison)}: {name}"
    if comparison.before is None:
        return line
    before = short_value(comparison.before, scale)
    if comparison.after is None or not comparison.compared:
        return f"{line} (was {before})"
    line += f": {before} → {short_value(comparison.after, scale)}"
    if comparison.target is not None:
        line += f" (target {scale.goal(comparison.target)})"
    return line


def outcomes_report(data: SummaryData) -> Section:
    """Return every metric with before, after, change, verdict and target; then each with its chart and definition."""
    name = "benefits"
    title = "Outcomes and benefits"
    origin = "the registers of metrics and measurements"
    comparisons = data.comparisons
    if not comparisons:
        return sourced(data, name, title, origin, [none_recorded("no metric")])
    rows = [metric_row(data, comparison, named=True) for comparison in comparisons]
    level = round(data.now.settings.interval_percent)
    note = f"Intervals are of {level}%. A change whose interval includes zero is no detectable change."
    if any(" ×" in cell for row in rows for cell in row):
        note += " × says how many times as much."
    blocks: list[Block] = [
        table("metrics", "Every metric, before and after", METRIC_TITLES, rows, note=note),
        *(chart for comparison in comparisons if (chart := _chart(data, comparison)) is not None),
        Heading("Definitions"),
        _definitions(comparisons),
    ]
    return sourced(data, name, title, origin, blocks, new_page=True)


def _chart(data: SummaryData, comparison: Comparison) -> Chart | None:
    """Return the chart of a metric, which names its pilot: several may be called the same."""
    metric = comparison.metric
    return interval_chart(f"metric-{metric.ref.lower()}", comparison, data.now.ref(Pilot, metric.pilot))


def metric_row(data: SummaryData, comparison: Comparison, *, named: bool) -> tuple[str, ...]:
    """Return a metric for a table with METRIC_TITLES; ``named``: with its pilot, and how far and when the target is."""
    scale = Scale(comparison)
    pilot = ""
    aim = target_words(comparison).removeprefix("Target ")
    if named:
        pilot = data.now.ref(Pilot, comparison.metric.pilot)
    else:
        aim = aim.partition(": ")[0].partition(" by ")[0].rstrip(".")
    return (
        f"{comparison.metric.ref} {comparison.metric.name}" + optional(" (", pilot, ")"),
        short_value(comparison.before, scale),
        short_value(comparison.after, scale),
        brief_change(comparison) or "–",
        verdict_text(comparison),
        aim or "None",
    )


def _definitions(comparisons: list[Comparison]) -> Table:
    """Return what each metric measures, and what a reader has to bear in mind with its figures."""
    rows = (
        (
            f"{comparison.metric.ref} {comparison.metric.name}",
            definition_words(comparison.metric),
            f"{comparison.metric.limitations or ''} {caveats(comparison)}".strip() or "–",
        )
        for comparison in comparisons
    )
    titles = ("Metric", "Definition", "What to bear in mind")
    return table("metric-definitions", "What each metric measures", titles, rows)
