"""The ratings of a pilot that count on a day: what the team and assurance say, as a whole and of single dimensions."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tracker.entities import Confidence
from tracker.fields import humanise, rating_text
from tracker.ratings import is_rated, scale_label, scale_of, worse_than
from tracker.rules.day import Day
from tracker.rules.wording import optional, show_date, upper_first

if TYPE_CHECKING:
    from tracker.rules.signals.result import Finding

OVERALL = "overall"
REPORTED = "reported"
ASSURANCE = "assurance"
WHOSE = {REPORTED: "reported", ASSURANCE: "by assurance"}


class GivenRating(NamedTuple):
    """A rating: by which report, by the team (``reported``) or ``assurance``, of which dimension, when, by whom, why.

    ``rating`` is None where a report holds none. ``by`` is a name, empty where nobody is named.
    """

    ref: str
    kind: str
    dimension: str
    rating: str | None
    as_of: date
    by: str
    narrative: str

    @property
    def label(self) -> str:
        """Whose rating it is and of what: ``Reported``, ``By assurance``, ``Cost, reported``."""
        if self.dimension == OVERALL:
            return upper_first(WHOSE[self.kind])
        return f"{humanise(self.dimension)}, {WHOSE[self.kind]}"

    @property
    def is_delivery(self) -> bool:
        """Whether it is what the team reports of the whole."""
        return (self.kind, self.dimension) == (REPORTED, OVERALL)

    @property
    def source(self) -> str:
        """Which report says so, by whom and when: ``CR-002, Anna Berg, 30 Nov 2026``."""
        return ", ".join(filter(None, (self.ref, self.by, show_date(self.as_of))))

    @property
    def text(self) -> str:
        """The rating as mark and word, with the words that were given for none."""
        return rating_text(self.rating) + optional(" (", getattr(self.rating, "reason", ""), ")")

    @property
    def sentence(self) -> str:
        """The rating, its source, and why: ``● Green (CR-002, Anna Berg, 30 Nov 2026): All tests passed.``"""
        return f"{self.text} ({self.source})" + (optional(": ", self.narrative) or ", without a narrative")

    def data(self) -> dict[str, object]:
        """Return it as plain data for JSON."""
        return {**self._asdict(), "scale": scale_of(self.rating) or None}


def given_ratings(evidence: Day, pilot: str | None) -> tuple[GivenRating, ...]:
    """Return the newest rating of each kind and dimension of a pilot (None: of the programme).

    What the team reports of the whole comes first, then what assurance says of it, then the dimensions in their order.
    A report that another one corrects counts only where nothing newer stands in its place.
    """
    reports = sorted(evidence.of(Confidence, "pilot", pilot), key=lambda report: report.as_of)
    corrected = {report.supersedes for report in reports if report.supersedes}
    newest: dict[tuple[str, str], Confidence] = {}
    for report in reports:
        place = report.dimension, report.rating_kind
        if report.uid not in corrected or place not in newest or place == (OVERALL, REPORTED):
            newest[place] = report
    dimensions = Confidence.fields()["dimension"].choices
    places = [(dimension, kind) for dimension in dimensions for kind in WHOSE]
    return tuple(_given(evidence, newest[place]) for place in places if place in newest)


def _given(evidence: Day, report: Confidence) -> GivenRating:
    return GivenRating(
        report.ref,
        report.rating_kind,
        report.dimension,
        report.rating,
        report.as_of,
        evidence.person(report.by),
        report.narrative or "",
    )


def delivery_rating(ratings: tuple[GivenRating, ...]) -> GivenRating | None:
    """Return what the team reports of the whole; None where it reported nothing."""
    return next((rating for rating in ratings if rating.is_delivery), None)


def assurance_rating(ratings: tuple[GivenRating, ...]) -> GivenRating | None:
    """Return what assurance says of the whole; None where it said nothing."""
    return next((rating for rating in ratings if (rating.kind, rating.dimension) == (ASSURANCE, OVERALL)), None)


def beside(ratings: tuple[GivenRating, ...]) -> tuple[GivenRating, ...]:
    """Return the ratings that stand beside what the team reports of the whole."""
    return tuple(rating for rating in ratings if not rating.is_delivery)


def beside_words(ratings: tuple[GivenRating, ...]) -> str:
    """Return those ratings in a line: ``by assurance ■ Red; cost, reported ▲ Amber``; empty without any."""
    return "; ".join(f"{rating.label.lower()} {rating.text}" for rating in beside(ratings))


def disagreements(ratings: tuple[GivenRating, ...]) -> "Iterator[Finding]":
    """Yield what is rated worse than the team reports of the whole: by assurance, or of one dimension."""
    from tracker.rules.signals.result import WATCH, Finding  # pages of a pilot show its ratings and find nothing

    main = delivery_rating(ratings)
    for rating in beside(ratings):
        if main is None or not worse_than(rating.rating, main.rating):
            continue
        about = {OVERALL: "assurance"}.get(rating.dimension, "dimension")
        sentence = f"{_says(rating)}, worse than the {_word(main.rating)} reported for the whole ({main.source})."
        if scale_of(rating.rating) != scale_of(main.rating):
            sentence += f" The two are on different scales: {scale_label(rating.rating)}, {scale_label(main.rating)}."
        values = _word(rating.rating), _word(main.rating), (rating.ref, main.ref)
        yield Finding(f"reported.{about}", WATCH, sentence, *values)


def _says(rating: GivenRating) -> str:
    dimension = humanise(rating.dimension).lower().replace(OVERALL, "")
    verb = {ASSURANCE: "Assurance says", REPORTED: "The team reports"}[rating.kind]
    return f"{verb} {_word(rating.rating)}{optional(' for ', dimension)} ({rating.source})"


def _word(rating: str | None) -> str:
    return humanise(rating or "").lower()


def worst_rating(ratings: tuple[GivenRating, ...]) -> str | None:
    """Return the worse of what the team and assurance say of the whole; None where neither judges."""
    overall = [rating.rating for rating in ratings if rating.dimension == OVERALL and is_rated(rating.rating)]
    worst = None
    for rating in overall:
        if worst is None or worse_than(rating, worst):
            worst = rating
    return worst
