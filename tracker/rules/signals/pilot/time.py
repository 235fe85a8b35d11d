"""Time: by how much the forecast end is behind the end first agreed, and whether it has passed.

A pilot that has ended is judged by the day it ended, and is not late by having passed its forecast end. A forecast end
that has passed is late with a baseline or without one; only where no end is recorded at all can nobody tell.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tracker.entities import Pilot
from tracker.fields import latest
from tracker.rules.day import Day
from tracker.rules.settings import Settings
from tracker.rules.signals.result import (
    AMBER,
    GREEN,
    GREY,
    RED,
    Dimension,
    Finding,
    Signal,
    at_most_two,
    figure_texts,
    is_borderline,
)
from tracker.rules.signals.stage import is_past
from tracker.rules.totals import absent, gap
from tracker.rules.wording import counted, lower_first, show_date

TIME = Dimension("time", "Time", "T")
BASELINE = "the end date first agreed (baseline end)"


def time_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return the time dimension of a pilot; grey without any end, or with nothing to hold one against."""
    ended = is_past(pilot.actual_end, evidence.date)
    findings = [*_against_baseline(evidence, pilot)]
    missing: list[str] = []
    if pilot.baseline_end is None:
        missing += gap(evidence, pilot, "baseline_end", BASELINE)
    if not ended:
        if pilot.forecast_end is None:
            missing += gap(evidence, pilot, "forecast_end", "the forecast end")
        if not pilot.has_ended:
            findings += _passed(evidence, pilot)
    if not findings:
        return TIME.unknown("baseline", _no_end(evidence, pilot), *missing)
    if pilot.baseline_end is not None and (pilot.start or pilot.planned_start) is None:
        missing.append("the start of the pilot, and so its planned duration")
    return TIME.signal(findings, missing)


def _no_end(evidence: Day, pilot: Pilot) -> str:
    """Return why nothing can be said of a pilot without a baseline end."""
    lacks = absent(evidence, pilot, "baseline_end", "baseline end")
    if pilot.actual_end is not None:
        return f"The end of the pilot is {show_date(pilot.actual_end)}; {lower_first(lacks)}: no comparison."
    if pilot.has_ended:
        return f"The pilot has ended; {lower_first(lacks)}: no comparison."
    also = lower_first(absent(evidence, pilot, "forecast_end", "forecast end"))
    return f"{lacks}, and {also}, so nobody can tell whether the pilot is late."


def _against_baseline(evidence: Day, pilot: Pilot) -> Iterator[Finding]:
    """Yield how the end of a pilot stands against the end first agreed; nothing without that."""
    baseline = pilot.baseline_end
    if baseline is None:
        return
    if is_past(pilot.actual_end, evidence.date):
        yield _slip(evidence.settings, pilot, baseline, pilot.actual_end, "The pilot ended on")
    elif pilot.forecast_end is not None:
        yield _slip(evidence.settings, pilot, baseline, pilot.forecast_end, "The forecast end is")
    else:
        lacks = absent(evidence, pilot, "forecast_end", "forecast end")
        sentence = f"{lacks}; the baseline end is {show_date(baseline)}."
        yield Finding("time.forecast", GREY, sentence, records=(pilot.ref,))


def _limit(days: int, percent: int, planned: int) -> Fraction:
    """Return the slip in days from which a colour begins: days, or a share of the planned duration if larger."""
    return max(Fraction(days), Fraction(percent * planned, 100))


def _slip(settings: Settings, pilot: Pilot, baseline: date, end: date, subject: str) -> Finding:
    """Return by how much the end is behind the baseline; ``subject`` says in words which end it is."""
    start = pilot.start or pilot.planned_start or baseline
    planned = max(0, (baseline - start).days)
    amber = _limit(settings.slip_amber_days, settings.slip_amber_percent, planned)
    red = _limit(settings.slip_red_days, settings.slip_red_percent, planned)
    slip = (end - baseline).days
    _, low, high = texts = figure_texts(slip, amber, red, sign=True)
    distance = "as the baseline has it"
    if slip:
        side = "after" if slip > 0 else "before"
        distance = f"{counted(abs(slip), 'day')} {side} the baseline end of {show_date(baseline)}"
    sentence = f"{subject} {show_date(end)}, {distance}; amber is above {low} days, red above {high}."
    return at_most_two(slip, amber, red, " days", texts).finding("time.slip", sentence, (pilot.ref,))


def _passed(evidence: Day, pilot: Pilot) -> Iterator[Finding]:
    """Yield what there is to say of an end that has passed, or has not yet."""
    end_day = pilot.forecast_end or pilot.baseline_end
    if end_day is None:
        return
    passed = (evidence.date - latest(end_day)).days
    if passed <= 0:
        if pilot.forecast_end is not None:
            yield _ahead(evidence, pilot, -passed)
        return
    red = evidence.settings.passed_red_days
    level, limit = (RED, red) if passed > red else (AMBER, 0)
    end, wanted = ("forecast", "a new forecast") if pilot.forecast_end else ("baseline", "a forecast end")
    sentence = (
        f"The {end} end of {show_date(end_day)} passed {counted(passed, 'day')} ago without {wanted}; red is above "
        f"{counted(red, 'day')}."
    )
    texts = counted(passed, "day"), counted(limit, "day")
    yield Finding("time.passed", level, sentence, *texts, (pilot.ref,), is_borderline(passed, red))


def _ahead(evidence: Day, pilot: Pilot, days: int) -> Finding:
    """Return that the forecast end lies ahead; without a baseline that is no reason to call anything green."""
    when = "today"
    if days:
        when = f"in {counted(days, 'day')}"
    sentence = f"The forecast end has not passed: it is {when}."
    if pilot.baseline_end is not None:
        return Finding("time.passed", GREEN, sentence, records=(pilot.ref,))
    lacks = absent(evidence, pilot, "baseline_end", "baseline end")
    sentence += f" {lacks}, so how far it has slipped is not known."
    return Finding("time.passed", GREY, sentence, records=(pilot.ref,))
