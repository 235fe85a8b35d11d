"""Charts of the papers: each from the figures of its own table, with a text that says in words what it shows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from tracker.entities import Iteration, Risk
from tracker.fields import rating_text
from tracker.ratings import scale_of
from tracker.reports.model import Cells, Chart, Column, Series, Table
from tracker.reports.papers.data import columns
from tracker.rules.impact.before_after import Comparison
from tracker.rules.impact.cautions import period
from tracker.rules.impact.pairing import Side
from tracker.rules.impact.words import Scale, level_words, verdict_text
from tracker.rules.journeys.journey import Comparison as JourneyComparison
from tracker.rules.journeys.journey import Measures
from tracker.rules.reading import minutes_text
from tracker.rules.settings import Settings
from tracker.rules.training import LACKING, Group, group_key, trained_percent
from tracker.rules.wording import counted, listed, number, optional, show_date
from tracker.text import natural_order

RATING_VALUES = {"green": 3.0, "amber_green": 2.5, "amber": 2.0, "amber_red": 1.5, "red": 1.0}
MOST_NAMED = 6  # risks that a chart's text names one by one
NAME_LENGTH = 40
LEAST_POINTS = 2  # fewer are said in words
LONG = 600  # minutes from which hours say more
NOTE = "Evidence: what the signal said when the rating was given; today's is worked out anew."


class Point(NamedTuple):
    """What was reported by a day, and what the evidence said then; None where nothing is known of it."""

    day: date
    reported: str | None
    evidence: str | None


def history_chart(ref: str, points: Sequence[Point], by: str, note: str) -> Chart | None:
    """Return the ratings of a pilot, the oldest first, all on one scale; None with fewer than two that were reported.

    ``by`` says of which days they are: ``board``, ``report``.
    """
    points = points[next((n for n, point in enumerate(points) if point.reported), len(points)) :]
    if len(points) < LEAST_POINTS:
        return None
    name = f"{ref.lower()}-confidence"
    title = f"{ref} confidence by {by}"
    labels = tuple(show_date(point.day) for point in points)
    reported = [point.reported for point in points]
    evidence = [point.evidence for point in points]
    levels = ["○ Not known" if level is None else rating_text(level) for level in evidence]
    rows = zip(labels, map(rating_text, reported), levels, strict=True)
    table = _figures(name, title, columns("Day", "Reported", "Evidence"), rows, note=f"{note} {NOTE}")
    alt = (
        f"{ref}: reported confidence {_course(labels, map(rating_text, reported))}. Evidence {_course(labels, levels)}."
    )
    series = (_ratings("Reported", reported), _ratings("Evidence", evidence))
    scale = next((scale for scale in map(scale_of, reversed(reported)) if scale), "")
    return Chart(name, "history", title, alt, labels, series, table, scale=scale)


def _figures(
    name: str, title: str, titles: tuple[Column, ...], rows: Iterable[tuple[str, ...]], note: str = ""
) -> Table:
    """Return the table of the figures of a chart."""
    return Table(f"{name}-data", f"{title}: the figures", titles, tuple(rows), note=note)


def _ratings(name: str, ratings: Sequence[str | None]) -> Series:
    return Series(name, tuple(RATING_VALUES.get(rating or "") for rating in ratings))


def _course(labels: Sequence[str], ratings: Iterable[str]) -> str:
    """Return how a rating went: ``was green on 8 Oct 2026 and amber since 12 Nov 2026``."""
    days = [(label, text.partition(" ")[2].lower()) for label, text in zip(labels, ratings, strict=True)]
    changes = [f"{new} from {label}" for (_, old), (label, new) in pairwise(days) if old != new]
    label, word = days[0]
    if changes:
        return f"was {word} on {label}, then {listed(changes)}"
    if len(labels) > 1:
        return f"was {word} on every day shown"
    return f"was {word} on {label}"


def _change(old: float, new: float, show: Callable[[float], str]) -> str:
    """Return how a figure moved: ``rose from 9 to 12``."""
    if old == new:
        return f"stayed at {show(old)}"
    verb = "rose" if new > old else "fell"
    return f"{verb} from {show(old)} to {show(new)}"


def interval_chart(name: str, comparison: Comparison, pilot: str = "") -> Chart | None:
    """Return a metric before and after with its intervals; None with fewer than two sides that have figures.

    ``pilot`` is the ref of its pilot, which title and words name.
    """
    sides = [side for side in (comparison.before, comparison.after) if side is not None and side.figures is not None]
    if len(sides) < 2:
        return None
    metric = comparison.metric
    scale = Scale(comparison)
    times = 1
    unit = metric.unit
    if scale.part:
        times = 100
        unit = "%"
    intervals = _intervals(comparison, sides)
    values = []
    lows = []
    highs = []
    rows: list[Cells] = []
    for side, interval in zip(sides, intervals, strict=True):
        assert side.figures is not None
        low, high = interval or (None, None)
        values.append(side.figures.value)
        lows.append(low)
        highs.append(high)
        ends = ("no interval" if end is None else scale.value(end) for end in (low, high))
        rows.append((_label(side), scale.value(side.figures.value), *ends, side.figures.words()))
    titles = columns("Period", "Value>", "From>", "To>", "Made of")
    whose = f"{metric.name}{optional(' (', pilot, ')')}"
    table = Table(f"{name}-data", f"{whose}: values with {level_words(comparison)}", titles, tuple(rows))
    series = Series(metric.name, *(_times(figures, times) for figures in (values, lows, highs)))
    alt = f"{whose} {_interval_alt(comparison, scale, sides)}"
    (target,) = _times([comparison.target], times)
    labels = tuple(map(_label, sides))
    return Chart(name, "interval", f"{metric.ref} {whose}", alt, labels, (series,), table, unit, target)


def _intervals(comparison: Comparison, sides: Sequence[Side]) -> list[tuple[float, float] | None]:
    return [side.figures.interval(comparison.level) for side in sides if side.figures is not None]


def _label(side: Side) -> str:
    when = {"baseline": "Before", "after": "After", "during": "So far"}[side.measurement.phase]
    return f"{when}, {period(side.measurement)}"


def _interval_alt(comparison: Comparison, scale: Scale, sides: Sequence[Side]) -> str:
    old, new = (side.figures.value for side in sides if side.figures is not None)
    parts = [_change(old, new, scale.value)]
    before, after = _intervals(comparison, sides)
    if before is not None and after is not None:
        overlap = before[0] <= after[1] and after[0] <= before[1]
        parts.append("the intervals overlap" if overlap else "the intervals do not overlap")
    goal = "no target is set"
    if comparison.target is not None:
        goal = f"the target is {scale.goal(comparison.target)}"
    verdict = verdict_text(comparison).partition(" ")[2].lower()
    return f"{'; '.join((*parts, goal))}. Verdict: {verdict}."


def rhythm_chart(ref: str, ended: Sequence[Iteration], cadence: float | None) -> Chart | None:
    """Return the days between the ends of a pilot's iterations, given the oldest first; None with one gap or none.

    ``cadence`` is the usual gap in days.
    """
    gaps = [(iteration, (iteration.end - before.end).days) for before, iteration in pairwise(ended)]
    if len(gaps) < LEAST_POINTS:
        return None
    name = f"{ref.lower()}-rhythm"
    title = f"{ref} days between iterations"
    rows = ((f"{iteration.ref}, {show_date(iteration.end)}", f"{days}") for iteration, days in gaps)
    table = _figures(name, title, columns("Iteration ended", "Days>"), rows)
    days = listed(f"{days}" for _, days in gaps)
    alt = f"{ref}: the last {counted(len(gaps), 'gap')} between ends of iterations: {days} days"
    if cadence:
        alt += f"; the usual gap is {number(cadence, int(cadence != int(cadence)))} days"
    series = Series("Days", tuple(float(days) for _, days in gaps))
    labels = tuple(show_date(iteration.end) for iteration, _ in gaps)
    return Chart(name, "rhythm", title, f"{alt}.", labels, (series,), table, "days", cadence)


def coverage_chart(name: str, title: str, groups: Sequence[Group], settings: Settings) -> Chart | None:
    """Return the share of each role group that is trained, in per cent; None without groups."""
    if not groups:
        return None
    required = settings.training_required
    labels = []
    shares = []
    texts = []
    rows: list[Cells] = []
    for group in groups:
        label = group.name
        share = trained_percent(settings, group.trained, group.headcount)
        rows.append((label, f"{group.trained:,}", f"{group.headcount:,}", f"{share}%", group.lacking))
        texts.append(f"{label} {share}% ({group.trained:,} of {group.headcount:,})")
        labels.append(label)
        shares.append(float(share))
    table = _figures(name, title, columns("Role group", "Trained>", "Affected>", "Share>", "Note"), rows)
    alt = f"Trained: {listed(texts, 8)}. Required: {required}% of each group."
    series = Series("Trained", tuple(shares))
    return Chart(name, "bars", title, alt, tuple(labels), (series,), table, "%", float(required))


def merged_groups(groups: Iterable[Group]) -> list[Group]:
    """Return role groups of several pilots added up by name: the whole programme's, the least trained first."""
    merged: dict[str, Group] = {}
    for group in groups:
        key = group_key(group.name)
        total = merged.get(key)
        if total is not None:
            group = total._replace(
                headcount=total.headcount + group.headcount,
                trained=total.trained + group.trained,
                lacking=total.lacking and group.lacking and max(total.lacking, group.lacking, key=LACKING.index),
            )
        merged[key] = group

    def least_trained(group: Group) -> tuple[float, object]:
        return group.trained / group.headcount, natural_order(group.name)

    return sorted(merged.values(), key=least_trained)


