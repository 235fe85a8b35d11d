"""Time: by how much the forecast end is behind the end first agreed, and whether it has passed.

A pilot that has ended is judged by the day it ended. One that is live (or stopped, or retired) is not late by having
passed its forecast end: that was the end of the trial.
"""

from datetime import date
from fractions import Fraction

from tracker.entities.pilot import Pilot
from tracker.rules.day import Day
from tracker.rules.settings import Settings
from tracker.rules.signals.judging import figures, grey, is_past, level_above, signal_of
from tracker.rules.signals.result import AMBER, GREEN, GREY, RED, Finding, Signal, is_borderline
from tracker.rules.when import show_date
from tracker.rules.wording import counted

NAME, LABEL = "time", "Time"


def time_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return the time dimension of a pilot; grey without a baseline end, or with nothing to hold against it."""
    baseline = pilot.baseline_end
    if baseline is None:
        sentence = "No baseline end is recorded, so nobody can tell whether the pilot is late."
        return grey(NAME, LABEL, "baseline", sentence, "the end date first agreed (baseline end)")
    ended = is_past(pilot.actual_end, evidence.date)
    end = pilot.actual_end if ended else pilot.forecast_end
    findings, missing = [], []
    if end is None:
        sentence = f"No forecast end is recorded; the baseline end is {show_date(baseline)}."
        findings.append(Finding("time.forecast", GREY, sentence, records=(pilot.ref,)))
        missing.append("the forecast end")
    else:
        findings.append(_slip(evidence.settings, pilot, baseline, end, ended))
    if not ended and pilot.phase != "live" and not pilot.has_ended:
        findings += _passed(evidence, pilot, baseline)
    if (pilot.start or pilot.planned_start) is None:
        missing.append("the start of the pilot, and so its planned duration")
    return signal_of(NAME, LABEL, findings, missing)


def _limit(days: int, percent: int, planned: int) -> Fraction:
    """Return the slip in days from which a colour begins: days, or a share of the planned duration if larger."""
    return max(Fraction(days), Fraction(percent * planned, 100))


def _slip(settings: Settings, pilot: Pilot, baseline: date, end: date, ended: bool) -> Finding:
    start = pilot.start or pilot.planned_start
    planned = max(0, (baseline - start).days) if start else 0
    slip = (end - baseline).days
    amber = _limit(settings.slip_amber_days, settings.slip_amber_percent, planned)
    red = _limit(settings.slip_red_days, settings.slip_red_percent, planned)
    level = level_above(slip, amber, red)
    value, low, high = figures(slip, amber, red, sign=True)
    what = f"The pilot ended on {show_date(end)}" if ended else f"The forecast end is {show_date(end)}"
    first = f"the baseline end of {show_date(baseline)}"
    if slip:
        told = f"{what}, {counted(abs(slip), 'day')} {'after' if slip > 0 else 'before'} {first}"
    else:
        told = f"{what}, as the baseline has it"
    return Finding(
        "time.slip",
        level,
        f"{told}; amber is above {low} days, red above {high}.",
        f"{value} days",
        f"{high if level == RED else low} days",
        (pilot.ref,),
        is_borderline(slip, float(amber), float(red)),
    )


def _passed(evidence: Day, pilot: Pilot, baseline: date) -> list[Finding]:
    """Return what there is to say of an end that has passed, or has not yet."""
    due = pilot.forecast_end or baseline
    passed = (evidence.date - due).days
    most = evidence.settings.passed_red_days
    if passed <= 0:
        if pilot.forecast_end is None:
            return []
        left = f"in {counted(-passed, 'day')}" if passed else "today"
        return [Finding("time.passed", GREEN, f"The forecast end has not passed: it is {left}.", records=(pilot.ref,))]
    if pilot.forecast_end is None:
        what = f"The baseline end of {show_date(due)} passed {counted(passed, 'day')} ago without a forecast end"
    else:
        what = f"The forecast end of {show_date(due)} passed {counted(passed, 'day')} ago without a new forecast"
    level = RED if passed > most else AMBER
    return [
        Finding(
            "time.passed",
            level,
            f"{what}; red is above {counted(most, 'day')}.",
            counted(passed, "day"),
            counted(most if level == RED else 0, "day"),
            (pilot.ref,),
            is_borderline(passed, most),
        )
    ]
