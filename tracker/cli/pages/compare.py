"""What became of metrics: before and after, with the interval, the verdict and what a reader must know."""

import sys
from typing import TYPE_CHECKING

import click

from tracker.cli.registers.field_options import ref_argument
from tracker.cli.shell import AS_JSON, AS_OF, Session, as_json, command, words
from tracker.cli.shell.tables import table, terminal_width
from tracker.entities import entity
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.rules.day import Day
    from tracker.rules.impact.before_after import Comparison

METRIC = entity("metric")
HEADERS = ("Ref", "Pilot", "Metric", "Verdict", "Change", "Before", "After")
USUAL = 80
WIDEST = 110


def _optional_ref() -> click.Argument:
    argument = ref_argument(METRIC)
    argument.required, argument.metavar = False, "[REF]"
    return argument


@command("tracker metric compare M-01 --as-of 2026-11-12")
@AS_OF
@AS_JSON
def compare(session: Session, ref: str | None, as_of: str | None, json_: bool) -> None:
    """Compare a metric before and after; all metrics, one line each, when none is named."""
    from tracker.cli.registers.actions import find_uid
    from tracker.entities import Metric, Pilot
    from tracker.rules.impact.before_after import compare_all
    from tracker.services.evidence import gather
    from tracker.services.impact import metric_evidence

    day = session.state_day(as_of) or session.today()
    with session.store(read_only=True) as store:
        uid = find_uid(store, METRIC, ref) if ref else ""
        evidence = metric_evidence(store, uid, day) if uid else gather(store, day)
    metrics = evidence.all(Metric)
    if uid:
        metrics = [metric for metric in metrics if metric.uid == uid]
        if not metrics:
            raise TrackerError("This metric did not exist on that day.")
    comparisons = compare_all(evidence, metrics)
    if json_:
        from tracker.rules.impact.data import comparison_data

        objects = [comparison_data(entry, evidence.ref(Pilot, entry.metric.pilot)) for entry in comparisons]
        as_json(objects[0] if uid else objects)
    elif uid:
        _print_comparison(evidence, comparisons[0])
    else:
        _print_list(evidence, comparisons)


compare.params.insert(0, _optional_ref())


def _print_list(evidence: "Day", comparisons: "Sequence[Comparison]") -> None:
    from tracker.entities import Pilot
    from tracker.rules.impact.words import Scale, brief_change, short_value, verdict_text

    rows = []
    for comparison in comparisons:
        metric = comparison.metric
        scale = Scale(comparison)
        periods = (short_value(period, scale) for period in (comparison.before, comparison.after))
        facts = (metric.ref, evidence.ref(Pilot, metric.pilot), metric.name)
        rows.append((*facts, verdict_text(comparison), brief_change(comparison), *periods))
    table(HEADERS, rows, (3, 4))
    if not comparisons:
        words("No metrics to show.")


def _print_comparison(evidence: "Day", comparison: "Comparison") -> None:
    """Print what became of one metric: name, verdict, plot, sentences, cautions, definition."""
    from tracker.cli.shell.drawing import print_lines
    from tracker.entities import Pilot
    from tracker.reports.lines.comparison import EMPTY, comparison_lines
    from tracker.reports.lines.drawn import translated, wrap_hanging
    from tracker.rules.impact.plot import ASCII
    from tracker.rules.impact.words import definition_words
    from tracker.rules.journeys.yearly_value import citizen_hours, money

    metric = comparison.metric
    width = min(terminal_width() or USUAL, WIDEST)
    benefits = citizen_hours(evidence, comparison) or money(evidence, comparison)
    pilot = evidence.get(Pilot, metric.pilot)
    title = f"{metric.ref}  {metric.name}"
    if pilot is not None:
        title += f"  ({pilot.ref} {pilot.name})"
    lines = [*wrap_hanging("", title, width, tone="strong"), *comparison_lines(comparison, benefits, width), EMPTY]
    lines += wrap_hanging("Definition: ", definition_words(metric), width)
    if metric.limitations:
        lines += wrap_hanging("Limitations: ", metric.limitations, width)
    if not (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf"):
        lines = translated(lines, ASCII)
    print_lines(lines)
