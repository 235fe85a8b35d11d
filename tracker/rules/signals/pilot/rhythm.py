"""Rhythm: whether iterations end as regularly as they used to, and whether real users get anything.

Only iterations that ended by the day count, those of one day as one; a release counts from its own day. A live pilot
whose trial has ended is in maintenance as soon as its iterations come to rest: then, and while it is paused or after
it was stopped, nobody promised any, and there is nothing to judge. How goals, research and showing went is noted, and
turns no colour.
"""

from datetime import date
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from tracker.entities import Pilot
from tracker.entities.iteration import TO_REAL_USERS, Iteration
from tracker.rules.day import Day
from tracker.rules.settings import Settings
from tracker.rules.signals.result import (
    RED,
    WATCH,
    Dimension,
    Finding,
    Signal,
    at_most,
    figure_texts,
    is_borderline,
    level_if,
    refs_of,
)
from tracker.rules.signals.stage import is_past
from tracker.rules.wording import counted, listed, optional, show_date

RHYTHM = Dimension("rhythm", "Rhythm", "H")
GAPS, LAST = 6, 4  # how many gaps make the usual one, and how many iterations are looked at


class Cadence(NamedTuple):
    """The usual gap between the ends of iterations in days, how much gaps differ from it, and days since the last."""

    cadence: Fraction
    spread: Fraction
    since: int


