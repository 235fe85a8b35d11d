"""Time: by how much the forecast end is behind the end first agreed, and whether it has passed.

A pilot that has ended is judged by the day it ended. One that is live (or stopped, or retired) is not late by having
passed its forecast end: that was the end of the trial.
"""

from datetime import date
from fractions import Fraction

from tracker.entities import Pilot
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
from tracker.rules.wording import counted, show_date

TIME = Dimension("time", "Time", "T")


def time_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return the time dimension of a pilot; grey without a baseline end, or with nothing to hold against it."""
    baseline = pilot.baseline_end
    if baseline is None:
        sentence = f"{absent(evidence, pilot, 'baseline_end', 'baseline end')}, so nobody can tell whether it is late."
        missing_end = gap(evidence, pilot, "baseline_end", "the end date first agreed (baseline end)")
        return TIME.unknown("baseline", sentence, *missing_end)
    findings = []
    missing: list[str] = []
    ended = is_past(pilot.actual_end, evidence.date)
    if is_past(pilot.actual_end, evidence.date):
        findings.append(_slip(evidence.settings, pilot, baseline, pilot.actual_end, "The pilot ended on"))
    elif pilot.forecast_end is not None:
        findings.append(_slip(evidence.settings, pilot, baseline, pilot.forecast_end, "The forecast end is"))
    else:
        lacks = absent(evidence, pilot, "forecast_end", "forecast end")
        sentence = f"{lacks}; the baseline end is {show_date(baseline)}."
        findings.append(Finding("time.forecast", GREY, sentence, records=(pilot.ref,)))
        missing += gap(evidence, pilot, "forecast_end", "the forecast end")
    if not ended and pilot.phase != "live" and not pilot.has_ended:
        findings += _passed(evidence, pilot, baseline)
    if (pilot.start or pilot.planned_start) is None:
        missing.append("the start of the pilot, and so its planned duration")
    return TIME.signal(findings, missing)


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


def _passed(evidence: Day, pilot: Pilot, baseline: date) -> list[Finding]:
    """Return what there is to say of an end that has passed, or has not yet."""
    due = pilot.forecast_end or baseline
    passed = (evidence.date - due).days
    if passed <= 0:
        if pilot.forecast_end is None:
            return []
        when = f"in {counted(-passed, 'day')}" if passed else "today"
        return [Finding("time.passed", GREEN, f"The forecast end has not passed: it is {when}.", records=(pilot.ref,))]
    red = evidence.settings.passed_red_days
    level, limit = (RED, red) if passed > red else (AMBER, 0)
    end, gap = ("forecast", "a new forecast") if pilot.forecast_end else ("baseline", "a forecast end")
    sentence = (
        f"The {end} end of {show_date(due)} passed {counted(passed, 'day')} ago without {gap}; red is above "
        f"{counted(red, 'day')}."
    )
    texts = counted(passed, "day"), counted(limit, "day")
    return [Finding("time.passed", level, sentence, *texts, (pilot.ref,), is_borderline(passed, red))]
