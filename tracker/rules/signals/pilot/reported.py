"""What people report of a pilot beside what the evidence says: how far apart, with what reason, and what to watch.

A reason for a better rating than the evidence overrides nothing for good: it holds through its review date, and
until the evidence is worse than it was when the reason was given. Steps are those of the evidence, from green to
amber to red; a rating such as amber/green is half a step, and only whole steps count.
"""

from datetime import date, timedelta
from itertools import takewhile
from typing import Any, NamedTuple

from tracker.entities.confidence import Confidence
from tracker.entities.person import Person
from tracker.entities.pilot import Pilot
from tracker.entities.programme import Programme
from tracker.fields import humanise
from tracker.rules.changes.differences import RATINGS
from tracker.rules.day import Day
from tracker.rules.signals.judging import WATCH
from tracker.rules.signals.result import Finding
from tracker.rules.when import show_date
from tracker.rules.wording import counted, short

AMBERS = ("amber_green", "amber", "amber_red")
REDATED, BOARDS_BACK, AMBER_BOARDS = 3, 2, 4
_WORSE = {"green": 0, "not_enough": 0, "amber": 1, "red": 2}
_REASON_LENGTH = 160


class Override(NamedTuple):
    """What became of a reason for a better rating: ``none``, ``active`` or ``lapsed``, and a sentence about it."""

    state: str
    sentence: str = ""


class Reported(NamedTuple):
    """What people report of a pilot, and how it stands to the evidence.

    ``rating`` is None without a report. ``divergence`` counts whole steps by which it is better than the evidence,
    below nought where it is worse. ``sort_rating`` is the worse of the two, ``not_rated`` without either.
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
    newest = reports[-1] if reports else None
    rating = newest.rating if newest is not None else pilot.rating
    rating = None if rating == "not_rated" else rating
    steps = divergence(rating, level)
    override = _override(evidence, newest, level, steps)
    both = [one for one in (rating, level) if one in RATINGS]
    return Reported(
        rating,
        steps,
        (newest.divergence_reason or "") if newest is not None else "",
        override,
        (*_diverging(pilot, newest, rating, level, steps, override), *_texts(evidence, pilot, reports)),
        max(both, key=RATINGS.index, default="not_rated"),
    )


def divergence(rating: str | None, level: str) -> int:
    """Return by how many whole steps a rating is better than the evidence; below nought: worse. 0 without either."""
    if rating not in RATINGS or level not in RATINGS:
        return 0
    halves = RATINGS.index(level) - RATINGS.index(rating)
    return halves // 2 if halves >= 0 else -(-halves // 2)


def _reports(evidence: Day, pilot: Pilot) -> list[Any]:
    """Return the team's reports, the newest last; those that another one corrects are left out."""
    found = [
        one
        for one in evidence.of(Confidence, "pilot", pilot.uid)
        if one.rating_kind == "reported" and one.dimension == "overall"
    ]
    found.sort(key=lambda one: one.as_of)
    corrected = {one.supersedes for one in found if one.supersedes}
    # The last stays whatever corrects it: every list shows its rating as the pilot's.
    return [one for one in found if one.uid not in corrected or one is found[-1]]


def _override(evidence: Day, newest: Any, level: str, steps: int) -> Override:
    if newest is None or not newest.divergence_reason:
        return Override("none")
    author = evidence.get(Person, newest.by)
    by = f" by {author.display_name}" if author is not None else ""
    given = f"The reason given in {newest.ref} on {show_date(newest.as_of)}{by}"
    was = newest.evidence_signal
    if newest.review_by is not None and newest.review_by < evidence.date:
        return Override("lapsed", f"{given} lapsed on its review date, {show_date(newest.review_by)}.")
    if was is not None and _WORSE[level] > _WORSE[was]:
        then = f"from {_word(was)} to {_word(level)}"
        return Override("lapsed", f"{given} lapsed, as the evidence has since worsened {then}.")
    if level in RATINGS and steps <= 0:
        return Override("none", f"{given} is no longer needed: the report is not better than the evidence any more.")
    until = f", to be reviewed by {show_date(newest.review_by)}" if newest.review_by else ""
    return Override("active", f"{given} stands{until}: {short(newest.divergence_reason, _REASON_LENGTH)}")


def _word(rating: str) -> str:
    return humanise(rating).lower()


def _diverging(
    pilot: Pilot, newest: Any, rating: str | None, level: str, steps: int, override: Override
) -> list[Finding]:
    """Return what to watch of a rating that is better than the evidence."""
    if steps < 1 or rating is None:
        return []
    refs = (pilot.ref,) if newest is None else (newest.ref,)
    apart = f"Reported {_word(rating)}, {counted(steps, 'step')} better than the evidence, which is {_word(level)}"
    values = _word(rating), _word(level), refs
    found = []
    if override.state != "active":
        why = "the reason given has lapsed" if override.state == "lapsed" else "no reason is given"
        found.append(Finding("reported.divergence", WATCH, f"{apart}; {why}.", *values))
    if rating == "green" and override.state != "none":
        told = "with a reason that overrides the evidence" if override.state == "active" else "by a lapsed override"
        found.append(Finding("reported.override", WATCH, f"{apart}: green {told}.", *values))
    return found


def _texts(evidence: Day, pilot: Pilot, reports: list[Confidence]) -> list[Finding]:
    programme = evidence.programme
    interval = programme.board_interval_days if programme is not None else Programme.board_interval_days
    found = (_redated(evidence, pilot, interval), _long_amber(evidence.date, reports, interval), _unchanged(reports))
    return [one for one in found if one is not None]


def _redated(evidence: Day, pilot: Pilot, interval: int) -> Finding | None:
    since = evidence.date - timedelta(BOARDS_BACK * interval)
    moves = [
        move
        for move in evidence.moves.get((pilot.uid, "forecast_end"), [])
        if move.old is not None and move.old != move.new and since < move.day <= evidence.date
    ]
    if len(moves) < REDATED:
        return None
    sentence = f"The forecast end was moved {len(moves)} times since {show_date(since)}, two boards ago."
    return Finding("reported.redated", WATCH, sentence, f"{len(moves)} times", f"{REDATED} times", (pilot.ref,))


def _long_amber(day: date, reports: list[Confidence], interval: int) -> Finding | None:
    """Return a flag for a rating that stayed amber, in any shade, over boards counted back from the day."""
    amber = list(takewhile(lambda one: one.rating in AMBERS, reversed(reports)))
    boards = (day - amber[-1].as_of).days // interval + 1 if amber else 0
    if boards < AMBER_BOARDS:
        return None
    since = show_date(amber[-1].as_of)
    sentence = f"Reported amber for {boards} boards running, since {since}: that tells the board little."
    refs = tuple(one.ref for one in reversed(amber))
    return Finding("reported.amber", WATCH, sentence, f"{boards} boards", f"{AMBER_BOARDS} boards", refs)


def _unchanged(reports: list[Confidence]) -> Finding | None:
    """Return a flag for a narrative that was copied from the report before."""
    words = [" ".join((one.narrative or "").split()).casefold() for one in reports]
    if not words or not words[-1]:
        return None
    first = len(words) - 1
    while first and words[first - 1] == words[-1]:
        first -= 1
    if first == len(words) - 1:
        return None
    since = show_date(reports[first].as_of)
    refs = tuple(one.ref for one in reports[first:])
    return Finding(
        "reported.unchanged", WATCH, f"The narrative is word for word unchanged since {since}.", records=refs
    )