def rhythm_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return the rhythm dimension of a pilot; grey with fewer than two ended iterations, or where none is expected."""
    day = evidence.date
    settings = evidence.settings
    if pilot.phase == "paused" or pilot.has_ended:
        state = "paused" if pilot.phase == "paused" else "ended"
        return RHYTHM.unknown("resting", f"The pilot is {state}: no iterations are expected.")
    iterations = evidence.of_pilot(Iteration, pilot)
    ended = [iteration for iteration in iterations if iteration.end and iteration.end <= day]
    if not ended:
        return RHYTHM.unknown("cadence", "No iteration has ended yet.", "iterations that have ended")
    ended.sort(key=lambda iteration: (iteration.end, iteration.number or 0))
    newest = ended[-1]
    cadence = usual_cadence([iteration.end for iteration in ended], day)
    if pilot.phase == "live" and is_past(pilot.actual_end, day) and (cadence is None or _slips(settings, cadence)):
        ends = f"the trial ended on {show_date(pilot.actual_end)} and the last iteration on {show_date(newest.end)}"
        return RHYTHM.unknown("resting", f"The pilot is live and in maintenance: {ends}.")
    if cadence is None:
        sentence = f"Only {newest.ref} has ended, on {show_date(newest.end)}: too early to tell a rhythm."
        return RHYTHM.unknown("cadence", sentence, "a second iteration that has ended")
    running = [iteration for iteration in iterations if iteration.end and iteration.start <= day < iteration.end]
    findings = [
        _cadence(settings, cadence, newest, running),
        _release(evidence, pilot, iterations, ended[0].start),
        _regularity(settings, cadence),
        *_practice(ended[-LAST:]),
    ]
    not_reviewed = refs_of(iteration for iteration in ended[-LAST:] if iteration.goal_result == "open")
    return RHYTHM.signal(findings, [f"whether the goal of {ref} was met" for ref in not_reviewed])


def usual_cadence(ends: list[date], day: date) -> Cadence | None:
    """Return the cadence of the days on which iterations ended; None with fewer than two."""
    days = sorted(set(ends))
    gaps = [(after - before).days for before, after in pairwise(days)][-GAPS:]
    if not gaps:
        return None
    cadence = median(map(Fraction, gaps))
    spread = median([abs(gap - cadence) for gap in gaps]) / cadence
    return Cadence(cadence, spread, (day - days[-1]).days)


def _limits(settings: Settings, cadence: Cadence) -> tuple[Fraction, Fraction]:
    """Return the days since the last iteration above which a pilot is slipping, and stalled."""
    slipping = Fraction(str(settings.rhythm_slipping)) * cadence.cadence
    return slipping, Fraction(str(settings.rhythm_stalled)) * cadence.cadence + 7


def _slips(settings: Settings, cadence: Cadence) -> bool:
    return cadence.since > min(_limits(settings, cadence))


def _cadence(settings: Settings, cadence: Cadence, newest: Iteration, running: list[Iteration]) -> Finding:
    slipping, stalled = _limits(settings, cadence)
    red = settings.rhythm_red_days
    since = cadence.since
    level = level_if(_slips(settings, cadence))
    state = "steady"
    deciding = slipping
    thresholds = [float(slipping), float(stalled)]
    if since > stalled:
        state = "stalled"
        deciding = stalled
        thresholds.append(red)  # the days that make a stalled pilot red matter only once it is stalled
        if since > red:
            level = RED
            deciding = max(stalled, Fraction(red))
    elif _slips(settings, cadence):
        state = "slipping"
    value, limit = figure_texts(since, deciding)
    (usual,) = figure_texts(cadence.cadence, digits=int(cadence.cadence.denominator > 1))
    ends = listed(f"{iteration.ref} runs until {show_date(iteration.end)}" for iteration in running)
    sentence = (
        f"The last iteration, {newest.ref}, ended {counted(since, 'day')} ago on {show_date(newest.end)}, and one "
        f"usually ends every {usual} days: {state}{optional('; ', ends)}."
    )
    refs = refs_of([newest, *running])
    near = is_borderline(since, *thresholds)
    return Finding("rhythm.cadence", level, sentence, f"{value} days", f"{limit} days", refs, near)


def _regularity(settings: Settings, cadence: Cadence) -> Finding:
    percent = cadence.spread * 100
    limit = settings.irregular_percent
    check = at_most(percent, limit, "%", figure_texts(percent, limit), above=WATCH)
    word, side = ("irregular", "above") if percent > limit else ("regular", "up to")
    sentence = (
        f"Iterations are {word}: gaps differ from the usual one by {check.value}% ({word} {side} {check.limit}%)."
    )
    return check.finding("rhythm.regularity", sentence, ())


def _release(evidence: Day, pilot: Pilot, iterations: list[Iteration], first_start: date) -> Finding:
    day = evidence.date
    limit = evidence.settings.release_days
    releases = [
        (iteration.release_on or iteration.end, iteration.ref)
        for iteration in iterations
        if iteration.released_to in TO_REAL_USERS
    ]
    if is_past(pilot.first_real_user_on, day):
        releases.append((pilot.first_real_user_on, pilot.ref))
    newest = max((release for release in releases if release[0] <= day), default=None)
    if newest is not None:
        released_on, ref = newest
        days = (day - released_on).days
        fact = f"The last release to real users was {counted(days, 'day')} ago, on {show_date(released_on)}"
    else:
        start = pilot.start or first_start
        ref = pilot.ref
        days = (day - start).days
        fact = f"Nothing has been released to real users in the {counted(days, 'day')} since {show_date(start)}"
    sentence = f"{fact}; amber is above {limit} days."
    return at_most(days, limit, " days").finding("rhythm.release", sentence, (ref,))


def _practice(iterations: list[Iteration]) -> list[Finding]:
    """Return how the last iterations went: goals, research and showing; what nobody recorded is counted apart."""
    refs = refs_of(iterations)
    number = len(iterations)
    of_last = f"the last {counted(number, 'iteration')}"
    goals = [iteration.goal_result for iteration in iterations]
    met = goals.count("met")
    unknown = goals.count("open")
    findings = []
    if unknown < number:
        sentence = (
            f"Goals of {of_last}: {met} met, {goals.count('partly')} partly, {goals.count('missed')} missed"
            f"{_not_recorded(', ', unknown)}."
        )
        findings.append(Finding("rhythm.goals", level_if(not met, WATCH), sentence, records=refs))
    for rule, practice, values in (
        ("research", "user research", [iteration.users_researched for iteration in iterations]),
        ("showing", "a show and tell", [iteration.show_and_tell for iteration in iterations]),
    ):
        unknown = values.count(None)
        number_with = sum(map(bool, values))
        if unknown < number:
            sentence = f"{number_with} of {of_last} had {practice}{_not_recorded(' (', unknown, ')')}."
            findings.append(Finding(f"rhythm.{rule}", level_if(not number_with, WATCH), sentence, records=refs))
    return findings


def _not_recorded(before: str, number: int, after: str = "") -> str:
    return f"{before}{number} not recorded{after}" if number else ""
