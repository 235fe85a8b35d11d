"""What people report of a pilot beside what the evidence says: how far apart, with what reason, and what to watch.

A reason for a better rating than the evidence overrides nothing for good: it holds through its review date, and
until the evidence is worse than it was when the reason was given. While it stands it goes for later reports too, as
long as they are no further from the evidence than the one that gave it. Steps are those of the evidence, from green to
amber to red; a rating such as amber/green is half a step, and only whole steps count.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import takewhile
from typing import NamedTuple

from tracker.entities import Confidence, Person, Pilot
from tracker.fields import humanise
from tracker.ratings import RATINGS, scale_label, scale_of
from tracker.rules.boards.met import boards_met
from tracker.rules.day import Day
from tracker.rules.signals.pilot.given_ratings import GivenRating, disagreements, given_ratings, worst_rating
from tracker.rules.signals.result import WATCH, Finding, refs_of
from tracker.rules.wording import counted, folded, listed, optional, show_date

AMBERS = ("amber_green", "amber", "amber_red")
REDATED = 3
BOARDS_BACK = 2
AMBER_BOARDS = 4
_BADNESS = {"green": 0, "not_enough": 0, "amber": 1, "red": 2}


class Override(NamedTuple):
    """What became of a reason for a better rating: ``none``, ``active`` or ``lapsed``, and a sentence about it."""

    state: str
    sentence: str = ""


class Reported(NamedTuple):
    """What people report of a pilot, and how it stands to the evidence.

    ``rating`` is None without a report, and what was said where somebody said that it is not rated. ``divergence``
    counts whole steps by which it is better than the evidence, below zero where it is worse; ``reason`` is why, empty
    where it is not. ``sort_rating`` is the
    worst of what the team, assurance and the evidence say, ``not_rated`` without any. ``ratings`` are all ratings.
    """

    rating: str | None
    ratings: tuple[GivenRating, ...]
    divergence: int
    reason: str
    override: Override
    flags: tuple[Finding, ...]
    sort_rating: str


def reported(evidence: Day, pilot: Pilot, level: str) -> Reported:
    """Return what people report of a pilot whose evidence is green, amber, red or not_enough."""
    reports = evidence.reports(pilot.uid)
    ratings = given_ratings(evidence, pilot.uid)
    rating = pilot.rating
    source = pilot.ref
    reasoned = None
    if reports:
        newest = reports[-1]
        rating = newest.rating
        source = newest.ref
        reasoned = newest
        if not newest.divergence_reason:
            reasoned = _reason_before(reports[:-1], newest.as_of, rating, level)
    override = Override("none")
    if reasoned is not None:
        override = _override(evidence, reasoned, rating, level)
    steps = divergence(rating, level)
    flags = [*disagreements(ratings), *_texts(evidence, pilot, reports)]
    if steps > 0 and rating is not None:
        flags = [*_divergences(source, rating, level, steps, override), *flags]
    colours = (rating, worst_rating(ratings), level)
    return Reported(
        rating=rating,
        ratings=ratings,
        divergence=steps,
        reason=getattr(reasoned, "divergence_reason", None) or "" if override.state != "none" else "",
        override=override,
        flags=tuple(flags),
        sort_rating=max((str(c) for c in colours if c in RATINGS), key=RATINGS.index, default="not_rated"),
    )


def standing_reason(evidence: Day, pilot: Pilot, rating: str, level: str) -> Override:
    """Return what became of a reason given before that goes for a rating that is to be reported now."""
    reasoned = _reason_before(evidence.reports(pilot.uid), evidence.date, rating, level)
    if reasoned is None:
        return Override("none")
    return _override(evidence, reasoned, rating, level)


def reason_relied_on(evidence: Day, pilot: str) -> Confidence | None:
    """Return the earlier report whose reason goes for the newest one of a pilot (a uid), which gives none itself.

    By the evidence as it was when the newest was given: so the reason is known without working out any signal.
    """
    reports = evidence.reports(pilot)
    if not reports or reports[-1].divergence_reason or reports[-1].evidence_signal is None:
        return None
    newest = reports[-1]
    level = reports[-1].evidence_signal
    if divergence(newest.rating, level) < 1:
        return None
    return _reason_before(reports[:-1], newest.as_of, newest.rating, level)


def reason_of_another_scale(evidence: Day, pilot: Pilot, rating: str, level: str) -> str:
    """Return why a reason that still stands does not go for a rating that is to be reported now: its scale is another.

    Empty where that is not why.
    """
    report = _standing_before(evidence.reports(pilot.uid), evidence.date, rating, level)
    if report is None or _on_one_scale(report.rating, rating):
        return ""
    until = optional(", which holds until ", report.review_by and show_date(report.review_by), ",")
    scales = f"on {scale_label(report.rating)}, and this rating is on {scale_label(rating)}"
    return f"The reason in {report.ref}{until} was given {scales}: it is asked for again, since the scale has changed."


def _reason_before(reports: list[Confidence], day: date, rating: str | None, level: str) -> Confidence | None:
    """Return the report whose reason, given before a day and to be reviewed on it or later, goes for a rating too."""
    report = _standing_before(reports, day, rating, level)
    return report if report is not None and _on_one_scale(report.rating, rating) else None


def _standing_before(reports: list[Confidence], day: date, rating: str | None, level: str) -> Confidence | None:
    """Return the same, on whichever scale it was given."""
    report = next((report for report in reversed(reports) if report.divergence_reason), None)
    if report is None:
        return None
    steps = divergence(report.rating, report.evidence_signal or level)
    stands = report.review_by is not None and report.review_by >= day
    return report if stands and divergence(rating, level) <= max(steps, 0) else None


def _on_one_scale(first: str | None, second: str | None) -> bool:
    scales = {scale_of(first), scale_of(second)}
    return "" in scales or len(scales) == 1


def divergence(rating: str | None, level: str) -> int:
    """Return by how many whole steps a rating is better than the evidence; below zero: worse. 0 without either."""
    if rating not in RATINGS or level not in RATINGS:
        return 0
    return int((RATINGS.index(level) - RATINGS.index(str(rating))) / 2)


def _override(evidence: Day, report: Confidence, rating: str | None, level: str) -> Override:
    """Return what became of the reason of a report, when it has one, for the newest rating."""
    if not report.divergence_reason:
        return Override("none")
    author = evidence.get(Person, report.by)
    by = f" by {author.display_name}" if author is not None else ""
    reason = f"The reason given in {report.ref} on {show_date(report.as_of)}{by}"
    if level in RATINGS and divergence(rating, level) <= 0:
        return Override("none", f"{reason} was for a difference that no longer stands.")
    review_by = report.review_by
    level_then = report.evidence_signal
    if review_by is not None and review_by < evidence.date:
        return Override("lapsed", f"{reason} lapsed on its review date, {show_date(review_by)}.")
    if level_then is not None and _BADNESS[level] > _BADNESS[level_then]:
        change = f"from {_word(level_then)} to {_word(level)}"
        return Override("lapsed", f"{reason} lapsed, as the evidence has since worsened {change}.")
    until = f", to be reviewed by {show_date(review_by)}" if review_by else ""
    return Override("active", f"{reason} stands{until}: {report.divergence_reason}")


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
    yield from _redated(evidence, pilot)
    yield from _long_amber(evidence, reports)
    yield from _unchanged(reports)


def _redated(evidence: Day, pilot: Pilot) -> Iterable[Finding]:
    boards = boards_met(evidence)
    days = BOARDS_BACK * evidence.about.board_interval_days
    since = evidence.date - timedelta(days)
    within = f"in the last {counted(days, 'day')}"
    if len(boards) >= BOARDS_BACK:
        since = boards[-BOARDS_BACK].day
        within = f"since {show_date(since)}, two boards ago"
    times = sum(since < move.day <= evidence.date for move in evidence.date_moves(pilot, "forecast_end"))
    if times >= REDATED:
        sentence = f"The forecast end was moved {times} times {within}."
        yield Finding("reported.redated", WATCH, sentence, f"{times} times", f"{REDATED} times", (pilot.ref,))


def _long_amber(evidence: Day, reports: list[Confidence]) -> Iterable[Finding]:
    """Yield a flag for a rating that stayed the same shade of amber at every board that met since it was given."""
    if not reports or reports[-1].rating not in AMBERS:
        return
    rating = reports[-1].rating
    run = [*takewhile(lambda report: _is_same(report.rating, rating), reversed(reports))][::-1]
    boards = [board for board in boards_met(evidence) if board.day >= run[0].as_of]
    if len(boards) >= AMBER_BOARDS:
        named = listed(board.ref for board in boards)
        since = show_date(run[0].as_of)
        sentence = (
            f"Reported {_word(rating)} at {len(boards)} boards running ({named}), since {since}: "
            "that tells the board little."
        )
        values = f"{len(boards)} boards", f"{AMBER_BOARDS} boards"
        yield Finding("reported.amber", WATCH, sentence, *values, refs_of(run))


def _is_same(first: str | None, second: str | None) -> bool:
    return first == second and scale_of(first) == scale_of(second)


def _unchanged(reports: list[Confidence]) -> Iterable[Finding]:
    """Yield a flag for a narrative that was copied from the report before."""
    copies = list(
        takewhile(lambda report: folded(report.narrative) == folded(reports[-1].narrative), reversed(reports))
    )[::-1]
    if len(copies) > 1 and folded(copies[0].narrative):
        sentence = f"The narrative is word for word unchanged since {show_date(copies[0].as_of)}."
        yield Finding("reported.unchanged", WATCH, sentence, records=refs_of(copies))
