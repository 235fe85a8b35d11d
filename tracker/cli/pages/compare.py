"""What became of metrics: before and after, with the interval, the verdict and what a reader must know."""

import sys
import textwrap
from typing import TYPE_CHECKING

import click

from tracker.cli.registers.field_options import ref_argument
from tracker.cli.shell.options import Command, everywhere, example
from tracker.cli.shell.output import as_json, data, words
from tracker.cli.shell.session import Session
from tracker.entities import entity

if TYPE_CHECKING:
    from tracker.rules.day import Day
    from tracker.rules.impact.before_after import Comparison

METRIC = entity("metric")
USUAL, WIDEST = 80, 110


def _optional_ref() -> click.Argument:
    argument = ref_argument(METRIC)
    argument.required, argument.metavar = False, "[REF]"
    return argument


@click.command(cls=Command, epilog=example("tracker metric compare M-01 --as-of 2026-11-12"))
@click.option("--as-of", "as_of", metavar="DATE", help="As it was at the end of that day.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@everywhere
@click.pass_obj
def compare(session: Session, ref: str | None, as_of: str | None, json_: bool) -> None:
    """Compare a metric before and after; all metrics, one line each, when none is named."""
    from tracker.cli.registers.actions import meant
    from tracker.entities.metric import Metric
    from tracker.entities.pilot import Pilot
    from tracker.errors import TrackerError
    from tracker.rules.impact.before_after import compare_all
    from tracker.services.evidence import gather
    from tracker.services.impact import metric_evidence

    day = session.day(as_of) or session.today()
    with session.store(read_only=True) as store:
        uid = meant(store, METRIC, ref) if ref else ""
        evidence = metric_evidence(store, uid, day) if uid else gather(store, day)
    metric = evidence.get(Metric, uid)
    if ref and metric is None:
        raise TrackerError("This metric did not exist on that day.")
    found = compare_all(evidence, [metric] if metric is not None else None)
    if json_:
        from tracker.rules.impact.data import comparison_data

        objects = [comparison_data(one, evidence.ref(Pilot, one.metric.pilot)) for one in found]
        as_json(objects[0] if ref else objects)
    elif ref:
        print_comparison(evidence, found[0])
    else:
        print_list(evidence, found)


compare.params.insert(0, _optional_ref())


def print_list(evidence: "Day", found: "list[Comparison]") -> None:
    """Print a line for each metric."""
    from tracker.cli.shell.tables import table
    from tracker.entities.pilot import Pilot
    from tracker.rules.impact.words import Scale, brief_change, short_value, verdict_text

    rows = []
    for one in found:
        scale = Scale(one)
        pilot = evidence.ref(Pilot, one.metric.pilot)
        values = (brief_change(one), short_value(one.before, scale), short_value(one.after, scale))
        rows.append((one.metric.ref, pilot, one.metric.name, verdict_text(one), *values))
    table(("Ref", "Pilot", "Metric", "Verdict", "Change", "Before", "After"), rows, (3, 4))
    if not found:
        words("No metrics to show.")


def print_comparison(evidence: "Day", found: "Comparison") -> None:
    """Print what became of one metric: verdict, plot, sentence, warnings, definition."""
    from tracker.cli.shell.tables import terminal_width
    from tracker.entities.pilot import Pilot
    from tracker.rules.impact.plot import ASCII, plot_lines
    from tracker.rules.impact.words import change_words, verdict_text

    width = min(terminal_width() or USUAL, WIDEST)
    pilot = evidence.get(Pilot, found.metric.pilot)
    data(f"{found.metric.ref}  {found.metric.name}" + (f"  ({pilot.ref} {pilot.name})" if pilot else ""))
    change = change_words(found)
    data(verdict_text(found) + (f": {change}" if change else ""))
    plot = plot_lines(found, width)
    drawable = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")
    for line in ("", *plot) if plot else ():
        data(line if drawable else line.translate(ASCII))
    for text in explained(evidence, found):
        for line in textwrap.wrap(text, width, subsequent_indent="  " if text.startswith("- ") else "") or [""]:
            data(line)


def explained(evidence: "Day", found: "Comparison") -> list[str]:
    """Return what is said of a comparison, a paragraph each; an empty one is a space between."""
    from tracker.rules.impact import words as say
    from tracker.rules.journeys.yearly_value import citizen_hours, money, worth_words

    worth = citizen_hours(evidence, found) or money(evidence, found)
    limits = found.metric.limitations
    groups = (
        (say.sentence(found),),
        (say.target_words(found), worth_words(worth) if worth else "", say.sample_words(found)),
        (say.missing_words(found), *(f"- {caution.sentence}" for caution in found.cautions)),
        (f"Definition: {say.definition_words(found.metric)}", f"Limitations: {limits}" if limits else ""),
    )
    return [text for group in groups if any(group) for text in ("", *filter(None, group))]
