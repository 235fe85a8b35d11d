"""Rhythm: whether iterations end as regularly as they used to, and whether real users get anything.

Only iterations that ended by the day count, those of one day as one; a release counts from its own day. A live pilot
whose trial has ended is in maintenance as soon as its iterations come to rest: then, and while it is paused or after
it was stopped, nobody promised any, and there is nothing to judge. How goals, research and showing went is said, and
turns no colour.
"""

from datetime import date
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from tracker.entities.iteration import TO_REAL_USERS, Iteration
from tracker.entities.pilot import Pilot
from tracker.rules.day import Day
from tracker.rules.settings import Settings
from tracker.rules.signals.judging import WATCH, figures, grey, has_real_users, is_past, signal_of
from tracker.rules.signals.result import AMBER, GREEN, RED, Finding, Signal, is_borderline
from tracker.rules.when import show_date
from tracker.rules.wording import counted, listed

NAME, LABEL = "rhythm", "Rhythm"
GAPS, LAST = 6, 4  # how many gaps make the usual one, and how many iterations are looked at


class Beat(NamedTuple):
    """The usual gap between the ends of iterations in days, how much gaps differ from it, and days since the last."""

    cadence: Fraction
    spread: Fraction
    since: int


def rhythm_signal(evidence: Day, pilot: Pilot) -> Signal:
    """Return the rhythm dimension of a pilot; grey with fewer than two ended iterations, or where none is expected."""
    day = evidence.date
    if pilot.phase == "paused" or pilot.has_ended:
        state = "paused" if pilot.phase == "paused" else "ended"
        return grey(NAME, LABEL, "resting", f"The pilot is {state}: no iterations are expected.")
    every = evidence.of(Iteration, "pilot", pilot.uid)
    ended = sorted((one for one in every if one.end <= day), key=lambda one: (one.end, one.number or 0))
    if not ended:
        return grey(NAME, LABEL, "cadence", "No iteration has ended yet.", "iterations that have ended")
    beat = usual_beat([one.end for one in ended], day)
    end = pilot.actual_end
    if pilot.phase == "live" and is_past(end, day) and (beat is None or _slips(evidence.settings, beat)):
        when = f"the trial ended on {show_date(end)} and the last iteration on {show_date(ended[-1].end)}"
        return grey(NAME, LABEL, "resting", f"The pilot is live and in maintenance: {when}.")
    if beat is None:
        sentence = f"Only {ended[-1].ref} has ended, on {show_date(ended[-1].end)}: too early to tell a rhythm."
        return grey(NAME, LABEL, "cadence", sentence, "a second iteration that has ended")
    findings = [_cadence(evidence.settings, beat, ended[-1], [one for one in every if one.start <= day < one.end])]
    findings += [
        *_releases(evidence, pilot, every, ended),
        _regular(evidence.settings, beat),
        *_practice(ended[-LAST:]),
    ]
    open_ones = [one.ref for one in ended[-LAST:] if one.goal_result == "open"]
    return signal_of(NAME, LABEL, findings, [f"whether the goal of {ref} was met" for ref in open_ones])


def usual_beat(ends: list[date], day: date) -> Beat | None:
    """Return the rhythm of the days on which iterations ended; None with fewer than two."""
    days = sorted(set(ends))
    gaps = [(after - before).days for before, after in pairwise(days)][-GAPS:]
    if not gaps:
        return None
    cadence = median(map(Fraction, gaps))
    spread = median([abs(gap - cadence) for gap in gaps]) / cadence
    return Beat(cadence, spread, (day - days[-1]).days)


def _limits(settings: Settings, beat: Beat) -> tuple[Fraction, Fraction]:
    """Return the days since the last iteration above which a pilot is slipping, and stalled."""
    slipping = Fraction(str(settings.rhythm_slipping)) * beat.cadence
    return slipping, Fraction(str(settings.rhythm_stalled)) * beat.cadence + 7


def _slips(settings: Settings, beat: Beat) -> bool:
    return beat.since > min(_limits(settings, beat))