def _place(risk: Risk) -> tuple[int, int] | None:
    """Return likelihood and impact; None while a risk is not scored."""
    if risk.likelihood is None or risk.impact is None:
        return None
    return risk.likelihood, risk.impact


def matrix_chart(name: str, risks: Sequence[Risk], earlier: Mapping[str, Risk] | None) -> Chart | None:
    """Return scored risks by likelihood and impact; ``earlier`` are those of last time by uid (None: not compared)."""
    scored = [(risk, place) for risk in risks if (place := _place(risk)) is not None]
    if not scored:
        return None
    points: list[tuple[str, int, int, int, int]] = []
    rows: list[Cells] = []
    texts: list[str] = []
    for risk, place in scored:
        now = place[0] * place[1]
        last: tuple[str, ...] = ()
        moved = f"at {now}"
        old = place
        if earlier is not None:
            last, moved, old = _since(earlier.get(risk.uid), now)
        points.append((risk.ref, *place, *old))
        rows.append((f"{risk.ref} {risk.title}", *map(str, place), f"{now}", *last))
        texts.append(f"{risk.ref} {moved}")
    titles = columns("Risk", "Likelihood>", "Impact>", "Score>", "Last time")[: len(rows[0])]
    table = Table(f"{name}-data", "Risks by likelihood and impact", titles, tuple(rows))
    alt = f"{counted(len(scored), 'risk')} by likelihood and impact, highest score first: {listed(texts, MOST_NAMED)}."
    return Chart(name, "matrix", "Risk matrix", alt, (), (), table, points=tuple(points))


