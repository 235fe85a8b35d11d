"""What people say of a pilot: each rating that counts with its reason, and how ratings and evidence went."""

from collections.abc import Iterator

from tracker.entities import Confidence, Pilot
from tracker.fields import rating_text
from tracker.ratings import is_rated, scale_label, scale_of
from tracker.reports.charting import Point, history_chart
from tracker.reports.model import Block, Missing, Paragraph
from tracker.reports.papers.data import SummaryData, table
from tracker.rules.signals.pilot.given_ratings import given_ratings
from tracker.rules.wording import listed, optional, show_date

POINTS_SHOWN = 6
LEAST_POINTS = 2
BY_BOARDS = "The days are those of boards that met; the last is that of this paper."
BY_REPORTS = "The days are those on which somebody reported; the last is that of this paper."


def ratings(data: SummaryData, pilot: Pilot | None) -> list[Block]:
    """Return the ratings of a pilot (None: of the programme) that count: whose, on which scale, when and why, whole."""
    current = given_ratings(data.now, None)
    name = "programme"
    if pilot is not None:
        current = given_ratings(data.now, pilot.uid)
        name = pilot.ref.lower()
    if not current:
        return []
    rows = (
        (
            rating.label + optional(", ", is_rated(rating.rating) and scale_label(rating.rating)),
            rating.text,
            rating.source,
            rating.narrative or "No narrative is recorded.",
        )
        for rating in current
    )
    titles = ("Whose, on which scale", "Rating", "Report", "Why+")
    return [
        table(f"{name}-ratings", "Ratings that count, each with its reason", titles, rows),
        *_why_better(data, pilot),
    ]


def _why_better(data: SummaryData, pilot: Pilot | None) -> Iterator[Block]:
    """Yield why a pilot is rated better than the evidence, as long as it is and the reason stands."""
    judged = None if pilot is None else data.evidence(pilot.uid)
    if judged is not None and judged.override.state == "active":
        yield Paragraph(f"Rated better than the evidence. {judged.override.sentence}")


def confidence(data: SummaryData, pilot: Pilot) -> list[Block]:
    """Return how the ratings went: at the boards that met, or by report; and that a scale was another before."""
    reports = data.now.reports(pilot.uid)
    if not reports:
        return [Missing(_not_rated(data, pilot))]
    by = "board"
    note = BY_BOARDS
    points = _at_boards(data, reports)
    if sum(point.reported is not None for point in points) < LEAST_POINTS:
        by = "report"
        note = BY_REPORTS
        points = [_point(report) for report in reports[-POINTS_SHOWN + 1 :]]
    before, points = _by_scale(points)
    blocks: list[Block] = []
    if len(points) >= LEAST_POINTS:
        blocks += filter(None, [history_chart(pilot.ref, _to_day(data, pilot, points), by, note)])
    if not blocks:
        newest = reports[-1]
        sentence = f"Reported {rating_text(newest.rating)} on {show_date(newest.as_of)}"
        if len(reports) == 1:
            sentence += "; there is no earlier rating"
        blocks.append(Paragraph(f"{sentence}."))
    if before:
        blocks.append(Paragraph(_on_another_scale(before)))
    return blocks


def _not_rated(data: SummaryData, pilot: Pilot) -> str:
    """Return that the team reported nothing of a pilot as a whole; ratings of others or of parts are told apart."""
    if given_ratings(data.now, pilot.uid):
        return "The team never rated the pilot as a whole: the ratings above are all there are."
    return "The pilot was never rated."


def _point(report: Confidence) -> Point:
    return Point(report.as_of, report.rating, report.evidence_signal)


def _at_boards(data: SummaryData, reports: list[Confidence]) -> list[Point]:
    """Return what was reported by the position that each of the last boards saw."""
    points = []
    for board in data.boards[-POINTS_SHOWN + 1 :]:
        by_then = [report for report in reports if report.as_of <= board.position]
        points.append(Point(board.day, None, None))
        if by_then:
            points[-1] = _point(by_then[-1])._replace(day=board.day)
    return points


def _by_scale(points: list[Point]) -> tuple[list[Point], list[Point]]:
    """Return the points before the scale changed last, and those since."""
    scale = scale_of(next((point.reported for point in reversed(points) if is_rated(point.reported)), None))
    on_others = [n for n, point in enumerate(points) if is_rated(point.reported) and scale_of(point.reported) != scale]
    cut = max(on_others, default=-1) + 1
    return points[:cut], points[cut:]


def _to_day(data: SummaryData, pilot: Pilot, points: list[Point]) -> list[Point]:
    """Return the points up to the day of the paper, with what is reported and what the evidence says on it."""
    last = Point(data.now.date, pilot.rating, getattr(data.evidence(pilot.uid), "level", None))
    return [*(point for point in points if point.day < data.now.date), last]


def _on_another_scale(points: list[Point]) -> str:
    """Return what was reported on another scale, and that it is not compared."""
    ratings_then = (
        f"{rating_text(point.reported)} on {show_date(point.day)} ({scale_label(point.reported)})"
        for point in points
        if is_rated(point.reported)
    )
    return f"Not comparable, since given on another scale: {listed(ratings_then)}."
