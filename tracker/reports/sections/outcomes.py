"""Outcomes: what was measured before and after, with how sure the change is."""

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
from tracker.rules.wording import counted, optional, short

SHOWN = 4
NAME_LENGTH = 50
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
    def rank(comparison: Comparison) -> int:
        return WITH_VERDICT.index(comparison.verdict) if comparison.verdict in WITH_VERDICT else len(WITH_VERDICT)

    times: dict[str | None, int] = {}
    order = []
    for comparison in sorted(comparisons, key=lambda comparison: (rank(comparison), comparison.metric.ref)):
        pilot = comparison.metric.pilot
        times[pilot] = times.get(pilot, 0) + 1
        order.append(
            (rank(comparison) == len(WITH_VERDICT), times[pilot], rank(comparison), comparison.metric.ref, comparison)
        )
    return [place[-1] for place in sorted(order, key=lambda place: place[:-1])[:SHOWN]]


def _item(data: SummaryData, comparison: Comparison) -> str:
    scale = Scale(comparison)
    pilot = data.now.ref(Pilot, comparison.metric.pilot)
    name = f"{short(comparison.metric.name, NAME_LENGTH)}{f', {pilot}' if pilot else ''}"
    if comparison.before is None or comparison.after is None or not comparison.compared:
        return f"{verdict_text(comparison)}: {name}" + (
            f" (was {_value(comparison.before, scale)})" if comparison.before else ""
        )
    target = f" (target {scale.goal(comparison.target)})" if comparison.target is not None else ""
    values = f"{_value(comparison.before, scale)} → {_value(comparison.after, scale)}"
    return f"{verdict_text(comparison)}: {name}: {values}{target}"


def _value(side: Side | None, scale: Scale) -> str:
    return short_value(side, scale)


def outcomes_report(data: SummaryData) -> Section:
    """Return every metric with before, after, change, verdict and target; then each with its chart and definition."""
    paragraph = source(data, "the registers of metrics and measurements")
    comparisons = data.comparisons
    if not comparisons:
        return Section("benefits", "Outcomes and benefits", (paragraph, none_recorded("no metric")))
    rows = tuple(metric_row(data, comparison, named=True) for comparison in comparisons)
    level = round(data.now.settings.interval_percent)
    note = f"Intervals are of {level} %. A change whose interval includes zero is no detectable change."
    blocks: list[Block] = [
        paragraph,
        Table("metrics", "Every metric, before and after", columns(*METRIC_TITLES), rows, note=note),
        *(
            chart
            for comparison in comparisons
            if (chart := interval_chart(f"metric-{comparison.metric.ref.lower()}", comparison)) is not None
        ),
        Heading("Definitions"),
        _definitions(comparisons),
    ]
    return Section("benefits", "Outcomes and benefits", tuple(blocks), new_page=True)


def metric_row(data: SummaryData, comparison: Comparison, *, named: bool) -> tuple[str, ...]:
    """Return a metric for a table with METRIC_TITLES; ``named``: with its pilot, and how far and when the target is."""
    scale = Scale(comparison)
    pilot = data.now.ref(Pilot, comparison.metric.pilot) if named else ""
    aim = target_words(comparison).removeprefix("Target ")
    if aim and not named:
        aim = aim.partition(": ")[0].partition(" by ")[0].rstrip(".")
    return (
        f"{comparison.metric.ref} {comparison.metric.name}" + (optional(" (", pilot, ")")),
        _value(comparison.before, scale),
        _value(comparison.after, scale),
        brief_change(comparison) or "–",
        verdict_text(comparison),
        aim or "None",
    )


def _definitions(comparisons: list[Comparison]) -> Table:
    """Return what each metric measures, and what a reader has to bear in mind with its figures."""
    rows = tuple(
        (
            f"{comparison.metric.ref} {comparison.metric.name}",
            definition_words(comparison.metric),
            " ".join(part for part in (comparison.metric.limitations or "", caveats(comparison)) if part) or "–",
        )
        for comparison in comparisons
    )
    titles = columns("Metric", "Definition", "What to bear in mind")
    return Table("metric-definitions", "What each metric measures", titles, rows)
