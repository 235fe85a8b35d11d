"""How ratings differ between two days: by the team and by assurance, of the whole and of single dimensions."""

from collections.abc import Iterable, Iterator

from tracker.entities import Confidence, Pilot, Programme
from tracker.fields import humanise, rating_text
from tracker.ratings import RATINGS, comparable, is_rated, scale_label, scale_of
from tracker.rules.changes.transitions import Difference, by_rank
from tracker.rules.day import Day, uncorrected
from tracker.rules.signals.pilot.given_ratings import OVERALL, REPORTED, WHOSE, GivenRating, given_ratings
from tracker.rules.wording import optional

Place = tuple[str, str]  # dimension and kind of a rating


def was_rated(day: Day, pilot: str | None, place: Place = (OVERALL, REPORTED)) -> bool:
    """Return whether somebody judged at a place before the newest report of it; ``pilot`` None is the programme."""
    return any(is_rated(report.rating) for report in _reports(day, pilot, place)[:-1])


def _reports(day: Day, pilot: str | None, place: Place) -> list[Confidence]:
    return uncorrected(
        report for report in day.of(Confidence, "pilot", pilot) if (report.dimension, report.rating_kind) == place
    )


def rating_change(
    whose: str, before: str | None, now: str | None, was_rated: bool, reason: str
) -> Iterator[Difference]:
    """Yield what became of a rating; nothing where it is the same, on the same scale.

    Across scales nothing is better or worse, and none that somebody states is neither.
    """
    one_scale = scale_of(before) == scale_of(now) or not is_rated(now)
    if before == now and one_scale and rating_text(before) == rating_text(now):
        return
    steps = f"{rating_text(before)} → {rating_text(now)}"
    of = optional("", whose, " ")
    if not is_rated(now):
        verb = {True: "no longer rated", False: "not rated"}[is_rated(before)]
        yield Difference("unrated", f"{of}{verb}: {steps}" + optional(" (", getattr(now, "reason", ""), ")"), reason)
    elif is_rated(before):
        group = by_rank(RATINGS, str(before), str(now))
        words = f"{optional('', whose, ': ')}{steps}"
        if not comparable(before, now):
            group = "not_comparable"
            words += f" (not comparable: given on {scale_label(before)}, now {scale_label(now)})"
        yield Difference(group, words, reason)
    elif before is None and not was_rated:
        yield Difference("first_rated", f"{of}first rating: {rating_text(now)}", reason)
    else:
        yield Difference({True: "rated_again", False: "first_rated"}[was_rated], f"{of}rated: {steps}", reason)


def moves_beside(before: Day, now: Day, record: Pilot | Programme) -> Iterator[Difference]:
    """Yield what became of the ratings that no field of a record carries.

    These are those of single dimensions, and of the programme all. Nothing is said where a report that one of the days
    shows is hidden on the other: the comparison would tell of it.
    """
    pilot = record.uid if isinstance(record, Pilot) else None
    hidden = before.hidden.uids | now.hidden.uids
    if any(report.uid in hidden for day in (before, now) for report in day.of(Confidence, "pilot", pilot)):
        return
    earlier = _by_place(given_ratings(before, pilot))
    for place, rating in _by_place(given_ratings(now, pilot)).items():
        if pilot is not None and place[0] == OVERALL:
            continue
        old = earlier.get(place)
        sides = old and old.rating, rating.rating
        yield from rating_change(_whose(place), *sides, was_rated(now, pilot, place), rating.narrative)


def _by_place(ratings: Iterable[GivenRating]) -> dict[Place, GivenRating]:
    return {(rating.dimension, rating.kind): rating for rating in ratings}


def _whose(place: Place) -> str:
    """Return what a rating is of and whose it is: ``cost (reported)``, ``assurance``; empty for the team's of all."""
    dimension, kind = place
    if dimension == OVERALL:
        return kind.replace(REPORTED, "")
    return f"{humanise(dimension).lower()} ({WHOSE[kind]})"
