"""What a reader must know before a change is believed; worked out of the records, so that nobody can forget it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from tracker.entities.metric import Metric
from tracker.rules.impact.figures import Mean
from tracker.rules.impact.pairing import Side
from tracker.rules.settings import Settings
from tracker.rules.wording import counted, listed


class Caution(NamedTuple):
    """A warning: its stable name, a few words that fit into a sentence, and a sentence of its own."""

    name: str
    short: str
    sentence: str


def cautions(
    metric: Metric, before: Side, after: Side, live: date | None, settings: Settings, tested: int
) -> tuple[Caution, ...]:
    """Return the warnings about a comparison; ``tested`` is how many metrics of the pilot can be compared."""
    first, second = before.measurement, after.measurement
    return (
        *_periods(first, second, settings),
        *_go_live(first, second, live),
        *_way_of_measuring(metric, first, second, settings),
        *_figures(before, after),
        *_many(tested, settings),
    )


def period(one: Any) -> str:
    """Return the period of a measurement: ``Jan–Mar 2026`` for whole months, else its first and last day."""
    from tracker.rules.when import show_date

    first, last = one.period_start, one.period_end
    if first.day != 1 or (last + timedelta(1)).day != 1:
        return f"{show_date(first)} to {show_date(last)}" if first != last else show_date(first)
    begin, end = show_date(first).split(" ", 1)[1], show_date(last).split(" ", 1)[1]
    if first.year != last.year:
        return f"{begin}–{end}"
    return end if first.month == last.month else f"{begin[:3]}–{end}"


def days(one: Any) -> int:
    """Return how many days a measurement covers."""
    return (one.period_end - one.period_start).days + 1  # type: ignore[no-any-return]


def months(one: Any) -> set[int]:
    """Return the months of the year, 1 to 12, that a measurement covers in whole or in part."""
    first = one.period_start.year * 12 + one.period_start.month - 1
    last = one.period_end.year * 12 + one.period_end.month - 1
    return {number % 12 + 1 for number in range(first, min(last, first + 11) + 1)}


def _periods(first: Any, second: Any, settings: Settings) -> Iterator[Caution]:
    if months(first) != months(second):
        yield Caution(
            "season",
            "different months",
            f"The two periods are in different months ({period(first)} and {period(second)}): the season may explain "
            "a part of the change.",
        )
    long, short = max(days(first), days(second)), min(days(first), days(second))
    if long * 100 > short * (100 + settings.period_length_percent):
        told = f"{days(first)} and {days(second)} days"
        yield Caution("unequal_periods", f"periods of {told}", f"The periods differ in length: {told}.")
    least = settings.impact_least_days
    if short < least:
        yield Caution(
            "few_days", f"only {counted(short, 'day')} of data", f"{counted(short, 'day')} of data; {least} are needed."
        )


def _go_live(first: Any, second: Any, live: date | None) -> Iterator[Caution]:
    from tracker.rules.when import show_date

    if live is None:
        return
    if first.period_end >= live:
        whole = "The baseline was" if first.period_start >= live else "A part of the baseline was"
        words = f"{whole} measured after go-live ({show_date(live)}): it is not what was there before."
        short = whole.lower().removesuffix(" was").removeprefix("the ").removeprefix("a ")
        yield Caution("late_baseline", f"{short} measured after go-live", words)
    if second.period_start < live:
        yield Caution(
            "before_go_live",
            "part of the period before go-live",
            f"A part of the period afterwards was before go-live ({show_date(live)}).",
        )
    if second.phase == "during":
        yield Caution("during", "measured while the pilot ran", "The newest figures were measured while the pilot ran.")


def _way_of_measuring(metric: Metric, first: Any, second: Any, settings: Settings) -> Iterator[Caution]:
    old, new = (one.source_system or metric.source_system for one in (first, second))
    if old and new and old != new:
        yield Caution("source", "another source", f"The source changed from {old} to {new}.")
    shares = (first.online_share, second.online_share)
    moved = None if None in shares else round(abs(shares[1] - shares[0]) * 100, 6)
    if moved is not None and moved > settings.channel_points:
        told = f"{shares[0] * 100:.0f} % to {shares[1] * 100:.0f} %"
        yield Caution(
            "channel",
            f"online share moved by {moved:.0f} points",
            f"The online share moved from {told}: other people were asked, or other cases counted.",
        )
    given = [name for name, one in (("before", first), ("after", second)) if one.status == "provisional"]
    if given:
        yield Caution(
            "provisional", "provisional figures", f"The figures {listed(given)} are provisional and may change."
        )


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
