"""What a reader must know before a change is believed; worked out of the records, so that nobody can forget it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tracker.entities import Measurement, Metric
from tracker.rules.impact.figures import Mean, base_of
from tracker.rules.impact.pairing import Side
from tracker.rules.settings import Settings
from tracker.rules.wording import counted, listed, number


class Caution(NamedTuple):
    """A warning: its stable name, a few words that fit into a sentence, and a sentence of its own."""

    name: str
    short: str
    sentence: str


def cautions(
    metric: Metric, before: Side, after: Side, live: date | None, settings: Settings, tested: int
) -> tuple[Caution, ...]:
    """Return the warnings about a comparison; ``tested`` is how many metrics of the pilot can be compared."""
    first = before.measurement
    second = after.measurement
    return (
        *_periods(first, second, settings),
        *_go_live(first, second, live),
        *_way_of_measuring(metric, first, second, settings),
        *_base(before, after, settings),
        *_figures(before, after),
        *_many(tested, settings),
    )


def period(measurement: Measurement) -> str:
    """Return the period of a measurement: ``Jan–Mar 2026`` for whole months, else its first and last day."""
    from tracker.rules.wording import show_date

    first = measurement.period_start
    last = measurement.period_end
    if first == last:
        return show_date(first)
    if first.day != 1 or (last + timedelta(1)).day != 1:
        return f"{show_date(first)} to {show_date(last)}"
    (_, begin), (_, end) = show_date(first).split(" ", 1), show_date(last).split(" ", 1)
    if first.year != last.year:
        return f"{begin}–{end}"
    return end if first.month == last.month else f"{begin[:3]}–{end}"


def days(measurement: Measurement) -> int:
    """Return how many days a measurement covers."""
    return (measurement.period_end - measurement.period_start).days + 1


def months(measurement: Measurement) -> set[int]:
    """Return the months of the year, 1 to 12, that a measurement covers in whole or in part."""
    first = measurement.period_start.year * 12 + measurement.period_start.month - 1
    last = measurement.period_end.year * 12 + measurement.period_end.month - 1
    return {number % 12 + 1 for number in range(first, min(last, first + 11) + 1)}


def _periods(first: Measurement, second: Measurement, settings: Settings) -> Iterator[Caution]:
    if months(first) != months(second):
        yield Caution(
            "season",
            "different months",
            f"The two periods are in different months ({period(first)} and {period(second)}): the season may explain "
            "a part of the change.",
        )
    short, long = sorted((days(first), days(second)))
    if long * 100 > short * (100 + settings.period_length_percent):
        lengths = f"{days(first)} and {days(second)} days"
        yield Caution("unequal_periods", f"periods of {lengths}", f"The periods differ in length: {lengths}.")
    least = settings.impact_least_days
    if short < least:
        data = f"{counted(short, 'day')} of data"
        yield Caution("few_days", f"only {data}", f"{data}; {least} are needed.")


def _go_live(first: Measurement, second: Measurement, live: date | None) -> Iterator[Caution]:
    from tracker.rules.wording import show_date

    if live is None:
        return
    if first.period_end >= live:
        part = "A part of the baseline"
        short = "part of the baseline"
        if first.period_start >= live:
            part = "The baseline"
            short = "baseline"
        sentence = f"{part} was measured after go-live ({show_date(live)}): it is not what was there before."
        yield Caution("late_baseline", f"{short} measured after go-live", sentence)
    if second.period_start < live:
        yield Caution(
            "before_go_live",
            "part of the period before go-live",
            f"A part of the period afterwards was before go-live ({show_date(live)}).",
        )
    if second.phase == "during":
        yield Caution("during", "measured while the pilot ran", "The newest figures were measured while the pilot ran.")


def _way_of_measuring(metric: Metric, first: Measurement, second: Measurement, settings: Settings) -> Iterator[Caution]:
    old, new = (measurement.source_system or metric.source_system for measurement in (first, second))
    if old and new and old != new:
        yield Caution("source", "another source", f"The source changed from {old} to {new}.")
    if first.online_share is not None and second.online_share is not None:
        moved = round(abs(second.online_share - first.online_share) * 100, 6)
        if moved > settings.channel_points:
            shares = f"{number(first.online_share * 100, 0)}% to {number(second.online_share * 100, 0)}%"
            yield Caution(
                "channel",
                f"online share moved by {number(moved, 0)} points",
                f"The online share moved from {shares}: other people were asked, or other cases counted.",
            )
    sides = (("before", first), ("after", second))
    provisional = listed(side for side, measurement in sides if measurement.status == "provisional")
    if provisional:
        sentence = f"The figures {provisional} are provisional and may change."
        yield Caution("provisional", "provisional figures", sentence)


def _base(before: Side, after: Side, settings: Settings) -> Iterator[Caution]:
    """Yield that one figure is of many more cases than the other: it may then be of other cases."""
    bases = [base_of(side.figures) for side in (before, after)]
    old, new = bases
    if not old or not new:
        return
    short, long = sorted((old, new))
    if long * 100 > short * (100 + settings.base_change_percent):
        sizes = f"{old:,.10g} and {new:,.10g}"
        sentence = (
            f"The base changed by more than {settings.base_change_percent}%, from {old:,.10g} to {new:,.10g}: other "
            "cases may have been counted."
        )
        yield Caution("base", f"a base of {sizes}", sentence)


def _figures(before: Side, after: Side) -> Iterator[Caution]:
    if any(isinstance(side.figures, Mean) and side.figures.sd == 0 for side in (before, after)):
        yield Caution(
            "no_scatter", "a standard deviation of 0", "A standard deviation of 0 is rare: check that it is not a slip."
        )


def _many(tested: int, settings: Settings) -> Iterator[Caution]:
    if tested > settings.many_metrics:
        yield Caution(
            "many_metrics",
            f"one of {tested} metrics compared",
            f"{tested} metrics of this pilot are compared: some will differ by chance alone.",
        )
