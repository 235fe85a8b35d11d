"""Charts of the papers: each from the figures of its own table, with a text that says in words what it shows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from tracker.entities.risk import Risk
from tracker.fields import rating_text
from tracker.reports.model import Chart, Series, Table
from tracker.reports.papers.data import columns
from tracker.rules.impact.before_after import Comparison
from tracker.rules.impact.cautions import period
from tracker.rules.impact.pairing import Side
from tracker.rules.impact.words import Scale, level_words, number, verdict_text
from tracker.rules.journeys.journey import Comparison as JourneyComparison
from tracker.rules.journeys.journey import Measures
from tracker.rules.reading import minutes_text
from tracker.rules.settings import Settings
from tracker.rules.training import Group, group_key
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed, percent, short

RATING_VALUES = {"green": 3.0, "amber_green": 2.5, "amber": 2.0, "amber_red": 1.5, "red": 1.0}
WORTH_TELLING = 6  # risks that a chart's text names one by one
NAME_LENGTH = 40
LEAST_POINTS = 2  # fewer are said in words
NOTE = "Evidence: what the signal said when the rating was given; today's is worked out anew."

Rating = str | None


def history_chart(
    ref: str, days: Sequence[date], reported: Sequence[Rating], evidence: Sequence[Rating]
) -> Chart | None:
    """Return the ratings of a pilot by board, the oldest first; None with fewer than two boards that saw one."""
    begin = next((n for n, both in enumerate(zip(reported, evidence, strict=True)) if any(both)), len(days))
    days, reported, evidence = days[begin:], reported[begin:], evidence[begin:]
    if len(days) < LEAST_POINTS:
        return None
    name, title = f"{ref.lower()}-confidence", f"{ref} confidence by board"
    labels = tuple(map(show_date, days))
    rows = tuple(
        (label, rating_text(said), rating_text(told))
        for label, said, told in zip(labels, reported, evidence, strict=True)
    )
    table = Table(f"{name}-data", f"{title}: the figures", columns("Board", "Reported", "Evidence"), rows, note=NOTE)
    alt = f"Reported confidence {_course(labels, reported)}. Evidence {_course(labels, evidence)}."
    series = (
        Series("Reported", tuple(RATING_VALUES.get(one or "") for one in reported)),
        Series("Evidence", tuple(RATING_VALUES.get(one or "") for one in evidence)),
    )
    return Chart(name, "history", title, alt, labels, series, table)


def _course(labels: Sequence[str], ratings: Sequence[Rating]) -> str:
    """Return how a rating went: ``was green on 8 Oct 2026 and amber since 12 Nov 2026``."""
    steps = [(labels[0], ratings[0])]
    steps += [(label, new) for (_, old), (label, new) in pairwise(zip(labels, ratings, strict=True)) if old != new]
    if len(steps) == 1:
        return f"was {_word(ratings[0])} at {'every board shown' if len(labels) > 1 else f'the board of {labels[0]}'}"
    first, *rest = steps
    told = [f"{_word(rating)} from {label}" for label, rating in rest]
    return f"was {_word(first[1])} on {first[0]}, then {listed(told)}"


def _word(rating: Rating) -> str:
    return rating_text(rating).partition(" ")[2].lower()


def interval_chart(name: str, found: Comparison) -> Chart | None:
    """Return a metric before and after with its intervals; None with fewer than two sides that have figures."""
    sides = [side for side in (found.before, found.after) if side is not None and side.figures is not None]
    if len(sides) < 2:
        return None
    scale = Scale(found)
    times = 100 if scale.part else 1
    values: list[float | None] = []
    lows: list[float | None] = []
    highs: list[float | None] = []
    rows: list[tuple[str, ...]] = []
    for side in sides:
        assert side.figures is not None
        ends = side.figures.interval(found.level)
        values.append(side.figures.value * times)
        lows.append(ends[0] * times if ends else None)
        highs.append(ends[1] * times if ends else None)
        shown = (scale.value(ends[0]), scale.value(ends[1])) if ends else ("no interval", "no interval")
        rows.append((_label(side), scale.value(side.figures.value), *shown, side.figures.words()))
    titles = columns("Period", "Value>", "From>", "To>", "Made of")
    caption = f"{found.metric.name}: values with {level_words(found)}"
    series = Series(short(found.metric.name, 60), tuple(values), tuple(lows), tuple(highs))
    return Chart(
        name,
        "interval",
        f"{found.metric.ref} {found.metric.name}",
        _interval_alt(found, scale, sides),
        tuple(map(_label, sides)),
        (series,),
        Table(f"{name}-data", caption, titles, tuple(rows)),
        "%" if scale.part else found.metric.unit,
        found.target * times if found.target is not None else None,
    )


def _label(side: Side) -> str:
    when = {"baseline": "Before", "after": "After", "during": "So far"}[side.measurement.phase]
    return f"{when}, {period(side.measurement)}"


def _interval_alt(found: Comparison, scale: Scale, sides: list[Side]) -> str:
    old, new = (side.figures.value for side in sides if side.figures is not None)
    verb = "rose" if new > old else "fell" if new < old else "stayed"
    moved = f"{verb} from {scale.value(old)} to {scale.value(new)}" if new != old else f"stayed at {scale.value(old)}"
    ends = [side.figures.interval(found.level) for side in sides if side.figures is not None]
    parts = [f"{found.metric.name} {moved}"]
    if ends[0] is not None and ends[1] is not None:
        meet = ends[0][0] <= ends[1][1] and ends[1][0] <= ends[0][1]
        parts.append("the intervals overlap" if meet else "the intervals do not overlap")
    parts.append(f"the target is {scale.goal(found.target)}" if found.target is not None else "no target is set")
    return f"{'; '.join(parts)}. Verdict: {verdict_text(found).partition(' ')[2].lower()}."


def rhythm_chart(ref: str, ended: Sequence[Any], cadence: float | None) -> Chart | None:
    """Return the days between the ends of a pilot's iterations, given the oldest first; None with one gap or none."""
    gaps = [(after, (after.end - before.end).days) for before, after in pairwise(ended)]
    if len(gaps) < LEAST_POINTS:
        return None
    name, title = f"{ref.lower()}-rhythm", f"{ref} days between iterations"
    labels = tuple(show_date(one.end) for one, _ in gaps)
    rows = tuple((f"{one.ref}, {show_date(one.end)}", f"{days}") for one, days in gaps)
    table = Table(f"{name}-data", f"{title}: the figures", columns("Iteration ended", "Days>"), rows)
    alt = (
        f"The last {counted(len(gaps), 'gap')} between ends of iterations: {listed(str(days) for _, days in gaps)} days"
    )
    alt += f"; the usual gap is {number(cadence, 0 if cadence == int(cadence) else 1)} days." if cadence else "."
    series = Series("Days", tuple(float(days) for _, days in gaps))
    return Chart(name, "rhythm", title, alt, labels, (series,), table, "days", cadence)