def _since(before: Risk | None, now: int) -> tuple[tuple[str, ...], str, tuple[int, int]]:
    """Return how a score moved since last time: the cell, the words, and the place then, 0 for a new one."""
    old = _place(before) if before is not None else None
    if old is None:
        return ("new",), f"new at {now}", (0, 0)
    score = old[0] * old[1]
    return (f"{old[0]} × {old[1]} = {score}",), _change(score, now, str), old


def journey_chart(name: str, comparison: JourneyComparison, before: Measures, now: Measures) -> Chart | None:
    """Return the minutes of a journey before and after; None where the two may not be compared."""
    minutes = (
        ("Citizen's time", before.citizen, now.citizen),
        ("Staff time", before.staff, now.staff),
        ("Others' time", before.other, now.other),
    )
    parts = [(label, old, new) for label, old, new in minutes if old or new]
    if not parts or not comparison.comparable:
        return None
    rows = tuple((label, _minutes(old), _minutes(new)) for label, old, new in parts)
    table = Table(f"{name}-data", "Minutes of touch time", columns("Part", "Before>", "After>"), rows)
    changes = (f"{label.lower()} went from {old} to {new}" for label, old, new in rows)
    alt = f"{comparison.before.name}: {listed(changes)}."
    labels, olds, news = zip(*parts, strict=True)
    series = (Series("Before", _times(olds)), Series("After", _times(news)))
    return Chart(name, "before_after", "Minutes before and after", alt, labels, series, table, "minutes")


def _times(values: Iterable[float | None], times: float = 1.0) -> tuple[float | None, ...]:
    return tuple(None if value is None else value * times for value in values)


def _minutes(value: int | None) -> str:
    if value is None:
        return "not recorded"
    return minutes_text(value) if value >= LONG else f"{value} min"
