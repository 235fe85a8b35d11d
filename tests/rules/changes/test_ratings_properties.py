"""Laws of ratings: what may be called better or worse, over all ratings, scales and kinds of nothing."""

from collections import Counter
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from rules.changes_cases import NOW, PREV, made, steady
from rules.evidence_cases import DAY, evidence, make, pilot

from tracker.fields import rating_text
from tracker.ratings import RATINGS, SCALES, Rated, comparable, is_rated, scale_of, worse_than
from tracker.rules.changes.ratings import rating_change
from tracker.rules.changes.since import CLASSES, Facts, changes
from tracker.rules.day import shown_day
from tracker.rules.signals.pilot.overall import pilot_evidence

NOTHINGS = [Rated("not_rated", "rag3", "⊘ withheld", "exempt"), Rated("not_rated", "", "? not yet known"), None]
judged = st.builds(Rated, st.sampled_from(RATINGS), st.sampled_from([*SCALES]))
stated = st.one_of(
    judged, st.builds(Rated, st.just("not_rated"), st.sampled_from([*SCALES])), st.sampled_from(NOTHINGS)
)


@steady
@given(stated, stated, st.booleans())
def test_only_two_judgements_on_one_scale_are_better_or_worse(
    before: Rated | None, now: Rated | None, was_rated: bool
) -> None:
    groups = [difference.group for difference in rating_change("", before, now, was_rated, "")]
    assert len(groups) <= 1 and set(groups) <= set(CLASSES)
    moved = {"improved", "worsened"} & set(groups)
    assert bool(moved) == (comparable(before, now) and before != now)
    if moved:
        assert moved == {"worsened" if worse_than(now, before) else "improved"}
    assert "new" not in groups  # which counts new records


meetings = st.lists(
    st.tuples(st.integers(-60, 300), st.sampled_from(["planned", "collecting", "frozen", "held", "published"])),
    max_size=9,
)
runs = st.lists(st.tuples(st.integers(0, 300), stated), min_size=1, max_size=5)


@steady
@given(runs, meetings)
def test_every_board_that_is_named_met_while_the_rating_stood(
    given_then: list[tuple[int, Rated | None]], boards: list[tuple[int, str]]
) -> None:
    reports = [
        make(
            "confidence", pilot="P-01", rating=rating, as_of=DAY - timedelta(ago), rating_scale=rating and rating.scale
        )
        for ago, rating in sorted(given_then, key=lambda pair: -pair[0])
    ]
    meets = [make("board", meets_on=DAY - timedelta(ago), status=status) for ago, status in boards]
    day = evidence(pilot(rating=reports[-1].rating), *reports, *meets)
    (subject,) = day.running
    flags = {flag.id: flag for flag in pilot_evidence(day, subject).flags}
    newest, since = reports[-1].rating, DAY
    for report in reversed(reports):
        if report.rating != newest or scale_of(report.rating) != scale_of(newest):
            break
        since = report.as_of
    met = [b for b in meets if b.status in ("held", "published") and since <= b.meets_on <= DAY]
    expected = newest in ("amber_green", "amber", "amber_red") and len(met) >= 4
    assert ("reported.amber" in flags) is expected
    if expected:
        sentence = flags["reported.amber"].sentence
        assert f"at {len(met)} boards running" in sentence
        assert all((board.ref in sentence) is (board in met) for board in meets)


@steady
@given(st.lists(st.tuples(stated, stated), min_size=1, max_size=30))
def test_movement_of_a_portfolio_adds_up_to_its_pilots(ratings: list[tuple[Rated | None, Rated | None]]) -> None:
    before = shown_day(PREV, [made("pilot", f"p{n}", rating=rating) for n, (rating, _) in enumerate(ratings)])
    now = shown_day(NOW, [made("pilot", f"p{n}", rating=rating) for n, (_, rating) in enumerate(ratings)])
    moves = Counter(change.group for change in changes(before, now, Facts()))
    same = sum(
        comparable(old, new) or not is_rated(new) for old, new in ratings if rating_text(old) == rating_text(new)
    )
    assert moves.total() + same == len(ratings)
    assert moves["improved"] == sum(comparable(old, new) and worse_than(old, new) for old, new in ratings)
    assert moves["worsened"] == sum(comparable(old, new) and worse_than(new, old) for old, new in ratings)
    assert moves["unrated"] == sum(not is_rated(new) and rating_text(old) != rating_text(new) for old, new in ratings)