def coverage_chart(name: str, title: str, groups: Sequence[Group], settings: Settings) -> Chart | None:
    """Return the share of each role group that is trained, in per cent; None without groups."""
    if not groups:
        return None
    edges = settings.training_required, settings.training_floor
    labels = tuple(short(group.name, NAME_LENGTH) for group in groups)
    shares = [percent(group.trained, group.headcount, *edges) for group in groups]
    rows = tuple(
        (label, f"{group.trained:,}", f"{group.headcount:,}", f"{share} %", "" if group.recorded else "no session")
        for label, group, share in zip(labels, groups, shares, strict=True)
    )
    titles = columns("Role group", "Trained>", "Affected>", "Share>", "Note")
    table = Table(f"{name}-data", f"{title}: the figures", titles, rows)
    told = [
        f"{label} {share} % ({group.trained:,} of {group.headcount:,})"
        for label, group, share in zip(labels, groups, shares, strict=True)
    ]
    alt = f"Trained: {listed(told, 8)}. Required: {edges[0]} % of each group."
    series = Series("Trained", tuple(map(float, shares)))
    return Chart(name, "bars", title, alt, labels, (series,), table, "%", float(edges[0]))


def merged_groups(groups: Iterable[Group]) -> list[Group]:
    """Return role groups of several pilots added up by name: the whole programme's, the least trained first."""
    found: dict[str, Group] = {}
    for group in groups:
        key = group_key(group.name)
        old = found.get(key)
        if old is None:
            found[key] = group
        else:
            found[key] = old._replace(
                headcount=old.headcount + group.headcount,
                trained=old.trained + group.trained,
                recorded=old.recorded or group.recorded,
            )
    return sorted(found.values(), key=lambda one: (one.trained / one.headcount, one.name))


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
    rows: list[tuple[str, ...]] = []
    told: list[str] = []
    for risk, (likelihood, impact) in scored:
        was = risk if earlier is None else earlier.get(risk.uid)
        old = _place(was) if was is not None else None
        points.append((risk.ref, likelihood, impact, *(old or (0, 0))))
        last, before = "new", None
        if old is not None:
            before = old[0] * old[1]
            last = f"{old[0]} × {old[1]} = {before}"
        now = likelihood * impact
        rows.append((f"{risk.ref} {short(risk.title, 60)}", f"{likelihood}", f"{impact}", f"{now}", last))
        told.append(f"{risk.ref} {_moved(now, before, earlier is not None)}")
    if earlier is None:
        rows = [row[:-1] for row in rows]
    titles = columns("Risk", "Likelihood>", "Impact>", "Score>", *(["Last time"] if earlier is not None else []))
    table = Table(f"{name}-data", "Risks by likelihood and impact", titles, tuple(rows))
    alt = (
        f"{counted(len(scored), 'risk')} by likelihood and impact, highest score first: {listed(told, WORTH_TELLING)}."
    )
    return Chart(name, "matrix", "Risk matrix", alt, (), (), table, points=tuple(points))


def _moved(new: int, old: int | None, compared: bool) -> str:
    if not compared:
        return f"at {new}"
    if old is None:
        return f"new at {new}"
    return (
        f"rose from {old} to {new}" if new > old else f"fell from {old} to {new}" if new < old else f"stayed at {new}"
    )


def journey_chart(name: str, found: JourneyComparison, then: Measures, now: Measures) -> Chart | None:
    """Return the minutes of a journey before and after; None where the two may not be compared."""
    if not found.comparable:
        return None
    parts = [
        (label, getattr(then, field), getattr(now, field))
        for field, label in (("citizen", "Citizen's time"), ("staff", "Staff time"), ("other", "Others' time"))
        if getattr(then, field) or getattr(now, field)
    ]
    if not parts:
        return None
    labels = tuple(label for label, _, _ in parts)
    rows = tuple((label, _minutes(old), _minutes(new)) for label, old, new in parts)
    table = Table(f"{name}-data", "Minutes of touch time", columns("Part", "Before>", "After>"), rows)
    told = [f"{label.lower()} went from {_minutes(old)} to {_minutes(new)}" for label, old, new in parts]
    alt = f"{found.before.name}: {listed(told)}."
    series = tuple(
        Series(title, tuple(None if part[n] is None else float(part[n]) for part in parts))
        for n, title in ((1, "Before"), (2, "After"))
    )
    return Chart(name, "before_after", "Minutes before and after", alt, labels, series, table, "minutes")


def _minutes(value: int | None) -> str:
    return "not recorded" if value is None else minutes_text(value) if value >= 600 else f"{value} min"
