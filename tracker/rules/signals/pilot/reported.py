"""What people report of a pilot beside what the evidence says: how far apart, with what reason, and what to watch.

A reason for a better rating than the evidence overrides nothing for good: it holds through its review date, and
until the evidence is worse than it was when the reason was given. Steps are those of the evidence, from green to
amber to red; a rating such as amber/green is half a step, and only whole steps count.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import takewhile
from typing import NamedTuple

from tracker.entities import Confidence, Person, Pilot
from tracker.fields import humanise
from tracker.rules.changes.differences import RATINGS
from tracker.rules.day import Day
from tracker.rules.signals.result import WATCH, Finding, refs_of
from tracker.rules.wording import counted, folded, short, show_date

AMBERS = ("amber_green", "amber", "amber_red")
REDATED, BOARDS_BACK, AMBER_BOARDS = 3, 2, 4
_BADNESS = {"green": 0, "not_enough": 0, "amber": 1, "red": 2}
_REASON_LENGTH = 160


class Override(NamedTuple):
    """What became of a reason for a better rating: ``none``, ``active`` or ``lapsed``, and a sentence about it."""

    state: str
    sentence: str = ""


class Reported(NamedTuple):
    """What people report of a pilot, and how it stands to the evidence.

    ``rating`` is None without a report. ``divergence`` counts whole steps by which it is better than the evidence,
    below zero where it is worse. ``sort_rating`` is the worse of the two, ``not_rated`` without either.
    """

    rating: str | None
    divergence: int
    reason: str
    override: Override
    flags: tuple[Finding, ...]
    sort_rating: str


def reported(evidence: Day, pilot: Pilot, level: str) -> Reported:
    """Return what people report of a pilot whose evidence is green, amber, red or not_enough."""
    reports = _reports(evidence, pilot)
    rating = pilot.rating
    reason = ""
    source = pilot.ref
    override = Override("none")
    if reports:
        newest = reports[-1]
        rating = newest.rating
        reason = newest.divergence_reason or ""
        source = newest.ref
        override = _override(evidence, newest, level)
    steps = divergence(rating, level)
    flags = list(_texts(evidence, pilot, reports))
    if steps > 0 and rating is not None:
        flags = [*_divergences(source, rating, level, steps, override), *flags]
    return Reported(
        rating=rating if rating != "not_rated" else None,
        divergence=steps,
        reason=reason,
        override=override,
        flags=tuple(flags),
        sort_rating=max(
            (colour for colour in (rating, level) if colour in RATINGS), key=RATINGS.index, default="not_rated"
        ),
    )


def divergence(rating: str | None, level: str) -> int:
    """Return by how many whole steps a rating is better than the evidence; below zero: worse. 0 without either."""
    if rating not in RATINGS or level not in RATINGS:
        return 0
    return int((RATINGS.index(level) - RATINGS.index(rating)) / 2)


def _reports(evidence: Day, pilot: Pilot) -> list[Confidence]:
    """Return the team's reports, the newest last; those that another one corrects are left out."""
    reports = evidence.reports(pilot.uid)
    corrected = {report.supersedes for report in reports if report.supersedes}
    # The last stays whatever corrects it: every list shows its rating as the pilot's.
    return [report for report in reports if report.uid not in corrected or report is reports[-1]]


def _override(evidence: Day, report: Confidence, level: str) -> Override:
    """Return what became of the reason of the newest report, when it has one."""
    if not report.divergence_reason:
        return Override("none")
    author = evidence.get(Person, report.by)
    by = f" by {author.display_name}" if author is not None else ""
    reason = f"The reason given in {report.ref} on {show_date(report.as_of)}{by}"
    review_by = report.review_by
    level_then = report.evidence_signal
    if review_by is not None and review_by < evidence.date:
        return Override("lapsed", f"{reason} lapsed on its review date, {show_date(review_by)}.")
    if level_then is not None and _BADNESS[level] > _BADNESS[level_then]:
        change = f"from {_word(level_then)} to {_word(level)}"
        return Override("lapsed", f"{reason} lapsed, as the evidence has since worsened {change}.")
    if level in RATINGS and divergence(report.rating, level) <= 0:
        return Override("none", f"{reason} is no longer needed: the report is not better than the evidence any more.")
    until = f", to be reviewed by {show_date(review_by)}" if review_by else ""
    return Override("active", f"{reason} stands{until}: {short(report.divergence_reason, _REASON_LENGTH)}")


def _word(rating: str) -> str:
    return humanise(rating).lower()


def _divergences(source: str, rating: str, level: str, steps: int, override: Override) -> Iterable[Finding]:
    """Yield what to watch of a rating that is better than the evidence; ``source`` is the ref that gives it."""
    apart = f"Reported {_word(rating)}, {counted(steps, 'step')} better than the evidence, which is {_word(level)}"
    values = _word(rating), _word(level), (source,)
    gaps = {"lapsed": "the reason given has lapsed", "none": "no reason is given"}
    greens = {"active": "with a reason that overrides the evidence", "lapsed": "by a lapsed override"}
    if override.state in gaps:
        yield Finding("reported.divergence", WATCH, f"{apart}; {gaps[override.state]}.", *values)
    if rating == "green" and override.state in greens:
        yield Finding("reported.override", WATCH, f"{apart}: green {greens[override.state]}.", *values)


def _texts(evidence: Day, pilot: Pilot, reports: list[Confidence]) -> Iterable[Finding]:
    interval = evidence.about.board_interval_days
    yield from _redated(evidence, pilot, interval)
    yield from _long_amber(evidence.date, reports, interval)
    yield from _unchanged(reports)


def _redated(evidence: Day, pilot: Pilot, interval: int) -> Iterable[Finding]:
    since = evidence.date - timedelta(BOARDS_BACK * interval)
    times = sum(since < move.day <= evidence.date for move in evidence.date_moves(pilot, "forecast_end"))
    if times >= REDATED:
        sentence = f"The forecast end was moved {times} times since {show_date(since)}, two boards ago."
        yield Finding("reported.redated", WATCH, sentence, f"{times} times", f"{REDATED} times", (pilot.ref,))


def _long_amber(day: date, reports: list[Confidence], interval: int) -> Iterable[Finding]:
    """Yield a flag for a rating that stayed amber, in any shade, over boards counted back from the day."""
    ambers = list(takewhile(lambda report: report.rating in AMBERS, reversed(reports)))[::-1]
    if not ambers:
        return
    since = ambers[0].as_of
    boards = (day - since).days // interval + 1
    if boards >= AMBER_BOARDS:
        sentence = f"Reported amber for {boards} boards running, since {show_date(since)}: that tells the board little."
        values = f"{boards} boards", f"{AMBER_BOARDS} boards"
        yield Finding("reported.amber", WATCH, sentence, *values, refs_of(ambers))


def _unchanged(reports: list[Confidence]) -> Iterable[Finding]:
    """Yield a flag for a narrative that was copied from the report before."""
    copies = list(
        takewhile(lambda report: folded(report.narrative) == folded(reports[-1].narrative), reversed(reports))
    )[::-1]
    if len(copies) > 1 and folded(copies[0].narrative):
        sentence = f"The narrative is word for word unchanged since {show_date(copies[0].as_of)}."
        yield Finding("reported.unchanged", WATCH, sentence, records=refs_of(copies))