def _cadence(settings: Settings, beat: Beat, last: Any, running: list[Any]) -> Finding:
    slipping, stalled = _limits(settings, beat)
    most = settings.rhythm_red_days
    is_stalled = beat.since > stalled
    level = RED if is_stalled and beat.since > most else AMBER if _slips(settings, beat) else GREEN
    state = "stalled" if is_stalled else "slipping" if level != GREEN else "steady"
    deciding = max(stalled, Fraction(most)) if level == RED else stalled if is_stalled else slipping
    value, shown = figures(beat.since, deciding)
    usual = figures(beat.cadence, digits=0 if beat.cadence.denominator == 1 else 1)[0]
    told = f"The last iteration, {last.ref}, ended {counted(beat.since, 'day')} ago on {show_date(last.end)}"
    goes_on = f"; {listed(f'{one.ref} runs until {show_date(one.end)}' for one in running)}" if running else ""
    return Finding(
        "rhythm.cadence",
        level,
        f"{told}, and one usually ends every {usual} days: {state}{goes_on}.",
        f"{value} days",
        f"{shown} days",
        (last.ref, *(one.ref for one in running)),
        # The days that make a stalled pilot red matter only once it is stalled.
        is_borderline(beat.since, float(slipping), float(stalled), *([most] if is_stalled else [])),
    )


def _regular(settings: Settings, beat: Beat) -> Finding:
    percent, most = beat.spread * 100, settings.irregular_percent
    value, limit = figures(percent, most)
    good = percent <= most
    word = "regular" if good else "irregular"
    sentence = (
        f"Iterations are {word}: gaps differ from the usual one by {value} % ({word} {'up to' if good else 'above'} "
    )
    return Finding(
        "rhythm.regularity",
        GREEN if good else WATCH,
        f"{sentence}{limit} %).",
        f"{value} %",
        f"{limit} %",
        borderline=is_borderline(float(percent), most),
    )


def _releases(evidence: Day, pilot: Pilot, every: list[Any], ended: list[Any]) -> list[Finding]:
    day, most = evidence.date, evidence.settings.release_days
    released = [(one.release_on or one.end, one.ref) for one in every if one.released_to in TO_REAL_USERS]
    if has_real_users(evidence, pilot):
        released.append((pilot.first_real_user_on, pilot.ref))
    last, ref = max((one for one in released if one[0] <= day), default=(None, pilot.ref))
    start = last or pilot.start or ended[0].start
    days = (day - start).days
    level = AMBER if days > most else GREEN
    if last is not None:
        sentence = f"The last release to real users was {counted(days, 'day')} ago, on {show_date(last)}"
    else:
        sentence = f"Nothing has been released to real users in the {counted(days, 'day')} since {show_date(start)}"
    return [
        Finding(
            "rhythm.release",
            level,
            f"{sentence}; amber is above {most} days.",
            f"{days} days",
            f"{most} days",
            (ref,),
            is_borderline(days, most),
        )
    ]


def _practice(last: list[Any]) -> list[Finding]:
    """Return how the last iterations went: goals, research and showing; what nobody recorded is counted apart."""
    refs, of = tuple(one.ref for one in last), f"the last {counted(len(last), 'iteration')}"
    goals = [one.goal_result for one in last]
    counts = {word: goals.count(word) for word in ("met", "partly", "missed", "open")}
    told = f"Goals of {of}: {counts['met']} met, {counts['partly']} partly, {counts['missed']} missed"
    told += f", {counts['open']} not recorded" if counts["open"] else ""
    found = []
    if counts["open"] < len(last):
        found.append(Finding("rhythm.goals", GREEN if counts["met"] else WATCH, f"{told}.", records=refs))
    for rule, what, values in (
        ("research", "user research", [one.users_researched for one in last]),
        ("showing", "a show and tell", [one.show_and_tell for one in last]),
    ):
        known = [value for value in values if value is not None]
        share = sum(bool(value) for value in known)
        if known:
            unknown = f" ({len(last) - len(known)} not recorded)" if len(known) < len(last) else ""
            sentence = f"{share} of {of} had {what}{unknown}."
            found.append(Finding(f"rhythm.{rule}", GREEN if share else WATCH, sentence, records=refs))
    return found
